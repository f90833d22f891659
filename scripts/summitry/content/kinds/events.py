"""Events: the fields of an event."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field
from pydantic import model_validator as validator

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import EventRef, Evidence, Participant, PlaceRef, Turn
from summitry.content.values import Date, Line, Ref, TimeZone, wrong


class Event(Entity):
    """Something that happened at a time."""

    kind: ClassVar[str] = "events"
    schema_type: ClassVar[str] = "Event"

    when_needed: ClassVar[dict[str, str]] = {
        "end": "with `precision: between`",
    }

    name: Line = Field(description="What happened, as a short title.")
    topic: Line | None = Field(None, description="A topic listed in mkdocs.yml.")
    start: Date = Field(description="2025, 2025-08, 2025-08-15 or 2025-08-15T11:10-08:00.")
    end: Date | None = Field(None, description="When it ended, in the same forms.")
    precision: Literal["exact", "about", "reported-at", "between"] = Field(
        "exact", description="How well the time is known; `between` needs an end."
    )
    after: EventRef | None = Field(
        None, description="The event that it followed, where its own time is not known."
    )
    place: PlaceRef | None = Field(None, description="Where.")
    time_zone: TimeZone | None = Field(
        None, description="The IANA time zone of its times, where its place does not say it."
    )
    participants: list[Participant] = Field(default=[], description="Who took part, and how.")
    turns: list[Turn] = Field(
        default=[], description="Who spoke for how long, in the order in which they spoke."
    )
    status: Literal["held", "planned", "postponed", "cancelled"] = Field(
        "held",
        description="`cancelled` where it was planned and did not take place; `postponed` where it "
        "was put off, with its old days; `planned` where no source says whether it took place.",
    )
    evidence: list[Evidence] = Field(min_length=1, description="What it rests on.")

    @property
    def title(self) -> str:
        """The event's name."""
        return self.name

    @property
    def last(self) -> date:
        """Its last day, in the zone in which it is written."""
        return (self.end or self.start).last

    def part_of(self, person: Ref) -> str:
        """A person's part in the event, or ""."""
        return next((p.part for p in self.participants if p.person == person), "")

    @validator(mode="after")
    def _end_after_start(self) -> Event:
        if self.end and self.end.before(self.start):
            message = f"the end {self.end} lies before the start {self.start}"
            raise wrong("time-order", message, at="end")
        if self.precision == "between" and self.end is None:
            raise wrong("missing-key", "precision `between` needs an end", "add end:", "precision")
        return self
