"""No paragraph without a source, and no summary.

A paragraph cites a source, or links a quote or a fact. A paragraph whose words all stand inside
links to this site is a card or shows the way to a page: it states nothing and needs no source. So
a way to another page is written as a link, with all its words in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitry.content import routes
from summitry.content.kinds import Image, Person, Place
from summitry.content.library import Item, Library
from summitry.content.problems import Problem
from summitry.content.prose import Link, Paragraph
from summitry.content.values import Ref

SETTLING = frozenset({"quotes", "facts"})  # a link to one of these is as good as a citation


def citing_problems(library: Library) -> Iterator[Problem]:
    """Every statement that no source is given for."""
    for item in library.items.values():
        yield from _unsourced(library, item)
        yield from _uncited(library, item.path, item.prose.paragraphs)
    for story in library.stories.values():
        if story.meta.sourcing != "none":
            yield from _uncited(library, story.file, story.prose.paragraphs)


def coverage(library: Library) -> tuple[int, int]:
    """How many paragraphs of narrative pages cite, and how many there are that should."""
    told = [
        _cites(library, story.file, paragraph)
        for story in library.stories.values()
        if story.meta.sourcing != "none"
        for paragraph in stating(story.prose.paragraphs)
    ]
    return sum(told), len(told)


def linked(library: Library, path: str, links: Iterable[Link]) -> Iterator[Ref]:
    """The entities to which links of a file lead."""
    for link in links:
        goal = routes.resolve(link.target.partition("#")[0], path)
        if ref := routes.entity_of(goal, library.content_dir):
            yield ref


def _uncited(library: Library, path: str, paragraphs: list[Paragraph]) -> Iterator[Problem]:
    for paragraph in stating(paragraphs):
        if not _cites(library, path, paragraph):
            what = {"item": "item", "row": "row of the table"}.get(paragraph.kind, "paragraph")
            message = f"the {what} names no source"
            hint = "add [@source-id], or link a quote or a fact"
            yield Problem(path, paragraph.mark, "uncited", message, hint)


def stating(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, items and rows that state something and so have to cite."""
    return [found for found in paragraphs if found.stated and found.kind != "heading"]


def _cites(
    library: Library, path: str, paragraph: Paragraph, settling: frozenset[str] = SETTLING
) -> bool:
    refs = linked(library, path, paragraph.links)
    return bool(paragraph.citations) or any(ref.kind in settling for ref in refs)


def _unsourced(library: Library, item: Item) -> Iterator[Problem]:
    """What front matter states without a source.

    Events, quotes, facts and terms have evidence by their form; a source speaks of itself.
    """
    entity = item.entity
    if isinstance(entity, Person | Place) and entity.summary and not entity.evidence:
        message = "nothing says what the summary rests on"
        at = item.document.marks.value(("summary",))
        yield Problem(item.path, at, "uncited", message, "add evidence: with a source")
    if isinstance(entity, Image) and not entity.journeys:
        told, settling = item.fields[("caption",)].paragraphs, SETTLING | {"events"}
        if not any(_cites(library, item.path, paragraph, settling) for paragraph in told):
            at = item.document.marks.value(("caption",))
            hint = "add [@source-id], or link a quote, a fact or an event"
            yield Problem(item.path, at, "uncited", "the caption names no source", hint)
