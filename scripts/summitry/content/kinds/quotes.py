"""Quotations: the fields of a quotation."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field
from pydantic import model_validator as validator

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import EventRef, Evidence, Original, Speaker, Translation
from summitry.content.values import Date, Language, Line, Prose, wrong


class Quote(Entity):
    """Words that somebody spoke or wrote, as a source prints them."""

    kind: ClassVar[str] = "quotes"
    schema_type: ClassVar[str] = "Quotation"

    when_needed: ClassVar[dict[str, str]] = {
        "chosen": "where sources print other words and no rule decides",
    }

    about: Line = Field(alias="title", description="What it is about: heading and page title.")
    text: Line = Field(description="The words, without the outer quotation marks.")
    speaker: Speaker = Field(
        description="A person's id, or {unnamed: …}, {sign: …}, {nickname: …}, {document: …}."
    )
    to: Line | None = Field(None, description="To whom it was said.")
    said_on: Date | None = Field(None, description="When it was said.")
    event: EventRef | None = Field(None, description="On which occasion.")
    setting: Line | None = Field(None, description="Where and how, in a few words.")
    topic: Line | None = Field(None, description="A topic listed in mkdocs.yml.")
    language: Language = Field(description="The language of `text`, BCP 47.")
    original: Original | None = Field(None, description="The words before translation.")
    translation: Translation | None = Field(None, description="Who translated them.")
    context: Prose | None = Field(None, description="What a reader needs to know with it.")
    chosen: Prose | None = Field(
        None, description="Why these words are displayed and no others, where no rule says it."
    )
    evidence: list[Evidence] = Field(
        min_length=1,
        description="Where it is printed. `exact` is given where the wording differs from `text`.",
    )

    @validator(mode="after")
    def _no_outer_marks(self) -> Quote:
        for name, text in (("text", self.text), ("original", self.original and self.original.text)):
            if text and text[0] in '“„«"' and text[-1] in '”“»"':
                inside = text[1:-1]
                if not any(mark in inside for mark in '“”„«»"'):
                    message = "outer quotation marks stand in the words; the page adds its own"
                    raise wrong("bad-value", message, "delete the first and the last mark", name)
        return self

    @validator(mode="after")
    def _another_language(self) -> Quote:
        if self.original and self.original.language.split("-")[0] == self.language.split("-")[0]:
            message = "the original is in the language of the text, so nothing was translated"
            raise wrong("bad-value", message, "correct a language, or delete original:", "original")
        return self

    @property
    def title(self) -> str:
        """What the quotation is about."""
        return self.about
