"""Any entity as a link with a line about it, and what disagrees on it."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.content.kinds import Event
from summitry.content.library import STORIES
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.once import once


@once
def named(scope: Scope, ref: Ref) -> for_templates.LinkView:
    """Any entity as a link with a line about it."""
    line = scope.kinds[ref.kind].line(scope, scope.library.item(ref).entity)
    return for_templates.LinkView(scope.link(ref), scope.title(ref), line)


def links(scope: Scope, refs: Iterable[Ref]) -> list[for_templates.LinkView]:
    """Referrers and lists of mixed kinds: each link says what it leads to."""
    found = []
    for ref in refs:
        entity = scope.library.item(ref).entity if ref.kind != STORIES else None
        day = scope.words.long(entity.start) if isinstance(entity, Event) else ""
        what = scope.words.row([scope.words(f"kind.{ref.kind}"), day])
        found.append(for_templates.LinkView(scope.link(ref), scope.title(ref), what))
    return found


@once
def disputes_about(scope: Scope, ref: Ref) -> list[for_templates.LinkView]:
    """The disputed questions that concern an entity."""
    found, disagree = scope.library.disputes(ref), scope.words("supported.disputed")
    return [
        for_templates.LinkView(scope.link(fact), scope.library.title(fact), disagree)
        for fact in found
    ]


def referrers(scope: Scope, ref: Ref) -> list[for_templates.LinkView]:
    """Everything that refers to an entity, but the kinds that its page shows above."""
    above = scope.kinds[ref.kind].above
    return links(scope, [r for r in scope.library.backlinks(ref) if r.kind not in above])
