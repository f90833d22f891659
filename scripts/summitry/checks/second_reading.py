"""The record of the second reading: which statements somebody read, as they stand now.

Every statement of the site is read a second time by somebody who sees it and its evidence and
nothing else. The record is a CSV file with one row for each reading: the statement's id, the
hash of what was read, the verdict, the day and who read it. A statement whose hash no row has
was never read, or changed since.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from summitry.checks.statements import HASH, Statement, statements
from summitry.content.earlier import Earlier
from summitry.content.front_matter import read_lines
from summitry.content.library import Library
from summitry.content.problems import START, Mark, Problem, nearest, suggestion
from summitry.content.values import Ref

COLUMNS = ("id", "hash", "verdict", "date", "by")
GIVEN = COLUMNS[:3]  # what a reader gives back; the command adds the day and the reader
VERDICTS = {
    "holds": "the evidence bears it out",
    "changed": "it did not hold, or was rewritten, and was read again",
    "doubtful": "it is shown with its doubt",
}
MAX_RECORD = 4_000_000  # bytes
SHOWN = 10  # notes of one kind that are listed; more are counted

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)')
_HASH = re.compile(rf"[0-9a-f]{{{HASH}}}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One reading: of which statement in which state, what came of it, when (a day), by whom."""

    id: str
    hash: str
    verdict: str
    date: str
    by: str
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """What no two rows share, and the order of the file."""
        return self.id, self.hash


class _Cell(NamedTuple):
    text: str
    column: int


