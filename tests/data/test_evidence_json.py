"""The evidence as one file: what it holds is what verifies, and always the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_site import checked, examined
from summitry.checks.claims import claims
from summitry.checks.ledger import Ledger, build
from summitry.content.library import Library
from summitry.data.evidence import as_json, titles_as_json
from summitry.proof import capture, proofs
from summitry.proof.proofs import Proof
from summitry.proof.text import words
from test_ledger import ARTICLE, CAPTURE, HARBOUR, NEWS, Files, proven

HIDDEN = ("nobody", "Fishermen", "old machines")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return proven(tmp_path_factory.mktemp("harbour"), HARBOUR)


def read(text: str) -> tuple[dict[str, list[capture.Capture]], dict[str, list[Proof]]]:
    """Captures and proofs of the published file, by the readers of the files in the repository."""
    data: dict[str, Any] = json.loads(text)
    assert list(data) == ["format", "captures", "proofs", "confirmations", "stamps"]
    assert data["format"] == "summitry/1"
    captures = {
        source: capture.load(
            json.dumps({"version": 1, "source": source, "captures": rows}).encode(), source
        )
        for source, rows in data["captures"].items()
    }
    opened = {
        ref: proofs.load(json.dumps({"version": 1, "proofs": rows}).encode())
        for ref, rows in data["proofs"].items()
    }
    return captures, opened


def verify(text: str) -> int:
    """How many proofs of a published file verify; all must."""
    captures, opened = read(text)
    found = [proof for kept in opened.values() for proof in kept]
    for proof in found:
        one, reason = proofs.check(proof, captures[proof.source])
        assert reason == ""
        assert one in captures[proof.source]
    return len(found)


def test_every_proof_of_the_file_verifies(kept: Files) -> None:
    ledger = checked(kept).ledger
    text = as_json(ledger)
    assert verify(text) == 4
    captures, opened = read(text)
    assert captures == ledger.captures
    assert list(opened) == ["quotes/harbour-day", "quotes/harbour-winter", "terms/harbour-wall"]
    assert {ref: set(found) for ref, found in opened.items()} == {
        str(ref): set(found) for ref, found in ledger.proofs.items()
    }


def test_a_quotation_can_be_compared_with_the_words_opened(kept: Files) -> None:
    library = checked(kept)
    _, opened = read(as_json(library.ledger, library.vouching))
    for item in library.every():
        for claim in claims(item.entity):
            if claim.source == "harbour-news" and "[" not in claim.words:
                (proof,) = opened[str(item.ref)]
                assert [token.key for token in proof.tokens] == words(claim.words)


def test_nothing_of_the_article_but_the_words_quoted_is_in_it(kept: Files) -> None:
    text = as_json(checked(kept).ledger)
    assert all(word in ARTICLE for word in HIDDEN)
    assert not any(word in text for word in HIDDEN)


def test_the_same_library_gives_the_same_bytes(kept: Files) -> None:
    backwards = dict(reversed(kept.items()))
    text = as_json(checked(kept).ledger)
    assert as_json(checked(backwards).ledger) == text
    assert text.endswith("}\n")
    assert "\n" not in text[:-1]


def test_a_proof_that_does_not_verify_is_not_published(kept: Files) -> None:
    raw = kept[NEWS + CAPTURE]
    assert isinstance(raw, bytes)
    found = examined({**kept, NEWS + CAPTURE: raw.replace(b"A. Reader", b"B. Reader")})
    assert found.library is None  # so nothing is published at all
    assert json.loads(as_json(Ledger())) == {
        "format": "summitry/1", "captures": {}, "proofs": {}, "confirmations": {}, "stamps": {},
    }  # fmt: skip


def test_whatever_the_file_names_has_a_title(kept: Files) -> None:
    library = checked(kept)
    titles, data = json.loads(titles_as_json(library)), json.loads(as_json(library.ledger))
    assert titles["sources"].keys() == data["captures"].keys()
    assert titles["pages"].keys() == data["proofs"].keys()
    assert titles["sources"]["harbour-news"]["language"] == "en"
    assert all(titles["pages"].values())
    assert not any(word in titles_as_json(library) for word in HIDDEN)


def test_what_was_seen_again_is_published(kept: Files) -> None:
    raw = kept[NEWS + CAPTURE]
    assert isinstance(raw, bytes)
    seen = raw.replace(b"]}\n]}", b'], "confirmed_on": ["2025-09-01"]}\n]}')
    data = json.loads(as_json(checked({**kept, NEWS + CAPTURE: seen}).ledger))
    assert data["captures"]["harbour-news"][0]["confirmed_on"] == ["2025-09-01"]


def test_the_repository_s_own_evidence_verifies(library: Library) -> None:
    ledger = build(library)
    assert verify(as_json(ledger)) == sum(map(len, ledger.proofs.values()))


@pytest.mark.build
def test_the_file_of_the_built_site_verifies(built: Path, library: Library) -> None:
    published = (built / "evidence.json").read_text("utf-8")
    ledger = build(library)
    assert published == as_json(ledger)
    assert verify(published) > 0
