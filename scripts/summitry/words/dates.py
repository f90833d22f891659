"""Dates and times as readers see them: 15 August 2025, 24-hour clock, local zone first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from summitry.content.kinds import Event
from summitry.content.options import Clocks, Zone
from summitry.words.catalogue import Words


class Shown(Struct, frozen=True):
    """A time for readers: its day, its clock time or "", other zones, the machine's form.

    `text` is day and clock time in one line, `second` the time in the second zone.
    """

    day: str
    clock: str
    elsewhere: str
    machine: str
    text: str
    second: str = ""


def clock(moment: datetime) -> str:
    """`11:10`, in the zone of the moment."""
    return f"{moment.hour:02}:{moment.minute:02}"


def elsewhere(
    words: Words, moment: datetime, zones: Sequence[Zone], end: datetime | None = None
) -> str:
    """The same moment, or span, in other zones: `19:10 UTC, 22:10 Moscow and Kyiv`.

    Zones that share a clock time share an entry; the day is added where it differs.
    """
    labels: dict[str, list[str]] = {}
    for zone in zones:
        labels.setdefault(_in_zone(words, moment, end, zone), []).append(label(words, zone, moment))
    shared = (
        words("time.in-zones", clock=time, zones=words.list(found))
        for time, found in labels.items()
    )
    return words.row(shared)


def label(words: Words, zone: Zone, moment: datetime) -> str:
    """What a zone is called at a moment: its label, or the city that CLDR names it by."""
    return zone.label_at(moment) if zone.label else words.city(zone.name)


def _in_zone(words: Words, moment: datetime, end: datetime | None, zone: Zone) -> str:
    there = moment.astimezone(zone.info)
    time = clock(there)
    if end is not None:
        time += f"–{clock(end.astimezone(zone.info))}"
    if there.date() == moment.date():
        return time
    return words("time.on-day", clock=time, day=words.day(there.date()))


def shown(words: Words, event: Event, clocks: Clocks) -> Shown:
    """An event's time. Moments are shown in the first of some zones, then in those that differ.

    Where the first is named, as its time is of elsewhere, those that agree with it are named too.
    """
    start, zones = event.start, clocks.zones
    if start.moment is None or not zones:
        span = _span(words, event)
        return Shown(span, "", "", start.text, span)
    local = start.moment.astimezone(zones[0].info)
    time, end = clock(local), _end_that_day(event, local, zones[0])
    if end is not None and event.precision != "between":
        time += f"–{clock(end)}"
    elif event.end is not None:
        time = _joined(words, event, time, _until(words, event, zones[0], end))
    time = time if event.precision == "exact" else words(f"precision.{event.precision}", time=time)
    same = [zone for zone in zones if _agrees(zone, local, end)]
    if clocks.abroad:
        named = words.list([label(words, zone, local) for zone in same])
        time = words("time.in-zones", clock=time, zones=named)
    day = words.day(local.date())
    differ = [zone for zone in zones if zone not in same]
    others, second = (elsewhere(words, local, some, end) for some in (differ, differ[:1]))
    return Shown(day, time, others, start.text, words.row([day, time]), second)


def _agrees(zone: Zone, local: datetime, end: datetime | None) -> bool:
    """Whether the clocks of a zone show the same as those of a moment, and of its end."""
    moments = [local] if end is None else [local, end]
    return all(one.astimezone(zone.info).utcoffset() == one.utcoffset() for one in moments)


def short(words: Words, shown: Shown) -> str:
    """The clock time for a narrow place: `between 15:00 and 16:00`."""
    before = words("precision.between", time="\0").partition("\0")[0]
    if before and shown.clock.startswith(before):
        return words("time.between-short", time=shown.clock.removeprefix(before))
    return shown.clock


def _joined(words: Words, event: Event, first: str, last: str) -> str:
    key = "time.and" if event.precision == "between" else "time.to"
    return words(key, first=first, last=last)


def _until(words: Words, event: Event, zone: Zone, that_day: datetime | None) -> str:
    """The end of an event, in words."""
    if that_day is not None:
        return clock(that_day)
    if event.end is None or event.end.moment is None:
        return words.long(event.end) if event.end else ""
    last = event.end.moment.astimezone(zone.info)
    return words("time.on-day", clock=clock(last), day=words.day(last.date()))


def _end_that_day(event: Event, local: datetime, zone: Zone) -> datetime | None:
    """The end of an event that ends at a known time of the day on which it began."""
    if event.end is None or event.end.moment is None:
        return None
    end = event.end.moment.astimezone(zone.info)
    return end if end.date() == local.date() else None


def _span(words: Words, event: Event) -> str:
    start = words.long(event.start)
    if event.end and event.end.text != event.start.text:
        if event.precision == "between":
            joined = _joined(words, event, start, words.long(event.end))
            return words("precision.between", time=joined)
        start = words.span(event.start, event.end)
    if event.precision == "exact":
        return start
    reported = event.precision == "reported-at"
    return words("time.reported-on" if reported else f"precision.{event.precision}", time=start)
