"""What a build published, so that the next one neither makes, writes nor reads the same again.

A record in the cache says from which inputs the published site was made, and of each of its files
the hash of its bytes (of a picture: its name in the cache, which its bytes alone have) and by what
the system knows it: its size, when it was changed, and which file
it is. A file that is known by the same is taken to have the same bytes, as git takes it; anything
else, a lost record too, means that it is written again.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from summitry.content.store import Record

_RECORD = "published.json"
_SKIPPED = ("__pycache__", ".pyc")
Mark = tuple[int, int, int]  # size (bytes), time of change (nanoseconds), number of the file


def fingerprint(folders: Iterable[Path], values: Iterable[str]) -> str:
    """A hash of every file below `folders` (files may be named too) and of some values."""
    found = hashlib.sha256()
    for value in values:
        _add(found, value.encode())
    for folder in folders:
        outside = len(str(folder)) - len(folder.name)
        for path in _files(folder):
            _add(found, path[outside:].encode())
            _add(found, Path(path).read_bytes())
        _add(found, b"")
    return found.hexdigest()


def _add(to: hashlib._Hash, part: bytes) -> None:
    to.update(len(part).to_bytes(8, "big") + part)


def _files(folder: Path) -> Iterator[str]:
    """As texts: there are thousands."""
    if not folder.is_dir():
        yield from [str(folder)] if folder.is_file() else []
        return
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.endswith(_SKIPPED))
        yield from (
            f"{base}{os.sep}{name}" for name in sorted(names) if not name.endswith(_SKIPPED)
        )


def digest(content: bytes) -> str:
    """The hash by which the bytes of a file are known."""
    return hashlib.sha256(content).hexdigest()


class Published(Struct):
    """A site as a build left it: its inputs, and its files by their names."""

    site: Path
    inputs: str = ""
    files: dict[str, tuple[str, Mark]] = {}

    @classmethod
    def read(cls, cache_dir: Path, site: Path) -> Published:
        """What is known of the site in a folder; nothing where no record is of it."""
        try:
            said = Record(cache_dir / _RECORD).read()
            if said["site"] != str(site):
                return cls(site)
            files = {name: (known, (a, b, c)) for name, (known, a, b, c) in said["files"].items()}
            return cls(site, str(said["inputs"]), files)
        except (LookupError, TypeError, ValueError, AttributeError):
            return cls(site)

    def is_made_of(self, inputs: str) -> bool:
        """Whether the folder holds what was last made, all of it and nothing else, from these."""
        if not inputs or self.inputs != inputs or self.site.is_symlink():
            return False
        try:
            found = dict(marks_of(str(self.site)))
        except OSError:
            return False
        return found == {name: mark for name, (_, mark) in self.files.items()}

    def digest(self, name: str) -> str:
        """The hash of a file in the folder; "" if it is not as it was left."""
        known, mark = self.files.get(name, ("", None))
        try:
            return known if known and mark_of(os.lstat(f"{self.site}/{name}")) == mark else ""
        except OSError:
            return ""


def remember(cache_dir: Path, inputs: str, site: Path, digests: Mapping[str, str]) -> None:
    """Note what `site` was made from, and its files; `digests` has the hashes that are known."""
    files = {
        name: (digests.get(name) or digest((site / name).read_bytes()), *mark)
        for name, mark in marks_of(str(site))
        if mark
    }
    record = {"inputs": inputs, "site": str(site), "files": files}
    Record(cache_dir / _RECORD).write(record)


def marks_of(folder: str, before: str = "") -> Iterator[tuple[str, Mark | None]]:
    """Each file below a folder by its name; None for what is no file, such as a link.

    Raises OSError where a folder cannot be read.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from marks_of(entry.path, f"{before}{entry.name}/")
            else:
                yield before + entry.name, mark_of(entry.stat(follow_symlinks=False))


def mark_of(known: os.stat_result) -> Mark | None:
    """By what the system knows a file; None for what is no file."""
    return (known.st_size, known.st_mtime_ns, known.st_ino) if stat.S_ISREG(known.st_mode) else None
