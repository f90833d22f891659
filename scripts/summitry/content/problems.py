"""What can be wrong with a contribution, and how it is said.

A `Problem` names a place (path, line, column), what is wrong and why, and how to mend it.
Every code stands in `problems.toml` with a title, a reason and a cure, so that the contributor's
reference can list them all and tests can hold all to each other.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct


class Mark(NamedTuple):
    """A place in a file: line and column, both counted from 1, columns in characters."""

    line: int
    column: int


START = Mark(1, 1)


class Explanation(Struct, frozen=True):
    """What a code stands for: a short title, why it matters, and the general cure."""

    title: str
    reason: str
    cure: str


def _catalogue() -> dict[str, Explanation]:
    path = Path(__file__).with_suffix(".toml")
    return {
        code: Explanation(**one) for code, one in tomllib.loads(path.read_text("utf-8")).items()
    }


CATALOGUE = _catalogue()


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    `path` is relative to the project, with forward slashes. `message` says what is wrong
    and why; `hint` how to mend it. A `note` is shown and never fails anything. `swap` is what
    stands there and what mends it, where that needs no decision.
    """

    path: str
    mark: Mark
    code: str
    message: str
    hint: str = ""
    note: bool = field(default=False, compare=False)
    swap: tuple[str, str] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise KeyError(self.code)

    @property
    def cure(self) -> str:
        """How to mend it: the hint of this problem, or the general cure of its code."""
        return self.hint or CATALOGUE[self.code].cure


def listed(texts: Sequence[str]) -> str:
    """One text or more in a row: `a`, `a and b`, `a, b and c`."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def nearest(word: str, choices: Iterable[str], alike: float = 0.6) -> str | None:
    """The choice that a misspelt word most likely means, or None if nothing is close.

    `alike` is how close at least, from 0 to 1.
    """
    found = difflib.get_close_matches(word, sorted(choices), n=1, cutoff=alike)
    return found[0] if found else None


def suggestion(word: str, choices: Iterable[str], otherwise: str = "") -> str:
    """A hint for a misspelt word: the nearest choice, else `otherwise`."""
    near = nearest(word, choices)
    return f"did you mean {near}?" if near else otherwise
