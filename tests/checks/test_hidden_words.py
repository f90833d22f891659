"""What "How the proof works" says of hidden words: how few can be guessed, and the limit.

The attack is the real one. Whoever has a proof knows the root and all words but the hidden
ones; a guess of these gives the seed, the salts and a root, and only the right guess gives
the root of the capture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from summitry.checks.shown_shares import problems
from summitry.content.problems import START
from summitry.proof import capture, word_tree
from summitry.proof.budget import MIN_HIDDEN, shares
from summitry.proof.capture import Capture, CapturedParagraph
from summitry.proof.proofs import Proof, check
from summitry.proof.text import Token, tokens

LINE = (
    "The keeper of the old lighthouse counted seventeen boats in the narrow harbour before "
    "breakfast and wrote their names into a long blue book."
)
WORDS = tokens(LINE)
COUNT = len(WORDS)
# What an attacker takes for likely: words that anybody might write, the hidden ones among them.
COMMON = ["of", "the", "old", "in", "and", "a", "their", "into", "before", "long", "blue", "boats"]
NOUNS = ["keeper", "lighthouse", "harbour", "breakfast", "names", "book", "pilot", "night"]


def vocabulary(size: int) -> list[str]:
    """That many candidates; the right ones stand last, so that all are tried."""
    known = COMMON + NOUNS
    return [*(f"word{i}" for i in range(size - len(known))), *known][-size:]


def with_words(places: Sequence[int], guess: Sequence[str]) -> list[Token]:
    """The paragraph with guessed words in the hidden places.

    Their punctuation and speech are taken for known: they only make the work some times more.
    """
    found = list(WORDS)
    for place, word in zip(places, guess, strict=True):
        found[place] = found[place]._replace(word=word)
    return found


def attack(root: bytes, places: Sequence[int], candidates: list[str]) -> Iterator[tuple[str, ...]]:
    """The guesses of the hidden words that a root confirms."""
    for guess in product(candidates, repeat=len(places)):
        if word_tree.root(with_words(places, guess)) == root:
            yield guess


@pytest.mark.parametrize(
    ("places", "size"),
    [((0,), 2000), ((13,), 2000), ((COUNT - 1,), 2000), ((4, 5), 60), ((1, 18), 60)],
    ids=["the first", "one inside", "the last", "two neighbours", "two apart"],
)
def test_one_or_two_hidden_words_are_found(places: tuple[int, ...], size: int) -> None:
    candidates = sorted({*vocabulary(size), *(WORDS[i].word for i in places)})
    found = list(attack(word_tree.root(WORDS), places, candidates))
    assert found == [tuple(WORDS[i].word for i in places)]


def test_three_hidden_words_are_found() -> None:
    places = (2, 9, 10)
    found = list(attack(word_tree.root(WORDS), places, [*COMMON, *NOUNS[:3]]))
    assert found == [("of", "in", "the")]


def test_a_guess_needs_nothing_but_the_root() -> None:
    """No proof helps or hinders: the salts come from the words, so there is no other secret."""
    opened = proof_of(1, COUNT)
    assert check(opened, [KEPT])[0] == KEPT
    guessed = with_words((0,), ("The",))
    assert word_tree.root(guessed) == KEPT.paragraphs[0].root
    again = word_tree.open_words(guessed, 1, COUNT)
    assert again == opened.opening


@pytest.mark.parametrize("missed", range(MIN_HIDDEN))
def test_of_eight_hidden_words_seven_right_ones_confirm_nothing(missed: int) -> None:
    places = range(6, 6 + MIN_HIDDEN)
    guess = [WORDS[i].word for i in places]
    assert word_tree.root(with_words(places, guess)) == word_tree.root(WORDS)
    guess[missed] = "pilot"
    changed = with_words(places, guess)
    assert word_tree.root(changed) != word_tree.root(WORDS)
    # Nor does anything that a proof publishes show that seven are right: the salts come from
    # all words, so that every salt is another, and every hash, even of right words only.
    mine, theirs = word_tree.open_words(changed, 0, 6), word_tree.open_words(WORDS, 0, 6)
    assert set(mine.salts).isdisjoint(theirs.salts)
    assert set(mine.siblings).isdisjoint(theirs.siblings)


# The limit that the check sets


def captured(*lines: str, date: str = "2026-11-22", source: str = "log") -> Capture:
    rows = tuple(capture.paragraph_of(tokens(line)) for line in lines)
    return Capture(source, date, "pasted", "", "", "", "whole", rows)


KEPT = captured(LINE)
LATER = captured("A first line.", LINE, date="2026-11-23")


def proof_of(start: int, end: int, kept: Capture = KEPT, paragraph: int = 1) -> Proof:
    """A proof of the words [start, end), counted from 0."""
    opening = word_tree.open_words(WORDS, start, end)
    made = Proof(kept.source, kept.date, paragraph, start + 1, tuple(WORDS[start:end]), opening)
    assert check(made, [kept]) == (kept, "")
    return made


def guessable(*proofs: Proof, kept: Sequence[Capture] = (KEPT,)) -> list[tuple[int, int, int]]:
    """What the check calls guessable: (paragraph, hidden words, words)."""
    source = kept[0].source
    share = shares(proofs, {source: kept}, {})[source]
    found = [p for p in problems("log.md", START, share) if p.code == "guessable"]
    assert len(found) == len(share.guessable)
    assert not any(problem.note for problem in found)
    return list(share.guessable)


@pytest.mark.parametrize("hidden", range(COUNT))
def test_one_to_seven_hidden_words_are_refused(hidden: int) -> None:
    wanted = [(1, hidden, COUNT)] if 1 <= hidden <= 7 else []
    assert guessable(proof_of(0, COUNT - hidden)) == wanted
    assert guessable(proof_of(hidden, COUNT)) == wanted


def test_the_limit_is_eight_words() -> None:
    assert MIN_HIDDEN == 8


def test_nothing_opened_is_nothing_to_guess() -> None:
    assert guessable() == []


def test_the_whole_paragraph_leaves_nothing_to_guess() -> None:
    assert guessable(proof_of(0, COUNT)) == []
    assert guessable(proof_of(0, COUNT - 3), proof_of(5, COUNT)) == []


def test_the_proofs_of_two_entities_are_taken_together() -> None:
    """Each leaves enough hidden, both together do not."""
    first, second = proof_of(0, 10), proof_of(15, COUNT)
    assert guessable(first) == guessable(second) == []
    assert guessable(first, second) == [(1, 5, COUNT)]


def test_words_that_two_proofs_open_count_once() -> None:
    assert guessable(proof_of(0, 10), proof_of(5, 14)) == []
    assert guessable(proof_of(0, 10), proof_of(5, COUNT - 7)) == [(1, 7, COUNT)]


def test_the_proofs_of_two_captures_are_taken_together() -> None:
    """The same paragraph stands in both, under another number."""
    first, second = proof_of(0, 10), proof_of(15, COUNT, LATER, 2)
    assert guessable(second, kept=(LATER, KEPT)) == []
    assert guessable(first, second, kept=(LATER, KEPT)) == [(2, 5, COUNT)]


def test_the_proofs_of_two_sources_with_one_paragraph_are_taken_together() -> None:
    """An agency's text stands in two newspapers."""
    other = captured(LINE, source="other")
    proofs = [proof_of(0, 10), proof_of(15, COUNT, other)]
    found = shares(proofs, {"log": [KEPT], "other": [other]}, {})
    assert found["log"].guessable == found["other"].guessable == ((1, 5, COUNT),)


