"""Where the names on a map go: beside their dots, clear of one another and of the edge.

A name stands nearest to its own dot; where there is no room for that, a line leads to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from summitry.pictures.palette import Box

_SIDES = (
    (1, 0.0),
    (-1, 0.0),
    (1, -1.0),
    (1, 1.0),
    (-1, -1.0),
    (-1, 1.0),
    (0, -1.0),
    (0, 1.0),
)
"""The eight positions, the best first: across (1 is right of the dot) and down (-1 is above)."""


Lead = tuple[tuple[float, float], tuple[float, float]]
"""A line from the edge of a dot to the name that is its own."""

_CLEAR = 1.5
"""How many times as far as its own dot every other dot is from a name."""


class LabelWanted(Struct, frozen=True):
    """A name to be placed: the middle and radius of its dot, and the size of the text in pixels."""

    x: float
    y: float
    radius: float
    width: float
    height: float

    def away(self, box: Box) -> float:
        """How far the box is from the edge of the dot, in pixels."""
        return max(0.0, math.dist((self.x, self.y), self._toward(box)) - self.radius)

    def lead(self, box: Box) -> Lead:
        """The line from the dot to the box."""
        (x, y), far = self._toward(box), self.away(box)
        part = self.radius / (self.radius + far)
        return (self.x + (x - self.x) * part, self.y + (y - self.y) * part), (x, y)

    def _toward(self, box: Box) -> tuple[float, float]:
        """The point of the box that is nearest to the dot."""
        x = min(max(self.x, box.left), box.right)
        return x, min(max(self.y, box.top), box.bottom)


class NoRoomError(ValueError):
    """The names cannot all be placed without touching."""


def _candidates(wanted: LabelWanted) -> list[tuple[Box, float]]:
    """The boxes in which the name could stand, with how little each is liked."""
    boxes: list[tuple[Box, float]] = []
    for ring, away in enumerate((1.0, 1.8, 3.0, 4.6)):
        gap = wanted.height * 0.28 * away
        for rank, (across, down) in enumerate(_SIDES):
            slant = 0.75 if across and down else 1.0
            shift = (wanted.radius + gap) * slant
            x = wanted.x + across * (shift + wanted.width / 2)
            y = wanted.y + down * (shift * (0.7 if across else 1.0) + wanted.height / 2)
            if across and down:
                y -= down * wanted.height * 0.2
            half = wanted.width / 2, wanted.height / 2
            boxes.append((Box(x - half[0], y - half[1], x + half[0], y + half[1]), rank + ring * 9))
    return boxes


def _crossed(box: Box, lines: Sequence[Sequence[tuple[float, float]]]) -> int:
    return sum(any(box.holds(x, y) for x, y in line) for line in lines)


def place(
    wanted: Sequence[LabelWanted],
    obstacles: Sequence[Box],
    lines: Sequence[Sequence[tuple[float, float]]],
    width: float,
    height: float,
) -> list[Box]:
    """A box for each name, in the order given, of which earlier ones choose first.

    Each is clearly nearer to its own dot than to any other, unless they cannot all be. No box
    touches another, a dot, an obstacle or the edge of the frame; lines (given as points close to
    one another) are crossed only if there is no other way. Raises NoRoomError.
    """
    least = min((item.height for item in wanted), default=0.0)
    gap, margin = least * 0.15, least * 0.55
    dots = [Box(w.x - w.radius, w.y - w.radius, w.x + w.radius, w.y + w.radius) for w in wanted]
    options: list[list[Box]] = []
    near: list[list[Box]] = []
    for item in wanted:
        free = [
            (dislike + 20 * _crossed(box, lines), box)
            for box, dislike in _candidates(item)
            if box.inside(width, height, margin)
            and not any(box.overlaps(other, gap) for other in (*obstacles, *dots))
        ]
        liked = [box for _, box in sorted(free, key=lambda pair: pair[0])]
        near.append([box for box in liked if is_clear(box, item, wanted)])
        options.append([*near[-1], *(box for box in liked if box not in near[-1])])
    chosen = _choose(near, [], gap, [20_000]) or _choose(options, [], gap, [20_000])
    if chosen is None:
        raise NoRoomError("the names of the places do not fit on the map: depict fewer of them")
    return chosen


def is_clear(box: Box, own: LabelWanted, wanted: Sequence[LabelWanted]) -> bool:
    """Whether a name in the box would be taken for that of its own dot."""
    others = [one.away(box) for one in wanted if one is not own]
    return all(other > own.away(box) * _CLEAR for other in others)


def _choose(
    options: Sequence[Sequence[Box]], taken: list[Box], gap: float, budget: list[int]
) -> list[Box] | None:
    """Take the first option that leaves room for all the rest; go back when none does."""
    if len(taken) == len(options):
        return taken
    for box in options[len(taken)]:
        budget[0] -= 1
        if budget[0] < 0:
            return None
        if not any(box.overlaps(other, gap) for other in taken):
            found = _choose(options, [*taken, box], gap, budget)
            if found is not None:
                return found
    return None
