"""Problems as text: for a terminal, for programs, and as annotations on a pull request."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from summitry.content.problems import Problem

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Text of a stranger, made harmless for a terminal: controls are shown by code point."""
    return _CONTROL.sub(lambda m: f"<U+{ord(m[0]):04X}>", text)


def as_text(problems: Sequence[Problem]) -> str:
    """`path:line:column: what` and, below it, `  fix: how`; notes are marked."""
    lines = []
    for problem in problems:
        note = "note: " if problem.note else ""
        line, column = problem.mark
        lines.append(safe(f"{problem.path}:{line}:{column}: {note}{problem.message}"))
        lines.append(safe(f"  fix: {problem.cure}"))
    return "\n".join(lines)


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
    """GitHub's workflow commands, one line a problem; text of strangers cannot add a command."""
    return "\n".join(
        f"::{'notice' if p.note else 'error'} file={_property(p.path)},line={p.mark.line},"
        f"col={p.mark.column}::{_data(f'{p.message} — fix: {p.cure}')}"
        for p in problems
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Sequence[Problem], looked_at: str) -> str:
    """The closing line: how many problems and notes, in what."""
    errors = sum(not p.note for p in problems)
    notes = len(problems) - errors
    said = "no problems" if not errors else f"{errors} problem{'s' * (errors != 1)}"
    extra = f", {notes} note{'s' * (notes != 1)}" if notes else ""
    return f"{said}{extra} in {looked_at}"
