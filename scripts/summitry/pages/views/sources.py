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
    kept = [for_templates.CaptureView.of(one) for one in ledger.captures.get(ref.id, [])]
    share = ledger.shares.get(ref.id)
    if share is None or not share.shown:
        return {"captures": kept, "share": "This site shows no words of it."}
    shown = f"This site shows {share.shown} of its words"
    if not share.total or share.excerpt:
        return {"captures": kept, "share": f"{shown}."}
    of = f"{shown}, of {share.total} in all ({ceil(share.percent)} %)"
    return {"captures": kept, "share": f"{of}. {share.proven} of these are proven."}
