"""What a page says of itself in schema.org's words, as JSON-LD.

Each page is a `WebPage` with its path (`BreadcrumbList`) and the thing it is about: Person,
Place, Event, Quotation with its source, Claim with where it appears, ImageObject with credit and
licence, DefinedTerm, or the article that the page is. Nothing is said that the page does not
show, and no ClaimReview is: this site weighs sources, it does not rate whether somebody lied.
What a source does not state is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from summitry.checks.rules import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import Event, Fact, Image, Person, Place, Quote, Source, Term
from summitry.content.kinds.pieces import Correction, Evidence, Position
from summitry.content.library import Item, Story
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.data.quotations import told
from summitry.data.setting import Setting
from summitry.words.vocabulary import KIND_NAMES

Node = dict[str, Any]
CONTEXT = "https://schema.org"
_LICENSES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
TEXT_LICENSE = _LICENSES["CC-BY-4.0"]
# CSL type → schema.org type.
_WORKS = {
    "article-newspaper": "NewsArticle",
    "article-magazine": "Article",
    "article": "Article",
    "entry-encyclopedia": "Article",
    "legislation": "Legislation",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "webpage": "WebPage",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page whatever it is about; addresses from the site's root."""

    url: str
    title: str
    description: str
    type: str = "WebPage"
    updated: str = ""
    picture: str = ""
    crumbs: Sequence[tuple[str, str]] = ()  # names and addresses, from the first page down
    corrections: Sequence[Correction] = field(default=())


class _Shared(Protocol):
    @property
    def path(self) -> str: ...


