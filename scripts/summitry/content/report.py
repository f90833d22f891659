"""Problems as text: for a terminal, for programs, and as annotations on a pull request."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from summitry.content.problems import CATALOGUE, START, Problem

Texts = Callable[[str], bytes | None]
"""Gives the bytes of a file by its path, or None where there is none that can be read."""

MOST = 20
"""Problems of one kind that are told one by one where people read; programs get all."""

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# A line that begins with `::`, or has `##[` anywhere, is a command to GitHub's runner.
_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\[)")


def tolerant() -> None:
    """From now on a letter that the terminal's code does not have is shown by its number.

    Windows gives programs whose output is taken elsewhere a code of 256 letters.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def safe(text: str) -> str:
    """A line with a stranger's text, harmless for a terminal and for a log that obeys commands.

    Controls, line breaks among them, and what begins a command are shown by code point.
    """
    shown = _CONTROL.sub(_by_code, text)
    return _COMMAND.sub(lambda m: m[0][:-1] + _by_code(m[0][-1]), shown)


def _by_code(char: str | re.Match[str]) -> str:
    return f"<U+{ord(char if isinstance(char, str) else char[0]):04X}>"


def few(problems: Sequence[Problem]) -> tuple[list[Problem], list[str]]:
    """The first problems of each kind, and a line on each kind that has more."""
    kept: list[Problem] = []
    counts: Counter[tuple[str, bool]] = Counter()
    for problem in problems:
        kind = problem.code, problem.note
        counts[kind] += 1
        if counts[kind] <= MOST:
            kept.append(problem)
    return kept, [
        f"and {number - MOST} more {'notes' if note else 'problems'} of the kind {code} "
        f"({CATALOGUE[code].title}): summitry check --format json lists all"
        for (code, note), number in counts.items()
        if number > MOST
    ]


def as_text(problems: Sequence[Problem], texts: Texts | None = None, coloured: bool = False) -> str:
    """`path:line:column: what [code]`, the line with a caret, and `  fix: how`; notes are marked.

    Of each kind the first are told, and the others counted. Without `texts` no line is shown, nor
    for what concerns a whole file. Colours are those of a terminal.
    """
    kept, more = few(problems)
    lines = []
    for problem in kept:
        colour = _NOTED if problem.note else _WRONG
        line, column = problem.mark
        place = f"{problem.path}:{line}:{column}: "
        said = f"{'note: ' if problem.note else ''}{problem.message}"
        code = f" [{problem.code}]"
        told = safe(place + said)  # together, as a command begins a line
        shown = excerpt(problem, texts(problem.path)) if texts else ()
        if coloured:
            head = len(safe(place))
            told = _paint(told[:head], _PLACE) + _paint(told[head:], colour)
            code = _paint(code, _FAINT)
            shown = tuple(
                _paint(one, hue) for one, hue in zip(shown, (_FAINT, colour), strict=False)
            )
        lines += [told + code, *shown, safe(f"  fix: {problem.cure}")]
    return "\n".join([*lines, *more])


_PLACE, _WRONG, _NOTED, _FAINT = "1", "31", "36", "2"  # bold, red, cyan, faint
_BEFORE, _WIDEST = 40, 90  # characters shown of a long line: before the place, and in all


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def excerpt(problem: Problem, raw: bytes | None) -> tuple[str, ...]:
    """The line of a problem and below it a caret at its place; nothing of a whole file."""
    line, column = problem.mark
    if raw is None or problem.mark == START:
        return ()
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if line > len(rows) or column > len(rows[line - 1]) + 1:
        return ()
    row, at = rows[line - 1], column - 1
    begin = max(at - _BEFORE, 0) if len(row) > _WIDEST else 0
    end = begin + _WIDEST
    number = f"  {line:>4} "
    left = safe(f"{number}| {'…' * (begin > 0)}{row[begin:at]}")
    right = safe(f"|{row[at:end]}")[1:] + "…" * (end < len(row))
    under = " " * len(number) + "| " + " " * (_width(left) - len(number) - 2) + "^"
    return safe(left + right), under


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def as_json(problems: Sequence[Problem]) -> str:
    """One object a problem, for editors and programs."""
    rows = [
        {
            "path": p.path,
            "line": p.mark.line,
            "column": p.mark.column,
            "code": p.code,
            "severity": "note" if p.note else "error",
            "message": p.message,
            "fix": p.cure,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_annotations(problems: Sequence[Problem]) -> str:
    """GitHub's workflow commands, one line a problem; text of strangers cannot add a command.

    Of each kind the first are told, and the others counted: GitHub shows ten of a step.
    """
    kept, more = few(problems)
    lines = [
        f"::{'notice' if p.note else 'error'} file={_property(p.path)},line={p.mark.line},"
        f"col={p.mark.column}::{_data(f'{p.message} — fix: {p.cure}')}"
        for p in kept
    ]
    return "\n".join([*lines, *(f"::notice::{_data(line)}" for line in more)])


def _data(text: str) -> str:
    """Text as commands carry it; their own code for a line break is kept."""
    whole = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return _CONTROL.sub(_by_code, whole).replace("##[", "#<U+0023>[")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Sequence[Problem], looked_at: str) -> str:
    """The closing line: how many problems and notes, in what."""
    errors = sum(not p.note for p in problems)
    notes = len(problems) - errors
    said = "no problems" if not errors else f"{errors} problem{'s' * (errors != 1)}"
    extra = f", {notes} note{'s' * (notes != 1)}" if notes else ""
    return safe(f"{said}{extra} in {looked_at}")
