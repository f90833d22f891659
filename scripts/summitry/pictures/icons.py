"""The site's icon: meridians and parallels around the pole, and one point of aurora green.

One drawing in units of a 32 x 32 grid, written as SVG for browsers that take it and drawn with
pixels for those that do not. It stands on its own night ground, so that it reads the same on light
and on dark.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from functools import partial

from PIL import Image, ImageDraw

from summitry.pictures.metadata import png
from summitry.pictures.palette import AURORA, NIGHT, SECONDARY, Colour, blend

GRID = 32
_TIMES = 8
_POLE = (20.5, 11.5)
_PARALLELS = (5.0, 12.5, 20.0)
_MERIDIANS = (15, 75, 135, 195, 255, 315)
"""Degrees, clockwise from the right; each runs from the innermost parallel off the ground."""

_LINES: Colour = blend(NIGHT, SECONDARY, 0.5)
_THIN = 1.25
_DOT, _HALO = 4.4, 5.9
_SPOT = (
    round(_POLE[0] + math.cos(math.radians(135)) * _PARALLELS[1], 2),
    round(_POLE[1] + math.sin(math.radians(135)) * _PARALLELS[1], 2),
)
"""Where the point stands: at a crossing of the net."""

_CORNER = 7
"""The radius of the ground's corners, where it has any."""

_SAFE = 0.8
"""What part of a maskable icon a system may keep (W3C manifest: a circle of 80 %)."""


def _meridians() -> list[tuple[float, float, float, float]]:
    """Where each line starts and ends."""
    ends = []
    for degrees in _MERIDIANS:
        x, y = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        start, end = _PARALLELS[0], float(GRID + 8)
        points = (
            _POLE[0] + x * start,
            _POLE[1] + y * start,
            _POLE[0] + x * end,
            _POLE[1] + y * end,
        )
        ends.append(points)
    return ends


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def svg() -> str:
    """The icon as SVG."""
    ways = "".join(f"M{a:.2f} {b:.2f}L{c:.2f} {d:.2f}" for a, b, c, d in _meridians())
    rings = "".join(f'<circle cx="{_POLE[0]}" cy="{_POLE[1]}" r="{r}"/>' for r in _PARALLELS)
    ground = f'<rect width="{GRID}" height="{GRID}" rx="{_CORNER}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">'
        f'<clipPath id="a">{ground}/></clipPath><g clip-path="url(#a)">'
        f'{ground} fill="{_hex(NIGHT)}"/>'
        f'<g fill="none" stroke="{_hex(_LINES)}" stroke-width="{_THIN}"><path d="{ways}"/>'
        f"{rings}</g>"
        f'<circle cx="{_SPOT[0]}" cy="{_SPOT[1]}" r="{_HALO}" fill="{_hex(NIGHT)}"/>'
        f'<circle cx="{_SPOT[0]}" cy="{_SPOT[1]}" r="{_DOT}" fill="{_hex(AURORA)}"/></g></svg>\n'
    )


def image(size: int, rounded: bool = True, share: float = 1.0) -> Image.Image:
    """The icon with pixels (mode RGBA), `size` square.

    `rounded` gives the ground round corners; without, it fills the square, for systems that cut
    icons themselves. `share` is how large the drawing is, around the middle; the net goes on to
    the edges.
    """
    whole = size * _TIMES
    scale, shift = whole / GRID * share, whole * (1 - share) / 2
    drawn = Image.new("RGB", (whole, whole), NIGHT)
    pen = ImageDraw.Draw(drawn)
    thin = round(max(_THIN * scale, _TIMES * 0.9))  # thinner than a pixel would be haze

    def circle(x: float, y: float, radius: float) -> list[float]:
        ends = (x - radius, y - radius, x + radius, y + radius)
        return [round(end * scale + shift, 2) for end in ends]

    for ends in _meridians():
        pen.line([round(end * scale + shift, 2) for end in ends], fill=_LINES, width=thin)
    for radius in _PARALLELS:
        pen.ellipse(circle(*_POLE, radius + thin / scale / 2), outline=_LINES, width=thin)
    pen.ellipse(circle(*_SPOT, _HALO), fill=NIGHT)
    pen.ellipse(circle(*_SPOT, _DOT), fill=AURORA)
    shape = Image.new("L", drawn.size, 0 if rounded else 255)
    if rounded:
        corners = ImageDraw.Draw(shape)
        corners.rounded_rectangle((0, 0, whole - 1, whole - 1), _CORNER * scale, fill=255)
    icon = drawn.reduce(_TIMES).convert("RGBA")
    icon.putalpha(shape.reduce(_TIMES))
    return icon


def _opaque(size: int, share: float) -> bytes:
    return png(image(size, rounded=False, share=share).convert("RGB"))


def _ico() -> bytes:
    """The icon that some programs ask for without being told of another, in three sizes."""
    written = io.BytesIO()
    sizes = [16, 32, 48]
    images = [image(size) for size in sizes]
    images[-1].save(
        written, "ICO", sizes=[(size, size) for size in sizes], append_images=images[:-1]
    )
    return written.getvalue()


def files() -> dict[str, Callable[[], bytes]]:
    """The icon files: name, and what makes their bytes."""
    return {
        "icon.svg": lambda: svg().encode("utf-8"),
        "icon-192.png": lambda: png(image(192)),
        "icon-512.png": lambda: png(image(512)),
        "icon-maskable-512.png": partial(_opaque, 512, _SAFE),
        "apple-touch-icon.png": partial(_opaque, 180, 1.0),
        "favicon.ico": _ico,
    }
