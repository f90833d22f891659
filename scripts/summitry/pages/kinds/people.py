"""People."""

from __future__ import annotations

from typing import Any

from summitry.content import routes
from summitry.content.kinds import Person
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.for_templates import PersonView
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.kinds.shared import as_cards, quotes_about, related
from summitry.pages.phases import several_days
from summitry.pages.views import images, people
from summitry.pages.views.evidence import evidence


class PersonPage(KindPage[Person]):
    """A person's pages."""

    above = ("events", "facts", "quotes")

    def description(self, scope: Scope, ref: Ref, entity: Person) -> str:
        """The summary."""
        del scope, ref
        return entity.summary

    def line(self, scope: Scope, entity: Person) -> str:
        """The summary."""
        del scope
        return entity.summary

    def view(self, scope: Scope, ref: Ref) -> PersonView:
        """An entry of a roster."""
        return people.person(scope, ref)

    def page(self, scope: Scope, ref: Ref, entity: Person) -> dict[str, Any]:
        """Role on the day, part, side, quotations, events, facts."""
        options = scope.library.options
        key = "person.role-days" if several_days(scope.library) else "person.role"
        return {
            "role_of": scope.words(key),
            "person": people.person(scope, ref),
            "part": options.parts.get(people.part_of(scope, ref), ""),
            "side": options.sides.get(entity.side or "", ""),
            "roles": [(role, evidence(scope, role.evidence)) for role in entity.roles],
            "evidence": evidence(scope, entity.evidence),
            "portrait": images.portrait(scope, entity.image) if entity.image else None,
            **as_cards(scope, quotes_about(scope, ref)),
            **related(scope, ref),
        }

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """By their part in the main event, in the order of the site's parts."""
        parts = scope.library.options.parts
        groups: dict[str, list[PersonView]] = {label: [] for label in parts.values()}
        for ref in people.in_order(scope, refs):
            label = parts.get(people.part_of(scope, ref), scope.words("person.also-named"))
            groups.setdefault(label, []).append(people.person(scope, ref))
        key = "person.index-days" if several_days(scope.library) else "person.index"
        return {
            "roles_of": scope.words(key),
            "groups": [(name, found) for name, found in groups.items() if found],
        }

    def card(self, cards: Cards, ref: Ref, entity: Person) -> Card:
        """Name, role and summary."""
        main = cards.library.main_event
        part = main.part_of(ref) if main else ""
        role = entity.role_on(main.start.first if main else None)
        said = entity.summary.startswith(role)  # the summary opens with the role: once is enough
        return cards.plain(
            routes.url(ref),
            entity.name,
            kicker=cards.library.options.parts.get(part, ""),
            strong=entity.summary if said else role,
            text="" if said else entity.summary,
            foot=cards.words(f"kind.{ref.kind}"),
            photo=cards.photo(entity.image),
        )

    def linked(self, make: Linked, ref: Ref, entity: Person) -> Node:
        """A schema.org Person."""
        del ref
        main = make.library.main_event
        portrait = make.pictures.figure(entity.image).path if entity.image else ""
        return {
            "@type": "Person",
            "name": entity.name,
            "familyName": entity.family,
            "givenName": entity.given,
            "description": entity.summary,
            "jobTitle": entity.role_on(main.start.first if main else None),
            "image": make.at(portrait) if portrait else "",
        }


PAGE = PersonPage()