class Readings(Struct, frozen=True):
    """The record beside what there is to read.

    `current` has the rows of statements as they stand now. `earlier` has, by id, the days on
    which something was read that has changed since, the latest first. `spare` are the rows
    that fit nothing. `problems` are those of the record's form, and notes.
    """

    path: str
    statements: list[Statement]
    rows: list[Row]
    current: dict[tuple[str, str], Row]
    earlier: dict[str, list[str]]
    spare: list[Row]
    problems: list[Problem]

    @property
    def unread(self) -> list[Statement]:
        """The statements that were never read, or changed since."""
        return [one for one in self.statements if one.key not in self.current]

    @property
    def counted(self) -> tuple[int, int]:
        """How many statements were read as they stand, and how many there are."""
        return len(self.statements) - len(self.unread), len(self.statements)

    @property
    def readers(self) -> Counter[str]:
        """How many statements, as they stand, each reader has read."""
        return Counter(row.by for row in self.current.values())

    def with_rows(self, new: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        """The rows of the record with new readings in it, in order; and those that it drops.

        A new reading takes the place of what was read of the same statement before. Every
        file must have been read, or the rows of one that was not would be taken for spare.
        """
        rows = {row.key: row for row in (*self.rows, *new)}
        _, _, spare = _sorted_out(self.statements, list(rows.values()))
        gone = {row.key for row in spare}
        return [rows[key] for key in sorted(rows.keys() - gone)], spare


def compare(library: Library, path: str, earlier: Earlier | None = None) -> Readings | None:
    """The record at `path` beside the library; None where no record is kept or it is absent."""
    raw = library.tree.texts.get(path)
    if not path or raw is None:
        return None  # where it should be there, reading the tree said so
    rows, problems = read(path, raw)
    problems += _unknown(library, path, rows)
    every = statements(library, earlier)
    current, before, spare = _sorted_out(every, rows)
    spare = [row for row in spare if _is_readable(library, row.id)]
    found = Readings(path, every, rows, current, before, spare, problems)
    if not problems and not library.problems:  # what cannot be read cannot be compared
        found.problems.extend(_notes(found))
    return found


def _sorted_out(
    every: Sequence[Statement], rows: Sequence[Row]
) -> tuple[dict[tuple[str, str], Row], dict[str, list[str]], list[Row]]:
    """Which rows are current, which are of an earlier state, and which fit nothing.

    A row says which page it is of and not which paragraph, so as many rows as paragraphs of
    the page wait to be read are taken for earlier states of these, the latest first.
    """
    keys = {one.key for one in every}
    current = {row.key: row for row in rows if row.key in keys}
    waiting = Counter(one.id for one in every if one.key not in current)
    others = sorted((row for row in rows if row.key not in keys), key=lambda row: row.key)
    earlier: dict[str, list[str]] = {}
    spare: list[Row] = []
    for row in sorted(others, key=lambda row: row.date, reverse=True):
        if waiting[row.id]:
            waiting[row.id] -= 1
            earlier.setdefault(row.id, []).append(row.date)
        else:
            spare.append(row)
    return current, earlier, sorted(spare, key=lambda row: row.key)


def _file(library: Library, name: str) -> str:
    """The file in which the statements of an id stand."""
    inside = name.startswith(f"{library.docs_dir}/")
    return name if inside else f"{library.content_dir}/{name}.md"


def _is_readable(library: Library, name: str) -> bool:
    """Whether the file of an id could be read; if not, it may still state what was read."""
    story = library.stories.get(name.removeprefix(f"{library.docs_dir}/"))
    kind, _, rest = name.partition("/")
    return Ref(kind, rest) in library.items or (story is not None and story.file == name)


def _unknown(library: Library, path: str, rows: list[Row]) -> Iterator[Problem]:
    """A problem for each row whose id is no entity's and no page's."""
    known = [str(ref) for ref in library.items] + [s.file for s in library.stories.values()]
    renamed = {
        f"{item.ref.kind}/{old}": str(item.ref)
        for item in library.items.values()
        for old in item.entity.formerly
    }
    for row in rows:
        if _is_readable(library, row.id) or _file(library, row.id) in library.tree.texts:
            continue
        hint = suggestion(row.id, known, "delete the row")
        if row.id in renamed:
            hint = f"it was renamed to {renamed[row.id]}: write that"
        message = f"{row.id} is not an entity or a page"
        yield Problem(path, Mark(row.line, 1), "review-record", message, hint)


# Notes


def _notes(found: Readings) -> Iterator[Problem]:
    never, before = list[Problem](), list[Problem]()
    for one in found.unread:
        hint = (
            f"read what summitry review {one.id} prints, then summitry review --record FILE "
            f"--by NAME with the line {one.id},{one.hash},VERDICT"
        )
        days = found.earlier.get(one.id)
        if not days:
            message = "nobody has read this a second time"
            never.append(Problem(one.path, one.mark, "unread", message, hint, note=True))
            continue
        message = f"this changed since it was read a second time on {days[0]}"
        if one.id == one.path:  # which of the page's rows was of this cannot be known
            message = f"this is new, or changed since it was read a second time on {days[0]}"
        before.append(Problem(one.path, one.mark, "read-before", message, hint, note=True))
    spare = [
        Problem(
            found.path,
            Mark(row.line, 1),
            "spare-reading",
            f"nothing that {row.id} states now has the hash {row.hash}",
            "the next summitry review --record drops the row",
            note=True,
        )
        for row in found.spare
    ]
    yield from _folded(found.path, sorted(never), "statement", "not read a second time")
    yield from _folded(found.path, sorted(before), "statement", "changed since the second reading")
    yield from _folded(found.path, sorted(spare), "row", "without anything to fit")


def _folded(path: str, notes: list[Problem], thing: str, what: str) -> Iterator[Problem]:
    """The first notes of a kind, and one that says how many more there are."""
    yield from notes[:SHOWN]
    if (more := len(notes) - SHOWN) > 0:
        message = f"{more} more {thing}{'s' * (more != 1)} {what}"
        yield Problem(path, START, notes[0].code, message, "summitry review lists all", note=True)


# The file


def read(path: str, raw: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows of a record, those that are whole, and everything that is wrong with its form."""
    lines, problems = read_lines(path, raw, MAX_RECORD)
    if not lines:
        return [], problems
    heads, wrong = _cells(path, 1, lines[0])
    wrong = wrong or [*_wrong_heads(path, heads)]
    if wrong:
        return [], problems + wrong
    rows, wrong = _rows(path, list(enumerate(lines[1:], 2)), COLUMNS)
    problems += wrong
    for one, following in pairwise(rows):
        if following.key < one.key:
            message = f"{following.id} {following.hash} stands behind {one.id} {one.hash}"
            mark = Mark(following.line, 1)
            hint = "sort the rows by id, then by hash"
            problems.append(Problem(path, mark, "review-record", message, hint))
    return rows, problems


def read_findings(path: str, raw: bytes, day: str, by: str) -> tuple[list[Row], list[Problem]]:
    """The rows `id,hash,verdict` that a reader gives back, with or without their heads."""
    lines, problems = read_lines(path, raw, MAX_RECORD)
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if numbered and numbered[0][1].strip() == ",".join(GIVEN):
        del numbered[0]
    rows, wrong = _rows(path, numbered, GIVEN, (day, by))
    return rows, problems + wrong


def dump(rows: Iterable[Row]) -> bytes:
    """A record as it stands in its file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((row.id, row.hash, row.verdict, row.date, row.by) for row in rows)
    return text.getvalue().encode("utf-8")


def _cells(path: str, number: int, line: str) -> tuple[list[_Cell], list[Problem]]:
    """The values of a line of CSV, each with the column of its first character."""
    found, at = list[_Cell](), 0
    while match := _CELL.match(line, at):
        quoted, bare = match.groups()
        text = quoted.replace('""', '"') if quoted is not None else bare
        found.append(_Cell(text.strip(), at + 1))
        if not match[0].endswith(","):
            return found, []
        at = match.end()
    message = "the quotation marks of the line do not pair from here on"
    hint = "write the values without quotation marks, with commas between them"
    return [], [Problem(path, Mark(number, at + 1), "review-record", message, hint)]


def _wrong_heads(path: str, heads: list[_Cell]) -> Iterator[Problem]:
    """What is wrong with the names of the columns."""
    names = [cell.text for cell in heads]
    if names == list(COLUMNS):
        return
    hint = f"make the first line {','.join(COLUMNS)}"
    strange = [cell for cell in heads if cell.text and cell.text not in COLUMNS]
    for cell in strange:
        near = nearest(cell.text, COLUMNS)
        message = f"“{cell.text}” is not a column" + (f"; did you mean {near}?" if near else "")
        yield Problem(path, Mark(1, cell.column), "review-record", message, hint)
    if not strange:
        message = "the columns are not the five of a record in their order"
        yield Problem(path, START, "review-record", message, hint)


def _rows(
    path: str, lines: list[tuple[int, str]], columns: Sequence[str], added: Sequence[str] = ()
) -> tuple[list[Row], list[Problem]]:
    """The whole rows among numbered lines, and what is wrong with the others."""
    rows: dict[tuple[str, str], Row] = {}
    problems: list[Problem] = []
    for number, line in lines:
        cells, wrong = _cells(path, number, line)
        problems += wrong or (wrong := [*_wrong_values(path, number, cells, columns)])
        if wrong:
            continue
        name, state, verdict, day, by = (*(cell.text for cell in cells), *added)
        row = Row(name, state, verdict, day, by, number)
        if row.key in rows:
            message = f"this was said on line {rows[row.key].line} already"
            hint = "keep one of the two"
            problems.append(Problem(path, Mark(number, 1), "review-record", message, hint))
            continue
        rows[row.key] = row
    return list(rows.values()), problems


def _wrong_values(
    path: str, number: int, cells: list[_Cell], columns: Sequence[str]
) -> Iterator[Problem]:
    hint = f"write {','.join(columns)}"
    if len(cells) != len(columns):
        message = f"the row has {len(cells)} value{'s' * (len(cells) != 1)}, not {len(columns)}"
        yield Problem(path, Mark(number, 1), "review-record", message, hint)
        return
    for name, cell in zip(columns, cells, strict=True):
        if said := _wrong_value(name, cell.text):
            yield Problem(path, Mark(number, cell.column), "review-record", *said)


def _wrong_value(name: str, text: str) -> tuple[str, str] | None:
    """What is wrong with a value, and how to mend it."""
    if name == "id" and not text:
        return "the id is empty", "write kind/id, or the file of a page"
    if name == "hash" and not _HASH.fullmatch(text):
        return f"“{text}” is not a hash of {HASH} digits", "copy it from summitry review"
    if name == "verdict" and text not in VERDICTS:
        choices = f"one of {', '.join(VERDICTS)}"
        return f"“{text}” is not a verdict", suggestion(text, VERDICTS, choices)
    if name == "by" and not text:
        return "nobody is named as the reader", "write who read it"
    if name == "date" and not is_day(text):
        return f"“{text}” is not a day", "write it as 2025-08-15"
    return None


def is_day(text: str) -> bool:
    """Whether a text is a day that there was, as 2025-08-15."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DAY.fullmatch(text))
