"""People: the fields of a person."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field
from pydantic import model_validator as validator

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import Evidence, ImageRef, Role
from summitry.content.problems import suggestion
from summitry.content.values import Line, wrong


class Person(Entity):
    """A person whom the explainer names."""

    kind: ClassVar[str] = "people"
    schema_type: ClassVar[str] = "Person"

    when_needed: ClassVar[dict[str, str]] = {
        "evidence": "yes",
    }

    name: Line = Field(description="The name in the spelling that this site uses.")
    family: Line | None = Field(None, description="The family name, as it stands in `name`.")
    given: Line | None = Field(None, description="The given names, as they stand in `name`.")
    short: Line | None = Field(
        None,
        description="What is written where there is little room, such as beside a seat; else the "
        "family name, else the whole name.",
    )
    summary: Line = Field(description="One sentence: who this is in this story.")
    roles: list[Role] = Field(default=[], description="Offices held.")
    side: Line | None = Field(None, description="A side listed in mkdocs.yml.")
    image: ImageRef | None = Field(None, description="A portrait.")
    evidence: list[Evidence] = Field(default=[], description="What the summary rests on.")

    @property
    def title(self) -> str:
        """The person's name."""
        return self.name

    @property
    def called(self) -> str:
        """The name where there is little room: no part of it is guessed."""
        return self.short or self.family or self.name

    @validator(mode="after")
    def _parts_of_the_name(self) -> Person:
        for key, part in (("family", self.family), ("given", self.given)):
            spaced = " " in self.name  # Chinese and Japanese names are not
            if part and (f" {part} " not in f" {self.name} " if spaced else part not in self.name):
                message = f"{key} “{part}” does not stand in the name “{self.name}”"
                hint = suggestion(part, self.name.split(), "write it as in name:")
                raise wrong("bad-value", message, hint, key)
        return self

    def role_on(self, day: date | None) -> str:
        """The office held on a day: the first role whose span holds it, or ""."""
        for role in self.roles:
            started = role.start is None or day is None or role.start.first <= day
            ended = role.end is not None and day is not None and role.end.last < day
            if started and not ended:
                return role.text
        return ""
