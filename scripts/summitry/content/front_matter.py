"""Bytes in, a `Document` out: strict front matter, its positions, and the body.

python-frontmatter parts the file and calls our YAML handler. The handler builds plain
mappings, lists and *strings* (a scalar's meaning belongs to the schema, not to YAML: `no`
is not False and `1:30` not 90) and notes where each key and value stands. It refuses what
YAML 1.1 allows and a contributor never needs: anchors, aliases, tags, merge keys,
duplicate keys. Nesting is bounded before the parser sees a byte.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from summitry.content.problems import START, Mark, Problem
from summitry.proof import characters

Loc = tuple[str | int, ...]
Data = str | None | list["Data"] | dict[str, "Data"]
_Complaint = tuple[Mark, str, str, str]  # where, code, message, hint

MAX_FILE = 512_000  # bytes
MAX_FRONT_MATTER = 64_000  # characters
MAX_LINE = 10_000  # characters
MAX_DEPTH = 32
MAX_BRACKETS = 2_000  # in all: closing ones may stand in comments and deceive a count of depth

_LOADER = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_FENCE = re.compile(r"-{3}[ \t]*$")
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(slots=True)
class Marks:
    """Where each key and each value stands, by its location such as `("positions", 0)`."""

    keys: dict[Loc, Mark] = field(default_factory=dict)
    values: dict[Loc, Mark] = field(default_factory=dict)

    def value(self, loc: Loc) -> Mark:
        """The place of the value at `loc`, or of the nearest thing around it."""
        return self._nearest(self.values, loc)

    def key(self, loc: Loc) -> Mark:
        """The place of the key at `loc`; of the value where it is an item of a list."""
        return self.keys.get(loc) or self._nearest(self.values, loc)

    def _nearest(self, known: Mapping[Loc, Mark], loc: Loc) -> Mark:
        while loc and loc not in known:
            if loc in self.keys:
                return self.keys[loc]
            loc = loc[:-1]
        return known.get(loc, START)


@dataclass(frozen=True, slots=True)
class Document:
    """A file with front matter. `body_line` is the line on which `body` begins."""

    path: str
    data: dict[str, Data]
    marks: Marks
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: a document, or none, and every problem met."""

    document: Document | None
    problems: list[Problem]


