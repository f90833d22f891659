"""Why a quotation is displayed in these words, where sources print several.

The displayed wording is the best attested: a primary source's, else that of most independent
origins, else the fullest. Where none of these says why, the editor must.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from summitry.checks.claims import Of, claims, same
from summitry.content.kinds import Quote, Source
from summitry.proof.text import words as words_of


class Reason(Enum):
    """A reason for a wording: a primary source or most origins print it, or it is the fullest."""

    PRIMARY = "primary"
    MOST = "most"
    FULLEST = "fullest"


def reasons(
    quote: Quote, sources: Mapping[str, Source], groups: Mapping[str, str]
) -> list[Reason] | None:
    """What speaks for the displayed words; None where no source prints others.

    A wording that is a part of the displayed words is no other: it is a shorter quotation of
    the same.
    """
    mine = {c.source for c in claims(quote) if c.of in (Of.TEXT, Of.ORIGINAL)}
    rivals = _rivals(quote)
    if not rivals:
        return None
    found = []
    if any(sources[name].standing == "primary" for name in mine if name in sources):
        found.append(Reason.PRIMARY)
    if mine and all(_origins(mine, groups) > _origins(names, groups) for _, names in rivals):
        found.append(Reason.MOST)
    if all(len(_words(quote.text)) > len(_words(words)) for words, _ in rivals):
        found.append(Reason.FULLEST)
    return found


@lru_cache(1 << 14)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words_of(text))


def _origins(names: set[str], groups: Mapping[str, str]) -> int:
    return len({groups.get(name, name) for name in names})


def _rivals(quote: Quote) -> list[tuple[str, set[str]]]:
    """Each other wording with the sources that print it."""
    found: list[tuple[str, set[str]]] = []
    for claim in claims(quote):
        if claim.of is not Of.WORDING or _inside(claim.words, quote.text):
            continue
        for words, names in found:
            if same(words, claim.words):
                names.add(claim.source)
                break
        else:
            found.append((claim.words, {claim.source}))
    return found


def _inside(part: str, whole: str) -> bool:
    """Whether words stand together in others, in their order."""
    mine, theirs = _words(part), _words(whole)
    return any(theirs[i : i + len(mine)] == mine for i in range(len(theirs) - len(mine) + 1))
