"""Fenced blocks: figures and lists that a page asks for and the build draws from entities."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summitry.frontmatter import Loc, read_block
from summitry.parts import EventRef, Part
from summitry.problems import Mark, Problem, suggestion
from summitry.prose import Fence
from summitry.schema import parse
from summitry.values import Date, Id, Ref


class Timeline(Part):
    """Events in their order: those named, or those of a span of days, or all."""

    events: list[EventRef] = Field(default=[], description="Events by id.")
    start: Date | None = Field(None, alias="from", description="The first day.")
    end: Date | None = Field(None, alias="to", description="The last day.")


class Listing(Part):
    """Entities of one kind: those named, or those that a filter lets through."""

    of: Literal["people", "places", "events", "quotes", "facts", "sources", "images", "terms"] = (
        Field(description="The kind.")
    )
    only: list[Id] = Field(default=[], description="Ids, in the order to show.")
    topic: Id | None = Field(None, description="Only those on this topic.")
    side: Id | None = Field(None, description="Only people of this side.")
    status: Literal["corroborated", "single", "disputed"] | None = Field(
        None, description="Only facts of this status."
    )
    layout: Literal["cards", "rows", "glance", "roster"] = Field(
        "rows", alias="as", description="How to show them."
    )

    @property
    def refs(self) -> list[Ref]:
        """The entities named."""
        return [Ref(self.of, name) for name in self.only]


class Reference(Part):
    """The contributor's reference: the fields of a kind, or all problem codes."""

    to: Literal[
        "problems", "options", "blocks",
        "people", "places", "events", "quotes", "facts", "sources", "images", "terms",
    ] = Field(description="What to list.")  # fmt: skip


class Figures(Part):
    """How much of the site is cited and proven, counted at the build."""


Block = Timeline | Listing | Reference | Figures
BLOCKS: dict[str, type[Timeline] | type[Listing] | type[Reference] | type[Figures]] = {
    "timeline": Timeline,
    "list": Listing,
    "reference": Reference,
    "figures": Figures,
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
    reading = read_block(path, fence.content, fence.mark.line + 1)
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


def _named(block: Block) -> list[tuple[Loc, Ref]]:
    """The entities that a block names, each with its place in the block's YAML."""
    if isinstance(block, Timeline):
        return [(("events", i), ref) for i, ref in enumerate(block.events)]
    if isinstance(block, Listing):
        return [(("only", i), ref) for i, ref in enumerate(block.refs)]
    return []
