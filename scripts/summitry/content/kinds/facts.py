"""Facts and disputed questions: the fields of a fact."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field
from pydantic import model_validator as validator

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.pieces import AnyRef, Evidence, Position, Said, Unresolved
from summitry.content.problems import suggestion
from summitry.content.values import Date, Line, Prose, wrong


class Fact(Entity):
    """A statement with its evidence, or a question with the answers that sources give."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["statement", "evidence"]},
                {"required": ["question", "positions"]},
            ]
        }
    )

    kind: ClassVar[str] = "facts"
    schema_type: ClassVar[str] = "Claim"

    when_needed: ClassVar[dict[str, str]] = {
        "statement": "this or `question`",
        "evidence": "with `statement`",
        "question": "this or `statement`",
        "positions": "with `question`",
        "unit": "with amounts",
        "we_use": "with `question`: this or `unresolved`",
        "because": "with `we_use`",
        "unresolved": "with `question`: this or `we_use`",
    }

    statement: Prose | None = Field(None, description="The fact in one sentence.")
    evidence: list[Evidence] = Field(default=[], description="What the statement rests on.")
    question: Line | None = Field(None, description="The question that sources answer differently.")
    positions: list[Position] = Field(default=[], description="The answers, at least two.")
    unit: Line | None = Field(None, description="The unit of the positions' amounts: `minutes`.")
    we_use: Line | None = Field(None, description="The answer this site uses: a position's value.")
    because: Said | None = Field(None, description="Why, with evidence.")
    unresolved: Unresolved | None = Field(None, description="Given instead of we_use.")
    label: Line | None = Field(None, description="A short label for `at a glance`.")
    asked_as: list[Line] = Field(
        default=[], description="Questions and words with which readers look for this, for search."
    )
    topic: Line | None = Field(None, description="A topic listed in mkdocs.yml.")
    weight: Literal["minor"] | None = Field(
        None, description="`minor`: last in lists, and marked as a detail there."
    )
    on: Date | None = Field(None, alias="date", description="The day that it concerns.")
    about: list[AnyRef] = Field(default=[], description="What it concerns, as kind/id.")

    @property
    def minor(self) -> bool:
        """Whether it weighs little: last in lists."""
        return self.weight == "minor"

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
        measured = any(position.amount for position in self.positions)
        if self.unit and not measured:
            hint = "give a position its number, such as amount: {value: 90}, or delete unit:"
            raise wrong("position", "unit is given, and no position has an amount", hint, "unit")
        if measured and not self.unit:
            hint = "add unit:, such as unit: minutes"
            raise wrong("position", "positions have an amount without a unit", hint, "positions")
        if (self.we_use is None) == (self.unresolved is None):
            hint = "give we_use: and because:, or unresolved:"
            raise wrong("position", "a question has either we_use or unresolved", hint)
        if self.we_use and self.we_use not in values:
            hint = suggestion(self.we_use, values, "repeat a position's value")
            raise wrong("position", f"we_use “{self.we_use}” is not a position", hint, "we_use")
        if self.we_use and not self.because:
            hint = "add because: with evidence"
            raise wrong("position", "we_use stands without a reason", hint, "we_use")
