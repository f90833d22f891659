"""The pages that list things: the index of each kind, the timeline, quotations by filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from summitry.checks.rules import CheckedLibrary
from summitry.checks.standing import State
from summitry.content import routes
from summitry.content.kinds import Event, Fact, Person, Quote, Source
from summitry.content.values import Ref, When
from summitry.pages import for_templates, portraits
from summitry.pages.context import Scope
from summitry.words import vocabulary


def _shown(scope: Scope, kind: str) -> list[Ref]:
    """The entities of a kind that were not withdrawn, in their order."""
    return [item.ref for item in scope.library.items(kind) if not item.entity.withdrawn]


def _phase(scope: Scope, when: When | None) -> str:
    """Before, on the day of, or after the main event."""
    main = scope.library.main_event
    if main is None or when is None:
        return "Undated" if when is None else "All"
    if when.last < main.start.first:
        return "Before"
    return "After" if when.first > main.start.last else "On the day"


def _phases(scope: Scope, refs: Iterable[tuple[Ref, When | None]]) -> list[tuple[str, list[Ref]]]:
    groups: dict[str, list[Ref]] = {
        name: [] for name in ("Before", "On the day", "After", "All", "Undated")
    }
    for ref, when in refs:
        groups[_phase(scope, when)].append(ref)
    return [(name, found) for name, found in groups.items() if found]


def timeline(scope: Scope) -> dict[str, Any]:
    """All events, before, on and after the day."""
    found = [(ref, scope.of(ref, Event).start) for ref in _shown(scope, "events")]
    return {
        "zones": scope.library.options.time_zones,
        "groups": [
            (name, [portraits.moment(scope, ref) for ref in refs])
            for name, refs in _phases(scope, found)
        ],
    }


def _events(scope: Scope) -> dict[str, Any]:
    found = [(ref, scope.of(ref, Event).start) for ref in _shown(scope, "events")]
    return {
        "groups": [
            (n, [portraits.named(scope, r) for r in refs]) for n, refs in _phases(scope, found)
        ]
    }


def _by_date(scope: Scope, refs: list[Ref]) -> list[tuple[Ref, When | None]]:
    dated = [(ref, scope.of(ref, Quote).said_on) for ref in refs]
    return sorted(dated, key=lambda pair: (pair[1] is None, str(pair[1] or ""), pair[0].id))


def _quote_groups(scope: Scope, refs: list[Ref]) -> list[tuple[str, list[for_templates.QuoteView]]]:
    phases = _phases(scope, _by_date(scope, refs))
    return [(name, [portraits.quote(scope, ref) for ref in found]) for name, found in phases]


def _quotes(scope: Scope) -> dict[str, Any]:
    refs = _shown(scope, "quotes")
    return {
        "groups": _quote_groups(scope, refs),
        "filters": _filters(scope),
        "count": len(refs),
        "proven": sum(scope.library.standing(ref).proven for ref in refs),
    }


def _filters(scope: Scope) -> list[tuple[str, list[tuple[for_templates.LinkView, int]]]]:
    """The links to filtered lists, each with how many quotations it has."""
    groups: dict[str, list[tuple[for_templates.LinkView, int]]] = {
        "Speaker": [],
        "Topic": [],
        "Proof": [],
    }
    for group, address, label, what in _each_filter(scope.library):
        count = len(_matching(scope.library, address))
        groups[group].append((for_templates.LinkView(scope.to(address), label, what), count))
    return list(groups.items())


def quote_filters(library: CheckedLibrary) -> Iterator[tuple[str, str]]:
    """Each filtered list of quotations: its address and heading."""
    for _, address, label, what in _each_filter(library):
        yield address, what + label


def _each_filter(library: CheckedLibrary) -> Iterator[tuple[str, str, str, str]]:
    """Each filter that lets something through: its group, address, label.

    The last is what goes before the label where the group is not named beside it.
    """
    people = library.entities(Person)
    found = [
        ("Speaker", routes.quotes_by(name), people[name].name, "Quotes by ")
        for name in sorted(people)
    ]
    for topic, label in library.options.topics.items():
        found.append(("Topic", routes.quotes_on(topic), label, "Quotes on: "))
    for state in State:
        found.append(("Proof", routes.quotes_in(state.slug), state.label, "Quotes: "))
    return (row for row in found if _matching(library, row[1]))


def _matching(library: CheckedLibrary, address: str) -> list[Ref]:
    found = []
    for name, quote in library.entities(Quote).items():
        by = isinstance(quote.speaker, Ref) and routes.quotes_by(quote.speaker.id) == address
        on = quote.topic is not None and routes.quotes_on(quote.topic) == address
        ref = Ref("quotes", name)
        proven = address.startswith(routes.quotes_in("")[:-1]) and (
            routes.quotes_in(library.standing(ref).state.slug) == address
        )
        if (by or on or proven) and not quote.withdrawn:
            found.append(ref)
    return found


def filtered_quotes(scope: Scope, address: str, heading: str) -> dict[str, Any]:
    """The quotations of one speaker, topic or state of proof."""
    refs = _matching(scope.library, address)
    return {
        "heading": heading,
        "groups": _quote_groups(scope, refs),
        "count": len(refs),
        "all_quotes": scope.to("quotes/"),
    }


def _people(scope: Scope) -> dict[str, Any]:
    """People by their part in the main event, in the order of the site's parts."""
    options = scope.library.options
    groups: dict[str, list[for_templates.PersonView]] = {
        label: [] for label in options.parts.values()
    }
    for ref in _shown(scope, "people"):
        part = portraits.part_of(scope, ref)
        groups.setdefault(options.parts.get(part, "Also named"), []).append(
            portraits.person(scope, ref)
        )
    return {"groups": [(name, people) for name, people in groups.items() if people]}


