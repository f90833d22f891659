"""What a search asks first: names in each spelling, and the questions that pages answer.

The full text is Pagefind's. This is small enough to come whole, so the script can forgive a slip of
the finger and know a question from the words in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import KINDS, Entity, Fact, Person, Place, Term
from summitry.content.library import STORIES
from summitry.content.prose import plain
from summitry.content.values import ProseText
from summitry.words.catalogue import Words


class Found(NamedTuple):
    """An entry: its address, the kind's name, its title, a line about it, and what it is asked as.

    `names` are spellings of one name; a search for one of them is for this page before any other.
    """

    address: str
    kind: str
    title: str
    line: str
    names: list[str]
    asked: list[str]


def as_json(library: CheckedLibrary, words: Words) -> str:
    """All entries, as arrays in the order of their fields."""
    found = [*_entities(library, words), *_pages(library, words), *_lists(library, words)]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def _entities(library: CheckedLibrary, words: Words) -> Iterator[Found]:
    for item in library.every():
        entity = item.entity
        names = _names(entity)
        label = [entity.label] if isinstance(entity, Fact) and entity.label else []
        asked = [*label, *entity.asked_as] if isinstance(entity, Fact) else []
        if (names or asked) and not entity.withdrawn:
            title, line = _text(entity.title), _line(words, entity)
            kind = words(f"kinds.{item.ref.kind}")
            yield Found(routes.url(item.ref), kind, title, line, names, asked)


def _names(entity: Entity) -> list[str]:
    if isinstance(entity, Person | Place):
        return [entity.name, *entity.aliases]
    if isinstance(entity, Term):
        short = [entity.abbreviation] if entity.abbreviation else []
        return [entity.name, *short, *entity.aliases]
    return []


def _line(words: Words, entity: Entity) -> str:
    """What is said of it in a sentence; of a question, the answer."""
    if isinstance(entity, Fact):
        if entity.question:
            answer = words("fact.we-use", answer=entity.we_use) if entity.we_use else ""
            return answer or words("fact.open")
        return ""
    if isinstance(entity, Term):
        return _text(entity.definition)
    return _text(entity.summary or "")


def _pages(library: CheckedLibrary, words: Words) -> Iterator[Found]:
    for story in library.stories.values():
        address, line = routes.story_url(story.path), story.meta.description or ""
        asked = [story.title, *story.meta.asked_as]
        yield Found(address, words(f"kinds.{STORIES}"), story.title, line, [], asked)


def _lists(library: CheckedLibrary, words: Words) -> Iterator[Found]:
    kind, timeline = words("script.pages"), words("timeline.title")
    for name in KINDS:
        title, count = words(f"kinds.{name}"), len(library.items(name))
        line = words("listing.description", kinds=title, count=count)
        yield Found(routes.index_url(name), kind, title, line, [title], [])
    yield Found(routes.TIMELINE, kind, timeline, words("timeline.description"), [timeline], [])


def _text(prose: str) -> str:
    return plain(prose) if isinstance(prose, ProseText) else prose
