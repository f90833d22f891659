"""What the site states, piece by piece, for somebody who reads it a second time.

A statement is an entity, or a paragraph, an item or a row of a page that has to cite, or such
a page's title and description. Its hash covers what the second reader sees, so a change of
that asks for another reading, and a change of anything else does not.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from summitry.checks.citing import SETTLING, linked, stating
from summitry.checks.negatives import rests_on
from summitry.content.earlier import Earlier
from summitry.content.kinds import Fact
from summitry.content.kinds.pieces import PageSearch, Part
from summitry.content.library import Item, Library, Story, StoryMeta
from summitry.content.problems import START, Mark
from summitry.content.prose import Cited, Link
from summitry.content.values import Ref

HASH = 16  # hex digits, of SHA-256

# Fields that state nothing: names for search, addresses elsewhere, the history of a file, the
# picture beside it, and how it is filed and laid out. Every other field is read.
BOOKKEEPING = frozenset(
    {"aliases", "same_as", "formerly", "corrections", "withdrawn", "image", "figure", "focus",
     "accessed", "archive_url", "acquire_license_page", "topic", "weight", "layout", "sourcing",
     "time_zone", "recaptured", "asked_as", "family", "given", "short"}
)  # fmt: skip
# What a quotation states to whoever links it; of a fact that is its answer, not its evidence.
_SAID = ("text", "speaker", "said_on")
_ANSWERED = ("statement", "question", "we_use")

_WRAPPED = re.compile(r"\n[ \t]*(?:>[ \t]?)*")  # a line's end within a paragraph
_APART = re.compile(r"\n(?:[ \t]*(?:>[ \t]?)*\n)+")  # what parts one paragraph from the next


class Statement(Struct, frozen=True):
    """Something to read: the fields that state it, its prose as written, and what that cites.

    `id` is `kind/id`, or the file of a page; the paragraphs of a page share it. `part` has the
    fields, of which `BOOKKEEPING` does not belong to the statement. `hash` is 16 hex digits.
    """

    id: str
    path: str
    mark: Mark
    part: Part | None
    texts: tuple[str, ...]
    links: tuple[Link, ...]
    citations: tuple[Cited, ...]
    searches: tuple[PageSearch, ...]  # of the page, those on which a paragraph's words rest
    hash: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells one statement from all others."""
        return self.id, self.hash


def statements(library: Library, earlier: Earlier | None = None) -> list[Statement]:
    """Everything that is to be read, by file and place; each once, however often it stands."""
    earlier = earlier or Earlier()
    found: dict[tuple[str, str], Statement] = {}
    for item in library.items.values():
        if not item.entity.withdrawn:
            rests_on = item, _linked_texts(library, item.path, item.prose.links)
            make = partial(_of_item, library, item)
            one = earlier.again("statement", item.path, rests_on, make)
            found[one.key] = one
    for story in library.stories.values():
        if story.meta.sourcing != "none":
            resting = story, _linked_texts(library, story.file, story.prose.links)
            told = earlier.again("statements", story.file, resting, partial(_told, library, story))
            for one in told:
                found.setdefault(one.key, one)
    return list(found.values())


def _linked_texts(library: Library, path: str, links: Iterable[Link]) -> list[bytes]:
    """The files of the facts and quotations that links lead to."""
    texts, items = library.tree.texts, library.items
    return [texts[items[ref].path] for ref in settled_by(library, path, links)]


def _of_item(library: Library, item: Item) -> Statement:
    texts = [text for text in _APART.split(item.document.body) if text.strip()]
    return _made(
        library, str(item.ref), item.path, START, item.entity, texts,
        item.prose.links, item.prose.citations,
    )  # fmt: skip


def _told(library: Library, story: Story) -> list[Statement]:
    return list(_of_story(library, story))


def _of_story(library: Library, story: Story) -> Iterator[Statement]:
    """What stands above a page's text, which rests on all of it, and each of its paragraphs."""
    file, prose = story.file, story.prose
    if fields := stated(story.meta):
        mark = min(story.document.marks.key((name,)) for name in fields)
        yield _made(library, file, file, mark, story.meta, [], prose.links, prose.citations)
    for told in stating(prose.paragraphs):
        searches = [one for one in story.meta.searched if rests_on(told.text, one)]
        yield _made(
            library, file, file, told.mark, None, [told.written], told.links, told.citations,
            searches,
        )  # fmt: skip


def _made(
    library: Library,
    name: str,
    path: str,
    mark: Mark,
    part: Part | None,
    texts: Iterable[str],
    links: Iterable[Link],
    citations: Iterable[Cited],
    searches: Iterable[PageSearch] = (),
) -> Statement:
    texts, links, citations = tuple(map(unwrapped, texts)), tuple(links), tuple(citations)
    searches = tuple(searches)
    data: dict[str, Any] = {
        "fields": stated(part) if part else {},
        "texts": list(texts),
        "sources": sorted({cited.source for cited in citations}),
        "states": {str(ref): states(library, ref) for ref in settled_by(library, path, links)},
    }
    if searches:  # so that the hash of what rests on none is what it was
        data["searched"] = [stated(one) for one in searches]
    return Statement(name, path, mark, part, texts, links, citations, searches, digest(data))


def unwrapped(text: str) -> str:
    """A paragraph as one line, wherever its lines were broken."""
    return " ".join(_WRAPPED.sub(" ", text).split())


def stated(part: Part) -> dict[str, Any]:
    """The fields of an entity, or of a page, that state something, as contributors write them.

    What has its default is left out, so that a field that is new in the model changes no hash.
    """
    return part.model_dump(
        mode="json", by_alias=True, exclude=set(unstated(part)), exclude_defaults=True
    )


def unstated(part: Part) -> frozenset[str]:
    """The fields of a part that are not read with it; a page's searches go with its paragraphs."""
    return BOOKKEEPING | {"searched"} if isinstance(part, StoryMeta) else BOOKKEEPING


def settled_by(library: Library, path: str, links: Iterable[Link]) -> list[Ref]:
    """The facts and quotations that links of a file lead to, each once, in their order."""
    refs = dict.fromkeys(linked(library, path, links))
    return [ref for ref in refs if ref.kind in SETTLING and ref in library.items]


def states(library: Library, ref: Ref) -> dict[str, Any]:
    """What a fact or a quotation states to whoever links it, whatever its evidence."""
    entity = library.items[ref].entity
    fields = stated(entity)
    told = {key: fields[key] for key in (*_SAID, *_ANSWERED) if key in fields}
    if isinstance(entity, Fact) and entity.positions:
        told["values"] = sorted(position.value for position in entity.positions)
    return told


def digest(data: Any) -> str:
    """The first digits of the SHA-256 of data as JSON: sorted keys, no blanks, UTF-8, NFC."""
    text = json.dumps(_normal(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASH]


def _normal(data: Any) -> Any:
    """Data with every text in one Unicode form and every white space as one blank."""
    if isinstance(data, str):
        return " ".join(unicodedata.normalize("NFC", data).split())
    if isinstance(data, dict):
        return {key: _normal(value) for key, value in data.items()}
    return [_normal(value) for value in data] if isinstance(data, list) else data
