"""Facts, and questions on which sources disagree."""

from __future__ import annotations

from typing import Any

from summitry.checks.support import Status
from summitry.content import routes
from summitry.content.kinds import Fact
from summitry.content.kinds.pieces import Position
from summitry.content.prose import plain
from summitry.content.values import ProseText, Ref
from summitry.data.linked import Linked, Node
from summitry.pages import amounts, topics
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.for_templates import FactView
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.views import facts, links
from summitry.words.catalogue import capital
from summitry.words.sentences import ended


class FactPage(KindPage[Fact]):
    """A fact's pages."""

    cited = True

    def description(self, scope: Scope, ref: Ref, entity: Fact) -> str:
        """Its support, and its answers where there are several."""
        del entity
        fact = facts.fact(scope, ref)
        answers = scope.words("sign.semicolon").join(p.value for p in fact.positions)
        if answers:
            return f"{fact.state.text}. {ended(answers)}"
        return f"{ended(fact.plain)} {fact.state.text}. {fact.state.note}."

    def line(self, scope: Scope, entity: Fact) -> str:
        """Its support in words, and that it is a detail."""
        support = scope.words(f"supported.{scope.library.support(entity).status.slug}")
        return f"{support}. {scope.words('fact.minor')}" if entity.minor else support

    def view(self, scope: Scope, ref: Ref) -> FactView:
        """A card with its evidence."""
        return facts.fact(scope, ref)

    def page(self, scope: Scope, ref: Ref, entity: Fact) -> dict[str, Any]:
        """The fact, its answers on an axis, what it concerns."""
        return {
            "fact": facts.fact(scope, ref),
            "axis": amounts.axis(scope, ref),
            "about": links.links(scope, entity.about),
        }

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """Disputed questions first, then statements by topic; details last in each."""
        return topics.index(scope, refs)

    def heading(self, entity: Fact) -> str:
        """The field of the question, or of the statement."""
        return "question" if entity.question else "statement"

    def card(self, cards: Cards, ref: Ref, entity: Fact) -> Card:
        """The statement or question, its answers and its support."""
        support = cards.library.support(entity)
        said = cards.words(f"supported.{support.status.slug}")
        if support.status is Status.CORROBORATED:
            said = capital(cards.words.count("support.independent", support.origins))
        elif support.status is Status.SINGLE and support.sources > 1:
            said = capital(cards.words.count("support.one-origin", support.sources))
        title = entity.title
        return cards.plain(
            routes.url(ref),
            # What looks like markup in plain text is none.
            plain(title) if isinstance(title, ProseText) else title,
            kicker=cards.library.options.topics.get(entity.topic or "", ""),
            strong=_answer(cards, entity),
            rows=tuple(("", position.value) for position in entity.positions),
            foot=said,
            shape=facts.SHAPES[support.status],
            disputed=support.status is Status.DISPUTED,
        )

    def linked(self, make: Linked, ref: Ref, entity: Fact) -> Node:
        """A schema.org Claim, its answers as parts; no rating of it."""
        del ref
        support = make.library.support(entity)
        return {
            "@type": "Claim",
            "name": plain(entity.title),
            "text": plain(entity.statement) if entity.statement else "",
            "creativeWorkStatus": make.words(f"claim.{support.status.slug}"),
            "about": [make.named(one) for one in entity.about],
            "appearance": make.works(entity.evidence),
            "hasPart": [_position(make, one) for one in entity.positions],
        }


def _answer(cards: Cards, fact: Fact) -> str:
    """The answer that the site uses to a question, or that none is settled."""
    if not fact.question:
        return ""
    used = fact.we_use
    return cards.words("fact.we-use", answer=used) if used else cards.words("fact.open")


def _position(make: Linked, position: Position) -> Node:
    return {
        "@type": "Claim",
        "text": position.value,
        "appearance": make.works(position.evidence),
    }


PAGE = FactPage()
