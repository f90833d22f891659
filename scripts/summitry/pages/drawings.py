"""What the build draws itself from entities: the locator map and the timeline of the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from msgspec import Struct

from summitry.checks.checked import CheckedLibrary
from summitry.content.kinds import Event, Image, Place
from summitry.content.kinds.pieces import Journey
from summitry.content.options import Clocks
from summitry.pictures import day, locator_map_layout, locator_map_svg, vector
from summitry.pictures.day_layout import Moment
from summitry.words import dates
from summitry.words.catalogue import Words
from summitry.words.sentences import ended

_LONGEST = timedelta(hours=18)
"""What lasts longer is drawn in a day's figure as a moment."""


class Drawing(Struct, frozen=True):
    """A figure to be drawn: `key` is all that it is made of, `draw` makes it."""

    key: str
    draw: Callable[[], vector.Drawn]


def drawing(words: Words, library: CheckedLibrary, image: Image) -> Drawing:
    """The drawing that an image entity asks for."""
    return _FIGURES[str(image.drawn)](words, library, image)


def position(words: Words, place: Place) -> str:
    """Where a place is, to four decimals of a degree, or two; "" if it is not known."""
    if place.latitude is None or place.longitude is None:
        return ""
    decimals = 2 if place.precision else 4
    found = words.row(
        words(f"degrees.{half}", degrees=words.number(abs(degrees), decimals=decimals))
        for degrees, half in (
            (place.latitude, "north" if place.latitude >= 0 else "south"),
            (place.longitude, "east" if place.longitude >= 0 else "west"),
        )
    )
    return words("near.about", distance=found) if place.precision else found


def places(library: CheckedLibrary, image: Image) -> list[Place]:
    """The places of a map that have a position, the main one first."""
    known = library.entities(Place)
    shown = [known[ref.id] for ref in image.depicts if ref.kind == "places"]
    return [p for p in shown if p.latitude is not None and p.longitude is not None]


def way(words: Words, library: CheckedLibrary, journey: Journey) -> str:
    """A route in words: `from A to C`, or `from A by way of B to C`."""
    known = library.entities(Place)
    first, *between, last = [known[ref.id].name for ref in journey.through]
    if not between:
        return words("map.way", first=first, last=last)
    return words("map.way-through", first=first, between=words.list(between), last=last)


def chart_of(
    library: CheckedLibrary, image: Image
) -> tuple[tuple[locator_map_layout.MapPlace, ...], tuple[locator_map_layout.Route, ...]]:
    """The places that a map depicts, the first as the main one, and its journeys."""
    marks = tuple(
        locator_map_layout.MapPlace(p.name, p.latitude, p.longitude, main=i == 0)
        for i, p in enumerate(places(library, image))
        if p.latitude is not None and p.longitude is not None
    )
    known = library.entities(Place)
    return marks, tuple(_way(journey, known, i) for i, journey in enumerate(image.journeys))


def _map(words: Words, library: CheckedLibrary, image: Image) -> Drawing:
    shown = places(library, image)
    marks, ways = chart_of(library, image)
    lines = [
        words(
            "map.dotted" if drawn.dotted else "map.solid",
            label=journey.label,
            way=way(words, library, journey),
        )
        for journey, drawn in zip(image.journeys, ways, strict=True)
    ]
    parts = [ended(image.alt)]
    if shown:
        parts.append(words("map.places", places=words.list([place.name for place in shown])))
    if lines:
        parts.append(words("map.routes", routes=words("sign.semicolon").join(lines)))
    given = image.name, " ".join(parts), marks, ways
    return Drawing(repr(given), partial(locator_map_svg.draw, *given))


def _way(journey: Journey, places: Mapping[str, Place], number: int) -> locator_map_layout.Route:
    found = [places[ref.id] for ref in journey.through]
    points = tuple(
        (p.latitude, p.longitude)
        for p in found
        if p.latitude is not None and p.longitude is not None
    )
    return locator_map_layout.Route(journey.label, points, dotted=number % 2 == 1)


def timed(library: CheckedLibrary, image: Image) -> list[tuple[datetime, Event]]:
    """The events of a timeline whose times are known, with each time in the site's first zone."""
    events, zones = library.entities(Event), library.options.time_zones
    shown = [events[ref.id] for ref in image.depicts if ref.kind == "events"]
    return [
        (event.start.moment.astimezone(zones[0].info), event)
        for event in shown
        if event.start.moment and zones
    ]


def _day(words: Words, library: CheckedLibrary, image: Image) -> Drawing:
    """The timed events that the image depicts, each day by itself, in the site's first zone."""
    clocks = Clocks(library.options.time_zones, abroad=False)
    by_day: dict[date, list[tuple[datetime, Event]]] = {}
    for one in timed(library, image):
        by_day.setdefault(one[0].date(), []).append(one)
    days, told = [], [ended(image.alt)]
    for on in sorted(by_day):
        zone = clocks.zones[0].label_at(by_day[on][0][0])
        title = words("time.in-zone", day=words.day(on), zone=zone)
        moments = tuple(_moment(words, clocks, *one) for one in by_day[on])
        said = words("sign.semicolon").join(words.row([m.time_label, m.name]) for m in moments)
        days.append((title, moments))
        told.append(f"{title}: {ended(said)}")
    given = image.name, " ".join(told), tuple(days)
    return Drawing(repr(given), partial(day.draw, *given))


def _moment(words: Words, clocks: Clocks, local: datetime, event: Event) -> Moment:
    shown = dates.shown(words, event, clocks)
    end = event.end.moment if event.end else None
    lasts = (end - local) if end else None
    drawn = lasts if lasts and lasts <= _LONGEST else None  # longer ones are told in words
    minutes = local.hour * 60 + local.minute
    return Moment(
        time_label=shown.clock,
        second_label=shown.second,
        name=event.name,
        minutes=minutes,
        end_minutes=minutes + drawn / timedelta(minutes=1) if drawn else None,
        approximate=event.precision != "exact",
    )


_FIGURES: dict[str, Callable[[Words, CheckedLibrary, Image], Drawing]] = {
    "locator-map": _map,
    "day-timeline": _day,
}
