"""What the page of each kind shows besides the entity itself.

Each function gives the values for the template of its kind in `overrides/pages/`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from summitry.content import routes
from summitry.content.kinds import Event, Image, Person, Place, Quote, Source, Term
from summitry.content.library import Item
from summitry.content.values import Ref
from summitry.pages import amounts, drawings, for_templates, indexes, portraits
from summitry.pages.context import Scope
from summitry.words import dates, vocabulary

MOST_CARDS = 3  # on a page about something else; the rest are links


def titles(scope: Scope, item: Item) -> tuple[str, str]:
    """Title and description of an entity's page."""
    entity, title = item.entity, scope.title(item.ref)
    match entity:
        case Quote():
            quote = portraits.quote(scope, item.ref)
            who = ", ".join(part for part in (quote.name, quote.date) if part)
            return f"{quote.name}: {title}", f"“{quote.text}” — {who}. {quote.told.text}"
        case Person() | Place() | Event():
            return title, entity.summary or title
        case Term():
            # Not the name alone, which a place or an event may have too.
            return f"{title}: what it means", scope.plain(entity.definition)
        case Source():
            publisher = entity.publisher or "Publisher not stated"
            about = f"{publisher}. {scope.about_source(entity)}"
            return title, f"What this site takes from {title}, {about}"
        case Image():
            return title, entity.alt
    fact = portraits.fact(scope, item.ref)
    answers = "; ".join(position.value for position in fact.positions)
    if answers:
        return title, f"{fact.state.text}. {answers}."
    return title, f"{fact.plain} {fact.state.text}. {fact.state.note}."


def referrers(scope: Scope, ref: Ref, shown: tuple[str, ...]) -> list[for_templates.LinkView]:
    """Everything that refers to an entity, as links, but the kinds shown above on its page."""
    found = [r for r in scope.library.backlinks(ref) if r.kind not in shown]
    return portraits.links(scope, found)


# Kinds whose backlinks have a section of their own on the page of a kind.
SHOWN_ABOVE: dict[str, tuple[str, ...]] = {
    "people": ("events", "facts", "quotes"),
    "places": ("events", "facts"),
    "events": ("quotes", "facts"),
    "terms": ("events", "facts", "quotes"),
}


def _quote(scope: Scope, item: Item) -> dict[str, Any]:
    quote: Quote = scope.of(item.ref, Quote)
    return {
        "quote": portraits.quote(scope, item.ref),
        "event": portraits.named(scope, quote.event) if quote.event else None,
        "topic": _topic(scope, quote.topic),
        "context": scope.text(quote.context) if quote.context else "",
        "alike": portraits.alike(scope, item.ref),
        "wordings": portraits.wordings(scope, item.ref),
        "proof": portraits.proof_of(scope, item.ref),
        "choice": portraits.choice_of(scope, item.ref),
        "chosen": scope.text(quote.chosen) if quote.chosen else "",
        "by": routes.relative(routes.quotes_by(quote.speaker.id), scope.here)
        if isinstance(quote.speaker, Ref)
        else "",
    }


def _topic(scope: Scope, topic: str | None) -> for_templates.LinkView | None:
    if topic is None:
        return None
    return for_templates.LinkView(
        scope.to(routes.quotes_on(topic)), scope.library.options.topics.get(topic, topic)
    )


def _fact(scope: Scope, item: Item) -> dict[str, Any]:
    return {
        "fact": portraits.fact(scope, item.ref),
        "axis": amounts.axis(scope, item.ref),
        "about": portraits.links(scope, getattr(item.entity, "about", [])),
    }


def _quotes_about(scope: Scope, ref: Ref) -> list[Ref]:
    """The quotations that refer to an entity: first those that the person spoke."""
    back = [r for r in scope.library.backlinks(ref) if r.kind == "quotes"]
    return sorted(back, key=lambda r: scope.of(r, Quote).speaker != ref)


def _related(scope: Scope, ref: Ref) -> dict[str, Any]:
    """Facts and events that concern an entity."""
    back = scope.library.backlinks(ref)
    return {
        "facts": [portraits.fact(scope, r) for r in back if r.kind == "facts"],
        "events": [
            portraits.named(scope, i.ref)
            for i in scope.library.items("events")
            if i.ref in set(back)
        ],
    }


