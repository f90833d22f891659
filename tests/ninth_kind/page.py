"""Treaties."""

from __future__ import annotations

from typing import Any

from summitry.content import routes
from summitry.content.kinds.treaties import Treaty
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.views.evidence import evidence


class TreatyPage(KindPage[Treaty]):
    """A treaty's pages."""

    def description(self, scope: Scope, ref: Ref, entity: Treaty) -> str:
        """The summary, or the name."""
        return entity.summary or scope.title(ref)

    def line(self, scope: Scope, entity: Treaty) -> str:
        """When it was signed."""
        return scope.words.long(entity.signed_on)

    def page(self, scope: Scope, ref: Ref, entity: Treaty) -> dict[str, Any]:
        """When it was signed, and its evidence."""
        del ref
        return {
            "signed": scope.words.long(entity.signed_on),
            "evidence": evidence(scope, entity.evidence),
        }

    def card(self, cards: Cards, ref: Ref, entity: Treaty) -> Card:
        """Name and date."""
        day = cards.words.long(entity.signed_on)
        return cards.plain(routes.url(ref), entity.name, strong=day)

    def linked(self, make: Linked, ref: Ref, entity: Treaty) -> Node:
        """A schema.org Legislation."""
        del ref
        return {
            "@type": "Legislation",
            "name": entity.name,
            "legislationDate": entity.signed_on.text,
            "citation": make.works(entity.evidence),
        }


PAGE = TreatyPage()
