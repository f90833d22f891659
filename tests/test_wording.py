"""How another wording differs from the one displayed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summitry.wording import Run, compare, same


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


@pytest.mark.parametrize(
    "other",
    ["it’s a “term”, okay?", "It's a term okay", "IT’S A ‘TERM’ OKAY…", " it's  a\nterm, okay. "],
)
def test_case_and_punctuation_at_the_edges_do_not_count(other: str) -> None:
    assert same("It’s a term, okay?", other)
    assert not any(run.differs for run in compare("It’s a term, okay?", other))


@pytest.mark.parametrize("other", ["its a term, okay?", "a term, okay?", "It’s a term", ""])
def test_what_counts(other: str) -> None:
    assert not same("It’s a term, okay?", other)


def test_a_source_that_gives_no_words_of_its_own_prints_the_displayed_ones() -> None:
    assert same("It’s a term", None)


def test_inner_punctuation_counts() -> None:
    assert not same("feel-out", "feel out")


WORDS = st.lists(st.sampled_from(["a", "B", "c,", "“d”", "e’f"]), max_size=8).map(" ".join)


@given(WORDS, WORDS)
def test_nothing_of_the_other_wording_is_lost(displayed: str, other: str) -> None:
    runs = compare(displayed, other)
    assert " ".join(run.text for run in runs).split() == other.split()
    if same(displayed, other):
        assert not any(run.differs for run in runs)


def test_a_dash_that_stands_alone_is_no_word() -> None:
    assert same("yes no", "yes – no")
