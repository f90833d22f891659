"""Finding the article in a page: what trafilatura makes of it, and what goes wrong."""

from __future__ import annotations

import importlib.metadata
import logging
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
from summitry.tools.extract import extract, extractor
from summitry.tools.fetch import FetchError

ARTICLE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Leaders meet | The Paper</title>
<style>p { margin: 0 }</style><script>var words = "not in the article";</script></head><body>
<header><a href="/">The Paper</a>
<nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
<main><article><h1>Leaders meet in the north</h1>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Copy the link</a></div>
<p>The two leaders met on Friday for the first
   time in six years, and spoke for nearly
   three hours behind closed doors &mdash; longer than planned.</p>
<p>&ldquo;We had an <em>extremely <strong>productive</strong></em> meeting, and many points
were <a href="/x">agreed to</a>,&rdquo; he said. &#8216;There&rsquo;s no deal until
there&#8217;s a deal,&#8217; he <span class="q"><span>added</span></span>&nbsp;later.</p>
<h2>What comes next</h2>
<blockquote><p>“It is a quoted paragraph that stands on its own,” she wrote.</p>
<p>“And a second one, un<b>believ</b>able as it is.”</p></blockquote>
<p>“No.”</p>
<table><tr><td>Figures in a table</td><td>12</td></tr></table>
<figure><img src="a.jpg" alt="A photo"><figcaption>A caption</figcaption></figure>
<p>First line of the statement<br>second line of the statement, over tea &amp; biscuits.</p>
</article>
<section id="comments"><p>I think that this is what a reader thinks of it.</p></section>
<aside><h3>Read more</h3><p><a href="/1">Another story, of another day</a></p></aside></main>
<footer><p>© The Paper. All rights reserved.</p></footer></body></html>"""
TEXT = """\
Leaders meet in the north
The two leaders met on Friday for the first time in six years, and spoke for nearly three hours \
behind closed doors — longer than planned.
“We had an extremely productive meeting, and many points were agreed to,” he said. ‘There’s no \
deal until there’s a deal,’ he added later.
What comes next
“It is a quoted paragraph that stands on its own,” she wrote.
“And a second one, unbelievable as it is.”
“No.”
First line of the statement
second line of the statement, over tea & biscuits."""


def test_the_article_a_paragraph_a_line() -> None:
    assert extract(ARTICLE.encode()) == TEXT


def test_the_same_bytes_give_the_same_text() -> None:
    found = [extract(ARTICLE.encode()) for _ in range(5)]
    assert set(found) == {TEXT}


@pytest.mark.parametrize(
    ("codec", "charset"),
    [
        *(("cp1252", "iso-8859-1"), ("cp1252", "windows-1252"), ("cp1252", "US-ASCII")),
        *(("utf-8", "UTF8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gbk")),
        *(("utf-8", ""), ("utf-8-sig", ""), ("cp1252", ""), ("utf-8", "no-such-charset")),
        *(("utf-8", "punycode"), ("utf-8", "base64"), ("utf-8", "undefined"), ("utf-8", "a\0b")),
    ],
)
def test_charsets(codec: str, charset: str) -> None:
    assert extract(ARTICLE.encode(codec, "xmlcharrefreplace"), charset) == TEXT


def test_bytes_that_are_not_of_the_charset_show() -> None:
    broken = ARTICLE.encode().replace(b"three", b"thr\xffe")
    assert "thr\ufffde hours" in extract(broken, "utf-8")


def test_plain_text_is_its_own_lines() -> None:
    text = "“One paragraph,” they said.\r\n\r\nAnother: 3 < 5 & 5 > 3.\n"
    found = "“One paragraph,” they said.\nAnother: 3 < 5 & 5 > 3."
    assert extract(text.encode()) == extract(text.encode("cp1252"), "latin-1") == found


@pytest.mark.parametrize("html", [b"", b" \n", b"<", b"<html></html>", b"<p>x</p>", b"\0" * 99])
def test_nothing_to_extract(html: bytes) -> None:
    with pytest.raises(FetchError, match="there is no article"):
        extract(html)


def test_whatever_trafilatura_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*args: object, **more: object) -> str:
        raise RecursionError("deep\x1b")

    monkeypatch.setattr(trafilatura, "extract", fail)
    with pytest.raises(FetchError, match=r"\(RecursionError\)"):
        extract(ARTICLE.encode())


def test_the_extractor_has_a_version() -> None:
    name, _, version = extractor().partition(" ")
    assert name == "trafilatura"
    assert version == importlib.metadata.version("trafilatura")


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), pytest.raises(FetchError):
        extract(b"<p>x</p>")
    assert not caplog.records


def test_words_in_small_elements_stay_in_their_sentence() -> None:
    page = (
        "<html><body><article><h1>Leaders meet</h1><p>The two met on <time datetime='2025-08-15'>"
        "Friday</time> and <abbr title='x'>NATO</abbr> watched, while a <label>third</label> man "
        "said <q lang='en'>we will <em>see</em></q> to the many people who had come there.</p>"
        "<p>Nobody else in the room said a word about it for the rest of the long afternoon.</p>"
        "</article></body></html>"
    )
    text = extract(page.encode(), "utf-8")
    assert "met on Friday and NATO watched, while a third man said “we will see” to" in text


@pytest.mark.parametrize(
    ("tags", "shown"),
    [
        ("<q>a</q>", "“a”"),
        ("<q cite=x>a <q>b</q></q >", "“a “b””"),
        ("a</q>", "a"),
        ("<q>a", "a"),
        ("<q>a <q>b</q>", "a “b”"),
        ("<Q>a</Q> c <q>d</q>", "“a” c “d”"),
    ],
)
def test_elements_of_quotations_become_marks(tags: str, shown: str) -> None:
    told = "He said on Friday that the talks had gone on for nearly three hours, and so on: "
    page = f"<html><body><article><p>{told}{tags}</p></article></body></html>"
    assert extract(page.encode()) == told + shown


def test_open_quotations_without_end_cost_what_their_bytes_do() -> None:
    """In steps of the processor's own time, so that a busy machine changes nothing."""
    began = time.process_time()
    with pytest.raises(FetchError, match="too deep within one another"):
        extract(b"<p>" + b"<q>" * 99_000)
    assert time.process_time() - began < 5


