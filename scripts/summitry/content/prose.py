"""What the checks look at in Markdown: links, citations, fences, paragraphs, with their places.

All of it is read off the parser's tokens, so what is checked is what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from markdown_it.token import Token
from msgspec import Struct

from summitry.content.front_matter import Places, hidden_characters
from summitry.content.markdown import Parsed, only_link, parse, place
from summitry.content.problems import Mark, Problem

Kind = Literal["text", "item", "row", "heading"]
Stretch = tuple[int, int]  # the first character of a part, and that behind its last
HIDDEN = "\u2060"  # stands for what readers do not see; texts are compared without it
STRUCK = "\u2061"  # stands for what is struck through

_INK = re.compile(r"[^\n]")
_SHOWN = re.compile(r"\S")
_WORD = re.compile(r"\w")
_TAG = re.compile(r"<(/?)(\w*)")
_CITED = re.compile(r"^@([A-Za-z0-9_-]+)(?:,\s*(.+))?$")
_LOCATOR = re.compile(r"@[A-Za-z0-9_-]+,\s*([^;]+)")  # the same within a text
_OUTWARD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FOOTNOTE = re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE)


class Link(NamedTuple):
    """A link in prose: where it leads, its words, and whether it stands alone (a card)."""

    target: str
    words: str
    mark: Mark
    alone: bool
    title: str = ""  # what it shows when it is pointed at


class Cited(NamedTuple):
    """One source of a citation `[@id, para. 5]`: its id, and where in it, if said."""

    source: str
    locator: str
    mark: Mark


class Fence(Struct, frozen=True):
    """A fenced block: its first word, its lines, and the place of its first line."""

    name: str
    content: str
    mark: Mark
    quoted: bool = False  # whether it stands in a block quotation


class Paragraph(Struct, frozen=True):
    """A paragraph, list item, table row or heading: its text, and what it links and cites.

    `written` begins at `mark`. `text` is the same as readers see it, with every character in
    its place: code is blanked out, and addresses, citations and signs of Markdown are `HIDDEN`.
    Items and rows are paragraphs of their own, because a citation below a list or a table does
    not say which of them it supports. `stated` is whether words stand outside the links to
    this site: without any it is a card, or shows the way to a page, and states nothing.

    `full` is `text` with code and what citations say of places in it, and `STRUCK` for what is
    struck through; `code` and `places` are where these two stand in it, and `lines` where a line
    begins that readers see as one. `start` is the offset in the text of the file.
    """

    text: str
    mark: Mark
    kind: Kind
    links: tuple[Link, ...]
    citations: tuple[Cited, ...]
    stated: bool
    written: str = ""
    full: str = ""
    start: int = 0
    code: tuple[Stretch, ...] = ()
    places: tuple[Stretch, ...] = ()
    lines: tuple[int, ...] = (0,)
    within: int = 0  # the number of its block quotation, from 1


class Prose(Struct):
    """What a text holds that checks look at; `heading` is the first one of the first level."""

    links: list[Link] = []
    citations: list[Cited] = []
    fences: list[Fence] = []
    paragraphs: list[Paragraph] = []
    problems: list[Problem] = []
    heading: str = ""


def fenced(token: Token, mark: Mark, quoted: bool = False) -> Fence:
    """The fenced block that a token is."""
    return Fence(token.info.strip(), token.content.removesuffix("\n"), mark, quoted)


def split_citation(inside: str) -> Iterator[tuple[str, str]]:
    """Read `@a; @b, para. 5` as pairs of source id and locator; an id may be malformed."""
    for item in inside.split(";"):
        match = _CITED.match(item.strip())
        yield (match[1], match[2] or "") if match else (item.strip().lstrip("@"), "")


def scan(path: str, text: str, first_line: int = 1) -> Prose:
    """Find the links, citations, fences and paragraphs of a text, and what it must not hold."""
    parsed = parse(text)
    return _Walk(path, parsed, Places(parsed.text, first_line).mark).read()


def scan_line(path: str, text: str, mark: Mark) -> Prose:
    """The same for prose in front matter, all of whose findings stand at `mark`."""
    prose = _Walk(path, parse(text, line=True), lambda offset: mark).read()
    hidden = hidden_characters(path, text)
    prose.problems += [Problem(path, mark, p.code, p.message, p.hint) for p in hidden]
    return prose


def _nothing(told: str) -> str:
    del told
    return ""


def plain(
    text: str, cited: Callable[[str], str] = _nothing, linked: Callable[[str], str] = _nothing
) -> str:
    """One paragraph of inline Markdown as plain text: without citations, links and emphasis.

    `cited` and `linked` say what stands in their place: for the inside of a citation, and
    behind the words of a link, for its target.
    """
    return plain_text(parse(text, line=True).tokens, cited, linked)


def plain_text(
    tokens: Sequence[Token],
    cited: Callable[[str], str] = _nothing,
    linked: Callable[[str], str] = _nothing,
) -> str:
    """The same of tokens."""
    told, target = "", ""
    for token in (child for parent in tokens for child in parent.children or []):
        if token.type == "citation":
            told = told.rstrip() + cited(token.content)
        elif token.type == "link_open":
            target = str(token.attrs["href"])
        elif token.type == "link_close":
            told += linked(target)
        else:
            told += "\n" if token.tag == "br" else token.content
    return told


class _Walk:
    """Walks the tokens of a text once and keeps what it finds."""

    def __init__(self, path: str, parsed: Parsed, mark: Callable[[int], Mark]) -> None:
        self.path, self.text, self.tokens = path, parsed.text, parsed.tokens
        self.mark = mark
        self.prose = Prose()
        self.named: set[str] = set()  # the tags of raw HTML
        self.within, self.quotations = list[int](), 0  # block quotations: open ones, all
        for offset, code, message in parsed.refused:
            self.refuse(offset, code, message)

    def refuse(self, offset: int, code: str, message: str, hint: str = "") -> None:
        self.prose.problems.append(Problem(self.path, self.mark(offset), code, message, hint))

    def read(self) -> Prose:
        """Everything that the text holds."""
        row, cells = (0, 0), list[Token]()
        for i, token in enumerate(self.tokens):
            opened = self.tokens[i - 1] if i else token
            if token.type == "blockquote_open":
                self.quotations += 1
                self.within.append(self.quotations)
            elif token.type == "blockquote_close":
                self.within.pop()
            elif token.type == "tr_open":
                row, cells = token.meta["span"], []
            elif token.type == "tr_close":
                self._paragraph("heading" if opened.tag == "th" else "row", row, cells)
            elif token.type == "inline" and opened.tag in ("th", "td"):
                cells.append(token)
            elif token.type == "inline":
                first = i > 1 and self.tokens[i - 2].type == "list_item_open"
                kind: Kind = "heading" if opened.type == "heading_open" else "text"
                card = only_link(self.tokens, i - 1) if i and not opened.level else None
                span = token.meta.get("span", (0, len(self.text)))
                self._paragraph("item" if first and kind == "text" else kind, span, [token], card)
                if opened.tag == "h1" and not self.prose.heading:
                    self.prose.heading = token.content
            elif not token.nesting:
                self._block(token)
        return self.prose

    def _block(self, token: Token) -> None:
        """A block that is no paragraph."""
        if not token.map or "span" not in token.meta:
            return  # a rule
        start, mark = token.meta["span"][0], self.mark(token.meta["span"][0])
        if token.type == "fence":
            self.prose.fences.append(fenced(token, mark, bool(self.within)))
            lines = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
            if token.map[1] - token.map[0] < lines + 2:
                message = f"the fenced block that begins here with {token.markup} is never closed"
                self.refuse(
                    start, "unclosed-fence", message, f"close it with a line {token.markup}"
                )
        elif token.type == "html_block":
            self.html(start)
        elif token.type == "code_block":
            message = "four blanks before a line make it code"
            hint = "remove them, or put the code between lines of ```"
            self.refuse(start, "indented-code", message, hint)
        elif token.type == "definition" and token.meta["label"].startswith("^"):
            self._footnote(start)
        elif token.type == "definition":
            link = Link(token.meta["url"], token.meta["label"], mark, alone=False)
            self.prose.links.append(link)

    def _footnote(self, offset: int) -> None:
        hint = "cite with [@source-id], or say it in the text"
        self.refuse(offset, "footnote", "footnotes are not used here", hint)

    def html(self, offset: int) -> None:
        match = _TAG.match(self.text, offset)
        if match and match[1] and match[2] in self.named:
            return  # the end of what was named already
        self.named.add(match[2] if match else "")
        tag = self.text[offset : offset + 24].split("\n")[0]
        tag = tag[: tag.index(">") + 1] if ">" in tag else tag + "…"
        hint = "write Markdown; for a card put a link alone in its paragraph; for < write &lt;"
        self.refuse(offset, "raw-html", f"raw HTML is not used here: {tag}", hint)

    def _paragraph(
        self, kind: Kind, span: tuple[int, int], inlines: list[Token], card: Token | None = None
    ) -> None:
        start = span[0]
        written = self.text[start : span[1]].rstrip()
        inline = _Inline(self, card)
        for token in inlines:
            for match in _FOOTNOTE.finditer(token.content):
                self._footnote(place(token, match.start()))
            for child in token.children or []:
                inline.take(child)
        end = start + len(written)
        text = self._with(inline.shown + inline.unseen, start, end)
        full = self._with(inline.shown + inline.seen, start, end)
        for low, high in ((low - start, high - start) for low, high in inline.struck):
            full = full[:low] + _SHOWN.sub(STRUCK, full[low:high]) + full[high:]
        begins = [place(token, 0) - start for token in inlines]
        self.prose.paragraphs.append(
            Paragraph(
                text=text,
                mark=self.mark(start),
                kind=kind,
                links=tuple(inline.links),
                citations=tuple(inline.citations),
                stated=inline.stated,
                written=written,
                full=text if full == text else full,  # mostly the same, and held once
                start=start,
                code=tuple((low - start, high - start) for low, high in inline.code),
                places=tuple((low - start, high - start) for low, high in inline.places),
                lines=(*begins, *(at - start for at in inline.breaks)),
                within=self.within[0] if self.within else 0,
            )
        )

    def _with(self, shown: list[tuple[int, int, str]], start: int, end: int) -> str:
        """A part of the text with what is shown of it in its place."""
        text, done = list[str](), start
        for at, behind, instead in sorted(shown):
            text += [self.text[done:at], instead]
            done = behind
        return "".join([*text, self.text[done:end]])


class _Inline:
    """What stands in a paragraph: its links and citations, and the places of what is not shown."""

    def __init__(self, reader: _Walk, card: Token | None) -> None:
        self.reader, self.card = reader, card
        self.links: list[Link] = []
        self.citations: list[Cited] = []
        self.shown: list[tuple[int, int, str]] = []  # what stands for a part of the text
        self.unseen: list[tuple[int, int, str]] = []  # the same where code and places are not seen
        self.seen: list[tuple[int, int, str]] = []  # and where they are
        self.code: list[Stretch] = []
        self.places: list[Stretch] = []
        self.struck: list[Stretch] = []
        self.breaks: list[int] = []
        self.strikes: list[int] = []  # where what is struck through begins
        self.stated = False
        self.opened: Token | None = None  # the link that is open

    def take(self, token: Token) -> None:
        """The next token."""
        at, end = token.meta.get("at", 0), token.meta.get("end", 0)
        if token.type in ("text", "text_special"):
            inward = self.opened and not _OUTWARD.match(str(self.opened.attrs["href"]))
            self.stated |= not inward and bool(_WORD.search(token.content))
            if token.type == "text_special":
                written = token.content.rjust if token.info == "escape" else token.content.ljust
                self.shown.append((at, end, written(end - at, HIDDEN)))
        elif token.type == "code_inline":
            self._code(at, end, len(token.markup))
        elif token.type == "link_open":
            self.opened = token
        elif token.type == "link_close" and self.opened:
            self._link(self.opened, token)
        elif token.type == "citation":
            self._cite(at, end, token.content)
        elif token.type == "image":
            self._show(at, end)
            message = "a picture stands here by its address; pictures are entities"
            self.reader.refuse(at, "bad-link", message, "add content/images/…, and link to it")
        elif token.type == "html_inline":
            self._show(at, end)
            self.reader.html(at)
        elif token.type == "hardbreak":
            self._show(at, at + 1)
            self.breaks.append(end)
        elif token.type.startswith(("em_", "strong_", "s_")):
            width = len(token.markup)
            self._show(*((end - width, end) if token.nesting > 0 else (at, at + width)))
            if token.type == "s_open":
                self.strikes.append(end)
            elif token.type == "s_close" and self.strikes:
                begin = self.strikes.pop()
                if not self.strikes:
                    self.struck.append((begin, at))

    def _code(self, start: int, end: int, width: int) -> None:
        """Code, which most checks do not look at."""
        text = self.reader.text
        self.unseen.append((start, end, _INK.sub(" ", text[start:end])))
        for low, high in ((start, start + width), (end - width, end)):
            self.seen.append((low, high, _INK.sub(HIDDEN, text[low:high])))
        self.code.append((start + width, end - width))

    def _show(self, start: int, end: int, char: str = HIDDEN) -> None:
        """Put a character for each of a part of the text, but for the ends of lines."""
        self.shown.append((start, end, _INK.sub(char, self.reader.text[start:end])))

    def _link(self, opened: Token, closed: Token) -> None:
        prose, text = self.reader.prose, self.reader.text
        start, target = opened.meta["at"], str(opened.attrs["href"])
        words = text[start + 1 : closed.meta["at"]]
        labelled, bare = "label" in opened.meta, opened.info == "auto"
        alone = opened is self.card and not labelled
        if bare:
            words = text[start : closed.meta["end"]].strip("<>")
            self._show(start, closed.meta["end"])
        else:
            self._show(start, start + 1)
            self._show(closed.meta["at"], closed.meta["end"])
        title = str(opened.attrs.get("title", ""))
        link = Link(target, words, self.reader.mark(start), alone and not bare, title)
        self.links.append(link)
        if not labelled:
            prose.links.append(link)  # else it counts where its address stands
        self.opened = None

    def _cite(self, at: int, end: int, inside: str) -> None:
        mark, text = self.reader.mark(at), self.reader.text
        self.unseen.append((at, end, _INK.sub(HIDDEN, text[at:end])))
        done = at
        for match in _LOCATOR.finditer(text, at, end - 1):
            self.seen.append((done, match.start(1), _INK.sub(HIDDEN, text[done : match.start(1)])))
            self.places.append(match.span(1))
            done = match.end(1)
        self.seen.append((done, end, _INK.sub(HIDDEN, text[done:end])))
        cited = [Cited(*pair, mark) for pair in split_citation(inside)]
        self.citations += cited
        self.reader.prose.citations += cited
        if self.opened:
            message, hint = "a citation stands in the words of a link", "put it behind the link"
            self.reader.refuse(at, "bad-link", message, hint)
