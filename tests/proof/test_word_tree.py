"""The word tree and the normal form, for any paragraph and any run of its words."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
import verifier
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from summitry.proof import capture, text, unspaced, word_tree
from summitry.proof.capture import Capture
from summitry.proof.proofs import Proof, check, narrowed
from summitry.proof.text import IN, OUT, UNKNOWN, Token
from summitry.proof.word_tree import Opening, ProofError

STATES = (IN, OUT, UNKNOWN)
NASTY = (
    "aZé1 _%$.,!?…'\"“”„«»‘’`´(){}[]/ёЖ中👍½٣\u00a0\u2009\u00ad\u200b\u200d\u2060\ufeff\u0301\u0308"
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\t\r\n\u2028\u0085\u001c"
)
LETTERS = "abcXYZéёЖ中19"

often = settings(max_examples=200, derandomize=True, deadline=None)
seldom = settings(max_examples=100, derandomize=True, deadline=None)

words = st.text(LETTERS, min_size=1, max_size=6)
marks = st.text(".,;:!?\"'()[]—", max_size=3)
tokens = st.builds(Token, marks, words, marks, st.sampled_from(STATES))
paragraphs = st.lists(tokens, min_size=1, max_size=70)
any_text = st.text(NASTY, max_size=60) | st.text(max_size=60)


@st.composite
def runs(draw: st.DrawFn, least: int = 1) -> tuple[list[Token], int, int]:
    """A paragraph and a run of its words."""
    paragraph = draw(st.lists(tokens, min_size=least, max_size=70))
    start = draw(st.integers(0, len(paragraph) - 1))
    return paragraph, start, draw(st.integers(start + 1, len(paragraph)))


def refused(found: list[Token], start: int, count: int, opening: Opening, root: bytes) -> bool:
    """Whether an opening does not lead to a root."""
    try:
        return word_tree.opened_root(found, start, count, opening) != root
    except ProofError:
        return True


def flipped(raw: bytes, bit: int) -> bytes:
    """Bytes of which one bit is another."""
    changed = bytearray(raw)
    changed[bit // 8 % len(raw)] ^= 1 << bit % 8
    return bytes(changed)


# The tree


@often
@given(runs())
def test_any_run_of_words_leads_to_the_root(run: tuple[list[Token], int, int]) -> None:
    paragraph, start, end = run
    opening = word_tree.open_words(paragraph, start, end)
    root = word_tree.root(paragraph)
    assert word_tree.opened_root(paragraph[start:end], start, len(paragraph), opening) == root
    assert verifier.root([tuple(token) for token in paragraph]) == root


@often
@given(runs(), st.data())
def test_a_token_that_was_changed_is_refused(
    run: tuple[list[Token], int, int], data: st.DataObject
) -> None:
    paragraph, start, end = run
    opened = paragraph[start:end]
    at = data.draw(st.integers(0, len(opened) - 1))
    name = data.draw(st.sampled_from(Token._fields))
    new = data.draw(st.sampled_from(STATES) if name == "speech" else st.text(NASTY, max_size=6))
    assume(new != getattr(opened[at], name))
    opened[at] = opened[at]._replace(**{name: new})
    opening = word_tree.open_words(paragraph, start, end)
    assert refused(opened, start, len(paragraph), opening, word_tree.root(paragraph))


@often
@given(runs(), st.data())
def test_a_character_that_moved_between_the_fields_is_refused(
    run: tuple[list[Token], int, int], data: st.DataObject
) -> None:
    paragraph, start, end = run
    opened = paragraph[start:end]
    at = data.draw(st.integers(0, len(opened) - 1))
    whole = opened[at].before + opened[at].word + opened[at].after
    first, second = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    moved = Token(whole[:first], whole[first:second], whole[second:], opened[at].speech)
    assume(moved != opened[at])
    opened[at] = moved
    opening = word_tree.open_words(paragraph, start, end)
    assert refused(opened, start, len(paragraph), opening, word_tree.root(paragraph))


@often
@given(runs(), st.data())
def test_words_in_another_order_or_number_are_refused(
    run: tuple[list[Token], int, int], data: st.DataObject
) -> None:
    paragraph, start, end = run
    opened = paragraph[start:end]
    other = data.draw(
        st.permutations(opened)
        | st.just(opened[:-1])
        | st.just(opened[1:])
        | tokens.map(lambda token: [*opened, token])
        | tokens.map(lambda token: [token, *opened])
    )
    assume(list(other) != opened)
    opening = word_tree.open_words(paragraph, start, end)
    assert refused(list(other), start, len(paragraph), opening, word_tree.root(paragraph))


@often
@given(runs(least=2), st.data())
def test_an_opening_that_was_changed_is_refused(
    run: tuple[list[Token], int, int], data: st.DataObject
) -> None:
    paragraph, start, end = run
    opening = word_tree.open_words(paragraph, start, end)
    parts = {"salts": list(opening.salts), "siblings": list(opening.siblings)}
    name = data.draw(st.sampled_from([name for name, found in parts.items() if found]))
    found = parts[name]
    at = data.draw(st.integers(0, len(found) - 1))
    how = data.draw(st.sampled_from(("flip", "drop", "double", "cut", "lengthen", "exchange")))
    if how == "flip":
        found[at] = flipped(found[at], data.draw(st.integers(0, 8 * len(found[at]) - 1)))
    elif how == "drop":
        del found[at]
    elif how == "double":
        found.insert(at, found[at])
    elif how == "cut":
        found[at] = found[at][:-1]
    elif how == "lengthen":
        found[at] += b"\0"
    else:
        assume(len(found) > 1)
        found[at - 1], found[at] = found[at], found[at - 1]
    changed = replace(opening, **{name: tuple(found)})
    assert refused(paragraph[start:end], start, len(paragraph), changed, word_tree.root(paragraph))


@often
@given(runs(), st.integers(-80, 80), st.integers(-80, 80))
def test_another_place_or_number_of_words_is_refused(
    run: tuple[list[Token], int, int], by: int, more: int
) -> None:
    assume(by or more)
    paragraph, start, end = run
    opening, count = word_tree.open_words(paragraph, start, end), len(paragraph)
    assert refused(
        paragraph[start:end], start + by, count + more, opening, word_tree.root(paragraph)
    )


@often
@given(runs(), st.data())
def test_parts_of_another_proof_are_refused(
    run: tuple[list[Token], int, int], data: st.DataObject
) -> None:
    paragraph, start, end = run
    other, low, high = data.draw(runs() | st.just((paragraph, 0, len(paragraph))))
    mine, theirs = (
        word_tree.open_words(paragraph, start, end),
        word_tree.open_words(other, low, high),
    )
    changed = data.draw(
        st.sampled_from(
            (replace(mine, salts=theirs.salts), replace(mine, siblings=theirs.siblings), theirs)
        )
    )
    assume(changed != mine)
    assert refused(paragraph[start:end], start, len(paragraph), changed, word_tree.root(paragraph))


@seldom
@given(runs(least=12), runs(least=12), st.integers(0, 255))
def test_parts_of_two_proofs_of_one_paragraph_cannot_be_exchanged(
    run: tuple[list[Token], int, int], second: tuple[list[Token], int, int], bit: int
) -> None:
    paragraph, start, end = run
    low, high = (min(place, len(paragraph)) for place in second[1:])
    assume(low < high and (low, high) != (start, end))
    root, count = word_tree.root(paragraph), len(paragraph)
    mine = word_tree.open_words(paragraph, start, end)
    theirs = word_tree.open_words(paragraph, low, high)
    if mine.salts != theirs.salts:
        changed = replace(mine, salts=theirs.salts)
        assert refused(paragraph[start:end], start, count, changed, root)
    if mine.siblings != theirs.siblings:
        changed = replace(mine, siblings=theirs.siblings)
        assert refused(paragraph[start:end], start, count, changed, root)
    assert refused(paragraph[start:end], start, count, mine, flipped(root, bit))


@often
@given(runs(), st.data())
def test_a_narrower_opening_is_the_one_that_the_text_gives(
    run: tuple[list[Token], int, int], data: st.DataObject
) -> None:
    paragraph, start, end = run
    low = data.draw(st.integers(start, end - 1))
    high = data.draw(st.integers(low + 1, end))
    opening = word_tree.open_words(paragraph, start, end)
    found = word_tree.narrow(paragraph[start:end], start, len(paragraph), opening, low, high)
    assert found == word_tree.open_words(paragraph, low, high)


# Proofs


def captured(paragraph: list[Token]) -> Capture:
    rows = (capture.paragraph_of(paragraph),)
    return Capture("log", "2026-11-22", "pasted", "", "", "", "whole", rows)


def proof(paragraph: list[Token], start: int, end: int) -> Proof:
    version = unspaced.version_of(paragraph)
    opening = word_tree.open_words(paragraph, start, end, version)
    return Proof("log", "2026-11-22", 1, start + 1, tuple(paragraph[start:end]), opening)


@seldom
@given(runs(least=12), st.integers(0, 255))
def test_a_proof_is_checked_against_its_capture(
    run: tuple[list[Token], int, int], bit: int
) -> None:
    paragraph, start, end = run
    made, kept = proof(paragraph, start, end), captured(paragraph)
    assert check(made, [kept]) == (kept, "")
    assert check(narrowed(made, kept, start, start + 1), [kept]) == (kept, "")
    row = kept.paragraphs[0]
    assert row.root is not None
    for other in (
        row._replace(root=flipped(row.root, bit)),
        row._replace(words=row.words + 1),
        row._replace(root=None),
    ):
        assert check(made, [replace(kept, paragraphs=(other,))])[0] is None
    for place in (start, start + 2):
        assert check(replace(made, start=place), [kept])[0] is None
    assert check(replace(made, paragraph=2), [kept])[0] is None
    assert check(replace(made, paragraph=0), [kept])[0] is None
    assert check(made, [replace(kept, date="2026-11-23")])[0] is None


# The normal form


@often
@given(any_text)
def test_tokens_are_read_as_they_were_shown(found: str) -> None:
    for words_of_line in text.paragraphs(found):
        speech = [token.speech for token in words_of_line]
        assert text.read(text.shown(words_of_line), speech) == words_of_line


@often
@given(any_text)
def test_both_programs_read_any_text_alike(found: str) -> None:
    mine = [[tuple(token) for token in line] for line in text.paragraphs(found)]
    assert mine == verifier.paragraphs(found)
    assert list(map(word_tree.root, text.paragraphs(found))) == list(map(verifier.root, mine))


_TWICE = re.compile(f"[{text.INVISIBLE}]|[{text.HYPHENS}{text.LONG_DASHES}]{{2,}}")


@often
@given(any_text)
def test_the_normal_form_of_a_normal_form_is_the_same(found: str) -> None:
    """But for dashes side by side, and marks that join a letter when what parts them goes."""
    for line in text.lines(_TWICE.sub("", found)):
        assume(not _TWICE.search(line))
        normal = text.normal_form(line)
        assert text.normal_form(normal) == normal
        assert text.tokens(normal) == text.tokens(line)
        again = text.tokens(text.shown(text.tokens(line)))
        assert [token.key for token in again] == [token.key for token in text.tokens(line)]


# Copies of one text

PHRASES = (
    "the pilot’s mate counted 12–15 boats",
    "“we sail at noon,” she said",
    "the wind — as ever — was wrong",
    "nobody came… or so they say",
    "«мы не поплывём во вторник», — сказала Мария",
    "the well-known café on the quay",
    "it costs $3,000 a year",
    "they wrote ‘none missing’ into the book",
)
HABITS: dict[str, tuple[str, ...]] = {
    "“": ("“", '"', "„", "«", "\u301d"),
    "”": ("”", '"', "‟", "»"),
    "«": ("«", '"', "“"),
    "»": ("»", '"', "”"),
    "‘": ("‘", "'", "‚", "`"),
    "’": ("’", "'", "´", "ʼ"),
    " — ": (" — ", "—", " -- ", "--", " – ", " - ", "\u00a0— ", "\u200a—\u200a"),
    "–": ("–", "-", "\u2011", "\u2012", "\u2212"),
    "-": ("-", "\u2010", "\u2011"),
    "…": ("…", "...", " . . ."),
    "é": ("é", "e\u0301"),
    "ё": ("ё", "е\u0308"),
    " ": (" ", "\u00a0", "  ", "\u2009", "\t"),
    "at": ("at", "a\u00adt", "a\u200bt"),
}
_HABIT = re.compile("|".join(map(re.escape, HABITS)))
AROUND = (
    "The Harbour Log",
    "Share on Example | Copy link | Print",
    "Read more: ten things to know about lighthouses, boats and all the people in between.",
    "By a reporter · 5 min read",
    "© 2026 The Harbour Log. All rights reserved, here and on every other quay of the world.",
    "—",
    "",
)


@st.composite
def copies(draw: st.DrawFn) -> tuple[list[str], str]:
    """The paragraphs of a text, and a copy of it as another page prints it."""
    body = [
        "So " + ". ".join(draw(st.lists(st.sampled_from(PHRASES), min_size=3, max_size=6))) + "."
        for _ in range(draw(st.integers(1, 3)))
    ]
    around = st.lists(st.sampled_from(AROUND), max_size=3)
    copied = draw(around)
    for paragraph in body:
        copied.append(_HABIT.sub(lambda match: draw(st.sampled_from(HABITS[match[0]])), paragraph))
        copied += draw(around)
    end = draw(st.sampled_from(("\n", "\r\n", "\n\n", "\u2028", "\r", " \n ")))
    return body, draw(st.sampled_from(("", "\ufeff"))) + end.join(copied)


@seldom
@given(copies())
def test_a_copy_with_other_typography_has_the_same_roots(found: tuple[list[str], str]) -> None:
    body, copied = found
    roots = [capture.paragraph_of(text.tokens(line)).root for line in body]
    there = [capture.paragraph_of(line).root for _, line in capture.read_text(copied)]
    kept = [root for root in there if root in roots]
    assert None not in roots
    assert kept == roots


def test_a_proof_costs_its_verifier_few_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few that a thousand take less than a tenth of a second (`make bench` measures it)."""
    words = text.tokens(" ".join(f"word{n}" for n in range(100)))
    opened = [(start, word_tree.open_words(words, start, start + 11)) for start in range(0, 89, 3)]
    calls = []

    def counted(*given: Any) -> Any:
        calls.append(given)
        return sha256(*given)

    def keyed(*given: Any) -> bytes:
        calls.extend([given, given])  # one within the other
        return hmac.digest(*given)

    monkeypatch.setattr(word_tree, "sha256", counted)
    monkeypatch.setattr(word_tree, "hmac", SimpleNamespace(digest=keyed))
    for start, opening in opened:
        word_tree.opened_root(words[start : start + 11], start, len(words), opening)
    assert len(calls) < 65 * len(opened)
