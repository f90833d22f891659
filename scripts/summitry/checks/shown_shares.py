"""What is wrong with how much of a source is shown, said at the source's file."""

from __future__ import annotations

from math import ceil

from summitry.content.problems import Mark, Problem
from summitry.proof.budget import EXCERPT, LIMIT, MIN_HIDDEN, WARN, Share


def problems(path: str, mark: Mark, share: Share) -> list[Problem]:
    """What is wrong with a share, said at the source's file."""
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
        found.append(Problem(path, mark, "over-budget", message, hint))
    elif share.total and not share.excerpt and share.percent > WARN:
        over = share.percent > LIMIT
        message = (
            f"{share.shown} of {share.total} words are disclosed "
            f"({ceil(share.percent)} %, limit {LIMIT} %)"
        )
        code = "over-budget" if over else "near-budget"
        found.append(Problem(path, mark, code, message, hint, note=not over))
    return found