class _RefusedError(Exception):
    """The front matter cannot be used; carries the one reason."""

    def __init__(self, code: str, mark: Mark, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.mark, self.message, self.hint = code, mark, message, hint


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
                return Reading(Document(path, {}, Marks(), text, 1), problems)
            message = "the file does not begin with front matter"
            raise _RefusedError("no-front-matter", START, message, "make the first line ---")
        data, _ = frontmatter.parse(text, handler=handler)
    except _RefusedError as no:
        problems.append(Problem(path, no.mark, no.code, no.message, no.hint))
        return Reading(None, problems)
    problems += [Problem(path, m, code, msg, hint) for m, code, msg, hint in handler.complaints]
    document = Document(
        path, cast("dict[str, Data]", data), handler.marks, handler.body, handler.body_line
    )
    return Reading(document, problems)


def read_lines(path: str, raw: bytes, limit: int) -> tuple[list[str], list[Problem]]:
    """The lines of a file of at most `limit` bytes that is no Markdown, and what is wrong."""
    try:
        text = _decode(raw, limit)
    except _RefusedError as no:
        return [], [Problem(path, no.mark, no.code, no.message, no.hint)]
    return text.removesuffix("\n").split("\n"), hidden_characters(path, text)


def hidden_characters(path: str, text: str, first_line: int = 1) -> list[Problem]:
    """A problem for each character of `text` that cannot be seen or misleads."""
    found = []
    for offset, code, message in characters.findings(text):
        found.append(Problem(path, mark_at(text, offset, first_line), code, message))
    return found


def mark_at(text: str, offset: int, first_line: int = 1) -> Mark:
    """The line and column of a character offset in `text`."""
    before = text.count("\n", 0, offset)
    return Mark(first_line + before, offset - text.rfind("\n", 0, offset))


class Places:
    """The lines and columns of many offsets in one text."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._first = first_line
        self._breaks = [-1, *(match.start() for match in re.finditer("\n", text))]

    def mark(self, offset: int) -> Mark:
        """The line and column of a character offset."""
        line = bisect_left(self._breaks, offset) - 1
        return Mark(self._first + line, offset - self._breaks[line])


def _decode(raw: bytes, limit: int = MAX_FILE) -> str:
    if len(raw) > limit:
        raise _RefusedError("too-large", START, f"the file has {len(raw)} bytes, limit {limit}")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise _RefusedError("byte-order-mark", START, "the file begins with a byte-order mark")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _one_break(raw[: error.start].decode("utf-8"))
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        raise _RefusedError("not-utf8", mark_at(before, len(before)), message) from None
    text = _one_break(text)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            message = f"the line has {len(line)} characters, limit {MAX_LINE}"
            raise _RefusedError("too-large", Mark(number, 1), message)
    return text


def _one_break(text: str) -> str:
    """Text with every line break as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _StrictYAML(BaseHandler):
    """The handler that python-frontmatter calls; good for one file only."""

    FM_BOUNDARY = re.compile(r"^-{3}\s*$", re.MULTILINE)

    def __init__(self) -> None:
        self.marks = Marks()
        self.body = ""
        self.body_line = 1
        self.complaints: list[_Complaint] = []

    def split(self, text: str) -> tuple[str, str]:
        """Part front matter and body, and keep the body's exact text and place.

        python-frontmatter's own split drops prose before a rule of dashes in the middle
        of a document and strips what shifts line numbers.
        """
        lines = text.split("\n")
        end = next((i for i, line in enumerate(lines[1:], 1) if _FENCE.match(line)), None)
        if end is None:
            message = "the front matter that begins here is never closed"
            raise _RefusedError("unclosed-front-matter", START, message, "close it with a line ---")
        self.body_line = end + 2
        self.body = "\n".join(lines[end + 1 :])
        return "\n".join(lines[1:end]), self.body

    def load(self, fm: str, **_: object) -> dict[str, Data]:
        """Parse the YAML of the front matter into mappings, lists and strings."""
        return _load(fm, 2, self.marks, self.complaints)


def read_block(path: str, text: str, first_line: int) -> Reading:
    """Read the YAML of a fenced block, whose first line is `first_line`, like front matter."""
    marks, complaints = Marks(), list[_Complaint]()
    try:
        data = _load(text, first_line, marks, complaints)
    except _RefusedError as no:
        return Reading(None, [Problem(path, no.mark, no.code, no.message, no.hint)])
    problems = [Problem(path, m, code, msg, hint) for m, code, msg, hint in complaints]
    return Reading(Document(path, data, marks, "", first_line), problems)


def _load(text: str, first: int, marks: Marks, complaints: list[_Complaint]) -> dict[str, Data]:
    _bounds(text, first)
    # What YAML takes for a line break and editors do not is refused elsewhere, by its place.
    text = _OTHER_BREAKS.sub(" ", text)
    try:
        events = list(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, first) from None
    except yaml.reader.ReaderError as error:
        message = "YAML does not allow the character here"
        before = text.encode("utf-8")[: error.position].decode("utf-8", "ignore")
        raise _RefusedError("yaml-syntax", mark_at(text, len(before), first), message) from None
    builder = _Builder(first, marks, complaints)
    data = builder.build(events) if text.strip() else {}
    if not any(characters.findings(text)):  # what stands there unescaped has its exact place
        complaints += [(mark, code, message, "") for mark, code, message in builder.escaped]
    if not isinstance(data, dict):
        raise _RefusedError("not-a-mapping", Mark(first, 1), "this is not `key: value`")
    return data


def _bounds(fm: str, first: int) -> None:
    """Refuse what would hurt the parser, and tabs, before it runs."""
    if len(fm) > MAX_FRONT_MATTER:
        message = f"the front matter has {len(fm)} characters, limit {MAX_FRONT_MATTER}"
        raise _RefusedError("too-large", START, message)
    depth = total = 0
    for match in re.finditer(r"[][{}]", fm):
        opens = match[0] in "[{"
        depth, total = max(0, depth + (1 if opens else -1)), total + opens
        if depth > MAX_DEPTH or total > MAX_BRACKETS:
            limit = f"{MAX_DEPTH} brackets within one another, or {MAX_BRACKETS} in all"
            raise _RefusedError(
                "deep-nesting", mark_at(fm, match.start(), first), f"more than {limit}"
            )
    for number, line in enumerate(fm.split("\n"), first):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            raise _RefusedError(
                "yaml-tab",
                Mark(number, indent.index("\t") + 1),
                "a tab stands in the indentation, where YAML allows only spaces",
            )


def _syntax(error: yaml.MarkedYAMLError, first: int) -> _RefusedError:
    mark = error.problem_mark or error.context_mark
    place = Mark(mark.line + first, mark.column + 1) if mark else Mark(first, 1)
    what = (error.problem or "it cannot be read").replace("could not find expected", "expected")
    context = f" {error.context}" if error.context else ""
    hint = "put quotation marks around a value that holds `: `, `#` or starts with a mark"
    return _RefusedError("yaml-syntax", place, f"YAML:{context} {what}", hint)


class _Builder:
    """Builds plain data from YAML events without recursion, noting positions."""

    def __init__(self, first: int, marks: Marks, complaints: list[_Complaint]) -> None:
        self.first = first
        self.marks = marks
        self.complaints = complaints
        self.escaped: list[tuple[Mark, str, str]] = []
        self.begun = False
        self.root: Data = None
        self.stack: list[tuple[Loc, list[Data] | dict[str, Data]]] = []
        self.key: list[str | None] = []

    def build(self, events: list[Any]) -> Data:
        for event in events:
            mark = Mark(event.start_mark.line + self.first, event.start_mark.column + 1)
            self._refuse_features(event, mark)
            if isinstance(event, yaml.DocumentStartEvent):
                self._begin_document(mark)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, mark)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open({}, mark)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open([], mark)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
                self.key.pop()
        return self.root

    def _begin_document(self, mark: Mark) -> None:
        if self.begun:
            message = "a second document begins here; only one can be read"
            raise _RefusedError("yaml-feature", mark, message, "remove the three dashes")
        self.begun = True

    def _refuse_features(self, event: Any, mark: Mark) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError("yaml-feature", mark, "anchors and aliases are not used here")
        if getattr(event, "tag", None) not in (None, "!"):
            raise _RefusedError("yaml-feature", mark, f"the tag {event.tag} is not used here")

    def _scalar(self, event: Any, mark: Mark) -> None:
        plain = event.style is None or event.style == ""
        value: str | None = None if plain and event.value in ("", "~", "null") else event.value
        if event.style == '"':
            found = characters.findings(event.value)
            self.escaped += [
                (mark, code, f"{message}, written as an escape") for _, code, message in found
            ]
        if self.stack and isinstance(self.stack[-1][1], dict) and self.key[-1] is None:
            self._begin_key(str(event.value), mark)
        else:
            self._place(value, mark)

    def _begin_key(self, key: str, mark: Mark) -> None:
        loc, holder = self.stack[-1]
        if key == "<<":
            raise _RefusedError("yaml-feature", mark, "the merge key << is not used here")
        if key in holder:
            first = self.marks.keys[(*loc, key)]
            message = f"the key {key} stands twice in this mapping; first on line {first.line}"
            self.complaints.append((mark, "duplicate-key", message, "keep one of the two"))
        else:
            self.marks.keys[(*loc, key)] = mark
        self.key[-1] = key

    def _open(self, container: list[Data] | dict[str, Data], mark: Mark) -> None:
        if self.stack and isinstance(self.stack[-1][1], dict) and self.key[-1] is None:
            raise _RefusedError("yaml-syntax", mark, "a key must be a word, not a list or mapping")
        loc = self._place(container, mark)
        self.stack.append((loc, container))
        self.key.append(None)

    def _place(self, value: Data, mark: Mark) -> Loc:
        if not self.stack:
            loc: Loc = ()
            self.root = value
        else:
            base, holder = self.stack[-1]
            if isinstance(holder, dict):
                key = str(self.key[-1])
                self.key[-1] = None
                holder[key] = value
                loc = (*base, key)
            else:
                holder.append(value)
                loc = (*base, len(holder) - 1)
        self.marks.values[loc] = mark
        return loc
