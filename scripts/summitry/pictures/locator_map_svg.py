"""The locator map as SVG: land and ways once, names in two sizes upon the same land.

The layout is that of `locator_map_layout.layout`, which draws the same map with pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitry.pictures import locator_map_layout, outline
from summitry.pictures.locator_map_layout import MapLayout, MapPlace, Route
from summitry.pictures.outline import number, path
from summitry.pictures.palette import Box, Frame
from summitry.pictures.projection import Projection
from summitry.pictures.vector import Anchor, Drawn, Form, Shapes, TextLine, letters

WIDE, NARROW = Frame(1120, 900, 32), Frame(1120, 900, 44)
"""The same frame twice: names for places 34rem wide or wider, and names that a phone shows large
enough. Shown 350 px wide, NARROW gives names of 14 px and a key of 12 px."""

_SLACK = 0.35
"""Shores are off by less than this, in units: shown 800 px wide, a quarter of a pixel."""


def draw(
    title: str, description: str, places: Sequence[MapPlace], routes: Sequence[Route]
) -> Drawn:
    """The map. Raises like `locator_map_layout.layout`."""
    narrow = locator_map_layout.layout(places, routes, NARROW)
    wide = locator_map_layout.layout(places, routes, WIDE, narrow.projection)
    ways = "".join(
        f'<path class="way{" dots" if route.dotted else ""}"'
        f' d="{path(outline.simplified(line, 0.1))}"/>'
        for line, route in zip(wide.lines, routes, strict=True)
        if len(line) > 1
    )
    names = words(wide, WIDE)
    roomy = marks(wide, WIDE, names)
    tight = marks(narrow, NARROW, words(narrow, NARROW))
    both = f'{ways}<g class="roomy">{roomy}</g><g class="tight">{tight}</g>'
    form = Form("", WIDE.width, WIDE.height, ground(wide.projection, WIDE), Shapes(both))
    return Drawn("map", title, description, (form,), ways + roomy, letters(names))


def ground(fitted: Projection, frame: Frame) -> Shapes:
    """The land and the net of meridians and parallels, cut to the frame."""
    box = Box(-6, -6, frame.width + 6, frame.height + 6)
    rings = (outline.cut_ring(ring, box) for ring in locator_map_layout.coasts(fitted))
    shores = (outline.simplified([*ring, ring[0]], _SLACK) for ring in rings if ring)
    land = "".join(path(shore, closed=True, tenths=10) for shore in shores)
    lines = locator_map_layout.graticule(fitted, frame)
    pieces = (piece for line in lines for piece in outline.cut_line(line, box))
    grid = "".join(path(outline.simplified(piece, 0.2)) for piece in pieces)
    return Shapes(
        f'<path class="land" fill-rule="evenodd" d="{land}"/><path class="grid" d="{grid}"/>'
    )


def words(plan: MapLayout, frame: Frame) -> list[TextLine]:
    """The names, each held where it is nearest to its dot, and the key."""
    found = []
    for label, dot in zip(plan.labels, plan.dots, strict=True):
        face, box = locator_map_layout.face(label.main, frame), label.box
        css = "name main-name" if label.main else "name"
        x, anchor = _held(box, dot)
        for text, bottom in label.rows:
            y = bottom - face.size * locator_map_layout.DESCENT
            found.append(TextLine(text, x, y, face, css, anchor))
    face = locator_map_layout.key_face(frame)
    after = locator_map_layout.sample(frame)
    for row in plan.key:
        y = (row.box.top + row.box.bottom) / 2 + face.size * 0.32
        found.append(TextLine(row.text, row.box.left + after, y, face, "key"))
    return found


def _held(box: Box, dot: Box) -> tuple[float, Anchor]:
    """Where a name is held, so that it stays at its dot in another typeface."""
    if box.left >= dot.right:
        return box.left, "start"
    if box.right <= dot.left:
        return box.right, "end"
    return (box.left + box.right) / 2, "middle"


def marks(plan: MapLayout, frame: Frame, words: Sequence[TextLine]) -> str:
    """The dots, lines from them to names, the samples of the key, and what is written."""
    dots = "".join(
        f'<circle class="dot{" main-dot" if label.main else ""}{" open" if label.rough else ""}"'
        f' cx="{number((dot.left + dot.right) / 2)}" cy="{number((dot.top + dot.bottom) / 2)}"'
        f' r="{number((dot.right - dot.left) * 0.45)}"/>'
        for label, dot in zip(plan.labels, plan.dots, strict=True)
    )
    leads = "".join(
        f'<path class="lead" d="{path(label.lead)}"/>' for label in plan.labels if label.lead
    )
    long = number(locator_map_layout.sample(frame) * 0.72)
    samples = "".join(
        f'<path class="way{" dots" if row.dotted else ""}" d="M{number(row.box.left)}'
        f' {number((row.box.top + row.box.bottom) / 2)}h{long}"/>'
        for row in plan.key
        if not row.continued
    )
    return leads + dots + samples + "".join(line.markup for line in words)
