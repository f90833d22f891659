"""Fenced blocks: figures and lists that a page asks for and the build draws from entities."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic import model_validator as validator

from summitry.content.front_matter import read_block
from summitry.content.kinds import KINDS, Entity, Event, Fact, Place
from summitry.content.kinds.pieces import EventRef, FactRef, Part, PlaceRef, QuoteRef, Searched
from summitry.content.problems import Mark, Problem, suggestion
from summitry.content.prose import Fence
from summitry.content.schema import parse
from summitry.content.strict_yaml import Loc
from summitry.content.values import Date, Id, Line, Ref, wrong

LISTED = ("problems", "options", "blocks", "pages", *KINDS)


def _one_of(choices: Iterable[str]) -> AfterValidator:
    known = tuple(choices)

    def check(value: str) -> str:
        if value not in known:
            hint = suggestion(value, known, f"one of {', '.join(known)}")
            raise wrong("unknown-choice", f"“{value}” cannot stand here", hint)
        return value

    return AfterValidator(check)


Kind = Annotated[str, _one_of(KINDS)]
Listed = Annotated[str, _one_of(LISTED)]


class Timeline(Part):
    """Events in their order: those named, or those of a span of days, or all."""

    events: list[EventRef] = Field(default=[], description="Events by id.")
    start: Date | None = Field(None, alias="from", description="The first day.")
    end: Date | None = Field(None, alias="to", description="The last day.")


_LAYOUTS = {
    "wordings": ("quotes", "wordings"),
    "glance": ("facts", "a short label and answer"),
    "roster": ("people", "roles"),
}
"""What is shown of one kind alone."""


class Listing(Part):
    """Entities of one kind: those named, or those that a filter lets through."""

    of: Kind = Field(description=f"The kind: {', '.join(KINDS)}.")
    only: list[Id] = Field(
        default=[],
        description="Ids, in the order to show; in rows and cards facts of `weight: minor` last.",
    )
    topic: Id | None = Field(None, description="Only those on this topic.")
    side: Id | None = Field(None, description="Only people of this side.")
    status: Literal["corroborated", "single", "disputed"] | None = Field(
        None, description="Only facts of this status."
    )
    layout: Literal["cards", "rows", "glance", "roster", "wordings"] = Field(
        "rows",
        alias="as",
        description="How to show them; `wordings` is for quotes, `glance` for facts, `roster` for "
        "people.",
    )

    @validator(mode="after")
    def _layout_of_a_kind(self) -> Listing:
        kind, what = _LAYOUTS.get(self.layout, (self.of, ""))
        if self.of != kind:
            raise wrong("bad-value", f"only {kind} have {what}", f"write of: {kind}", "as")
        return self

    @property
    def refs(self) -> list[Ref]:
        """The entities named."""
        return [Ref(self.of, name) for name in self.only]


class Rooms(Part):
    """Who sat, or was to sit, at meetings: each with its sides face to face."""

    of: list[EventRef] = Field(min_length=1, description="Events by id, in the order to show.")
    table: Literal["round"] | None = Field(
        None,
        description="`round`: a round table also for two sides, who else sit face to face.",
    )


class Amounts(Part):
    """The answers to a question with a unit on one axis: a dot for each source."""

    of: FactRef = Field(description="The question's id.")


LETTERS = 26
"""How many answers can be told apart by letters."""


class Voices(Part):
    """Who gives which answer to disputed questions: a row for each source, those of one origin
    together."""

    of: list[FactRef] = Field(
        min_length=1, max_length=6, description="Disputed questions by id, at most six."
    )


class PlacePlan(Part):
    """Places close together, drawn to scale, and how far each is from the first."""

    of: list[PlaceRef] = Field(
        min_length=2, description="Places with coordinates by id; distances are from the first."
    )


class Strip(Part):
    """Events on one line, true in time, with a list of what they are."""

    of: list[EventRef] = Field(
        min_length=2, max_length=12, description="Events by id, twelve at most."
    )


class Turns(Part):
    """Who spoke for how long at an event: bars on one scale of minutes."""

    of: EventRef = Field(description="The event's id; it has `turns`.")


class SideSearch(Searched):
    """A search for what a side said of a point, which found nothing."""

    side: Id = Field(description="The side whose words were looked for.")


class Accounts(Part):
    """What each side says of the same point, in its own words, side by side."""

    point: Line = Field(description="The point: a heading.")
    sides: list[Id] = Field(
        min_length=2, description="Sides listed in mkdocs.yml, in the order to show."
    )
    quotes: list[QuoteRef] = Field(
        min_length=1, description="Quotes by id; each stands at the side of its speaker."
    )
    searched: list[SideSearch] = Field(
        default=[], description="For each side of which nothing was found, the search."
    )


class Reference(Part):
    """The contributor's reference: the fields of a kind or of a page, or all problem codes."""

    to: Listed = Field(description=f"What to list: {', '.join(LISTED)}.")


class Figures(Part):
    """How much of the site is cited and proven, counted at the build."""


class Corrections(Part):
    """Every correction and withdrawal of the site, the newest first."""


class Changes(Part):
    """What was corrected, added and changed, day by day, the newest first."""


