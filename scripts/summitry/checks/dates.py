"""Dates and clock times in prose agree with events, facts and quotes, and with each other.

A clock time stands in the site's first zone; where `(19:10 UTC)` follows it, both are the same
moment. A paragraph that names one day and links what has a date names the day of one of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from msgspec import Struct

from summitry.checks.citing import linked
from summitry.checks.spans import outside
from summitry.content import zones
from summitry.content.earlier import Earlier
from summitry.content.kinds import Entity, Event, Fact, Quote
from summitry.content.library import Item, Library, Story
from summitry.content.options import Options, Zone
from summitry.content.problems import Mark, Problem
from summitry.content.prose import HIDDEN, Paragraph
from summitry.content.schema import evidence_of
from summitry.content.values import Ref

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAMES = _MONTHS.split("|")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = re.compile(_MONTHS)
_DATE = re.compile(rf"\b(?:({'|'.join(_DAYS)}),? )?(\d{{1,2}}) ({_MONTHS})\b(?: (\d{{4}})\b)?")
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]|\.\d)")
_PAIR = re.compile(r"^\W*\(([01]?\d|2[0-3]):([0-5]\d) UTC\)")
# `00:27 British time`, `23:20 in Kyiv`, `19:10 UTC`: said to be of another zone.
_ELSEWHERE = re.compile(r"^ (?:UTC|GMT|(?:\w+ )?[A-Z]\w+ (?:daylight )?time\b|in [A-Z])")
_ABBREVIATION = re.compile(r"^ \(?([A-Z]{3,5})\b")
_YEAR = re.compile(r"\b(1\d{3}|20\d{2})\b")
# Fields that speak of a source and its times, and not of what happened.
_MOST_DAYS = timedelta(days=60)
_OF_SOURCES = frozenset({"says", "quality"})


class _Known(Struct, frozen=True):
    """What the site's entities say of time."""

    clocks: dict[time, str]  # local clock times, and an event that has each
    days: dict[Ref, tuple[date, date]]  # the first and last day of what has a date
    year: int  # of dates without one
    main: list[date]  # the days of the main event, of clock times without one
    local: dict[time, str]  # the clock times of events in the site's first zone
    abroad: re.Pattern[str]  # ` in Kyiv`: said to be the date in another zone of the site


def time_problems(library: Library, options: Options, earlier: Earlier) -> list[Problem]:
    """Every time or date in prose that does not fit what the entities say."""
    found = list(_occasions(library))
    main = library.items.get(options.main) if options.main else None
    if main is None or not isinstance(main.entity, Event) or not options.time_zones:
        return found
    known = _learn(library, options, main.entity, earlier)
    digest = hashlib.sha256(repr((known, options.time_zones)).encode()).digest()

    def of(item: Item) -> list[Problem]:
        return list(_in_item(library, options, known, item))

    def of_story(story: Story) -> list[Problem]:
        return list(_in_prose(library, options, known, story.file, story.prose.paragraphs))

    for item in library.items.values():
        if item.ref.kind != "sources":
            found += earlier.again("times", item.path, (item, digest), partial(of, item))
    for story in library.stories.values():
        if story.meta.sourcing != "none":
            found += earlier.again("times", story.file, (story, digest), partial(of_story, story))
    return found


def _learn(library: Library, options: Options, main: Event, earlier: Earlier) -> _Known:
    clocks: dict[time, str] = {}
    local: dict[time, str] = {}
    days: dict[Ref, tuple[date, date]] = {}
    for item in library.items.values():
        entity = item.entity
        if isinstance(entity, Event):
            ends = [entity.start, *([entity.end] if entity.end else [])]
            days[item.ref] = ends[0].first, ends[-1].last
            for end in ends:
                if end.moment:
                    here = end.moment.astimezone(options.time_zones[0].info).time()
                    local.setdefault(here, item.ref.id)
                    # Other zones too: an event elsewhere may be told in the time of its place.
                    for zone in options.time_zones:
                        clocks.setdefault(end.moment.astimezone(zone.info).time(), item.ref.id)
                    clocks.setdefault(end.moment.time(), item.ref.id)
        elif isinstance(entity, Fact | Quote):
            when = entity.on if isinstance(entity, Fact) else entity.said_on
            if when:
                days[item.ref] = when.first, when.last
        for said in earlier.again("clocks", item.path, item, partial(_told, entity)):
            clocks.setdefault(said, item.ref.id)
    there = "|".join(re.escape(zone.place) for zone in options.time_zones[1:])
    abroad = re.compile(rf" in (?:{there})\b" if there else r"(?!)")
    first, last = main.start.first, min(main.last, main.start.first + _MOST_DAYS)
    of_main = [first + timedelta(n) for n in range((last - first).days + 1)]
    return _Known(clocks, days, first.year, of_main, local, abroad)


