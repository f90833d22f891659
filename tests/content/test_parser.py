"""The parser reads as CommonMark and GitHub do, in time, and says where everything stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summitry.content.markdown import (
    MAX_BRACKETS,
    MAX_CONTAINERS,
    MAX_LINES,
    MAX_PARAGRAPH,
    parse,
)
from summitry.content.problems import Mark
from summitry.content.prose import Cited, plain_text, scan


def outline(text: str) -> str:
    """The blocks of a text and the words in each."""
    parts = [""]
    for token in parse(text).tokens:
        if token.type == "inline":
            parts[-1] += " " + " ".join(plain_text([token]).split())
        elif token.type in ("fence", "code_block"):
            parts.append(f"pre {token.content.strip()}")
        elif token.type in ("hr", "html_block"):
            parts.append(token.tag or "html")
        elif token.nesting == 1 and token.tag not in ("thead", "tbody"):
            parts.append(f"{token.tag}[")
        elif token.nesting == -1 and token.tag not in ("thead", "tbody"):
            parts[-1] += "]"
    return "".join(parts)


# By the rules of CommonMark 0.31 and of GitHub's tables.
OUTLINES = {
    "a list in a quotation": ("> - a\n> - b", "blockquote[ul[li[p[ a]]li[p[ b]]]]"),
    "a quotation in a list": ("- > a\n  > b", "ul[li[blockquote[p[ a b]]]]"),
    "a lazy line": ("> a\nb", "blockquote[p[ a b]]"),
    "a lazy line of a list in a quotation": ("> - a\nb", "blockquote[ul[li[p[ a b]]]]"),
    "a lazy line of two quotations": ("> > a\n> b\nc", "blockquote[blockquote[p[ a b c]]]"),
    "a lazy line of a list": ("- a\nb", "ul[li[p[ a b]]]"),
    "no lazy line behind a blank one": ("> a\n\nb", "blockquote[p[ a]]p[ b]"),
    "no lazy rule": ("> a\n---", "blockquote[p[ a]]hr"),
    "no lazy item": ("> a\n- b", "blockquote[p[ a]]ul[li[p[ b]]]"),
    "no lazy fence": ("> ```\na", "blockquote[pre ]p[ a]"),
    "a lazy underline": ("> a\nb\n===", "blockquote[p[ a b ===]]"),
    "underlined headings": ("a\n===\nb\n-", "h1[ a]h2[ b]"),
    "an underlined heading of two lines": ("a\nb\n---\nc", "h2[ a b]p[ c]"),
    "no underline behind a blank line": ("a\n\n===", "p[ a]p[ ===]"),
    "a rule and no underline": ("- a\n---", "ul[li[p[ a]]]hr"),
    "rules": ("***\n_ _ _\n--", "hrhrp[ --]"),
    "headings": ("# a #\n## b \\#\n#\n#c\n####### d", "h1[ a]h2[ b #]h1[ ]p[ #c ####### d]"),
    "a heading in an item": ("- # a\n  b", "ul[li[h1[ a]p[ b]]]"),
    "an indented heading": ("   ## a", "h2[ a]"),
    "numbers": ("1. a\n2. b\n3) c", "ol[li[p[ a]]li[p[ b]]]ol[li[p[ c]]]"),
    "a number that begins no item": ("a\n14. b", "p[ a 14. b]"),
    "a one that begins an item": ("a\n1. b", "p[ a]ol[li[p[ b]]]"),
    "another sign begins another list": ("- a\n* b", "ul[li[p[ a]]]ul[li[p[ b]]]"),
    "lists within lists": ("- a\n  - b\n    - c", "ul[li[p[ a]ul[li[p[ b]ul[li[p[ c]]]]]]]"),
    "items that step to the right": ("- a\n - b\n  - c", "ul[li[p[ a]]li[p[ b]]li[p[ c]]]"),
    "a wide number": ("10) a\n    - b", "ol[li[p[ a]ul[li[p[ b]]]]]"),
    "a wide number and too few blanks": ("10) a\n   - b", "ol[li[p[ a]]]ul[li[p[ b]]]"),
    "an item that begins with a blank line": ("-\n  a", "ul[li[p[ a]]]"),
    "an empty item": ("-\n\n  a", "ul[li[]]p[ a]"),
    "a paragraph of an item": ("- a\n\n  b\n\nc", "ul[li[p[ a]p[ b]]]p[ c]"),
    "an item is no paragraph": ("a\n- b\n+ c", "p[ a]ul[li[p[ b]]]ul[li[p[ c]]]"),
    "a fence in an item": ("- ```\n  a\n  ```\n- b", "ul[li[pre a]li[p[ b]]]"),
    "a fence below an item": ("1. a\n\n   ~~~\n   b\n   ~~~", "ol[li[p[ a]pre b]]"),
    "a fence in a quotation": ("> ```\n> a\n> ```\n> b", "blockquote[pre ap[ b]]"),
    "signs in a fence": ("````\n```\n~~~\n- a\n````", "pre ```\n~~~\n- a"),
    "a fence ends a paragraph": ("a\n```\nb\n```\nc", "p[ a]pre bp[ c]"),
    "backticks that are no fence": ("``` a ```\nb", "p[ a b]"),
    "indented code": ("a\n\n    b\n\nc\n    d", "p[ a]pre bp[ c d]"),
    "a table": ("a | b\n--|:-:\nc | d\ne\n\nf", (
        "table[tr[th[ a]th[ b]]tr[td[ c]td[ d]]tr[td[ e]td[ ]]]p[ f]")),
    "a table below a line": ("x\na | b\n--|--", "p[ x]table[tr[th[ a]th[ b]]]"),
    "no table": ("a | b\n--|--|--", "p[ a | b --|--|--]"),
    "a long row": ("|a|\n|-|\n|b|c|", "table[tr[th[ a]]tr[td[ b]]]"),
    "a table ends at a quotation": ("|a|\n|-|\n> b", "table[tr[th[ a]]]blockquote[p[ b]]"),
    "a table in an item": ("- |a|\n  |-|\n  |b|", "ul[li[table[tr[th[ a]]tr[td[ b]]]]]"),
    "an item and no table": ("- a|\n|-|", "ul[li[p[ a| |-|]]]"),
    "a heading and no table": ("|a\n---", "h2[ |a]"),
    "bars in cells": ("|a|\n|-|\n|b\\|`c\\|d`|", "table[tr[th[ a]]tr[td[ b|c|d]]]"),
    "addresses of links": ("[a]: b\n[c]:\nd\n'e'\n[a] f", "p[ a f]"),
    "no address with more behind it": ("[a]: b c", "p[ [a]: b c]"),
    "no address below a text": ("x\n[a]: b", "p[ x [a]: b]"),
    "an address with a title over lines": ("[a]: b 'c\nd'\n\n[A]", "p[ A]"),
    "a citation is no address": ("[@a]: b", "p[ : b]"),
    "entities": ("&copy; &#35; &#x22; &nope; &amp;copy;", "p[ © # \" &nope; &copy;]"),
    "entities make no structure": ("&#42; a\n&#35; b", "p[ * a # b]"),
    "escapes": ("\\# a\n\\- b\n1\\. c \\*d\\* \\[e](f)", "p[ # a - b 1. c *d* [e](f)]"),
    "no escapes in code": ("`a\\`b`", "p[ a\\b`]"),
    "emphasis": ("*a **b*** a_b_c **d* ~~e~~ ~f~", "p[ a b a_b_c *d e f]"),
    "breaks": ("a  \nb\\\nc", "p[ a b c]"),
    "brackets": ("[a [b]](c) [d](<e f>) [g](h(i)j) [k]", "p[ a [b] d g [k]]"),
    "raw HTML": ("<div>\n*a*\n\nb", "htmlp[ b]"),
    "a paragraph that is not closed by a tag": ("a\n<i>\nb", "p[ a <i> b]"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OUTLINES.values(), ids=OUTLINES)
def test_blocks_are_those_of_commonmark(text: str, expected: str) -> None:
    assert outline(text) == expected


# What stands alone to be cited, with the kind of each.
PARAGRAPHS = {
    "paragraphs": ("a\nb\n\n  c \n \nd\n", [("text", "a\nb"), ("text", "c"), ("text", "d")]),
    "headings": ("# a\nb\n## c ##\n#\n# # #", [
        ("heading", "a"), ("text", "b"), ("heading", "c"), ("heading", ""), ("heading", "#")]),
    "underlined headings": ("a\n===\nb\n---\nc", [
        ("heading", "a"), ("heading", "b"), ("text", "c")]),
    "rules": ("a\n\n---\n***\n_ _ _\n\nb", [("text", "a"), ("text", "b")]),
    "items": ("- a\n- b\n  more\n* c\n+ d", [
        ("item", "a"), ("item", "b\n  more"), ("item", "c"), ("item", "d")]),
    "items within items": ("- a\n  - b\n- - c", [("item", "a"), ("item", "b"), ("item", "c")]),
    "a paragraph of an item": ("- a\n\n  b", [("item", "a"), ("text", "b")]),
    "an item without text": ("-\n  a\n- \n", [("item", "a")]),
    "a heading of an item": ("- # a\n  b", [("heading", "a"), ("text", "b")]),
    "quotations": ("> a\n> b\n\n> c\nd\n", [("text", "a\n> b"), ("text", "c\nd")]),
    "items in a quotation": ("> - a\n> - b", [("item", "a"), ("item", "b")]),
    "a table": ("| a | b |\n| --- | :-: |\n| c | d |\ne | f\n\ng", [
        ("heading", "| a | b |"), ("row", "| c | d |"), ("row", "e | f"), ("text", "g")]),
    "a table in a quotation": ("> a | b\n> --|--\n>  c | d", [
        ("heading", "a | b"), ("row", "c | d")]),
    "the addresses of links": ("a\n\n[x]: b.md\n[y]: <c.md> \"d e\"\n", [("text", "a")]),
    "tabs": ("-\ta\n\n\tb\n\n>\tc", [("item", "a"), ("text", "b"), ("text", "c")]),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_what_has_to_cite(text: str, expected: list[tuple[str, str]]) -> None:
    found = scan("a.md", text).paragraphs
    assert [(paragraph.kind, paragraph.written) for paragraph in found] == expected


@given(st.text(alphabet="ab |-#>*=1.)[]:\\\n\t", max_size=120))
def test_paragraphs_follow_one_another_and_stand_where_they_are_said_to(text: str) -> None:
    lines, last = text.split("\n"), (0, 0)
    for found in scan("a.md", text).paragraphs:
        assert found.mark >= last
        last = found.mark
        begin = sum(len(line) + 1 for line in lines[: last.line - 1]) + last.column - 1
        assert text[begin:].startswith(found.written)


PLACES = {
    "a paragraph": ("x\n  y [@a] z", (2, 5)),
    "a heading": ("> ##  x [@a] ##", (1, 9)),
    "an underlined heading": ("x\n y [@a]\n---", (2, 4)),
    "an item": ("- x\n\n  1.  y\n      z [@a]", (4, 9)),
    "a lazy line": ("> - x\n y [@a]", (2, 4)),
    "quotations": (">> x\n> > y\n>>z [@a]", (3, 5)),
    "a cell": ("- |x|y|\n  |-|-|\n  | \\| | `\\|` \\| [@a] |", (3, 18)),
    "a cell without marks at the side": ("x|y\n-|-\n  z |  [@a]", (3, 8)),
    "behind entities and escapes": ("&amp; \\* *b* **c** `d` [@a]", (1, 24)),
    "behind a tab": ("-\tx\n\ty [@a]", (2, 4)),
    "in emphasis": ("***x** [@a]*", (1, 8)),
}


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=PLACES)
def test_what_is_found_has_its_line_and_column(text: str, place: tuple[int, int]) -> None:
    assert scan("a.md", text).citations == [Cited("a", "", Mark(*place))]
    linked = scan("a.md", text.replace("[@a]", "[b](c.md)")).links
    assert [link.mark for link in linked] == [Mark(*place)]
    raw = scan("a.md", text.replace("[@a]", "<i>")).problems
    assert [(*problem.mark, problem.code) for problem in raw] == [(*place, "raw-html")]


W = "www.google.com/search?q="
BARE = {
    "www.commonmark.org": "http://www.commonmark.org",
    "x www.commonmark.org/help for": "http://www.commonmark.org/help",
    "x www.commonmark.org/a.b.": "http://www.commonmark.org/a.b",
    f"{W}Markup+(business)": f"http://{W}Markup+(business)",
    f"{W}Markup+(business)))": f"http://{W}Markup+(business)",
    f"({W}Markup+(business))": f"http://{W}Markup+(business)",
    f"({W}Markup+(business)": f"http://{W}Markup+(business)",
    f"{W}(business))+ok": f"http://{W}(business))+ok",
    f"{W}commonmark&hl=en": f"http://{W}commonmark&hl=en",
    f"{W}commonmark&hl;": f"http://{W}commonmark",
    "www.commonmark.org/he<lp": "http://www.commonmark.org/he",
    "http://commonmark.org!": "http://commonmark.org",
    "(See https://a.example/s?q=M+(b))": "https://a.example/s?q=M+(b)",
    "**https://a.example/x**": "https://a.example/x",
    "http://localhost:80/": "http://localhost:80/",
    "foo@bar.baz": "mailto:foo@bar.baz",
    "hello@mail+xyz.example or hello+xyz@mail.example": "mailto:hello+xyz@mail.example",
    "a.b-c_d@a.b.": "mailto:a.b-c_d@a.b",
    "<https://a.example/b c>": "https://a.example/b",
    "a.b-c_d@a.b-": "",
    "a.b-c_d@a.b_": "",
    "www.a_b.example": "",
    "www.example": "http://www.example",
    "“www.a.example” WWW.a.example": "",
    "x:http://a.example/": "http://a.example/",
    '"HTTP://a.example"': "HTTP://a.example",
    "a@b.example@c.example": "mailto:b.example@c.example",
    '"mailto:a@b.example"': "mailto:a@b.example",
    "[http://a.example] and [www.a.example": "",
    "http://-a.example": "",
    "`http://a.example`": "",
    "http://": "",
}


@pytest.mark.parametrize(("text", "target"), BARE.items())
def test_bare_addresses_are_links_as_on_github(text: str, target: str) -> None:
    assert [link.target for link in scan("a.md", text).links] == ([target] if target else [])


def test_an_address_in_the_words_of_a_link_is_no_link() -> None:
    (link,) = scan("a.md", "[see https://a.example/](b.md)").links
    assert (link.target, link.words) == ("b.md", "see https://a.example/")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a [^1]\n\n[^1]: This", (3, 1)),
        ("a [^1]\n\n[^1]: This is so.", (3, 1)),
        ("- a\n  [^b]: This is so.", (2, 3)),
    ],
)
def test_a_footnote_is_refused_where_it_stands(text: str, place: tuple[int, int]) -> None:
    (problem,) = scan("a.md", text).problems
    assert (*problem.mark, problem.code) == (*place, "footnote")
    assert problem.cure == "cite with [@source-id], or say it in the text"
    assert scan("a.md", text).links == []


def test_a_mark_of_a_footnote_that_does_not_exist_is_text() -> None:
    assert scan("a.md", "a [^1]").problems == []


def test_code_by_four_blanks_is_refused() -> None:
    (problem,) = scan("a.md", "- a\n\n      b").problems
    assert (*problem.mark, problem.code) == (3, 7, "indented-code")


def test_a_citation_in_the_words_of_a_link_is_refused() -> None:
    (problem,) = scan("a.md", "a [b [@c]](d.md)").problems
    assert (*problem.mark, problem.code) == (1, 6, "bad-link")


def test_a_block_that_stands_to_the_right_has_its_own_columns() -> None:
    (fence,) = scan("a.md", "- a\n\n  ```timeline\n  from: 2025\n  ```\n").fences
    assert (fence.content, fence.mark) == ("from: 2025", Mark(3, 3))


def test_a_text_is_parsed_once() -> None:
    assert parse("one text") is parse("one " + "text")
    assert parse("one text", line=True) is not parse("one text")


SNIPPETS = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\n\n", "\t", "\xa0", "\x0c", "\r\n", "&amp;", "\\|", "\\*", "*", "**",
         "~~", "`", "```", "> ", "- ", "1. ", "# ", "|", "|\n|-|\n", "[@a]", "[b](c.md)", "<i>",
         "<div>", "![d](e.png)", "[^1]:", "    ", "\\\n", "[f]", "[f]: g\n", "www.h.example", "Ж",
         "\n===\n"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(SNIPPETS)
def test_every_place_is_where_it_is_said_to_be(text: str) -> None:
    found, text = scan("a.md", text), text.replace("\r\n", "\n")
    starts = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]

    def at(mark: Mark) -> str:
        return text[starts[mark.line - 1] + mark.column - 1 :]

    for paragraph in found.paragraphs:
        assert at(paragraph.mark).startswith(paragraph.written)
        assert len(paragraph.text) == len(paragraph.written)
    assert all(at(cited.mark).startswith("[@a") for cited in found.citations)
    assert all(at(link.mark).startswith(("[", "www")) for link in found.links)
    begins = {"raw-html": "<", "bad-link": ("![d", "[@a"), "footnote": "[^1]:"}
    for problem in found.problems:
        assert at(problem.mark).startswith(begins.get(problem.code, ""))


DEEP = MAX_CONTAINERS + 1


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("a\n" * (MAX_LINES + 1), (1, 1), "too-large"),
        ("a\n\n> b\n" + "> c" * (MAX_PARAGRAPH // 3 + 1), (3, 3), "too-large"),
        ("a\n\n> " + "[" * (MAX_BRACKETS + 1), (3, 3 + MAX_BRACKETS), "deep-nesting"),
        ("a\n\n" + "> " * DEEP + "b", (3, 1), "deep-nesting"),
        ("a\n\n" + "- " * DEEP + "b", (3, 1), "deep-nesting"),
    ],
)
def test_bounds(text: str, place: tuple[int, int], code: str) -> None:
    found = scan("a.md", text).problems
    assert [(*problem.mark, problem.code) for problem in found] == [(*place, code)]


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * MAX_LINES,
        "> " * MAX_CONTAINERS + "b",
        "- " * MAX_CONTAINERS + "b",
        "[" * MAX_BRACKETS + "]" * MAX_BRACKETS,
        "a" * MAX_PARAGRAPH,
    ],
)
def test_up_to_the_bounds_all_is_read(text: str) -> None:
    problems = [p for p in scan("a.md", text).problems if len(text) <= MAX_PARAGRAPH]
    assert problems == []


def repeated(text: str) -> str:
    """A paragraph as long as may be, many times."""
    one = (text * (MAX_PARAGRAPH // len(text)))[: MAX_PARAGRAPH - 1]
    return "\n\n".join([one] * 3)


ODD = {
    "brackets in paragraphs": "[a\n\n" * 25_000,
    "underlines": "a\n---\n" * 20_000,
    "backslashes": "\\\n" * 245_000,
    "headings": "## h\n" * 20_000,
    "brackets in lines": "[a\n" * 120_000,
    "brackets": "[" * 20_000,
    "quotations": ">" * 20_000,
    "items": "- a\n" * 4_900,
    "items in a line": f"{'- ' * 4_000}\n" * 50,
    "items that step": "".join(f"{'  ' * (i % 8)}- a\n" for i in range(4_000)),
    "rows": "a | b\n--|--\n" + "c | d\n" * 4_900,
    "headings below the bound": "## h\n" * 4_900,
    "underlines below the bound": "a\n---\n" * 4_900,
    "columns": f"{'|a' * 4_000}\n{'|-' * 4_000}\n{'|b' * 9}\n",
    "lazy lines": "> " * 8 + "a\n" + "b\n" * 4_900,
    "addresses": "[x]: y 'z\n" * 9_900,
    "colons": repeated(":"),
    "schemes": repeated("xhttp://"),
    "mail": repeated("_a@b"),
    "closing brackets": repeated("http://a" + ")" * 3_000 + " "),
    "ends of addresses": repeated("[a](<b "),
    "pictures": repeated("![a](b 'c "),
    "emphasis": repeated("**a *b _c "),
    "backticks": repeated("` `` ``` "),
    "entities": repeated("&a;&#"),
    "tags": repeated("<a b='c "),
    "citations": repeated("[@a] "),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_take_no_more_than_two_seconds_of_the_processor(text: str) -> None:
    began = time.process_time()
    scan("a.md", text)
    assert time.process_time() - began < 2
