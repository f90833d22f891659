"""Lists of quotations by speaker, by topic and by state of proof: plain pages, without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.checks.rules import CheckedLibrary
from summitry.checks.standing import State
from summitry.content import routes
from summitry.content.kinds import Person, Quote
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.for_templates import LinkView
from summitry.pages.phases import quotes_by_phase


def filters(scope: Scope) -> list[tuple[str, list[tuple[LinkView, int]]]]:
    """The links to filtered lists, each with how many quotations it has."""
    groups: dict[str, list[tuple[LinkView, int]]] = {
        "Speaker": [],
        "Topic": [],
        "Proof": [],
    }
    for group, address, label, what in _each_filter(scope.library):
        count = len(_matching(scope.library, address))
        groups[group].append((LinkView(scope.to(address), label, what), count))
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
        "groups": quotes_by_phase(scope, refs),
        "count": len(refs),
        "all_quotes": scope.to("quotes/"),
    }
