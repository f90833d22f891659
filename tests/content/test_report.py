"""Problems as text for people, programs and pull requests; a stranger's text is harmless."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from summitry.content.problems import START, Mark, Problem
from summitry.content.report import as_annotations, as_json, as_text, summary

ONE = Problem("content/people/a.md", Mark(3, 7), "bad-date", "“x” is not a date", "write 2025")
NOTE = Problem("content/sources/b.md", START, "unused-source", "nothing cites b", note=True)


def test_text_has_place_reason_and_fix() -> None:
    assert as_text([ONE, NOTE]) == (
        "content/people/a.md:3:7: “x” is not a date\n"
        "  fix: write 2025\n"
        "content/sources/b.md:1:1: note: nothing cites b\n"
        "  fix: Cite it or delete it."
    )
    assert as_text([]) == ""


def test_controls_are_shown_by_code_point() -> None:
    bad = Problem("a\x1b[2J.md", START, "bad-value", "x\u202ey\r\x9b", "\x00")
    assert as_text([bad]) == (
        "a<U+001B>[2J.md:1:1: x<U+202E>y<U+000D><U+009B>\n  fix: <U+0000>"
    )  # fmt: skip


def test_json_is_one_object_a_problem() -> None:
    assert json.loads(as_json([ONE, NOTE])) == [
        {
            "path": "content/people/a.md",
            "line": 3,
            "column": 7,
            "code": "bad-date",
            "severity": "error",
            "message": "“x” is not a date",
            "fix": "write 2025",
        },
        {
            "path": "content/sources/b.md",
            "line": 1,
            "column": 1,
            "code": "unused-source",
            "severity": "note",
            "message": "nothing cites b",
            "fix": "Cite it or delete it.",
        },
    ]
    assert json.loads(as_json([])) == []


def test_annotations() -> None:
    assert as_annotations([ONE, NOTE]).split("\n") == [
        "::error file=content/people/a.md,line=3,col=7::“x” is not a date — fix: write 2025",
        "::notice file=content/sources/b.md,line=1,col=1::"
        "nothing cites b — fix: Cite it or delete it.",
    ]


def test_a_stranger_cannot_add_a_command_to_annotations() -> None:
    bad = Problem("a,line=1::b\n.md", START, "bad-value", "x\n::set-env name=A::b\r100%")
    made = as_annotations([bad])
    assert len(made.splitlines()) == 1
    assert made.startswith("::error file=a%2Cline=1%3A%3Ab%0A.md,line=1,col=1::x%0A::set-env")
    assert "%0D100%25" in made


@given(st.text(), st.text())
def test_whatever_a_stranger_writes_is_one_line_that_begins_as_ours(path: str, text: str) -> None:
    problem = Problem(path, START, "bad-value", text, "fix")
    made = as_annotations([problem])
    assert "\n" not in made
    assert "\r" not in made
    assert made.startswith("::error file=")
    assert json.loads(as_json([problem]))[0]["message"] == text
    assert not set(as_text([problem])) & set(map(chr, [*range(9), 11, 12, 13, 27, 127, 0x202E]))


def test_the_closing_line_counts() -> None:
    assert summary([], "3 files") == "no problems in 3 files"
    assert summary([ONE], "3 files") == "1 problem in 3 files"
    assert summary([ONE, ONE, NOTE], "3 files") == "2 problems, 1 note in 3 files"
    assert summary([NOTE, NOTE], "1 files") == "no problems, 2 notes in 1 files"
