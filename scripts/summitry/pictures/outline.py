"""Lines as SVG writes them: cut to the frame, without what is too small to see, few bytes each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from summitry.pictures.palette import Box

Point = tuple[float, float]
"""x and y in units of the figure, y downwards."""


def _cut(
    ring: Sequence[Point], keeps: Callable[[Point], bool], meet: Callable[[Point, Point], Point]
) -> list[Point]:
    """The part of a ring on one side of a line (Sutherland and Hodgman, 1974)."""
    kept: list[Point] = []
    for before, here in zip([ring[-1], *ring[:-1]], ring, strict=True):
        if keeps(before) != keeps(here):
            kept.append(meet(before, here))
        if keeps(here):
            kept.append(here)
    return kept


def _at_x(x: float) -> Callable[[Point, Point], Point]:
    return lambda a, b: (x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0]))


def _at_y(y: float) -> Callable[[Point, Point], Point]:
    return lambda a, b: (a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]), y)


def cut_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """What of a closed line lies in `box`, closed along its edges; empty if nothing does."""
    kept = list(ring)
    for keeps, meet in (
        (lambda p: p[0] >= box.left, _at_x(box.left)),
        (lambda p: p[0] <= box.right, _at_x(box.right)),
        (lambda p: p[1] >= box.top, _at_y(box.top)),
        (lambda p: p[1] <= box.bottom, _at_y(box.bottom)),
    ):
        if kept:
            kept = _cut(kept, keeps, meet)
    return kept


def cut_line(line: Iterable[Point | None], box: Box) -> Iterator[list[Point]]:
    """The pieces of an open line of which one end of each edge or more lies in `box`.

    None in the line is a gap.
    """
    piece: list[Point] = []
    for before, here in pairwise(line):
        if before and here and (box.holds(*before) or box.holds(*here)):
            piece += [here] if piece else [before, here]
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def simplified(points: Sequence[Point], slack: float) -> list[Point]:
    """The line with fewer points, none of the others farther than `slack` units from it.

    Both ends stay (Douglas and Peucker, 1973).
    """
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = slack * slack, -1
        for i in range(first + 1, last):
            if (away := _away(points[i], points[first], points[last])) > far:
                far, at = away, i
        if at >= 0:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _away(point: Point, start: Point, end: Point) -> float:
    """The square of the distance of a point from the piece of line between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    x, y = point[0] - start[0], point[1] - start[1]
    share = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
    return float((x - share * dx) ** 2 + (y - share * dy) ** 2)


def number(value: float) -> str:
    """A number to a tenth, without what need not be written: `3`, `-.5`."""
    text = f"{value:.1f}".removesuffix(".0")
    text = text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
    return "0" if text in ("-0", "") else text


def path(line: Sequence[Point], closed: bool = False, tenths: int = 1) -> str:
    """Path data: a start and steps from it, in whole multiples of `tenths` tenths of a unit.

    Steps are taken between rounded points, so no error adds up. A line that has become a single
    point, or a ring of fewer than three, gives "".
    """
    rounded = [(round(x * 10 / tenths) * tenths, round(y * 10 / tenths) * tenths) for x, y in line]
    whole = [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]
    if closed and len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    if len(whole) < (3 if closed else 2):
        return ""
    start = " ".join(number(n / 10) for n in whole[0])
    steps = "".join(
        f"{number((b[0] - a[0]) / 10)} {number((b[1] - a[1]) / 10)} " for a, b in pairwise(whole)
    )
    return f"M{start}l{steps.strip().replace(' -', '-')}{'z' if closed else ''}"
