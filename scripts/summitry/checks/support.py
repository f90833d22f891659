"""How well a statement is supported, computed afresh at every build.

Sources are grouped first, so that a reprint counts once: two sources are of one group when
one derives from the other, when they name the same origin, or, where no origin is named,
when they carry the same wire. A fact with several answers is disputed; with one answer it
is corroborated by two groups or more, or rests on a single source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

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


@dataclass(frozen=True, slots=True)
class Support:
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

    for name, source in sorted(sources.items()):
        find(f"source:{name}")
        if source.derived_from:
            join(f"source:{name}", f"source:{source.derived_from.id}")
        if source.origin:
            join(f"source:{name}", f"origin:{source.origin}")
        elif source.wire:
            join(f"source:{name}", f"wire:{source.wire.casefold()}")
    return _named_after_first({name: find(f"source:{name}") for name in sorted(sources)})


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
