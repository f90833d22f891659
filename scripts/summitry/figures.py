"""What the build draws itself from entities: the locator map and the timeline of the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PIL import Image as PILImage

from summitry import dates
from summitry.model import Event, Image, Place
from summitry.parts import Journey
from summitry.pictures import atlas, day
from summitry.pictures.look import Frame
from summitry.rules import CheckedLibrary


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure to be drawn: what it is made of, and how, in a wide and in a narrow frame."""

    key: str
    frames: tuple[Frame, Frame]
    draw: Callable[[Frame], PILImage.Image]


def drawing(library: CheckedLibrary, image: Image) -> Drawing:
    """The drawing that an image entity asks for."""
    return _FIGURES[str(image.drawn)](library, image)


def chart(library: CheckedLibrary, image: Image) -> tuple[list[atlas.Place], list[atlas.Route]]:
    """The places that a map depicts, the first as the main one, and its journeys."""
    known = library.entities(Place)
    shown = [known[ref.id] for ref in image.depicts if ref.kind == "places"]
    places = [
        atlas.Place(p.name, p.latitude, p.longitude, main=i == 0)
        for i, p in enumerate(shown)
        if p.latitude is not None and p.longitude is not None
    ]
    return places, [_way(journey, known, i) for i, journey in enumerate(image.journeys)]


def _map(library: CheckedLibrary, image: Image) -> Drawing:
    places, ways = chart(library, image)
    frames = Frame(1120, 900, 30), Frame(720, 640, 28)
    return Drawing(repr((places, ways)), frames, lambda frame: atlas.draw(places, ways, frame))


def _way(journey: Journey, places: dict[str, Place], number: int) -> atlas.Route:
    found = [places[ref.id] for ref in journey.through]
    points = tuple(
        (p.latitude, p.longitude)
        for p in found
        if p.latitude is not None and p.longitude is not None
    )
    return atlas.Route(journey.label, points, dotted=number % 2 == 1)


def _day(library: CheckedLibrary, image: Image) -> Drawing:
    """The timed events that the image depicts, in the site's first zone."""
    events, zones = library.entities(Event), library.options.time_zones
    shown = [events[ref.id] for ref in image.depicts if ref.kind == "events"]
    moments = [found for event in shown if (found := _moment(library, event))]
    first = shown[0] if shown else None
    title = ", ".join([dates.day(first.start.first)] if first else [])
    title += f", {zones[0].label} time" if zones else ""
    frames = Frame(1280, 720, 30), Frame(640, 900, 24)
    return Drawing(repr((title, moments)), frames, lambda frame: day.draw(title, moments, frame))


def _moment(library: CheckedLibrary, event: Event) -> day.Moment | None:
    zones = library.options.time_zones
    if event.start.moment is None or not zones:
        return None
    shown = dates.shown(event, zones)
    end = event.end.moment.astimezone(zones[0].info) if event.end and event.end.moment else None
    return day.Moment(
        time_label=shown.clock,
        second_label=shown.utc,
        name=event.name,
        minutes=_minutes(event.start.moment.astimezone(zones[0].info)),
        end_minutes=_minutes(end) if end else None,
        approximate=event.precision != "exact",
    )


def _minutes(moment: datetime) -> float:
    """Minutes since midnight."""
    return float(moment.hour * 60 + moment.minute)


_FIGURES: dict[str, Callable[[CheckedLibrary, Image], Drawing]] = {
    "locator-map": _map,
    "day-timeline": _day,
}
