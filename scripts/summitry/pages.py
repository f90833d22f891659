"""A checked library becomes the pages of the site, each as a `PageSpec`.

A spec says where a page goes, what it is called, and how to make its HTML. Entities and
indexes come from templates in `overrides/pages/`, narrative pages from their Markdown;
the frame around them (header, footer) is the theme's and not made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from summitry import dates, listings, routes, views
from summitry.illustrations import Illustrations
from summitry.library import STORIES, Item, Story
from summitry.markup import Engine
from summitry.model import KINDS, Event, Image, Person, Place, Quote, Source, Term
from summitry.rules import CheckedLibrary
from summitry.scope import Scope
from summitry.values import Ref

READER, GUIDE = "reader.html", "guide.html"
MOST_CARDS = 3  # on a page about something else; the rest are links
# A section of home with one of these takes the full width; others set their heading beside.
_WIDE = ('class="quotes', 'class="dispute', 'class="glance', 'class="roster', 'class="figure')
_FIRST_PARAGRAPH = re.compile(r"(</h2>\s*)<p>")


@dataclass(frozen=True, slots=True)
class Content:
    """A page's HTML, its headings for a table of contents."""

    html: str
    headings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page to be made. `source` is the file that an editor would change, or ""."""

    url: str
    title: str
    description: str
    kind: str
    source: str
    layout: str
    make: Callable[[], Content]
    picture: str = ""
    section: str = ""
    searchable: bool = True
    story: str = ""


class Pages:
    """Makes the pages of one library."""

    def __init__(
        self,
        library: CheckedLibrary,
        illustrations: Illustrations,
        overrides: list[Path],
        site_url: str,
        site_name: str,
        edit_url: Callable[[str], str],
    ) -> None:
        """`edit_url` gives the address where a file of the project can be changed, or ""."""
        self.library = library
        self.illustrations = illustrations
        self.site_url = site_url
        self.site_name = site_name
        self.edit_url = edit_url
        self.env = environment(overrides)
        self._engine = Engine()

    def scope(self, here: str, file: str) -> Scope:
        """A page being made at address `here` from `file`."""
        return Scope(
            self.library, self.env, self._engine, self.illustrations, self.site_url, here, file
        )

    def every(self) -> Iterator[PageSpec]:
        """All pages: entities, indexes, narrative pages, redirects of old ids."""
        for item in self.library.every():
            yield self.entity(item)
            for old in item.entity.formerly:
                yield self._redirect(item, old)
        for kind in KINDS:
            yield self._index(kind)
        yield self._timeline()
        yield from self._quote_lists()
        for story in self.library.stories.values():
            yield self.story(story)

    def entity(self, item: Item) -> PageSpec:
        """The page of an entity."""
        kind, entity = item.ref.kind, item.entity
        scope = self.scope(routes.url(item.ref), item.path)
        title, description = _titles(scope, item)
        return PageSpec(
            url=routes.url(item.ref),
            title=title,
            description=description,
            kind=views.KIND_NAMES[kind][0],
            source=item.path,
            layout=READER,
            make=lambda: self._render_entity(item),
            picture=self._picture(item),
            section="timeline/" if isinstance(entity, Event) else routes.index_url(kind),
        )

    def _picture(self, item: Item) -> str:
        if isinstance(item.entity, Quote):
            return self.illustrations.card(item.ref)
        return self.illustrations.site_card()

    def _render_entity(self, item: Item) -> Content:
        scope = self.scope(routes.url(item.ref), item.path)
        values = _PAGES[item.ref.kind](scope, item)
        body = scope.markdown(item.document.body) if item.document.body.strip() else None
        html = self._template(
            f"pages/{item.ref.kind}.html",
            page=scope,
            item=item,
            entity=item.entity,
            body=Markup(body.html) if body else "",
            referrers=referrers(scope, item.ref, _SHOWN.get(item.ref.kind, ())),
            **self._changes(item),
            **values,
        )
        return Content(html, list(body.headings) if body else [])

    def _changes(self, item: Item) -> dict[str, Any]:
        scope = self.scope(routes.url(item.ref), item.path)
        return {
            "corrections": [
                views.CorrectionView(dates.long(c.on), c.was, c.now, scope.text(c.why))
                for c in item.entity.corrections
            ],
            "edit_url": self.edit_url(item.path),
            "report_url": self._report(routes.url(item.ref)),
        }

    def _report(self, address: str) -> str:
        email = self.library.options.contact_email
        return f"mailto:{email}?subject=An error on {address}" if email else ""

    def _template(self, name: str, **values: Any) -> str:
        return self.env.get_template(name).render(**values)

    def _redirect(self, item: Item, old: str) -> PageSpec:
        address = routes.url(Ref(item.ref.kind, old))
        target = routes.relative(routes.url(item.ref), address)
        html = self._template("pages/redirect.html", target=target, title=item.entity.title)
        return PageSpec(
            address,
            item.entity.title,
            "This page has moved.",
            "",
            "",
            READER,
            lambda: Content(html),
            searchable=False,
        )

    def _index(self, kind: str) -> PageSpec:
        name = views.KIND_NAMES[kind][1]
        return self._list_page(
            routes.index_url(kind),
            name,
            f"{name} of this explainer: {len(self.library.items(kind))} in all.",
            f"pages/index-{kind}.html",
            lambda scope: listings.INDEXES[kind](scope),
        )

    def _timeline(self) -> PageSpec:
        text = "Before, on the day and after, with the source of each event."
        return self._list_page(
            routes.TIMELINE, "Timeline", text, "pages/timeline.html", listings.timeline
        )

    def _quote_lists(self) -> Iterator[PageSpec]:
        """Plain pages that filter quotations by speaker and by topic, without script."""
        for address, heading in listings.quote_filters(self.library):
            yield self._list_page(
                address,
                heading,
                f"{heading}, with their sources.",
                "pages/quotes-filtered.html",
                partial(listings.filtered_quotes, address=address, heading=heading),
                section="quotes/",
            )

    def _list_page(
        self,
        url: str,
        title: str,
        description: str,
        template: str,
        values: Callable[[Scope], dict[str, Any]],
        section: str = "",
    ) -> PageSpec:
        def make() -> Content:
            scope = self.scope(url, "")
            return Content(self._template(template, page=scope, title=title, **values(scope)))

        return PageSpec(
            url,
            title,
            description,
            "",
            "",
            READER,
            make,
            picture=self.illustrations.site_card(),
            section=section or url,
            searchable=False,
        )

    def story(self, story: Story) -> PageSpec:
        """A narrative page."""
        address = routes.story_url(story.path)
        title = story.meta.title or _first_heading(story.document.body) or self.site_name
        return PageSpec(
            url=address,
            title=title,
            description=story.meta.description or "",
            kind=views.KIND_NAMES[STORIES][0],
            source=story.file,
            layout=GUIDE if story.meta.layout == "guide" else READER,
            make=lambda: self._render_story(story),
            picture=self.illustrations.site_card(),
            section=address,
            story=story.path,
        )

    def _render_story(self, story: Story) -> Content:
        scope = self.scope(routes.story_url(story.path), story.file)
        rendered = scope.markdown(story.document.body)
        if story.meta.layout == "guide":
            return Content(rendered.html, rendered.headings)
        home = story.meta.layout == "home"
        sections = [_Section(html, home) for html in rendered.sections[1:]] if home else []
        html = self._template(
            "pages/home.html" if home else "pages/story.html",
            page=scope,
            meta=story.meta,
            lead=Markup(_lede(rendered.sections[0]) if home else rendered.html),
            sections=sections,
            figure=scope.figure(story.meta.figure) if story.meta.figure else None,
            edit_url=self.edit_url(story.file),
            report_url=self._report(routes.story_url(story.path)),
        )
        return Content(html, rendered.headings)


class _Section:
    """A section of home: its HTML, and whether it takes the full width."""

    def __init__(self, html: str, home: bool) -> None:
        self.html = Markup(_FIRST_PARAGRAPH.sub(r'\1<p class="intro">', html, count=1))
        self.wide = any(mark in html for mark in _WIDE)
        found = re.match(r'<h2 id="([^"]+)"', html)
        self.anchor = found[1] if found and home else ""


def _lede(html: str) -> str:
    return html.replace("<p>", '<p class="lede">')


def _first_heading(body: str) -> str:
    found = re.search(r"^# +(.+?) *#*$", body, re.MULTILINE)
    return found[1] if found else ""


def environment(overrides: list[Path]) -> Environment:
    """Our own Jinja environment: everything is escaped, an unknown name is an error."""
    env = Environment(
        loader=FileSystemLoader(overrides),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["long_date"] = dates.long
    env.filters["language"] = views.language
    return env


def _titles(scope: Scope, item: Item) -> tuple[str, str]:
    """Title and description of an entity's page."""
    entity, title = item.entity, scope.title(item.ref)
    match entity:
        case Quote():
            quote = scope.quote(item.ref)
            said = f" on {quote.date}" if quote.date else ""
            text = f"What {quote.name} said{said}, word for word, with its sources."
            if not isinstance(entity.speaker, Ref):
                text = f"{quote.name}{said}: the words, with their sources."
            return f"{quote.name}: {title}", text
        case Person() | Place() | Event():
            return title, entity.summary or title
        case Term():
            return title, scope.plain(entity.definition)
        case Source():
            publisher = entity.publisher or "Publisher not stated"
            return title, f"{publisher}. {scope.about_source(entity)} What this site takes from it."
        case Image():
            return title, entity.alt
    fact = scope.fact(item.ref)
    answers = "; ".join(position.value for position in fact.positions)
    return title, f"{fact.state.text}. {answers or fact.state.note}."


