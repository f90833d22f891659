"""Words to know: the fields of a term."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import Evidence
from summitry.content.values import Line, Prose


class Term(Entity):
    """A word that readers may not know."""

    kind: ClassVar[str] = "terms"
    schema_type: ClassVar[str] = "DefinedTerm"

    name: Line = Field(description="The term.")
    definition: Prose = Field(description="What it means, in a sentence or two.")
    abbreviation: Line | None = Field(None, description="Its short form.")
    evidence: list[Evidence] = Field(min_length=1, description="What it rests on.")

    @property
    def title(self) -> str:
        """The term."""
        return self.name
