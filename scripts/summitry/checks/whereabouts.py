"""Where a place is, as its own file says."""

from __future__ import annotations

from msgspec import Struct

from summitry.content.values import Ref


class Whereabouts(Struct, frozen=True):
    """A place with coordinates, in degrees, north and east positive, and what it is part of."""

    ref: Ref
    name: str
    latitude: float
    longitude: float
    approximate: bool
    within: Ref | None
