"""The eight kinds of entity: the only place that states a field.

Names follow schema.org, W3C Web Annotation and CSL wherever a contributor would know them.
The contributor's reference page, the JSON Schemas for editors and the checks all come out
of these classes, so a field's description below is what contributors read.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field
from pydantic import model_validator as validator

from summitry.parts import (
    AnyRef,
    Correction,
    EventRef,
    Evidence,
    ImageRef,
    Journey,
    NameUsed,
    Original,
    Part,
    Participant,
    PlaceRef,
    Position,
    Role,
    Said,
    SourceRef,
    Speaker,
    Translation,
    Unresolved,
    Withdrawal,
)
from summitry.problems import suggestion
from summitry.prose import plain
from summitry.values import (
    Date,
    Id,
    Language,
    Latitude,
    Line,
    Longitude,
    Prose,
    Ref,
    Url,
    wrong,
)

MAX_ALT = 125  # characters; longer alternatives belong in the caption
MAX_PASSAGE = 25  # words of a source, outside a quotation
MAX_QUOTED = 40  # words of a source, in a quotation


class Entity(Part):
    """What every kind has."""

    kind: ClassVar[str]
    schema_type: ClassVar[str]

    summary: Line | None = Field(None, description="One sentence, shown in lists and previews.")
    aliases: list[Line] = Field(default=[], description="Other names and spellings, for search.")
    same_as: list[Url] = Field(default=[], description="The same thing elsewhere, e.g. Wikidata.")
    formerly: list[Id] = Field(default=[], description="Old ids, whose addresses redirect here.")
    corrections: list[Correction] = Field(default=[], description="What was wrong here.")
    withdrawn: Withdrawal | None = Field(None, description="Set when it no longer stands.")

    @property
    def title(self) -> str:
        """The entity's heading."""
        raise NotImplementedError


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


class Place(Entity):
    """A place where something happened, or that is spoken of."""

    kind: ClassVar[str] = "places"
    schema_type: ClassVar[str] = "Place"

    name: Line = Field(description="The official name.")
    latitude: Latitude | None = Field(None, description="Degrees north, WGS 84.")
    longitude: Longitude | None = Field(None, description="Degrees east, WGS 84.")
    contained_in: PlaceRef | None = Field(None, description="The place it is part of.")
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


class Event(Entity):
    """Something that happened at a time."""

    kind: ClassVar[str] = "events"
    schema_type: ClassVar[str] = "Event"

    name: Line = Field(description="What happened, as a short title.")
    start: Date = Field(description="2025, 2025-08, 2025-08-15 or 2025-08-15T11:10-08:00.")
    end: Date | None = Field(None, description="When it ended, in the same forms.")
    precision: Literal["exact", "about", "reported-at", "between"] = Field(
        "exact", description="How well the time is known; `between` needs an end."
    )
    after: EventRef | None = Field(
        None, description="The event that it followed, where its own time is not known."
    )
    place: PlaceRef | None = Field(None, description="Where.")
    participants: list[Participant] = Field(default=[], description="Who took part, and how.")
    status: Literal["held", "planned", "cancelled"] = Field(
        "held",
        description="`cancelled` where it was planned and did not take place; `planned` where "
        "no source says whether it did.",
    )
    evidence: list[Evidence] = Field(min_length=1, description="What it rests on.")

    @property
    def title(self) -> str:
        """The event's name."""
        return self.name

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


class Quote(Entity):
    """Words that somebody spoke or wrote, as a source prints them."""

    kind: ClassVar[str] = "quotes"
    schema_type: ClassVar[str] = "Quotation"

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


