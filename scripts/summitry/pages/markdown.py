"""Markdown to HTML for entity bodies, narrative pages and prose in front matter.

The tokens that the checks have read, with links between files, citations and fenced blocks
made into what a page shows. What comes of them goes through nh3 with one allowlist; only then
do cards and figures, made by our own templates, take the places that were kept for them.
Those places are marked with private-use characters, which contributors' text cannot hold
(`characters` refuses them).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from msgspec import Struct, field

from summitry.content.anchors import Slugs
from summitry.content.markdown import Parsed, only_link, parse, place
from summitry.content.problems import START
from summitry.content.prose import Fence, fenced, plain_text, split_citation
from summitry.content.values import Ref

_PLACE = re.compile("<h([1-6])\\b|\ue000(\\d+)\ue001")
_BREAK = "\ue002"  # before each heading that begins a section
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_Tokens = Sequence[Token]
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

    def remarks(self, text: str) -> Mapping[int, Mapping[int, Callable[[], str]]]:
        """The HTML of what is told right behind quoted words of a text (`checks.quoting`).

        By the offset of a paragraph or cell, and the visible characters before it.
        """


class _Page(Struct):
    """A text being rendered: the page that asks, HTML kept aside while the sanitiser works and
    made in the order of the page, and the headings so far.
    """

    host: Host
    kept: list[Callable[[int], str]] = []
    headings: list[dict[str, Any]] = []
    slugs: Slugs = field(default_factory=Slugs)

    def keep(self, make: Callable[[int], str]) -> str:
        """What stands for HTML until `fill` makes it, given the level of headings in it."""
        self.kept.append(make)
        return f"\ue000{len(self.kept) - 1}\ue001"

    def fill(self, text: str) -> str:
        """HTML with what was kept aside in its place."""
        level = 1

        def take(match: re.Match[str]) -> str:
            nonlocal level
            if match[1]:
                level = int(match[1])
                return match[0]
            return self.kept[int(match[2])](min(level + 1, 6))

        return _PLACE.sub(take, text)

    def card(self, tokens: _Tokens, index: int) -> Ref | None:
        """The entity whose card a paragraph asks for."""
        asks = tokens[index].type == "paragraph_open" and not tokens[index].level
        link = only_link(tokens, index) if asks else None
        return None if link is None else self.host.entity(str(link.attrs["href"]))

    def note(self, level: int, slug: str, name: str) -> None:
        """Put a heading below the last one of a higher rank."""
        below = self.headings
        while below and below[-1]["level"] < level:
            below = below[-1]["children"]
        name = html.escape(name, quote=False)
        below.append({"level": level, "id": slug, "name": name, "children": []})


class _Renderer(RendererHTML):
    """HTML of tokens, where ours differs from markdown-it's; `env` has the page."""

    def link_open(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A link to a page, to an entity, or out of the site."""
        host: Host = env["page"].host
        href = target = str(tokens[idx].attrs["href"])
        shown = "external" if target.startswith(("http:", "https:")) else ""
        if not _SCHEME.match(target) and not target.startswith("#"):
            href = host.href(target)
            shown = "mention" if host.entity(target) else ""
        link = Token("link_open", "a", 1, {"class": shown} if shown else {})
        link.attrs |= tokens[idx].attrs | {"href": href}
        if shown == "external":
            link.attrs["rel"] = "external noopener noreferrer"
        return self.renderToken([link], 0, options, env)

    def paragraph_open(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A paragraph; one that is a link shows the way."""
        if only_link(tokens, idx) and not tokens[idx].hidden:
            return '<p class="more">'
        return self.renderToken(tokens, idx, options, env)

    def heading_open(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A heading with its id, noted for the table of contents."""
        page: _Page = env["page"]
        token, text = tokens[idx], plain_text([tokens[idx + 1]])
        slug = page.slugs.of(text)
        page.note(int(token.tag[1]), slug, text)
        begins = _BREAK if token.tag == "h2" and not token.level else ""
        return f'{begins}<{token.tag} id="{escapeHtml(slug)}">'

    def citation(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The numbers of sources."""
        page: _Page = env["page"]
        cited = list(split_citation(tokens[idx].content))
        return page.keep(lambda level: "".join(page.host.cite(*pair) for pair in cited))

    def fence(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """What a block draws, or code."""
        page: _Page = env["page"]
        fence, code = fenced(tokens[idx], START), self.code_block(tokens, idx, options, env).strip()

        def make(level: int) -> str:
            made = page.host.fence(fence, level)
            return code if made is None else made

        return page.keep(make) + "\n"

    def remark(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """What is told of the words before it."""
        page: _Page = env["page"]
        told: Callable[[], str] = tokens[idx].meta["told"]
        return page.keep(lambda level: told())

    def cards(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Cards of one kind."""
        page: _Page = env["page"]
        refs: list[Ref] = tokens[idx].meta["refs"]
        return page.keep(lambda level: page.host.cards(refs, level)) + "\n"

    def text_special(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A character that was written otherwise; what checks refuse is shown as it is."""
        return escapeHtml(tokens[idx].content)

    html_inline = image = text_special

    def html_block(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Raw HTML, which checks refuse, as it is written."""
        return f"<p>{escapeHtml(tokens[idx].content.strip())}</p>\n"

    def definition(self, tokens: _Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The address of a link shows nothing."""
        return ""


def _carded(tokens: _Tokens, page: _Page) -> Iterator[Token]:
    """The tokens with links that stand alone, one after another, made cards of a kind."""
    index, refs = 0, list[Ref]()
    while index < len(tokens):
        ref = page.card(tokens, index)
        if refs and (ref is None or ref.kind != refs[0].kind):
            yield Token("cards", "", 0, meta={"refs": refs})
            refs = []
        if ref is None:
            yield tokens[index]
            index += 1
        else:
            refs.append(ref)
            index += 3  # a paragraph: it opens, has its words, and closes
    if refs:
        yield Token("cards", "", 0, meta={"refs": refs})


def _remarked(parsed: Parsed, host: Host) -> Iterator[Token]:
    """The tokens of a text, with what is told of quoted words right behind them."""
    remarks = host.remarks(parsed.text)
    for token in parsed.tokens:
        told = remarks.get(place(token, 0)) if remarks and token.type == "inline" else None
        yield replace(token, children=[*_behind(token.children or [], told)]) if told else token


def _behind(children: Sequence[Token], told: Mapping[int, Callable[[], str]]) -> Iterator[Token]:
    """The tokens of a paragraph with each remark behind so many visible characters.

    Citations and the words of bare addresses are not counted.
    """
    seen, bare = 0, False
    for child in children:
        bare = (child.info == "auto" and child.type == "link_open") or (bare and child.nesting >= 0)
        if bare or child.type not in ("text", "text_special", "code_inline"):
            yield child
            continue
        begin = 0
        for at, char in enumerate(child.content, 1):
            seen += not char.isspace()
            if seen in told and not char.isspace():
                yield replace(child, content=child.content[begin:at])
                yield Token("remark", "", 0, meta={"told": told[seen]})
                begin = at
        if child.content[begin:]:
            yield replace(child, content=child.content[begin:])


class Rendered(Struct, frozen=True):
    """HTML of a text in sections (the first before any second-level heading), its headings."""

    sections: list[str]
    headings: list[dict[str, object]]

    @property
    def html(self) -> str:
        """All sections."""
        return "".join(self.sections)


class Engine:
    """Renders Markdown."""

    def __init__(self) -> None:
        self._renderer = _Renderer()
        self._options = MarkdownIt("js-default").options

    def render(self, text: str, host: Host) -> Rendered:
        """Render a text for a page."""
        page = _Page(host)
        made = self._made(_carded([*_remarked(parse(text), host)], page), page)
        return Rendered(made.split(_BREAK), page.headings)

    def inline(self, text: str, host: Host) -> str:
        """Render prose of front matter: one paragraph, without the paragraph's own tags."""
        return self._made(_remarked(parse(text, line=True), host), _Page(host))

    def _made(self, tokens: Iterable[Token], page: _Page) -> str:
        """Cards are made only after the Markdown is done, so that they may hold Markdown too."""
        made = self._renderer.render(list(tokens), self._options, {"page": page})
        return page.fill(sanitise(made.strip()))


def sanitise(text: str) -> str:
    """HTML reduced to what Markdown can make."""
    return nh3.clean(
        text,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
