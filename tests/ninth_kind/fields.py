"""Treaties: the fields of a treaty."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field
from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import Evidence, PlaceRef
from summitry.content.values import Date, Line


class Treaty(Entity):
    """A treaty that the explainer names."""

    kind: ClassVar[str] = "treaties"
    schema_type: ClassVar[str] = "Legislation"

    name: Line = Field(description="What it is called.")
    signed_on: Date = Field(description="When it was signed.")
    signed_in: PlaceRef | None = Field(None, description="Where.")
    evidence: list[Evidence] = Field(min_length=1, description="What it rests on.")

    @property
    def title(self) -> str:
        """The treaty's name."""
        return self.name
