"""What is to be said of a quotation, gathered from the checked library (`words.quotations`)."""

from __future__ import annotations

import re

from summitry.checks.rules import CheckedLibrary
from summitry.content.kinds import Quote
from summitry.content.values import Ref
from summitry.words.quotations import WORDINGS_DIFFER, Told, translated

_PUT_IN = re.compile(r"\[[^\]…]*\w[^\]…]*\]")


def told(library: CheckedLibrary, ref: Ref) -> Told:
    """What has to be said of a quotation wherever its words go."""
    quote = library.item(ref).entity
    if not isinstance(quote, Quote):
        raise TypeError(f"{ref} is not a quotation")
    standing = library.standing(ref)
    return Told(
        state=standing.text,
        translation=translated(quote),
        changed=standing.changed or ("" if standing.proven else _by_its_marks(quote.text)),
        beside=_sentence("; ".join(standing.telling)),
        differ=WORDINGS_DIFFER if library.differs(ref) else "",
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _by_its_marks(text: str) -> str:
    """What an editor's marks say of words that no proof compares with their source."""
    if _PUT_IN.search(text):
        return "Edited"
    return "Abridged" if "…" in text else ""
