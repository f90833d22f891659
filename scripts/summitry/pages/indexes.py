"""The pages that list things: the index of each kind, and the timeline."""

from __future__ import annotations

from typing import Any

from summitry.content.kinds import Event
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.phases import phases
from summitry.pages.views import events


def listed(scope: Scope, kind: str) -> list[Ref]:
    """The entities of a kind that were not withdrawn, in their order."""
    return [item.ref for item in scope.library.items(kind) if not item.entity.withdrawn]


def index(scope: Scope, kind: str) -> dict[str, Any]:
    """The values of the index of a kind."""
    values: dict[str, Any] = scope.kinds[kind].index(scope, listed(scope, kind))
    return values


def timeline(scope: Scope) -> dict[str, Any]:
    """All events, before, on and after the day."""
    found = [(ref, scope.of(ref, Event).start) for ref in listed(scope, "events")]
    return {
        "zones": scope.library.options.time_zones,
        "groups": [
            (name, [events.moment(scope, ref) for ref in refs])
            for name, refs in phases(scope, found)
        ],
    }
