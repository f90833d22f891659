"""Amounts on an axis: each answer in words, then its dots on a scale that all answers share.

Words are HTML, so that they can be read, searched, copied and printed; dots are SVG whose name
says where they stand.
"""

from __future__ import annotations

from math import ceil, floor, log10

from msgspec import Struct

from summitry.content.kinds import Fact
from summitry.content.kinds.pieces import Position, Quantity
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.words.catalogue import Words

MOST_TICKS = 6  # fit side by side on a narrow phone
SMALLEST = 1e-6  # span of an axis
# Steps of an axis of minutes, which readers count in quarters of hours and not in tens.
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440)


class Tick(Struct, frozen=True):
    """A mark of the axis: where, in percent of its width, and its label."""

    at: float
    label: str


class Lane(Struct, frozen=True):
    """One answer: its dots stand at `at`, one for each source, all in percent of the width.

    `start` and `stop` are the ends of its line, where the answer gives bounds, and `arrow` says
    where the line goes on: 1 towards more, -1 towards less. `open` says that the dot is a bound
    and not an amount, so it is hollow. `drawn` says the same in words. An answer without a number
    has no place.
    """

    value: str
    sources: list[for_templates.SourceView]
    drawn: str = ""
    at: float | None = None
    start: float = 0
    stop: float = 0
    arrow: int = 0
    open: bool = False

    @property
    def height(self) -> int:
        """In pixels: dots of one answer stand upon one another."""
        return 12 + 14 * max(1, len(self.sources))

    @property
    def levels(self) -> list[int]:
        """The height of each dot's centre, in pixels from the top."""
        return [13 + 14 * i for i in range(len(self.sources))]

    @property
    def middle(self) -> float:
        """The height of the line, in pixels from the top."""
        return self.height / 2


class Axis(Struct, frozen=True):
    """The answers to a question with a unit, in the order of their numbers.

    `id` begins the ids in it, and stands on the page once.
    """

    id: str
    question: str
    ticks: list[Tick]
    lanes: list[Lane]


def axis(scope: Scope, ref: Ref) -> Axis | None:
    """The answers to a question on one axis; None where they are no numbers."""
    fact: Fact = scope.of(ref, Fact)
    ends = [n for p in fact.positions if p.amount for n in p.amount.ends]
    if fact.unit is None:
        return None
    marks = ticks(min(ends), max(ends), fact.unit)
    return Axis(
        scope.own_id(f"axis-{ref.id}"),
        fact.question or "",
        [Tick(_place(n, marks), label(scope.words, n, fact.unit)) for n in marks],
        [_lane(scope, p, marks, fact.unit) for p in sorted(fact.positions, key=_order)],
    )


def _place(number: float, marks: list[float]) -> float:
    """Percent of the width. A margin at both ends: labels and arrows outwards need room."""
    low, high = marks[0], marks[-1]
    return round(10 + 80 * (number - low) / (high - low), 2)


def _lane(scope: Scope, position: Position, marks: list[float], unit: str) -> Lane:
    sources = [scope.source(item.source) for item in position.evidence]
    amount = position.amount
    if amount is None:
        return Lane(position.value, sources)
    drawn = _in_words(scope.words, amount, len(sources), unit)
    low, high = _place(amount.ends[0], marks), _place(amount.ends[-1], marks)
    if amount.value is not None:
        return Lane(position.value, sources, drawn, low, low, low)
    if amount.high is None:
        return Lane(position.value, sources, drawn, low, low, 98, arrow=1, open=True)
    if amount.low is None:
        return Lane(position.value, sources, drawn, high, 2, high, arrow=-1, open=True)
    return Lane(position.value, sources, drawn, round((low + high) / 2, 2), low, high, open=True)


def _in_words(words: Words, amount: Quantity, count: int, unit: str) -> str:
    """What is drawn of an answer: `3 dots at 2 h`, `1 hollow dot at 2 h, with a line to more`."""
    dots = words.count("axis.dots" if amount.value is not None else "axis.hollow", count)
    first, last = label(words, amount.ends[0], unit), label(words, amount.ends[-1], unit)
    if amount.value is not None:
        return words("axis.at", dots=dots, value=first)
    if amount.high is None:
        return words("axis.more", dots=dots, value=first)
    if amount.low is None:
        return words("axis.less", dots=dots, value=last)
    return words("axis.between", dots=dots, first=first, last=last)


def _order(position: Position) -> tuple[bool, float, bool, str]:
    """By number, `less than` before the number itself and `more than` after it."""
    amount = position.amount
    if amount is None:
        return True, 0, False, position.value
    middle = sum(amount.ends) / len(amount.ends)
    nudge = 0 if amount.value is not None else (amount.low is not None) - (amount.high is not None)
    return False, middle + nudge / 1000, False, position.value


def ticks(low: float, high: float, unit: str) -> list[float]:
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


def label(words: Words, number: float, unit: str) -> str:
    """A number with its unit: `2 h 30` for minutes, else `30 km`."""
    if unit == "minutes":
        hours, minutes = divmod(number, 60)
        if not hours:
            return words("axis.minutes", minutes=words.number(minutes))
        if not minutes:
            return words("axis.hours", hours=words.number(hours))
        return words("axis.hours-minutes", hours=words.number(hours), minutes=f"{minutes:02g}")
    return words("axis.amount", number=words.number(number), unit=unit)
