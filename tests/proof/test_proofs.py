"""Proofs: their files, what is said of those that do not verify, and narrower ones."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from summitry.proof import proofs, records, word_tree
from summitry.proof.capture import NEWEST, Capture
from summitry.proof.passages import Passage
from summitry.proof.proofs import Proof
from summitry.proof.records import RecordError
from summitry.proof.text import tokens
from summitry.tools import prover
from summitry.tools.prover import Taking

LINES = [
    "A day at the gate",
    "“The gate is open,” said the keeper, and all who had waited there went in at once.",
    "Nobody could say afterwards how many had come, but the yard was full by noon, they said.",
    "In the evening the gate was shut again — as it is on every other day — and all was over.",
]
TEXT = "\n".join(LINES)
CAPTURE = prover.make_capture("gate-news", TEXT, Taking("2025-08-16", "pasted", "A."), "whole")
OTHER = prover.make_capture(
    "gate-news", TEXT.replace("Nobody", "No one"), Taking("2025-09-01", "pasted", "A."), "whole"
)


def opened(paragraph: int, start: int, end: int, fragment: tuple[str, ...] = ()) -> Proof:
    """The proof of words [start, end) of a paragraph: it from 1, they from 0."""
    words = tokens(LINES[paragraph - 1])
    opening = word_tree.open_words(words, start, end, NEWEST)
    return Proof(
        "gate-news", "2025-08-16", paragraph, start + 1, tuple(words[start:end]), opening, fragment
    )


PROOF = opened(2, 0, 4, ("The gate is open",))


def said(proof: Proof, *captures: Capture) -> str:
    found, message = proofs.check(proof, captures or (OTHER, CAPTURE))
    assert (found is None) == bool(message)
    return message


def test_a_proof_opens_the_capture_that_it_names() -> None:
    assert proofs.check(PROOF, [OTHER, CAPTURE]) == (CAPTURE, "")
    same = replace(PROOF, capture="2025-09-01")
    assert proofs.check(same, [OTHER, CAPTURE]) == (OTHER, "")


def test_every_run_of_words_can_be_opened() -> None:
    size = len(tokens(LINES[2]))
    for start in range(size):
        for end in range(start + 1, size + 1):
            assert said(opened(3, start, end)) == ""


def test_no_such_capture() -> None:
    assert said(PROOF, OTHER) == "gate-news has no capture of 2025-08-16"
    assert proofs.check(PROOF, []) == (None, "gate-news has no capture of 2025-08-16")


def test_another_capture_in_which_the_paragraph_differs() -> None:
    moved = replace(opened(3, 0, 4), capture="2025-09-01")
    assert said(moved) == (
        "its words, place, salts or siblings are not those of paragraph 3 of gate-news, "
        "captured on 2025-09-01"
    )


@pytest.mark.parametrize("number", [0, 5, -1, 1 << 24])
def test_no_such_paragraph(number: int) -> None:
    message = f"the capture of 2025-08-16 has no paragraph {number}"
    assert said(replace(PROOF, paragraph=number)) == message


def test_a_paragraph_that_is_too_short() -> None:
    assert said(replace(PROOF, paragraph=1)) == "paragraph 1 is too short to be proven"


@pytest.mark.parametrize("number", [3, 4])
def test_the_paragraph_to_which_it_belongs_is_named(number: int) -> None:
    message = f"it belongs to paragraph 2, not {number}"
    assert said(replace(PROOF, paragraph=number)) == message


PARTS = {
    "a salt less": (replace(PROOF.opening, salts=()), "0 salts, where 1 belong"),
    "a short salt": (replace(PROOF.opening, salts=(b"salt",)), "1 salts, where 1 belong"),
    "a sibling less": (
        replace(PROOF.opening, siblings=PROOF.opening.siblings[:-1]), "a sibling is missing"
    ),
    "a sibling more": (
        replace(PROOF.opening, siblings=(*PROOF.opening.siblings, bytes(32))),
        "there are more siblings than belong",
    ),
    "a short sibling": (
        replace(PROOF.opening, siblings=(b"short", *PROOF.opening.siblings[1:])),
        "a sibling has the wrong size",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("opening", "message"), PARTS.values(), ids=PARTS)
def test_parts_that_do_not_fit(opening: word_tree.Opening, message: str) -> None:
    found = said(replace(PROOF, opening=opening))
    assert found.startswith("its parts do not belong together: ")
    assert message in found


@pytest.mark.parametrize("start", [0, -3, 15, 1 << 24])
def test_words_that_reach_out_of_the_paragraph(start: int) -> None:
    assert "there are no words" in said(replace(PROOF, start=start))


def test_a_proof_without_words() -> None:
    assert "there are no words" in said(replace(PROOF, tokens=()))


# Files


def test_a_file_gives_back_what_was_written_sorted_and_each_once() -> None:
    late, early = opened(3, 2, 5, ("say", "many")), opened(2, 5, 9)
    text = proofs.dump([late, PROOF, early, PROOF])
    assert proofs.load(text.encode()) == [PROOF, early, late]
    assert proofs.dump(proofs.load(text.encode())) == text
    assert text.count("\n") == 5
    assert [row["speech"] for row in json.loads(text)["proofs"]] == ["iiii", "oooo", "ooo"]


def test_proofs_from_one_word_on_have_an_order_too() -> None:
    made = [opened(3, 1, end) for end in range(2, 8)]
    assert proofs.load(proofs.dump(made[::-1]).encode()) == made


@given(st.integers(2, 4), st.data())
def test_every_proof_comes_back(paragraph: int, data: st.DataObject) -> None:
    size = len(tokens(LINES[paragraph - 1]))
    start = data.draw(st.integers(0, size - 1))
    made = opened(paragraph, start, data.draw(st.integers(start + 1, size)))
    assert proofs.load(proofs.dump([made]).encode()) == [made]


SALT = records.encode(PROOF.opening.salts[0])
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a word more": ({"words": '"The gate is open," said'}, "5 words and 4 states of speech"),
    "speech of a word more": ({"speech": "iiiii"}, "4 words and 5 states of speech"),
    "no words": ({"words": "", "speech": "i"}, "0 words and 1 states of speech"),
    "a blank more": ({"words": '"The  gate is', "speech": "iiii"}, "punctuation stands alone"),
    "a mark alone": ({"words": '"The — is open,"'}, "punctuation stands alone"),
    "another letter of speech": ({"speech": "iiix"}, "with the letters i, o and u"),
    "speech in capitals": ({"speech": "IIII"}, "with the letters i, o and u"),
    "three parts of a fragment": ({"fragment": ["a", "b", "c"]}, "one or two parts"),
    "a fragment that is no list": ({"fragment": "The gate"}, "fragment is not a list"),
    "a start in words": ({"start": "1"}, "start is not a whole number"),
    "a paragraph that is true": ({"paragraph": True}, "paragraph is not a whole number"),
    "a padded salt": ({"salts": [SALT + "=="]}, "is not 16 bytes in base64"),
    "a salt of another size": ({"salts": [SALT[:-2]]}, "is not 16 bytes in base64"),
    "salts that are no list": ({"salts": SALT}, "salts is not a list"),
    "a sibling of another size": ({"siblings": [SALT]}, "is not 32 bytes in base64"),
    "a key more": ({"note": ""}, "note is not a key here"),
    "no source": ({"source": 1}, "source is not text"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_told_with_its_line(changes: dict[str, Any], message: str) -> None:
    rows = json.loads(proofs.dump([PROOF]))["proofs"]
    text = records.dump({"version": 1, "proofs": [*rows, {**rows[0], **changes}]}, "proofs")
    with pytest.raises(RecordError) as caught:
        proofs.load(text.encode())
    assert caught.value.message.startswith("proof 2: ")
    assert message in caught.value.message
    assert caught.value.line == 3


@pytest.mark.parametrize("key", ["source", "capture", "paragraph", "start", "words", "salts"])
def test_every_key_is_needed(key: str) -> None:
    rows = json.loads(proofs.dump([PROOF]))["proofs"]
    del rows[0][key]
    with pytest.raises(RecordError, match=f"proof 1: the key {key} is missing"):
        proofs.load(json.dumps({"version": 1, "proofs": rows}).encode())


def test_a_file_without_proofs_is_refused() -> None:
    with pytest.raises(RecordError, match="there is no proof in it"):
        proofs.load(b'{"version": 1, "proofs": []}')


# Together


def test_passages_hide_what_no_proof_opens() -> None:
    (first, second) = proofs.passages([opened(3, 1, 3), PROOF, opened(3, 2, 4)], CAPTURE)
    known, other = tokens(LINES[1]), tokens(LINES[2])
    assert first == Passage(2, [*known[:4], *[None] * len(known[4:])])
    assert second == Passage(3, [None, *other[1:4], *[None] * len(other[4:])])


def test_words_opened_twice_are_disclosed_once() -> None:
    again = replace(opened(2, 2, 8), capture="2025-09-01")
    found = proofs.disclosed([PROOF, again, opened(3, 0, 1)], {"gate-news": [OTHER, CAPTURE]})
    roots = [paragraph.root for paragraph in CAPTURE.paragraphs]
    assert found == {roots[1]: set(range(8)), roots[2]: {0}}


def test_a_narrower_proof_verifies_without_the_article() -> None:
    wide = opened(4, 2, 12, ("evening the gate was shut again — as it is on",))
    for low in range(2, 12):
        for high in range(low + 1, 13):
            less = proofs.narrowed(wide, CAPTURE, low, high)
            assert said(less) == ""
            assert less == opened(4, low, high, less.fragment)
    less = proofs.narrowed(wide, CAPTURE, 3, 8)
    assert less.fragment == ("the gate was shut again",)
    assert proofs.narrowed(wide, CAPTURE, 6, 9).fragment == ("shut again — as",)


def test_a_fragment_of_two_parts_cannot_be_narrowed() -> None:
    wide = opened(4, 2, 12, ("evening the", "is on"))
    assert proofs.narrowed(wide, CAPTURE, 2, 11).fragment == ()


def test_a_fragment_in_other_letters_is_narrowed_or_dropped() -> None:
    wide = opened(4, 2, 12, ("EVENING the gate was shut again — as it is on",))
    assert proofs.narrowed(wide, CAPTURE, 3, 8).fragment in ((), ("the gate was shut again",))


LATIN, CYRILLIC = "harbour", "причалы"


@pytest.mark.parametrize("word", [LATIN, CYRILLIC])
@pytest.mark.parametrize("count", [12, 64, 200])
def test_a_proof_of_eleven_words_takes_a_kilobyte_at_most(word: str, count: int) -> None:
    found = tokens(" ".join(f"{word}{i % 10}" for i in range(count)))
    for start in range(0, count - 10, 7):
        part = tuple(found[start : start + 11])
        ends = [" ".join(t.word for t in run) for run in (part[:4], part[-4:])]
        opening = word_tree.open_words(found, start, start + 11)
        name = "a-source-with-an-id-of-some-length"
        proof = Proof(name, "2026-11-22", 8, start + 1, part, opening, tuple(ends))
        written = json.dumps(proofs.as_data(proof), ensure_ascii=False)
        assert len(written.encode()) <= 1024


def test_a_fragment_in_the_words_of_the_proof_is_written_as_a_number() -> None:
    part = tuple(tokens('He said: "We will open the gate, and nobody else will do so."'))
    opening = word_tree.open_words(part, 0, len(part))
    fragment = ("He said", "nobody else will do so")
    proof = Proof("a", "2026-11-22", 1, 1, part, opening, fragment)
    assert proofs.as_data(proof)["fragment"] == [2, 5]
    assert proofs.load(proofs.dump([proof]).encode()) == [proof]
    curly = Proof("a", "2026-11-22", 1, 1, part, opening, ("He said: “We",))
    assert proofs.as_data(curly)["fragment"] == ["He said: “We"]
    for wrong in (0, 14):
        raw = proofs.dump([proof]).replace('"fragment": [2, 5]', f'"fragment": [{wrong}]')
        with pytest.raises(RecordError, match=r"the fragment is of \d+ words"):
            proofs.load(raw.encode())


def test_a_file_of_more_proofs_than_anybody_needs_is_not_verified_one_by_one() -> None:
    part = tuple(tokens("We will open the gate tomorrow"))
    proof = Proof("a", "2026-11-22", 1, 1, part, word_tree.open_words(part, 0, len(part)))
    row = json.dumps(proofs.as_data(proof))
    text = '{{"version": 1, "proofs": [\n{}\n]}}\n'
    assert len(proofs.load(text.format(",\n".join([row] * proofs.MAX_PROOFS)).encode())) == 500
    with pytest.raises(RecordError, match="there are 501 proofs in it, limit 500"):
        proofs.load(text.format(",\n".join([row] * 501)).encode())
