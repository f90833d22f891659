"""A negative is a claim: what says that there is none, or one alone, names the search for it.

Asked of the site's own words: what stands in quotation marks, in a passage of a source or in
our summary of one is the source's. Where such a passage says it itself, the statement is the
source's too. Else the entity has a `searched`; a paragraph of a page rests on one of its page,
or on that of an entity that it links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from summitry.checks.backing import Backing, Passages
from summitry.checks.citing import linked
from summitry.checks.negative_words import KEPT, Negative, negatives, says
from summitry.checks.spans import outside
from summitry.content.earlier import Earlier
from summitry.content.kinds.pieces import PageSearch, Searched
from summitry.content.library import Item, Library, Story
from summitry.content.options import Options
from summitry.content.problems import Mark, Problem
from summitry.content.prose import HIDDEN, Paragraph
from summitry.content.scalars import quoted

# Prose that tells what a source says, and prose on the history of a file.
_NOT_OURS = frozenset({"says", "why"})
_SEARCH = "{on: its day, where: what was searched, for: what was sought"
_REWORD = "say what the sources say; or search"
_STOP = re.compile(r"[.!?…]\s+")
_META = ("title", "description", "eyebrow")


class _Told(NamedTuple):
    """Words of ours: as readers see them, where, and the paragraph whose links they have."""

    text: str
    mark: Mark
    paragraph: Paragraph | None = None


def searched_problems(
    library: Library, passages: Passages, options: Options, today: date, earlier: Earlier
) -> Iterator[Problem]:
    """Every negative without a search, and what is wrong with searches or out of date."""
    for item in library.items.values():
        if search := item.entity.searched:
            mark = item.document.marks.value(("searched", "on"))
            yield from dated(options, item.path, mark, search, today)
        elif not item.entity.withdrawn:
            yield from _of_item(library, passages, item, earlier)
    for story in library.stories.values():
        for i, search in enumerate(story.meta.searched):
            mark = story.document.marks.value(("searched", i, "on"))
            yield from dated(options, story.file, mark, search, today)
        yield from _of_story(library, passages, story)


def age(search: Searched, today: date) -> int:
    """How many days ago a search was made."""
    return (today - search.on.first).days


def rests_on(text: str, search: PageSearch) -> bool:
    """Whether a text, as written or shown, has the words of a search."""
    return _shown(search.words) in _shown(text)


def dated(
    options: Options, path: str, mark: Mark, search: Searched, today: date
) -> Iterator[Problem]:
    """What is wrong with the day of a search, or that it is long past."""
    days = age(search, today)
    if days < 0:
        message = f"the search is of {search.on}, which has not come yet"
        yield Problem(path, mark, "bad-date", message, "write the day on which it was made")
    elif days > options.searched_for_days:
        message = f"this was searched {days} days ago, limit {options.searched_for_days}"
        yield Problem(path, mark, "old-search", message, note=True)


def _of_item(
    library: Library, passages: Passages, item: Item, earlier: Earlier
) -> Iterator[Problem]:
    for told in _denying(item, earlier):
        own = _said(passages.own(item))
        for found in _unsaid(library, passages, item.path, told, own):
            hint = f"{_REWORD}, and add searched: {_SEARCH}}}"
            yield _unsearched(item.path, told.mark, found, hint)


def find_denying(library: Library, earlier: Earlier) -> None:
    """Find the texts of entities that have negatives, for when these are told."""
    for item in library.items.values():
        if not item.entity.searched and not item.entity.withdrawn:
            _denying(item, earlier)


def _denying(item: Item, earlier: Earlier) -> list[_Told]:
    def find() -> list[_Told]:
        return [told for told in _told_by_item(item) if negatives(told.text)]

    return earlier.again("denying", item.path, item, find)


def _told_by_item(item: Item) -> Iterator[_Told]:
    """The words of an entity: its prose, its summary, the answers that it lists."""
    marks = item.document.marks
    for loc, prose in item.fields.items():
        if loc[-1] not in _NOT_OURS:
            yield from (_Told(_shown(p.text), marks.value(loc), p) for p in prose.paragraphs)
    if item.entity.summary:
        yield _Told(_shown(item.entity.summary), marks.value(("summary",)))
    for i, position in enumerate(getattr(item.entity, "positions", ())):
        yield _Told(_shown(position.value), marks.value(("positions", i, "value")))
    yield from (_Told(_shown(p.text), p.mark, p) for p in item.prose.paragraphs)


def _of_story(library: Library, passages: Passages, story: Story) -> Iterator[Problem]:
    marks, every = story.document.marks, [_shown(p.text) for p in story.prose.paragraphs]
    heads = [(name, getattr(story.meta, name)) for name in _META if getattr(story.meta, name)]
    for i, search in enumerate(story.meta.searched):
        if not any(
            _shown(search.words) in text for text in [*every, *(_shown(t) for _, t in heads)]
        ):
            message = f"the page does not have the words “{search.words}”"
            yield Problem(
                story.file, marks.value(("searched", i, "words")), "stray-search", message
            )
    if story.meta.sourcing == "none":
        return
    told = [_Told(_shown(text), marks.value((name,))) for name, text in heads]
    told += [_Told(_shown(p.text), p.mark, p) for p in story.prose.paragraphs if p.stated]
    told = [one for one in told if negatives(one.text)]
    near = _said(passages.near(story.file, story.prose.paragraphs)) if told else []
    for one in told:
        own = [] if one.paragraph else near  # what stands above the text rests on all of it
        for found in _unsaid(library, passages, story.file, one, own):
            if not any(_covers(search, one.text, found) for search in story.meta.searched):
                words = quoted(_sentence(one.text, found))
                hint = f"{_REWORD}, and add searched: [{_SEARCH}, words: {words}}}]"
                yield _unsearched(story.file, one.mark, found, hint)


def _sentence(text: str, found: Negative) -> str:
    """The sentence with a negative, without its stop: the page lists a search under these words."""
    starts = [end.end() for end in _STOP.finditer(text, 0, found.start)]
    ends = [end.start() for end in _STOP.finditer(text, found.end)]
    return text[max(starts, default=0) : min(ends, default=len(text))].strip().rstrip(".!?…")


def _unsaid(
    library: Library, passages: Passages, path: str, told: _Told, own: list[str]
) -> Iterator[Negative]:
    """The negatives that no passage says, and no search of something linked stands behind."""
    found = negatives(told.text)
    if not found:
        return
    texts, paragraphs = list(own), [told.paragraph] if told.paragraph else []
    for ref in (ref for p in paragraphs for ref in linked(library, path, p.links)):
        if ref in library.items and library.items[ref].entity.searched:
            return
    texts += _said(passages.near(path, paragraphs))
    yield from (one for one in found if not any(says(text, one.sense) for text in texts))


def _said(backings: list[Backing]) -> list[str]:
    """The words of sources, without their titles."""
    return [one.text for one in backings if not one.title]


def _covers(search: PageSearch, text: str, found: Negative) -> bool:
    """Whether the words of a search hold a part of a negative."""
    words = _shown(search.words)
    at = text.find(words)
    while at >= 0:
        if at < found.end and found.start < at + len(words):
            return True
        at = text.find(words, at + 1)
    return False


@lru_cache(KEPT)
def _shown(text: str) -> str:
    """A text as readers see it, without what stands in quotation marks, on one line."""
    return " ".join(outside(text).replace(HIDDEN, "").split())


def _unsearched(path: str, mark: Mark, found: Negative, hint: str) -> Problem:
    message = f"“{found.text}” is a negative, and no search for what it denies is named"
    return Problem(path, mark, "unsearched", message, hint)
