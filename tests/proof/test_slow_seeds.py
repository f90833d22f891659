"""Format version 3: the seed of a paragraph's salts takes time, so that guessing costs."""

from __future__ import annotations

import json
from typing import Any

import pytest
import verifier
from msgspec.structs import replace
from running import ROOT
from summitry.proof import capture, proofs, word_tree
from summitry.proof.text import tokens
from summitry.tools import prover
from summitry.tools.prover import Taking

VECTORS: dict[str, Any] = json.loads((ROOT / "tests/vectors.json").read_text("utf-8"))["slow"]
TOLD = Taking("2026-11-28", "pasted", "A. Reader")
TEXT = "\n".join(
    (
        "The keeper counted the boats twice before breakfast and wrote the number into the book.",
        "Nobody had asked him to, and nobody read it until the harbour was sold to the town.",
    )
)

pytestmark = pytest.mark.usefixtures("slow_seeds")


@pytest.mark.parametrize("example", VECTORS["paragraphs"], ids=lambda one: one["what"])
def test_a_paragraph_has_this_seed_and_root(example: dict[str, Any]) -> None:
    words = tokens(example["line"])
    assert word_tree.seed(words, 3).hex() == example["seed"]
    assert word_tree.root(words, 3).hex() == example["root"]
    assert verifier.seed(words, 3).hex() == example["seed"]
    assert verifier.root(words, 3).hex() == example["root"]


def test_a_new_capture_has_slow_seeds_and_its_file_says_so() -> None:
    made = prover.make_capture("log", TEXT, TOLD, "whole")
    assert [paragraph.version for paragraph in made.paragraphs] == [3, 3]
    row = json.loads(capture.dump([made]))["captures"][0]["paragraphs"][0]
    assert row[2] == 3
    assert capture.load(capture.dump([made]).encode(), "log") == [made]


def test_a_proof_of_it_verifies_without_a_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    made, proof = _proven()

    def asked(*_: object) -> bytes:
        raise AssertionError("whoever verifies pays nothing")

    monkeypatch.setattr(word_tree, "pbkdf2_hmac", asked)
    assert proofs.check(proof, [made]) == (made, "")
    less = proofs.narrowed(proof, made, 3, 5)
    assert proofs.check(less, [made]) == (made, "")
    assert proofs.check(replace(proof, paragraph=2), [made])[0] is None


def test_a_second_verifier_agrees() -> None:
    made, proof = _proven()
    kept = json.loads(capture.dump([made]))
    verifier.check(proofs.as_data(proof), kept)
    with pytest.raises(ValueError, match="root"):
        verifier.check({**proofs.as_data(proof), "speech": "i" * 4}, kept)


def test_a_root_of_one_version_is_none_of_another() -> None:
    made, proof = _proven()
    for version in (1, 2):
        other = made.paragraphs[0]._replace(version=version)
        assert proofs.check(proof, [replace(made, paragraphs=(other, *made.paragraphs[1:]))])[1]


def _proven() -> tuple[capture.Capture, proofs.Proof]:
    made = prover.make_capture("log", TEXT, TOLD, "whole")
    words = tokens(TEXT.split("\n")[0])
    opening = word_tree.open_words(words, 2, 6, 3)
    return made, proofs.Proof("log", made.date, 1, 3, tuple(words[2:6]), opening, ())


def test_a_version_that_does_not_exist_is_refused() -> None:
    made = prover.make_capture("log", TEXT, TOLD, "whole")
    data = json.loads(capture.dump([made]))
    for wrong in (0, 1, 4, "3", True, 3.0, None):
        data["captures"][0]["paragraphs"][0][2] = wrong
        with pytest.raises(capture.RecordError):
            capture.load(json.dumps(data).encode(), "log")
