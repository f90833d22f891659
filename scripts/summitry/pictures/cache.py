"""Finished files, kept under a name made from what they were made of.

A name depends on every input, on the code that draws and on its libraries; behind it stands a hash
of what is in the file. So a file that has what its name says is right by construction, and one that
was cut short or altered is made anew. The folder can be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from summitry.pictures import scripts


@cache
def _drawn_by() -> bytes:
    """The code that draws and the libraries that it draws with."""
    total = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        total.update(file.read_bytes())
    drawn_with = ("pillow", "fonttools", "uharfbuzz", "python-bidi", "font-source-serif-pro")
    for library in (*drawn_with, *scripts.packages()):
        total.update(f"{library} {version(library)}\0".encode())
    return total.digest()


def digest(parts: Iterable[str | bytes]) -> str:
    """SHA-256, in hexadecimal, over the drawing code, its libraries' versions and the parts.

    Each part goes in with its kind and its length in bytes first, so ("ab", "c") and ("a", "bc")
    differ, as do "a" and b"a".
    """
    total = hashlib.sha256()
    for part in (_drawn_by(), *parts):
        kind, raw = (b"t", part.encode("utf-8")) if isinstance(part, str) else (b"b", part)
        total.update(kind + len(raw).to_bytes(8, "big") + raw)
    return total.hexdigest()


class Cache(Struct, frozen=True):
    """A folder of finished files. It is created when the first file is written."""

    folder: Path

    def path(
        self, key_parts: Iterable[str | bytes], suffix: str, make: Callable[[], bytes]
    ) -> Path:
        """The file for `key_parts`, made by `make` if it is not there yet.

        `suffix` is the ending with its dot (".png"). A whole file is not touched and `make` is not
        called. The file appears whole or not at all, even when several builds write it at
        once or one is killed: it is written beside its place and moved there. What `make` raises
        passes through, and OSError if the folder cannot be written.
        """
        name = digest(key_parts)
        if kept := self._whole(name, suffix):
            return kept
        content = make()
        target = self.folder / name[:2] / f"{name}-{_hash(content)}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(0o644)
            temporary.replace(target)
        except OSError:
            temporary.unlink(missing_ok=True)
            # On Windows a file that another build is reading cannot be replaced; its content is
            # the same as ours by construction.
            if target.is_file():
                return target
            raise
        return target

    def kept(self) -> dict[str, Path]:
        """All files by the names that `digest` gives, whatever they hold."""
        return {file.stem.rpartition("-")[0]: file for file in self.folder.glob("??/*")}

    def _whole(self, name: str, suffix: str) -> Path | None:
        """The file of a name that has what it says; one that has not is deleted."""
        wanted = self.folder / f"{name}{suffix}"
        known, mark = _seen.get(wanted, (None, None))
        if known and mark and _mark(known) == mark:
            return known
        for path in self._named(name, suffix):
            before = _mark(path)
            if is_whole(path):
                _seen[wanted] = path, before
                return path
            path.unlink(missing_ok=True)
        return None

    def _named(self, name: str, suffix: str) -> list[Path]:
        """The files of a name, whatever they hold."""
        folder = self.folder / name[:2]
        with suppress(FileNotFoundError):
            with os.scandir(folder) as held:
                names = [one.name for one in held if one.name.startswith(f"{name}-")]
            return [folder / one for one in sorted(names) if one.endswith(suffix)]
        return []


# Files that this process has read and found whole, and by what the system knows each. While a site
# is served the same hundreds are asked for after each edit.
_seen: dict[Path, tuple[Path, object]] = {}


def _mark(path: Path) -> object:
    """The size (bytes), time (nanoseconds) and number of a file; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def is_whole(path: Path) -> bool:
    """Whether there is a kept file at `path`, and what is in it is what its name says."""
    try:
        return path.stem.rpartition("-")[2] == _hash(path.read_bytes())
    except OSError:
        return False


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=10).hexdigest()
