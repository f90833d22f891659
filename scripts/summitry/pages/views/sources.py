"""What a source's page shows of its captures."""

from __future__ import annotations

from math import ceil
from typing import Any

from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope


def captures(scope: Scope, ref: Ref) -> dict[str, Any]:
    """The captures of a source, and how much of it this site shows."""
    ledger = scope.library.ledger
    words = scope.words
    kept = [for_templates.CaptureView.of(words, one) for one in ledger.captures.get(ref.id, [])]
    share = ledger.shares.get(ref.id)
    if share is None or not share.shown:
        return {"captures": kept, "share": words("source.shows-none")}
    shown = words("source.shows", shown=share.shown)
    if not share.total or share.excerpt:
        return {"captures": kept, "share": f"{shown}."}
    percent = ceil(share.percent)
    of = words("source.shows-of", shows=shown, total=share.total, percent=percent)
    proven = words("source.shows-proven", shows=of, count=share.proven)
    return {"captures": kept, "share": proven}
