"""What a source's page shows of its captures."""

from __future__ import annotations

from math import ceil
from typing import Any

from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.proof.capture import Capture
from summitry.proof.signatures import Signed


def _vouched(scope: Scope, capture: Capture) -> list[str]:
    """Who besides its taker vouches for a capture, in sentences."""
    words, library = scope.words, scope.library
    found = []
    for one in library.confirmed(capture):
        how = [words(f"means.{one.told.means}")]
        if one.signed is not Signed.NOT:
            verified = one.signed is Signed.VERIFIED
            how.append(words("signed.verified" if verified else "signed.unverified"))
        day = for_templates.day_of(words, one.told.on)
        found.append(words("source.confirmed-by", date=day, who=one.told.by, how=words.row(how)))
    for stamp in library.stamped(capture):
        key = "source.stamped" if stamp.verified else "source.stamped-unverified"
        day = for_templates.day_of(words, stamp.told.at)
        found.append(words(key, date=day, clock=stamp.told.clock))
    return found if library.confirmed(capture) else [words("source.unconfirmed"), *found]


def captures(scope: Scope, ref: Ref) -> dict[str, Any]:
    """The captures of a source, and how much of it this site shows."""
    words = scope.words
    kept = [
        for_templates.CaptureView.of(words, one, _vouched(scope, one))
        for one in scope.library.captures(ref.id)
    ]
    share = scope.library.share(ref.id)
    if share is None or not share.shown:
        return {"captures": kept, "share": words("source.shows-none")}
    shown = words("source.shows", shown=share.shown)
    if not share.total or share.excerpt:
        return {"captures": kept, "share": f"{shown}."}
    percent = ceil(share.percent)
    of = words("source.shows-of", shows=shown, total=share.total, percent=percent)
    proven = words.count("source.shows-proven", share.proven, shows=of)
    return {"captures": kept, "share": proven}
