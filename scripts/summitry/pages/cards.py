"""What the pictures for sharing say: for each page the card that `pictures` draws.

Nothing is drawn here. A picture travels without its page, so the words, who said them and how
they are supported all stand in it, and its file says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from summitry.checks.rules import CheckedLibrary
from summitry.checks.support import Status
from summitry.content import routes
from summitry.content.kinds import Entity, Event, Fact, Image, Person, Place, Quote, Source, Term
from summitry.content.kinds.pieces import Position
from summitry.content.library import Story
from summitry.content.prose import plain
from summitry.content.values import ProseText, Ref
from summitry.data.quotations import told
from summitry.pages import drawings
from summitry.pictures import atlas, cards, fonts, social
from summitry.pictures.cards import QuoteCard
from summitry.pictures.metadata import About
from summitry.pictures.social import Chart, SocialCard
from summitry.words import dates, vocabulary

Card = QuoteCard | SocialCard

_HEADINGS = {"quotes": "text", "sources": "title", "images": "title"}
"""The field of each kind that its picture shows largest; elsewhere it is the name."""


def draw(card: Card) -> bytes:
    """A card as a PNG. Raises ValueError, with what to do, if it cannot be drawn."""
    return cards.draw(card) if isinstance(card, QuoteCard) else social.draw(card)


def heading_field(entity: Entity) -> str:
    """The field to shorten if an entity's picture has no room for it."""
    if isinstance(entity, Fact):
        return "question" if entity.question else "statement"
    return _HEADINGS.get(entity.kind, "name")


