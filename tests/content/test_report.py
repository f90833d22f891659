"""Problems as text for people, programs and pull requests; a stranger's text is harmless."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from summitry.content import report
from summitry.content.problems import START, Mark, Problem
from summitry.content.report import (
    MOST,
    as_annotations,
    as_json,
    as_text,
    excerpt,
    safe,
    summary,
    tolerant,
)
from summitry.host.plugin import SummitryPlugin
from summitry.tools.cli import main

ONE = Problem("content/people/a.md", Mark(3, 7), "bad-date", "“x” is not a date", "write 2025")
NOTE = Problem("content/sources/b.md", START, "unused-source", "nothing cites b", note=True)


def test_text_has_place_reason_and_fix() -> None:
    assert as_text([ONE, NOTE]) == (
        "content/people/a.md:3:7: “x” is not a date [bad-date]\n"
        "  fix: write 2025\n"
        "content/sources/b.md:1:1: note: nothing cites b [unused-source]\n"
        "  fix: Cite it or delete it."
    )
    assert as_text([]) == ""


def test_controls_are_shown_by_code_point() -> None:
    bad = Problem("a\x1b[2J.md", START, "bad-value", "x\u202ey\r\x9b", "\x00")
    assert as_text([bad]) == (
        "a<U+001B>[2J.md:1:1: x<U+202E>y<U+000D><U+009B> [bad-value]\n  fix: <U+0000>"
    )


def at(line: int, column: int) -> Problem:
    return Problem("a.md", Mark(line, column), "bad-value", "no")


@pytest.mark.parametrize(
    ("raw", "mark", "shown", "caret"),
    [
        ("a\nside: uss\n", (2, 7), "     2 | side: uss", "       |       ^"),
        ("a\r\nside: uss", (2, 7), "     2 | side: uss", "       |       ^"),
        ("a: 這些話 x", (1, 8), "     1 | a: 這些話 x", "       |           ^"),
        ("x\u200by z", (1, 4), "     1 | x<U+200B>y z", "       |           ^"),
        ("::a b", (1, 5), "     1 | ::a b", "       |     ^"),
        ("a\x1b[31mb##[c", (1, 7), "     1 | a<U+001B>[31mb<U+0023>#[c", "       |              ^"),
        ("a", (1, 2), "     1 | a", "       |  ^"),
    ],
)
def test_the_line_is_shown_with_a_caret_at_its_place(
    raw: str, mark: tuple[int, int], shown: str, caret: str
) -> None:
    assert excerpt(at(*mark), raw.encode()) == (shown, caret)
    text = as_text([at(*mark)], {"a.md": raw.encode()}.get).split("\n")
    assert text[1:3] == [shown, caret]


def test_of_a_long_line_the_place_is_shown() -> None:
    shown, caret = excerpt(at(1, 501), b"x" * 500 + b"Y" + b"z" * 500)
    assert len(shown) < 110
    assert shown[caret.index("^")] == "Y"
    assert shown.count("…") == 2


@pytest.mark.parametrize("raw", [None, b"one line", b"\xff\xfe"])
def test_no_line_is_shown_of_a_whole_file_or_where_there_is_none(raw: bytes | None) -> None:
    assert excerpt(at(1, 1), raw) == ()
    assert excerpt(at(7, 3), raw) == ()


def test_colours_stand_around_what_is_safe() -> None:
    bad = Problem("a.md", Mark(1, 3), "bad-value", "\x1b[31mred", "mend")
    plain = as_text([bad], {"a.md": b"abc"}.get)
    coloured = as_text([bad], {"a.md": b"abc"}.get, coloured=True)
    assert "\x1b" not in plain
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == plain
    assert "\x1b[31m<U+001B>[31mred\x1b[0m\x1b[2m [bad-value]\x1b[0m" in coloured


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


def test_a_line_break_in_a_name_begins_no_line_of_a_log() -> None:
    bad = Problem(
        "content/a\n::error::x.md", START, "stray-file", "no\n::set-env name=A::b", "c\nd"
    )
    assert as_text([bad]).split("\n") == [
        "content/a<U+000A>::error::x.md:1:1: no<U+000A>::set-env name=A::b [stray-file]",
        "  fix: c<U+000A>d",
    ]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("::error::x", "<U+003A>:error::x"),
        (" \t::error::x", " <U+0009>::error::x"),
        ("  ::error::x", "  <U+003A>:error::x"),
        ("x ##[error]y", "x <U+0023>#[error]y"),
        ("a::b", "a::b"),
        ("# [a]", "# [a]"),
        ("x\u2028y\u200b\u2066", "x<U+2028>y<U+200B><U+2066>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_begins_a_command_is_shown_by_code_point(line: str, shown: str) -> None:
    assert safe(line) == shown


def test_of_one_kind_the_first_are_told_and_the_rest_counted() -> None:
    many = [Problem(f"a{i}.md", START, "bad-date", "no date", "write 2025") for i in range(10_000)]
    said = as_text([*many, ONE, NOTE])
    assert len(said) < 4000
    assert said.count("  fix: write 2025") == MOST
    assert "a0.md:1:1: no date [bad-date]" in said
    assert as_text([NOTE]) in said
    assert said.endswith(
        "and 9981 more problems of the kind bad-date (A date that cannot be read): "
        "summitry check --format json lists all"
    )
    assert len(json.loads(as_json(many))) == 10_000
    marked = as_annotations(many).split("\n")
    assert len(marked) == MOST + 1
    assert marked[-1].startswith("::notice::and 9980 more problems of the kind bad-date")


def test_what_is_not_too_much_is_told_whole() -> None:
    some = [Problem(f"a{i}.md", START, "bad-date", "no date") for i in range(MOST)]
    assert "more" not in as_text(some)
    assert as_text(some).count("a19.md") == 1


def test_annotations_hold_no_control_either() -> None:
    made = as_annotations(
        [Problem("a.md", START, "bad-value", "\x1b[31m\u202e\u2028##[error]", "c")]
    )
    assert made.endswith("<U+001B>[31m<U+202E><U+2028>#<U+0023>[error] — fix: c")


@given(st.text(), st.text())
def test_whatever_a_stranger_writes_is_one_line_that_begins_as_ours(path: str, text: str) -> None:
    problem = Problem(path, START, "bad-value", text, "fix")
    made = as_annotations([problem])
    assert "\n" not in made
    assert "\r" not in made
    assert made.startswith("::error file=")
    assert json.loads(as_json([problem]))[0]["message"] == text
    said = as_text([problem]).split("\n")
    assert len(said) == 2
    assert not said[0].lstrip().startswith("::")
    assert not set(as_text([problem])) & set(map(chr, [*range(9), 11, 12, 13, 27, 127, 0x202E]))


def test_the_closing_line_counts() -> None:
    assert summary([], "3 files") == "no problems in 3 files"
    assert summary([ONE], "3 files") == "1 problem in 3 files"
    assert summary([ONE, ONE, NOTE], "3 files") == "2 problems, 1 note in 3 files"
    assert summary([NOTE, NOTE], "1 files") == "no problems, 2 notes in 1 files"


def test_a_letter_that_a_terminal_cannot_show_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where what is printed into a file or another program has 256 letters."""
    written = io.BytesIO()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(written, "cp1252", write_through=True))
    tolerant()
    print("“Мова”")
    print("Ж", file=sys.stderr)
    assert written.getvalue().split() == [b"\x93\\u041c\\u043e\\u0432\\u0430\x94", b"\\u0416"]


def test_both_commands_begin_with_that(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(report, "tolerant", lambda: asked.append("yes"))
    CliRunner().invoke(main, ["check", "--help"])
    SummitryPlugin().on_startup(command="build", dirty=False)
    assert asked == ["yes", "yes"]
