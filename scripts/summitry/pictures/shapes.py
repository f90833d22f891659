"""The shapes of states, so that none hangs on colour alone. They are those of the pages.

The pages' own are in `overrides/blocks/macros/base.html`, on the same grid of 16 units.
"""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw

_GRID, _TIMES = 16, 4


@lru_cache(maxsize=32)
def draw(name: str, size: int) -> Image.Image:
    """The coverage (mode L) of a shape, `size` pixels square.

    `tick`, `full`, `half` and `open` are states of proof; `two` and `one` say how many origins
    support a fact; `differ` says that sources disagree. Raises KeyError for another name.
    """
    scale = size * _TIMES / _GRID
    large = Image.new("L", (size * _TIMES, size * _TIMES), 0)
    pen = ImageDraw.Draw(large)
    for kind, numbers, width in _SHAPES[name]:
        points = [round(number * scale, 2) for number in numbers]
        if kind == "disc":
            pen.ellipse(points, fill=255)
        elif kind == "ring":
            pen.ellipse(points, outline=255, width=round(width * scale))
        elif kind == "right half":
            pen.pieslice(points, -90, 90, fill=255)
        else:
            pen.line(points, fill=255, width=round(width * scale), joint="curve")
    return large.reduce(_TIMES)


_Stroke = tuple[str, tuple[float, ...], float]
_RING: _Stroke = ("ring", (1, 1, 15, 15), 2)
_SHAPES: dict[str, tuple[_Stroke, ...]] = {
    "open": (_RING,),
    "half": (_RING, ("right half", (1, 1, 15, 15), 0)),
    "full": (("disc", (1, 1, 15, 15), 0),),
    "tick": (("line", (1.5, 8.5, 6, 13, 14.5, 3.5), 2.5),),
    "two": (("disc", (0.5, 4.5, 7.5, 11.5), 0), ("disc", (8.5, 4.5, 15.5, 11.5), 0)),
    "one": (("disc", (4.5, 4.5, 11.5, 11.5), 0),),
    "differ": (
        ("line", (1, 5.5, 15, 5.5), 2),
        ("line", (1, 10.5, 15, 10.5), 2),
        ("line", (11, 1, 5, 15), 2),
    ),
}
"""What each shape is made of: boxes of circles, points of lines, and stroke widths."""
