"""What is wrong with how much of a source is shown, said at the source's file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil

from summitry.checks.claims import Claim
from summitry.content.problems import Mark, Problem
from summitry.content.values import Ref
from summitry.proof.budget import EXCERPT, LIMIT, MIN_HIDDEN, WARN, Share
from summitry.proof.text import length

_NAMED = 4  # entities that a hint names


def problems(path: str, mark: Mark, share: Share, shown: Sequence[Claim] = ()) -> list[Problem]:
    """What is wrong with a share, said at the source's file.

    `shown` are all claims of words of the source: the entities with the most words are named.
    """
    found = []
    for number, hidden, count in share.guessable:
        message = (
            f"the proofs leave {hidden} of {count} words of paragraph {number} hidden, "
            f"which can be guessed (at least {MIN_HIDDEN}, or none)"
        )
        hint = "shorten a passage of this paragraph, or open all of it: summitry prove --whole"
        found.append(Problem(path, mark, "guessable", message, hint))
    hint = "shorten or drop passages of this source"
    if share.excerpt and share.shown > EXCERPT:
        message = f"{share.shown} words of an excerpt are disclosed (limit {EXCERPT})"
        found.append(Problem(path, mark, "over-budget", message, hint + _in_which(shown)))
    elif share.total and not share.excerpt and share.percent > WARN:
        over = share.percent > LIMIT
        message = (
            f"{share.shown} of {share.total} words are disclosed "
            f"({ceil(share.percent)} %, limit {LIMIT} %)"
        )
        code = "over-budget" if over else "near-budget"
        hint += _in_which(shown)
        found.append(Problem(path, mark, code, message, hint, note=not over))
    return found


def _in_which(shown: Sequence[Claim]) -> str:
    """The entities that show the most words of a source, each with how many."""
    counts = Counter[Ref]()
    for claim in shown:
        counts[claim.place.ref] += length(claim.words)
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_NAMED]
    named = ", ".join(f"{ref} ({count} words)" for ref, count in most)
    return f": {named}" if named else ""
