"""A sheet for a class: what a page of A4 holds, from the data that the site's pages show."""

from __future__ import annotations

import re

from msgspec import Struct

from summitry.content.blocks import ClassSheet
from summitry.pages import for_templates, passage
from summitry.pages.context import Scope
from summitry.pages.views import facts, quotes

_HEADING = re.compile(r"<h1\b.*?</h1>\s*", re.DOTALL)


class SheetView(Struct, frozen=True):
    """What the sheet shows. `permalink` is where its sources stand, for who has it on paper."""

    title: str
    account: for_templates.Text
    quotes: list[for_templates.QuoteView]
    dispute: for_templates.FactView
    questions: list[str]
    story: for_templates.LinkView
    permalink: str


def sheet(scope: Scope, block: ClassSheet) -> SheetView:
    """A sheet with the short account of the story's first page above it."""
    story, made = passage.beginning(scope)
    return SheetView(
        title=passage.page_at(scope, "").title,
        account=for_templates.Text(_HEADING.sub("", made.sections[0])),
        quotes=[quotes.quote(scope, ref) for ref in block.quotes],
        dispute=facts.fact(scope, block.dispute),
        questions=list(block.ask),
        story=for_templates.LinkView(scope.link(story.ref), scope.words("story.whole")),
        permalink=scope.permalink(scope.here),
    )
