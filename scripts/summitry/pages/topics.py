"""Facts and events by topic, facts by their support: plain pages, which filter without script."""

from __future__ import annotations

from typing import Any, NamedTuple

from summitry.checks.checked import CheckedLibrary
from summitry.checks.support import Status
from summitry.content import routes
from summitry.content.kinds import Event, Fact
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.for_templates import FactView, LinkView
from summitry.pages.indexes import listed, timeline_of
from summitry.pages.views import facts
from summitry.words.catalogue import Words

MOST_SHOWN = 6  # facts of a topic in the index; the page of the topic has all


class TopicList(NamedTuple):
    """A filtered list: its address, what its filter is called and what heads the page."""

    address: str
    group: str
    label: str
    heading: str
    refs: list[Ref]


def fact_lists(words: Words, library: CheckedLibrary) -> list[TopicList]:
    """The lists of facts by topic and by support; none that would be empty."""
    found = [
        (routes.facts_on(topic), "quote.topic", label, "fact.on", _facts(library, topic=topic))
        for topic, label in library.options.topics.items()
    ]
    for status in Status:
        label = words(f"supported.{status.slug}")
        of_status = _facts(library, status=status)
        address = routes.facts_in(status.slug)
        found.append((address, "fact.support", label, "fact.state", of_status))
    return [
        TopicList(address, words(group), label, words(heading, name=label), refs)
        for address, group, label, heading, refs in found
        if refs
    ]


def timeline_lists(words: Words, library: CheckedLibrary) -> list[TopicList]:
    """The timelines of topics; none that would be empty."""
    events = {
        topic: [i.ref for i in library.items("events") if _on(i.entity, topic)]
        for topic in library.options.topics
    }
    return [
        TopicList(
            routes.timeline_on(topic),
            words("quote.topic"),
            label,
            words("timeline.on", name=label),
            events[topic],
        )
        for topic, label in library.options.topics.items()
        if events[topic]
    ]


def _on(entity: object, topic: str) -> bool:
    return isinstance(entity, Event) and not entity.withdrawn and entity.topic == topic


def _facts(
    library: CheckedLibrary, topic: str | None = None, status: Status | None = None
) -> list[Ref]:
    return [
        Ref("facts", name)
        for name, fact in library.entities(Fact).items()
        if not fact.withdrawn
        and (fact.topic == topic if topic else library.support(fact).status is status)
    ]


def filters(scope: Scope, lists: list[TopicList]) -> list[tuple[str, list[tuple[LinkView, int]]]]:
    """The links to filtered lists by what filters, each with how much it has."""
    groups: dict[str, list[tuple[LinkView, int]]] = {}
    for one in lists:
        before = one.heading.removesuffix(one.label)
        link = LinkView(scope.to(one.address), one.label, before)
        groups.setdefault(one.group, []).append((link, len(one.refs)))
    return list(groups.items())


def _at(lists: list[TopicList], address: str) -> list[Ref]:
    """What a list has: asked where the page is made, so that the page rests on it."""
    return next((one.refs for one in lists if one.address == address), [])


def filtered_facts(scope: Scope, address: str) -> dict[str, Any]:
    """Facts on a topic, or of a status: disputed questions, statements, then details."""
    found = [facts.fact(scope, ref) for ref in _at(fact_lists(scope.words, scope.library), address)]
    groups = [
        (scope.words("fact.disputed"), [f for f in found if f.disputed and not f.minor]),
        (scope.words("kinds.facts"), [f for f in found if not f.disputed and not f.minor]),
        (scope.words("fact.details"), [f for f in found if f.minor]),
    ]
    return {"groups": [(name, some) for name, some in groups if some], "count": len(found)}


def index(scope: Scope, refs: list[Ref]) -> dict[str, Any]:
    """Facts by topic, the weightiest of each; disputed questions first."""
    lists = fact_lists(scope.words, scope.library)
    by_topic = [one for one in lists if one.address.startswith(routes.facts_on("")[:-1])]
    of_topics = {ref for one in by_topic for ref in one.refs}
    rest = [ref for ref in refs if ref not in of_topics]
    groups = [(one.label, one.refs, scope.to(one.address)) for one in by_topic]
    groups += [(scope.words("fact.other"), rest, "")] if rest else []
    shown = {ref: facts.fact(scope, ref) for ref in facts.by_weight(scope, refs)}
    return {
        "filters": filters(scope, lists),
        "disputed": [fact for fact in shown.values() if fact.disputed],
        "groups": [_topic(scope, shown, *group) for group in groups],
        "count": sum(not fact.disputed for fact in shown.values()),
    }


def _topic(
    scope: Scope, shown: dict[Ref, FactView], label: str, refs: list[Ref], address: str
) -> dict[str, Any]:
    stated = [shown[ref] for ref in facts.by_weight(scope, refs) if not shown[ref].disputed]
    most = MOST_SHOWN if address else len(stated)
    return {"label": label, "facts": stated[:most], "count": len(refs), "href": address}


def filtered_timeline(scope: Scope, address: str) -> dict[str, Any]:
    """The events of a topic in their order."""
    return timeline_of(scope, _at(timeline_lists(scope.words, scope.library), address))


def whole_timeline(scope: Scope) -> dict[str, Any]:
    """All events, and the links to the timelines of topics."""
    lists = timeline_lists(scope.words, scope.library)
    shown = timeline_of(scope, listed(scope, "events"))
    return {**shown, "filters": filters(scope, lists)}
