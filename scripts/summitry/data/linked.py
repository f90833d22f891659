"""What a page says of itself in schema.org's words, as JSON-LD.

Each page is a `WebPage` with its path (`BreadcrumbList`) and the thing it is about: Person,
Place, Event, Quotation with its source, Claim with where it appears, ImageObject with credit and
licence, DefinedTerm, or the article that the page is. Nothing is said that the page does not
show, and no ClaimReview is: this site weighs sources, it does not rate whether somebody lied.
What a source does not state is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from msgspec import Struct

from summitry.checks.checked import CheckedLibrary
from summitry.content import licences, routes
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import Correction, Evidence
from summitry.content.library import Item, Story
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.data.setting import Setting
from summitry.words import corrections
from summitry.words.catalogue import ENGLISH, Words, words_of

Node = dict[str, Any]
CONTEXT = "https://schema.org"
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


class PageFacts(Struct, frozen=True):
    """What is known of a page whatever it is about; addresses from the site's root."""

    url: str
    title: str
    description: str
    type: str = "WebPage"
    updated: str = ""
    picture: str = ""
    crumbs: Sequence[tuple[str, str]] = ()  # names and addresses, from the first page down
    corrections: Sequence[Correction] = ()


class _Shared(Protocol):
    @property
    def path(self) -> str: ...


class _Nodes(Protocol):
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

    def figure(self, ref: Ref) -> _Nodes:
        """The picture of an image entity."""


def _said(node: Node) -> Node:
    """A node without what is empty."""
    return {
        name: _said(value) if isinstance(value, dict) else value
        for name, value in node.items()
        if value not in (None, "", [], {})
    }


class Linked:
    """Makes the nodes of one site."""

    def __init__(self, library: CheckedLibrary, setting: Setting, pictures: Illustrated) -> None:
        self.library = library
        self._setting = setting
        self.pictures = pictures

    @property
    def words(self) -> Words:
        """The words of the site's language."""
        return self._setting.words

    @property
    def licence(self) -> str:
        """The address of the licence of the site's own text; "" where none is stated."""
        return licences.address(self.library.options.license)

    @property
    def publisher(self) -> Node:
        """The site as an organisation."""
        return {"@type": "Organization", "name": self._setting.name}

    def at(self, address: str) -> str:
        """The absolute address of an address of the site."""
        return self._setting.url + address

    def page(self, about: PageFacts, main: Node | None = None) -> Node:
        """The graph of a page, and of what it is about."""
        url = self.at(about.url)
        site = {
            "@type": "WebSite",
            "@id": self.at("#site"),
            "name": self._setting.name,
            "url": self.at(""),
            "description": self._setting.description,
            "inLanguage": self._setting.language,
            "publisher": self.publisher,
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
            "license": self.licence,
            "primaryImageOfPage": self.at(about.picture) if about.picture else "",
            "breadcrumb": {"@id": f"{url}#path"} if about.crumbs else "",
            "mainEntity": {"@id": main["@id"]} if main else "",
            "correction": [self._correction(one) for one in about.corrections],
        }
        graph: list[Node] = [page, site]
        if about.crumbs:
            graph.append(self._path(about))
        if main:
            graph.append(main)
        return {"@context": CONTEXT, "@graph": [_said(node) for node in graph]}

    def _path(self, about: PageFacts) -> Node:
        steps = [*about.crumbs, (about.title, about.url)]
        return {
            "@type": "BreadcrumbList",
            "@id": f"{self.at(about.url)}#path",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "name": name, "item": self.at(address)}
                for n, (name, address) in enumerate(steps, 1)
            ],
        }

    # What pages are about

    def thing(self, item: Item, node: Node) -> Node:
        """The thing that an entity's page is about: what every kind has, and its own `node`."""
        shared = {
            "@id": self._id(item.ref),
            "url": self.at(routes.url(item.ref)),
            "alternateName": list(item.entity.aliases),
            "sameAs": list(item.entity.same_as),
        }
        return _said(shared | node)

    def _id(self, ref: Ref) -> str:
        # An address, so the same in every language.
        name = words_of(ENGLISH)(f"kind.{ref.kind}").lower()
        return f"{self.at(routes.url(ref))}#{name}"

    def named(self, ref: Ref) -> Node:
        """A thing in short, for a place in another node."""
        entity = self.library.item(ref).entity
        kind = type(entity).schema_type
        if isinstance(entity, Source):
            return self.work(ref, entity)
        return {"@type": kind, "@id": self._id(ref), "name": plain(entity.title)}

    def work(self, ref: Ref, source: Source) -> Node:
        """A source as a work; who wrote it and when only where it says so."""
        return _said(
            {
                "@type": _WORKS.get(source.type, "CreativeWork"),
                "@id": self._id(ref),
                "name": source.name,
                "url": source.url,
                "creditText": source.written_by,
                "publisher": {"@type": "Organization", "name": source.publisher}
                if source.publisher
                else "",
                "datePublished": source.issued.text if source.issued else "",
                "inLanguage": source.language,
                "archivedAt": source.archive_url,
                "isBasedOn": {"@id": self._id(source.derived_from)} if source.derived_from else "",
            }
        )

    def works(self, evidence: Iterable[Evidence]) -> list[Node]:
        """The sources of some evidence, each once."""
        found = dict.fromkeys(item.source for item in evidence)
        return [self.named(ref) for ref in found]

    def story(self, story: Story, about: PageFacts) -> Node | None:
        """A narrative page as an article; None of one that states nothing."""
        options = self.library.options
        if story.meta.sourcing == "none":
            return None
        cited = dict.fromkeys(Ref("sources", one.source) for one in story.prose.citations)
        return _said(
            {
                "@type": "Article",
                "@id": f"{self.at(about.url)}#article",
                "headline": story.title,
                "description": about.description,
                "dateModified": about.updated,
                "inLanguage": self._setting.language,
                "author": self.publisher,
                "publisher": self.publisher,
                "license": self.licence,
                "image": self.at(about.picture) if about.picture else "",
                "about": self.named(options.main) if options.main else "",
                "citation": [self.named(ref) for ref in cited],
            }
        )

    def _correction(self, one: Correction) -> Node:
        said = f"{corrections.told(self.words, one)} {plain(one.why)}"
        return {"@type": "CorrectionComment", "text": said, "dateCreated": one.on.text}
