"""Problems as text: for a terminal, for programs, and as annotations on a pull request."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

from summitry.content.problems import CATALOGUE, Problem

MOST = 20
"""Problems of one kind that are told one by one where people read; programs get all."""

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# A line that begins with `::`, or has `##[` anywhere, is a command to GitHub's runner.
_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\[)")


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


def as_text(problems: Sequence[Problem]) -> str:
    """`path:line:column: what` and, below it, `  fix: how`; notes are marked.

    Of each kind the first are told, and the others counted.
    """
    kept, more = few(problems)
    lines = []
    for problem in kept:
        note = "note: " if problem.note else ""
        line, column = problem.mark
        lines.append(safe(f"{problem.path}:{line}:{column}: {note}{problem.message}"))
        lines.append(safe(f"  fix: {problem.cure}"))
    return "\n".join([*lines, *more])


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
