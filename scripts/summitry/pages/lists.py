"""The pages that list things, before they are made: indexes, the timeline, filtered lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import KINDS
from summitry.pages import filters, indexes, topics
from summitry.pages.context import Scope
from summitry.pages.phases import several_days
from summitry.words.catalogue import Words


class ListPlan(Struct, frozen=True):
    """A page that lists things of the kind `of`.

    The first of `templates` that there is makes it, of the values that `values` gives. `section` is
    the page above it, where it is a filtered list.
    """

    url: str
    title: str
    description: str
    templates: tuple[str, ...]
    values: Callable[[Scope], dict[str, Any]]
    of: str
    section: str = ""


def every(words: Words, library: CheckedLibrary) -> Iterator[ListPlan]:
    """All of them."""
    for kind in KINDS:
        yield _index(words, library, kind)
    yield ListPlan(
        routes.TIMELINE,
        words("timeline.title"),
        words("timeline.description-days" if several_days(library) else "timeline.description"),
        ("kinds/events/timeline.html",),
        topics.whole_timeline,
        of="events",
    )
    for address, heading in filters.quote_filters(words, library):
        yield ListPlan(
            address,
            heading,
            words("quote.filtered", heading=heading),
            ("kinds/quotes/filtered.html",),
            partial(filters.filtered_quotes, address=address, heading=heading),
            of="quotes",
            section="quotes/",
        )
    for one in topics.fact_lists(words, library):
        yield ListPlan(
            one.address,
            one.heading,
            words("fact.filtered", heading=one.heading),
            ("kinds/facts/filtered.html",),
            partial(topics.filtered_facts, address=one.address),
            of="facts",
            section=routes.index_url("facts"),
        )
    for one in topics.timeline_lists(words, library):
        yield ListPlan(
            one.address,
            one.heading,
            words("timeline.filtered", heading=one.heading),
            ("kinds/events/filtered.html",),
            partial(topics.filtered_timeline, address=one.address),
            of="events",
            section=routes.TIMELINE,
        )


def _index(words: Words, library: CheckedLibrary, kind: str) -> ListPlan:
    name = words(f"kinds.{kind}")
    return ListPlan(
        routes.index_url(kind),
        name,
        words("listing.description", kinds=name, count=len(library.refs(kind))),
        (f"kinds/{kind}/index.html", "kinds/index.html"),
        partial(indexes.index, kind=kind),
        of=kind,
    )
