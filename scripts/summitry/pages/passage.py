"""The way through the story: its pages in their order, and where a page stands among them."""

from __future__ import annotations

from msgspec import Struct

from summitry.content.kinds import KINDS
from summitry.content.library import Story
from summitry.content.options import Options
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.markdown import Rendered


class Stop(Struct, frozen=True):
    """A page of the story: its number in the order, from 1, and what it promises."""

    number: int
    href: str
    name: str
    promise: str


class PassageView(Struct, frozen=True):
    """Where a page of the story stands: its stop, those around it, and where the story begins."""

    stop: Stop
    count: int
    start: for_templates.LinkView
    before: Stop | None
    after: Stop | None


def stops(scope: Scope) -> list[Stop]:
    """The pages of the story in their order."""
    return [
        Stop(number, scope.to(item.to), item.label, _promise(scope, item.to))
        for number, item in enumerate(scope.library.options.story, 1)
    ]


def _promise(scope: Scope, address: str) -> str:
    """What a page says of itself in one sentence; of the index of a kind, how many there are."""
    if path := scope.library.story_at(address):
        return scope.library.promise(path)
    kind = address.rstrip("/")
    if kind not in KINDS:
        return ""
    count = len(scope.library.refs(kind))
    return scope.words("listing.description", kinds=scope.words(f"kinds.{kind}"), count=count)


def passage(scope: Scope) -> PassageView | None:
    """Where the page that `scope` makes stands in the story; None if it is none of its pages."""
    options = scope.library.options
    order = [item.to for item in options.story]
    if len(order) < 2 or scope.here not in order:
        return None
    found, at = stops(scope), order.index(scope.here)
    start = for_templates.LinkView(scope.to(options.story_page), scope.words("story.whole"))
    after = found[at + 1] if at + 1 < len(found) else None
    return PassageView(found[at], len(found), start, found[at - 1] if at else None, after)


def section(options: Options, address: str) -> str:
    """The item of the header that a page belongs to: of a page of the story, where it begins."""
    told = options.story_page and any(item.to == address for item in options.story)
    return options.story_page if told else address


def page_at(scope: Scope, address: str) -> Story:
    """The narrative page at an address of the site, or the first page where there is none."""
    library = scope.library
    return library.stories[library.story_at(address) or library.story_at("") or ""]


def beginning(scope: Scope) -> tuple[Story, Rendered]:
    """The page that begins the story, and its text as it stands on the page that `scope` makes.

    Its first section is the short account: what stands above the second-level headings.
    """
    story = page_at(scope, scope.library.options.story_page)
    return story, scope.markdown(story.document.body, story.file)
