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
from dataclasses import dataclass
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

from summitry.content.prose import Fence, scan, split_citation
from summitry.content.values import Ref

_PLACE = re.compile("<h([1-6])\\b|<p>\ue000(\\d+)\ue001</p>|\ue000(\\d+)\ue001")
_BREAK = "<p>\ue002</p>\n"  # before each heading that begins a section
_FENCED = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)\n(.*?)^ {0,3}\1(?:(?<=`)`*|(?<=~)~*)[ \t]*$", re.M | re.S
)
# Without any of these a line of prose is what it says.
_SPECIAL = re.compile(r"[\[\]*_`<>&\\#~!|=:]|^\s*(?:[-+]|\d+[.)])|--")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_TAGS = {
    "a", "abbr", "blockquote", "br", "caption", "code", "dd", "del", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "class", "rel"},
    "p": {"class"},
    "td": {"align"},
    "th": {"align", "scope"},
    "ol": {"start"},
    "code": {"class"},
    **{f"h{n}": {"id"} for n in range(1, 7)},
}


class Host(Protocol):
    """What a page gives to its Markdown: addresses, citations, cards and blocks.

    `level` is the level that a heading inside a card or block should have.
    """

    def href(self, target: str) -> str:
        """The address that a relative link means."""

    def entity(self, target: str) -> Ref | None:
        """The entity that a relative link means, if it means one."""

    def cite(self, source: str, locator: str) -> str:
        """The HTML of a citation marker."""

    def cards(self, refs: list[Ref], level: int) -> str:
        """The HTML of cards that stand one after another, all of one kind."""

    def fence(self, fence: Fence, level: int) -> str | None:
        """The HTML of a fenced block; None if it is code to be shown."""


class _Places:
    """HTML kept aside while the sanitiser works, made in the order of the page."""

    def __init__(self) -> None:
        self.kept: list[Callable[[int], str]] = []

    def keep(self, make: Callable[[int], str]) -> str:
        self.kept.append(make)
        return f"\ue000{len(self.kept) - 1}\ue001"

    def fill(self, text: str) -> str:
        level = 1

        def take(match: re.Match[str]) -> str:
            nonlocal level
            if match[1]:
                level = int(match[1])
                return match[0]
            return self.kept[int(match[2] or match[3])](min(level + 1, 6))

        return _PLACE.sub(take, text)


class _Job:
    """What is being rendered: the page that asks, and the places kept for it."""

    host: Host
    places: _Places


class _Fences(Preprocessor):
    def __init__(self, job: _Job) -> None:
        super().__init__()
        self.job = job

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "```" not in text and "~~~" not in text:
            return lines
        return _FENCED.sub(self._keep, text + "\n").split("\n")

    def _keep(self, match: re.Match[str]) -> str:
        fences = scan("", match[0].rstrip("\n")).fences
        host = self.job.host

        def make(level: int) -> str:
            made = host.fence(fences[0], level) if fences else None
            return made if made is not None else f"<pre><code>{html.escape(match[3])}</code></pre>"

        return f"\n\n{self.job.places.keep(make)}\n\n"


class _Citations(InlineProcessor):
    def __init__(self, job: _Job) -> None:
        super().__init__(r"[ \u00a0]?\[(@[^\[\]]+)\](?!\()")
        self.job = job

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:
        del data
        cited = list(split_citation(m[1]))
        host = self.job.host

        def make(level: int) -> str:
            del level
            return "".join(host.cite(*pair) for pair in cited)

        return self.job.places.keep(make), m.start(0), m.end(0)


class _Links(Treeprocessor):
    """Turns links to files into links to pages, and links that stand alone into cards."""

    def __init__(self, job: _Job) -> None:
        super().__init__()
        self.job = job

    def run(self, root: Element) -> None:
        run: list[tuple[Element, Ref]] = []
        for element in [*root, Element("end")]:
            ref = self._card(element)
            if run and (ref is None or ref.kind != run[0][1].kind):
                self._keep(root, run)
                run = []
            if ref is not None:
                run.append((element, ref))
        for paragraph in root.iter("p"):
            self._more(paragraph)
        for link in root.iter("a"):
            self._link(link)
        for heading in root.findall("h2"):
            mark = Element("p")
            mark.text = "\ue002"
            mark.tail = "\n"
            root.insert(list(root).index(heading), mark)

    def _card(self, element: Element) -> Ref | None:
        """The entity whose card a paragraph asks for."""
        link = _only_link(element)
        return None if link is None else self.job.host.entity(link.get("href", ""))

    def _keep(self, root: Element, run: list[tuple[Element, Ref]]) -> None:
        """Put one place for a run of cards where its first paragraph stood."""
        refs = [ref for _, ref in run]
        for element, _ in run[1:]:
            root.remove(element)
        first = run[0][0]
        first.clear()
        host = self.job.host
        first.text = self.job.places.keep(lambda level: host.cards(refs, level))

    def _more(self, paragraph: Element) -> None:
        if _only_link(paragraph) is not None:
            paragraph.set("class", "more")

    def _link(self, link: Element) -> None:
        target = link.get("href", "")
        if _SCHEME.match(target):
            if target.startswith(("http:", "https:")):
                link.set("class", "external")
                link.set("rel", "external noopener noreferrer")
        elif not target.startswith("#"):
            link.set("href", self.job.host.href(target))
            if self.job.host.entity(target):
                link.set("class", "mention")


def _only_link(element: Element) -> Element | None:
    """The link that is all that a paragraph holds."""
    children = list(element)
    if element.tag != "p" or len(children) != 1 or children[0].tag != "a":
        return None
    around = (element.text or "") + (children[0].tail or "")
    return None if around.strip() else children[0]


class _Summitry(Extension):
    def __init__(self, job: _Job) -> None:
        super().__init__()
        self.job = job

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("code")
        for name in ("html", "image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.preprocessors.register(_Fences(self.job), "summitry-fences", 27)
        md.inlinePatterns.register(_Citations(self.job), "summitry-citations", 175)
        md.treeprocessors.register(_Links(self.job), "summitry-links", 5)


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML of a text in sections (the first before any second-level heading), its headings."""

    sections: list[str]
    headings: list[dict[str, object]]

    @property
    def html(self) -> str:
        """All sections."""
        return "".join(self.sections)


class Engine:
    """Renders Markdown. One is made for all pages of a build: setting it up costs more than
    rendering a paragraph.
    """

    def __init__(self) -> None:
        self._job = _Job()
        extensions = [
            _Summitry(self._job),
            TableExtension(use_align_attribute=True),
            TocExtension(),
        ]
        self._markdown = markdown.Markdown(extensions=extensions, output_format="html")

    def render(self, text: str, host: Host) -> Rendered:
        """Render a text for a page.

        Cards are made only after the Markdown is done, so that they may hold Markdown too.
        """
        places = _Places()
        self._job.host, self._job.places = host, places
        self._markdown.reset()
        clean = sanitise(self._markdown.convert(text))
        headings = getattr(self._markdown, "toc_tokens", [])
        return Rendered(places.fill(clean).split(_BREAK), headings)

    def inline(self, text: str, host: Host) -> str:
        """Render prose of front matter: one paragraph, without the paragraph's own tags."""
        if not _SPECIAL.search(text):
            return html.escape(text, quote=False)
        made = self.render(text, host).html.strip()
        return made.removeprefix("<p>").removesuffix("</p>")


def sanitise(text: str) -> str:
    """HTML reduced to what Markdown can make."""
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