def referrers(scope: Scope, ref: Ref, shown: tuple[str, ...]) -> list[views.LinkView]:
    """Everything that refers to an entity, as links, but the kinds shown above on its page."""
    return scope.links(r for r in scope.library.backlinks(ref) if r.kind not in shown)


# Kinds whose backlinks have a section of their own on the page of a kind.
_SHOWN: dict[str, tuple[str, ...]] = {
    "people": ("events", "facts", "quotes"),
    "places": ("events", "facts"),
    "events": ("quotes", "facts"),
    "terms": ("events", "facts", "quotes"),
}


# What the template of each kind shows besides the entity itself.


def _quote(scope: Scope, item: Item) -> dict[str, Any]:
    quote: Quote = scope.of(item.ref, Quote)
    return {
        "quote": scope.quote(item.ref),
        "event": scope.named(quote.event) if quote.event else None,
        "topic": _topic(scope, quote.topic),
        "context": scope.text(quote.context) if quote.context else "",
        "alike": scope.alike(item.ref),
        "wordings": scope.wordings(item.ref),
        "by": routes.relative(routes.quotes_by(quote.speaker.id), scope.here)
        if isinstance(quote.speaker, Ref)
        else "",
    }


def _topic(scope: Scope, topic: str | None) -> views.LinkView | None:
    if topic is None:
        return None
    return views.LinkView(
        scope.to(routes.quotes_on(topic)), scope.library.options.topics.get(topic, topic)
    )


