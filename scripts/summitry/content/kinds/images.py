"""Pictures: the fields of a photograph or a drawn figure."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field
from pydantic import model_validator as validator

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import AnyRef, Journey
from summitry.content.prose import plain
from summitry.content.values import Date, Focus, License, Line, Prose, Url, wrong

MAX_ALT = 125  # characters; longer alternatives belong in the caption


class Image(Entity):
    """A photograph in the repository, or a figure that the build draws."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["file"]}, {"required": ["drawn"]}]}
    )

    kind: ClassVar[str] = "images"
    schema_type: ClassVar[str] = "ImageObject"

    when_needed: ClassVar[dict[str, str]] = {
        "file": "this or `drawn`",
        "drawn": "this or `file`",
        "depicts": "with `drawn`",
    }

    name: Line = Field(alias="title", description="What it is, for headings and lists.")
    file: Line | None = Field(None, description="A file beside this one: PNG, JPEG or WebP.")
    drawn: Literal["locator-map", "day-timeline"] | None = Field(
        None, description="A figure that the build draws from `depicts`."
    )
    alt: Line = Field(max_length=MAX_ALT, description="What is visible, in 125 characters.")
    caption: Prose = Field(
        description="Who does what, where, when; it cites a source, or links a quote, a fact or an "
        "event."
    )
    creator: Line = Field(description="Who made it.")
    credit: Line = Field(description="The credit line, as it must be printed.")
    license: License = Field(description="SPDX id, such as CC-BY-4.0, or an address.")
    acquire_license_page: Url | None = Field(None, description="Where a licence can be had.")
    depicts: list[AnyRef] = Field(default=[], description="What it shows, as kind/id, in order.")
    journeys: list[Journey] = Field(default=[], description="Routes on a locator map.")
    taken_on: Date | None = Field(None, description="When it was taken.")
    focus: Focus | None = Field(
        None,
        description="What stays where a photograph is cut: how far across and down, `50% 30%`.",
    )

    @property
    def title(self) -> str:
        """The picture's short title."""
        return self.name

    @validator(mode="after")
    def _one_origin(self) -> Image:
        if (self.file is None) == (self.drawn is None):
            raise wrong("missing-key", "an image has a file or is drawn", "give one of them")
        if self.alt.casefold().rstrip(".") == plain(self.caption).casefold().rstrip("."):
            hint = "say in alt what is visible"
            raise wrong("bad-value", "alt repeats the caption", hint)
        return self
