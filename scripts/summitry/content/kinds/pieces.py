"""What entities are made of: evidence, roles, positions, and the like.

Each field's description is what contributors read in the reference. `model` puts these
together into the eight kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PrivateAttr,
    Tag,
)
from pydantic import model_validator as validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from summitry.content.values import (
    Amount,
    Date,
    Language,
    Line,
    Prose,
    Ref,
    RefersTo,
    When,
    Whole,
    wrong,
)

AnyRef = Annotated[Ref, RefersTo()]
PersonRef = Annotated[Ref, RefersTo("people")]
PlaceRef = Annotated[Ref, RefersTo("places")]
EventRef = Annotated[Ref, RefersTo("events")]
QuoteRef = Annotated[Ref, RefersTo("quotes")]
FactRef = Annotated[Ref, RefersTo("facts")]
SourceRef = Annotated[Ref, RefersTo("sources")]
ImageRef = Annotated[Ref, RefersTo("images")]


class Part(BaseModel):
    """Anything with fields: unknown keys are errors and nothing changes after reading."""

    # A kind that is not read, as nothing of it changed, is not made ready to be read.
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )
    when_needed: ClassVar[dict[str, str]] = {}
    """When a field that may be left out may not, by its key: what the reference says of it."""
    _walked: Any = PrivateAttr(None)
    """What `schema` found in it: nothing changes after reading, so it walks through once."""


class PlaceInEntity(NamedTuple):
    """A place in an entity: the entity, and the keys and numbers that lead to it from the top."""

    ref: Ref
    loc: tuple[str | int, ...]


class Evidence(Part):
    """A passage of a source. It attaches to a passage because one source can contradict itself."""

    when_needed: ClassVar[dict[str, str]] = {
        "exact": "this or `says`, except in a quote",
        "says": "this or `exact`, except in a quote",
    }

    source: SourceRef = Field(description="The source's id.")
    exact: Line | None = Field(None, description="The source's own words, which can be proven.")
    says: Prose | None = Field(None, description="Our summary of the passage: cited, not proven.")
    paragraph: Whole | None = Field(None, description="The paragraph, counted from 1.")
    same_speaker: bool = Field(
        False,
        description="`true`: an editor states that one person says the words on both sides of "
        "each omission, where marks or paragraphs part them. Readers are told.",
    )
    _place: PlaceInEntity | None = PrivateAttr(None)

    @property
    def place(self) -> PlaceInEntity | None:
        """Where it stands, which is what it is known by; None before the library has read it."""
        return self._place

    def stands(self, place: PlaceInEntity) -> None:
        """Say where it stands. To be called by the library alone."""
        self._place = place


class Said(Part):
    """A sentence of ours with the evidence that it rests on."""

    text: Prose = Field(description="Our sentence.")
    evidence: list[Evidence] = Field(min_length=1, description="What it rests on.")


def _on_its_day(when: When) -> str:
    return f"write {when.first}" if when.moment else "write the day too, as YYYY-MM-DD"


class Searched(Part):
    """A search that found nothing: what stands behind saying that there is none, or one alone."""

    on: Date = Field(description="The day of the search.")
    where: Line = Field(description="What was searched, as readers would call it.")
    what: Line = Field(alias="for", description="What was searched for.")

    @validator(mode="after")
    def _on_a_day(self) -> Searched:
        if self.on.unit != "day":
            raise wrong("bad-date", f"{self.on} is not a day", _on_its_day(self.on), "on")
        return self


class PageSearch(Searched):
    """A search of a narrative page, which says which of its words rest on it."""

    words: Line = Field(description="The words of the page that rest on the search.")


class Correction(Part):
    """A correction: what was wrong and what it is now."""

    on: Date = Field(description="The day of the correction.")
    was: Line = Field(description="What stood here.")
    now: Line = Field(description="What stands here now.")
    why: Prose = Field(description="Why it was changed.")


class Withdrawal(Part):
    """A withdrawal: the page stays and says so; nothing else may use the entity."""

    on: Date = Field(description="The day of the withdrawal.")
    why: Prose = Field(description="Why it was withdrawn.")


class Recapture(Part):
    """A source captured anew: why what was captured or stated before no longer holds."""

    on: Date = Field(description="The day of the capture that takes the older one's place.")
    why: Prose = Field(description="Why: the page changed or moved, or the capture was wrong.")

    @validator(mode="after")
    def _on_one_day(self) -> Recapture:
        if self.on.unit != "day":
            raise wrong("bad-date", f"{self.on} is not a day", _on_its_day(self.on), "on")
        return self


class Role(Part):
    """An office or position that a person held."""

    title: Line = Field(description="The office, as it was called while it was held.")
    organisation: Line | None = Field(None, description="The body it belongs to.")
    start: Date | None = Field(None, alias="from", description="When it began, if known.")
    end: Date | None = Field(None, alias="to", description="When it ended, if it has.")
    evidence: list[Evidence] = Field(min_length=1, description="What it rests on.")

    @validator(mode="after")
    def _end_after_start(self) -> Role:
        if self.start and self.end and self.end.before(self.start):
            message = f"the role ends on {self.end}, before it begins on {self.start}"
            raise wrong("time-order", message, "correct from: or to:", "to")
        return self

    @property
    def text(self) -> str:
        """The office with its body, unless the title names that already."""
        if not self.organisation or self.organisation in self.title:
            return self.title
        return f"{self.title}, {self.organisation}"


class Name(Part):
    """A person's name in its parts, as CSL has them."""

    family: Line = Field(description="The family name, by which lists of works are sorted.")
    given: Line | None = Field(None, description="The other names.")
    name: Line | None = Field(
        None, description="As printed, where it is not the given names and then the family name."
    )

    def __str__(self) -> str:
        return self.name or " ".join(part for part in (self.given, self.family) if part)


