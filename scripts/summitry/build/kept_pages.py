"""Pages kept between builds, each with what was asked while it was made.

Rows of another code or configuration of ours are not read (see `content.store`). Documents are kept
apart from what is known of them: they are most of a site, and most are not looked at in a build.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from summitry.checks.asking import Question
from summitry.content.store import Store, framed, plain_sum
from summitry.pages.spec import MadePage

NAME, DOCUMENTS = "pages.sqlite", "documents.sqlite"
_ROOM = 1 << 25  # bytes of documents that a build holds


class KeptPage(Struct, frozen=True):
    """A page, the questions on whose answers it rests, a digest of these, and its pictures.

    `pictures` has the file in the cache of each address, relative to the cache.
    """

    page: MadePage
    questions: list[Question]
    answers: str
    pictures: dict[str, str]


class Documents:
    """The documents of pages by their digests: the first ones are held, the others read again."""

    def __init__(self, cache_dir: Path) -> None:
        self._store = Store(cache_dir / DOCUMENTS, plain_sum)
        self._held: dict[str, bytes] = {}
        self._room = _ROOM

    def put(self, pages: Iterable[MadePage]) -> None:
        """Keep the documents of pages. Where they cannot be written, all are held."""
        new = {page.digest: page.raw for page in pages}
        is_written = self._store.write(new.items(), [])
        for name, raw in new.items():
            if self._room > len(raw) or not is_written:
                self._held[name] = raw
                self._room -= len(raw)

    def get(self, digest: str) -> bytes | None:
        """A document, if it is kept and whole."""
        return self._held.get(digest) or self._store.get(digest)


def read(cache_dir: Path, world: str) -> dict[str, KeptPage]:
    """The pages kept of a `world`: one code, one configuration; those by their addresses.

    They come without their documents, which `Documents` has; to read one here is a LookupError.
    """
    known: dict[Question, Question] = {}  # pages ask the same, which is held once
    return {url: _of_row(said, known) for url, said in _store(cache_dir, world).each()}


def read_whole(cache_dir: Path, world: str) -> dict[str, KeptPage]:
    """The same with their documents; those that have none are left out."""
    documents = Store(cache_dir / DOCUMENTS, plain_sum).read()
    return {
        url: replace(kept, page=replace(kept.page, body=documents[kept.page.digest]))
        for url, kept in read(cache_dir, world).items()
        if kept.page.digest in documents
    }


def write(cache_dir: Path, world: str, new: Iterable[KeptPage], gone: Iterable[str]) -> None:
    """Keep what is known of pages, and forget those at the addresses that are gone."""
    _store(cache_dir, world).write(((kept.page.url, _as_row(kept)) for kept in new), gone)


def sweep(cache_dir: Path, digests: set[str]) -> None:
    """Forget all documents but those with these digests."""
    documents = Store(cache_dir / DOCUMENTS, plain_sum)
    if gone := documents.names() - digests:
        documents.write([], gone)


def _store(cache_dir: Path, world: str) -> Store:
    return Store(cache_dir / NAME, lambda name, said: plain_sum(framed(world.encode(), name), said))


def _as_row(kept: KeptPage) -> bytes:
    page = asdict(kept.page)
    del page["body"]
    said = {"page": page, "questions": kept.questions, "answers": kept.answers}
    return json.dumps({**said, "pictures": kept.pictures}).encode()


def _of_row(row: bytes, known: dict[Question, Question]) -> KeptPage:
    said: dict[str, Any] = json.loads(row)
    asked = ((name, of) for name, of in said["questions"])
    questions = [known.setdefault(one, one) for one in asked]
    page = MadePage(**said["page"], body=_unread)
    return KeptPage(page, questions, said["answers"], said["pictures"])


def _unread() -> bytes:
    raise LookupError("the document of this page is kept elsewhere")
