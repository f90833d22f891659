"""What a program may mend without a decision: nothing that a reader could see changes by it.

A byte-order mark, accents stored apart, characters that show nothing, and ids that were renamed.
Everything else is said, and left to people.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from summitry.content.problems import CATALOGUE, Problem

# They show nothing and turn nothing round; marks that turn text round change how it is read.
_EMPTY = frozenset("\u00ad\u034f\u180e\u200b\u2060\ufeff")
_BOM = b"\xef\xbb\xbf"


def mend(
    root: Path, problems: Sequence[Problem], write: Callable[[Path, bytes], None]
) -> list[str]:
    """Mend what can be mended of these problems in the files below `root`; a line for each.

    `write` puts a whole file in the place of another.
    """
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code in _REPAIRS:
            by_file.setdefault(problem.path, []).append(problem)
    return [
        line for path, found in by_file.items() for line in _mend_file(root, path, found, write)
    ]


def _mend_file(
    root: Path, path: str, problems: list[Problem], write: Callable[[Path, bytes], None]
) -> Iterator[str]:
    """Mend one file, its last problem first, so that the places of the others stay right."""
    file = root / path
    try:
        raw = file.read_bytes()
        lines = raw.removeprefix(_BOM).decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return
    done = [one for one in sorted(problems, reverse=True) if _REPAIRS[one.code](lines, one)]
    mended = "\n".join(lines).encode("utf-8")
    if done and mended != raw:
        write(file, mended)
        for problem in reversed(done):
            line, column = problem.mark
            yield f"{path}:{line}:{column}: mended: {CATALOGUE[problem.code].title}"


def _without_mark(lines: list[str], problem: Problem) -> bool:
    del lines, problem
    return True  # it is left out by whoever reads the file


def _composed(lines: list[str], problem: Problem) -> bool:
    del problem
    lines[:] = unicodedata.normalize("NFC", "\n".join(lines)).split("\n")
    return True


def _without_empty(lines: list[str], problem: Problem) -> bool:
    line, column = problem.mark
    row = lines[line - 1] if line <= len(lines) else ""
    if row[column - 1 : column] not in _EMPTY:
        return False
    lines[line - 1] = row[: column - 1] + row[column:]
    return True


def _renamed(lines: list[str], problem: Problem) -> bool:
    """Put the new id where the old one stands, if there is but one place that can be meant."""
    line, column = problem.mark
    if problem.swap is None or line > len(lines):
        return False
    old, new = problem.swap
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    if after.count(old) != 1:
        return False
    lines[line - 1] = before + after.replace(old, new)
    return True


_REPAIRS: dict[str, Callable[[list[str], Problem], bool]] = {
    "byte-order-mark": _without_mark,
    "not-nfc": _composed,
    "hidden-character": _without_empty,
    "unknown-reference": _renamed,
}
