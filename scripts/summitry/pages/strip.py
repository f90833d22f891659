"""Events on one line, true in time: a number for each, and what it stands for in a list.

Words are HTML, so that they can be read, searched, copied and printed; the line is SVG, whose
positions are percentages, so that nothing is scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from summitry.content.blocks import Strip
from summitry.content.kinds import Event
from summitry.content.values import Ref, When
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.views import events
from summitry.words.catalogue import Words

_MOST_LABELS = 6  # years that fit side by side on a narrow phone
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_WIDE = 8.5
"""What a number takes of the width of a narrow phone, in percent: closer ones stand in rows."""


class Year(Struct, frozen=True):
    """The beginning of a year: where, in percent of the width, and its label, or ""."""

    at: float
    label: str


class StripStop(Struct, frozen=True):
    """An event on the line: its number, where that stands, and in words what it is.

    `at`, `start` and `stop` are percents of the width, the last two the ends of the time in which
    it was; `row` counts from the line upwards. `since` says how long after the one before it was.
    """

    number: int
    at: float
    start: float
    stop: float
    row: int
    event: for_templates.MomentView
    since: str


class StripView(Struct, frozen=True):
    """A line of events. `title` says from when to when it goes."""

    title: str
    years: list[Year]
    stops: list[StripStop]

    @property
    def height(self) -> int:
        """In pixels, from the highest row of numbers to the labels of years."""
        return 54 + 26 * max(stop.row for stop in self.stops)


def strip(scope: Scope, block: Strip) -> StripView:
    """The line of a block, its events in the order of time."""
    of = {ref: scope.of(ref, Event) for ref in block.of}
    refs = sorted(of, key=lambda ref: (*of[ref].start.order, ref))
    first = min(one.start.first for one in of.values()).year
    last = max(one.last for one in of.values()).year + 1
    line = _Line(date(first, 1, 1), date(last, 1, 1), scope.words.rtl)
    return StripView(
        scope.words.count("strip.title", len(refs), first=first, last=last - 1),
        line.years(),
        _stops(scope, line, refs, [of[ref] for ref in refs]),
    )


class _Line(Struct, frozen=True):
    """The scale: from the beginning of one year to that of another, in the page's direction."""

    first: date
    last: date
    turned: bool

    def at(self, day: date) -> float:
        """Percent of the width; a margin at both ends, as labels need room."""
        share = (day - self.first) / (self.last - self.first)
        return round(6 + 88 * (1 - share if self.turned else share), 2)

    def years(self) -> list[Year]:
        """Each year, and labels for as many as have room."""
        count = self.last.year - self.first.year
        step = next((n for n in _YEARS if count / n < _MOST_LABELS), _YEARS[-1])
        marked = range(self.first.year, self.last.year + 1, max(1, step // 2))
        return [
            Year(self.at(date(n, 1, 1)), str(n) if (n - self.first.year) % step == 0 else "")
            for n in marked
        ]


def _stops(scope: Scope, line: _Line, refs: Sequence[Ref], of: Sequence[Event]) -> list[StripStop]:
    found: list[StripStop] = []
    for number, (ref, event) in enumerate(zip(refs, of, strict=True), 1):
        start, stop = line.at(event.start.first), line.at(max(event.last, event.start.last))
        at = round((start + stop) / 2, 2)
        taken = {one.row for one in found if abs(one.at - at) < _WIDE}
        row = next(n for n in range(len(refs)) if n not in taken)
        since = _since(scope.words, of[number - 2].start, event.start) if number > 1 else ""
        view = events.moment(scope, ref)
        found.append(StripStop(number, at, start, stop, row, view, since))
    return found


def _since(words: Words, before: When, now: When) -> str:
    """How many days lie between two days; "" where one of them is no day."""
    if before.first != before.last or now.first != now.last:
        return ""
    days = (now.first - before.first) // timedelta(days=1)
    return words.count("strip.since", days, days=words.number(days))
