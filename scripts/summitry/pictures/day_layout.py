"""Where everything stands in the figure of a day, or of several; `day` writes it as SVG.

Wide, the axis is to scale: moments stand above it on stems, spans lie below it as bars. Narrow, the
axis shows the order, and longer waits as longer distances, but not to scale. A hollow mark means
that the time is approximate; the words of the time say so too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from summitry.pictures import typeset
from summitry.pictures.palette import Box, Frame
from summitry.pictures.typeset import Face

NARROW = 700
"""Frames less wide than this, in pixels, are drawn upright."""


class Moment(Struct, frozen=True):
    """Something that happened, with its times as text and as minutes since local midnight.

    `second_label` is the time elsewhere, or empty. With `end_minutes` it is a span, which may end
    on the next day, at 1440 and more.
    """

    time_label: str
    second_label: str
    name: str
    minutes: float
    end_minutes: float | None
    approximate: bool


Day = tuple[str, Sequence[Moment]]
"""A day of the figure: its heading, and what happened."""


class Line(Struct, frozen=True):
    """A line of text: its start on the baseline, in pixels. What is less in weight is `soft`."""

    text: str
    x: float
    baseline: float
    face: Face
    soft: bool = False


class PlacedMoment(Struct, frozen=True):
    """A moment in the figure: `box` around its text, and its mark.

    `mark` is the middle of the dot, or the bar of a span from (left, top) to (right, bottom). The
    stem of a moment runs from the dot to `box`; `stem` is None where there is none.
    """

    moment: Moment
    box: Box
    lines: tuple[Line, ...]
    mark: Box
    stem: tuple[float, float, float] | None


class DayLayout(Struct, frozen=True):
    """The figure in pixels: its height, the axis as a box without thickness, and what it holds."""

    height: int
    axis: Box
    entries: tuple[PlacedMoment, ...]
    ticks: tuple[Line, ...]
    title: tuple[Line, ...]


class _Block(Struct, frozen=True):
    """The text of a moment before it has a place: lines relative to its upper left corner."""

    lines: tuple[Line, ...]
    width: float
    height: float

    def at(self, x: float, y: float) -> tuple[Line, ...]:
        return tuple(
            Line(line.text, line.x + x, line.baseline + y, line.face, line.soft)
            for line in self.lines
        )


def _check(moments: Sequence[Moment]) -> list[Moment]:
    if not moments:
        raise ValueError("the figure of a day needs at least one moment")
    for moment in moments:
        end = moment.end_minutes
        if not math.isfinite(moment.minutes) or (end is not None and not end >= moment.minutes):
            raise ValueError(f"{moment.name!r} ends before it begins")
    return sorted(moments, key=lambda m: (m.minutes, m.end_minutes is not None))


def _small(size: int) -> Face:
    """The face of hours and of times elsewhere."""
    return Face("regular", max(12, round(size * 0.85)))


def _block(moment: Moment, size: int, room: float) -> _Block:
    """Time, time elsewhere and name, one under the other, no wider than `room` pixels."""
    parts = (
        (moment.time_label, Face("semibold", size), False),
        (moment.second_label, _small(size), True),
        (moment.name, Face("regular", size), False),
    )
    lines: list[Line] = []
    y = 0.0
    for text, face, soft in parts:
        wrapped = typeset.wrap(text, face, room)
        if wrapped is None:
            raise ValueError(
                f"a word of {text!r} is wider than the figure: shorten it in the event's name"
            )
        for line in wrapped:
            lines.append(Line(line, 0.0, y + face.size * 0.95, face, soft))
            y += face.size * 1.25
    width = max((typeset.width(line.text, line.face) for line in lines), default=0.0)
    return _Block(tuple(lines), width, y)


def _title(title: str, frame: Frame, pad: float) -> tuple[tuple[Line, ...], float]:
    """The title's lines, and where they end."""
    face = Face("semibold", round(frame.label_size * 1.25))
    wrapped = typeset.wrap(title, face, frame.width - 2 * pad)
    if wrapped is None:
        raise ValueError("a word of the title is wider than the figure")
    lines = tuple(
        Line(text, pad, pad + face.size * (0.8 + number * 1.2), face)
        for number, text in enumerate(wrapped)
    )
    return lines, pad + face.size * 1.2 * len(lines) + (frame.label_size if lines else 0)


