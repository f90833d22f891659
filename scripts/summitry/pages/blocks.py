"""What stands in prose besides prose: cards, timelines, lists and reference tables."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment

from summitry.checks.coverage import measure
from summitry.content import blocks, routes
from summitry.content.blocks import (
    Accounts,
    Amounts,
    Changes,
    ClassSheet,
    Contact,
    Corrections,
    Data,
    Figures,
    Listing,
    PlacePlan,
    Reference,
    Rooms,
    SelfCheck,
    StoryPages,
    Strip,
    SuggestionForms,
    Timeline,
    Turns,
    Voices,
)
from summitry.content.kinds import Event, Fact
from summitry.content.prose import Fence
from summitry.content.values import Ref
from summitry.data.tables import Table, layout
from summitry.pages import (
    accounts,
    amounts,
    chronicle,
    for_templates,
    passage,
    rooms,
    sheets,
    strip,
    suggesting,
    turns,
    voices,
    whereabouts,
)
from summitry.pages.context import Scope
from summitry.pages.reference import reference_rows
from summitry.pages.views import events, facts, links, people, quotes


class Components:
    """Renders components by the templates in `overrides/blocks/`, for any page."""

    def __init__(self, env: Environment) -> None:
        self._env = env

    def cards(self, scope: Scope, refs: list[Ref], level: int) -> str:
        """Cards of one kind, one after another."""
        shown = [scope.kinds[ref.kind].view(scope, ref) for ref in refs]
        names = (f"kinds/{refs[0].kind}/cards.html", "kinds/cards.html")
        return self._env.select_template(names).render(page=scope, cards=shown, level=level)

    def fence(self, scope: Scope, fence: Fence, level: int) -> str | None:
        """A timeline, a list or a reference table."""
        block, _, _ = blocks.read(scope.file, fence)
        if isinstance(block, Timeline):
            return self.part(scope, "timeline", moments=self.timeline(scope, block), level=level)
        if isinstance(block, Listing):
            return self.listing(scope, block, level)
        if isinstance(block, Rooms):
            return self.part(scope, "rooms", shown=rooms.rooms(scope, block), level=level)
        if isinstance(block, Amounts):
            return self.part(scope, "amounts", axis=amounts.axis(scope, block.of))
        if isinstance(block, Voices):
            return self.part(scope, "voices", table=voices.voices(scope, block))
        if isinstance(block, PlacePlan):
            return self.part(scope, "plan", shown=whereabouts.plan(scope, block))
        if isinstance(block, Strip):
            return self.part(scope, "strip", strip=strip.strip(scope, block))
        if isinstance(block, Turns):
            return self.part(scope, "turns", shown=turns.of_block(scope, block))
        if isinstance(block, Accounts):
            shown = accounts.accounts(scope, block)
            return self.part(scope, "accounts", accounts=shown, level=level)
        if isinstance(block, StoryPages):
            stops = passage.stops(scope)
            return self.part(scope, "story", stops=stops, cards=block.layout == "cards")
        if isinstance(block, ClassSheet):
            return self.part(scope, "sheet", sheet=sheets.sheet(scope, block), level=level)
        if isinstance(block, Reference):
            return self.part(scope, "reference", of=block.to, rows=reference_rows(block.to))
        if isinstance(block, Corrections):
            return self.part(scope, "corrections", notices=chronicle.corrections(scope))
        if isinstance(block, Data):
            return self.part(scope, "data", tables=_tables(scope), level=level)
        if isinstance(block, Contact):
            edits = bool(scope.setting.edit_url(scope.file))
            return self.part(
                scope, "contact", edits=edits, email=scope.library.options.contact_email
            )
        if isinstance(block, Changes):
            return self.part(scope, "changes", days=chronicle.days(scope), level=level)
        if isinstance(block, Figures):
            return self.part(scope, "figures", coverage=measure(scope.library))
        if isinstance(block, SelfCheck):
            said = scope.words.sections("check", "kind")
            data = {"locale": scope.words.spoken, "texts": said}
            return self.part(scope, "check", data=data, level=level)
        if isinstance(block, SuggestionForms):
            return self.part(scope, "suggest", level=level, **suggesting.values(scope))
        return None

    def timeline(self, scope: Scope, block: Timeline) -> list[for_templates.MomentView]:
        """The events that a block asks for, in their order."""
        found = []
        for item in scope.library.items("events"):
            event = item.entity
            if not isinstance(event, Event) or item.entity.withdrawn:
                continue
            named = not block.events or item.ref in block.events
            after = block.start is None or max(event.start.last, event.last) >= block.start.first
            before = block.end is None or event.start.first <= block.end.last
            if named and after and before:
                found.append(events.moment(scope, item.ref))
        return found

    def listing(self, scope: Scope, block: Listing, level: int) -> str:
        """The entities that a `list` block asks for."""
        refs = block.refs or [item.ref for item in scope.library.items(block.of)]
        refs = [ref for ref in refs if self._passes(scope, ref, block)]
        if block.layout != "glance":  # which answers a reader's questions in their order
            refs = facts.by_weight(scope, refs)
        if block.layout == "cards":
            return self.cards(scope, refs, level) if refs else ""
        if block.layout == "roster":
            return self.part(scope, "roster", people=[people.person(scope, ref) for ref in refs])
        if block.layout == "glance":
            return self.part(scope, "glance", facts=[facts.fact(scope, ref) for ref in refs])
        if block.layout == "wordings":
            found = [(quotes.quote(scope, r), quotes.wordings(scope, r)) for r in refs]
            return self.part(scope, "wordings", quotes=found, level=level)
        return self.part(scope, "rows", links=[links.named(scope, ref) for ref in refs])

    def _passes(self, scope: Scope, ref: Ref, block: Listing) -> bool:
        entity = scope.library.item(ref).entity
        if entity.withdrawn:
            return False
        if block.topic and getattr(entity, "topic", None) != block.topic:
            return False
        if block.side and getattr(entity, "side", None) != block.side:
            return False
        if block.status and isinstance(entity, Fact):
            return scope.library.support(entity).status.slug == block.status
        return True

    def part(self, scope: Scope, name: str, **values: Any) -> str:
        """A template of `overrides/blocks/` for a page."""
        return self._env.get_template(f"blocks/{name}.html").render(page=scope, **values)


def _tables(scope: Scope) -> list[tuple[Table, str]]:
    """Each table of the data with the link to its CSV file."""
    return [(table, scope.to(routes.csv_url(table.name))) for table in layout()]
