"""The worked examples of "How the proof works": the program and the second verifier agree."""

from __future__ import annotations

import json
from typing import Any

import pytest
import verifier
from running import ROOT
from summitry.proof import capture, proofs, records, text, word_tree
from summitry.proof.passages import Passage
from summitry.proof.records import RecordError
from summitry.proof.verdict import Kind, Verdict, judge

VECTORS = json.loads((ROOT / "tests" / "vectors.json").read_text(encoding="utf-8"))
CAPTURES = VECTORS["captures"]["file"]
TEXTS = {name: "\n".join(lines) for name, lines in VECTORS["verdicts"]["texts"].items()}


def examples(found: list[dict[str, Any]]) -> pytest.MarkDecorator:
    """One test for each example, named by what it is about."""
    return pytest.mark.parametrize("example", found, ids=[e["what"] for e in found])


def raw(data: dict[str, Any]) -> bytes:
    return json.dumps(data).encode()


def tuples(found: list[list[str]]) -> list[tuple[str, ...]]:
    return [tuple(token) for token in found]


def kept() -> list[capture.Capture]:
    return capture.load(raw(CAPTURES), CAPTURES["source"])


@examples(VECTORS["lines"])
def test_a_line_has_this_normal_form_and_these_tokens(example: dict[str, Any]) -> None:
    line, wanted = example["line"], tuples(example["tokens"])
    assert text.normal_form(line) == verifier.normal_form(line) == example["normal"]
    assert [tuple(token) for token in text.tokens(line)] == wanted
    assert verifier.tokens(line) == wanted


@examples(VECTORS["texts"])
def test_a_text_has_these_paragraphs(example: dict[str, Any]) -> None:
    mine = [[token.word for token in found] for found in text.paragraphs(example["text"])]
    theirs = [[token[1] for token in found] for found in verifier.paragraphs(example["text"])]
    assert mine == theirs == example["paragraphs"]


@examples(VECTORS["paragraphs"])
def test_a_paragraph_has_this_seed_and_this_root(example: dict[str, Any]) -> None:
    words = text.tokens(example["line"])
    assert len(words) == example["words"]
    assert word_tree.seed(words).hex() == example["seed"]
    assert word_tree.root(words).hex() == example["root"]
    # Each word opened alone shows its own salt; two neighbours show the leaf beside them.
    for i, salt in enumerate(example["salts"]):
        assert [s.hex() for s in word_tree.open_words(words, i, i + 1).salts] == [salt]
    for i in range(0, len(words) - 1, 2):
        nearest = example["leaves"][i + 1]
        assert nearest in [s.hex() for s in word_tree.open_words(words, i, i + 1).siblings]


@examples(VECTORS["paragraphs"])
def test_the_second_verifier_has_the_same_salts_leaves_and_root(example: dict[str, Any]) -> None:
    words = verifier.tokens(example["line"])
    salts = verifier.salts(words)
    leaves = [verifier.leaf(salt, i, words[i]).hex() for i, salt in enumerate(salts)]
    assert verifier.seed(words).hex() == example["seed"]
    assert [salt.hex() for salt in salts] == example["salts"]
    assert leaves == example["leaves"]
    assert verifier.root(words).hex() == example["root"]


@pytest.mark.parametrize(
    "example", VECTORS["covers"], ids=[f"{e['start']}-{e['end']}" for e in VECTORS["covers"]]
)
def test_a_run_of_words_has_this_cover(example: dict[str, Any]) -> None:
    start, end = example["start"], example["end"]
    wanted = [tuple(node) for node in example["nodes"]]
    assert verifier.cover(start, end) == wanted
    # The program does not show its cover: the salts that it opens are the cover's nodes.
    words = text.tokens(" ".join(f"w{i}" for i in range(end)))
    row, nodes = [word_tree.seed(words)], {}
    for level in range(word_tree.depth(end), -1, -1):
        nodes |= {(i << level, level): salt for i, salt in enumerate(row)}
        row = [leaf for salt in row for leaf in verifier.expand(salt, 1)]
    opened = word_tree.open_words(words, start, end).salts
    assert opened == tuple(nodes[node] for node in wanted)


def test_a_text_has_the_paragraphs_of_its_capture() -> None:
    found = [[token[1] for token in words] for words in verifier.paragraphs(_captured())]
    newest = CAPTURES["captures"][-1]["paragraphs"]
    assert [row[0] if isinstance(row, list) else row for row in newest] == list(map(len, found))
    mine = tuple(capture.paragraph_of(words) for _, words in capture.read_text(_captured()))
    assert mine == kept()[-1].paragraphs
    roots = [verifier.encode(verifier.root(words)) for words in verifier.paragraphs(_captured())]
    assert all(row[1] == roots[i] for i, row in enumerate(newest) if isinstance(row, list))


