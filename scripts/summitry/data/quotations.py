"""What is to be said of a quotation, gathered from the checked library (`words.quotations`)."""

from __future__ import annotations

import re

from summitry.checks.checked import CheckedLibrary
from summitry.checks.standing import Standing
from summitry.content.kinds import Quote
from summitry.content.values import Ref
from summitry.words import quotations
from summitry.words.catalogue import Words, capital
from summitry.words.quotations import Told

_PUT_IN = re.compile(r"\[[^\]…]*\w[^\]…]*\]")


def told(words: Words, library: CheckedLibrary, ref: Ref) -> Told:
    """What has to be said of a quotation wherever its words go."""
    quote = library.item(ref).entity
    if not isinstance(quote, Quote):
        raise TypeError(f"{ref} is not a quotation")
    standing = library.standing(ref)
    changed = standing.changed or ("" if standing.proven else _by_its_marks(quote.text))
    return Told(
        state=state(words, standing),
        translation=quotations.translated(words, quote),
        changed=words(f"edit.{changed}") if changed else "",
        beside=capital("; ".join(standing.telling)),
        differ=words("quote.differ") if library.differs(ref) else "",
    )


def state(words: Words, standing: Standing) -> str:
    """How far a quotation is proven."""
    slug, original = standing.state.slug, standing.original
    return quotations.state(words, slug, standing.origins, original=original)


def _by_its_marks(text: str) -> str:
    """What an editor's marks say of words that no proof compares with their source."""
    if _PUT_IN.search(text):
        return "edited"
    return "abridged" if "…" in text else ""
