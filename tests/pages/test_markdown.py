"""Markdown to HTML: links, citations, cards and blocks; nothing that could run."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from functools import partial
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summitry.content.prose import Fence
from summitry.content.values import Ref
from summitry.pages.markdown import Engine, sanitise


class Host:
    """A page that says what it is asked for, and tells what a test gives it."""

    def __init__(self, told: Mapping[int, Mapping[int, str]] | None = None) -> None:
        self.told = told or {}

    def href(self, target: str) -> str:
        return f"to/{target}"

    def entity(self, target: str) -> Ref | None:
        kind, _, name = target.partition("/")
        return Ref(kind, name) if kind in ("quotes", "facts") else None

    def remarks(self, text: str) -> dict[int, dict[int, Callable[[], str]]]:
        return {
            start: {seen: partial(str, words) for seen, words in told.items()}
            for start, told in self.told.items()
        }

    def cite(self, source: str, locator: str) -> str:
        return f"<i>{source}|{locator}</i>"

    def cards(self, refs: list[Ref], level: int) -> str:
        return f"<b>{level}:{','.join(map(str, refs))}</b>"

    def fence(self, fence: Fence, level: int) -> str | None:
        return f"<u>{level}:{fence.content}</u>" if fence.name == "timeline" else None


def html(text: str) -> str:
    return Engine().render(text, Host()).html


def test_links_between_files_become_links_between_pages() -> None:
    assert html("a [b](x.md) c") == '<p>a <a href="to/x.md">b</a> c</p>'
    assert html("a [b](#c)") == '<p>a <a href="#c">b</a></p>'
    assert html("a [b](quotes/q)") == '<p>a <a class="mention" href="to/quotes/q">b</a></p>'


def test_remarks_stand_behind_the_visible_characters_that_are_counted() -> None:
    text = "> a *b*\n> `c` [d](x.md) [@e] f\n\n<https://x.example> &amp; “g”.\n"
    place, below = text.index("a"), text.index("<")
    made = Engine().render(text, Host({place: {3: " ¹", 5: " ²"}, below: {4: " ³"}})).html
    assert re.sub("<.*?>", "", made).split() == [
        "a", "b", "c", "¹", "de|", "f", "²", "https://x.example", "&amp;", "“g”", "³."
    ]  # fmt: skip
    cells = "a | b\n--|--\n“c d” | “e”"
    made = Engine().render(cells, Host({cells.index("“c"): {4: "¹"}, cells.index("“e"): {3: "²"}}))
    assert "<td>“c d”¹</td>" in made.html and "<td>“e”²</td>" in made.html


def test_links_elsewhere_give_nothing_away() -> None:
    made = html("a [b](https://x.example/?a=1&b=2)")
    assert 'rel="external noopener noreferrer"' in made
    assert 'href="https://x.example/?a=1&amp;b=2"' in made


def test_links_alone_in_their_paragraphs_become_one_run_of_cards_of_a_kind() -> None:
    text = "# A\n\n[a](quotes/a)\n\n[b](quotes/b)\n\n[c](facts/c)\n\n## B\n\n[d](facts/d)"
    cards = re.findall(r"<b>.*?</b>", html(text))
    assert cards == ["<b>2:quotes/a,quotes/b</b>", "<b>2:facts/c</b>", "<b>3:facts/d</b>"]


def test_a_link_alone_that_is_no_entity_stays_a_link() -> None:
    assert html("[b](x.md)") == '<p class="more"><a href="to/x.md">b</a></p>'


def test_citations_take_the_space_before_them() -> None:
    assert html("So [@a; @b, para. 5] it is.") == "<p>So<i>a|</i><i>b|para. 5</i> it is.</p>"
    assert html("`[@a]`") == "<p><code>[@a]</code></p>"


def test_blocks_are_drawn_and_code_is_shown() -> None:
    assert "<u>2:from: 2025</u>" in html("x\n\n```timeline\nfrom: 2025\n```\n\ny")
    assert html("```text\n<b> & [@a]\n```") == "<pre><code>&lt;b&gt; &amp; [@a]\n</code></pre>"
    assert "<u>" not in html("````\n```timeline\n```\n````")


def test_sections_begin_at_headings_of_the_second_level() -> None:
    made = Engine().render("# A\n\nx\n\n## B\n\ny\n\n### C\n\n## D", Host())
    assert [re.findall(r'id="(\w+)"', section) for section in made.sections] == [
        ["a"], ["b", "c"], ["d"]
    ]  # fmt: skip
    assert [heading["name"] for heading in made.headings] == ["A"]


def test_headings_have_the_ids_that_github_gives_them() -> None:
    text = "# Встреча на Аляске\n\n## What’s new? A – *B*\n\n## `x`_y [z](a.md) [@c]\n\n"
    text += "## A\n\n## a\n\n## A-1\n\n## a\n\n## !"
    assert re.findall(r'<h. id="([^"]*)"', html(text)) == [
        "встреча-на-аляске", "whats-new-a--b", "x_y-z", "a", "a-1", "a-1-1", "a-2", "section"
    ]  # fmt: skip


def test_headings_stand_below_those_of_a_higher_rank() -> None:
    made = Engine().render("## A & B\n\n### C\n\n# D\n\n### E\n\n## F", Host())

    def shown(found: list[dict[str, Any]]) -> list[object]:
        return [(one["name"], one["level"], shown(one["children"])) for one in found]

    assert shown(made.headings) == [
        ("A &amp; B", 2, [("C", 3, [])]), ("D", 1, [("E", 3, []), ("F", 2, [])])
    ]  # fmt: skip


def test_many_headings_are_rendered_in_one_pass() -> None:
    began = time.process_time()
    assert 'id="h-4899"' in html("## h\n" * 4_900)
    assert time.process_time() - began < 2


def test_cards_stand_at_the_first_level_alone() -> None:
    assert "<b>" not in html("- [a](quotes/a)\n\n> [b](quotes/b)\n\n[c](quotes/c) [d](quotes/d)")
    assert html("[x]\n\n[x]: quotes/a") == "<b>2:quotes/a</b>"


def test_blocks_are_drawn_in_lists_and_quotations() -> None:
    assert "<u>2:from: 2025</u>" in html("- x\n\n  ```timeline\n  from: 2025\n  ```")
    assert "<u>2:from: 2025</u>" in html("> ```timeline\n> from: 2025\n> ```")


def test_strikethrough_and_bare_addresses_are_those_of_github() -> None:
    assert html("~~a~~ ~b~") == "<p><del>a</del> <del>b</del></p>"
    assert html("see www.x.example.") == (
        '<p>see <a class="external" href="http://www.x.example" '
        'rel="external noopener noreferrer">www.x.example</a>.</p>'
    )


def test_tables_and_their_alignment() -> None:
    made = html("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<td align="right">2</td>' in made
    assert "style=" not in made


def test_prose_of_front_matter_has_no_paragraph_around_it() -> None:
    engine = Engine()
    assert engine.inline("A *b* & c", Host()) == "A <em>b</em> &amp; c"
    assert engine.inline("plain “words”", Host()) == "plain “words”"
    assert engine.inline("- a", Host()) == "- a"
    assert engine.inline("[a](quotes/a)", Host()).startswith('<a class="mention"')


def test_an_engine_remembers_nothing_of_the_page_before() -> None:
    engine = Engine()
    engine.render("# A\n\n[x]: https://x.example\n\n[@a]", Host())
    made = engine.render("# A\n\n[x] and [y][x]", Host())
    assert made.html == '<h1 id="a">A</h1>\n<p>[x] and [y][x]</p>'


def test_what_checks_refuse_is_shown_as_it_is_written() -> None:
    assert html("a <b>x</b>") == "<p>a &lt;b&gt;x&lt;/b&gt;</p>"
    assert html("<div>\n\n*x*\n\n</div>").startswith("<p>&lt;div&gt;</p>\n<p><em>x</em></p>")
    assert html("![*a*](b.png)") == "<p>*a*</p>"


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=y>", "[a](javascript:alert(1))",
     "[a](<JaVaScRiPt:alert(1)>)", "[a](data:text/html,x)", "[a](vbscript:x)",
     "[a]: javascript:x\n\n[a]", "![a](x.png)", "![a][b]\n\n[b]: x.png",
     "<a href='x' onclick='y'>z</a>", "[a](java&#115;cript:x)", '[a](x "t\\" onclick=\\"y")',
     "<javascript:alert(1)>", "    <script>x</script>",
     "[a](&#x6A;avascript:x)", "# <svg onload=x>", "| <iframe src=x> |\n|---|\n| y |"],
)  # fmt: skip
def test_what_contributors_may_not_write_is_not_live(text: str) -> None:
    assert live(html(text)) == []


def live(made: str) -> list[str]:
    """What of some HTML would run or load: tags, handlers and schemes."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag in {"script", "style", "iframe", "img", "svg", "object", "form", "base", "meta"}:
                found.append(tag)
            for name, value in attrs:
                plain = re.sub(r"[\x00-\x20]", "", value or "").lower()
                if name.startswith("on") or name in {"style", "src", "srcdoc"}:
                    found.append(name)
                if name == "href" and re.match(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", plain):
                    found.append(plain)

    Reader().feed(made)
    return found


SNIPPETS = st.lists(
    st.sampled_from(
        ["<script>", "</script>", "<img src=x ", "onerror=alert(1)", ">", "<", '"', "'", "<a href=",
         "javascript:alert(1)", "java\nscript:", "&#106;avascript:", "<svg ", "onload=x", "/", "a",
         "<style>", "</p>", "<math>", "<!--", "-->", "]]>", "<![CDATA[", "[a](", ")", "\n\n",
         "`", " "]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(SNIPPETS)
def test_the_sanitiser_lets_nothing_live_through(text: str) -> None:
    assert live(sanitise(text)) == []


@settings(deadline=None)
@given(SNIPPETS)
def test_neither_does_the_renderer(text: str) -> None:
    assert live(html(text)) == []


@pytest.mark.parametrize("text", ["So. [@a]", "[@a] so.", "[@a]", "So [@a; @b] it is."])
def test_a_citation_leaves_its_paragraph_whole(text: str) -> None:
    made = html(text)
    assert made.count("<p>") == made.count("</p>")
    assert made.count("<p>") == 1
