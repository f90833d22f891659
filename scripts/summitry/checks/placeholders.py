"""Notes on what is still as `summitry init` or `summitry new` wrote it: one for each file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from summitry.content.earlier import Earlier
from summitry.content.front_matter import Document
from summitry.content.kinds.pieces import Part
from summitry.content.library import Item, Library, Story
from summitry.content.options import Options
from summitry.content.placeholders import is_placeholder, may_hold
from summitry.content.problems import START, Mark, Problem, listed
from summitry.content.prose import Prose
from summitry.content.schema import walk

_SHOWN = 4  # keys that a note names


def placeholder_notes(library: Library, options: Options, earlier: Earlier) -> Iterator[Problem]:
    """A note for each file in which something stands that is to be replaced."""

    def of(path: str, part: Part, file: Item | Story) -> list[Problem]:
        if not may_hold(library.tree.texts.get(path, b"")):
            return []
        return list(_note(path, [*_in_fields(part, file.document), *_in_text(file.prose)]))

    files: list[tuple[str, Part, Item | Story]] = [
        (item.path, item.entity, item) for item in library.items.values()
    ]
    files += [(story.file, story.meta, story) for story in library.stories.values()]
    for path, part, file in files:
        yield from earlier.again("placeholders", path, file, partial(of, path, part, file))
    if is_placeholder(options.rights):
        yield from _note("mkdocs.yml", [("rights", START)])


def stands_in(library: Library, item: Item) -> bool:
    """Whether an entity stands in for one of the site's own."""
    raw = library.tree.texts.get(item.path, b"")
    return may_hold(raw) and any(_in_fields(item.entity, item.document))


def _in_fields(part: Part, document: Document) -> Iterator[tuple[str, Mark]]:
    for loc, value in walk(part):
        if isinstance(value, str) and is_placeholder(value):
            yield ".".join(map(str, loc)), document.marks.value(loc)


def _in_text(prose: Prose) -> Iterator[tuple[str, Mark]]:
    for paragraph in prose.paragraphs:
        if is_placeholder(paragraph.text.strip()):
            yield "the text", paragraph.mark


def _note(path: str, found: list[tuple[str, Mark]]) -> Iterator[Problem]:
    if not found:
        return
    names = list(dict.fromkeys(name for name, _ in found))
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    message = f"still as it was written to be replaced: {listed([*names[:_SHOWN], *more])}"
    yield Problem(path, min(mark for _, mark in found), "placeholder", message, note=True)
