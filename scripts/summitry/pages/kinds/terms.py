"""Words to know."""

from __future__ import annotations

from typing import Any

from summitry.content import routes
from summitry.content.kinds import Term
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.kinds.shared import quotes_about, related
from summitry.pages.views import links
from summitry.pages.views.evidence import evidence


class TermPage(KindPage[Term]):
    """A term's pages."""

    above = ("events", "facts", "quotes")

    def title(self, scope: Scope, ref: Ref, entity: Term) -> str:
        """Not the name alone, which a place or an event may have too."""
        del entity
        return scope.words("term.title", term=scope.title(ref))

    def description(self, scope: Scope, ref: Ref, entity: Term) -> str:
        """The definition."""
        del ref
        return scope.plain(entity.definition)

    def line(self, scope: Scope, entity: Term) -> str:
        """The definition."""
        return scope.plain(entity.definition)

    def page(self, scope: Scope, ref: Ref, entity: Term) -> dict[str, Any]:
        """The definition, its evidence, who says it."""
        return {
            "term": entity,
            "definition": scope.text(entity.definition),
            "evidence": evidence(scope, entity.evidence),
            "quotes": [links.named(scope, one) for one in quotes_about(scope, ref)],
            **related(scope, ref),
        }

    def card(self, cards: Cards, ref: Ref, entity: Term) -> Card:
        """Name and definition."""
        text = plain(entity.definition)
        return cards.plain(routes.url(ref), entity.name, text=text, foot=cards.words("term.card"))

    def linked(self, make: Linked, ref: Ref, entity: Term) -> Node:
        """A schema.org DefinedTerm of the site's set."""
        del ref
        also = [*entity.aliases, *([entity.abbreviation] if entity.abbreviation else [])]
        return {
            "@type": "DefinedTerm",
            "name": entity.name,
            "description": plain(entity.definition),
            "alternateName": also,
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                "@id": make.at(routes.index_url("terms")),
                "name": make.words("kinds.terms"),
            },
        }


PAGE = TermPage()
