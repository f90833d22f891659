"""Bytes in, a `Document` out: strict front matter, its positions, and the body.

python-frontmatter parts the file and calls our YAML handler. The handler notes where
each key and value stands; what it refuses is said in `strict_yaml`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import cast

import frontmatter
from frontmatter.default_handlers import BaseHandler
from msgspec import Struct

from summitry.content.problems import START, Mark, Problem
from summitry.content.strict_yaml import (
    Complaint,
    Data,
    Positions,
    RefusedError,
    load,
    mark_at,
    refused,
    told,
)
from summitry.content.strict_yaml import Places as Places
from summitry.proof import characters

MAX_FILE = 512_000  # bytes
MAX_LINE = 10_000  # characters

_FENCE = re.compile(r"-{3}[ \t]*$")
_REFERENCE = re.compile(r"&(?:#\d{1,9}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z]\w{1,32});", re.ASCII)


class Document(Struct, frozen=True):
    """A file with front matter. `body_line` is the line on which `body` begins."""

    path: str
    data: dict[str, Data]
    marks: Positions
    body: str
    body_line: int


class Reading(Struct, frozen=True):
    """What came of reading a file: a document, or none, and every problem met."""

    document: Document | None
    problems: list[Problem]


def read(path: str, raw: bytes, required: bool = True) -> Reading:
    """Read a file's bytes. `path` is what problems call it.

    Where front matter is not `required`, a file without it is all body.

    Returns a document and any problems that leave it readable (a duplicate key, a hidden
    character), or no document and the one problem that makes it unreadable.
    """
    handler = _StrictYAML()
    problems: list[Problem] = []
    try:
        text = _decode(raw)
        problems += hidden_characters(path, text)
        if not _FENCE.match(text.partition("\n")[0]):  # frontmatter.parse would strip first
            if not required:
                return Reading(Document(path, {}, Positions(), text, 1), problems)
            message = "the file does not begin with front matter"
            raise refused("no-front-matter", START, message, "make the first line ---")
        data, _ = frontmatter.parse(text, handler=handler)
    except RefusedError as no:
        return Reading(None, problems + no.told(path))
    problems += told(path, handler.complaints)
    document = Document(
        path, cast("dict[str, Data]", data), handler.marks, handler.body, handler.body_line
    )
    return Reading(document, problems)


def read_lines(path: str, raw: bytes, limit: int) -> tuple[list[str], list[Problem]]:
    """The lines of a file of at most `limit` bytes that is no Markdown, and what is wrong."""
    try:
        text = _decode(raw, limit)
    except RefusedError as no:
        return [], no.told(path)
    return text.removesuffix("\n").split("\n"), hidden_characters(path, text)


def hidden_characters(path: str, text: str, first_line: int = 1) -> list[Problem]:
    """A problem for each character of `text` that cannot be seen or misleads."""
    found = []
    for offset, code, message in [*characters.findings(text), *_references(text)]:
        found.append(Problem(path, mark_at(text, offset, first_line), code, message))
    return found


def _references(text: str) -> Iterator[tuple[int, str, str]]:
    """The same of characters that are written as HTML writes them, such as `&#x202e;`."""
    for match in _REFERENCE.finditer(text):
        char = html.unescape(match[0])
        if any(unicodedata.category(c)[0] in "CM" for c in char) or any(characters.findings(char)):
            named = ", ".join(f"U+{ord(c):04X}" for c in char)
            message = f"{match[0]} stands for {named}, which cannot be seen or is out of place"
            yield match.start(), "hidden-character", message


def _decode(raw: bytes, limit: int = MAX_FILE) -> str:
    if len(raw) > limit:
        raise refused("too-large", START, f"the file has {len(raw)} bytes, limit {limit}")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise refused("byte-order-mark", START, "the file begins with a byte-order mark")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _one_break(raw[: error.start].decode("utf-8"))
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        raise refused("not-utf8", mark_at(before, len(before)), message) from None
    text = _one_break(text)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            message = f"the line has {len(line)} characters, limit {MAX_LINE}"
            raise refused("too-large", Mark(number, 1), message)
    return text


def _one_break(text: str) -> str:
    """Text with every line break as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _StrictYAML(BaseHandler):
    """The handler that python-frontmatter calls; good for one file only."""

    FM_BOUNDARY = re.compile(r"^-{3}\s*$", re.MULTILINE)

    def __init__(self) -> None:
        self.marks = Positions()
        self.body = ""
        self.body_line = 1
        self.complaints: list[Complaint] = []

    def split(self, text: str) -> tuple[str, str]:
        """Part front matter and body, and keep the body's exact text and place.

        python-frontmatter's own split drops prose before a rule of dashes in the middle
        of a document and strips what shifts line numbers.
        """
        lines = text.split("\n")
        end = next((i for i, line in enumerate(lines[1:], 1) if _FENCE.match(line)), None)
        if end is None:
            message = "the front matter that begins here is never closed"
            raise refused("unclosed-front-matter", START, message, "close it with a line ---")
        self.body_line = end + 2
        self.body = "\n".join(lines[end + 1 :])
        return "\n".join(lines[1:end]), self.body

    def load(self, fm: str, **_: object) -> dict[str, Data]:
        """Parse the YAML of the front matter into mappings, lists and strings."""
        return load(fm, 2, self.marks, self.complaints)


def read_block(path: str, text: str, first_line: int) -> Reading:
    """Read the YAML of a fenced block, whose first line is `first_line`, like front matter."""
    marks, complaints = Positions(), list[Complaint]()
    try:
        data = load(text, first_line, marks, complaints)
    except RefusedError as no:
        return Reading(None, no.told(path))
    return Reading(Document(path, data, marks, "", first_line), told(path, complaints))
