"""References that lead back to where they began."""

from __future__ import annotations

from summitry.content.library import Item, Library
from summitry.content.problems import Problem
from summitry.content.values import Ref


def circles(library: Library) -> list[Problem]:
    """No source derives from itself, no place contains itself, no event follows itself."""
    found = []
    for item in library.items.values():
        step: Ref | None = item.ref
        seen: set[Ref] = set()
        while step and step not in seen and step in library.items:
            seen.add(step)
            step = _above(library.items[step])
        if step == item.ref:
            field = _ABOVE[item.ref.kind]
            mark = item.document.marks.value((field,))
            message = f"{field}: {item.ref} leads back to itself"
            found.append(Problem(item.path, mark, "circular-reference", message))
    return found


# The field by which an entity hangs on another of its kind.
_ABOVE = {"sources": "derived_from", "places": "contained_in", "events": "after"}


def _above(item: Item) -> Ref | None:
    found = getattr(item.entity, _ABOVE.get(item.ref.kind, ""), None)
    return found if isinstance(found, Ref) else None
