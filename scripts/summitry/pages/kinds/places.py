"""Places."""

from __future__ import annotations

from typing import Any

from summitry.content import routes
from summitry.content.kinds import Image, Place
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages import drawings, whereabouts
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.kinds.shared import related
from summitry.pages.views import images, links
from summitry.pages.views.evidence import evidence


class PlacePage(KindPage[Place]):
    """A place's pages."""

    above = ("events", "facts")

    def description(self, scope: Scope, ref: Ref, entity: Place) -> str:
        """The summary, or the name."""
        return entity.summary or scope.title(ref)

    def line(self, scope: Scope, entity: Place) -> str:
        """The summary."""
        del scope
        return entity.summary or ""

    def page(self, scope: Scope, ref: Ref, entity: Place) -> dict[str, Any]:
        """Position, what sources call it, maps, what happened there."""
        pictures = [
            one
            for one in scope.library.depictions(ref)
            if scope.of(one, Image).drawn != "locator-map"  # it has a map of its own
        ]
        within = entity.contained_in
        return {
            "place": entity,
            "position": drawings.position(scope.words, entity),
            "within": links.named(scope, within) if within else None,
            "names": [(used.name, evidence(scope, used.evidence)) for used in entity.names],
            "evidence": evidence(scope, entity.evidence),
            "disputes": links.disputes_about(scope, ref),
            "figures": [images.figure(scope, one) for one in pictures[:1]],
            "around": whereabouts.around(scope, ref),
            **related(scope, ref),
        }

    def card(self, cards: Cards, ref: Ref, entity: Place) -> Card:
        """Name and summary."""
        kind = cards.words(f"kind.{ref.kind}")
        return cards.plain(routes.url(ref), entity.name, text=entity.summary or "", foot=kind)

    def linked(self, make: Linked, ref: Ref, entity: Place) -> Node:
        """A schema.org Place."""
        del ref
        geo = {
            "@type": "GeoCoordinates",
            "latitude": entity.latitude,
            "longitude": entity.longitude,
        }
        return {
            "@type": "Place",
            "name": entity.name,
            "description": entity.summary,
            "geo": geo if entity.latitude is not None else "",
            "containedInPlace": make.named(entity.contained_in) if entity.contained_in else "",
        }


PAGE = PlacePage()
