"""The locator map with pixels, the ground of a card; `locator_map_layout` says where all stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from summitry.pictures import typeset
from summitry.pictures.locator_map_layout import (
    DESCENT,
    KeyRow,
    MapPlace,
    Route,
    coasts,
    face,
    graticule,
    key_face,
    layout,
    sample,
)
from summitry.pictures.palette import (
    AURORA,
    DOTTED,
    GRATICULE,
    LAND,
    NIGHT,
    SECONDARY,
    TEXT,
    WHITE,
    Box,
    Frame,
)
from summitry.pictures.projection import Projection
from summitry.pictures.typeset import Face

_TIMES = 3
"""How much larger than the picture the canvas is."""


class _Canvas:
    """The map, three times as large while it is drawn."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.image = Image.new("RGB", (frame.width * _TIMES, frame.height * _TIMES), NIGHT)
        self.pen = ImageDraw.Draw(self.image)

    def path(self, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        """Pixels of the canvas, to a hundredth, so that no last digit of a sine counts."""
        return [(round(x * _TIMES, 2), round(y * _TIMES, 2)) for x, y in points]

    def land(self, fitted: Projection) -> None:
        """Islands first, then the lakes in them: a ring's turn tells which it is."""
        shapes = [self.path(ring) for ring in coasts(fitted)]
        for fill, lake in ((LAND, False), (NIGHT, True)):
            for shape in shapes:
                if (_turn(shape) > 0) == lake:
                    self.pen.polygon(shape, fill=fill)

    def graticule(self, fitted: Projection) -> None:
        """Thin lines, so that the eye finds the pole."""
        for line in graticule(fitted, self.frame):
            for start, end in pairwise(line):
                if start and end:
                    self.pen.line(self.path([start, end]), fill=GRATICULE, width=_TIMES)

    def dot(self, x: float, y: float, radius: float, fill: tuple[int, int, int]) -> None:
        """A filled circle, in pixels of the finished map."""
        box = (x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse([round(v * _TIMES, 2) for v in box], fill=fill)

    def way(self, points: Sequence[tuple[float, float]], dotted: bool) -> None:
        """A solid or a dotted line."""
        size = self.frame.label_size
        if not dotted:
            width = max(_TIMES * 2, round(size * 0.13 * _TIMES))
            self.pen.line(self.path(points), fill=AURORA, width=width, joint="curve")
            return
        for x, y in _spaced(points, size * 0.34):
            self.dot(x, y, size * 0.085, DOTTED)

    def text(self, box: Box, text: str, letters: Face, fill: tuple[int, int, int]) -> None:
        """A line of text whose letters fill `box`, with a border that keeps it readable."""
        at = (box.left * _TIMES, (box.bottom - letters.size * DESCENT) * _TIMES)
        halo = (max(3, round(letters.size * 0.1 * _TIMES)), NIGHT)
        typeset.write(self.pen, at, text, letters.scaled(_TIMES), fill, halo)


def _turn(shape: Sequence[tuple[float, float]]) -> float:
    """Twice the area of a shape; its sign tells which way round it goes."""
    return sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(shape, [*shape[1:], shape[0]], strict=True)
    )


def _spaced(points: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Points along a line, `gap` pixels or a little more apart, ends included."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    whole = sum(lengths)
    count = max(1, int(whole / gap))
    spaced: list[tuple[float, float]] = []
    behind, part = 0.0, 0
    for number in range(count + 1):
        at = whole * number / count
        while part < len(lengths) - 1 and behind + lengths[part] < at:
            behind += lengths[part]
            part += 1
        share = (at - behind) / lengths[part] if lengths and lengths[part] else 0.0
        (ax, ay), (bx, by) = points[part], points[min(part + 1, len(points) - 1)]
        spaced.append((ax + (bx - ax) * share, ay + (by - ay) * share))
    return spaced


def draw(places: Sequence[MapPlace], routes: Sequence[Route], frame: Frame) -> Image.Image:
    """The map as an RGB image of the frame's size. Raises like `layout`."""
    plan = layout(places, routes, frame)
    canvas = _Canvas(frame)
    canvas.land(plan.projection)
    canvas.graticule(plan.projection)
    for line, route in zip(plan.lines, routes, strict=True):
        if line:
            canvas.way(line, route.dotted)
    for label in plan.labels:
        if label.lead:
            canvas.pen.line(canvas.path(label.lead), fill=TEXT, width=_TIMES * 2)
    for box, place in zip(plan.dots, places, strict=True):
        x, y, radius = (box.left + box.right) / 2, (box.top + box.bottom) / 2, box.right - box.left
        canvas.dot(x, y, radius * 0.5, NIGHT)
        canvas.dot(x, y, radius * 0.4, AURORA if place.main else WHITE)
    for label in plan.labels:
        letters = face(label.main, frame)
        box = label.box
        for text, bottom in label.rows:
            letters_of = Box(box.left, box.top, box.right, bottom)
            canvas.text(letters_of, text, letters, WHITE if label.main else TEXT)
    _draw_key(canvas, plan.key, frame)
    return canvas.image.resize((frame.width, frame.height), Image.Resampling.LANCZOS)


def _draw_key(canvas: _Canvas, key: Sequence[KeyRow], frame: Frame) -> None:
    small, indent = key_face(frame), sample(frame)
    for row in key:
        middle = (row.box.top + row.box.bottom) / 2
        if not row.continued:
            ends = ((row.box.left, middle), (row.box.left + indent * 0.72, middle))
            canvas.way(ends, row.dotted)
        text = Box(row.box.left + indent, row.box.top, row.box.right, middle + small.size * 0.56)
        canvas.text(text, row.text, small, SECONDARY)
