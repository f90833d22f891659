"""Reads Markdown for what the checks need: links, citations and fences, with positions.

Python-Markdown renders the text later and keeps no positions. This reader finds the same
constructs by line and column. It errs on the side of finding too much: whatever looks like
raw HTML is refused here, and the renderer would show it as plain text anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from summitry.frontmatter import Places, hidden_characters
from summitry.problems import Mark, Problem

MAX_BRACKETS = 20  # nested; Python-Markdown's time grows with the square of them

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)$")
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


@dataclass(slots=True)
class Prose:
    """What a text holds that checks look at."""

    links: list[Link] = field(default_factory=list)
    citations: list[Cited] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def split_citation(inside: str) -> Iterator[tuple[str, str]]:
    """Read `@a; @b, para. 5` as pairs of source id and locator; an id may be malformed."""
    for item in inside.split(";"):
        match = _CITED.match(item.strip())
        yield (match[1], match[2] or "") if match else (item.strip().lstrip("@"), "")


def scan(path: str, text: str, first_line: int = 1) -> Prose:
    """Find the links, citations and fences of a Markdown text, and what it must not hold."""
    prose, places = Prose(), Places(text, first_line)
    masked = _mask_code(_mask_fences(path, text, first_line, prose))
    _find_html(path, masked, places, prose)
    _find_nesting(path, masked, places, prose)
    for start, end, words, target in _inline_links(masked):
        mark = places.mark(start)
        if masked[start - 1 : start] == "!":
            message = "a picture stands here by its address; pictures are entities"
            hint = "add content/images/…, and link to it"
            prose.problems.append(Problem(path, places.mark(start - 1), "bad-link", message, hint))
        else:
            prose.links.append(Link(target, words, mark, _alone(masked, start, end)))
    for match in _DEFINITION.finditer(masked):
        prose.links.append(Link(match[2], match[1], places.mark(match.start()), alone=False))
    for match in _CITATION.finditer(masked):
        mark = places.mark(match.start())
        prose.citations += [Cited(*pair, mark) for pair in split_citation(match[1])]
    return prose


def _inline_links(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Links as (start, end, words, target), found in one pass with brackets in their pairs."""
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
                inside = target[1] if target[1] is not None else target[2]
                yield start, target.end(), text[start + 1 : match.start()], inside.strip()


def scan_line(path: str, text: str, mark: Mark) -> Prose:
    """The same for prose in front matter, all of whose findings stand at `mark`."""
    inner = scan(path, text)
    prose = Prose()
    prose.links = [Link(link.target, link.words, mark, alone=False) for link in inner.links]
    prose.citations = [Cited(c.source, c.locator, mark) for c in inner.citations]
    found = inner.problems + hidden_characters(path, text)
    prose.problems = [Problem(path, mark, p.code, p.message, p.hint) for p in found]
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


def _mask_code(text: str) -> str:
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
    return re.sub(r"[^\n]", " ", text)


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