class NameUsed(Part):
    """A name by which sources call a place."""

    name: Line = Field(description="The name as printed.")
    evidence: list[Evidence] = Field(min_length=1, description="Who prints it.")


class Participant(Part):
    """A person's part in an event."""

    person: PersonRef = Field(description="The person's id.")
    part: Line = Field(description="A part listed in mkdocs.yml.")


class Turn(Part):
    """How long a person spoke at an event."""

    speaker: PersonRef = Field(description="The person's id.")
    minutes: Amount = Field(description="For how many minutes, as a source has it.")
    evidence: list[Evidence] = Field(min_length=1, description="Who says so.")


class Voice(Part):
    """Words that no named person spoke: exactly one of these is given."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    when_needed: ClassVar[dict[str, str]] = {
        "unnamed": "one of the four",
        "sign": "one of the four",
        "nickname": "one of the four",
        "document": "one of the four",
    }

    unnamed: Line | None = Field(None, description="Somebody unnamed, such as `a reporter`.")
    sign: Line | None = Field(None, description="What carries the words, such as `the backdrop`.")
    nickname: Line | None = Field(None, description="Who uses the name, such as `reporters`.")
    document: Line | None = Field(None, description="What it stands in, such as `the licence`.")

    @validator(mode="after")
    def _one_only(self) -> Voice:
        if sum(getattr(self, name) is not None for name in Voice.model_fields) != 1:
            choices = ", ".join(Voice.model_fields)
            raise wrong("bad-value", f"a speaker is one of {choices}", "keep one")
        return self

    @property
    def shown(self) -> tuple[str, str]:
        """What stands where a speaker's name and role would."""
        if self.sign:
            return f"Lettering on {self.sign}", ""
        if self.nickname:
            return f"Nickname used by {self.nickname}", ""
        who = self.document or self.unnamed or ""
        return who[:1].upper() + who[1:], "not named here" if self.unnamed else ""


class Original(Part):
    """The words in the language in which they were said or written."""

    text: Line = Field(description="The words.")
    language: Language = Field(description="BCP 47 tag, such as ru.")


class Translation(Part):
    """Who made the displayed translation."""

    by: Line = Field(description="The translator or outlet; `not stated` if unknown.")
    kind: Literal["official", "interpreter", "media", "ours"] = Field(
        description="Whose work it is."
    )


class Quantity(Part):
    """A number, or its bounds, in the unit of the question; QuantitativeValue in schema.org."""

    when_needed: ClassVar[dict[str, str]] = {
        "value": "this, or `min` or `max`",
        "min": "without `value`",
        "max": "without `value`",
    }

    value: Amount | None = Field(None, description="The number that the answer gives.")
    low: Amount | None = Field(None, alias="min", description="`more than` or `at least` this.")
    high: Amount | None = Field(None, alias="max", description="`less than` or `at most` this.")

    @validator(mode="after")
    def _value_or_bounds(self) -> Quantity:
        bounds = self.low is not None or self.high is not None
        if (self.value is None) != bounds:
            message = "an amount is a value, or bounds"
            raise wrong("bad-value", message, "give value:, or min: or max: or both")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise wrong("bad-value", "min is not below max", "exchange them", "min")
        return self

    @property
    def ends(self) -> tuple[float, ...]:
        """The numbers given, the smaller first."""
        return tuple(n for n in (self.value, self.low, self.high) if n is not None)


class Position(Part):
    """One answer to a question on which sources differ."""

    value: Line = Field(description="The answer in a few words.")
    amount: Quantity | None = Field(
        None,
        description="The answer as a number, where the question has a unit: `{value: 90}`, or "
        "bounds such as `{min: 60, max: 90}`.",
    )
    evidence: list[Evidence] = Field(min_length=1, description="Who gives it.")


class Unresolved(Part):
    """Why a question stays open."""

    who_could_settle: Prose = Field(description="Who or what could settle it.")
    read_up_to: Date = Field(description="The last day of publication up to which was read.")
    text: Prose | None = Field(None, description="What can be said meanwhile.")
    evidence: list[Evidence] = Field(default=[], description="What that rests on.")


class Journey(Part):
    """A route on a map, drawn as the shortest path between its places."""

    label: Line = Field(description="Who travelled.")
    through: list[PlaceRef] = Field(min_length=2, description="The places in order.")
    evidence: list[Evidence] = Field(min_length=1, description="Who says so.")


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _author_form(value: object) -> str:
    return "parts" if isinstance(value, dict | Name) else "printed"


def printed(authors: Sequence[str | Name]) -> str:
    """Authors in one line, as sources print them: `Ann Lee, Bo Ek`."""
    return ", ".join(map(str, authors))


Author = Annotated[
    Annotated[Line, Tag("printed")] | Annotated[Name, Tag("parts")],
    Discriminator(_author_form),
]


class _OneOrMore:
    """A list of which one item may stand alone."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        several = handler(core)
        return {"anyOf": [several["items"], several]}


Authors = Annotated[
    list[Author],
    BeforeValidator(_listed),
    PlainSerializer(printed),  # how a name falls into parts is no statement
    _OneOrMore(),
]


def _speaker_form(value: object) -> str:
    return "described" if isinstance(value, dict | Voice) else "person"


Speaker = Annotated[
    Annotated[PersonRef, Tag("person")] | Annotated[Voice, Tag("described")],
    Discriminator(_speaker_form),
]
