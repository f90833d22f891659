"""What the pages of several kinds show: quotations, facts and events that concern something."""

from __future__ import annotations

from typing import Any

from summitry.content.kinds import Quote
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.views import facts, links, quotes

MOST_CARDS = 3  # on a page about something else; the rest are links


def quotes_about(scope: Scope, ref: Ref) -> list[Ref]:
    """The quotations that refer to an entity: first those that the person spoke."""
    back = [r for r in scope.library.backlinks(ref) if r.kind == "quotes"]
    return sorted(back, key=lambda r: scope.of(r, Quote).speaker != ref)


def as_cards(scope: Scope, refs: list[Ref]) -> dict[str, Any]:
    """Quotations: the first few as cards, the rest as links."""
    return {
        "quotes": [quotes.quote(scope, ref) for ref in refs[:MOST_CARDS]],
        "more_quotes": [links.named(scope, ref) for ref in refs[MOST_CARDS:]],
    }


def related(scope: Scope, ref: Ref) -> dict[str, Any]:
    """Facts and events that concern an entity."""
    back = scope.library.backlinks(ref)
    known = set(back)
    return {
        "facts": [facts.fact(scope, r) for r in back if r.kind == "facts"],
        "events": [links.named(scope, one) for one in scope.library.refs("events") if one in known],
    }
