"""Pages kept between builds, each with what was asked while it was made.

Rows of another code or configuration of ours are not read (see `content.store`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from summitry.checks.asking import Question
from summitry.content.store import Store, framed
from summitry.pages.spec import MadePage

NAME = "pages.sqlite"


class KeptPage(Struct, frozen=True):
    """A page, the questions on whose answers it rests, a digest of these, and its pictures.

    `pictures` has the file in the cache of each address, relative to the cache.
    """

    page: MadePage
    questions: list[Question]
    answers: str
    pictures: dict[str, str]


def read(cache_dir: Path, world: str) -> dict[str, KeptPage]:
    """The pages kept of a `world`: one code, one configuration; those by their addresses."""
    known: dict[Question, Question] = {}  # pages ask the same, which is held once
    return {url: _of_row(said, known) for url, said in _store(cache_dir, world).each()}


def write(cache_dir: Path, world: str, new: Iterable[KeptPage], gone: Iterable[str]) -> None:
    """Keep pages, and forget those at the addresses that are gone."""
    _store(cache_dir, world).write(((kept.page.url, _as_row(kept)) for kept in new), gone)


def _store(cache_dir: Path, world: str) -> Store:
    return Store(
        cache_dir / NAME,
        lambda name, said: hashlib.sha256(framed(world.encode(), name, said)).digest(),
    )


def _as_row(kept: KeptPage) -> bytes:
    """A line of JSON, and the HTML behind it as it is, which is most of it."""
    page = asdict(kept.page)
    raw: bytes = page.pop("raw")
    said = {"page": page, "questions": kept.questions, "answers": kept.answers}
    return json.dumps({**said, "pictures": kept.pictures}).encode() + b"\n" + raw


def _of_row(row: bytes, known: dict[Question, Question]) -> KeptPage:
    head, _, raw = row.partition(b"\n")
    said: dict[str, Any] = json.loads(head)
    asked = ((name, of) for name, of in said["questions"])
    questions = [known.setdefault(one, one) for one in asked]
    page = MadePage(**said["page"], raw=raw)
    return KeptPage(page, questions, said["answers"], said["pictures"])