@dataclass(frozen=True, slots=True)
class CardTexts:
    """Makes the cards of a library. `site_url` ends with a slash."""

    library: CheckedLibrary
    site_name: str
    site_url: str

    def entity(self, ref: Ref) -> Card:
        """The card of an entity's page; of what was withdrawn, it says no more than that."""
        entity, kind = self.library.item(ref).entity, vocabulary.kind_name(ref)
        if entity.withdrawn:
            said = f"{kind} withdrawn on {dates.long(entity.withdrawn.on)}."
            return self._card(routes.url(ref), "Withdrawn", text=said, foot=kind)
        if isinstance(entity, Quote):
            return self._quote(ref, entity)
        return self._of(ref, kind)

    def _of(self, ref: Ref, kind: str) -> SocialCard:
        entity, address = self.library.item(ref).entity, routes.url(ref)
        zones = self.library.options.time_zones
        match entity:
            case Fact():
                return self._fact(address, entity)
            case Person():
                return self._person(ref, entity)
            case Source():
                return self._source(address, entity)
            case Event():
                when = dates.shown(entity, zones).text
                foot = vocabulary.status_of(entity) or kind
                text = entity.summary or ""
                return self._card(address, entity.name, strong=when, text=text, foot=foot)
            case Term():
                text = _bare(entity.definition)
                return self._card(address, entity.name, text=text, foot="Word to know")
            case Image():
                return self._card(address, entity.name, text=entity.summary or "", foot=kind)
            case Place():
                return self._card(address, entity.name, text=entity.summary or "", foot=kind)
        raise TypeError(f"no card is known for {kind}")

    def _quote(self, ref: Ref, quote: Quote) -> QuoteCard:
        standing = self.library.standing(ref)
        name, role, where = self._speaker(quote)
        when = dates.long(quote.said_on) if quote.said_on else ""
        setting = ", ".join(part for part in (where, when) if part)
        who = ", ".join(part for part in (name, role) if part)
        true = told(self.library, ref)
        said = ". ".join(part for part in (who, setting, *true.parts) if part)
        leading = standing.found[0].claim.source if standing.found else quote.evidence[0].source.id
        source = self.library.entities(Source)[leading]
        return QuoteCard(
            words=quote.text,
            speaker=name,
            role=role,
            setting=setting,
            state=true.state,
            shape=standing.state.value,
            proven=standing.proven,
            site=self.site_name,
            quote_language=quote.language,
            changed=true.changed,
            note=". ".join(filter(None, (true.translation, _printed(source), true.differ))),
            about=self._about(
                routes.url(ref),
                description=f"“{quote.text}” — {said}.",
                headline=f"{name}: {quote.title}",
                source=source.url or "",
                supplier=", ".join(part for part in (source.name, source.publisher) if part),
                rights=f"The words are their speaker’s. {self.library.options.rights}".strip(),
            ),
        )

    def _speaker(self, quote: Quote) -> tuple[str, str, str]:
        """Who is named in the picture, the role on the day, and where it was said."""
        where = quote.setting or ""
        if isinstance(quote.speaker, Ref):
            person = self.library.entities(Person)[quote.speaker.id]
            day = quote.said_on.first if quote.said_on else None
            return person.name, person.role_on(day), where
        voice = quote.speaker
        if voice.sign:  # what bears the words may take a line of its own, which a name cannot
            return "Lettering", "", f"On {voice.sign}"
        if voice.nickname:
            return "Nickname", "", f"Used by {voice.nickname}"
        name, role = voice.shown
        return name, role, where

    def _fact(self, address: str, fact: Fact) -> SocialCard:
        support = self.library.support(fact)
        shape, words = vocabulary.SUPPORT[support.status.slug]
        if support.status is Status.CORROBORATED:
            words = vocabulary.in_words(support.origins, "independent source").capitalize()
        elif support.status is Status.SINGLE and support.sources > 1:
            words = f"{vocabulary.in_words(support.sources, 'source')} with one origin".capitalize()
        return self._card(
            address,
            _bare(fact.title),
            kicker=self.library.options.topics.get(fact.topic or "", ""),
            rows=_answers(fact.positions),
            foot=words,
            shape=shape,
            disputed=support.status is Status.DISPUTED,
        )

    def _person(self, ref: Ref, person: Person) -> SocialCard:
        main = self.library.main_event
        part = main.part_of(ref) if main else ""
        role = person.role_on(main.start.first if main else None)
        said = person.summary.startswith(role)  # the summary opens with the role: once is enough
        return self._card(
            routes.url(ref),
            person.name,
            kicker=self.library.options.parts.get(part, ""),
            strong=person.summary if said else role,
            text="" if said else person.summary,
            foot=vocabulary.kind_name(ref),
        )

    def _source(self, address: str, source: Source) -> SocialCard:
        """Titles stand as printed, in any script; one that cannot be drawn gives way."""
        drawable = not fonts.covers(source.name, "semibold")
        publisher = source.publisher or "Publisher not stated"
        when = dates.long(source.issued) if source.issued else ""
        form = vocabulary.FORMS[source.type]
        if source.language != "en":
            form += f" in {vocabulary.language(source.language)}"
        return self._card(
            address,
            source.name if drawable else publisher,
            strong=publisher if drawable else "",
            text=", ".join(part for part in (form, when) if part),
            foot="Source",
        )

    def story(self, story: Story) -> SocialCard:
        """The card of a narrative page; the first page's has its map, if its figure is one."""
        address = routes.story_url(story.path)
        kicker = story.meta.eyebrow or ""
        if story.meta.layout != "home":
            text = story.meta.description or ""
            return self._card(address, plain(story.title), kicker=kicker, text=text)
        heading = plain(story.heading or story.title)
        return self._card(address, heading, kicker=kicker, chart=self._chart(story.meta.figure))

    def _chart(self, ref: Ref | None) -> Chart | None:
        image = self.library.entities(Image)[ref.id] if ref else None
        if image is None or image.drawn != "locator-map":
            return None
        places, ways = drawings.chart_of(self.library, image)
        # Without labels the ways need no key, for which there is no room.
        unnamed = tuple(atlas.Route("", way.points, way.dotted) for way in ways)
        return Chart(places, unnamed, image.alt)

    def timeline(self, title: str, text: str) -> SocialCard:
        """The card of the timeline: what took place at a known time of the main event's day."""
        zones, main = self.library.options.time_zones, self.library.main_event
        events = [item.entity for item in self.library.items("events")]
        rows = []
        for event in events:
            if not isinstance(event, Event) or event.status != "held" or event.withdrawn:
                continue
            shown = dates.shown(event, zones)
            if main and shown.clock and shown.day == dates.shown(main, zones).day:
                rows.append((shown.clock.removeprefix("some time "), event.name))
        foot = f"{dates.shown(main, zones).day}, {zones[0].label} time" if main and rows else ""
        return self._card(
            routes.TIMELINE, title, text="" if rows else text, rows=tuple(rows), foot=foot
        )

    def page(self, address: str, title: str, text: str) -> SocialCard:
        """The card of a page that lists things."""
        return self._card(address, title, text=text)

    def _card(
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
    ) -> SocialCard:
        card = SocialCard(
            title, self.site_name, About(), kicker, strong, text, rows, foot, shape, disputed, chart
        )
        return card.with_about(
            self._about(
                address,
                description=card.alt,
                headline=title,
                source=self.site_url + address,
                rights=self.library.options.rights,
            )
        )

    def _about(
        self,
        address: str,
        *,
        description: str,
        headline: str,
        source: str,
        rights: str,
        supplier: str = "",
    ) -> About:
        """The site made the picture; its rights are stated on the page, in the footer."""
        page = self.site_url + address
        return About(
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


def _printed(source: Source) -> str:
    """Who prints the words; what was translated stands there in its own language."""
    return f"Source: {source.publisher or source.name}"


def _answers(positions: list[Position]) -> tuple[tuple[str, str], ...]:
    return tuple(("", position.value) for position in positions)


def _bare(text: str) -> str:
    """Prose without its markup; plain text as it is, for what looks like markup in it is none."""
    return plain(text) if isinstance(text, ProseText) else text
