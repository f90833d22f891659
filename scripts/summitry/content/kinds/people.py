"""People: the fields of a person."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import Evidence, ImageRef, Role
from summitry.content.values import Line


class Person(Entity):
    """A person whom the explainer names."""

    kind: ClassVar[str] = "people"
    schema_type: ClassVar[str] = "Person"

    name: Line = Field(description="The name in the spelling that this site uses.")
    summary: Line = Field(description="One sentence: who this is in this story.")
    roles: list[Role] = Field(default=[], description="Offices held.")
    side: Line | None = Field(None, description="A side listed in mkdocs.yml.")
    image: ImageRef | None = Field(None, description="A portrait.")
    evidence: list[Evidence] = Field(default=[], description="What the summary rests on.")

    @property
    def title(self) -> str:
        """The person's name."""
        return self.name

    def role_on(self, day: date | None) -> str:
        """The office held on a day: the first role whose span holds it, or ""."""
        for role in self.roles:
            started = role.start is None or day is None or role.start.first <= day
            ended = role.end is not None and day is not None and role.end.last < day
            if started and not ended:
                return role.text
        return ""
