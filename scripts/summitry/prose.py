"""Reads Markdown for what the checks need: links, citations and fences, with positions.

Python-Markdown renders the text later and keeps no positions. This reader finds the same
constructs by line and column. It errs on the side of finding too much: whatever looks like
raw HTML is refused here, and the renderer would show it as plain text anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from summitry.frontmatter import hidden_characters, mark_at
from summitry.problems import Mark, Problem

MAX_BRACKETS = 20  # nested; Python-Markdown's time grows with the square of them

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*([^`\n]*)$")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+|mailto:[^\s<>]+|[\w.+-]+@[\w-]+\.[\w.-]+)>")
_HTML = re.compile(r"<(?=[A-Za-z/!?])(/?\w*)")
_LABEL = r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_LINK = re.compile(
    r"(!?)" + _LABEL + r"\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]@][^\]]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]|$)", re.MULTILINE)
_CITATION = re.compile(r"\[(@[^\[\]]+)\](?!\()")
_CITED = re.compile(r"^@([A-Za-z0-9_-]+)(?:,\s*(.+))?$")


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
    prose = Prose()
    masked = _mask_fences(path, text, first_line, prose)
    masked = _blank(_CODE, masked)
    _find_html(path, masked, first_line, prose)
    _find_nesting(path, masked, first_line, prose)
    for match in _LINK.finditer(masked):
        mark = mark_at(masked, match.start(), first_line)
        if match[1]:
            message = "a picture stands here by its address; pictures are entities"
            hint = "add content/images/…, and link to it"
            prose.problems.append(Problem(path, mark, "bad-link", message, hint))
        else:
            prose.links.append(Link(match[3], match[2], mark, _alone(masked, match)))
    for match in _DEFINITION.finditer(masked):
        mark = mark_at(masked, match.start(), first_line)
        prose.links.append(Link(match[2], match[1], mark, alone=False))
    for match in _CITATION.finditer(masked):
        mark = mark_at(masked, match.start(), first_line)
        prose.citations += [Cited(*pair, mark) for pair in split_citation(match[1])]
    return prose


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


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Replace each match by blanks, keeping line breaks and so every offset."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def _find_html(path: str, text: str, first_line: int, prose: Prose) -> None:
    opened: set[str] = set()
    for match in _HTML.finditer(_blank(_AUTOLINK, text)):
        name = match[1]
        if name.removeprefix("/") in opened and name.startswith("/"):
            continue  # the end of what was named already
        opened.add(name)
        mark = mark_at(text, match.start(), first_line)
        tag = text[match.start() : match.start() + 24].split("\n")[0]
        tag = tag[: tag.index(">") + 1] if ">" in tag else tag + "…"
        message = f"raw HTML is not used here: {tag}"
        hint = "write Markdown; for a card put a link alone in its paragraph; for < write &lt;"
        prose.problems.append(Problem(path, mark, "raw-html", message, hint))


def _find_nesting(path: str, text: str, first_line: int, prose: Prose) -> None:
    depth = 0
    for offset, char in enumerate(text):
        if char == "\n" and text[offset + 1 : offset + 2] in ("\n", ""):
            depth = 0  # a paragraph ends, and with it what Markdown would match
        depth += (char == "[") - (char == "]" and depth > 0)
        if depth > MAX_BRACKETS:
            message = f"more than {MAX_BRACKETS} brackets within one another"
            mark = mark_at(text, offset, first_line)
            prose.problems.append(Problem(path, mark, "deep-nesting", message))
            return


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a link is all that its paragraph holds."""
    before = text[: match.start()].rsplit("\n\n", 1)[-1]
    after = text[match.end() :].split("\n\n", 1)[0]
    return not before.strip() and not after.strip()
