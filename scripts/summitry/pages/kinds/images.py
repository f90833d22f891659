"""Pictures: photographs, and figures that the build draws."""

from __future__ import annotations

from typing import Any

from summitry.content import licences, routes
from summitry.content.kinds import Image, Place
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages import drawings
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.for_templates import FigureView, LinkView
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.views import events, images, links
from summitry.pages.views.evidence import evidence

# The kind of what a drawn figure tells in order, which its page lists.
_TOLD = {"day-timeline": "events", "locator-map": "places"}


class ImagePage(KindPage[Image]):
    """A picture's pages."""

    def description(self, scope: Scope, ref: Ref, entity: Image) -> str:
        """What is visible."""
        del scope, ref
        return entity.alt

    def line(self, scope: Scope, entity: Image) -> str:
        """The credit line."""
        del scope
        return entity.credit

    def view(self, scope: Scope, ref: Ref) -> FigureView:
        """The picture with its caption and credit."""
        return images.figure(scope, ref)

    def page(self, scope: Scope, ref: Ref, entity: Image) -> dict[str, Any]:
        """The picture and what it shows."""
        told = _TOLD.get(entity.drawn or "", "")
        drawn = [one for one in entity.depicts if one.kind == told]
        return {
            "image": entity,
            "figure": images.figure(scope, ref),
            "depicts": links.links(scope, [one for one in entity.depicts if one not in drawn]),
            "moments": [events.moment(scope, one) for one in drawn if one.kind == "events"],
            "places": [_placed(scope, one) for one in drawn if one.kind == "places"],
            "routes": [
                (way.label, drawings.way(scope.words, scope.library, way))
                for way in entity.journeys
            ],
            "journeys": [(way.label, evidence(scope, way.evidence)) for way in entity.journeys],
        }

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """Every picture with its credit."""
        return {"figures": [(scope.title(ref), images.figure(scope, ref)) for ref in refs]}

    def heading(self, entity: Image) -> str:
        """The field of its title."""
        del entity
        return "title"

    def card(self, cards: Cards, ref: Ref, entity: Image) -> Card:
        """Title and summary."""
        kind = cards.words(f"kind.{ref.kind}")
        return cards.plain(
            routes.url(ref),
            entity.name,
            text=entity.summary or "",
            foot=kind,
            photo=cards.photo(ref),
        )

    def linked(self, make: Linked, ref: Ref, entity: Image) -> Node:
        """A schema.org ImageObject with credit and licence."""
        made = make.pictures.figure(ref)
        return {
            "@type": "ImageObject",
            "name": entity.title,
            "caption": plain(entity.caption),
            "description": entity.alt,
            "contentUrl": make.at(made.path),
            "width": made.width,
            "height": made.height,
            "creator": {
                "@type": "Organization" if entity.drawn else "Person",
                "name": entity.creator,
            },
            "creditText": entity.credit,
            "copyrightNotice": entity.credit,
            "license": licences.address(entity.license),
            "acquireLicensePage": entity.acquire_license_page or make.at(routes.url(ref)),
            "dateCreated": entity.taken_on.text if entity.taken_on else "",
            "about": [make.named(one) for one in entity.depicts],
        }


def _placed(scope: Scope, ref: Ref) -> LinkView:
    """A place as a link, with its position."""
    position = drawings.position(scope.words, scope.of(ref, Place))
    return LinkView(scope.link(ref), scope.title(ref), position)


PAGE = ImagePage()
