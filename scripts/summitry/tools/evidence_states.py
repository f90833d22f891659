"""One side of a change as a whole: its library, and how far each thing in it is shown to be so."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from summitry.checks import ledger
from summitry.checks.claims import claims
from summitry.checks.judging import CAPTURE, Finding
from summitry.checks.ledger import Ledger
from summitry.checks.standing import State, standing
from summitry.checks.support import Status, origin_groups, support
from summitry.checks.vouching import CONFIRMATION, STAMP
from summitry.content.files import Tree
from summitry.content.kinds import Fact, Image, Quote, Source
from summitry.content.library import Item, Library, build
from summitry.content.schema import evidence_of


class Footing(NamedTuple):
    """How far something is shown to be so: a rank to compare by, the weakest 0, and in words.

    `shown` is whether anything of it was proven, captured or made.
    """

    rank: int
    text: str
    shown: bool


_QUOTED = {
    State.TRANSCRIBED: "transcribed, not proven",
    State.REPORT: "proven in one report",
    State.TRANSCRIPT: "proven in a transcript",
}
_RANK = {State.TRANSCRIBED: 0, State.REPORT: 1, State.REPORTS: 2, State.TRANSCRIPT: 3}


class Version(Struct, frozen=True, dict=True):
    """The content as it was or is. `pictures` are the blobs of its picture files, by path."""

    files: dict[str, bytes]
    pictures: dict[str, str]
    library: Library
    ledger: Ledger

    @classmethod
    def read(
        cls, files: dict[str, bytes], pictures: dict[str, str], content_dir: str, docs_dir: str
    ) -> Version:
        """Read the files of a side, whatever is wrong with them."""
        library = build(Tree(dict(sorted(files.items()))), content_dir, docs_dir)
        return cls(files, pictures, library, ledger.build(library))

    @cached_property
    def _sources(self) -> dict[str, Source]:
        found = self.library.of_kind("sources")
        return {item.ref.id: item.entity for item in found if isinstance(item.entity, Source)}

    @cached_property
    def _groups(self) -> dict[str, str]:
        return origin_groups(self._sources)

    def findings(self, item: Item) -> list[Finding]:
        """What was found on the evidence of an entity, in its order."""
        return [self.ledger.findings[claim.place] for claim in claims(item.entity)]

    def standing(self, item: Item) -> Footing:
        """How far an entity is shown to be so."""
        entity, found = item.entity, self.findings(item)
        proven = sum(finding.proven for finding in found)
        if isinstance(entity, Quote):
            state = standing(entity, found, self._sources, self._groups)
            text = _QUOTED.get(state.state, f"proven in {state.origins} independent reports")
            return Footing(_RANK[state.state], text, state.proven)
        if isinstance(entity, Source):
            return self._captured(item)
        if isinstance(entity, Image):
            made = "drawn by the build" if entity.drawn else f"by {entity.creator}"
            return Footing(1, f"{made}, {entity.license}", True)
        passages = f"{proven} of {len(found)} passages proven" if found else "no passage"
        if isinstance(entity, Fact):
            rank, text = self._supported(entity)
            return Footing(rank, f"{text}; {passages}", proven > 0)
        cites = bool(evidence_of(entity))
        return Footing(int(cites), passages, proven > 0 or not cites)

    def _supported(self, fact: Fact) -> tuple[int, str]:
        named = {evidence.source.id for _, evidence in evidence_of(fact)}
        if lost := sorted(named - self._sources.keys()):
            return 0, f"rests on {', '.join(lost)}, which cannot be read"
        found = support(fact, self._groups)
        if found.status is Status.DISPUTED:
            return 1, f"disputed, {len(fact.positions)} answers"
        if found.status is Status.CORROBORATED:
            return 2, f"corroborated by {found.origins}"
        return 1, "from a single source"

    def _captured(self, item: Item) -> Footing:
        kept = self.ledger.captures.get(item.ref.id, [])
        stem = item.path.removesuffix(".md")
        if not kept:
            unreadable = f"{stem}{CAPTURE}" in self.ledger.unreadable
            said = "a capture that cannot be read" if unreadable else "not captured"
            return Footing(0, said, False)
        newest, beside = kept[0], [f"captured {kept[0].date}, {kept[0].extent}"]
        beside += ["a confirmation beside it"] * (stem + CONFIRMATION in self.files)
        beside += ["a time stamp beside it"] * (stem + STAMP in self.files)
        return Footing(newest.whole + len(beside), ", ".join(beside), True)
