"""Dates and times as readers see them: 15 August 2025, 24-hour clock, local zone first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from summitry.content.kinds import Event
from summitry.content.options import Zone
from summitry.content.values import When, listed

# Written out, not taken from the locale: a build is the same everywhere.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A time for readers: its day, its clock time or "", other zones, the machine's form."""

    day: str
    clock: str
    elsewhere: str
    machine: str
    utc: str = ""

    @property
    def text(self) -> str:
        """Day and clock time in one line."""
        return f"{self.day}, {self.clock}" if self.clock else self.day


def day(value: date) -> str:
    """`15 August 2025`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def long(when: When) -> str:
    """A date in words, as exact as it was written; the clock time of a moment is left out."""
    if when.unit == "year":
        return str(when.first.year)
    if when.unit == "month":
        return f"{MONTHS[when.first.month - 1]} {when.first.year}"
    return day(when.first)


def clock(moment: datetime) -> str:
    """`11:10`, in the zone of the moment."""
    return f"{moment.hour:02}:{moment.minute:02}"


def elsewhere(moment: datetime, zones: Sequence[Zone], end: datetime | None = None) -> str:
    """The same moment, or span, in other zones: `19:10 UTC, 22:10 Moscow and Kyiv`.

    Zones that share a clock time share an entry; the day is added where it differs.
    """
    labels: dict[str, list[str]] = {}
    for zone in zones:
        labels.setdefault(_in_zone(moment, end, zone), []).append(zone.label_at(moment))
    return ", ".join(f"{time} {listed(found)}" for time, found in labels.items())


def _in_zone(moment: datetime, end: datetime | None, zone: Zone) -> str:
    there = moment.astimezone(zone.info)
    time = clock(there)
    if end is not None:
        time += f"–{clock(end.astimezone(zone.info))}"
    return time if there.date() == moment.date() else f"{time} on {day(there)}"


_BEFORE = {
    "about": "about ",
    "between": "some time between ",
    "reported-at": "reported at ",
    "exact": "",
}


def shown(event: Event, zones: Sequence[Zone]) -> Shown:
    """An event's time. Moments are shown in the first zone of the site, then in the others."""
    start = event.start
    if start.moment is None or not zones:
        return Shown(_span(event), "", "", start.text)
    local = start.moment.astimezone(zones[0].info)
    joint = " and " if event.precision == "between" else "–"
    time, end = clock(local), _end_that_day(event, local, zones[0])
    if end is not None:
        time += joint + clock(end)
    elif event.end is not None:
        last = event.end.moment.astimezone(zones[0].info) if event.end.moment else None
        until = f"{clock(last)} on {day(last.date())}" if last else long(event.end)
        time += (" and " if event.precision == "between" else " to ") + until
    utc = clock(start.moment.astimezone(UTC))
    utc += f"–{clock(end.astimezone(UTC))} UTC" if end is not None else " UTC"
    time = _BEFORE[event.precision] + time
    return Shown(day(local.date()), time, elsewhere(local, zones[1:], end), start.text, utc)


def _end_that_day(event: Event, local: datetime, zone: Zone) -> datetime | None:
    """The end of an event that ends at a known time of the day on which it began."""
    if event.end is None or event.end.moment is None:
        return None
    end = event.end.moment.astimezone(zone.info)
    return end if end.date() == local.date() else None


def _span(event: Event) -> str:
    start = long(event.start)
    if event.end and event.end.text != event.start.text:
        joint = " and " if event.precision == "between" else " to "
        return f"{_BEFORE['between'] if joint == ' and ' else ''}{start}{joint}{long(event.end)}"
    return _BEFORE[event.precision].replace("reported at ", "reported on ") + start
