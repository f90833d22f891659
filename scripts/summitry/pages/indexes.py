"""The pages that list things: the index of each kind, and the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from summitry.content.kinds import Event
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.for_templates import MomentView
from summitry.pages.phases import by_phase
from summitry.pages.views import events
from summitry.words import dates

FEW = 8  # events that need no years over them


def listed(scope: Scope, kind: str) -> list[Ref]:
    """The entities of a kind that were not withdrawn, in their order."""
    return [item.ref for item in scope.library.items(kind) if not item.entity.withdrawn]


def index(scope: Scope, kind: str) -> dict[str, Any]:
    """The values of the index of a kind."""
    values: dict[str, Any] = scope.kinds[kind].index(scope, listed(scope, kind))
    return values


def timeline_of(scope: Scope, refs: Sequence[Ref]) -> dict[str, Any]:
    """Events before, on and after the day or days; those of days by day, the others by year."""
    found = [(ref, scope.of(ref, Event).start) for ref in refs]
    return {
        "zones": scope.library.options.time_zones,
        "abroad": any(_abroad(scope, ref) for ref in refs),
        "groups": [
            (scope.words(f"phase.{name}"), (_by_day if name == "days" else _by_year)(scope, some))
            for name, some in by_phase(scope, found).items()
        ],
    }


def _abroad(scope: Scope, ref: Ref) -> bool:
    """Whether an event is told in the time of another place than the site's."""
    event: Event = scope.of(ref, Event)
    return event.start.moment is not None and scope.library.clocks(event).abroad


def _by_day(scope: Scope, refs: list[Ref]) -> list[tuple[str, list[MomentView]]]:
    """Events by the day that they are told by, with their clock times; longer ones come first."""
    days: dict[str, list[MomentView]] = {"": []}
    for ref in refs:
        event: Event = scope.of(ref, Event)
        shown = dates.shown(scope.words, event, scope.library.clocks(event))
        one_day = event.start.unit == "day" and event.last == event.start.first
        day = shown.day if shown.clock else scope.words.long(event.start) if one_day else ""
        moment = events.moment(scope, ref)
        days.setdefault(day, []).append(replace(moment, date=shown.clock or moment.date))
    return [(day, found) for day, found in days.items() if found]


def _by_year(scope: Scope, refs: list[Ref]) -> list[tuple[str, list[MomentView]]]:
    """Events by year, or as they are where there are few or all are of one."""
    years: dict[str, list[MomentView]] = {}
    for ref in refs:
        year = str(scope.of(ref, Event).start.first.year)
        years.setdefault(year, []).append(events.moment(scope, ref))
    if len(years) > 1 and len(refs) > FEW:
        return list(years.items())
    return [("", [moment for some in years.values() for moment in some])]
