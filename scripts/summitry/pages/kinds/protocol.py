"""What every kind of entity says of itself on the site: the protocol of its file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from summitry.content import routes
from summitry.content.kinds import Entity
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.views import links
from summitry.words.catalogue import Words

E = TypeVar("E", bound=Entity)


class KindPage(ABC, Generic[E]):
    """The pages of one kind. A file in this folder makes one and names it `PAGE`.

    What is abstract has no answer that would fit every kind: a part that is forgotten is an
    error of types where the file makes its `PAGE`.
    """

    cited: ClassVar[bool] = False
    """Whether its own page is cited, besides the sources on it."""
    above: ClassVar[tuple[str, ...]] = ()
    """Kinds whose references have a section of their own on its page."""
    crumbs: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys of names, and addresses, between the first page and the index of the kind."""

    # Its page

    def title(self, scope: Scope, ref: Ref, entity: E) -> str:
        """The title of its page."""
        del entity
        return scope.title(ref)

    @abstractmethod
    def description(self, scope: Scope, ref: Ref, entity: E) -> str:
        """One or two sentences for search engines and for those who share the page."""

    @abstractmethod
    def page(self, scope: Scope, ref: Ref, entity: E) -> dict[str, Any]:
        """The values that its template shows besides the entity itself."""

    def sources_cited(self, scope: Scope, ref: Ref) -> list[Ref]:
        """The sources that its *How to cite* names besides the page."""
        del scope, ref
        return []

    # In lists, cards and indexes

    @abstractmethod
    def line(self, scope: Scope, entity: E) -> str:
        """What a list says of it besides its name."""

    def view(self, scope: Scope, ref: Ref) -> Any:
        """The values for its card in prose; by default a link with a line."""
        return links.named(scope, ref)

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """The values for the template of its index; by default links in the order of names."""
        named = [links.named(scope, ref) for ref in refs]
        return {"links": sorted(named, key=lambda link: link.name.casefold())}

    # For other programs

    def heading(self, entity: E) -> str:
        """The field whose words its picture for sharing shows largest."""
        del entity
        return "name"

    @abstractmethod
    def card(self, cards: Cards, ref: Ref, entity: E) -> Card:
        """Its picture for sharing."""

    @abstractmethod
    def linked(self, make: Linked, ref: Ref, entity: E) -> Node:
        """What it is in schema.org's words."""

    def trail(self, words: Words, kind: str) -> list[tuple[str, str]]:
        """Names and addresses from the first page down to the index of the kind."""
        own = [(f"kinds.{kind}", routes.index_url(kind))]
        return [(words(key), address) for key, address in (*self.crumbs, *own)]
