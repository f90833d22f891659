"""Reads Markdown for what the checks need: links, citations, fences, paragraphs, with positions.

Python-Markdown renders the text later and keeps no positions. This reader finds the same
constructs by line and column. It errs on the side of finding too much: whatever looks like
raw HTML is refused here, and the renderer would show it as plain text anyway.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from summitry.content.front_matter import Places, hidden_characters
from summitry.content.paragraphs import Block, Kind, blocks
from summitry.content.problems import Mark, Problem

MAX_BRACKETS = 20  # nested; Python-Markdown's time grows with the square of them
MAX_LABEL = 200  # characters of a link's words, where its address is defined elsewhere
HIDDEN = "\u2060"  # stands for what readers do not see; texts are compared without it

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)$")
_INK = re.compile(r"[^\n]")
_WORD = re.compile(r"\w")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+|mailto:[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+)>")
_HTML = re.compile(r"<(?=[A-Za-z/!?])(/?\w*)")
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)
_TITLE = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?"
_TARGET = re.compile(
    r"\(\s*(?:<([^<>\n]*)>|([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*))" + _TITLE + r"\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]@][^\]]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]|$)", re.MULTILINE)
_CITATION = re.compile(r"\[(@[^\[\]]+)\](?!\()")
_CITED = re.compile(r"^@([A-Za-z0-9_-]+)(?:,\s*(.+))?$")
_LABEL = re.compile(r" ?\[([^\[\]\n]{0,200})\]")
_OUTWARD = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What opens a quotation or a list within a list; each level costs the renderer its stack.
_MARKERS = re.compile(r"^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t]))+")
_MARKER = re.compile(r">|[-*+]|\d+")
MAX_MARKERS = 8
MAX_INDENT = 40  # columns


@dataclass(frozen=True, slots=True)
class Link:
    """A link in prose: where it leads, its words, and whether it stands alone (a card)."""

    target: str
    words: str
    mark: Mark
    alone: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of a citation `[@id, para. 5]`: its id, and where in it, if said."""

    source: str
    locator: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its first word, its lines, and the place of its first line."""

    name: str
    content: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item, table row or heading: its text, and what it links and cites.

    `text` begins at `mark` and has every character in its place: code is blanked out, and
    addresses and citations are `HIDDEN`. Items and rows are paragraphs of their own, because
    a citation below a list or a table does not say which of them it supports. `stated` is
    whether words stand outside the links to this site: without any it is a card, or shows the
    way to a page, and states nothing.
    """

    text: str
    mark: Mark
    kind: Kind
    links: tuple[Link, ...]
    citations: tuple[Cited, ...]
    stated: bool


@dataclass(slots=True)
class Prose:
    """What a text holds that checks look at."""

    links: list[Link] = field(default_factory=list)
    citations: list[Cited] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def split_citation(inside: str) -> Iterator[tuple[str, str]]:
    """Read `@a; @b, para. 5` as pairs of source id and locator; an id may be malformed."""
    for item in inside.split(";"):
        match = _CITED.match(item.strip())
        yield (match[1], match[2] or "") if match else (item.strip().lstrip("@"), "")


class _Found(NamedTuple):
    """A link as it stands in a text; `labelled` where its address is defined elsewhere."""

    start: int
    end: int
    words: str
    target: str
    labelled: bool


_Links = list[tuple[_Found, Link]]
_Citations = list[tuple[int, int, list[Cited]]]


def scan(path: str, text: str, first_line: int = 1) -> Prose:
    """Find the links, citations, fences and paragraphs of a text, and what it must not hold."""
    prose, places = Prose(), Places(text, first_line)
    unfenced = _mask_fences(path, text, first_line, prose)
    shape = blocks(unfenced)
    masked = _mask_code(unfenced, shape)
    _find_html(path, masked, places, prose)
    _find_nesting(path, masked, places, prose)
    definitions = list(_DEFINITION.finditer(masked))
    links: _Links = []
    for found in _inline_links(masked, {_key(m[1]): m[2] for m in reversed(definitions)}):
        start, mark = found.start, places.mark(found.start)
        if masked[start - 1 : start] == "!" and not found.labelled:
            message = "a picture stands here by its address; pictures are entities"
            hint = "add content/images/…, and link to it"
            prose.problems.append(Problem(path, places.mark(start - 1), "bad-link", message, hint))
            continue
        alone = not found.labelled and _alone(masked, start, found.end)
        links.append((found, Link(found.target, found.words, mark, alone)))
    prose.links += [link for found, link in links if not found.labelled]
    for match in definitions:
        prose.links.append(Link(match[2], match[1], places.mark(match.start()), alone=False))
    citations: _Citations = []
    for match in _CITATION.finditer(masked):
        mark = places.mark(match.start())
        cited = [Cited(*pair, mark) for pair in split_citation(match[1])]
        citations.append((match.start(), match.end(), cited))
        prose.citations += cited
    prose.paragraphs += _paragraphs(masked, shape, places, sorted(links), citations)
    return prose


