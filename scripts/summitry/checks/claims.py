"""What evidence claims: which words are said to stand in which source."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from summitry.content.kinds import Entity, Quote
from summitry.content.kinds.pieces import Evidence, PlaceInEntity
from summitry.content.schema import evidence_of
from summitry.content.strict_yaml import Loc
from summitry.proof import match
from summitry.proof.marks import literal
from summitry.proof.passages import Limits, Passage
from summitry.proof.text import tokens


class Of(StrEnum):
    """What the words of a claim are to their entity."""

    TEXT = "text"  # the displayed words of a quotation
    ORIGINAL = "original"  # its words before translation
    WORDING = "wording"  # how a source words it otherwise
    PASSAGE = "passage"  # a passage under anything that is no quotation


class Claim(Struct, frozen=True):
    """Words that are said to stand in a source, and where the contributor wrote them."""

    evidence: Evidence
    loc: Loc  # of the item
    words_at: Loc  # of the words, for messages
    words: str
    of: Of

    @property
    def place(self) -> PlaceInEntity:
        """Where the evidence stands, by which it is known."""
        if self.evidence.place is None:
            raise ValueError("evidence is known by its place once a library has read it")
        return self.evidence.place

    @property
    def source(self) -> str:
        """The source's id."""
        return self.evidence.source.id


def claims(entity: Entity) -> Iterator[Claim]:
    """The claims of an entity: each item of evidence that has words."""
    for loc, item in evidence_of(entity):
        if isinstance(entity, Quote) and loc[0] == "evidence":
            yield _of_quote(entity, loc, item)
        elif item.exact:
            yield Claim(item, loc, (*loc, "exact"), item.exact, Of.PASSAGE)


def _of_quote(quote: Quote, loc: Loc, item: Evidence) -> Claim:
    original = quote.original.text if quote.original else ""
    if item.exact is None:
        if quote.translation and quote.translation.kind == "ours" and original:
            return Claim(item, loc, ("original", "text"), original, Of.ORIGINAL)
        return Claim(item, loc, ("text",), quote.text, Of.TEXT)
    at = (*loc, "exact")
    if same(quote.text, item.exact):
        return Claim(item, loc, at, item.exact, Of.TEXT)
    if original and same(original, item.exact):
        return Claim(item, loc, at, item.exact, Of.ORIGINAL)
    return Claim(item, loc, at, item.exact, Of.WORDING)


@lru_cache(1 << 14)
def same(displayed: str, other: str) -> bool:
    """Whether two texts are the same words in normal form, by the rules of a verdict."""
    theirs, mine = Passage(1, tokens(other)), literal(displayed)
    if len(theirs.units) != len(mine):
        return False
    return bool(match.find(mine, [theirs], Limits(gaps=0)))
