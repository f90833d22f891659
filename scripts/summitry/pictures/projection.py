"""From the globe to a frame: Lambert's azimuthal equal-area projection, fitted to places.

Equal areas, because a map that shows how far people came should not make the north larger than it
is. The picture is turned so that north is up at the main place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from summitry.pictures import sphere
from summitry.pictures.palette import Box
from summitry.pictures.sphere import Vector

REACH = math.radians(130)
"""How far from the centre the map sees. Beyond, this projection smears everything into a ring."""

LEAST = math.radians(16)
"""The least of the globe that the shorter side of a map with coasts shows: they bear no more."""


class Projection(Struct, frozen=True):
    """How a direction becomes a point: pixels of the frame, x to the right and y downwards.

    `right` and `up` are directions square to `centre`; `scale` is pixels to the Earth's radius;
    `x` and `y` say where the centre stands.
    """

    centre: Vector
    right: Vector
    up: Vector
    scale: float
    x: float
    y: float

    def place(self, direction: Vector) -> tuple[float, float]:
        """Where a direction stands. Meaningless for the point opposite to the centre."""
        return self.scaled(_flat(direction, self.centre, self.right, self.up))

    def scaled(self, flat: tuple[float, float]) -> tuple[float, float]:
        """Where a point of the plane stands that is measured in radii of the Earth."""
        return self.x + flat[0] * self.scale, self.y - flat[1] * self.scale

    def flat(self, ring: Sequence[Vector]) -> list[tuple[float, float]]:
        """Directions as points of the plane: the same in every frame and at every scale."""
        return [_flat(direction, self.centre, self.right, self.up) for direction in ring]

    def point(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        """Where a place in degrees stands, or None if the map does not reach that far."""
        direction = sphere.vector(latitude, longitude)
        if sphere.dot(direction, self.centre) <= math.cos(REACH):
            return None
        return self.place(direction)


def _flat(direction: Vector, centre: Vector, right: Vector, up: Vector) -> tuple[float, float]:
    """The projection itself, in radii of the Earth."""
    stretch = math.sqrt(2 / max(1e-9, 1 + sphere.dot(direction, centre)))
    return stretch * sphere.dot(direction, right), stretch * sphere.dot(direction, up)


def _centre(directions: Sequence[Vector]) -> Vector:
    """The middle of the places; of places around a pole, nearer to it the wider they lie apart.

    A map of one city, and one of places along the equator, is centred on them; a map of places on
    all sides of a pole is a polar one.
    """
    total = (0.0, 0.0, 0.0)
    for direction in directions:
        total = sphere.weighted(total, 1, direction, 1)
    middle = sphere.normal(total)
    pole = (0.0, 0.0, 1.0 if total[2] > -0.3 * len(directions) else -1.0)
    if middle is None:
        return pole
    spread = max(sphere.angle(middle, direction) for direction in directions)
    if sphere.angle(middle, pole) > spread:
        return middle
    share = min(1.0, spread / (math.pi / 3))
    return sphere.normal(sphere.weighted(middle, 1 - share, pole, share)) or middle


def _upright(centre: Vector, main: Vector) -> tuple[Vector, Vector]:
    """The directions to the right and up at which north is up where `main` stands."""
    east, north = sphere.axes(centre)
    towards = sphere.normal(sphere.weighted(main, 1, (0.0, 0.0, 1.0), 1e-3)) or main
    here, there = (_flat(v, centre, east, north) for v in (main, towards))
    turn = math.atan2(there[0] - here[0], there[1] - here[1])
    if math.hypot(there[0] - here[0], there[1] - here[1]) < 1e-9:
        turn = 0.0
    cosine, sine = math.cos(turn), math.sin(turn)
    return (
        sphere.weighted(east, cosine, north, -sine),
        sphere.weighted(east, sine, north, cosine),
    )


def around(place: Vector, reach: float, room: Box) -> Projection:
    """The projection with a place in the middle and north up, which shows `reach` radians around it
    between the shorter sides of `room`."""
    right, up = _upright(place, place)
    scale = min(room.right - room.left, room.bottom - room.top) / (4 * math.sin(reach / 2))
    x, y = (room.left + room.right) / 2, (room.top + room.bottom) / 2
    return Projection(place, right, up, scale, x, y)


def fit(directions: Sequence[Vector], main: Vector, room: Box, least: float = LEAST) -> Projection:
    """The projection in which all `directions` stand in `room` as large as they can.

    `directions` are the places and the ways between them; `main` is where north is up; `least` is
    how much of the globe, in radians, the shorter side shows at least. Raises ValueError if there
    are no directions.
    """
    if not directions:
        raise ValueError("a map needs at least one place")
    centre = _centre(directions)
    right, up = _upright(centre, main)
    flat = [_flat(direction, centre, right, up) for direction in directions]
    left, east = min(x for x, _ in flat), max(x for x, _ in flat)
    low, high = min(y for _, y in flat), max(y for _, y in flat)
    width, height = room.right - room.left, room.bottom - room.top
    scale = min(
        width / max(east - left, 1e-9),
        height / max(high - low, 1e-9),
        min(width, height) / least,
    )
    x = (room.left + room.right) / 2 - scale * (left + east) / 2
    y = (room.top + room.bottom) / 2 + scale * (low + high) / 2
    return Projection(centre, right, up, scale, x, y)
