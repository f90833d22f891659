"""Sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from summitry.content import routes
from summitry.content.kinds import Source
from summitry.content.library import STORIES
from summitry.content.schema import evidence_of
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages import badges
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.for_templates import EvidenceView, LinkView, SourceView, host
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.views import evidence, links
from summitry.pages.views.sources import captures
from summitry.pictures import fonts
from summitry.words.catalogue import Words
from summitry.words.sentences import ended


class Taken(Struct, frozen=True):
    """What the site takes from a source: where it stands, and which words are quoted there."""

    link: LinkView
    passages: list[EvidenceView]


class SourcePage(KindPage[Source]):
    """A source's pages."""

    def title(self, scope: Scope, ref: Ref, entity: Source) -> str:
        """The title in quotation marks, for the words are the source's; in brackets it is ours."""
        del ref
        return _quoted(scope.words, entity)

    def description(self, scope: Scope, ref: Ref, entity: Source) -> str:
        """What this is, and that the page says what is taken from it."""
        line = self.line(scope, entity)
        return scope.words("source.description", title=scope.title(ref), line=line)

    def line(self, scope: Scope, entity: Source) -> str:
        """Publisher, form, date, author and language."""
        publisher = badges.publisher(scope.words, scope.library, entity)
        return f"{ended(publisher)} {scope.about_source(entity)}"

    def sources_cited(self, scope: Scope, ref: Ref) -> list[Ref]:
        """Itself."""
        del scope
        return [ref]

    def page(self, scope: Scope, ref: Ref, entity: Source) -> dict[str, Any]:
        """How far to trust it, its captures, what is taken from it, what has the same origin."""
        mates, itself = scope.library.mates(ref), scope.library.contradictions(ref)
        return {
            "source": entity,
            "heading": _quoted(scope.words, entity),
            "form": scope.words(f"type.{entity.type}"),
            "quality": scope.text(entity.quality) if entity.quality else "",
            "mates": [links.named(scope, one) for one in mates],
            "itself": [LinkView(scope.link(one), scope.title(one)) for one in itself],
            "supports": _by_kind(scope, ref),
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
        publisher = badges.publisher(words, cards.library, entity)
        when = words.long(entity.issued) if entity.issued else ""
        form = words(f"type.{entity.type}")
        if entity.language != words.language:
            language = words.language_name(entity.language)
            form = words("source.form-in-language", form=form, language=language)
        return cards.plain(
            routes.url(ref),
            _quoted(words, entity) if drawable else publisher,
            strong=publisher if drawable else "",
            text=words.row([form, when]),
            foot=words(f"kind.{ref.kind}"),
        )

    def linked(self, make: Linked, ref: Ref, entity: Source) -> Node:
        """A schema.org work of its type."""
        return make.work(ref, entity) | {"url": entity.url or ""}


def _quoted(words: Words, source: Source) -> str:
    return source.name if source.name.startswith("[") else words("sign.quoted", text=source.name)


def _by_kind(scope: Scope, ref: Ref) -> list[tuple[str, list[Taken]]]:
    """What refers to a source under the name of its kind, with the words that it takes from it."""
    groups: dict[str, list[Taken]] = {}
    for one in scope.library.backlinks(ref):
        (link,) = links.links(scope, [one])
        taken = Taken(link, list(_passages(scope, one, ref)))
        groups.setdefault(scope.words(f"kinds.{one.kind}"), []).append(taken)
    return list(groups.items())


def _passages(scope: Scope, user: Ref, source: Ref) -> Iterator[EvidenceView]:
    """What an entity takes from a source, each passage once: its words, and what they say."""
    if user.kind == STORIES:
        return
    found = set[tuple[str, str]]()
    for _, item in evidence_of(scope.library.item(user).entity):
        if item.source != source:
            continue
        finding = scope.library.finding(item)
        words = finding.claim.words if finding else ""
        if (words, item.says or "") not in found and (words or item.says):
            found.add((words, item.says or ""))
            (view,) = evidence.evidence(scope, [item])
            yield replace(view, exact=words)


PAGE = SourcePage()