def test_a_page_is_read_apart_with_the_same_text_and_the_same_refusals(
    apart: Callable[..., str],
) -> None:
    assert apart(ARTICLE.encode(), "utf-8") == TEXT
    with pytest.raises(FetchError, match="there is no article in the page"):
        apart(b"<p></p>")


def paragraph(number: int) -> str:
    return f"<p>Paragraph {number} says that the two leaders met on Friday, for the first time.</p>"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<div>" * 300 + "x" + "</div>" * 300, "too deep within one another"),
        ("<p>" + "<b>" * 300 + "x", "too deep within one another"),
        ("<b>a</b>" * 100_000, "the page has 10000[0-9] elements and attributes, limit 100000"),
        ("<!---->" * 100_001, "the page has 10000[0-9] elements and attributes, limit 100000"),
        ("<p a b c d e f g h i>" * 12_000, "elements and attributes, limit 100000"),
    ],
)
def test_a_page_that_would_not_be_read_to_its_end_is_refused(inside: str, said: str) -> None:
    """What reads HTML stops there in silence, and the rest of the article was missing."""
    page = f"<html><body><article>{paragraph(1)}{inside}{paragraph(2)}</article></body></html>"
    with pytest.raises(FetchError, match=f"{said}.*; copy its text from a browser"):
        extract(page.encode(), "utf-8")


def test_a_page_with_much_in_it_is_read() -> None:
    deep = "<div>" * 200 + "x" + "</div>" * 200
    page = f"<html><body><article>{paragraph(1)}{deep}{paragraph(2)}</article></body></html>"
    assert "Paragraph 2 says" in extract(page.encode(), "utf-8")
    page = f"<html><body>{paragraph(1)}<script>{'if (a<1) b();' * 50_000}</script></body></html>"
    assert "Paragraph 1 says" in extract(page.encode(), "utf-8")


@pytest.mark.parametrize(
    ("bounds", "page"),
    [
        ("SECONDS = 0.01", "<p>" + "a<p>" * 20_000),  # its time grows with the square of them
        ("BYTES = 1", "<p>" + "a<p>" * 9_000),
    ],
)
def test_a_page_that_costs_too_much_is_given_up(
    monkeypatch: pytest.MonkeyPatch, apart: Callable[..., str], bounds: str, page: str
) -> None:
    """The process ends, by the system's own count, and nothing is made of what it had by then."""

    def bounded(command: list[str], **more: Any) -> subprocess.CompletedProcess[bytes]:
        program = f"import sys; from summitry.tools import extract; extract.{bounds}"
        return started([command[0], "-c", f"{program}; sys.exit(extract._main(''))"], **more)

    started = subprocess.run
    monkeypatch.setattr(subprocess, "run", bounded)
    with pytest.raises(FetchError, match="more than 2 seconds or 300 MB to read; copy its text"):
        apart(page.encode())


def test_a_reader_of_pages_that_breaks_is_told_as_that(
    monkeypatch: pytest.MonkeyPatch, apart: Callable[..., str]
) -> None:
    def broken(command: list[str], **more: Any) -> subprocess.CompletedProcess[bytes]:
        return started([command[0], "-c", "import os; os.abort()"], **more)

    started = subprocess.run
    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(FetchError, match=r"trafilatura breaks off at the page \(-6\)"):
        apart(ARTICLE.encode())
