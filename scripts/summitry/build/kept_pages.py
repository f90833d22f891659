"""Pages kept between builds, each with what was asked while it was made.

The file can be deleted at any time. It is trusted with nothing: each row has a digest of all that
it says, and rows of another code, site or library of ours are not read. Several builds may use it
at once; where it cannot be read or written it is as if it were empty.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from summitry.checks.asking import Question
from summitry.pages.spec import MadePage

NAME = "pages.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, sum BLOB, said TEXT, html TEXT)"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page, the questions on whose answers it rests, a digest of these, and its pictures.

    `pictures` has the file in the cache of each address, relative to the cache.
    """

    page: MadePage
    questions: list[Question]
    answers: str
    pictures: dict[str, str]


def read(cache_dir: Path, world: str) -> dict[str, KeptPage]:
    """The pages kept of a `world`: one code, one configuration; those by their addresses."""
    try:
        with closing(_opened(cache_dir)) as db:
            rows = db.execute("SELECT url, sum, said, html FROM pages").fetchall()
    except (sqlite3.Error, OSError):
        return {}
    found = {}
    for url, total, said, html in rows:
        if total == _sum(world, url, said, html):
            found[url] = _of_row(json.loads(said), html)
    return found


def write(cache_dir: Path, world: str, new: Iterable[KeptPage], gone: Iterable[str]) -> None:
    """Keep pages, and forget those at the addresses that are gone."""
    rows = []
    for kept in new:
        said, html = _as_row(kept)
        rows.append((kept.page.url, _sum(world, kept.page.url, said, html), said, html))
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        _put(cache_dir, rows, [(url,) for url in gone])
    except sqlite3.OperationalError:  # another build is writing, or the disk is full
        return
    except (sqlite3.Error, OSError):  # no database of ours: the next build begins anew
        (cache_dir / NAME).unlink(missing_ok=True)


def _put(cache_dir: Path, rows: list[tuple[str, bytes, str, str]], gone: list[tuple[str]]) -> None:
    with closing(_opened(cache_dir)) as db, db:
        db.executemany("DELETE FROM pages WHERE url = ?", gone)
        db.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", rows)


def _opened(cache_dir: Path) -> sqlite3.Connection:
    db = sqlite3.connect(cache_dir / NAME, timeout=1)
    db.execute("PRAGMA synchronous = OFF")  # what a crash of the machine spoils has a wrong digest
    db.execute(_TABLE)
    return db


def _sum(world: str, *parts: str) -> bytes:
    total = hashlib.sha256()
    for part in (world, *parts):
        raw = part.encode("utf-8", "surrogatepass")
        total.update(b"%d:" % len(raw) + raw)
    return total.digest()


def _as_row(kept: KeptPage) -> tuple[str, str]:
    page = asdict(kept.page)
    html = page.pop("html")
    said = {"page": page, "questions": kept.questions, "answers": kept.answers}
    return json.dumps({**said, "pictures": kept.pictures}), html


def _of_row(said: dict[str, Any], html: str) -> KeptPage:
    questions = [(name, of) for name, of in said["questions"]]
    page = MadePage(**said["page"], html=html)
    return KeptPage(page, questions, said["answers"], said["pictures"])
