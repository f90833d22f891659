"""Before, on the day of, and after the main event."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.checks.checked import CheckedLibrary
from summitry.content.kinds import Quote
from summitry.content.values import Ref, When
from summitry.pages.context import Scope
from summitry.pages.for_templates import QuoteView
from summitry.pages.views import quotes


def several_days(library: CheckedLibrary) -> bool:
    """Whether the main event has more than one day, so that what is “of the day” is of days."""
    main = library.main_event
    return main is not None and main.start.first != main.last


def _phase(scope: Scope, when: When | None) -> str:
    """Before, on the day or days of, or after the main event: the key of the phase."""
    main = scope.library.main_event
    if main is None or when is None:
        return "undated" if when is None else "all"
    if when.last < main.start.first:
        return "before"
    if when.first > main.last:
        return "after"
    return "days" if several_days(scope.library) else "day"


def by_phase(scope: Scope, refs: Iterable[tuple[Ref, When | None]]) -> dict[str, list[Ref]]:
    """What has a date, by the key of its phase; phases without anything are left out."""
    groups: dict[str, list[Ref]] = {
        name: [] for name in ("before", "day", "days", "after", "all", "undated")
    }
    for ref, when in refs:
        groups[_phase(scope, when)].append(ref)
    return {name: found for name, found in groups.items() if found}


def phases(scope: Scope, refs: Iterable[tuple[Ref, When | None]]) -> list[tuple[str, list[Ref]]]:
    """The same with what each phase is called."""
    return [(scope.words(f"phase.{name}"), found) for name, found in by_phase(scope, refs).items()]


def _by_date(scope: Scope, refs: list[Ref]) -> list[tuple[Ref, When | None]]:
    dated = [(ref, scope.of(ref, Quote).said_on) for ref in refs]
    return sorted(dated, key=lambda pair: (pair[1] is None, str(pair[1] or ""), pair[0].id))


def quotes_by_phase(scope: Scope, refs: list[Ref]) -> list[tuple[str, list[QuoteView]]]:
    """Quotations by the day on which they were said, as cards."""
    found = phases(scope, _by_date(scope, refs))
    return [(name, [quotes.quote(scope, ref) for ref in group]) for name, group in found]
