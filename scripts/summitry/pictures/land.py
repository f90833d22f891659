"""The coastlines: Natural Earth's land at 1:110 million, and how it came here.

`land.json` was made once, by

    python -m summitry.pictures.land land-110m.json land.json

from the file of that name in the npm package world-atlas 2.0.2 (see LAND-LICENSE.txt). Land only:
the country files draw borders, which this site does not do.
"""

from __future__ import annotations

import importlib.resources
import json
import math
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from summitry.pictures import sphere

Ring = list[tuple[float, float]]
"""A closed line of (longitude, latitude) in degrees, first point not repeated."""


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a quantized TopoJSON, decoded: each point is a step from the one before."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        decoded.append(points)
    return decoded


def _ring(arcs: Sequence[Ring], numbers: Sequence[int]) -> Ring:
    """One ring from the arcs it consists of; a negative number means its complement, reversed."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    rounded = [(round(x, 2), round(y, 2)) for x, y in points]
    return [point for i, point in enumerate(rounded) if point != rounded[i - 1]]


def _turned(ring: Ring, hole: bool) -> Ring:
    """The ring with the land on its left: an island is less than half of the sphere, a lake too."""
    small = sphere.encloses([sphere.vector(y, x) for x, y in ring]) < 2 * math.pi
    return ring if small != hole else ring[::-1]


def from_topojson(topology: dict[str, Any]) -> list[Ring]:
    """The rings of the object `land`, rounded to hundredths of a degree (about a kilometre).

    Islands run counter-clockwise and lakes clockwise, seen from above: the land is always on the
    left, which is what the clipping relies on. Raises KeyError if the topology has no such object
    or is not quantized, ValueError if a geometry is neither a polygon nor several.
    """
    arcs = _arcs(topology)
    rings: list[Ring] = []
    for geometry in topology["objects"]["land"]["geometries"]:
        if geometry["type"] not in ("Polygon", "MultiPolygon"):
            raise ValueError(f"a land of type {geometry['type']}: polygons are expected")
        several = geometry["type"] == "MultiPolygon"
        for polygon in geometry["arcs"] if several else [geometry["arcs"]]:
            for place, numbers in enumerate(polygon):
                ring = _ring(arcs, numbers)
                if len(ring) > 2:
                    rings.append(_turned(ring, hole=place > 0))
    return rings


@lru_cache(maxsize=1)
def polygons() -> tuple[tuple[tuple[float, float], ...], ...]:
    """The rings of `land.json` as (longitude, latitude) in degrees, land on the left."""
    text = importlib.resources.files(__package__).joinpath("land.json").read_text("utf-8")
    return tuple(
        tuple(zip(flat[::2], flat[1::2], strict=True)) for flat in json.loads(text)["rings"]
    )


@lru_cache(maxsize=1)
def directions() -> tuple[tuple[sphere.Vector, ...], ...]:
    """The rings of `polygons` as unit vectors."""
    return tuple(tuple(sphere.vector(y, x) for x, y in ring) for ring in polygons())


def main(arguments: Sequence[str]) -> int:
    """Convert a TopoJSON to the form of `land.json`: IN OUT. Returns the exit status."""
    if len(arguments) != 2:
        print("usage: python -m summitry.pictures.land IN OUT", file=sys.stderr)
        return 2
    rings = from_topojson(json.loads(Path(arguments[0]).read_text("utf-8")))
    lines = [
        json.dumps([n for point in ring for n in point], separators=(",", ":")) for ring in rings
    ]
    text = '{"source":"Natural Earth 1:110m land","rings":[\n' + ",\n".join(lines) + "\n]}\n"
    Path(arguments[1]).write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