def layouts(days: Sequence[Day], frame: Frame) -> list[DayLayout]:
    """Days under one another, to one scale; `height` is how far down each reaches.

    No text touches another. Moments may come in any order. Raises ValueError without moments, for a
    span that ends before it begins, and for words wider than the frame.
    """
    ordered = [(title, _check(moments)) for title, moments in days]
    if not ordered:
        raise ValueError("the figure of a day needs at least one moment")
    every = [moment for _, moments in ordered for moment in moments]
    found: list[DayLayout] = []
    for title, moments in ordered:
        upright = frame.width < NARROW
        plan = _upright(title, moments, frame) if upright else _lying(title, moments, frame, every)
        found.append(_lowered(plan, found[-1].height if found else 0))
    return found


def layout(title: str, moments: Sequence[Moment], frame: Frame) -> DayLayout:
    """The figure of one day."""
    return layouts([(title, moments)], frame)[0]


def _lowered(plan: DayLayout, down: int) -> DayLayout:
    if not down:
        return plan
    title, ticks = (
        tuple(replace(line, baseline=line.baseline + down) for line in lines)
        for lines in (plan.title, plan.ticks)
    )
    entries = tuple(_moved(entry, down) for entry in plan.entries)
    return DayLayout(plan.height + down, _box(plan.axis, down), entries, ticks, title)


def _hours(moments: Sequence[Moment]) -> tuple[int, int]:
    ends = [moment.end_minutes or moment.minutes for moment in moments]
    first = math.floor(min(moment.minutes for moment in moments) / 60)
    return first, max(first + 1, math.ceil(max(ends) / 60))


def _right(moments: Sequence[Moment], blocks: Sequence[_Block], left: float, limit: float) -> float:
    """How far to the right the axis can reach so that every text stays within `limit`."""
    first, last = _hours(moments)
    right = limit
    for moment, block in zip(moments, blocks, strict=True):
        share = (moment.minutes / 60 - first) / (last - first)
        if share > 0:
            right = min(right, left + (limit - block.width - 8 - left) / share)
    return max(right, left + (limit - left) * 0.4)


def _tiers(starts: Sequence[float], ends: Sequence[float]) -> list[int]:
    """The tier of each text, from 0 next to the axis, for texts that start at their stems.

    A stem must not run through a text. So a text stands higher than every later one that begins
    within its width, for then those stems end below it. `starts` ascend.
    """
    tiers = [0] * len(starts)
    for i in reversed(range(len(starts))):
        beneath = [tiers[j] for j in range(i + 1, len(starts)) if starts[j] < ends[i]]
        tiers[i] = max(beneath, default=-1) + 1
    return tiers


def _lying(title: str, moments: list[Moment], frame: Frame, every: Sequence[Moment]) -> DayLayout:
    """`every` are the moments of all days, which have one scale."""
    size = frame.label_size
    pad = size * 1.5
    heading, top = _title(title, frame, pad)
    blocks = [_block(moment, size, size * 11) for moment in moments]
    first, last = _hours(every)
    right = _right(
        every, [_block(moment, size, size * 11) for moment in every], pad, frame.width - pad
    )
    pixels = (right - pad) / (last - first) / 60

    def x_of(minutes: float) -> float:
        return pad + (minutes - first * 60) * pixels

    points = [(m, b) for m, b in zip(moments, blocks, strict=True) if m.end_minutes is None]
    spans = [(m, b) for m, b in zip(moments, blocks, strict=True) if m.end_minutes is not None]
    starts = [x_of(m.minutes) for m, _ in points]
    tiers = _tiers(starts, [x + b.width + size for x, (_, b) in zip(starts, points, strict=True)])
    heights = [
        max((b.height for (_, b), t in zip(points, tiers, strict=True) if t == tier), default=0.0)
        for tier in range(max(tiers, default=-1) + 1)
    ]
    axis = top + sum(heights) + size * 0.6 * len(heights) + size
    entries: list[PlacedMoment] = []
    for x, (moment, block), tier in zip(starts, points, tiers, strict=True):
        low = axis - size * 1.2 - sum(heights[:tier]) - size * 0.6 * tier
        corner = (x + size * 0.4, low - block.height)
        box = Box(corner[0], corner[1], corner[0] + block.width, low)
        dot = Box(x - size * 0.3, axis - size * 0.3, x + size * 0.3, axis + size * 0.3)
        entries.append(PlacedMoment(moment, box, block.at(*corner), dot, (x, axis, corner[1])))
    bars, bottom = _bars(
        spans, [(x_of(m.minutes), x_of(m.end_minutes or 0)) for m, _ in spans], size
    )
    offset = axis + size * 2.4
    entries += [_moved(entry, offset) for entry in bars]
    ticks = _ticks(first, last, pixels * 60, pad, axis, size)
    height = max(frame.height, math.ceil(offset + bottom + size))
    return DayLayout(height, Box(pad, axis, right, axis), tuple(entries), ticks, heading)


