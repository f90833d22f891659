"""How much of the site is cited and proven: the same figures for the check and for readers."""

from __future__ import annotations

from msgspec import Struct

from summitry.checks.checked import CheckedLibrary
from summitry.checks.citing import coverage
from summitry.checks.claims import Of
from summitry.checks.standing import State
from summitry.checks.support import Status
from summitry.content.kinds import Fact, Source


class Coverage(Struct, frozen=True):
    """Counts; what was withdrawn is not among them."""

    cited: int  # paragraphs of narrative pages
    paragraphs: int
    quotes: dict[State, int]
    wordings: tuple[int, int]  # proven, all
    passages: tuple[int, int]  # proven, all
    captured: int
    sources: int
    facts: dict[Status, int]
    read: tuple[int, int] | None = None  # statements read twice, all; None: no record is kept
    readers: dict[str, int] = {}  # how many of them each has read
    confirmed: int = 0  # captured sources whose newest capture somebody else has confirmed
    stamped: int = 0  # captured sources whose newest capture has a time stamp
    archived: int = 0  # captured sources with an archived copy

    @property
    def proven(self) -> int:
        """The quotations whose displayed words are proven."""
        return sum(n for state, n in self.quotes.items() if state is not State.TRANSCRIBED)

    @property
    def lines(self) -> list[str]:
        """The figures as lines of text."""
        quotes, facts, read = sum(self.quotes.values()), self.facts, list[str]()
        vouched = [
            f"captured sources: {self.confirmed} of {self.captured} confirmed by another, "
            f"{self.stamped} with a time stamp, {self.archived} with an archived copy"
        ]
        if not self.captured:
            vouched.clear()
        if self.read:
            by = "; ".join(f"{count} by {name}" for name, count in self.readers.items())
            read = [f"{self.read[0]} of {self.read[1]} statements read a second time"]
            read[0] += f": {by}" if by else ""
        return [
            f"paragraphs: {self.cited} of {self.paragraphs} cite",
            f"quotations: {self.proven} of {quotes} proven, "
            f"{self.quotes[State.TRANSCRIBED]} transcribed; "
            f"other wordings: {self.wordings[0]} of {self.wordings[1]} proven",
            f"passages: {self.passages[0]} of {self.passages[1]} proven; "
            f"sources: {self.captured} of {self.sources} captured",
            *vouched,
            f"facts: {facts[Status.CORROBORATED]} corroborated, "
            f"{facts[Status.SINGLE]} from a single source, {facts[Status.DISPUTED]} disputed",
            *read,
        ]


def measure(library: CheckedLibrary) -> Coverage:
    """The figures of a library."""
    kept = [item for item in library.every() if not item.entity.withdrawn]
    quotes = dict.fromkeys(State, 0)
    facts = dict.fromkeys(Status, 0)
    for item in kept:
        if item.ref.kind == "quotes":
            quotes[library.standing(item.ref).state] += 1
        if isinstance(item.entity, Fact):
            facts[library.support(item.entity).status] += 1
    refs = {item.ref for item in kept}
    found = [f for place, f in library.ledger.findings.items() if place.ref in refs]
    cited, paragraphs = coverage(library.raw)
    sources = {i.ref.id: i.entity for i in kept if isinstance(i.entity, Source)}
    newest = {n: found[0] for n, found in library.ledger.captures.items() if n in sources}
    return Coverage(
        cited,
        paragraphs,
        quotes,
        _counted([f.proven for f in found if f.claim.of is Of.WORDING]),
        _counted([f.proven for f in found if f.claim.of is Of.PASSAGE]),
        len(newest),
        len(sources),
        facts,
        library.readings.counted if library.readings else None,
        dict(sorted(library.readings.readers.items())) if library.readings else {},
        sum(bool(library.vouching.of(one)) for one in newest.values()),
        sum(bool(library.vouching.stamps_of(one)) for one in newest.values()),
        sum(bool(sources[name].archive_url) for name in newest),
    )


def _counted(proven: list[bool]) -> tuple[int, int]:
    return sum(proven), len(proven)
