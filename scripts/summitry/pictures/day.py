"""The figure of a day as SVG: an axis of time, lying where there is room, upright where not.

Of several days each has its own axis, one under the other, all to one scale.

Wide, the axis is to scale: moments stand above it on stems, spans lie below it as bars. Narrow, the
axis shows the order, and longer waits as longer distances, but not to scale. A hollow mark means
that the time is approximate; the words of the time say so too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from summitry.pictures import typeset
from summitry.pictures.day_layout import Day, DayLayout, Line, PlacedMoment, layouts
from summitry.pictures.outline import number
from summitry.pictures.palette import Box, Frame
from summitry.pictures.vector import Drawn, Form, Shapes, TextLine, letters

WIDE, NARROW = Frame(760, 240, 16), Frame(340, 240, 16)
"""Shown between 640 and 800 px wide, and about as wide as a phone: letters of 12 px and more."""

_RING = 2.0
"""How far the ground shows around a mark, in units."""


def draw(title: str, description: str, days: Sequence[Day]) -> Drawn:
    """The figure in its two forms; each day has its heading. Raises like `day_layout.layouts`."""
    lying, upright = (layouts(days, frame) for frame in (WIDE, NARROW))
    forms = (_form("roomy", WIDE, lying), _form("tight", NARROW, upright))
    words = [line for plan in lying for line in _words(plan)]
    return Drawn("day", title, description, forms, forms[0].marks, letters(words))


def _form(name: Literal["roomy", "tight"], frame: Frame, plans: Sequence[DayLayout]) -> Form:
    ground, marks = (Shapes("".join(one(plan) for plan in plans)) for one in (_ground, _marks))
    return Form(name, frame.width, plans[-1].height, ground, marks)


def _stroke(css: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line, upright or level."""
    way = f"V{number(y2)}" if x1 == x2 else f"H{number(x2)}"
    return f'<path class="{css}" d="M{number(x1)} {number(y1)}{way}"/>'


def _ground(plan: DayLayout) -> Shapes:
    """Stems, the axis and its hours' ticks."""
    axis = plan.axis
    stems = "".join(
        _stroke("stem", e.stem[0], e.stem[1], e.stem[0], e.stem[2]) for e in plan.entries if e.stem
    )
    line = _stroke("line", axis.left, axis.top, axis.right, axis.bottom)
    ticks = ""
    for tick in plan.ticks:
        x = tick.x + typeset.width(tick.text, tick.face) / 2
        ticks += _stroke("line", x, axis.top, x, axis.top + tick.face.size * 0.5)
    return Shapes(stems + line + ticks)


def _words(plan: DayLayout) -> list[TextLine]:
    ticks = [
        TextLine(
            t.text, t.x + typeset.width(t.text, t.face) / 2, t.baseline, t.face, "soft", "middle"
        )
        for t in plan.ticks
    ]
    lines: list[Line] = [*plan.title, *(line for entry in plan.entries for line in entry.lines)]
    return ticks + [
        TextLine(line.text, line.x, line.baseline, line.face, "soft" if line.soft else "")
        for line in lines
    ]


def _marks(plan: DayLayout) -> Shapes:
    """Bars first, so that dots stand upon them; then the words."""
    entries = sorted(plan.entries, key=lambda e: e.moment.end_minutes is None)
    marks = "".join(_mark(entry) for entry in entries)
    return Shapes(marks + "".join(line.markup for line in _words(plan)))


def _mark(entry: PlacedMoment) -> str:
    """A dot or a bar with round ends, hollow if the time is approximate, ringed by the ground."""
    css = "mark open" if entry.moment.approximate else "mark"
    return _round("ring", entry.mark, _RING) + _round(css, entry.mark, -0.75)


def _round(css: str, box: Box, grow: float) -> str:
    """A box with round ends, `grow` units larger on each side."""
    wide, high = box.right - box.left + 2 * grow, box.bottom - box.top + 2 * grow
    return (
        f'<rect class="{css}" x="{number(box.left - grow)}" y="{number(box.top - grow)}"'
        f' width="{number(wide)}" height="{number(high)}" rx="{number(min(wide, high) / 2)}"/>'
    )
