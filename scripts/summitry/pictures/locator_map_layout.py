"""Where everything stands in the locator map: land and sea, the places, the ways between them.

No borders and no country shapes; the caption of the page says so. Ways are great circles, that is
shortest ways, not flight tracks.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from summitry.pictures import land, map_labels, projection, sphere, typeset
from summitry.pictures.palette import (
    Box,
    Frame,
)
from summitry.pictures.projection import Projection
from summitry.pictures.typeset import Face

DESCENT = 0.24
"""How far above the lower edge of its box a name stands on its baseline, in ems."""

_LEADING = 1.1
"""From one line of a name to the next, in ems."""

_LONGEST = 0.45
"""The share of the frame's width beyond which a name is broken into lines."""

_FINE = math.radians(0.5)
_Points = tuple[tuple[float, float], ...]


class MapPlace(Struct, frozen=True):
    """A place to be shown, in degrees, north and east positive. `main` is what the map is about;
    `rough` says that its coordinates are approximate."""

    name: str
    latitude: float
    longitude: float
    main: bool
    rough: bool = False


class Route(Struct, frozen=True):
    """A way over (latitude, longitude) points. `label` goes into the key; empty, it has none."""

    label: str
    points: tuple[tuple[float, float], ...]
    dotted: bool


class Label(Struct, frozen=True):
    """A name as it is set: `box` encloses its letters, in pixels of the finished map.

    A long name stands in several `lines`, `leading` pixels apart.
    """

    lines: tuple[str, ...]
    box: Box
    main: bool
    rough: bool
    leading: float
    lead: map_labels.Lead | None = None  # from its dot, where another is as near

    @property
    def rows(self) -> list[tuple[str, float]]:
        """Each line with its lower edge, in pixels of the finished map."""
        last = len(self.lines) - 1
        return [
            (text, self.box.bottom - (last - n) * self.leading) for n, text in enumerate(self.lines)
        ]


class KeyRow(Struct, frozen=True):
    """A line of the key: its text, the box of sample and text, and whether the way is dotted.

    A continued row, the second line of a long label, has no sample.
    """

    text: str
    box: Box
    dotted: bool
    continued: bool


class MapLayout(Struct, frozen=True):
    """Where everything stands, in pixels of the finished map; the order is that of the input."""

    projection: Projection
    dots: tuple[Box, ...]
    labels: tuple[Label, ...]
    lines: tuple[_Points, ...]
    key: tuple[KeyRow, ...]


def face(main: bool, frame: Frame) -> Face:
    """How a name is set. The weights are those that pages have as web fonts too."""
    size = frame.label_size
    return Face("semibold", round(size * 1.3)) if main else Face("regular", size)


def key_face(frame: Frame) -> Face:
    """How the key is set."""
    return Face("regular", max(12, round(frame.label_size * 0.88)))


def sample(frame: Frame) -> float:
    """How much of a row of the key the sample takes, in pixels; the line itself is shorter."""
    return frame.label_size * 2.2


def _key(routes: Sequence[Route], frame: Frame) -> tuple[KeyRow, ...]:
    """The key, upwards from the bottom left."""
    small = key_face(frame)
    margin, indent = frame.label_size, sample(frame)
    rows: list[tuple[str, bool, bool]] = []
    for route in routes:
        if route.label:
            lines = typeset.wrap(route.label, small, frame.width - 2 * margin - indent)
            if lines is None:
                raise map_labels.NoRoomError(
                    "a route's label has a word that is wider than the map: shorten it in journeys"
                )
            rows += [(line, route.dotted, number > 0) for number, line in enumerate(lines)]
    leading = small.size * 1.4
    top = frame.height - margin * 0.8 - leading * len(rows)
    return tuple(
        KeyRow(
            text,
            Box(
                margin,
                top + number * leading,
                margin + indent + typeset.width(text, small),
                top + (number + 1) * leading,
            ),
            dotted,
            continued,
        )
        for number, (text, dotted, continued) in enumerate(rows)
    )


def _ways(routes: Sequence[Route]) -> list[list[sphere.Vector]]:
    ways: list[list[sphere.Vector]] = []
    for route in routes:
        stops = [sphere.vector(*point) for point in route.points]
        way: list[sphere.Vector] = stops[:1]
        for start, end in pairwise(stops):
            way += sphere.great_circle(start, end, _FINE)[1:]
        ways.append(way)
    return ways


def _fit(
    places: Sequence[MapPlace],
    ways: list[list[sphere.Vector]],
    key: Sequence[KeyRow],
    frame: Frame,
) -> Projection:
    """The largest map that leaves room for names, beside the key or else above it."""
    directions = [sphere.vector(place.latitude, place.longitude) for place in places]
    main = next((d for d, place in zip(directions, places, strict=True) if place.main), None)
    seen = directions + [point for way in ways for point in way]
    name = frame.label_size * 2.4
    margin = max(name, min(frame.width, frame.height) * 0.1)
    top = min((row.box.top for row in key), default=float(frame.height))
    for bottom in (frame.height - margin, top - name):
        room = Box(margin, margin, frame.width - margin, bottom)
        if room.bottom - room.top < frame.height * 0.3 or room.right <= room.left:
            break
        fitted = projection.fit(seen, main or directions[0], room)
        spots = [Box(x, y, x, y) for x, y in map(fitted.place, seen)]
        if not any(spot.overlaps(row.box, frame.label_size * 0.5) for spot in spots for row in key):
            return fitted
    raise map_labels.NoRoomError("the key leaves no room for the map: leave out a journey")