def _ticks(
    first: int, last: int, hour: float, left: float, axis: float, size: int
) -> tuple[Line, ...]:
    """The hours under the axis, as many as there is room for."""
    face = _small(size)
    wide = typeset.width("00:00", face)
    step = next((n for n in (1, 2, 3, 4, 6) if n * hour > wide * 1.5), 12)
    ticks: list[Line] = []
    for number in range(first, last + 1):
        if (number - first) % step == 0:
            x = left + (number - first) * hour - wide / 2
            ticks.append(Line(f"{number % 24:02d}:00", x, axis + size * 1.5, face, True))
    return tuple(ticks)


def _bars(
    spans: Sequence[tuple[Moment, _Block]], ends: Sequence[tuple[float, float]], size: int
) -> tuple[list[PlacedMoment], float]:
    """Spans in lanes, from a height of 0 downwards, each bar with its text under it."""
    lanes: list[list[PlacedMoment]] = []
    y = 0.0
    waiting = list(zip(spans, ends, strict=True))
    while waiting:
        lane: list[PlacedMoment] = []
        later = []
        for (moment, block), (left, right) in waiting:
            if lane and left < max(lane[-1].box.right, lane[-1].mark.right) + size:
                later.append(((moment, block), (left, right)))
                continue
            bar = Box(left, y, max(right, left + size * 0.5), y + size * 0.5)
            corner = (left, bar.bottom + size * 0.35)
            box = Box(left, corner[1], left + block.width, corner[1] + block.height)
            lane.append(PlacedMoment(moment, box, block.at(*corner), bar, None))
        y = max(entry.box.bottom for entry in lane) + size * 0.8
        lanes.append(lane)
        waiting = later
    return [entry for lane in lanes for entry in lane], y


def _box(box: Box, down: float) -> Box:
    return Box(box.left, box.top + down, box.right, box.bottom + down)


def _moved(entry: PlacedMoment, down: float) -> PlacedMoment:
    lines = tuple(replace(line, baseline=line.baseline + down) for line in entry.lines)
    x, low, high = entry.stem or (0.0, 0.0, 0.0)
    stem = (x, low + down, high + down) if entry.stem else None
    return PlacedMoment(entry.moment, _box(entry.box, down), lines, _box(entry.mark, down), stem)


def _upright(title: str, moments: list[Moment], frame: Frame) -> DayLayout:
    size = frame.label_size
    pad = size * 1.2
    heading, y = _title(title, frame, pad)
    x = pad + size * 0.5
    left = x + size * 1.4
    top = y
    placed: list[tuple[Moment, _Block, float]] = []
    for number, moment in enumerate(moments):
        if number:
            wait = (moment.minutes - moments[number - 1].minutes) / 60
            y += size * (0.7 + min(3.0, wait * 0.9))
        block = _block(moment, size, frame.width - left - pad)
        placed.append((moment, block, y))
        y += block.height
    anchors = [(moment.minutes, start + size * 0.62) for moment, _, start in placed]
    entries: list[PlacedMoment] = []
    for moment, block, start in placed:
        middle = start + size * 0.62
        low = middle
        if moment.end_minutes is not None:
            low = max(middle + size * 0.6, _between(anchors, moment.end_minutes, y))
        reach = size * (0.36 if moment.end_minutes is None else 0.25)
        mark = Box(x - reach, middle - reach, x + reach, low + reach)
        box = Box(left, start, left + block.width, start + block.height)
        entries.append(PlacedMoment(moment, box, block.at(left, start), mark, None))
    lowest = max([y, *(entry.mark.bottom for entry in entries)])
    height = max(frame.height, math.ceil(lowest + pad))
    axis = Box(x, top + size * 0.62, x, max(y - size * 0.6, top + size))
    return DayLayout(height, axis, tuple(entries), (), heading)


def _between(anchors: Sequence[tuple[float, float]], minutes: float, bottom: float) -> float:
    """The height at which a time stands on an upright axis, between the moments around it."""
    before = [anchor for anchor in anchors if anchor[0] <= minutes]
    after = [anchor for anchor in anchors if anchor[0] > minutes]
    if not after:
        same = [y for m, y in anchors if m == minutes]
        return same[0] if same else bottom
    (start, high), (end, low) = before[-1], after[0]
    return high + (low - high) * (minutes - start) / (end - start)