def _told(entity: Entity) -> list[time]:
    """The clock times that sources tell, in what is evidence and in what they differ on."""
    texts = [f"{e.exact} {e.says}" for _, e in evidence_of(entity)]
    texts += [position.value for position in getattr(entity, "positions", [])]
    return [time(int(m[1]), int(m[2])) for m in _CLOCK.finditer(" ".join(texts))]


def _occasions(library: Library) -> Iterator[Problem]:
    """A quotation was said on a day of its occasion."""
    for item in library.of_kind("quotes"):
        quote = item.entity
        if not isinstance(quote, Quote) or not quote.said_on or not quote.event:
            continue
        event = library.items.get(quote.event)
        if event is None or not isinstance(event.entity, Event):
            continue
        said, start = quote.said_on, event.entity.start
        last = (event.entity.end or start).last
        if said.last < start.first or last < said.first:
            message = f"said on {said}, but {quote.event} was on {start}"
            hint = "correct said_on: or event:"
            mark = item.document.marks.value(("said_on",))
            yield Problem(item.path, mark, "time-mismatch", message, hint)


def _in_item(library: Library, options: Options, known: _Known, item: Item) -> Iterator[Problem]:
    own = known.days.get(item.ref)
    for loc, prose in item.fields.items():
        if loc[-1] in _OF_SOURCES:
            continue
        at = item.document.marks.value(loc)
        of = own if loc == ("statement",) else None  # other fields speak of other days too
        for problem in _in_prose(library, options, known, item.path, prose.paragraphs, of):
            yield Problem(problem.path, at, problem.code, problem.message, problem.hint)
    if summary := item.entity.summary:
        at = item.document.marks.value(("summary",))
        yield from _in_text(options, known, item.path, at, summary)
    yield from _in_prose(library, options, known, item.path, item.prose.paragraphs)


def _in_prose(
    library: Library,
    options: Options,
    known: _Known,
    path: str,
    paragraphs: Iterable[Paragraph],
    own: tuple[date, date] | None = None,
) -> Iterator[Problem]:
    for paragraph in paragraphs:
        text = paragraph.text
        if HIDDEN not in text and ":" not in text and not _MONTH.search(text):
            continue
        text = outside(text).replace(HIDDEN, "")
        yield from _in_text(options, known, path, paragraph.mark, text)
        if not _MONTH.search(text):
            continue
        refs = list(linked(library, path, paragraph.links))
        spans_of = [known.days[ref] for ref in refs if ref in known.days] + ([own] if own else [])
        yield from _days(known, path, paragraph.mark, text, spans_of)


def _in_text(
    options: Options, known: _Known, path: str, mark: Mark, text: str
) -> Iterator[Problem]:
    if ":" not in text:
        return
    zone = options.time_zones[0]
    named = [day for _, days in _dates_in(text, known) for day in sorted(days)] or known.main
    for match in _CLOCK.finditer(text):
        rest = text[match.end() :]
        local = time(int(match[1]), int(match[2]))
        if of := _zone_named(options, rest):
            if why := _never_called(of, rest, local, named):
                hint = "write the abbreviation of that day, or correct the date"
                yield Problem(path, mark, "time-mismatch", f"{match[0]} {why}", hint)
            if of is not zone:
                continue
        elif _ELSEWHERE.match(rest) or text[: match.start()].endswith("("):
            continue
        if pair := _PAIR.match(rest):
            theres = [datetime.combine(day, local, zone.info).astimezone(UTC) for day in named]
            if not any((t.hour, t.minute) == (int(pair[1]), int(pair[2])) for t in theres):
                right = f"{match[0]} {zone.label_at(theres[0])} is {theres[0]:%H:%M} UTC"
                message = f"{right}, not {pair[1]}:{pair[2]}"
                yield Problem(path, mark, "time-mismatch", message, "correct one of the two")
        if local not in known.clocks:
            yield Problem(path, mark, "time-mismatch", *_nearest(known, zone, match[0], local))