class _Made(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


class Illustrated(Protocol):
    """Where the pictures of a site are: addresses from its root, sizes in pixels."""

    def card(self, ref: Ref) -> _Shared:
        """The picture for sharing of an entity's page."""

    def figure(self, ref: Ref) -> _Made:
        """The picture of an image entity."""


def _said(node: Node) -> Node:
    """A node without what is empty."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


class Linked:
    """Makes the nodes of one site."""

    def __init__(
        self, library: CheckedLibrary, setting: Setting, illustrations: Illustrated
    ) -> None:
        self._library = library
        self._setting = setting
        self._illustrations = illustrations

    def _at(self, address: str) -> str:
        return self._setting.url + address

    def page(self, about: About, main: Node | None = None) -> Node:
        """The graph of a page, and of what it is about."""
        url = self._at(about.url)
        site = {
            "@type": "WebSite",
            "@id": self._at("#site"),
            "name": self._setting.name,
            "url": self._at(""),
            "description": self._setting.description,
            "inLanguage": self._setting.language,
            "publisher": {"@type": "Organization", "name": self._setting.name},
        }
        page = {
            "@type": about.type,
            "@id": url,
            "url": url,
            "name": about.title,
            "description": about.description,
            "inLanguage": self._setting.language,
            "isPartOf": {"@id": site["@id"]},
            "dateModified": about.updated,
            "license": TEXT_LICENSE,
            "primaryImageOfPage": self._at(about.picture) if about.picture else "",
            "breadcrumb": {"@id": f"{url}#path"} if about.crumbs else "",
            "mainEntity": {"@id": main["@id"]} if main else "",
            "correction": [_correction(one) for one in about.corrections],
        }
        graph: list[Node] = [page, site]
        if about.crumbs:
            graph.append(self._path(about))
        if main:
            graph.append(main)
        return {"@context": CONTEXT, "@graph": [_said(node) for node in graph]}

    def _path(self, about: About) -> Node:
        steps = [*about.crumbs, (about.title, about.url)]
        return {
            "@type": "BreadcrumbList",
            "@id": f"{self._at(about.url)}#path",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "name": name, "item": self._at(address)}
                for n, (name, address) in enumerate(steps, 1)
            ],
        }

    # What pages are about

    def entity(self, item: Item) -> Node:
        """The thing that an entity's page is about."""
        make: dict[str, Callable[[Item], Node]] = {
            "people": self._person,
            "places": self._place,
            "events": self._event,
            "quotes": self._quotation,
            "facts": self._claim,
            "sources": self._source,
            "images": self._image,
            "terms": self._term,
        }
        entity = item.entity
        shared = {
            "@id": self._id(item.ref),
            "url": self._at(routes.url(item.ref)),
            "alternateName": list(entity.aliases),
            "sameAs": list(entity.same_as),
        }
        return _said(shared | make[item.ref.kind](item))

    def _id(self, ref: Ref) -> str:
        return f"{self._at(routes.url(ref))}#{KIND_NAMES[ref.kind][0].lower()}"

    def _named(self, ref: Ref) -> Node:
        """A thing in short, for a place in another node."""
        entity = self._library.item(ref).entity
        kind = type(entity).schema_type
        if isinstance(entity, Source):
            return self._work(ref, entity)
        return {"@type": kind, "@id": self._id(ref), "name": plain(entity.title)}

    def _person(self, item: Item) -> Node:
        person: Person = self._as(item, Person)
        main = self._library.main_event
        portrait = self._illustrations.figure(person.image).path if person.image else ""
        return {
            "@type": "Person",
            "name": person.name,
            "description": person.summary,
            "jobTitle": person.role_on(main.start.first if main else None),
            "image": self._at(portrait) if portrait else "",
        }

    def _place(self, item: Item) -> Node:
        place: Place = self._as(item, Place)
        geo = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
        return {
            "@type": "Place",
            "name": place.name,
            "description": place.summary,
            "geo": geo if place.latitude is not None else "",
            "containedInPlace": self._named(place.contained_in) if place.contained_in else "",
        }

    def _event(self, item: Item) -> Node:
        event: Event = self._as(item, Event)
        status = "EventCancelled" if event.status == "cancelled" else "EventScheduled"
        return {
            "@type": "Event",
            "name": event.name,
            "description": event.summary,
            "startDate": event.start.text,
            "endDate": event.end.text if event.end else "",
            "eventStatus": f"{CONTEXT}/{status}",
            "location": self._named(event.place) if event.place else "",
            "attendee": [
                self._named(one.person)
                for one in event.participants
                if one.part in self._library.options.attended and event.status == "held"
            ],
            "subjectOf": self._works(event.evidence),
        }

    def _quotation(self, item: Item) -> Node:
        quote: Quote = self._as(item, Quote)
        speaker, original = quote.speaker, quote.original
        return {
            "@type": "Quotation",
            "name": quote.title,
            "text": quote.text,
            "inLanguage": quote.language,
            "creator": self._named(speaker) if isinstance(speaker, Ref) else "",
            "creditText": "" if isinstance(speaker, Ref) else speaker.shown[0],
            "dateCreated": quote.said_on.text if quote.said_on else "",
            "recordedAt": self._named(quote.event) if quote.event else "",
            "creativeWorkStatus": told(self._library, item.ref).text,
            "translator": self._translator(quote),
            "citation": self._works(quote.evidence),
            "translationOfWork": _said(
                {"@type": "Quotation", "text": original.text, "inLanguage": original.language}
            )
            if original
            else "",
            "image": self._at(self._illustrations.card(item.ref).path),
        }

    def _translator(self, quote: Quote) -> Node | str:
        """Who translated the words, where it is this site; others are named in the status."""
        if quote.translation is None or quote.translation.kind != "ours":
            return ""
        return {"@type": "Organization", "name": self._setting.name}

    def _claim(self, item: Item) -> Node:
        fact: Fact = self._as(item, Fact)
        return {
            "@type": "Claim",
            "name": plain(fact.title),
            "text": plain(fact.statement) if fact.statement else "",
            "creativeWorkStatus": self._library.support(fact).status.value,
            "about": [self._named(ref) for ref in fact.about],
            "appearance": self._works(fact.evidence),
            "hasPart": [self._position(one) for one in fact.positions],
        }

    def _position(self, position: Position) -> Node:
        return {
            "@type": "Claim",
            "text": position.value,
            "appearance": self._works(position.evidence),
        }

    def _source(self, item: Item) -> Node:
        source: Source = self._as(item, Source)
        return self._work(item.ref, source) | {"url": source.url or ""}

    def _work(self, ref: Ref, source: Source) -> Node:
        """A source as a work; who wrote it and when only where it says so."""
        return _said(
            {
                "@type": _WORKS.get(source.type, "CreativeWork"),
                "@id": self._id(ref),
                "name": source.name,
                "url": source.url,
                "creditText": source.author,
                "publisher": {"@type": "Organization", "name": source.publisher}
                if source.publisher
                else "",
                "datePublished": source.issued.text if source.issued else "",
                "inLanguage": source.language,
                "archivedAt": source.archive_url,
                "isBasedOn": {"@id": self._id(source.derived_from)} if source.derived_from else "",
            }
        )

    def _works(self, evidence: Iterable[Evidence]) -> list[Node]:
        """The sources of some evidence, each once."""
        found = dict.fromkeys(item.source for item in evidence)
        return [self._named(ref) for ref in found]

    def _image(self, item: Item) -> Node:
        image: Image = self._as(item, Image)
        made = self._illustrations.figure(item.ref)
        address = f"https://spdx.org/licenses/{image.license}.html"
        licence = _LICENSES.get(image.license, address)
        return {
            "@type": "ImageObject",
            "name": image.title,
            "caption": plain(image.caption),
            "description": image.alt,
            "contentUrl": self._at(made.path),
            "width": made.width,
            "height": made.height,
            "creator": {
                "@type": "Organization" if image.drawn else "Person",
                "name": image.creator,
            },
            "creditText": image.credit,
            "copyrightNotice": image.credit,
            "license": image.license if image.license.startswith("http") else licence,
            "acquireLicensePage": image.acquire_license_page or self._at(routes.url(item.ref)),
            "dateCreated": image.taken_on.text if image.taken_on else "",
            "about": [self._named(ref) for ref in image.depicts],
        }

    def _term(self, item: Item) -> Node:
        term: Term = self._as(item, Term)
        index = routes.index_url("terms")
        also = [*term.aliases, *([term.abbreviation] if term.abbreviation else [])]
        return {
            "@type": "DefinedTerm",
            "name": term.name,
            "description": plain(term.definition),
            "alternateName": also,
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                "@id": self._at(index),
                "name": KIND_NAMES["terms"][1],
            },
        }

    def story(self, story: Story, about: About) -> Node | None:
        """A narrative page as an article; of the first page, the event that it explains."""
        options = self._library.options
        if story.meta.layout == "home":
            return self.entity(self._library.item(options.main)) if options.main else None
        if story.meta.sourcing == "none":
            return None
        cited = dict.fromkeys(Ref("sources", one.source) for one in story.prose.citations)
        return _said(
            {
                "@type": "Article",
                "@id": f"{self._at(about.url)}#article",
                "headline": story.title,
                "description": about.description,
                "dateModified": about.updated,
                "inLanguage": self._setting.language,
                "author": {"@type": "Organization", "name": self._setting.name},
                "publisher": {"@type": "Organization", "name": self._setting.name},
                "license": TEXT_LICENSE,
                "image": self._at(about.picture) if about.picture else "",
                "about": self._named(options.main) if options.main else "",
                "citation": [self._named(ref) for ref in cited],
            }
        )

    def _as(self, item: Item, kind: type[Any]) -> Any:
        if not isinstance(item.entity, kind):
            raise TypeError(f"{item.ref} is not a {kind.__name__}")
        return item.entity


def _correction(one: Correction) -> Node:
    said = f"{one.told} {plain(one.why)}"
    return {"@type": "CorrectionComment", "text": said, "dateCreated": one.on.text}
