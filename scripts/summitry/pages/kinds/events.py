"""Events, and the timeline that lists them."""

from __future__ import annotations

from typing import Any

from summitry.content import routes
from summitry.content.kinds import Event
from summitry.content.options import Clocks
from summitry.content.values import Ref
from summitry.data.linked import CONTEXT, Linked, Node
from summitry.pages import turns
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.for_templates import MomentView
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.kinds.shared import as_cards, quotes_about
from summitry.pages.phases import phases
from summitry.pages.views import events, facts, links, people
from summitry.pages.views.evidence import evidence
from summitry.words import dates
from summitry.words.catalogue import Words

_STATUS = {
    "held": "EventScheduled",
    "planned": "EventScheduled",
    "postponed": "EventPostponed",
    "cancelled": "EventCancelled",
}


class EventPage(KindPage[Event]):
    """An event's pages."""

    above = ("quotes", "facts")
    crumbs = (("timeline.title", routes.TIMELINE),)

    def description(self, scope: Scope, ref: Ref, entity: Event) -> str:
        """The summary, or the name."""
        return entity.summary or scope.title(ref)

    def line(self, scope: Scope, entity: Event) -> str:
        """When it was."""
        return dates.shown(scope.words, entity, scope.library.clocks(entity)).text

    def view(self, scope: Scope, ref: Ref) -> MomentView:
        """An entry of a timeline."""
        return events.moment(scope, ref)

    def page(self, scope: Scope, ref: Ref, entity: Event) -> dict[str, Any]:
        """When and where, who took part, what was said, what came before and after."""
        options, clocks = scope.library.options, scope.library.clocks(entity)
        order = scope.library.refs("events")
        at = order.index(ref)
        near = [one for one in order[max(0, at - 1) : at + 2] if one != ref]
        back = scope.library.backlinks(ref)
        return {
            "event": entity,
            "status": events.status(scope.words, entity),
            "shown": dates.shown(scope.words, entity, clocks),
            "local": _local(scope.words, entity, clocks),
            "place": links.named(scope, entity.place) if entity.place else None,
            "participants": [
                (people.person(scope, p.person), options.parts.get(p.part, p.part))
                for p in entity.participants
            ],
            "turns": turns.turns(scope, ref, entity) if entity.turns else None,
            "turns_evidence": evidence(
                scope, [item for turn in entity.turns for item in turn.evidence]
            ),
            "evidence": evidence(scope, entity.evidence),
            "facts": [facts.fact(scope, one) for one in back if one.kind == "facts"],
            "near": [events.moment(scope, one) for one in near],
            **as_cards(scope, quotes_about(scope, ref)),
        }

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """Before, on and after the day."""
        found = [(ref, scope.of(ref, Event).start) for ref in refs]
        return {
            "groups": [
                (name, [links.named(scope, one) for one in group])
                for name, group in phases(scope, found)
            ]
        }

    def card(self, cards: Cards, ref: Ref, entity: Event) -> Card:
        """Name, time and summary."""
        words, clocks = cards.words, cards.library.clocks(entity)
        return cards.plain(
            routes.url(ref),
            entity.name,
            strong=dates.shown(words, entity, clocks).text,
            text=entity.summary or "",
            foot=events.status(words, entity) or words(f"kind.{ref.kind}"),
        )

    def linked(self, make: Linked, ref: Ref, entity: Event) -> Node:
        """A schema.org Event. Who attended comes from the parts that the site says were there."""
        del ref
        put_off = entity.status == "postponed"
        there = make.library.options.attended if entity.status == "held" else []
        return {
            "@type": "Event",
            "name": entity.name,
            "description": entity.summary,
            "startDate": entity.start.text,
            "endDate": entity.end.text if entity.end else "",
            "previousStartDate": entity.start.text if put_off else "",
            "eventStatus": f"{CONTEXT}/{_STATUS[entity.status]}",
            "location": make.named(entity.place) if entity.place else "",
            "attendee": [make.named(p.person) for p in entity.participants if p.part in there],
            "subjectOf": make.works(entity.evidence),
        }


def _local(words: Words, event: Event, clocks: Clocks) -> str:
    """The site's first zone as it is called on the day of an event; of one elsewhere, `Date`."""
    if not clocks.zones or clocks.abroad:
        return words("event.date")
    zone = clocks.zones[0]
    return zone.label_at(event.start.moment) if event.start.moment else zone.place


PAGE = EventPage()