def _zone_named(options: Options, rest: str) -> Zone | None:
    """The site's zone whose abbreviation follows a clock time; UTC is said of any time."""
    found = _ABBREVIATION.match(rest)
    if not found or found[1] == "UTC":
        return None
    return next((z for z in options.time_zones if found[1] in zones.abbreviations(z.name)), None)


def _never_called(zone: Zone, rest: str, local: time, days: list[date]) -> str:
    """What is wrong with an abbreviation that the zone had on none of the days; "" if nothing."""
    found = _ABBREVIATION.match(rest)
    given = found[1] if found else ""
    names = {datetime.combine(day, local, zone.info).tzname(): day for day in days}
    if given in names:
        return ""
    name, day = next(iter(names.items()))
    return f"is labelled {given}, but {zone.name} had {name} on {day}"


def _nearest(known: _Known, zone: Zone, shown: str, local: time) -> tuple[str, str]:
    """What is wrong, and the time in the same zone that may be meant."""
    message = f"no event and no passage has the time {shown}"
    minutes = local.hour * 60 + local.minute
    near = min(known.local, key=lambda t: abs(t.hour * 60 + t.minute - minutes), default=None)
    hint = "add the event, or name the zone behind the time"
    if near is not None:
        event = known.local[near]
        hint = f"the nearest in {zone.place} is {near:%H:%M} ({event}); correct it, or {hint}"
    return message, hint


def _days(
    known: _Known, path: str, mark: Mark, text: str, dated: list[tuple[date, date]]
) -> Iterator[Problem]:
    """Weekdays fit, days exist, and the only day of a paragraph is that of something linked."""
    found: list[tuple[str, set[date]]] = []  # each date as written, and the days it can mean
    for match, days in _dates_in(text, known):
        if not days:
            message = f"there is no {match[0]}"
            yield Problem(path, mark, "time-mismatch", message, "correct the date")
        elif match[1] and not any(_DAYS[day.weekday()] == match[1] for day in days):
            name = _DAYS[max(days).weekday()]
            message = f"{match[2]} {match[3]} {max(days).year} was a {name}, not a {match[1]}"
            yield Problem(path, mark, "time-mismatch", message, "correct one of the two")
        elif known.abroad.match(text[match.end() :]):
            continue
        elif days not in [other for _, other in found]:
            found.append((match[0], days))
    if len(found) != 1 or not dated:
        return
    written, days = found[0]
    if not any(first <= day <= last for first, last in dated for day in days):
        has = " and ".join(sorted({f"{a}" if a == b else f"{a} to {b}" for a, b in dated}))
        message = f"the text says {written}, but what it links has {has}"
        hint = "correct the date here or there, or link what has this date"
        yield Problem(path, mark, "time-mismatch", message, hint)


def _dates_in(text: str, known: _Known) -> Iterator[tuple[re.Match[str], set[date]]]:
    """Each date of a text with the days that it can mean; none where there is no such day."""
    if not _MONTH.search(text):
        return
    years = {int(year) for year in _YEAR.findall(text)} | {known.year}
    for match in _DATE.finditer(text):
        meant = {int(match[4])} if match[4] else years
        yield match, {day for year in meant if (day := _day(year, match[3], int(match[2])))}


def _day(year: int, month: str, day: int) -> date | None:
    try:
        return date(year, _NAMES.index(month) + 1, day)
    except ValueError:
        return None
