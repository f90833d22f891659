"""The catalogue of problems, and the suggestions for misspelt words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import summitry
from hypothesis import given
from hypothesis import strategies as st
from summitry.content.problems import CATALOGUE, START, Mark, Problem, nearest, suggestion

CODE = Path(summitry.__file__).parent


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="no-such-code"):
        Problem("a.md", START, "no-such-code", "message")


def test_the_hint_goes_before_the_general_cure() -> None:
    assert Problem("a.md", START, "bad-date", "m", "write 2025").cure == "write 2025"
    assert Problem("a.md", START, "bad-date", "m").cure == CATALOGUE["bad-date"].cure


def test_problems_sort_by_path_then_line_then_column() -> None:
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 2, 9), ("a.md", 2, 10)]
    made = [Problem(path, Mark(line, column), "picture", "m") for path, line, column in places]
    assert [(p.path, *p.mark) for p in sorted(made)] == [
        ("a.md", 2, 9),
        ("a.md", 2, 10),
        ("a.md", 10, 1),
        ("b.md", 1, 1),
    ]


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_has_a_title_a_reason_a_cure_and_a_use(code: str) -> None:
    entry = CATALOGUE[code]
    assert entry.title[0].isupper()
    assert not entry.title.endswith(".")
    assert all(text[0].isupper() and text.endswith(".") for text in (entry.reason, entry.cure)) or (
        entry.cure.startswith("`")
    )
    assert not re.search(r"[Ss]ee the message|[Cc]heck (?:the|both)|Mend ", entry.cure)
    assert f'"{code}"' in _code()


@cache
def _code() -> str:
    return "".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))


@pytest.mark.parametrize(
    ("word", "found"),
    [("sumary", "summary"), ("latitud", "latitude"), ("sourcess", "sources"), ("zzz", None)],
)
def test_the_nearest_choice(word: str, found: str | None) -> None:
    assert nearest(word, ["summary", "sources", "latitude"]) == found


def test_a_suggestion_falls_back_on_what_it_is_given() -> None:
    assert suggestion("sumary", ["summary"], "else") == "did you mean summary?"
    assert suggestion("zzz", ["summary"], "else") == "else"
    assert suggestion("zzz", []) == ""


@given(st.text(max_size=12), st.sets(st.text(min_size=1, max_size=12), max_size=8))
def test_what_is_suggested_is_a_choice_whatever_their_order(word: str, choices: set[str]) -> None:
    found = nearest(word, choices)
    assert found is None or found in choices
    assert found == nearest(word, sorted(choices, reverse=True))
    assert word not in choices or not word or found == word


def test_no_general_cure_speaks_of_a_hint_that_is_not_shown() -> None:
    assert not [code for code, entry in CATALOGUE.items() if "hint" in entry.cure]
    assert "--unshallow" not in CATALOGUE["no-history"].cure
