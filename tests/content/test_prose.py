"""What checks find in Markdown: links, citations, fences, and what must not be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summitry.content.problems import Mark
from summitry.content.prose import (
    HIDDEN,
    Cited,
    Fence,
    Link,
    Paragraph,
    scan,
    scan_line,
    split_citation,
)


def problems(text: str) -> list[tuple[int, int, str]]:
    return [(*p.mark, p.code) for p in scan("a.md", text).problems]


def targets(text: str) -> list[str]:
    return [link.target for link in scan("a.md", text).links]


def test_links_with_their_places() -> None:
    text = 'See [one](a.md) and\n[two *x*](<b.md> "title").\n\n[three](c_(d).md#e)\n'
    assert scan("a.md", text, first_line=5).links == [
        Link("a.md", "one", Mark(5, 5), alone=False),
        Link("b.md", "two *x*", Mark(6, 1), alone=False, title="title"),
        Link("c_(d).md#e", "three", Mark(8, 1), alone=True),
    ]


def test_reference_links_count_where_they_are_defined() -> None:
    assert scan("a.md", "[see][x]\n\n[x]: javascript:alert(1)\n").links == [
        Link("javascript:alert(1)", "x", Mark(3, 1), alone=False)
    ]


def test_a_link_alone_in_its_paragraph_is_a_card() -> None:
    text = "[a](a.md)\n\n  [b](b.md)  \n\n[c](c.md) [d](d.md)\n\n- [e](e.md)"
    assert [link.alone for link in scan("a.md", text).links] == [True, True, False, False, False]


@pytest.mark.parametrize("text", ["`[a](b.md)`", "``[a](b.md) ` ``", "```\n[a](b.md)\n```"])
def test_nothing_is_looked_for_in_code(text: str) -> None:
    found = scan("a.md", f"{text}\n")
    assert (found.links, found.citations, found.problems) == ([], [], [])


def test_citations() -> None:
    found = scan("a.md", "So. [@one; @two, para. 5]\nAnd [@three](x.md)").citations
    assert found == [Cited("one", "", Mark(1, 5)), Cited("two", "para. 5", Mark(1, 5))]


def test_a_malformed_citation_keeps_what_was_written() -> None:
    assert list(split_citation("@a b; two")) == [("a b", ""), ("two", "")]


def test_fences_with_the_place_of_their_first_line() -> None:
    text = "x\n\n```timeline\nfrom: 2025\n```\n\n~~~~ text\n```\n~~~~\n"
    assert scan("a.md", text, first_line=4).fences == [
        Fence("timeline", "from: 2025", Mark(6, 1)),
        Fence("text", "```", Mark(10, 1)),
    ]


@pytest.mark.parametrize("end", ["", "``", "~~~", "``` x"])
def test_a_fence_that_is_not_closed(end: str) -> None:
    (problem,) = scan("a.md", f"x\n\n```timeline\nfrom: 2025\n{end}").problems
    assert (*problem.mark, problem.code) == (3, 1, "unclosed-fence")
    assert problem.cure == "close it with a line ```"


@pytest.mark.parametrize(
    ("text", "column", "shown"),
    [
        ("a <br> b", 3, "<br>"),
        ("<!-- x -->", 1, "<!-- x -->"),
        ("<script\nsrc=x>", 1, "<script…"),
        ("</div>", 1, "</div>"),
        ("<?php ?>", 1, "<?php ?>"),
        ("> - <div>", 5, "<div>"),
        ("a | <i>b</i>\n--|--", 5, "<i>"),
    ],
)
def test_raw_html_is_named(text: str, column: int, shown: str) -> None:
    (problem,) = scan("a.md", text).problems
    assert (*problem.mark, problem.code) == (1, column, "raw-html")
    assert problem.message == f"raw HTML is not used here: {shown}"
    assert "&lt;" in problem.cure


@pytest.mark.parametrize(
    "text",
    ["1 < 2", "a <- b", "<https://x.example/a>", "<mailto:a@b.example>", "<a@b.example>",
     "`<b>`", "&lt;b&gt;", "```\n<b>\n```", "<3", "\\<b>", "a <b"],
)  # fmt: skip
def test_what_is_no_raw_html(text: str) -> None:
    assert problems(text) == []


def test_a_picture_by_its_address() -> None:
    assert problems("x\n\nsee ![alt](a.png)") == [(3, 5, "bad-link")]


def test_brackets_within_brackets() -> None:
    assert problems("x\n" + "[" * 21) == [(2, 21, "deep-nesting")]
    assert problems("[" * 20 + "\n\n" + "[" * 20) == []
    assert problems("[a] " * 100) == []


def test_prose_of_front_matter_stands_where_its_value_does() -> None:
    found = scan_line("a.md", "A <i> [b](c.md) [@d] \u200b", Mark(7, 10))
    assert [p.code for p in found.problems] == ["raw-html", "hidden-character"]
    assert {p.mark for p in found.problems} == {Mark(7, 10)}
    assert found.links == [Link("c.md", "b", Mark(7, 10), alone=False)]
    assert found.citations == [Cited("d", "", Mark(7, 10))]
    (only,) = found.paragraphs
    assert (only.mark, only.links, only.citations) == (
        Mark(7, 10), tuple(found.links), tuple(found.citations)
    )  # fmt: skip


def test_paragraphs_with_their_links_and_citations() -> None:
    text = "# H\n\nSee [one](a.md),\nso. [@b; @c]\n\n- [two](d.md)\n- `[x](y.md)` e\n"
    heading, first, card, code = scan("a.md", text, first_line=5).paragraphs
    assert (heading.kind, heading.text, heading.mark) == ("heading", "H", Mark(5, 3))
    one = Link("a.md", "one", Mark(7, 5), alone=False)
    cited = (Cited("b", "", Mark(8, 5)), Cited("c", "", Mark(8, 5)))
    shown = f"See {HIDDEN}one{HIDDEN * 7},\nso. {HIDDEN * 8}"
    assert (first.text, first.mark, first.kind) == (shown, Mark(7, 1), "text")
    assert (first.links, first.citations, first.stated) == ((one,), cited, True)
    assert ([link.target for link in card.links], card.stated) == (["d.md"], False)
    assert (code.mark, code.text.strip(), code.links) == (Mark(11, 3), "e", ())


def paragraph(text: str) -> Paragraph:
    (found,) = scan("a.md", text).paragraphs
    return found


@pytest.mark.parametrize(
    "text",
    ["[a b](c.md)", "[a](b.md), [c](d.md).", "**[a](b.md)**", "[@a]", "`a`", "[a][x]\n\n[x]: b.md"],
)
def test_a_paragraph_that_states_nothing(text: str) -> None:
    assert not paragraph(text).stated


@pytest.mark.parametrize("text", ["a [b](c.md)", "[a](https://b.example)", "[a] b", "a [@b]", "1"])
def test_a_paragraph_that_states_something(text: str) -> None:
    assert paragraph(text).stated


def test_what_readers_do_not_see_is_hidden_in_its_place() -> None:
    text = '“no [deal](a.md "b c")s” [@d, “e f”] <https://g.example/"h> `“i j”`'
    found = paragraph(text).text
    assert len(found) == len(text)
    assert found.replace(HIDDEN, "").rstrip() == "“no deals”"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("&ldquo;a b&rdquo; &#8220;c&#x201D;", "“a b” “c”"),
        ("R&amp;D &copy; &bogus;", "R&D © &bogus;"),
        (r"\"a\" \* \\ \a", r'"a" * \ \a'),
        ("*a* __b__ ***c*** ~~d~~ ~e~ _f*g*_ h_i", "a b c d e fg h_i"),
        ("a\\\nb", "a\nb"),
        ("[*a*](b.md) www.x.example.", "a ."),
    ],
)
def test_characters_are_what_readers_see(text: str, seen: str) -> None:
    found = paragraph(text)
    assert (len(found.text), found.text.replace(HIDDEN, "").rstrip()) == (len(text), seen)
    assert found.written == text


@pytest.mark.parametrize("text", ["[a][X y]", "[a] [x Y]", "[x y][]", "[x  y]"])
def test_a_paragraph_has_the_links_whose_addresses_stand_elsewhere(text: str) -> None:
    found = scan("a.md", f"{text} b\n\n[x Y]: c.md\n[x y]: d.md\n")
    assert [link.target for link in found.paragraphs[0].links] == ["c.md"]
    assert len(found.links) == 2  # once for each address, where it stands


@pytest.mark.parametrize("text", ["[a][y]", "[a]", "\\[x]", "`[x]`", "[" + "a" * 300 + "]"])
def test_what_is_no_link_by_its_label(text: str) -> None:
    assert paragraph(f"{text} b\n\n[x]: c.md\n").links == ()


def test_code_does_not_reach_into_the_next_paragraph() -> None:
    found = scan("a.md", "a ` b\n\n[c](d.md)\n\n- ` <b>\n- [@e] `\n")
    assert [link.target for link in found.links] == ["d.md"]
    assert [cited.source for cited in found.citations] == ["e"]
    assert [problem.code for problem in found.problems] == ["raw-html"]


@given(st.text(alphabet="ab[]()<>`~@!/:\\\"' \n", max_size=80))
def test_any_text_is_read_with_places_inside_it(text: str) -> None:
    found = scan("a.md", text)
    lines = text.split("\n")
    for mark in [x.mark for x in [*found.links, *found.citations, *found.fences, *found.problems]]:
        assert mark.line <= len(lines)
        assert mark.column <= len(lines[mark.line - 1]) + 1
    for part in found.paragraphs:
        begin = sum(len(line) + 1 for line in lines[: part.mark.line - 1]) + part.mark.column - 1
        beside = zip(part.text, text[begin : begin + len(part.text)], strict=True)
        assert all(read in (written, " ", HIDDEN) for read, written in beside)


@given(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}\.md", fullmatch=True))
def test_every_plain_target_is_found(target: str) -> None:
    assert targets(f"x [words]({target}) y") == [target]


@pytest.mark.parametrize(
    "text",
    ["- " * 400 + "x", "> " * 400 + "x", "1. " * 400 + "x", "> - " * 5 + "x"],
)
def test_lists_and_quotations_within_one_another_are_bounded(text: str) -> None:
    assert [p.code for p in scan("a.md", text).problems] == ["deep-nesting"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[a [b [c]]](x.md)", "x.md"),
        ("[a](<x y.md>)", "x y.md"),
        ("[a](x.md (title))", "x.md"),
        ("[a](x.md 'title')", "x.md"),
        ("[a](x(1).md)", "x(1).md"),
    ],
)
def test_every_form_of_link_is_found(text: str, target: str) -> None:
    assert [link.target for link in scan("a.md", text).links] == [target]


def test_large_odd_texts_are_read() -> None:
    """Inputs that took seconds when the reader looked further than one pass."""
    for text in (
        "\\[ \n\n" * 20_000, "a " + "`" * 9_000 + " a" * 50_000, "[x](y.md)\n\n" * 9_000,
        "[x][y] " * 9_000 + "\n\n[y]: a.md", "[" * 2_000 + "](a.md)" * 2_000, "[@a] " * 20_000,
        "[" * 9_000 + "]" * 9_000 + "\n\n[y]: a.md",
    ):  # fmt: skip
        scan("a.md", text)


def test_code_between_equal_runs_is_left_alone() -> None:
    text = "`<b>` ``<i> ` </i>`` `open <u>"
    assert [p.message for p in scan("a.md", text).problems] == ["raw HTML is not used here: <u>"]
