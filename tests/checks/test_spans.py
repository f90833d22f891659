"""What stands in quotation marks of every shape, and marks that do not pair."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT
from summitry.checks.quote_marks import ALIKE, SINGLES
from summitry.checks.quote_marks import PAIRS as PAIRS_READ
from summitry.checks.spans import MAX_NESTED, Span, Unpaired, marked, spans

PAIRS = ["“a b”", '"a b"', "«a b»", "„a b“", "„a b”", "»a b«", "”a b”", "〝a b〟", "＂a b＂",
         "‟a b”"]  # fmt: skip


@pytest.mark.parametrize("text", PAIRS)
def test_every_shape_of_mark(text: str) -> None:
    assert marked(text)
    assert spans(f"x {text} y") == ([Span(2, "a b")], None)


@pytest.mark.parametrize("text", ["it’s", "R&quot;D &copy;", "a – b", ""])
def test_what_is_no_double_mark(text: str) -> None:
    assert spans(text) == ([], None)


def test_quotations_within_one_another() -> None:
    assert spans("«a „b“ c»")[0] == [Span(3, "b"), Span(0, "a „b“ c")]
    assert spans("“a “b” c”")[0] == [Span(3, "b"), Span(0, "a “b” c")]
    assert spans("„a “b” c“")[0] == [Span(3, "b"), Span(0, "a “b” c")]
    assert spans("«a «b» c»")[0] == [Span(3, "b"), Span(0, "a «b» c")]
    assert spans('“a "b c" d”')[0] == [Span(3, "b c"), Span(0, 'a "b c" d')]


def test_one_after_another() -> None:
    assert spans('"a" “b” «c»')[0] == [Span(0, "a"), Span(4, "b"), Span(8, "c")]
    assert spans("„a“, „b“")[0] == [Span(0, "a"), Span(5, "b")]


@pytest.mark.parametrize(
    ("text", "start", "mark", "opens"),
    [
        ("a “b c", 2, "“", True),
        ("“a “b” c", 0, "“", True),
        ("a «b", 2, "«", True),
        ('"a" b "c', 6, '"', True),
        ('«a "b»', 3, '"', True),
        ('"a “b" c”', 3, "“", True),
        ("a 〟", 2, "〟", False),
        ("a ” b", 2, "”", True),
    ],
)
def test_a_mark_without_a_pair(text: str, start: int, mark: str, opens: bool) -> None:
    assert spans(text) == ([], Unpaired(start, mark, opens))


def test_quotations_within_one_another_are_bounded() -> None:
    deep = MAX_NESTED + 1
    assert len(spans("«" * MAX_NESTED + "a" + "»" * MAX_NESTED)[0]) == MAX_NESTED
    assert spans("«" * deep + "a" + "»" * deep) == ([], Unpaired(MAX_NESTED, ""))


@given(st.text(alphabet='ab “”„«»"&quot;', max_size=60))
def test_any_text_is_read_and_every_span_stands_in_it(text: str) -> None:
    found, unpaired = spans(text)
    assert all(span.text in text[span.start :] for span in found)
    assert not (found and unpaired)
    assert unpaired is None or unpaired.start < len(text)


def test_many_marks_are_read_in_one_pass() -> None:
    began = time.process_time()
    for text in ('"a b" ' * 10_000, "“a b” " * 10_000, "“" * 20_000, "”" * 20_000, "„a “" * 9_000):
        spans(text)
    assert time.process_time() - began < 2


def test_the_documented_marks_are_those_that_are_read() -> None:
    page = (ROOT / "docs/about/when-words-count.md").read_text("utf-8")
    rows = page.partition("The pairs, the marks that close")[2].split("```")[1].split("\n")[1:-1]
    pairs = {opens + mark for opens, closers in PAIRS_READ.items() for mark in closers}
    assert {pair for row in rows[:-2] for pair in row.split()} == pairs
    assert [set(row.split()) for row in rows[-2:]] == [set(ALIKE), set(SINGLES)]


@given(st.text(alphabet="ab s1 '‘’‚″′`,<>«»「」—\u2060漢", max_size=80))
def test_any_text_with_single_marks_is_read(text: str) -> None:
    found, unpaired = spans(text)
    assert all(text[span.start : span.end].endswith(text[span.end - 1]) for span in found)
    assert all(span.start < span.end <= len(text) for span in found)
    assert not (found and unpaired)