class Fact(Entity):
    """A statement with its evidence, or a question with the answers that sources give."""

    kind: ClassVar[str] = "facts"
    schema_type: ClassVar[str] = "Claim"

    statement: Prose | None = Field(None, description="The fact in one sentence.")
    evidence: list[Evidence] = Field(default=[], description="What the statement rests on.")
    question: Line | None = Field(None, description="The question that sources answer differently.")
    positions: list[Position] = Field(default=[], description="The answers, at least two.")
    unit: Line | None = Field(None, description="The unit of the positions' amounts: `minutes`.")
    we_use: Line | None = Field(None, description="The answer this site uses: a position's value.")
    because: Said | None = Field(None, description="Why, with evidence.")
    unresolved: Unresolved | None = Field(None, description="Given instead of we_use.")
    label: Line | None = Field(None, description="A short label for `at a glance`.")
    topic: Line | None = Field(None, description="A topic listed in mkdocs.yml.")
    on: Date | None = Field(None, alias="date", description="The day that it concerns.")
    about: list[AnyRef] = Field(default=[], description="What it concerns, as kind/id.")

    @property
    def title(self) -> str:
        """The question, or the statement."""
        return self.question or self.statement or ""

    @validator(mode="after")
    def _one_form(self) -> Fact:
        if (self.statement is None) == (self.question is None):
            raise wrong("missing-key", "a fact has a statement or a question", "give one of them")
        if self.statement and not self.evidence:
            hint = "add evidence: with a source"
            raise wrong("no-evidence", "the statement has no evidence", hint)
        if self.question:
            self._check_question()
        return self

    def _check_question(self) -> None:
        if self.evidence:
            hint = "move it there"
            raise wrong("position", "a question has its evidence under positions", hint, "evidence")
        values = [position.value for position in self.positions]
        if len(values) < 2:
            hint = "add positions:"
            raise wrong("position", "a question needs at least two positions", hint, "positions")
        if len(set(values)) < len(values):
            raise wrong("position", "two positions have the same value", "join them", "positions")
        if any(position.amount for position in self.positions) != (self.unit is not None):
            hint = "give unit: and the amount: of each position that is a number"
            raise wrong("position", "amounts and their unit stand together", hint)
        if (self.we_use is None) == (self.unresolved is None):
            hint = "give we_use: and because:, or unresolved:"
            raise wrong("position", "a question has either we_use or unresolved", hint)
        if self.we_use and self.we_use not in values:
            hint = suggestion(self.we_use, values, "repeat a position's value")
            raise wrong("position", f"we_use “{self.we_use}” is not a position", hint, "we_use")
        if self.we_use and not self.because:
            hint = "add because: with evidence"
            raise wrong("position", "we_use stands without a reason", hint, "we_use")


class Source(Entity):
    """A page, document or broadcast from which evidence is taken. Fields follow CSL."""

    kind: ClassVar[str] = "sources"
    schema_type: ClassVar[str] = "CreativeWork"

    type: Literal[
        "article-newspaper",
        "article-magazine",
        "article",
        "broadcast",
        "entry-encyclopedia",
        "legislation",
        "post",
        "post-weblog",
        "report",
        "speech",
        "webpage",
    ] = Field(description="CSL type.")
    name: Line = Field(alias="title", description="As printed; [in brackets] where it is ours.")
    author: Line | None = Field(None, description="Left out where the source gives none.")
    publisher: Line | None = Field(None, description="Who published it.")
    issued: Date | None = Field(None, description="Date of publication; left out where not given.")
    accessed: Date | None = Field(None, description="When it was read.")
    url: Url | None = Field(None, description="Its address.")
    archive_url: Url | None = Field(None, description="An archived copy.")
    language: Language = Field("en", description="BCP 47 tag.")
    form: Literal["article", "transcript", "document", "video"] = Field(
        "article", description="What kind of record it is."
    )
    standing: Literal["primary", "secondary"] = Field(
        "secondary", description="The record or first-hand reporting, or at second hand."
    )
    wire: Line | None = Field(None, description="The agency whose copy it carries.")
    origin: Id | None = Field(None, description="The newsroom or document behind it.")
    derived_from: SourceRef | None = Field(None, description="The source it reworks.")
    quality: Prose | None = Field(None, description="Why to trust it, or not.")

    @property
    def title(self) -> str:
        """The title as printed, or ours in brackets."""
        return self.name


class Image(Entity):
    """A photograph in the repository, or a figure that the build draws."""

    kind: ClassVar[str] = "images"
    schema_type: ClassVar[str] = "ImageObject"

    name: Line = Field(alias="title", description="What it is, for headings and lists.")
    file: Line | None = Field(None, description="A file beside this one: PNG, JPEG or WebP.")
    drawn: Literal["locator-map", "day-timeline"] | None = Field(
        None, description="A figure that the build draws from `depicts`."
    )
    alt: Line = Field(max_length=MAX_ALT, description="What is visible, in 125 characters.")
    caption: Prose = Field(description="Who does what, where, when.")
    creator: Line = Field(description="Who made it.")
    credit: Line = Field(description="The credit line, as it must be printed.")
    license: Line = Field(description="SPDX id, such as CC-BY-4.0, or an address.")
    acquire_license_page: Url | None = Field(None, description="Where a licence can be had.")
    depicts: list[AnyRef] = Field(default=[], description="What it shows, as kind/id, in order.")
    journeys: list[Journey] = Field(default=[], description="Routes on a locator map.")
    taken_on: Date | None = Field(None, description="When it was taken.")
    focus: Line | None = Field(None, description="The point to keep, as `50% 30%`.")

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


KINDS: dict[str, type[Entity]] = {
    cls.kind: cls for cls in (Person, Place, Event, Quote, Fact, Source, Image, Term)
}
