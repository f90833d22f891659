"""Figures made of text and lines: amounts on an axis, and who sat in a room.

They are HTML with a little SVG, so that their words can be read, searched, copied and printed;
what is drawn besides says nothing that the words do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from summitry import dates, views
from summitry.model import Event, Fact, Person
from summitry.parts import Position
from summitry.scope import Scope
from summitry.values import Ref

MOST_TICKS = 6  # fit side by side on a narrow phone
SMALLEST = 1e-6  # span of an axis
# Steps of an axis of minutes, which readers count in quarters of hours and not in tens.
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis: where, in percent of its width, and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One answer: its dots stand at `at`, one for each source, all in percent of the width.

    `start` and `stop` are the ends of its line, where the answer gives bounds; `open` says
    that the number itself is excluded (`less than`), so its dots are hollow. An answer
    without a number has no place.
    """

    value: str
    sources: list[views.SourceView]
    at: float | None = None
    start: float = 0
    stop: float = 0
    open: bool = False

    @property
    def height(self) -> int:
        """In pixels: dots of one answer stand upon one another."""
        return 12 + 14 * max(1, len(self.sources))

    @property
    def levels(self) -> list[int]:
        """The height of each dot's centre, in pixels from the top."""
        return [13 + 14 * i for i in range(len(self.sources))]


@dataclass(frozen=True, slots=True)
class Axis:
    """The answers to a question with a unit, in the order of their numbers."""

    question: str
    href: str
    unit: str
    ticks: list[Tick]
    lanes: list[Lane]


def axis(scope: Scope, ref: Ref) -> Axis | None:
    """The answers to a question on one axis; None where they are no numbers."""
    fact: Fact = scope.of(ref, Fact)
    ends = [n for p in fact.positions if p.amount for n in p.amount.ends]
    if fact.unit is None:
        return None
    marks = _ticks(min(ends), max(ends), fact.unit)
    low, high = marks[0], marks[-1]

    def place(number: float) -> float:
        # A margin at both ends: labels and arrows that point outwards need room.
        return round(10 + 80 * (number - low) / (high - low), 2)

    def lane(position: Position) -> Lane:
        sources = [scope.source(item.source) for item in position.evidence]
        amount = position.amount
        if amount is None:
            return Lane(position.value, sources)
        ends = amount.ends
        at, other = place(ends[0]), place(ends[-1])
        if amount.value is not None:
            return Lane(position.value, sources, at, at, at)
        start = place(amount.low) if amount.low is not None else 2
        stop = place(amount.high) if amount.high is not None else 98
        return Lane(position.value, sources, at if amount.low is not None else other, start, stop,
                    open=True)  # fmt: skip

    ordered = sorted(fact.positions, key=_order)
    return Axis(
        fact.question or "",
        scope.link(ref),
        fact.unit,
        [Tick(place(n), label(n, fact.unit)) for n in marks],
        [lane(position) for position in ordered],
    )


def _order(position: Position) -> tuple[bool, float, bool, str]:
    """By number, `less than` before the number itself and `more than` after it."""
    amount = position.amount
    if amount is None:
        return True, 0, False, position.value
    middle = sum(amount.ends) / len(amount.ends)
    nudge = 0 if amount.value is not None else (amount.low is not None) - (amount.high is not None)
    return False, middle + nudge / 1000, False, position.value


def _ticks(low: float, high: float, unit: str) -> list[float]:
    """Round numbers from just below the lowest to just above the highest."""
    span = max((high - low) or high, SMALLEST)
    power = 10 ** floor(log10(span / MOST_TICKS))
    round_steps = [n * power for n in (1, 2, 5, 10, 20, 50)]
    steps = _MINUTES if unit == "minutes" and span >= MOST_TICKS else round_steps
    for step in steps:
        first, last = floor(low / step), ceil(high / step)
        if first == last:
            last += 1
        if last - first < MOST_TICKS:
            return [n * step for n in range(first, last + 1)]
    step = steps[-1]
    return [floor(low / step) * step, ceil(high / step) * step]


def label(number: float, unit: str) -> str:
    """A number with its unit: `2 h 30` for minutes, else `30 km`."""
    if unit == "minutes":
        hours, minutes = divmod(number, 60)
        if not hours:
            return f"{minutes:g} min"
        return f"{hours:g} h {minutes:02g}" if minutes else f"{hours:g} h"
    return f"{number:,g} {unit}"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a meeting, with the role of that day."""

    name: str
    href: str
    role: str
    initials: str


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting, held or only planned, with those of each side."""

    name: str
    href: str
    held: bool
    status: str  # in words, where it was only planned
    when: str
    note: str
    sides: list[tuple[str, list[Seat]]]
    sources: list[views.SourceView]


def room(scope: Scope, ref: Ref) -> Room:
    """Who sat, or was to sit, at a meeting."""
    event: Event = scope.of(ref, Event)
    options = scope.library.options
    sides: dict[str, list[Seat]] = {}
    for one in event.participants:
        person: Person = scope.of(one.person, Person)
        seat = Seat(
            person.name,
            scope.link(one.person),
            person.role_on(event.start.first),
            views.initials(person.name),
        )
        side = options.sides.get(person.side or "", "Others")
        sides.setdefault(side, []).append(seat)
    return Room(
        event.name,
        scope.link(ref),
        event.status == "held",
        views.status_of(event),
        dates.shown(event, options.time_zones).text,
        event.summary or "",
        list(sides.items()),
        [scope.source(item.source) for item in event.evidence],
    )
