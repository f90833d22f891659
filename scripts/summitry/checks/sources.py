"""Sources that nobody could find, pages in two files, and independence that nothing states.

What is counted as two must be two: a page counts once, under whatever address, and pages of one
publisher count once until `origin` says that something else stands behind each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from summitry.checks.ledger import CAPTURE
from summitry.checks.support import newsroom, rests_on_publisher
from summitry.content.kinds import Source
from summitry.content.library import Item, Library
from summitry.content.problems import START, Problem, listed
from summitry.content.webaddress import is_archive
from summitry.proof import characters
from summitry.proof.capture import Capture

_COPIED = re.compile(r"/(https?:/{1,2}.+)", re.IGNORECASE)
_SAME_HOST = re.compile(r"^(?:www|m|mobile|amp)\.")
_SAME_PATH = re.compile(r"(?:/amp|/index\.(?:html?|php))?/*$", re.IGNORECASE)
# What sites add to an address to follow readers.
_FOLLOWING = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|igshid|mc_[ce]id|ref|amp)$", re.IGNORECASE)

_Sources = dict[str, tuple[Item, Source]]


def source_problems(library: Library, captures: Mapping[str, list[Capture]]) -> Iterator[Problem]:
    """What is wrong with sources; a note where they count as one because no origin is named."""
    yield from _strange(library, captures)
    kept = [(i, i.entity) for i in library.of_kind("sources") if not i.entity.withdrawn]
    sources = {i.ref.id: (i, e) for i, e in kept if isinstance(e, Source)}
    yield from _unfindable(sources)
    yield from _twins(sources)
    yield from _unsaid(sources)


def _strange(library: Library, captures: Mapping[str, list[Capture]]) -> Iterator[Problem]:
    """A hidden or misleading character in what a capture says of itself, which pages show."""
    for name, kept in captures.items():
        path = f"{library.content_dir}/sources/{name}{CAPTURE}"
        for one in kept:
            for field, text in (("by", one.by), ("extractor", one.extractor), ("url", one.url)):
                for _, code, message in characters.findings(text):
                    hint = "make the capture again: summitry capture"
                    yield Problem(path, START, code, f"{field}: {message}", hint)


def _unfindable(sources: _Sources) -> Iterator[Problem]:
    """A type and a title alone lead nobody to a source."""
    for item, source in sources.values():
        printed = source.publisher and source.issued
        if not (source.url or source.archive_url or source.found_at or printed):
            message = "title: nothing else says where this source is found"
            hint = (
                "give url:, or publisher: and issued:, or say in found_at: where it is, or why not"
            )
            mark = item.document.marks.value(("title",))
            yield Problem(item.path, mark, "unfindable", message, hint)


def _twins(sources: _Sources) -> Iterator[Problem]:
    """A source that another file has already."""
    seen: dict[tuple[str, ...], Item] = {}
    for item, entity in sources.values():
        for field, key in _keys(entity):
            other = seen.setdefault(key, item)
            if other is not item and not _on_other_days(field, entity, other):
                what = "address" if field != "title" else "title and publisher"
                message = f"{field}: {other.ref.id} has the same {what}: one page counts once"
                hint = f"keep one file, with the other's id in formerly:, and cite {other.ref.id}"
                mark = item.document.marks.value((field,))
                yield Problem(item.path, mark, "same-source", message, hint)
                break


def _unsaid(sources: _Sources) -> Iterator[Problem]:
    """Sources that count as one because one publisher has them and no origin is named."""
    by: dict[str, list[str]] = {}
    for name, (_, source) in sources.items():
        if source.publisher:
            by.setdefault(newsroom(source.publisher), []).append(name)
    for name, (item, source) in sources.items():
        others = [o for o in by.get(newsroom(source.publisher or ""), []) if o != name]
        if others and rests_on_publisher(source):
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            message = f"publisher: this counts as one with {listed(others[:3])}{more}, of one house"
            hint = "name the newsroom or document behind each in origin:"
            mark = item.document.marks.value(("publisher",))
            yield Problem(item.path, mark, "shared-publisher", message, hint, note=True)


def _keys(source: Source) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a source is known by, with the field that says it."""
    for field, address in (("url", source.url), ("archive_url", source.archive_url)):
        if address:
            yield field, ("address", page_of(address))
    if source.publisher:
        yield "title", ("title", _letters(source.name), newsroom(source.publisher))


def _on_other_days(field: str, source: Source, other: Item) -> bool:
    """Whether two of one title and house are of different days, as a daily briefing is."""
    first = other.entity.issued if isinstance(other.entity, Source) else None
    apart = first and source.issued and (source.issued.before(first) or first.before(source.issued))
    return field == "title" and bool(apart)


@lru_cache(1 << 15)
def page_of(address: str) -> str:
    """What is the same of two addresses of one page, whatever its scheme and its copies."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    copied = _COPIED.search(parts.path) if is_archive(host) else None
    if copied:
        query = f"?{parts.query}" if parts.query else ""
        return page_of(re.sub(r":/+", "://", copied[1], count=1) + query)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(sorted(f"{k}={v}" for k, v in asked if not _FOLLOWING.match(k)))
    path = _SAME_PATH.sub("", unquote(parts.path))
    return f"{_SAME_HOST.sub('', host)}{path}?{query}"


@lru_cache(1 << 14)
def _letters(title: str) -> str:
    """A title without case, accents' forms, marks and spaces."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    return "".join(char for char in plain if char.isalnum()) or plain
