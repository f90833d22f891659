"""What is searched, what the rules allow, and what a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from summitry.proof.reading import units
from summitry.proof.text import Token
from summitry.proof.unspaced import UNSPACED

MAX_GAPS = 3
MAX_GAP = 60  # words
MIN_PART = 2  # words between omissions
MAX_REPLACED = 3  # words of the source in whose place a bracket stands
MAX_INSERTED = 3  # words in brackets


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, counted from 1: its words, None where one is hidden.

    The whole text has none hidden, a proof hides all but its own. `units` are the words as
    they are compared (`reading`).
    """

    paragraph: int
    tokens: Sequence[Token | None]
    units: list[Token | None] = field(init=False, repr=False, compare=False)
    _places: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found, places = units(self.tokens)
        object.__setattr__(self, "units", found)
        object.__setattr__(self, "_places", places)

    def place(self, unit: int) -> int:
        """The word of the format, counted from 0, in which a unit stands."""
        return self._places[unit]

    def span(self, part: tuple[int, int, int]) -> tuple[int, int, int]:
        """A part of a match in words of the format, counted from 0."""
        at, start, end = part
        return at, self._places[start], self._places[end - 1] + 1


def size(tokens: Sequence[Token]) -> int:
    """How many words these are; of a script without blanks, two characters count as one."""
    characters = sum(bool(UNSPACED.match(token.word)) for token in tokens)
    return len(tokens) - characters + (characters + 1) // 2


class Rule(Enum):
    """What a quotation may break; each is forgiven alone to say which one it was."""

    PUNCTUATION = auto()
    CASE = auto()
    EDGE = auto()  # what stands right beside the words
    NOTHING_OMITTED = auto()
    WEIGHT = auto()  # of words left out, put in or replaced
    SPEAKERS = auto()
    BRACKET = auto()  # how many words it has or stands for
    PART = auto()  # how many words stand between two omissions
    GAPS = auto()  # how many there are
    GAP = auto()  # how long one is
    HIDDEN = auto()  # what it leaves out


class Limits(Struct, frozen=True):
    """What a search may find: in a source of a language (BCP 47), "" if it is not known."""

    language: str = ""
    same_speaker: bool = False  # an editor states that omissions join words of one speaker
    gaps: int = MAX_GAPS
    forgiven: frozenset[Rule] = frozenset()

    def forgives(self, rule: Rule) -> bool:
        """Whether a search goes on where a rule is broken."""
        return rule in self.forgiven


class Edit(Struct, frozen=True):
    """A change marked with brackets: what was put in, and the source's words there.

    At an end of a quotation it cannot be told what the bracket stands for: `beside` is the
    source's next word in the same sentence.
    """

    inserted: str
    replaced: str
    beside: str = ""


class Case(NamedTuple):
    """A word whose case differs; `first` of the quotation, or behind an omission."""

    mine: str
    theirs: str
    first: bool


class Match(Struct):
    """Where a quotation stands: parts as (passage, start, end), units counted from 0.

    `beside` is the number of negations that stand right beside it.
    """

    parts: list[tuple[int, int, int]] = []
    gaps: list[int] = []
    edits: list[Edit] = []
    notes: list[str] = []
    cases: list[Case] = []
    beside: int = 0
    telling: list[str] = []  # notes that go wherever the words go
    unquoted: list[tuple[int, int, str]] = []  # marks that it lacks
    faults: list[str] = []  # rules that were broken and forgiven

    @property
    def cost(self) -> tuple[int, int, int]:
        """By what matches are compared: words left out, brackets, negations beside it."""
        return sum(self.gaps), len(self.edits), self.beside

    def at_fault(self, reason: str) -> Match:
        """The same match with a rule that it breaks."""
        return replace(self, faults=[*self.faults, reason])
