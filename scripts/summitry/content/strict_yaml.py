"""YAML as contributors may write it: plain mappings, lists and *strings*, each with its place.

A scalar's meaning belongs to the schema, not to YAML: `no` is not False and `1:30` not 90.
What YAML 1.1 allows and a contributor never needs is refused: anchors, aliases, tags, merge
keys, duplicate keys; and so is every word of which YAML would make something else than what
stands there. Nesting is bounded before the parser sees a byte.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

import yaml
from msgspec import Struct

from summitry.content import scalars, yaml_errors
from summitry.content.as_written import misread
from summitry.content.problems import START, Mark, Problem
from summitry.proof import characters

Loc = tuple[str | int, ...]
T = TypeVar("T")
Data = str | None | list["Data"] | dict[str, "Data"]
Complaint = tuple[Mark, str, str, str]  # where, code, message, hint

MAX_FRONT_MATTER = 64_000  # characters
MAX_DEPTH = 32
MAX_BRACKETS = 2_000  # in all: closing ones may stand in comments and deceive a count of depth

_LOADER = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")


class Positions(Struct):
    """Where each key and each value stands, by its location such as `("positions", 0)`.

    `lines` has what was written where YAML reads a list or mapping within one line, which may
    be meant as words.
    """

    keys: dict[Loc, Mark] = {}
    values: dict[Loc, Mark] = {}
    lines: dict[Loc, str] = {}

    def value(self, loc: Loc) -> Mark:
        """The place of the value at `loc`, or of the nearest thing around it."""
        return self._nearest(self.values, loc)

    def key(self, loc: Loc) -> Mark:
        """The place of the key at `loc`; of the value where it is an item of a list."""
        return self.keys.get(loc) or self._nearest(self.values, loc)

    def rename(self, old: Loc, new: Loc) -> None:
        """Have what stands at a location, and in it, be found at another one too."""
        _rename(self.keys, old, new)
        _rename(self.values, old, new)
        _rename(self.lines, old, new)

    def _nearest(self, known: Mapping[Loc, Mark], loc: Loc) -> Mark:
        while loc and loc not in known:
            if loc in self.keys:
                return self.keys[loc]
            loc = loc[:-1]
        return known.get(loc, START)


def _rename(known: dict[Loc, T], old: Loc, new: Loc) -> None:
    known |= {(*new, *loc[len(old) :]): one for loc, one in known.items() if loc[: len(old)] == old}


class RefusedError(Exception):
    """The front matter cannot be used; carries the reasons, mostly one."""

    def __init__(self, *reasons: Complaint) -> None:
        super().__init__(*reasons)
        self.reasons = reasons

    def told(self, path: str) -> list[Problem]:
        """The reasons as problems of a file."""
        return told(path, self.reasons)


def refused(code: str, mark: Mark, message: str, hint: str = "") -> RefusedError:
    """The error for one reason."""
    return RefusedError((mark, code, message, hint))


def told(path: str, complaints: Iterable[Complaint]) -> list[Problem]:
    """What is wrong as problems of a file."""
    return [Problem(path, mark, code, said, hint) for mark, code, said, hint in complaints]


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


def load(text: str, first: int, marks: Positions, complaints: list[Complaint]) -> dict[str, Data]:
    """Parse a text whose first line is `first` into mappings, lists and strings.

    Notes places in `marks`, and in `complaints` what leaves the text readable. Raises
    RefusedError with everything that does not.
    """
    _bounds(text, first)
    # What YAML takes for a line break and editors do not is refused elsewhere, by its place.
    text = _OTHER_BREAKS.sub(" ", text)
    events, error = _parse(text, first)
    _refuse_misread(text, first, events, error)
    if error:
        raise error
    builder = _Builder(text, first, marks, complaints)
    data = builder.build(events) if text.strip() else {}
    if not any(characters.findings(text)):  # what stands there unescaped has its exact place
        complaints += [(mark, code, message, "") for mark, code, message in builder.escaped]
    if not isinstance(data, dict):
        raise refused("not-a-mapping", Mark(first, 1), "this is not `key: value`")
    return data


def _parse(text: str, first: int) -> tuple[list[Any], RefusedError | None]:
    """The events of a YAML text, and why it cannot be read beyond them."""
    events: list[Any] = []
    try:
        events.extend(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        return events, _syntax(error, first)
    except yaml.reader.ReaderError as error:
        message = f"YAML does not allow the character U+{error.character:04X} here"
        before = text.encode("utf-8")[: error.position].decode("utf-8", "ignore")
        return events, refused(
            "yaml-syntax", mark_at(text, len(before), first), message, "delete it"
        )
    return events, None


def _refuse_misread(text: str, first: int, events: list[Any], error: RefusedError | None) -> None:
    """Refuse a text of whose words YAML makes something else, with every such place."""
    places = Places(text, first)
    read = {
        (event.start_mark.line, event.start_mark.column): event.value
        for event in events
        if isinstance(event, yaml.ScalarEvent) and event.start_mark
    }
    found = misread(text, read, error is not None)
    if not found:
        return
    reasons = [(places.mark(max(one.at, one.start)), *scalars.told(one)) for one in found]
    _, left = _parse(scalars.mended(text, found), first)
    if left and left.reasons[0][0].line not in {mark.line for mark, *_ in reasons}:
        reasons += left.reasons
    raise RefusedError(*sorted(reasons))


def _bounds(fm: str, first: int) -> None:
    """Refuse what would hurt the parser, and tabs, before it runs."""
    if len(fm) > MAX_FRONT_MATTER:
        message = f"the front matter has {len(fm)} characters, limit {MAX_FRONT_MATTER}"
        raise refused("too-large", START, message)
    depth = total = 0
    for match in re.finditer(r"[][{}]", fm):
        opens = match[0] in "[{"
        depth, total = max(0, depth + (1 if opens else -1)), total + opens
        if depth > MAX_DEPTH or total > MAX_BRACKETS:
            limit = f"{MAX_DEPTH} brackets within one another, or {MAX_BRACKETS} in all"
            raise refused("deep-nesting", mark_at(fm, match.start(), first), f"more than {limit}")
    for number, line in enumerate(fm.split("\n"), first):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            raise refused(
                "yaml-tab",
                Mark(number, indent.index("\t") + 1),
                "a tab stands in the indentation, where YAML allows only spaces",
            )


def _syntax(error: yaml.MarkedYAMLError, first: int) -> RefusedError:
    mark = error.problem_mark or error.context_mark
    place = Mark(mark.line + first, mark.column + 1) if mark else Mark(first, 1)
    return refused(
        "yaml-syntax", place, *yaml_errors.told(error.context or "", error.problem or "")
    )


class _Builder:
    """Builds plain data from YAML events without recursion, noting positions."""

    def __init__(
        self, text: str, first: int, marks: Positions, complaints: list[Complaint]
    ) -> None:
        self.lines = text.split("\n")
        self.first = self.last = first
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
                self.last = event.end_mark.line + self.first if event.end_mark else self.last
                self._scalar(event, mark)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open({}, mark)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open([], mark)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._note_line(self.stack.pop()[0], event)
                self.key.pop()
        return self.root

    def _note_line(self, loc: Loc, end: Any) -> None:
        """Keep what was written, if a list or mapping stands within one line."""
        begun, closed = self.marks.values[loc], end.start_mark.column < end.end_mark.column
        last = end.end_mark.line + self.first if closed else self.last
        if begun.line == last and loc:
            row = self.lines[last - self.first]
            words = row[begun.column - 1 : end.end_mark.column if closed else None]
            self.marks.lines[loc] = words.rstrip()

    def _begin_document(self, mark: Mark) -> None:
        if self.begun:
            message = "a second document begins here; only one can be read"
            raise refused("yaml-feature", mark, message, "remove the three dashes")
        self.begun = True

    def _refuse_features(self, event: Any, mark: Mark) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refused("yaml-feature", mark, "anchors and aliases are not used here")
        if getattr(event, "tag", None) not in (None, "!"):
            raise refused("yaml-feature", mark, f"the tag {event.tag} is not used here")

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
            raise refused("yaml-feature", mark, "the merge key << is not used here")
        if key in holder:
            first = self.marks.keys[(*loc, key)]
            message = f"the key {key} stands twice in this mapping; first on line {first.line}"
            self.complaints.append((mark, "duplicate-key", message, "keep one of the two"))
        else:
            self.marks.keys[(*loc, key)] = mark
        self.key[-1] = key

    def _open(self, container: list[Data] | dict[str, Data], mark: Mark) -> None:
        if self.stack and isinstance(self.stack[-1][1], dict) and self.key[-1] is None:
            message = "a key must be a word, not a list or mapping"
            raise refused("yaml-syntax", mark, message, "write `key: value`")
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
