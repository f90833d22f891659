"""Directions on the globe: unit vectors, great circles, and clipping at a horizon.

Working with vectors rather than with longitudes and latitudes is what makes the antimeridian and
the poles ordinary places: no edge jumps from +180 to -180 degrees, and Antarctica is a ring like
any other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

EARTH = 6371.0088
"""The mean radius of the Earth in kilometres."""

Vector = tuple[float, float, float]
"""A direction from the middle of the Earth, of length 1."""

Ring = Sequence[Vector]
"""A closed line, first point not repeated, with what it encloses to the left (seen from above)."""


def vector(latitude: float, longitude: float) -> Vector:
    """The direction of a place given in degrees. Raises ValueError beyond the poles."""
    if not (-90 <= latitude <= 90 and -360 <= longitude <= 360):
        raise ValueError(f"no place on the globe: latitude {latitude}, longitude {longitude}")
    phi, theta = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)


def dot(a: Vector, b: Vector) -> float:
    """The scalar product: the cosine of the angle between two directions."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """The vector product, not brought to length 1."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def weighted(a: Vector, share_a: float, b: Vector, share_b: float) -> Vector:
    """The sum of two vectors, each multiplied by its share."""
    return (
        a[0] * share_a + b[0] * share_b,
        a[1] * share_a + b[1] * share_b,
        a[2] * share_a + b[2] * share_b,
    )


def normal(a: Vector) -> Vector | None:
    """The vector at length 1, or None if it has no direction to speak of."""
    length = math.sqrt(dot(a, a))
    return None if length < 1e-9 else (a[0] / length, a[1] / length, a[2] / length)


def angle(a: Vector, b: Vector) -> float:
    """The angle between two directions in radians, exact for small ones too."""
    c = cross(a, b)
    return math.atan2(math.sqrt(dot(c, c)), dot(a, b))


def great_circle(a: Vector, b: Vector, step: float) -> list[Vector]:
    """The shortest way from `a` to `b`, both included, in pieces of at most `step` radians.

    Raises ValueError for opposite ends of the Earth, between which every way is as short.
    """
    whole = angle(a, b)
    if whole < 1e-9:
        return [a]
    if math.pi - whole < 1e-6:
        raise ValueError("no shortest way between opposite points of the globe: add one between")
    count = max(1, math.ceil(whole / step))
    sine = math.sin(whole)
    return [
        weighted(
            a,
            math.sin(whole * (count - part) / count) / sine,
            b,
            math.sin(whole * part / count) / sine,
        )
        for part in range(count + 1)
    ]


def axes(centre: Vector) -> tuple[Vector, Vector]:
    """Two directions square to `centre` and to one another: east and north where those exist."""
    east = normal(cross((0.0, 0.0, 1.0), centre)) or (0.0, 1.0, 0.0)
    return east, cross(centre, east)


def distance(a: Vector, b: Vector) -> float:
    """The shortest way from `a` to `b` in kilometres, on a sphere as large as the Earth."""
    return EARTH * angle(a, b)


def bearing(a: Vector, b: Vector) -> float:
    """The direction in which the shortest way from `a` to `b` begins, in degrees east of north."""
    east, north = axes(a)
    return math.degrees(math.atan2(dot(b, east), dot(b, north))) % 360


def encloses(ring: Ring) -> float:
    """The area to the left of the ring, in steradians (the whole sphere has 4 pi).

    The areas of the triangles between the north pole and each edge, added up with their signs.
    """
    pole = (0.0, 0.0, 1.0)
    total = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        triple = dot(pole, cross(a, b))
        total += 2 * math.atan2(triple, 1 + dot(pole, a) + dot(a, b) + dot(b, pole))
    return total % (4 * math.pi)


class Horizon:
    """A circle on the globe, `reach` radians around `centre`; what lies outside is not seen."""

    def __init__(self, centre: Vector, reach: float) -> None:
        """`reach` lies between 0 and pi, both excluded."""
        self._centre = centre
        self._east, self._north = axes(centre)
        self._sine, self._cosine = math.sin(reach), math.cos(reach)

    def sees(self, place: Vector) -> bool:
        """Whether the place lies inside the circle."""
        return dot(self._centre, place) > self._cosine

    def _bearing(self, place: Vector) -> float:
        return math.atan2(dot(place, self._north), dot(place, self._east)) % (2 * math.pi)

    def _rim(self, bearing: float) -> Vector:
        across = weighted(self._east, math.cos(bearing), self._north, math.sin(bearing))
        return weighted(self._centre, self._cosine, across, self._sine)

    def _crossing(self, a: Vector, b: Vector) -> float:
        """The bearing at which the edge from `a` to `b` crosses the circle."""
        low, high = dot(self._centre, a), dot(self._centre, b)
        share = (self._cosine - low) / (high - low)
        return self._bearing(weighted(a, 1 - share, b, share))

    def _runs(self, ring: Ring) -> list[tuple[float, list[Vector], float]]:
        """The seen parts of a ring that crosses: bearing of entry, the points, bearing of exit."""
        seen = [self.sees(place) for place in ring]
        start = next(i for i, visible in enumerate(seen) if visible and not seen[i - 1])
        runs: list[tuple[float, list[Vector], float]] = []
        entry, points = 0.0, list[Vector]()
        for offset in range(len(ring)):
            i = (start + offset) % len(ring)
            if not seen[i]:
                continue
            if not seen[i - 1]:
                entry, points = self._crossing(ring[i - 1], ring[i]), []
            points.append(ring[i])
            after = (i + 1) % len(ring)
            if not seen[after]:
                runs.append((entry, points, self._crossing(ring[i], ring[after])))
        return runs

    def _along(self, start: float, end: float) -> list[Vector]:
        """Points on the circle between two bearings, counter-clockwise, two degrees apart."""
        whole = (end - start) % (2 * math.pi)
        count = max(1, math.ceil(whole / math.radians(2)))
        return [self._rim(start + whole * part / count) for part in range(count + 1)]

    def clip(self, rings: Sequence[Ring]) -> list[list[Vector]]:
        """What is seen of the rings, as rings with the same side enclosed.

        Where a ring leaves the circle, its enclosed side lies to the left, and so does the inside
        of a circle walked counter-clockwise: so the piece that is seen goes on counter-clockwise
        along the circle until the next ring comes in. Rings must not cross one another, and at
        least one must be seen in part if the middle of the circle is to be enclosed at all.
        """
        whole: list[list[Vector]] = []
        runs: list[tuple[float, list[Vector], float]] = []
        for ring in rings:
            seen = [self.sees(place) for place in ring]
            if all(seen):
                whole.append(list(ring))
            elif any(seen):
                runs += self._runs(ring)
        return whole + self._joined(runs)

    def _joined(self, runs: list[tuple[float, list[Vector], float]]) -> list[list[Vector]]:
        waiting = list(range(len(runs)))
        joined: list[list[Vector]] = []
        while waiting:
            first = current = waiting.pop(0)
            ring: list[Vector] = []
            while True:
                _, points, leaving = runs[current]
                ring += points
                ahead = min([first, *waiting], key=lambda i: (runs[i][0] - leaving) % (2 * math.pi))
                ring += self._along(leaving, runs[ahead][0])
                if ahead == first:
                    break
                waiting.remove(ahead)
                current = ahead
            joined.append(ring)
        return joined
