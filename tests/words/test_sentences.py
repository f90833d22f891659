"""Texts of content become sentences, with one stop whether their writers gave one or not."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from summitry.words.catalogue import Words
from summitry.words.sentences import ended

CITE = '<a class="cite" href="#source-1">[<span>source </span>1]</a>'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("The guards' book", "The guards' book."),
        ("N. N.", "N. N."),
        ("Who was there?", "Who was there?"),
        ("They said “nothing.”", "They said “nothing.”"),
        ("They said “nothing”", "They said “nothing”."),
        ("They spoke of land (Crimea etc.)", "They spoke of land (Crimea etc.)."),
        ("", ""),
        (Markup("<a>The book</a>"), Markup("<a>The book</a>.")),
        (Markup("<a>The book.</a>"), Markup("<a>The book.</a>")),
        (Markup(f"The book {CITE} {CITE}"), Markup(f"The book. {CITE} {CITE}")),
        (Markup(f"The book. {CITE}"), Markup(f"The book. {CITE}")),
        (Markup(f"A {CITE} <a>book</a>"), Markup(f"A {CITE} <a>book</a>.")),
    ],
)
def test_a_sentence_has_one_stop(text: str, sentence: str) -> None:
    assert ended(text) == sentence
    assert type(ended(text)) is type(text)


@pytest.mark.parametrize("language", ["en", "de", "uk", "ru"])
def test_a_value_that_ends_in_a_stop_gets_no_second_one(language: str) -> None:
    words = Words(language)
    assert words("source.captured-by", who="N. N.").endswith(": N. N.")
    assert words("source.captured-by", who="Ann").endswith(": Ann.")
    for who in ("The book", "The book."):
        assert words("fact.settle", who=who).endswith(": The book.")
        assert words("source.recaptured", date="1 May", why=who).endswith(": The book.")
    marked = words("fact.settle", who=Markup("<b>The book</b>"))
    assert isinstance(marked, Markup)
    assert marked.endswith(": <b>The book</b>.")


def test_a_stop_within_marks_or_before_a_letter_is_no_end() -> None:
    assert Words()("cite.titled-and-ended", title="What?") == "“What?.”"  # citations see to it
