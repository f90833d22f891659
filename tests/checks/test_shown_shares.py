"""How much of a source is shown, and how much of a paragraph stays hidden."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from summitry.checks.shown_shares import problems
from summitry.content.problems import Mark
from summitry.proof import budget, word_tree
from summitry.proof.budget import Share
from summitry.proof.capture import Capture
from summitry.proof.proofs import Proof
from summitry.proof.text import paragraphs
from summitry.tools import prover
from summitry.tools.prover import Taking

LINE = " ".join(f"word{n}" for n in range(50))  # of which none is like another
OTHER = " ".join(f"other{n}" for n in range(50))
TEXT = f"{LINE}\n{OTHER}"
PLACE = "content/sources/a.md", Mark(3, 1)


def capture(text: str = TEXT, date: str = "2025-08-16", extent: str = "whole") -> Capture:
    return prover.make_capture("a", text, Taking(date, "pasted", "A."), extent)


def opened(
    start: int, end: int, paragraph: int = 1, text: str = TEXT, date: str = "2025-08-16"
) -> Proof:
    words = paragraphs(text)[paragraph - 1]
    opening = word_tree.open_words(words, start, end)
    return Proof("a", date, paragraph, start + 1, tuple(words[start:end]), opening)


def share(
    *proofs: Proof, captures: list[Capture] | None = None, words: tuple[str, ...] = ()
) -> Share:
    kept = [capture()] if captures is None else captures
    return budget.shares(list(proofs), {"a": kept} if kept else {}, {"a": words})["a"]


def said(found: Share) -> list[tuple[str, bool, str]]:
    return [(p.code, p.note, p.message) for p in problems(*PLACE, found)]


def test_words_that_proofs_open() -> None:
    assert share(opened(0, 5)) == Share("a", 5, 5, 100, excerpt=False)
    assert share(opened(0, 5), opened(40, 42), opened(0, 3, 2)).shown == 10


def test_words_that_two_proofs_open_count_once() -> None:
    assert share(opened(0, 5), opened(3, 8), opened(0, 5)).shown == 8


def test_words_that_stand_in_two_captures_count_once() -> None:
    again = capture(f"A short line\n{TEXT}", "2025-09-01")
    twice = opened(2, 6, 2, f"A short line\n{TEXT}", "2025-09-01")
    found = share(opened(0, 5), twice, captures=[again, capture()])
    assert (found.shown, found.total) == (6, 103)


def test_words_of_a_paragraph_that_changed_count_each_time() -> None:
    changed = TEXT.replace("word49", "word50")
    found = share(
        opened(0, 5),
        opened(0, 5, 1, changed, "2025-09-01"),
        captures=[capture(changed, "2025-09-01"), capture()],
    )
    assert found.shown == 10


def test_transcribed_words_count_too_one_within_another_once() -> None:
    words = ("and so they went", "so they", "So, they WENT", "home")
    found = share(opened(0, 5), words=words)
    assert (found.shown, found.proven) == (10, 5)


def test_of_a_source_that_was_never_captured_the_share_is_not_known() -> None:
    found = share(captures=[], words=(" ".join(["many"] * 500),))
    assert (found.shown, found.total, found.percent) == (500, 0, 0.0)
    assert said(found) == []


@pytest.mark.parametrize(
    ("shown", "code", "note"),
    [(10, None, None), (11, "near-budget", True), (20, "near-budget", True),
     (21, "over-budget", False)],
)  # fmt: skip
def test_a_tenth_is_noted_and_a_fifth_fails(
    shown: int, code: str | None, note: bool | None
) -> None:
    found = said(share(opened(0, shown)))
    if code is None:
        assert found == []
    else:
        message = f"{shown} of 100 words are disclosed ({shown} %, limit 20 %)"
        assert found == [(code, note, message)]


def test_a_problem_stands_at_the_source_and_says_what_to_do() -> None:
    (problem,) = problems(*PLACE, share(opened(0, 30)))
    assert (problem.path, problem.mark) == PLACE
    assert problem.hint == "shorten or drop passages of this source"


def test_a_part_of_a_percent_counts_as_over() -> None:
    text = f"{TEXT} more"
    found = share(opened(0, 21, 1, text), captures=[capture(text)])
    assert said(found)[0][2] == "21 of 101 words are disclosed (21 %, limit 20 %)"
    assert not said(found)[0][1]


@pytest.mark.parametrize(("shown", "over"), [(75, False), (76, True)])
def test_of_an_excerpt_75_words_may_be_shown(shown: int, over: bool) -> None:
    text = "\n".join(f"A{LINE}{n}.".replace("word", f"word{n}x") for n in range(4))
    excerpt = capture(text, extent="excerpt")
    whole = opened(0, 50, 1, text), opened(0, shown - 50, 2, text)
    found = share(*whole, captures=[excerpt])
    assert (found.excerpt, found.shown, found.total) == (True, shown, 200)
    message = f"{shown} words of an excerpt are disclosed (limit 75)"
    assert said(found) == [("over-budget", False, message)] * over


# Hidden words


def guessable(*proofs: Proof) -> list[str]:
    return [message for code, _, message in said(share(*proofs)) if code == "guessable"]


@pytest.mark.parametrize("hidden", range(10))
def test_one_to_seven_hidden_words_are_too_few(hidden: int) -> None:
    found = guessable(opened(0, 50 - hidden))
    assert bool(found) == (1 <= hidden <= 7)
    if found:
        assert found == [
            f"the proofs leave {hidden} of 50 words of paragraph 1 hidden, which can be guessed "
            "(at least 8, or none)"
        ]


def test_what_stays_hidden_is_counted_over_all_proofs() -> None:
    assert guessable(opened(0, 25)) == guessable(opened(25, 45)) == []
    assert len(guessable(opened(0, 25), opened(25, 45))) == 1
    assert guessable(opened(0, 25), opened(25, 50)) == []


def test_the_same_paragraph_in_two_sources_is_one() -> None:
    first, second = opened(0, 25), opened(25, 45)
    captures = {"a": [capture()], "b": [capture()]}
    moved = replace(second, source="b")
    found = budget.shares([first, moved], captures, {})
    assert [one.guessable for one in found.values()] == [((1, 5, 50),)] * 2


def test_an_older_capture_gives_its_paragraphs_away_too() -> None:
    newer = capture(TEXT.replace("word49", "word50"), "2025-09-01")
    found = share(opened(0, 45), captures=[newer, capture()])
    assert found.guessable == ((1, 5, 50),)
