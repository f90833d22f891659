"""Lists of quotations by speaker, by topic and by state of proof: plain pages, without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.checks.checked import CheckedLibrary
from summitry.checks.standing import State
from summitry.content import routes
from summitry.content.kinds import Person, Quote
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.for_templates import LinkView
from summitry.pages.phases import quotes_by_phase
from summitry.words.catalogue import Words

# What heads the list of each group. The label ends it: what is before that is also said, unseen,
# in the link to the list.
_HEADINGS = {"quote.speaker": "quote.by", "quote.topic": "quote.on", "quote.proof": "quote.state"}


def filters(scope: Scope) -> list[tuple[str, list[tuple[LinkView, int]]]]:
    """The links to filtered lists, each with how many quotations it has."""
    words = scope.words
    groups: dict[str, list[tuple[LinkView, int]]] = {group: [] for group in _HEADINGS}
    some = _by_address(scope.library)
    for group, address, label in _each_filter(words, scope.library):
        count = len(some[address])
        before = words(_HEADINGS[group], name="")
        groups[group].append((LinkView(scope.to(address), label, before), count))
    return [(words(group), links) for group, links in groups.items()]


def quote_filters(words: Words, library: CheckedLibrary) -> Iterator[tuple[str, str]]:
    """Each filtered list of quotations: its address and heading."""
    for group, address, label in _each_filter(words, library):
        yield address, words(_HEADINGS[group], name=label)


def _each_filter(words: Words, library: CheckedLibrary) -> Iterator[tuple[str, str, str]]:
    """Each filter that lets something through: its group, address, label."""
    people = library.entities(Person)
    found = [
        ("quote.speaker", routes.quotes_by(name), people[name].name) for name in sorted(people)
    ]
    for topic, label in library.options.topics.items():
        found.append(("quote.topic", routes.quotes_on(topic), label))
    for state in State:
        label = words(f"state.in-{state.slug}")
        found.append(("quote.proof", routes.quotes_in(state.slug), label))
    some = _by_address(library)
    return (row for row in found if row[1] in some)


def _matching(library: CheckedLibrary, address: str) -> list[Ref]:
    return _by_address(library).get(address, [])


def _by_address(library: CheckedLibrary) -> dict[str, list[Ref]]:
    """The quotations of each list that has some."""
    found: dict[str, list[Ref]] = {}
    for name, quote in library.entities(Quote).items():
        if quote.withdrawn:
            continue
        ref = Ref("quotes", name)
        lists = [routes.quotes_in(library.standing(ref).state.slug)]
        if isinstance(quote.speaker, Ref):
            lists.append(routes.quotes_by(quote.speaker.id))
        if quote.topic is not None:
            lists.append(routes.quotes_on(quote.topic))
        for address in lists:
            found.setdefault(address, []).append(ref)
    return found


def filtered_quotes(scope: Scope, address: str, heading: str) -> dict[str, Any]:
    """The quotations of one speaker, topic or state of proof."""
    refs = _matching(scope.library, address)
    return {
        "heading": heading,
        "groups": quotes_by_phase(scope, refs),
        "count": len(refs),
        "all_quotes": scope.to("quotes/"),
        "pack": _pack(scope, address),
    }


def _pack(scope: Scope, address: str) -> str:
    """The link to all quotations of a topic as one file; "" of a list by something else."""
    for topic in scope.library.options.topics:
        if routes.quotes_on(topic) == address:
            return scope.to(routes.pack_of(topic))
    return ""