def _fact(scope: Scope, item: Item) -> dict[str, Any]:
    return {
        "fact": scope.fact(item.ref),
        "about": scope.links(getattr(item.entity, "about", [])),
    }


def _quotes_about(scope: Scope, ref: Ref) -> list[Ref]:
    """The quotations that refer to an entity: first those that the person spoke."""
    back = [r for r in scope.library.backlinks(ref) if r.kind == "quotes"]
    return sorted(back, key=lambda r: scope.of(r, Quote).speaker != ref)


def _related(scope: Scope, ref: Ref) -> dict[str, Any]:
    """Facts and events that concern an entity."""
    back = scope.library.backlinks(ref)
    return {
        "facts": [scope.fact(r) for r in back if r.kind == "facts"],
        "events": [scope.named(i.ref) for i in scope.library.items("events") if i.ref in set(back)],
    }


def _person(scope: Scope, item: Item) -> dict[str, Any]:
    person: Person = scope.of(item.ref, Person)
    quotes = _quotes_about(scope, item.ref)
    part = scope.part_of(item.ref)
    options = scope.library.options
    return {
        "person": scope.person(item.ref),
        "part": options.parts.get(part, ""),
        "side": options.sides.get(person.side or "", ""),
        "roles": [(role, scope.evidence(role.evidence)) for role in person.roles],
        "evidence": scope.evidence(person.evidence),
        "quotes": [scope.quote(ref) for ref in quotes[:MOST_CARDS]],
        "more_quotes": [scope.named(ref) for ref in quotes[MOST_CARDS:]],
        "portrait": scope.figure(person.image) if person.image else None,
        **_related(scope, item.ref),
    }


