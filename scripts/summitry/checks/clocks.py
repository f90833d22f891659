"""Moments are such as there were: offsets of the place on that day, nothing from the future,
nothing printed before it was said.

The tz database says which offset a place had. A place has the zone that it or a place around it
names; an event has its own or its place's, a quotation that of its occasion. Where none is known,
only the offsets of the site's own zones, and UTC, can be checked, so no other is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from summitry.content import zones
from summitry.content.kinds import Entity, Event, Image, Place, Quote, Source
from summitry.content.library import Item, Library
from summitry.content.meant_dates import OFFSET
from summitry.content.options import Options
from summitry.content.problems import Problem
from summitry.content.schema import dates_of
from summitry.content.strict_yaml import Loc
from summitry.content.values import Ref, When

# The zones in which days are written that name no zone: the first and the last with newsrooms.
_EASTMOST, _WESTMOST = timedelta(hours=14), timedelta(hours=-8)
_MOMENT = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d\d:\d\d){re.escape(OFFSET)}")


def clock_problems(library: Library, options: Options) -> Iterator[Problem]:
    """Every moment that cannot be, in front matter."""
    after = today() + timedelta(days=1)  # where the day begins first, it is tomorrow already
    for item in library.items.values():
        for loc, when in dates_of(item.entity):
            why = _wrong_offset(library, options, item, loc, when)
            if not why and when.first > after and _is_past(item.entity, loc):
                why = f"{when} has not come yet", "correct the date"
            if why:
                yield _at(item, loc, *why)
    yield from _printed_before(library, options)


def with_offset(problem: Problem, options: Options) -> Problem:
    """A problem whose hint has the offset of the moment in the site's first time zone."""
    found = _MOMENT.search(problem.hint)
    if not found:
        return problem
    if not options.time_zones:
        return replace(problem, hint=f"{problem.hint}, with its offset from UTC")
    zone = options.time_zones[0]
    moment = datetime.fromisoformat(found[1]).replace(tzinfo=zone.info)
    at = f"{found[1]}{zones.shown(moment.utcoffset() or timedelta(0))}"
    return replace(problem, hint=_MOMENT.sub(f"{at} (the offset of {zone.place})", problem.hint))


def today() -> date:
    """The day in UTC. What is past stays past, so no later day finds fault with what passed."""
    return datetime.now(UTC).date()


def zone_of(library: Library, ref: Ref | None) -> ZoneInfo | None:
    """The time zone of a place or an event, where it is known."""
    found = zone_named(library, ref)
    return ZoneInfo(found[0]) if found else None


def zone_named(library: Library, ref: Ref | None) -> tuple[str, str] | None:
    """The name of that zone, and of the place or event that says so."""
    seen: set[Ref] = set()
    while ref and ref not in seen and ref in library.items:
        seen.add(ref)
        entity = library.items[ref].entity
        if isinstance(entity, Event | Place) and entity.time_zone:
            return entity.time_zone, entity.title
        if isinstance(entity, Event):
            ref = entity.place
        else:
            ref = entity.contained_in if isinstance(entity, Place) else None
    return None


def _is_past(entity: Entity, loc: Loc) -> bool:
    """Whether a date is of something that has happened."""
    if loc[0] in ("corrections", "withdrawn"):
        return True
    if isinstance(entity, Event):
        return entity.status == "held"
    past = {Quote: "said_on", Image: "taken_on"}
    return past.get(type(entity)) == loc[0] or isinstance(entity, Source)


def _wrong_offset(
    library: Library, options: Options, item: Item, loc: Loc, when: When
) -> tuple[str, str] | None:
    """What is wrong with a moment's offset, and how to mend it."""
    moment, entity = when.moment, item.entity
    if moment is None or when.text.endswith("Z"):
        return None
    ref = entity.event if isinstance(entity, Quote) else item.ref
    zone = zone_of(library, ref) if loc[0] in ("start", "end", "said_on") else None
    if zone:
        return _not_of_zone(zone, when, moment)
    known = [timedelta(0), *(zones.offset(one.info, moment) for one in options.time_zones)]
    if moment.utcoffset() in known:
        return None
    hint = f"write it in UTC: {moment.astimezone(UTC):%Y-%m-%dT%H:%M}Z"
    if isinstance(entity, Event):
        hint = f"give time_zone: here or in the place, or {hint}"
    return f"{when} has an offset that none of the site's time zones had on that day", hint


def _not_of_zone(zone: ZoneInfo, when: When, moment: datetime) -> tuple[str, str] | None:
    """The same where the zone is known. Old offsets have seconds, which dates have not."""
    right = zones.shown(zones.offset(zone, moment))
    if right == zones.shown(moment.utcoffset() or timedelta(0)):
        return None
    there = f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}{right}"
    wall = moment.replace(tzinfo=zone)
    had = zones.shown(wall.utcoffset() or timedelta(0))
    if wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        return f"{when}: clocks in {zone.key} skipped this time", f"write {there}"
    hint = f"write {moment:%Y-%m-%dT%H:%M}{had}, or {there} if it is the time that is wrong"
    return f"{when}: {zone.key} had the offset {had} then", hint


def _printed_before(library: Library, options: Options) -> Iterator[Problem]:
    """No source prints words before they were said."""
    for item in library.of_kind("quotes"):
        quote = item.entity
        if not isinstance(quote, Quote):
            continue
        said = _earliest(library, options, quote)
        for i, evidence in enumerate(quote.evidence):
            found = library.items.get(evidence.source)
            source = found.entity if found else None
            if said is None or not isinstance(source, Source) or source.issued is None:
                continue
            if _latest(source.issued) <= said:
                of = " in ".join(str(it) for it in (quote.said_on, quote.event) if it)
                message = f"{evidence.source.id} was published on {source.issued}, before {of}"
                hint = (
                    "correct said_on: or event: here, or issued: there, where a page that was "
                    "changed has the day of its change; or cite another source"
                )
                yield _at(item, ("evidence", i, "source"), message, hint)


def _earliest(library: Library, options: Options, quote: Quote) -> datetime | None:
    """The first moment at which words can have been said."""
    found = library.items.get(quote.event) if quote.event else None
    event = found.entity if found and isinstance(found.entity, Event) else None
    exact = event and (event.precision in ("exact", "between") or not quote.said_on)
    dates = [quote.said_on, event.start if event and exact else None]
    zone = zone_of(library, quote.event)
    likely = [zone] if zone else [one.info for one in options.time_zones]
    return max((_start(when, likely) for when in dates if when), default=None)


def _start(when: When, likely: list[ZoneInfo]) -> datetime:
    """When a day began, in the zone of several where it began first, or anywhere."""
    if when.moment:
        return when.moment.astimezone(UTC)
    begins = datetime.combine(when.first, time(0))
    first = [begins.replace(tzinfo=zone).astimezone(UTC) for zone in likely]
    return min(first, default=begins.replace(tzinfo=UTC) - _EASTMOST)


def _latest(issued: When) -> datetime:
    """The last moment at which something dated so can have been published."""
    if issued.moment:
        return issued.moment.astimezone(UTC)
    ends = datetime.combine(issued.last, time(0), UTC) + timedelta(days=1)
    return ends - _WESTMOST


def _at(item: Item, loc: Loc, message: str, hint: str) -> Problem:
    where = ".".join(map(str, loc))
    mark = item.document.marks.value(loc)
    return Problem(item.path, mark, "impossible-time", f"{where}: {message}", hint)