def _facts(scope: Scope) -> dict[str, Any]:
    """Disputed questions first, then statements by topic."""
    topics = scope.library.options.topics
    by_topic: dict[str, list[for_templates.FactView]] = {label: [] for label in topics.values()}
    disputed = []
    for ref in _shown(scope, "facts"):
        fact: Fact = scope.of(ref, Fact)
        if fact.question:
            disputed.append(portraits.fact(scope, ref))
        else:
            label = topics.get(fact.topic or "", "Other")
            by_topic.setdefault(label, []).append(portraits.fact(scope, ref))
    return {
        "disputed": disputed,
        "groups": [(name, facts) for name, facts in by_topic.items() if facts],
        "count": sum(map(len, by_topic.values())),
    }


def _sources(scope: Scope) -> dict[str, Any]:
    """Sources by standing; each with how many entities refer to it."""
    groups: dict[str, list[tuple[for_templates.LinkView, int]]] = {"primary": [], "secondary": []}
    for ref in _shown(scope, "sources"):
        source: Source = scope.of(ref, Source)
        used = len(scope.library.backlinks(ref))
        groups[source.standing].append((portraits.named(scope, ref), used))
    found = scope.library.groups
    return {
        "groups": [(name, rows) for name, rows in groups.items() if rows],
        "count": len(found),
        "origins": len(set(found.values())),
    }


def _plain(kind: str) -> Callable[[Scope], dict[str, Any]]:
    def rows(scope: Scope) -> dict[str, Any]:
        named = [portraits.named(scope, ref) for ref in _shown(scope, kind)]
        return {"links": sorted(named, key=lambda link: link.name.casefold())}

    return rows


def _images(scope: Scope) -> dict[str, Any]:
    return {
        "figures": [(scope.title(r), portraits.figure(scope, r)) for r in _shown(scope, "images")]
    }


def by_kind(scope: Scope, refs: Iterable[Ref]) -> list[tuple[str, list[for_templates.LinkView]]]:
    """Referrers grouped under the name of their kind."""
    groups: dict[str, list[Ref]] = {}
    for ref in refs:
        groups.setdefault(vocabulary.KIND_NAMES[ref.kind][1], []).append(ref)
    return [(name, portraits.links(scope, found)) for name, found in groups.items()]


def contradicts_itself(scope: Scope, ref: Ref) -> tuple[str, ...]:
    """The sources that give two answers to a disputed question."""
    return scope.library.support(scope.of(ref, Fact)).contradicts_itself


INDEXES: dict[str, Callable[[Scope], dict[str, Any]]] = {
    "people": _people,
    "places": _plain("places"),
    "events": _events,
    "quotes": _quotes,
    "facts": _facts,
    "sources": _sources,
    "images": _images,
    "terms": _plain("terms"),
}