def _captured() -> str:
    return str(VECTORS["captures"]["text"])


def test_captures_have_these_digests() -> None:
    for mine, theirs in zip(kept(), CAPTURES["captures"], strict=True):
        assert records.encode(mine.digest) == theirs["digest"]
        assert verifier.digest(CAPTURES["source"], theirs) == theirs["digest"]


def test_captures_are_written_as_they_were_read() -> None:
    assert json.loads(capture.dump(kept())) == CAPTURES


@examples(VECTORS["captures"]["refused"])
def test_a_capture_that_was_changed_is_refused(example: dict[str, Any]) -> None:
    source, record = example["of"], example["record"]
    with pytest.raises(RecordError):
        capture.load(raw({"version": 1, "source": source, "captures": [record]}), source)
    assert verifier.digest(source, record) != record["digest"]


def without(example: dict[str, Any]) -> dict[str, Any]:
    """The proof of an example, as it stands in its file."""
    return {key: value for key, value in example.items() if key not in ("what", "of")}


@examples(VECTORS["proofs"]["valid"])
def test_a_proof_is_accepted(example: dict[str, Any]) -> None:
    proof = without(example)
    (mine,) = proofs.load(raw({"version": 1, "proofs": [proof]}))
    found, problem = proofs.check(mine, kept())
    assert (found is not None, problem) == (True, "")
    assert proofs.as_data(mine) == proof
    verifier.check(proof, CAPTURES)


@examples(VECTORS["proofs"]["valid"])
def test_the_program_opens_the_same_proof(example: dict[str, Any]) -> None:
    """From the text, so that the file's salts and siblings are those that the program makes."""
    (mine,) = proofs.load(raw({"version": 1, "proofs": [without(example)]}))
    paragraph = mine.paragraph if mine.capture == "2026-11-22" else mine.paragraph + 1
    words = text.paragraphs(_captured())[paragraph - 1]
    start = mine.start - 1
    assert tuple(words[start : start + len(mine.tokens)]) == mine.tokens
    assert word_tree.open_words(words, start, start + len(mine.tokens)) == mine.opening


@examples(VECTORS["proofs"]["refused"])
def test_a_proof_that_was_changed_is_refused(example: dict[str, Any]) -> None:
    proof = without(example)
    with pytest.raises(ValueError):
        verifier.check(proof, CAPTURES)
    assert not accepted(proof)


def accepted(proof: dict[str, Any]) -> bool:
    """Whether the program accepts a proof."""
    try:
        (mine,) = proofs.load(raw({"version": 1, "proofs": [proof]}))
    except RecordError:
        return False
    captures = kept() if mine.source == CAPTURES["source"] else []
    return proofs.check(mine, captures)[0] is not None


def test_refused_proofs_differ_from_the_accepted_ones() -> None:
    """Each is a valid proof with one thing changed, so that this is why it is refused."""
    valid = {example["what"]: without(example) for example in VECTORS["proofs"]["valid"]}
    for example in VECTORS["proofs"]["refused"]:
        proof, whole = without(example), valid[example["of"]]
        changed = {key for key in whole if proof.get(key) != whole[key]}
        assert changed in ({key} for key in whole) or changed == {"words", "speech"}


def verdict(example: dict[str, Any]) -> Verdict:
    found = text.paragraphs(TEXTS[example["text"]])
    return judge(example["words"], [Passage(i, words) for i, words in enumerate(found, 1)])


def name(example: dict[str, Any]) -> str:
    return f"{example['verdict']}: {example['what']}"


@pytest.mark.parametrize("example", VECTORS["verdicts"]["examples"], ids=name)
def test_words_have_this_verdict(example: dict[str, Any]) -> None:
    found = verdict(example)
    edits = [
        [edit.inserted, edit.replaced, *([edit.beside] if edit.beside else [])]
        for edit in found.edits
    ]
    assert (found.kind, list(found.gaps), edits) == (
        example["verdict"],
        example["gaps"],
        example["edits"],
    ), found.reason


def some(*kinds: str) -> list[dict[str, Any]]:
    return [e for e in VECTORS["verdicts"]["examples"] if e["verdict"] in kinds]


@pytest.mark.parametrize("example", some("verbatim", "absent"), ids=name)
def test_the_second_verifier_finds_verbatim_words_and_no_absent_ones(
    example: dict[str, Any],
) -> None:
    stands = verifier.stands(example["words"], TEXTS[example["text"]])
    assert stands == (example["verdict"] == "verbatim")


def test_every_verdict_has_examples() -> None:
    assert {example["verdict"] for example in VECTORS["verdicts"]["examples"]} == set(Kind)