def _paragraphs(
    masked: str, shape: list[Block], places: Places, links: _Links, citations: _Citations
) -> Iterator[Paragraph]:
    """The paragraphs of a text; links and citations come in the order of their places."""
    cites = [(start, end) for start, end, _ in citations]
    webs = [match.span() for match in _AUTOLINK.finditer(masked)]
    opened = [(f.start, f.start + 1) for f, _ in links]
    closed = [(f.start + 1 + len(f.words), f.end) for f, _ in links]
    text = _hide(masked, [*cites, *webs, *opened, *closed])
    within = [(f.start, f.end) for f, _ in links if not _OUTWARD.match(f.target)]
    bare = _hide(masked, [*cites, *within])
    for block in shape:
        start, end = block.start, block.end
        ours = slice(bisect_left(opened, (start, 0)), bisect_left(opened, (end, 0)))
        cited = citations[bisect_left(cites, (start, 0)) : bisect_left(cites, (end, 0))]
        yield Paragraph(
            text[start:end],
            places.mark(start),
            block.kind,
            tuple(link for _, link in links[ours]),
            tuple(one for _, _, several in cited for one in several),
            stated=bool(_WORD.search(bare, start, end)),
        )


def _hide(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with some spans hidden; line breaks and every offset stay."""
    parts, done = [], 0
    for start, end in sorted(spans):
        if end > done:
            parts += [text[done:start], _INK.sub(HIDDEN, text[max(start, done) : end])]
            done = end
    return "".join([*parts, text[done:]])


def _inline_links(text: str, defined: dict[str, str]) -> Iterator[_Found]:
    """The links of a text, found in one pass with brackets in their pairs."""
    opened: list[int] = []
    position = 0
    while match := _BRACKET.search(text, position):
        position = match.end()
        if match[0] == "[":
            opened.append(match.start())
        elif match[0][0] == "\n":
            opened.clear()  # a paragraph ends, and with it what a bracket could pair with
        elif match[0] == "]" and opened:
            start = opened.pop()
            if target := _TARGET.match(text, match.end()):
                position = target.end()
                words = text[start + 1 : match.start()]
                inside = target[1] if target[1] is not None else target[2]
                yield _Found(start, target.end(), words, inside.strip(), labelled=False)
            elif defined and match.start() - start <= MAX_LABEL:
                words = text[start + 1 : match.start()]
                if (found := _labelled(text, start, words, defined)) is not None:
                    position = found.end
                    yield found


def _labelled(text: str, start: int, words: str, defined: dict[str, str]) -> _Found | None:
    """The link `[words][label]`, `[words][]` or `[words]`, where its address is defined."""
    end = start + len(words) + 2
    given = _LABEL.match(text, end)
    if given and (target := defined.get(_key(given[1] or words))):
        return _Found(start, given.end(), words, target, labelled=True)
    if (target := defined.get(_key(words))) and not text.startswith(":", end):
        return _Found(start, end, words, target, labelled=True)
    return None


def _key(label: str) -> str:
    """A label as labels are compared."""
    return " ".join(label.split()).casefold()


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
    text = re.sub(r"\s*" + _CITATION.pattern, lambda match: cited(match[1]), text)
    parts, done = list[str](), 0
    for link in sorted(_inline_links(text, {}), key=lambda link: link.start):
        if link.start >= done:
            parts += [text[done : link.start], link.words, linked(link.target)]
            done = link.end
    bare = "".join([*parts, text[done:]])
    return html.unescape(re.sub(r"[*`]+|(?<!\w)_|_(?!\w)|\\(?=\W)", "", bare))


def scan_line(path: str, text: str, mark: Mark) -> Prose:
    """The same for prose in front matter, all of whose findings stand at `mark`."""
    inner = scan(path, text)
    prose = Prose()
    prose.links = [Link(link.target, link.words, mark, alone=False) for link in inner.links]
    prose.citations = [Cited(c.source, c.locator, mark) for c in inner.citations]
    for found in inner.paragraphs:
        links = tuple(Link(link.target, link.words, mark, alone=False) for link in found.links)
        citations = tuple(Cited(c.source, c.locator, mark) for c in found.citations)
        paragraph = Paragraph(found.text, mark, found.kind, links, citations, found.stated)
        prose.paragraphs.append(paragraph)
    problems = inner.problems + hidden_characters(path, text)
    prose.problems = [Problem(path, mark, p.code, p.message, p.hint) for p in problems]
    return prose


def _mask_fences(path: str, text: str, first_line: int, prose: Prose) -> str:
    """Blank out fenced blocks, keeping every offset, and note them."""
    kept: list[str] = []
    opened: tuple[str, str, Mark] | None = None
    inside: list[str] = []
    for number, line in enumerate(text.split("\n"), first_line):
        match = _FENCE.match(line)
        if opened is None and match:
            opened = (match[1], match[2].strip(), Mark(number, 1))
            inside = []
        elif opened and match and match[1].startswith(opened[0]) and not match[2]:
            prose.fences.append(Fence(opened[1], "\n".join(inside), opened[2]))
            opened = None
        elif opened:
            inside.append(line)
        else:
            kept.append(line)
            continue
        kept.append(" " * len(line))
    if opened:
        message = f"the fenced block that begins here with {opened[0]} is never closed"
        hint = f"close it with a line {opened[0]}"
        prose.problems.append(Problem(path, opened[2], "unclosed-fence", message, hint))
    return "\n".join(kept)


def _mask_code(text: str, shape: list[Block]) -> str:
    """Blank out the code of each paragraph, which never reaches into the next."""
    if "`" not in text:
        return text
    parts, done = [], 0
    for block in shape:
        parts += [text[done : block.start], _without_code(text[block.start : block.end])]
        done = block.end
    return "".join([*parts, text[done:]])


def _without_code(text: str) -> str:
    """Blank out code between equal runs of backticks, in one pass."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    parts, done, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        if not same:
            index += 1
            continue
        closing = same[-1]
        parts += [text[done:start], _blanks(text[start : runs[closing][1]])]
        done, index = runs[closing][1], closing + 1
    return "".join([*parts, text[done:]])


def _blanks(text: str) -> str:
    """As many blanks, with the line breaks kept, so that every offset stays."""
    return _INK.sub(" ", text)


def _find_html(path: str, text: str, places: Places, prose: Prose) -> None:
    opened: set[str] = set()
    for match in _HTML.finditer(_AUTOLINK.sub(lambda m: _blanks(m[0]), text)):
        name = match[1]
        if name.removeprefix("/") in opened and name.startswith("/"):
            continue  # the end of what was named already
        opened.add(name)
        mark = places.mark(match.start())
        tag = text[match.start() : match.start() + 24].split("\n")[0]
        tag = tag[: tag.index(">") + 1] if ">" in tag else tag + "…"
        message = f"raw HTML is not used here: {tag}"
        hint = "write Markdown; for a card put a link alone in its paragraph; for < write &lt;"
        prose.problems.append(Problem(path, mark, "raw-html", message, hint))


def _find_nesting(path: str, text: str, places: Places, prose: Prose) -> None:
    """Refuse what would cost the renderer time or stack beyond measure; one problem a text."""

    def refuse(offset: int, message: str) -> None:
        prose.problems.append(Problem(path, places.mark(offset), "deep-nesting", message))

    offset = depth = 0
    for line in text.split("\n"):
        depth = depth if line.strip() else 0  # a paragraph ends, and with it what could match
        for match in re.finditer(r"[][]", line):
            depth = depth + 1 if match[0] == "[" else max(0, depth - 1)
            if depth > MAX_BRACKETS:
                message = f"more than {MAX_BRACKETS} brackets within one another"
                return refuse(offset + match.start(), message)
        markers = _MARKERS.match(line)
        if markers and len(_MARKER.findall(markers[0])) > MAX_MARKERS:
            message = f"more than {MAX_MARKERS} quotations or lists within one another"
            return refuse(offset, message)
        if len(line) - len(line.lstrip()) > MAX_INDENT and line.strip():
            return refuse(offset, f"a line is indented by more than {MAX_INDENT} columns")
        offset += len(line) + 1
    return None


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a link is all that its paragraph holds."""
    before = text.rfind("\n\n", 0, start)
    after = text.find("\n\n", end)
    rest = text[before + 1 : start] + text[end : after if after >= 0 else len(text)]
    return not rest.strip()