def layout(
    places: Sequence[MapPlace],
    routes: Sequence[Route],
    frame: Frame,
    fitted: Projection | None = None,
    taken: Sequence[Box] = (),
) -> MapLayout:
    """Find the projection and a spot for every name.

    `fitted` is the projection of another layout, whose land this one is to share; in the boxes
    `taken` no name may stand. Raises ValueError without a place, and `map_labels.NoRoomError` (a
    ValueError) if the names cannot be set in the frame without touching.
    """
    if not places:
        raise ValueError("a map needs at least one place")
    key = _key(routes, frame)
    ways = _ways(routes)
    fitted = fitted or _fit(places, ways, key, frame)
    lines = tuple(tuple(fitted.place(point) for point in way) for way in ways)
    # The main name chooses first.
    order = sorted(range(len(places)), key=lambda i: not places[i].main)
    wanted = [_wanted(place, fitted, frame) for place in places]
    boxes = map_labels.place(
        [wanted[i][1] for i in order],
        [*taken, *(row.box for row in key)],
        lines,
        frame.width,
        frame.height,
    )
    by_place = dict(zip(order, boxes, strict=True))
    spots = [spot for _, spot in wanted]
    labels = (
        Label(
            names,
            by_place[i],
            p.main,
            p.rough,
            face(p.main, frame).size * _LEADING,
            None if map_labels.is_clear(by_place[i], spot, spots) else spot.lead(by_place[i]),
        )
        for i, ((names, spot), p) in enumerate(zip(wanted, places, strict=True))
    )
    dots = (Box(w.x - w.radius, w.y - w.radius, w.x + w.radius, w.y + w.radius) for w in spots)
    return MapLayout(fitted, tuple(dots), tuple(labels), lines, key)


def _wanted(
    place: MapPlace, fitted: Projection, frame: Frame
) -> tuple[tuple[str, ...], map_labels.LabelWanted]:
    """The lines of a name, and what room it needs beside its dot."""
    x, y = fitted.place(sphere.vector(place.latitude, place.longitude))
    letters = face(place.main, frame)
    lines = typeset.wrap(place.name, letters, frame.width * _LONGEST) or [place.name]
    wide = max(typeset.width(line, letters) for line in lines)
    high = letters.size * (0.95 + _LEADING * (len(lines) - 1))
    radius = frame.label_size * (0.5 if place.main else 0.3)
    return tuple(lines), map_labels.LabelWanted(x, y, radius, wide, high)


def coasts(fitted: Projection) -> list[list[tuple[float, float]]]:
    """The shores that the map sees, as rings in pixels. Islands and lakes turn opposite ways."""
    plane = replace(fitted, scale=1, x=0, y=0)
    return [[fitted.scaled(point) for point in ring] for ring in _coasts(plane)]


@lru_cache(4)
def _coasts(plane: Projection) -> list[list[tuple[float, float]]]:
    """The same in radii of the Earth: a map is tried at several scales, and drawn in two frames."""
    horizon = sphere.Horizon(plane.centre, projection.REACH)
    return [plane.flat(ring) for ring in horizon.clip(land.directions())]


def graticule(fitted: Projection, frame: Frame) -> list[list[tuple[float, float] | None]]:
    """Meridians and parallels, about as far apart as a fifth of the frame.

    A point beyond the horizon is None.
    """
    shorter = min(frame.width, frame.height) / fitted.scale
    step = next((s for s in (1, 2, 5, 10) if math.radians(s) > shorter / 8), 15)
    turn = {1: 2, 2: 5, 5: 10, 10: 20, 15: 30}[step]
    south, north, west, east = _window(fitted, frame)
    top = 90 - step
    south, north = max(south, -top), min(north, top)
    lines = [
        [fitted.point(latitude, longitude) for latitude in range(south, north + 1)]
        for longitude in range(-180, 180, turn)
        if (longitude - west) % 360 <= east - west
    ]
    lines += [
        [fitted.point(latitude, longitude) for longitude in range(west, east + 1)]
        for latitude in range(-top, top + 1, step)
        if south <= latitude <= north
    ]
    return lines


def _window(fitted: Projection, frame: Frame) -> tuple[int, int, int, int]:
    """Latitudes and longitudes, in whole degrees, between which all lies that the frame shows."""
    corners = [(x - fitted.x, y - fitted.y) for x in (0, frame.width) for y in (0, frame.height)]
    chord = max(math.hypot(*corner) for corner in corners) / fitted.scale
    sight = math.degrees(2 * math.asin(min(1.0, chord / 2))) + 2
    x, y, z = fitted.centre
    latitude, longitude = math.degrees(math.asin(z)), math.degrees(math.atan2(y, x))
    south, north = math.floor(latitude - sight), math.ceil(latitude + sight)
    if south <= -90 or north >= 90:  # a pole is seen, and with it every meridian
        return south, north, -180, 180
    half = math.degrees(math.asin(math.sin(math.radians(sight)) / math.hypot(x, y)))
    return south, north, math.floor(longitude - half), math.ceil(longitude + half)
