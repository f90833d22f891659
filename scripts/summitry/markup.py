"""Markdown to HTML for entity bodies, narrative pages and prose in front matter.

Python-Markdown with its raw-HTML, indented-code and picture syntax taken out, and three
things added: links between files, citations, and fenced blocks. What it makes goes through
nh3 with one allowlist; only then do cards and figures, made by our own templates, take the
places that were kept for them. Those places are marked with private-use characters, which
contributors' text cannot hold (`characters` refuses them).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Protocol
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from summitry.prose import Fence, scan, split_citation

_PLACE = re.compile("(?:<p>)?\ue000(\\d+)\ue001(?:</p>)?")
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)\n(.*?)^ {0,3}\1[`~]*[ \t]*$", re.M | re.S)
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_TAGS = {
    "a", "abbr", "blockquote", "br", "caption", "code", "dd", "del", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "class", "data-preview"},
    "td": {"align"},
    "th": {"align", "scope"},
    "ol": {"start"},
    "code": {"class"},
    **{f"h{n}": {"id"} for n in range(1, 7)},
}


class Host(Protocol):
    """What a page gives to its Markdown: addresses, citations, cards and blocks."""

    def href(self, target: str) -> tuple[str, str | None]:
        """The address that a relative link means, and `kind/id` if it is an entity's."""

    def cite(self, source: str, locator: str) -> str:
        """The HTML of a citation marker."""

    def card(self, target: str) -> str | None:
        """The HTML of the card of the entity that a link means, if it is one."""

    def fence(self, fence: Fence) -> str | None:
        """The HTML of a fenced block; None if it is code to be shown."""


class _Places:
    """HTML kept aside while the sanitiser works."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def keep(self, made: str) -> str:
        self.kept.append(made)
        return f"\ue000{len(self.kept) - 1}\ue001"

    def fill(self, text: str) -> str:
        return _PLACE.sub(lambda m: self.kept[int(m[1])], text)


class _Fences(Preprocessor):
    def __init__(self, host: Host, places: _Places) -> None:
        super().__init__()
        self.host, self.places = host, places

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "```" not in text and "~~~" not in text:
            return lines
        return _FENCED.sub(self._render, text + "\n").split("\n")

    def _render(self, match: re.Match[str]) -> str:
        fences = scan("", match[0].rstrip("\n")).fences
        made = self.host.fence(fences[0]) if fences else None
        if made is None:
            made = f"<pre><code>{html.escape(match[3])}</code></pre>"
        return f"\n\n{self.places.keep(made)}\n\n"


class _Citations(InlineProcessor):
    def __init__(self, host: Host, places: _Places) -> None:
        super().__init__(r"[ \u00a0]?\[(@[^\[\]]+)\](?!\()")
        self.host, self.places = host, places

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        del data
        made = "".join(self.host.cite(*pair) for pair in split_citation(m[1]))
        return self.places.keep(made), m.start(0), m.end(0)


class _Links(Treeprocessor):
    def __init__(self, host: Host, places: _Places) -> None:
        super().__init__()
        self.host, self.places = host, places

    def run(self, root: Element) -> None:
        for paragraph in list(root.iter("p")):
            self._card(paragraph)
        for link in root.iter("a"):
            self._link(link)

    def _card(self, paragraph: Element) -> None:
        children = list(paragraph)
        alone = len(children) == 1 and children[0].tag == "a"
        if not alone or (paragraph.text or "").strip() or (children[0].tail or "").strip():
            return
        made = self.host.card(children[0].get("href", ""))
        if made is not None:
            paragraph.clear()
            paragraph.text = self.places.keep(made)

    def _link(self, link: Element) -> None:
        target = link.get("href", "")
        if _SCHEME.match(target):
            if target.startswith(("http:", "https:")):
                link.set("class", "external")
            return
        if target.startswith("#"):
            return
        address, entity = self.host.href(target)
        link.set("href", address)
        if entity:
            link.set("class", "mention")
            link.set("data-preview", entity)


class _Summitry(Extension):
    def __init__(self, host: Host, places: _Places) -> None:
        super().__init__()
        self.host, self.places = host, places

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("code")
        for name in ("html", "image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.preprocessors.register(_Fences(self.host, self.places), "summitry-fences", 27)
        citations = _Citations(self.host, self.places)
        md.inlinePatterns.register(citations, "summitry-citations", 175)
        md.treeprocessors.register(_Links(self.host, self.places), "summitry-links", 5)


class Rendered:
    """HTML of a text, and its headings as MkDocs' table of contents wants them."""

    def __init__(self, text: str, headings: list[dict[str, object]]) -> None:
        self.html, self.headings = text, headings


def render(text: str, host: Host) -> Rendered:
    """Render Markdown for a page."""
    places = _Places()
    extensions = [
        _Summitry(host, places),
        TableExtension(use_align_attribute=True),
        TocExtension(),
    ]
    md = markdown.Markdown(extensions=extensions, output_format="html")
    clean = sanitise(md.convert(text))
    return Rendered(places.fill(clean), getattr(md, "toc_tokens", []))


def render_inline(text: str, host: Host) -> str:
    """Render prose of front matter: one paragraph, without the paragraph's own tags."""
    made = render(text, host).html.strip()
    return made.removeprefix("<p>").removesuffix("</p>")


def sanitise(text: str) -> str:
    """HTML reduced to what Markdown can make."""
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


