"""What each side says of the same point, side by side."""

from __future__ import annotations

from msgspec import Struct

from summitry.checks.accounts import side_of
from summitry.content.blocks import Accounts
from summitry.content.kinds import Quote
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.for_templates import QuoteView
from summitry.pages.reach import SearchView, search
from summitry.pages.views import quotes


class SideView(Struct, frozen=True):
    """A side with its words, the earliest first; or the searches that found none."""

    name: str
    said: list[QuoteView] = []
    searched: list[SearchView] = []


class AccountsView(Struct, frozen=True):
    """A point, and each side in the order of the block."""

    id: str
    point: str
    sides: list[SideView]


def accounts(scope: Scope, block: Accounts) -> AccountsView:
    """The view of a block."""
    library = scope.library
    of = {ref: side_of(library.find, ref) for ref in block.quotes}

    def said(ref: Ref) -> tuple[object, ...]:
        quote: Quote = scope.of(ref, Quote)
        return quote.said_on.order if quote.said_on else ()

    return AccountsView(
        scope.own_id("at-accounts"),
        block.point,
        [
            SideView(
                library.options.sides[side],
                [
                    quotes.quote(scope, ref)
                    for ref in sorted((r for r in block.quotes if of[r] == side), key=said)
                ],
                [search(scope.words, library, one) for one in block.searched if one.side == side],
            )
            for side in block.sides
        ],
    )
