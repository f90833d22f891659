"""What every kind of entity has."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from summitry.content.kinds.pieces import Correction, Part, Searched, Withdrawal
from summitry.content.values import Id, Line, Url


class Entity(Part):
    """What every kind has."""

    kind: ClassVar[str]
    """The folder of the kind, and the first part of its addresses."""
    kind_was: ClassVar[tuple[str, ...]] = ()
    """Names that the folder had before; addresses under them redirect here."""
    schema_type: ClassVar[str]

    summary: Line | None = Field(None, description="One sentence, shown in lists and previews.")
    aliases: list[Line] = Field(default=[], description="Other names and spellings, for search.")
    same_as: list[Url] = Field(default=[], description="The same thing elsewhere, e.g. Wikidata.")
    formerly: list[Id] = Field(default=[], description="Old ids, whose addresses redirect here.")
    searched: Searched | None = Field(
        None,
        description="The search behind a negative, such as `the first` or `no record`, which needs "
        "one.",
    )
    corrections: list[Correction] = Field(default=[], description="What was wrong here.")
    withdrawn: Withdrawal | None = Field(None, description="Set when it no longer stands.")

    @property
    def title(self) -> str:
        """The entity's heading."""
        raise NotImplementedError
