"""Sources."""

from __future__ import annotations

from typing import Any

from summitry.content import routes
from summitry.content.kinds import Source
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.for_templates import LinkView, SourceView, host
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.views import links
from summitry.pages.views.sources import captures
from summitry.pictures import fonts


class SourcePage(KindPage[Source]):
    """A source's pages."""

    def description(self, scope: Scope, ref: Ref, entity: Source) -> str:
        """What this is, and that the page says what is taken from it."""
        line = self.line(scope, entity)
        return scope.words("source.description", title=scope.title(ref), line=line)

    def line(self, scope: Scope, entity: Source) -> str:
        """Publisher, form, date, author and language."""
        publisher = entity.publisher or scope.words("source.no-publisher")
        return f"{publisher}. {scope.about_source(entity)}"

    def sources_cited(self, scope: Scope, ref: Ref) -> list[Ref]:
        """Itself."""
        del scope
        return [ref]

    def page(self, scope: Scope, ref: Ref, entity: Source) -> dict[str, Any]:
        """How far to trust it, its captures, what is taken from it, what has the same origin."""
        mates, itself = scope.library.mates(ref), scope.library.contradictions(ref)
        return {
            "source": entity,
            "form": scope.words(f"type.{entity.type}"),
            "quality": scope.text(entity.quality) if entity.quality else "",
            "mates": [links.named(scope, one) for one in mates],
            "itself": [LinkView(scope.link(one), scope.title(one)) for one in itself],
            "supports": _by_kind(scope, scope.library.backlinks(ref)),
            "host": host(entity.url) if entity.url else "",
            "view": scope.source(ref),
            "recaptured": self._recaptured(scope, entity),
            **captures(scope, ref),
        }

    def _recaptured(self, scope: Scope, entity: Source) -> str:
        """Why it was captured anew, in a sentence; "" where it was not."""
        if not entity.recaptured:
            return ""
        why = scope.text(entity.recaptured.why)
        day = scope.words.long(entity.recaptured.on)
        return scope.words("source.recaptured", date=day, why=why)

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """By standing; each with how many entities refer to it."""
        groups: dict[str, list[tuple[LinkView, int, SourceView]]] = {"primary": [], "secondary": []}
        for ref in refs:
            source: Source = scope.of(ref, Source)
            used = len(scope.library.backlinks(ref))
            groups[source.standing].append((links.named(scope, ref), used, scope.source(ref)))
        found = scope.library.groups
        return {
            "groups": [(name, rows) for name, rows in groups.items() if rows],
            "count": len(found),
            "origins": len(set(found.values())),
        }

    def heading(self, entity: Source) -> str:
        """The field of its title."""
        del entity
        return "title"

    def card(self, cards: Cards, ref: Ref, entity: Source) -> Card:
        """Titles stand as printed, in any script; one that cannot be drawn gives way."""
        drawable = not fonts.covers(entity.name, "semibold")
        words = cards.words
        publisher = entity.publisher or words("source.no-publisher")
        when = words.long(entity.issued) if entity.issued else ""
        form = words(f"type.{entity.type}")
        if entity.language != words.language:
            language = words.language_name(entity.language)
            form = words("source.form-in-language", form=form, language=language)
        return cards.plain(
            routes.url(ref),
            entity.name if drawable else publisher,
            strong=publisher if drawable else "",
            text=words.row([form, when]),
            foot=words(f"kind.{ref.kind}"),
        )

    def linked(self, make: Linked, ref: Ref, entity: Source) -> Node:
        """A schema.org work of its type."""
        return make.work(ref, entity) | {"url": entity.url or ""}


def _by_kind(scope: Scope, refs: list[Ref]) -> list[tuple[str, list[LinkView]]]:
    """Referrers grouped under the name of their kind."""
    groups: dict[str, list[Ref]] = {}
    for ref in refs:
        groups.setdefault(scope.words(f"kinds.{ref.kind}"), []).append(ref)
    return [(name, links.links(scope, found)) for name, found in groups.items()]


PAGE = SourcePage()
