"""What an earlier examination came to: what rests on the same is not worked out again.

While serving it stays in memory. Between commands it is kept in the cache as Python's own pickles,
which must not be read from strangers: so each is sealed with a key that stands outside the project,
in the user's own cache folder, and a file that somebody else's build wrote is no file.
"""

from __future__ import annotations

import gc
import hashlib
import hmac
import os
import pickle
import secrets
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_cache_path

from summitry import PACKAGE

V = TypeVar("V")
NAME = "earlier.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, seal BLOB, said BLOB)"


class Earlier:
    """Results by the file that they are of and what they are, each with what it rested on."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, tuple[object, Any]]] = defaultdict(dict)
        self._changed: set[str] = set()

    def again(self, what: str, of: str, rests_on: object, make: Callable[[], V]) -> V:
        """The result of before if it rested on what is equal to this, else what `make` makes."""
        kept = self._kept[of]
        known = kept.get(what)
        if known is None or known[0] != rests_on:
            known = kept[what] = rests_on, make()
            self._changed.add(of)
        found: V = known[1]
        return found

    @classmethod
    def load(cls, cache_dir: Path) -> Earlier:
        """What commands before came to; nothing where it cannot be read or is not ours."""
        found = cls()
        key = _key()
        try:
            if key is None or not (cache_dir / NAME).is_file():
                return found
            with closing(sqlite3.connect(cache_dir / NAME, timeout=1)) as db:
                rows = db.execute("SELECT path, seal, said FROM files").fetchall()
        except (sqlite3.Error, OSError):
            return found
        gc.disable()  # nothing that is read here is garbage, and to look for some takes long
        for path, seal, said in rows:
            if isinstance(said, bytes) and hmac.compare_digest(_seal(key, path, said), seal):
                found._kept[path] = pickle.loads(said)  # noqa: S301  # sealed by ourselves
        gc.freeze()
        gc.enable()
        return found

    def save(self, cache_dir: Path, paths: set[str]) -> None:
        """Keep what is new for the next command, of the files at `paths` alone."""
        key = _key()
        if key is None or not self._changed:
            return
        rows = []
        for path in sorted(self._changed & paths):
            said = pickle.dumps(self._kept[path], pickle.HIGHEST_PROTOCOL)
            rows.append((path, _seal(key, path, said), said))
        gone = [(path,) for path in self._kept.keys() - paths]
        try:
            cache_dir.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(cache_dir / NAME, timeout=1)) as db, db:
                db.execute("PRAGMA synchronous = OFF")  # what a crash spoils has a broken seal
                db.execute(_TABLE)
                db.executemany("DELETE FROM files WHERE path = ?", gone)
                db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError:  # another command is writing, or the disk is full
            return
        except (sqlite3.Error, OSError):
            (cache_dir / NAME).unlink(missing_ok=True)
        self._changed.clear()


def _seal(key: bytes, path: str, said: bytes) -> bytes:
    name = path.encode("utf-8", "surrogateescape")
    return hmac.digest(key, b"%d:" % len(name) + name + said, "sha256")


@cache
def _key() -> bytes | None:
    """The user's own secret with the state of the code, or None where no secret can be kept."""
    file = user_cache_path("summitry", appauthor=False) / "key"
    try:
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary = file.with_name(f"key-{os.getpid()}-{secrets.token_hex(4)}")
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as new:
                new.write(secrets.token_bytes(32))
            temporary.replace(file)
        secret = file.read_bytes()
    except OSError:
        return None
    return hashlib.sha256(secret + _code()).digest() if len(secret) == 32 else None


def _code() -> bytes:
    """What reads and checks: another state of it may come to something else."""
    total = hashlib.sha256(sys.version.encode())
    for folder in ("content", "checks", "proof", "words"):
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.read_bytes())
    for library in ("pydantic", "markdown_it", "yaml", "babel", "frontmatter"):
        module = sys.modules.get(library)
        total.update(f"{library} {getattr(module, '__version__', '')}\0".encode())
    return total.digest()
