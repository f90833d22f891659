"""What changed on the site: additions and changes from git, corrections from the files.

Everything here is a list of `Change`, the newest first; the page, the feed and the date on
each page are made from it. The last change of a page is that of *its* content: its own file,
with the proofs and captures beside it, and what it shows as cards or draws in figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import Enum
from pathlib import PurePosixPath

from msgspec import Struct

from summitry.checks.asking import asked
from summitry.checks.checked import CheckedLibrary
from summitry.checks.judging import CAPTURE, PROOF
from summitry.checks.vouching import CONFIRMATION, STAMP
from summitry.content import blocks, routes
from summitry.content.blocks import Listing, Timeline
from summitry.content.kinds import Image
from summitry.content.kinds.pieces import Correction, Withdrawal
from summitry.content.library import STORIES, Story
from summitry.content.values import Ref, ref_of
from summitry.data.history import History

# Kinds in the order in which news of them is told.
_FIRST = (STORIES, "facts", "quotes", "events", "people", "places", "terms", "images")
_LAST = "sources"


class What(Enum):
    """What happened to an entity or page; the value is its name in addresses."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    ADDED = "added"
    CHANGED = "changed"


class Change(Struct, frozen=True):
    """A change on a day; a correction is the `number`th of its entity, counted from 1."""

    day: date
    what: What
    ref: Ref
    notice: Correction | Withdrawal | None = None
    number: int = 0

    @property
    def order(self) -> tuple[int, int, int, str, int]:
        """What to sort by: the newest day first, and on it what matters most to readers."""
        what = list(What).index(self.what)
        return -self.day.toordinal(), what, _rank(self.ref.kind), self.ref.id, -self.number


def _rank(kind: str) -> int:
    """The place of a kind in the news; one that is not listed comes before the sources."""
    if kind in _FIRST:
        return _FIRST.index(kind)
    return len(_FIRST) + (kind == _LAST)


def corrections(library: CheckedLibrary) -> list[Change]:
    """Every correction and withdrawal, the newest first."""
    found = []
    made = [(item.ref, item.entity.corrections) for item in library.every()]
    made += [(story.ref, story.meta.corrections) for story in library.stories.values()]
    for ref, listed in made:
        for number, one in enumerate(listed, 1):
            found.append(Change(one.on.first, What.CORRECTED, ref, one, number))
    for item in library.every():
        if gone := item.entity.withdrawn:
            found.append(Change(gone.on.first, What.WITHDRAWN, item.ref, gone))
    return sorted(found, key=lambda change: change.order)


def every(library: CheckedLibrary, history: History) -> list[Change]:
    """Every change of an entity or narrative page that is there now, the newest first."""
    owners = {path: ref for ref in _refs(library) for path in files(library, ref)}
    found = corrections(library)
    for day, paths in history.days.items():
        whole = {ref: paths[path] for path, ref in _known(paths, owners) if _is_own(path)}
        touched = {ref for _, ref in _known(paths, owners)}
        for ref in touched:
            what = What.ADDED if whole.get(ref) else What.CHANGED
            found.append(Change(day, what, ref))
    return sorted(found, key=lambda change: change.order)


def _known(paths: Iterable[str], owners: dict[str, Ref]) -> Iterator[tuple[str, Ref]]:
    return ((path, owners[path]) for path in paths if path in owners)


def _is_own(path: str) -> bool:
    return path.endswith(".md")


def _refs(library: CheckedLibrary) -> Iterator[Ref]:
    yield from (item.ref for item in library.every())
    # What contributors read is documentation of the generator, not part of the explainer.
    yield from (s.ref for s in library.stories.values() if s.meta.layout != "guide")


def files(library: CheckedLibrary, ref: Ref) -> list[str]:
    """The files that an entity or narrative page is made of."""
    if ref.kind == STORIES:
        return [library.stories[ref.id].file]
    item = library.item(ref)
    stem = item.path.removesuffix(".md")
    found = [item.path, *(stem + end for end in (PROOF, CAPTURE, CONFIRMATION, STAMP))]
    if isinstance(item.entity, Image) and item.entity.file:
        found.append(str(PurePosixPath(item.path).parent / item.entity.file))
    return found


class Updates:
    """The day on which each page's own content last changed."""

    def __init__(self, library: CheckedLibrary, history: History) -> None:
        self._library = library
        self._history = history

    @property
    @asked
    def history(self) -> History:
        """All that git knows."""
        return self._history

    @asked
    def updated(self, ref: Ref) -> date | None:
        """The last change of an entity or a page."""
        return self._history.changed(files(self._library, ref))

    def answering(self) -> dict[str, Callable[[str], object]]:
        """What gives the answer to each question, by its name, in a form that has a digest."""
        return {
            "history": lambda _: self._history.days,
            "updated": lambda of: self.updated(ref_of(of)),
        }

    def of(self, *refs: Ref) -> date | None:
        """The last change of any of these; None where git does not say."""
        return max((day for ref in refs if (day := self.updated(ref))), default=None)

    def of_kinds(self, *kinds: str) -> date | None:
        """The last change of any entity of these kinds."""
        return self.of(*(item.ref for kind in kinds for item in self._library.items(kind)))

    def of_story(self, story: Story) -> date | None:
        """The last change of a narrative page, or of what it shows as cards and figures."""
        return self.of(story.ref, *_shown(self._library, story))


def _shown(library: CheckedLibrary, story: Story) -> Iterator[Ref]:
    """The entities whose content stands on a narrative page; a link to one shows only its name."""
    if story.meta.figure:
        yield story.meta.figure
    for link in story.prose.links:
        goal = routes.resolve(link.target.partition("#")[0], story.file)
        if link.alone and (ref := routes.entity_of(goal, library.content_dir)):
            yield ref
    for fence in story.prose.fences:
        block, named, _ = blocks.read(story.file, fence)
        yield from (ref for ref, _ in named)
        if not named and isinstance(block, Listing):
            yield from (item.ref for item in library.items(block.of))
        if not named and isinstance(block, Timeline):
            yield from (item.ref for item in library.items("events"))


def grouped(changes: Iterable[Change]) -> list[tuple[date, dict[What, dict[str, list[Change]]]]]:
    """Sorted changes by day, by what happened, by kind."""
    days: dict[date, dict[What, dict[str, list[Change]]]] = {}
    for change in changes:
        of_day = days.setdefault(change.day, {})
        of_day.setdefault(change.what, {}).setdefault(change.ref.kind, []).append(change)
    return list(days.items())
