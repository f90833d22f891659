"""What the pictures for sharing say: for each page the card that `pictures` draws.

Nothing is drawn here. A picture travels without its page, so the words, who said them and how
they are supported all stand in it, and its file says whose it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from summitry.checks.checked import CheckedLibrary
from summitry.content import licences, routes
from summitry.content.kinds import Event, Image
from summitry.content.library import Story
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.pages import drawings
from summitry.pictures import locator_map_layout, page_card, quote_card
from summitry.pictures.metadata import Packet
from summitry.pictures.page_card import Chart, Photograph, SocialCard
from summitry.pictures.quote_card import QuoteCard
from summitry.words import dates
from summitry.words.catalogue import Words

Card = QuoteCard | SocialCard


def draw(card: Card) -> bytes:
    """A card as a PNG. Raises ValueError, with what to do, if it cannot be drawn."""
    return quote_card.draw(card) if isinstance(card, QuoteCard) else page_card.draw(card)


def around(image: Image) -> tuple[float, float]:
    """What stays where a picture is cut, as shares of its sides: its focus, or the middle."""
    return (image.focus.across, image.focus.down) if image.focus else (0.5, 0.5)


class Carded(Protocol):
    """A kind that has pictures for sharing (`kinds.protocol.KindPage` is one)."""

    def heading(self, entity: Any) -> str:
        """The field whose words the picture shows largest."""

    def card(self, cards: Cards, ref: Ref, entity: Any) -> Card:
        """The picture of an entity."""


class Cards(Struct, frozen=True):
    """Makes the cards of a library. `site_url` ends with a slash."""

    library: CheckedLibrary
    site_name: str
    site_url: str
    kinds: Mapping[str, Carded]
    words: Words

    def entity(self, ref: Ref) -> Card:
        """The card of an entity's page; of what was withdrawn, it says no more than that."""
        entity, kind = self.library.item(ref).entity, self.words(f"kind.{ref.kind}")
        if entity.withdrawn:
            day = self.words.long(entity.withdrawn.on)
            said = self.words("change.withdrawn-card", kind=kind, date=day)
            return self.plain(routes.url(ref), self.words("what.withdrawn"), text=said, foot=kind)
        return self.kinds[ref.kind].card(self, ref, entity)

    def story(self, story: Story) -> SocialCard:
        """The card of a narrative page; the first page's has its map, if its figure is one."""
        address = routes.story_url(story.path)
        kicker = story.meta.eyebrow or ""
        photo = self.photo(story.meta.figure)
        if story.meta.layout != "home":
            text = story.meta.description or ""
            return self.plain(address, plain(story.title), kicker=kicker, text=text, photo=photo)
        heading = plain(story.heading or story.title)
        chart = self._chart(story.meta.figure)
        return self.plain(address, heading, kicker=kicker, chart=chart, photo=photo)

    def photo(self, ref: Ref | None) -> Photograph | None:
        """A photograph to stand beside the words, with its credit; none of what is drawn."""
        image = self.library.entities(Image)[ref.id] if ref else None
        if image is None or ref is None or not image.file:
            return None
        name = (Path(self.library.item(ref).path).parent / image.file).as_posix()
        return Photograph(
            self.library.root / name,
            hashlib.sha256(self.library.file(name)).hexdigest(),
            around(image),
            self.words.row([image.credit, licences.shown(image.license)]),
            image.alt,
        )

    def _chart(self, ref: Ref | None) -> Chart | None:
        image = self.library.entities(Image)[ref.id] if ref else None
        if image is None or image.drawn != "locator-map":
            return None
        places, ways = drawings.chart_of(self.library, image)
        # Without labels the ways need no key, for which there is no room.
        unnamed = tuple(locator_map_layout.Route("", way.points, way.dotted) for way in ways)
        return Chart(places, unnamed, image.alt)

    def timeline(self, title: str, text: str) -> SocialCard:
        """The card of the timeline: what took place at a known time of the main event's first
        day."""
        zones, main = self.library.options.time_zones, self.library.main_event
        events = [item.entity for item in self.library.items("events")]
        day = (
            self.words.day(main.start.first)
            if main and main.start.unit in ("day", "minute")
            else ""
        )
        rows, at = [], None
        for event in events:
            if not isinstance(event, Event) or event.status != "held" or event.withdrawn:
                continue
            shown = dates.shown(self.words, event, self.library.clocks(event))
            if day and shown.clock and shown.day == day:
                rows.append((dates.short(self.words, shown), event.name))
                at = at or event.start.moment
        foot = self.words("time.in-zone", day=day, zone=zones[0].label_at(at)) if at else ""
        return self.plain(
            routes.TIMELINE, title, text="" if rows else text, rows=tuple(rows), foot=foot
        )

    def page(self, address: str, title: str, text: str) -> SocialCard:
        """The card of a page that lists things."""
        return self.plain(address, title, text=text)

    def plain(
        self,
        address: str,
        title: str,
        *,
        kicker: str = "",
        strong: str = "",
        text: str = "",
        rows: tuple[tuple[str, str], ...] = (),
        foot: str = "",
        shape: str = "",
        disputed: bool = False,
        chart: Chart | None = None,
        photo: Photograph | None = None,
    ) -> SocialCard:
        """A card of words, with what its file says of itself."""
        card = SocialCard(
            title,
            self.site_name,
            Packet(),
            kicker,
            strong,
            text,
            rows,
            foot,
            shape,
            disputed,
            chart,
            photo,
        )
        return card.with_about(
            self.about(
                address,
                description=card.alt,
                headline=title,
                source=self.site_url + address,
                rights=self.library.options.terms,
            )
        )

    def about(
        self,
        address: str,
        *,
        description: str,
        headline: str,
        source: str,
        rights: str,
        supplier: str = "",
    ) -> Packet:
        """The site made the picture; its rights are stated on the page, in the footer."""
        page = self.site_url + address
        return Packet(
            description=description,
            headline=headline,
            creator=self.site_name,
            credit=self.site_name,
            source=source,
            supplier=supplier,
            rights=rights,
            statement=page,
            licensor=page,
            licensor_name=self.site_name,
        )
