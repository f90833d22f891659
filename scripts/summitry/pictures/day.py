"""The figure of one day: moments and spans on an axis, lying in a wide frame, upright in a narrow.

Wide, the axis is to scale: moments stand above it on stems, spans lie below it as bars. Narrow, the
axis shows the order, and longer waits as longer distances, but not to scale. A hollow mark means
that the time is approximate; the words of the time say so too.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from . import typeset
from .day_layout import NARROW, Entry, Layout, Line, Moment, layout
from .look import HAIRLINE, LINE, PAPER, Colour, Frame

__all__ = ["NARROW", "Entry", "Layout", "Line", "Moment", "draw", "layout"]

_TIMES = 3
"""How much larger than the picture the canvas is."""


def draw(title: str, moments: Sequence[Moment], frame: Frame) -> Image.Image:
    """The figure as an RGB image: as wide as the frame, and at least as high.

    It is higher if the texts need it, so that none is left out. Raises like `layout`.
    """
    plan = layout(title, moments, frame)
    image = Image.new("RGB", (frame.width * _TIMES, plan.height * _TIMES), PAPER)
    pen = ImageDraw.Draw(image)
    _draw_axis(pen, plan)
    for entry in plan.entries:
        if entry.stem is not None:
            x, low, high = entry.stem
            _stroke(pen, (x, high, x, low), HAIRLINE, 1.5)
    for entry in sorted(plan.entries, key=lambda e: e.moment.end_minutes is None):
        _draw_mark(pen, entry)
    for line in (*plan.title, *plan.ticks, *(line for e in plan.entries for line in e.lines)):
        at = (line.x * _TIMES, line.baseline * _TIMES)
        typeset.write(pen, at, line.text, line.face.scaled(_TIMES), line.ink)
    return image.resize((frame.width, plan.height), Image.Resampling.LANCZOS)


def _stroke(
    pen: ImageDraw.ImageDraw, ends: tuple[float, float, float, float], ink: Colour, width: float
) -> None:
    pen.line([round(v * _TIMES, 2) for v in ends], fill=ink, width=round(width * _TIMES))


def _draw_axis(pen: ImageDraw.ImageDraw, plan: Layout) -> None:
    axis = plan.axis
    _stroke(pen, (axis.left, axis.top, axis.right, axis.bottom), LINE, 2)
    for tick in plan.ticks:
        x = tick.x + typeset.width(tick.text, tick.face) / 2
        _stroke(pen, (x, axis.top, x, axis.top + tick.face.size * 0.5), LINE, 2)


def _draw_mark(pen: ImageDraw.ImageDraw, entry: Entry) -> None:
    """A dot or a bar with round ends, hollow if the time is approximate, ringed in white."""
    mark = entry.mark
    radius = min(mark.right - mark.left, mark.bottom - mark.top) / 2
    for grow, ink in ((2.0, PAPER), (0.0, LINE), (-2.0, PAPER)):
        if grow < 0 and not entry.moment.approximate:
            continue
        box = (mark.left - grow, mark.top - grow, mark.right + grow, mark.bottom + grow)
        pen.rounded_rectangle(
            [round(v * _TIMES, 2) for v in box], max(1.0, radius + grow) * _TIMES, fill=ink
        )
