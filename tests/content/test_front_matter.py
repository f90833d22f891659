"""Bytes in; a document, or the one problem that makes it unreadable, out."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from summitry.content.front_matter import MAX_FILE, MAX_LINE, Document, read, read_block
from summitry.content.problems import Mark


def problems(raw: bytes) -> list[tuple[int, int, str]]:
    return [(*p.mark, p.code) for p in read("a.md", raw).problems]


def document(raw: bytes) -> Document:
    reading = read("a.md", raw)
    assert reading.document is not None, reading.problems
    return reading.document


def test_scalars_stay_strings() -> None:
    raw = b"---\na: no\nb: 1:30\nc: 0123\nd: 1.10\ne: 2025-08-15\nf: 1_0\ng: ~\nh: '~'\n---\n"
    assert document(raw).data == {
        "a": "no", "b": "1:30", "c": "0123", "d": "1.10", "e": "2025-08-15", "f": "1_0",
        "g": None, "h": "~",
    }  # fmt: skip


def test_every_key_and_value_has_its_place() -> None:
    marks = document(b"---\na: x\nlist:\n  - k: v\n  - [p, q]\n---\n").marks
    assert marks.key(("a",)) == Mark(2, 1)
    assert marks.value(("a",)) == Mark(2, 4)
    assert marks.key(("list", 0, "k")) == Mark(4, 5)
    assert marks.value(("list", 0, "k")) == Mark(4, 8)
    assert marks.value(("list", 1, 1)) == Mark(5, 9)
    assert marks.value(("list", 0, "absent")) == Mark(4, 5)  # the nearest thing around it


def test_the_body_keeps_its_text_and_its_line() -> None:
    read_in = document("---\na: “x”\n---\n\nOne\n\n---\n\nTwo".encode())
    assert read_in.body == "\nOne\n\n---\n\nTwo"
    assert read_in.body_line == 4
    assert document(b"---\r\na: x\r\n---\r\nOne\rTwo").body == "One\nTwo"


BAD = {
    "a byte that is not UTF-8": (b"---\nname: caf\xe9\n---\n", (2, 10, "not-utf8")),
    "a byte-order mark": (b"\xef\xbb\xbf---\na: b\n---\n", (1, 1, "byte-order-mark")),
    "nothing at all": (b"", (1, 1, "no-front-matter")),
    "a blank line first": (b"\n---\na: b\n---\n", (1, 1, "no-front-matter")),
    "no front matter": (b"# Title\n", (1, 1, "no-front-matter")),
    "never closed": (b"---\na: b\n", (1, 1, "unclosed-front-matter")),
    "a list": (b"---\n- a\n---\n", (2, 1, "not-a-mapping")),
    "a word": (b"---\nword\n---\n", (2, 1, "not-a-mapping")),
    "a tab first": (b"---\na: b\n\tc: d\n---\n", (3, 1, "yaml-tab")),
    "a tab after spaces": (b"---\na:\n  \tc: d\n---\n", (3, 3, "yaml-tab")),
    "an anchor": (b"---\na: &x 1\n---\n", (2, 4, "yaml-feature")),
    "a tag": (b"---\na: !!python/name:os.system x\n---\n", (2, 4, "yaml-feature")),
    "a merge key": (b"---\n<<: {a: b}\n---\n", (2, 1, "yaml-feature")),
    "a colon in a value": (b"---\nok: yes\na: b: c\n---\n", (3, 5, "yaml-syntax")),
    "an open quotation mark": (b"---\na: 'b\n---\n", (2, 6, "yaml-syntax")),
    "a mapping as a key": (b"---\n{a: b}: c\n---\n", (2, 1, "yaml-syntax")),
    "brackets too deep": (b"---\na: " + b"[" * 33 + b"\n---\n", (2, 36, "deep-nesting")),
    "a line too long": (b"---\na: b\n---\n" + b"x" * (MAX_LINE + 1), (4, 1, "too-large")),
    "a file too large": (b"---\n" + b"#\n" * (MAX_FILE // 2), (1, 1, "too-large")),
}


@pytest.mark.parametrize(("raw", "problem"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_one_problem(raw: bytes, problem: tuple[int, int, str]) -> None:
    assert read("a.md", raw).document is None
    assert problems(raw) == [problem]


def test_large_front_matter() -> None:
    raw = b"---\n" + b"k: v\n" * 13_000 + b"---\n"
    assert problems(raw) == [(1, 1, "too-large")]


def test_a_duplicate_key_leaves_the_file_readable() -> None:
    raw = b"---\nname: A\nmore: {x: 1, x: 2}\nname: B\n---\n"
    assert read("a.md", raw).document is not None
    assert problems(raw) == [(3, 14, "duplicate-key"), (4, 1, "duplicate-key")]
    assert "first on line 2" in read("a.md", raw).problems[1].message


def test_hidden_characters_stand_where_they_are() -> None:
    raw = "---\nname: a\u202eb\n---\nbody \u200b\n".encode()
    assert problems(raw) == [(2, 8, "hidden-character"), (4, 6, "hidden-character")]


def test_columns_count_characters_not_bytes() -> None:
    assert problems("---\nё: “д” \u200b\n---\n".encode()) == [(2, 8, "hidden-character")]
    assert document("---\n{ёж: “🎉”, b: c}\n---\n".encode()).marks.value(("b",)) == Mark(2, 14)


def test_front_matter_may_be_left_out_of_pages() -> None:
    page = read("a.md", b"# Title\n\ntext", required=False).document
    assert page is not None
    assert (page.data, page.body, page.body_line) == ({}, "# Title\n\ntext", 1)


def test_the_yaml_of_a_block_has_the_lines_of_its_file() -> None:
    block = read_block("a.md", "events:\n  - one", 12).document
    assert block is not None
    assert block.marks.value(("events", 0)) == Mark(13, 5)
    (problem,) = read_block("a.md", "a: [", 12).problems
    assert (problem.code, problem.mark.line >= 12) == ("yaml-syntax", True)


YAMLISH = st.text(alphabet="abк:-[]{}#&*!|>'\"%@`,? \t\n\r\\\u0301\u202e🎉", max_size=60)


BYTES = st.binary(max_size=200)


@settings(deadline=None)
@given(st.one_of(BYTES, YAMLISH.map(lambda t: f"---\n{t}\n---\n{t}".encode())))
@example(b"---\n\xff\n---\n")
@example(b"---\n---")
@example(b"---\n? a\n: - b\n---\n")
def test_any_bytes_give_a_document_or_a_problem_inside_the_file(raw: bytes) -> None:
    reading = read("a.md", raw)
    assert reading.document or reading.problems
    lines = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = [problem.mark for problem in reading.problems]
    if reading.document:
        marks += [*reading.document.marks.keys.values(), *reading.document.marks.values.values()]
    for mark in marks:
        assert 1 <= mark.line <= len(lines)
        assert 1 <= mark.column <= len(lines[mark.line - 1]) + 1


def test_a_second_document_is_refused() -> None:
    raw = b"---\nname: A\n--- {name: B}\n---\n"
    assert [(*p.mark, p.code) for p in read("a.md", raw).problems] == [(3, 1, "yaml-feature")]


@pytest.mark.parametrize("value", ["a\\u202Eb", "x\\0y"])
def test_escapes_do_not_hide_characters(value: str) -> None:
    problems = read("a.md", f'---\nname: "{value}"\n---\n'.encode()).problems
    assert [(*p.mark, p.code) for p in problems] == [(2, 7, "hidden-character")]


def test_brackets_in_comments_do_not_deceive_the_count() -> None:
    raw = ("---\n" + "a: [ # ]\n" * 3_000 + "---\n").encode()
    assert [p.code for p in read("a.md", raw).problems] == ["deep-nesting"]


def test_places_are_counted_in_characters_and_lines_of_editors() -> None:
    nul = read("a.md", "---\nа: \0\n---\n".encode()).problems
    assert {p.mark for p in nul} == {(2, 4)}
    other = read("a.md", "---\na: 'x\u2028y\x85z'\nb: 1\n---\n".encode())
    assert other.document is not None
    assert other.document.marks.keys[("b",)] == (3, 1)
    lone = read("a.md", b"---\rname: \xff\r---\r").problems
    assert [(*p.mark, p.code) for p in lone] == [(2, 7, "not-utf8")]


@pytest.mark.parametrize(
    "written", ["&#x336;", "&#822;", "&zwj;", "&shy;", "&#8238;", "&#x2800;", "&#0;"]
)
def test_a_hidden_character_is_refused_as_html_writes_it(written: str) -> None:
    found = read("a.md", f"---\na: b\n---\nSo {written} so\n".encode()).problems
    assert [(p.code, p.mark) for p in found] == [("hidden-character", (4, 4))]
    assert f"{written} stands for U+" in found[0].message


def test_what_can_be_seen_may_be_written_as_html_writes_it() -> None:
    raw = b"---\na: b\n---\nA &lt; B &amp; C&nbsp;D &eacute; &copy; AT&T; &nothing;\n"
    assert read("a.md", raw).problems == []