class StoryPages(Part):
    """The pages of the story in their order, each with what it promises."""

    layout: Literal["rows", "cards"] = Field("rows", alias="as", description="How to show them.")


class ClassSheet(Part):
    """A sheet for a class, one page of A4: what happened, as the story's first page tells it above
    its sections, then quotations, a dispute and questions."""

    quotes: list[QuoteRef] = Field(
        min_length=1, max_length=3, description="Quotations by id, at most three."
    )
    dispute: FactRef = Field(description="A disputed question by id.")
    ask: list[Line] = Field(
        min_length=1, max_length=5, description="Questions for the class, at most five."
    )


class Contact(Part):
    """How a reader of this copy of the site reaches its publisher, by what mkdocs.yml sets."""


class Data(Part):
    """The tables that can be downloaded, each with its columns."""


class SelfCheck(Part):
    """A form in which a reader compares a text with the captures, in the browser alone."""


class SuggestionForms(Part):
    """Forms in which a reader writes a quotation or a correction as a contributor would."""


Block = (
    Timeline
    | Listing
    | Rooms
    | Amounts
    | Voices
    | PlacePlan
    | Strip
    | Turns
    | Accounts
    | Reference
    | Figures
    | Corrections
    | Changes
    | StoryPages
    | ClassSheet
    | Contact
    | Data
    | SelfCheck
    | SuggestionForms
)
BLOCKS: dict[str, type[Block]] = {
    "timeline": Timeline,
    "list": Listing,
    "rooms": Rooms,
    "amounts": Amounts,
    "voices": Voices,
    "plan": PlacePlan,
    "strip": Strip,
    "turns": Turns,
    "accounts": Accounts,
    "reference": Reference,
    "figures": Figures,
    "corrections": Corrections,
    "changes": Changes,
    "story": StoryPages,
    "sheet": ClassSheet,
    "contact": Contact,
    "data": Data,
    "check": SelfCheck,
    "suggest": SuggestionForms,
}
# A fence with another word is shown as code, but one that is nearly ours is a slip.
CODE = ("", "text", "markdown", "md", "yaml", "json", "sh", "console", "python", "html")


def read(path: str, fence: Fence) -> tuple[Block | None, list[tuple[Ref, Mark]], list[Problem]]:
    """Read a fenced block: itself, the entities it names and where, and what is wrong.

    No block and no problem means that it is code to be shown.
    """
    if fence.name in CODE:
        return None, [], []
    if fence.name not in BLOCKS:
        message = f"“{fence.name}” is not a block that can be drawn"
        hint = suggestion(fence.name, (*BLOCKS, *CODE), f"blocks: {', '.join(BLOCKS)}")
        return None, [], [Problem(path, fence.mark, "bad-fence", message, hint)]
    content = indent(fence.content, " " * (fence.mark.column - 1))  # as far right as it stands
    reading = read_block(path, content, fence.mark.line + 1)
    if reading.document is None:
        return None, [], reading.problems
    block, problems = parse(BLOCKS[fence.name], reading.document)
    problems = [
        Problem(p.path, fence.mark, p.code, p.message, p.hint) if p.code == "missing-key" else p
        for p in problems
    ]
    marks = reading.document.marks
    named = [(ref, marks.value(loc)) for loc, ref in _named(block)] if block else []
    return block, named, reading.problems + problems


def lacking(block: Block | None, entity: Entity) -> str:
    """What a named entity lacks to be drawn in a block, or ""."""
    if isinstance(block, Amounts) and isinstance(entity, Fact) and entity.unit is None:
        return "has no unit: and no amounts to draw"
    asks = isinstance(block, ClassSheet | Voices)
    if asks and isinstance(entity, Fact) and not entity.positions:
        return "is no question with answers that differ"
    if isinstance(block, Voices) and isinstance(entity, Fact) and len(entity.positions) > LETTERS:
        return f"has more than {LETTERS} answers, and each is shown as a letter"
    if isinstance(block, Rooms) and isinstance(entity, Event) and not entity.participants:
        return "has no participants to show"
    if isinstance(block, Turns) and isinstance(entity, Event) and not entity.turns:
        return "has no turns to show"
    if isinstance(block, PlacePlan) and isinstance(entity, Place) and entity.latitude is None:
        return "has no coordinates"
    return ""


def _named(block: Block) -> list[tuple[Loc, Ref]]:
    """The entities that a block names, each with its place in the block's YAML."""
    if isinstance(block, Timeline):
        return [(("events", i), ref) for i, ref in enumerate(block.events)]
    if isinstance(block, Rooms | Voices | PlacePlan | Strip):
        return [(("of", i), ref) for i, ref in enumerate(block.of)]
    if isinstance(block, Amounts | Turns):
        return [(("of",), block.of)]
    if isinstance(block, Accounts):
        return [(("quotes", i), ref) for i, ref in enumerate(block.quotes)]
    if isinstance(block, ClassSheet):
        quotes = [(("quotes", i), ref) for i, ref in enumerate(block.quotes)]
        return [*quotes, (("dispute",), block.dispute)]
    if isinstance(block, Listing):
        return [(("only", i), ref) for i, ref in enumerate(block.refs)]
    return []