def _person(scope: Scope, item: Item) -> dict[str, Any]:
    person: Person = scope.of(item.ref, Person)
    quotes = _quotes_about(scope, item.ref)
    part = portraits.part_of(scope, item.ref)
    options = scope.library.options
    return {
        "person": portraits.person(scope, item.ref),
        "part": options.parts.get(part, ""),
        "side": options.sides.get(person.side or "", ""),
        "roles": [(role, scope.evidence(role.evidence)) for role in person.roles],
        "evidence": scope.evidence(person.evidence),
        "quotes": [portraits.quote(scope, ref) for ref in quotes[:MOST_CARDS]],
        "more_quotes": [portraits.named(scope, ref) for ref in quotes[MOST_CARDS:]],
        "portrait": portraits.figure(scope, person.image) if person.image else None,
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
        "position": drawings.position(place),
        "within": portraits.named(scope, place.contained_in) if place.contained_in else None,
        "names": [(used.name, scope.evidence(used.evidence)) for used in place.names],
        "evidence": scope.evidence(place.evidence),
        "disputes": portraits.disputes_about(scope, item.ref),
        "figures": [portraits.figure(scope, ref) for ref in maps[:1]],
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
        "status": vocabulary.status_of(event),
        "shown": dates.shown(event, options.time_zones),
        "local": options.time_zones[0].label if options.time_zones else "",
        "place": portraits.named(scope, event.place) if event.place else None,
        "participants": [
            (portraits.person(scope, p.person), options.parts.get(p.part, p.part))
            for p in event.participants
        ],
        "evidence": scope.evidence(event.evidence),
        "quotes": [portraits.quote(scope, ref) for ref in quotes[:MOST_CARDS]],
        "more_quotes": [portraits.named(scope, ref) for ref in quotes[MOST_CARDS:]],
        "facts": [portraits.fact(scope, ref) for ref in back if ref.kind == "facts"],
        "near": [
            portraits.moment(scope, ref)
            for ref in order[max(0, at - 1) : at + 2]
            if ref != item.ref
        ],
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
        if item.ref.id in indexes.contradicts_itself(scope, i.ref)
    ]
    back = scope.library.backlinks(item.ref)
    return {
        "source": source,
        "form": vocabulary.FORMS[source.type],
        "quality": scope.text(source.quality) if source.quality else "",
        "mates": [portraits.named(scope, ref) for ref in mates],
        "itself": [for_templates.LinkView(scope.link(ref), scope.title(ref)) for ref in itself],
        "supports": indexes.by_kind(scope, back),
        "host": for_templates.host(source.url) if source.url else "",
        "view": scope.source(item.ref),
        **portraits.captures(scope, item.ref),
    }


def _image(scope: Scope, item: Item) -> dict[str, Any]:
    image: Image = scope.of(item.ref, Image)
    told = {"day-timeline": "events", "locator-map": "places"}.get(image.drawn or "", "")
    drawn = [ref for ref in image.depicts if ref.kind == told]
    return {
        "image": image,
        "figure": portraits.figure(scope, item.ref),
        "depicts": portraits.links(scope, [ref for ref in image.depicts if ref not in drawn]),
        "moments": [portraits.moment(scope, ref) for ref in drawn if ref.kind == "events"],
        "places": [_placed(scope, ref) for ref in drawn if ref.kind == "places"],
        "routes": [(way.label, drawings.way(scope.library, way)) for way in image.journeys],
        "journeys": [(way.label, scope.evidence(way.evidence)) for way in image.journeys],
    }


def _placed(scope: Scope, ref: Ref) -> for_templates.LinkView:
    """A place as a link, with its position."""
    return for_templates.LinkView(
        scope.link(ref), scope.title(ref), drawings.position(scope.of(ref, Place))
    )


def _term(scope: Scope, item: Item) -> dict[str, Any]:
    term: Term = scope.of(item.ref, Term)
    return {
        "term": term,
        "definition": scope.text(term.definition),
        "evidence": scope.evidence(term.evidence),
        "quotes": [portraits.named(scope, ref) for ref in _quotes_about(scope, item.ref)],
        **_related(scope, item.ref),
    }


CONTENTS: dict[str, Callable[[Scope, Item], dict[str, Any]]] = {
    "people": _person,
    "places": _place,
    "events": _event,
    "quotes": _quote,
    "facts": _fact,
    "sources": _source,
    "images": _image,
    "terms": _term,
}
