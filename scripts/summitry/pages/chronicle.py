"""What changed on the site, as a page shows it: corrections in full, additions by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from summitry.content import routes
from summitry.content.kinds import KINDS
from summitry.content.kinds.pieces import Correction
from summitry.data import changes
from summitry.data.changes import Change, What
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.words import corrections as said

MOST_NAMED = 12  # of one kind on one day; more are counted, with a link to all of the kind


class Notice(Struct, frozen=True):
    """A correction or a withdrawal, and of what."""

    day: str
    datetime: str
    link: for_templates.LinkView
    why: for_templates.Text
    told: str = ""  # of a correction: what stood there and what stands there now


class ChangeRow(Struct, frozen=True):
    """What was added or changed of one kind: named, or only counted."""

    what: str
    counted: str
    index: str
    links: list[for_templates.LinkView] = []


class Day(Struct, frozen=True):
    """All that happened on a day."""

    day: str
    datetime: str
    notices: list[Notice]
    rows: list[ChangeRow]


def corrections(scope: Scope) -> list[Notice]:
    """Every correction and withdrawal, the newest first."""
    return list(_notices(scope, changes.corrections(scope.library)))


def days(scope: Scope) -> list[Day]:
    """All changes by day, the newest first."""
    found = changes.every(scope.library, scope.updates.history)
    return [
        Day(
            scope.words.day(day),
            day.isoformat(),
            [
                n
                for by_kind in of_day.values()
                for c in by_kind.values()
                for n in _notices(scope, c)
            ],
            [
                _row(scope, what, kind, listed)
                for what in (What.ADDED, What.CHANGED)
                for kind, listed in of_day.get(what, {}).items()
            ],
        )
        for day, of_day in changes.grouped(found)
    ]


def _notices(scope: Scope, listed: Iterable[Change]) -> Iterator[Notice]:
    for change in listed:
        if one := change.notice:
            yield Notice(
                scope.words.long(one.on),
                str(one.on),
                for_templates.LinkView(scope.link(change.ref), scope.title(change.ref)),
                scope.text(one.why),
                said.told(scope.words, one) if isinstance(one, Correction) else "",
            )


def _row(scope: Scope, what: What, kind: str, listed: list[Change]) -> ChangeRow:
    index = scope.to(routes.index_url(kind)) if kind in KINDS else ""
    named = len(listed) <= MOST_NAMED or not index
    links = [for_templates.LinkView(scope.link(c.ref), scope.title(c.ref)) for c in listed if named]
    counted = scope.words.count(f"counted.{kind}", len(listed))
    return ChangeRow(scope.words(f"what.{what.value}"), counted, index, links)