def test_the_words_of_other_paragraphs_do_not_help() -> None:
    """Two paragraphs, each with enough hidden."""
    second = LINE.replace("keeper", "pilot")
    kept = captured(LINE, second)
    words = tokens(second)
    opening = word_tree.open_words(words, 12, COUNT)
    other = Proof("log", kept.date, 2, 13, tuple(words[12:]), opening)
    assert check(other, [kept]) == (kept, "")
    assert guessable(proof_of(0, 12, kept), other, kept=(kept,)) == []


def test_the_message_says_how_to_mend_it() -> None:
    share = shares([proof_of(0, COUNT - 2)], {"log": [KEPT]}, {})["log"]
    (problem,) = [p for p in problems("log.md", START, share) if p.code == "guessable"]
    assert f"2 of {COUNT} words of paragraph 1" in problem.message
    assert "--whole" in problem.hint


@pytest.mark.parametrize("count", range(1, 20))
def test_a_paragraph_has_a_root_from_twelve_words(count: int) -> None:
    found = capture.paragraph_of(WORDS[:count])
    if count < 12:
        assert found == CapturedParagraph(count, None)
    else:
        assert found == CapturedParagraph(count, word_tree.root(WORDS[:count]))


def test_a_paragraph_of_eleven_words_cannot_be_proven() -> None:
    short = Capture("log", "2026-11-22", "pasted", "", "", "", "whole", (CapturedParagraph(11),))
    opening = word_tree.open_words(WORDS[:11], 0, 3)
    made = Proof("log", "2026-11-22", 1, 1, tuple(WORDS[:3]), opening)
    assert check(made, [short]) == (None, "paragraph 1 is too short to be proven")
