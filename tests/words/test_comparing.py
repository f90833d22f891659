"""How another wording differs from the one displayed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from summitry.words.comparing import Run, compare


def test_words_that_the_displayed_wording_has_not_are_marked() -> None:
    assert compare("We had a feel-out meeting today", "We had a feeling-out session today") == [
        Run("We had a", False),
        Run("feeling-out session", True),
        Run("today", False),
    ]


def test_additions_and_omissions() -> None:
    assert compare("a b c", "a c") == [Run("a", False), Run("c", False)]
    assert compare("a c", "a b c") == [Run("a", False), Run("b", True), Run("c", False)]
    assert compare("a", "b") == [Run("b", True)]
    assert compare("", "b") == [Run("b", True)]
    assert compare("a", "") == []


def test_case_and_punctuation_at_the_edges_do_not_count() -> None:
    for other in ("it’s a “term”, okay?", "It's a term okay", "IT’S A ‘TERM’ OKAY…"):
        assert not any(run.differs for run in compare("It’s a term, okay?", other))


def test_inner_punctuation_counts() -> None:
    assert compare("feel-out", "feel out") == [Run("feel out", True)]


WORDS = st.lists(st.sampled_from(["a", "B", "c,", "“d”", "e’f"]), max_size=8).map(" ".join)


@given(WORDS, WORDS)
def test_nothing_of_the_other_wording_is_lost(displayed: str, other: str) -> None:
    runs = compare(displayed, other)
    assert " ".join(run.text for run in runs).split() == other.split()


@given(WORDS)
def test_the_displayed_wording_differs_nowhere_from_itself(displayed: str) -> None:
    assert not any(run.differs for run in compare(displayed, displayed))
