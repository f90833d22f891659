"""People as a roster shows them."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.content.kinds import Person
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.once import once


@once
def person(scope: Scope, ref: Ref) -> for_templates.PersonView:
    """A person with the role on the day of the main event."""
    person: Person = scope.of(ref, Person)
    main = scope.library.main_event
    return for_templates.PersonView(
        name=person.name,
        href=scope.link(ref),
        role=person.role_on(main.start.first if main else None),
        line=person.summary,
        inside=part_of(scope, ref) in scope.library.options.attended,
        initials=for_templates.initials(person.name, person.family or ""),
    )


def in_order(scope: Scope, refs: Iterable[Ref]) -> list[Ref]:
    """People in the order of the main event's file, whoever it does not name after them."""
    main = scope.library.main_event
    named = [one.person for one in main.participants] if main else []
    return sorted(refs, key=lambda ref: named.index(ref) if ref in named else len(named))


def part_of(scope: Scope, ref: Ref) -> str:
    """A person's part in the main event, or ""."""
    main = scope.library.main_event
    return main.part_of(ref) if main else ""
