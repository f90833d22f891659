"""How well a statement is supported, computed afresh at every build.

Sources are grouped first, so that a reprint counts once: two sources are of one group when
one derives from the other, when they name the same origin, or, where no origin is named,
when they carry the same wire or have the same publisher (or host, where none is named). What
names no origin joins the first that its publisher's other pages name. A fact with several
answers is disputed; with one answer it is corroborated by two groups or more, or rests on a
single source.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from urllib.parse import urlsplit

from msgspec import Struct

from summitry.content.kinds import Fact, Source
from summitry.content.kinds.pieces import Evidence


class Status(Enum):
    """What can be said of a fact's support; the value is its name in addresses and data."""

    CORROBORATED = "corroborated"
    SINGLE = "single"
    DISPUTED = "disputed"

    @property
    def slug(self) -> str:
        """The status as a class name and a word for filters."""
        return self.value


class Support(Struct, frozen=True):
    """A fact's status, how many sources and groups it has, and who contradicts itself."""

    status: Status
    sources: int
    origins: int
    contradicts_itself: tuple[str, ...] = ()


def origin_groups(sources: Mapping[str, Source]) -> dict[str, str]:
    """The group of each source id, named after its first member. Union-find, by rank of name."""
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(a: str, b: str) -> None:
        low, high = sorted((find(a), find(b)))
        parent[high] = low

    named: dict[str, str] = {}  # the first origin that a publisher's pages name
    for source in sources.values():
        if source.origin and source.publisher:
            house = newsroom(source.publisher)
            named[house] = min(named.get(house, source.origin), source.origin)
    for name, source in sorted(sources.items()):
        find(f"source:{name}")
        if source.derived_from:
            join(f"source:{name}", f"source:{source.derived_from.id}")
        if source.origin:
            join(f"source:{name}", f"origin:{source.origin}")
        elif house := _house(source):
            join(f"source:{name}", f"house:{house}")
            if rests_on_publisher(source) and house in named:
                join(f"source:{name}", f"origin:{named[house]}")
    return _named_after_first({name: find(f"source:{name}") for name in sorted(sources)})


@lru_cache(1 << 14)
def newsroom(name: str) -> str:
    """The name of an agency or a publisher as such names are compared."""
    plain = unicodedata.normalize("NFKC", name).casefold().removeprefix("the ")
    return "".join(char for char in plain if char.isalnum()) or plain


def rests_on_publisher(source: Source) -> bool:
    """Whether nothing but its publisher says which sources go together with this one."""
    return bool(source.publisher) and not source.origin and not source.wire


def _house(source: Source) -> str:
    """The newsroom behind a source that names no origin: an agency, a publisher, else a host."""
    if known := source.wire or source.publisher:
        return newsroom(known)
    host = urlsplit(source.url).hostname if source.url else ""
    return f"host:{(host or '').removeprefix('www.')}" if host else ""


def _named_after_first(roots: dict[str, str]) -> dict[str, str]:
    first: dict[str, str] = {}
    for name, root in roots.items():
        first.setdefault(root, name)
    return {name: first[root] for name, root in roots.items()}


def count_origins(evidence: Iterable[Evidence], groups: Mapping[str, str]) -> int:
    """How many independent origins stand behind evidence."""
    return len({groups[item.source.id] for item in evidence})


def support(fact: Fact, groups: Mapping[str, str]) -> Support:
    """A fact's support."""
    if fact.statement:
        names = {item.source.id for item in fact.evidence}
        origins = count_origins(fact.evidence, groups)
        status = Status.CORROBORATED if origins > 1 else Status.SINGLE
        return Support(status, len(names), origins)
    seen: dict[str, set[str]] = {}
    for position in fact.positions:
        for item in position.evidence:
            seen.setdefault(item.source.id, set()).add(position.value)
    both = tuple(sorted(name for name, values in seen.items() if len(values) > 1))
    return Support(Status.DISPUTED, len(seen), len({groups[name] for name in seen}), both)
