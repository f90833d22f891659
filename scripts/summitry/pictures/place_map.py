"""The map of one place, which stands in its middle, and the plan of places that lie close together.

A map takes in as much around the place as shows a shore and another place, and no more: its
projection is centred on the place, wherever on the globe that is. A plan has no land, as the
coastlines are too coarse for it: points, a scale and north.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from summitry.pictures import locator_map_layout, locator_map_svg, outline, projection, sphere
from summitry.pictures.locator_map_layout import MapLayout, MapPlace
from summitry.pictures.map_labels import NoRoomError
from summitry.pictures.palette import Box, Frame
from summitry.pictures.projection import Projection
from summitry.pictures.scale_bar import Aid, north, scale_bar
from summitry.pictures.vector import Drawn, Form, Shapes

FRAMES = Frame(1120, 640, 32), Frame(1120, 640, 44)
"""The same frame twice, as in `locator_map_svg`: for wide places and for a phone."""

_REACHES = tuple(map(math.radians, (8, 12, 18, 26)))
"""How far a map may see from its middle to the nearer edges, in radians."""

_CLOSEST = 0.3 / sphere.EARTH
"""The least of the globe that the shorter side of a plan shows: 300 m, in radians."""


def draw(
    title: str, description: str, main: MapPlace, others: Sequence[MapPlace], unit: str
) -> Drawn:
    """The map of `main`, with those of `others`, the nearest first, that it takes in.

    It has no form where nothing can be drawn: where no shore is near, or the name has no room.
    """
    drawn = Drawn("map", title, description, ())
    found = _view(main, others)
    if found is None:
        return drawn
    fitted, seen = found
    return _drawn(drawn, fitted, [main, *seen], [[scale_bar(fitted, one, unit)] for one in FRAMES])


def plan(title: str, description: str, places: Sequence[MapPlace], unit: str, letter: str) -> Drawn:
    """The plan of some places, north up, which `letter` stands for; without a form where their
    names have no room."""
    directions = [sphere.vector(place.latitude, place.longitude) for place in places]
    roomy = FRAMES[1]
    margin = roomy.label_size * 2
    room = Box(margin * 1.5, margin, roomy.width - margin * 1.5, roomy.height - margin * 1.2)
    fitted = projection.fit(directions, directions[0], room, _CLOSEST)
    aids = [[scale_bar(fitted, frame, unit), north(frame, letter)] for frame in FRAMES]
    drawn = Drawn("vicinity", title, description, ())
    return _drawn(drawn, fitted, _apart(fitted, places), aids)


def _view(main: MapPlace, others: Sequence[MapPlace]) -> tuple[Projection, list[MapPlace]] | None:
    """The nearest view with a shore and another place in it, else with a shore; and the others."""
    frame = FRAMES[1]
    centre = sphere.vector(main.latitude, main.longitude)
    first = None
    for reach in _REACHES:
        fitted = projection.around(centre, reach, Box(0, 0, frame.width, frame.height))
        if not _has_shore(fitted, frame):
            continue
        seen = [one for one in _apart(fitted, [main, *others])[1:] if _inside(fitted, one, frame)]
        if seen:
            return fitted, seen
        first = first or (fitted, seen)
    return first


def _has_shore(fitted: Projection, frame: Frame) -> bool:
    """Whether land and sea can be told apart: a shore comes well into the frame."""
    margin = frame.height * 0.15
    inner = Box(margin, margin, frame.width - margin, frame.height - margin)
    corners = {
        (round(x), round(y)) for x in (inner.left, inner.right) for y in (inner.top, inner.bottom)
    }
    rings = (outline.cut_ring(ring, inner) for ring in locator_map_layout.coasts(fitted))
    return any({(round(x), round(y)) for x, y in ring} - corners for ring in rings)


def _spot(fitted: Projection, place: MapPlace) -> tuple[float, float]:
    return fitted.place(sphere.vector(place.latitude, place.longitude))


def _inside(fitted: Projection, place: MapPlace, frame: Frame) -> bool:
    if fitted.point(place.latitude, place.longitude) is None:
        return False
    x, y = _spot(fitted, place)
    return Box(x, y, x, y).inside(frame.width, frame.height, frame.label_size)


def _apart(fitted: Projection, places: Sequence[MapPlace]) -> list[MapPlace]:
    """The places whose dots do not touch that of one before."""
    kept: list[MapPlace] = []
    least = FRAMES[1].label_size * 0.9
    for place in places:
        spot = _spot(fitted, place)
        if all(math.dist(spot, _spot(fitted, other)) >= least for other in kept):
            kept.append(place)
    return kept


def _layouts(
    places: Sequence[MapPlace], fitted: Projection, aids: Sequence[Sequence[Aid]]
) -> list[MapLayout] | None:
    """The layouts for both frames, without the last places where names have no room."""
    for count in range(len(places), 0, -1):
        try:
            return [
                locator_map_layout.layout(
                    places[:count], [], frame, fitted, [one.box for one in beside]
                )
                for frame, beside in zip(FRAMES, aids, strict=True)
            ]
        except NoRoomError:
            continue
    return None


def _drawn(
    drawn: Drawn,
    fitted: Projection,
    places: Sequence[MapPlace],
    aids: Sequence[Sequence[Aid]],
) -> Drawn:
    """The figure with its form, in which `aids` stand in each of the frames."""
    layouts = _layouts(places, fitted, aids)
    if layouts is None:
        return drawn
    shown = (
        f'<g class="{room}">'
        f"{locator_map_svg.marks(layout, frame, locator_map_svg.words(layout, frame))}"
        f"{''.join(one.markup for one in beside)}</g>"
        for room, layout, frame, beside in zip(
            ("roomy", "tight"), layouts, FRAMES, aids, strict=True
        )
    )
    frame = FRAMES[0]
    ground = locator_map_svg.ground(fitted, frame) if drawn.kind == "map" else Shapes("")
    form = Form("", frame.width, frame.height, ground, Shapes("".join(shown)))
    return replace(drawn, forms=(form,))
