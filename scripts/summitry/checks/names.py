"""One spelling for a name: in our own words, people are called as their file spells them.

Sources spell names in their own ways, which stay inside quotation marks, passages and titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from summitry.checks.spans import outside
from summitry.content.kinds import Person
from summitry.content.library import Library
from summitry.content.problems import Mark, Problem

NEAR = 0.7  # alike enough to be the same word in another spelling, by difflib
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def name_problems(library: Library) -> list[Problem]:
    """Every name in our prose that is spelt otherwise than in the person's file."""
    variants = _variants(library)
    if not variants:
        return []
    wrong = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(variants)))})\b")
    found = []
    for path, mark, text in _ours(library):
        for word in dict.fromkeys(wrong.findall(outside(text))):
            message = f"“{word}” is spelt “{variants[word]}” on this site"
            hint = "spell it so; a source's own spelling stands in quotation marks"
            found.append(Problem(path, mark, "name-spelling", message, hint))
    return found


def _variants(library: Library) -> dict[str, str]:
    """Other spellings of a word of a name, from people's aliases, each with ours."""
    names = [item.entity for item in library.of_kind("people") if isinstance(item.entity, Person)]
    ours = {word for person in names for word in _WORD.findall(person.name)}
    found = {}
    for person in names:
        for word in {word for alias in person.aliases for word in _WORD.findall(alias)} - ours:
            for mine in _WORD.findall(person.name):
                if SequenceMatcher(None, word, mine).ratio() >= NEAR:
                    found[word] = mine
    return found


def _ours(library: Library) -> Iterator[tuple[str, Mark, str]]:
    """Our own prose: where it stands, and its words."""
    for item in library.items.values():
        for loc, prose in item.fields.items():
            at = item.document.marks.value(loc)
            yield from ((item.path, at, paragraph.text) for paragraph in prose.paragraphs)
        if item.entity.summary:
            at = item.document.marks.value(("summary",))
            yield item.path, at, item.entity.summary
        for paragraph in item.prose.paragraphs:
            yield item.path, paragraph.mark, paragraph.text
    for story in library.stories.values():
        for paragraph in story.prose.paragraphs:
            yield story.file, paragraph.mark, paragraph.text
        for name in ("title", "description", "eyebrow"):
            if text := getattr(story.meta, name):
                yield story.file, story.document.marks.value((name,)), text
