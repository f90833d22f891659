"""Places: the fields of a place."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field
from pydantic import model_validator as validator

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import Evidence, NameUsed, PlaceRef
from summitry.content.values import Latitude, Line, Longitude, TimeZone, wrong


class Place(Entity):
    """A place where something happened, or that is spoken of."""

    kind: ClassVar[str] = "places"
    schema_type: ClassVar[str] = "Place"

    when_needed: ClassVar[dict[str, str]] = {
        "latitude": "with `longitude`, and on a map",
        "longitude": "with `latitude`, and on a map",
        "evidence": "with `summary`",
    }

    name: Line = Field(description="The official name.")
    latitude: Latitude | None = Field(None, description="Degrees north, WGS 84.")
    longitude: Longitude | None = Field(None, description="Degrees east, WGS 84.")
    precision: Literal["about"] | None = Field(
        None, description="`about` where the coordinates are approximate, as they are then shown."
    )
    contained_in: PlaceRef | None = Field(None, description="The place it is part of.")
    time_zone: TimeZone | None = Field(
        None, description="Its IANA time zone, unless the place that it is part of has it."
    )
    names: list[NameUsed] = Field(default=[], description="What sources call it.")
    evidence: list[Evidence] = Field(default=[], description="What the summary rests on.")

    @property
    def title(self) -> str:
        """The place's official name."""
        return self.name

    @validator(mode="after")
    def _both_coordinates(self) -> Place:
        if (self.latitude is None) != (self.longitude is None):
            raise wrong("bad-value", "one coordinate stands without the other", "give both")
        return self