def _place(scope: Scope, item: Item) -> dict[str, Any]:
    place: Place = scope.of(item.ref, Place)
    maps = [
        i.ref
        for i in scope.library.items("images")
        if isinstance(i.entity, Image) and item.ref in i.entity.depicts
    ]
    return {
        "place": place,
        "within": scope.named(place.contained_in) if place.contained_in else None,
        "names": [(used.name, scope.evidence(used.evidence)) for used in place.names],
        "evidence": scope.evidence(place.evidence),
        "disputes": scope.disputes_about(item.ref),
        "figures": [scope.figure(ref) for ref in maps[:1]],
        **_related(scope, item.ref),
    }


def _event(scope: Scope, item: Item) -> dict[str, Any]:
    event: Event = scope.of(item.ref, Event)
    options = scope.library.options
    order = [i.ref for i in scope.library.items("events")]
    at = order.index(item.ref)
    back = scope.library.backlinks(item.ref)
    quotes = _quotes_about(scope, item.ref)
    return {
        "event": event,
        "shown": dates.shown(event, options.time_zones),
        "local": options.time_zones[0].label if options.time_zones else "",
        "place": scope.named(event.place) if event.place else None,
        "participants": [
            (scope.person(p.person), options.parts.get(p.part, p.part)) for p in event.participants
        ],
        "evidence": scope.evidence(event.evidence),
        "quotes": [scope.quote(ref) for ref in quotes[:MOST_CARDS]],
        "more_quotes": [scope.named(ref) for ref in quotes[MOST_CARDS:]],
        "facts": [scope.fact(ref) for ref in back if ref.kind == "facts"],
        "near": [scope.moment(ref) for ref in order[max(0, at - 1) : at + 2] if ref != item.ref],
    }


def _source(scope: Scope, item: Item) -> dict[str, Any]:
    source: Source = scope.of(item.ref, Source)
    groups = scope.library.groups
    mates = [
        Ref("sources", name)
        for name, group in groups.items()
        if group == groups[item.ref.id] and name != item.ref.id
    ]
    itself = [
        i.ref
        for i in scope.library.disputed()
        if item.ref.id in listings.contradicts_itself(scope, i.ref)
    ]
    back = scope.library.backlinks(item.ref)
    return {
        "source": source,
        "form": views.FORMS[source.type],
        "quality": scope.text(source.quality) if source.quality else "",
        "mates": [scope.named(ref) for ref in mates],
        "itself": [views.LinkView(scope.link(ref), scope.title(ref)) for ref in itself],
        "supports": listings.by_kind(scope, back),
        "host": views.host(source.url) if source.url else "",
    }


def _image(scope: Scope, item: Item) -> dict[str, Any]:
    image: Image = scope.of(item.ref, Image)
    return {
        "image": image,
        "figure": scope.figure(item.ref),
        "depicts": scope.links(image.depicts),
        "journeys": [(way.label, scope.evidence(way.evidence)) for way in image.journeys],
    }


def _term(scope: Scope, item: Item) -> dict[str, Any]:
    term: Term = scope.of(item.ref, Term)
    return {
        "term": term,
        "definition": scope.text(term.definition),
        "evidence": scope.evidence(term.evidence),
        "quotes": [scope.named(ref) for ref in _quotes_about(scope, item.ref)],
        **_related(scope, item.ref),
    }


_PAGES: dict[str, Callable[[Scope, Item], dict[str, Any]]] = {
    "people": _person,
    "places": _place,
    "events": _event,
    "quotes": _quote,
    "facts": _fact,
    "sources": _source,
    "images": _image,
    "terms": _term,
}
