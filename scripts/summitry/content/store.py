"""What is kept in files that are trusted with nothing and can be deleted at any time.

Rows by name in a database (`Store`), one value in a file (`Record`), or bytes. Each has a sum of
what it says, and what has another's sum is nothing. Several commands may use a file at once; where
it cannot be read or written it is as if it were empty.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

_TABLE = "CREATE TABLE IF NOT EXISTS rows (name TEXT PRIMARY KEY, sum BLOB, said BLOB)"


class Store(Struct, frozen=True):
    """Rows in `file`. `sum_of` gives the sum of a name in UTF-8 and of what its row says."""

    file: Path
    sum_of: Callable[[bytes, bytes], bytes]

    def read(self) -> dict[str, bytes]:
        """What the rows say that are whole, by their names."""
        return dict(self.each())

    def names(self) -> set[str]:
        """The names of all rows, whatever they say."""
        with suppress(sqlite3.Error, OSError), closing(self._opened()) as db:
            return {str(name) for (name,) in db.execute("SELECT name FROM rows")}
        return set()

    def get(self, name: str) -> bytes | None:
        """What one row says, if there is one that is whole."""
        with suppress(sqlite3.Error, OSError), closing(self._opened()) as db:
            found = db.execute("SELECT sum, said FROM rows WHERE name = ?", (name,)).fetchone()
            if found and self._is_whole(name, *found):
                return bytes(found[1])
        return None

    def each(self) -> Iterator[tuple[str, bytes]]:
        """Each row that is whole, its name and what it says: one at a time, as all may be much."""
        with suppress(sqlite3.Error, OSError):
            if not self.file.is_file():
                return
            with closing(self._opened()) as db:
                for name, total, said in db.execute("SELECT name, sum, said FROM rows"):
                    if self._is_whole(name, total, said):
                        yield name, said

    def _is_whole(self, name: object, total: object, said: object) -> bool:
        if not (isinstance(name, str) and isinstance(total, bytes) and isinstance(said, bytes)):
            return False
        return hmac.compare_digest(self.sum_of(_raw(name), said), total)

    def write(self, new: Iterable[tuple[str, bytes]], gone: Iterable[str]) -> bool:
        """Put rows there, in place of those with their names, and take away those that are gone.

        Whether that was done: all of it or nothing.
        """
        rows = ((name, self.sum_of(_raw(name), said), said) for name, said in new)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._opened()) as db, db:
                db.executemany("DELETE FROM rows WHERE name = ?", [(name,) for name in gone])
                db.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", rows)
            return True
        except sqlite3.OperationalError:  # another command is writing, or the disk is full
            return False
        except (sqlite3.Error, OSError):  # no file of ours: the next command begins anew
            if self.file.is_file():
                self.file.unlink(missing_ok=True)
            return False

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file, timeout=1)
        db.execute("PRAGMA synchronous = OFF")  # what a crash of the machine spoils has a wrong sum
        db.execute(_TABLE)
        return db


class Record(Struct, frozen=True):
    """A value of plain parts in `file`, as JSON behind a line with its sum."""

    file: Path

    def read(self) -> Any:
        """The value; an empty mapping where there is none that is whole."""
        try:
            return json.loads(read_whole(self.file) or b"{}")
        except ValueError:
            return {}

    def write(self, value: object) -> None:
        """Put a value in its place: all of it or nothing."""
        write_whole(self.file, json.dumps(value).encode())


def read_whole(file: Path) -> bytes | None:
    """What stands behind the sum in a file; None where that is not what was written."""
    try:
        total, _, said = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return said if hashlib.sha256(said).hexdigest().encode() == total else None


def write_whole(file: Path, said: bytes) -> None:
    """Put something into a file behind a line with its sum: all of it or nothing."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(hashlib.sha256(said).hexdigest().encode() + b"\n" + said)
        temporary.replace(file)
    except OSError:  # the disk is full, say: the next command begins anew
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def plain_sum(name: bytes, said: bytes) -> bytes:
    """The sum of a row that rests on nothing but what it says."""
    return hashlib.sha256(framed(name, said)).digest()


def framed(*parts: bytes) -> bytes:
    """Parts as one, each with its length, so that ("ab", "c") and ("a", "bc") differ."""
    return b"".join(b"%d:" % len(part) + part for part in parts)


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
