"""Publishing as a whole: the site is built beside the old one and takes its place at the end.

A build that fails, or is killed, leaves the site that was there before. Linux swaps the two
folders in one step; elsewhere, and on file systems without it, two renames are as close
together as the system allows, and if a machine stops between them, the next build puts the
old site back first. Files that stay the same are neither written nor deleted.

Beside `site` stand `.site-new` (being built), `.site-old` (whole, during the swap),
`.site-gone` (being deleted) and `.site.lock`. Only a folder with the mark of a build is ever
moved or deleted; where a name is taken by something else, the next one is used: `.site-new-2`.
"""

from __future__ import annotations

import ctypes
import filecmp
import os
import re
import shutil
import stat
from collections.abc import Callable
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from summitry.build.published import Published, digest
from summitry.content.targets import MARKED, MARKER, not_ours

_MANY = 100  # files


class BusyError(Exception):
    """Another build is writing the same site."""


class NotOursError(Exception):
    """What stands in the way was not made by a build; the message says what to do."""


class Staging:
    """A folder in which a site is built before it replaces `target`."""

    def __init__(self, target: Path, before: Published | None = None) -> None:
        """Takes the lock, mends what a killed build left, and makes an empty folder.

        `before` is what is known of the files that `target` holds. `left` names what could not be
        deleted; later builds step around it. Raises `BusyError` if another build holds the lock,
        `NotOursError` if the target may hold what somebody made, OSError if nothing can be written.
        """
        self.target = target
        self.left: list[Path] = []
        self.digests: dict[str, str] = {}  # of files that were put there; of a picture its name
        self._before = before or Published(target)
        self._made: set[str] = set()  # folders
        _refuse(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(_lock_of(target))
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise BusyError(f"another build is writing {target}") from None
        try:
            self._mend()
            self.folder = self._free("new")
            self.folder.mkdir()
            (self.folder / MARKER).write_text(MARKED, "utf-8")
        except OSError:
            self._unlock()
            raise

    def put(self, name: str, content: bytes) -> None:
        """Put a file into the site. What is published already gets another name: none is written.

        Whoever changes a file after that changes the one that is published too.
        """
        self.put_known(name, digest(content), lambda: content)

    def has(self, name: str, known: str) -> bool:
        """Whether a file is published already, as it was put there, with this digest."""
        return self._before.digest(name) == known

    def put_known(self, name: str, known: str, read: Callable[[], bytes]) -> None:
        """The same of a file whose digest is known; it is read if it is not published already."""
        path = self._place(name, known)
        if not self.has(name, known) or not _linked(f"{self.target}/{name}", path):
            made = Path(path)
            made.unlink(missing_ok=True)  # which may be the published one under another name
            made.write_bytes(read())

    def put_kept(self, name: str, file: Path) -> None:
        """The same of a file that is kept under a name which its bytes alone have.

        It gets another name as well. Whoever changes it there spoils what is kept, which is found
        out by that name, and made again.
        """
        path = self._place(name, file.name)
        source = f"{self.target}/{name}" if self.has(name, file.name) else str(file)
        Path(path).unlink(missing_ok=True)
        if not _linked(source, path):
            Path(path).write_bytes(Path(source).read_bytes())

    def _place(self, name: str, known: str) -> str:
        """The place of a file, in a folder that is there. A text: thousands of files are put."""
        path = _within(str(self.folder), name)
        folder = os.path.split(path)[0]
        if folder not in self._made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        self.digests[name] = known
        return path

    def publish(self) -> None:
        """Put the built site in the place of the old one."""
        _sync(self.folder, self.target)
        _refuse(self.target)  # a build takes seconds, in which somebody may have put a file there
        old = self.folder
        if not self.target.exists():
            self.folder.rename(self.target)
        elif not _exchanged(self.folder, self.target):
            old = self._swapped()
        self._delete(old)
        self._unlock()

    def _swapped(self) -> Path:
        """Swap by two renames, where the system has no one step for it. Returns the old site."""
        old = self._free("old")
        self.target.rename(old)
        try:
            self.folder.rename(self.target)
        except OSError:
            old.rename(self.target)
            raise
        return old

    def discard(self) -> None:
        """Throw away what was built; the old site stays."""
        self._delete(self.folder)
        self._unlock()

    def _unlock(self) -> None:
        """Let other builds begin. The lock's file goes while it is held: one that was opened in
        between is found to be gone by whoever locks it, and is made anew."""
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()

    def _beside(self, use: str) -> list[Path]:
        """The folders of builds for one use that stand beside the target, the newest first."""
        name = re.compile(rf"\.{re.escape(self.target.name)}-{use}(-\d+)?")
        found = [path for path in self.target.parent.iterdir() if name.fullmatch(path.name)]
        found = [path for path in found if not not_ours(path)]
        return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)

    def _free(self, use: str) -> Path:
        """The first name for a use that nothing has."""
        stem = f".{self.target.name}-{use}"
        names = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
        paths = (self.target.with_name(name) for name in names)
        return next(path for path in paths if not os.path.lexists(path))

    def _mend(self) -> None:
        old = self._beside("old")
        if old and not self.target.exists():
            old.pop(0).rename(self.target)
        for path in [*old, *self._beside("new"), *self._beside("gone")]:
            self._delete(path)

    def _delete(self, folder: Path) -> None:
        """Delete a folder of ours; half of one is never named as a whole one would be."""
        if not_ours(folder) or not folder.exists():
            return
        try:
            if folder not in self._beside("gone"):
                folder = folder.rename(self._free("gone"))
            for path in folder.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                elif path.name != MARKER:
                    path.unlink()
            shutil.rmtree(folder)  # the mark goes last: what is left until then is known as ours
        except OSError:
            self.left.append(folder)


def _refuse(target: Path) -> None:
    if why := not_ours(target):
        raise NotOursError(f"{why}; move it elsewhere, or name another folder in site_dir")


def _lock_of(target: Path) -> Path:
    """The lock's file: absent, or empty as every lock is. A lock opens its file to write."""
    path = target.with_name(f".{target.name}.lock")
    if os.path.lexists(path):
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size:
            raise NotOursError(f"{path.name} is not the lock of a build; move it elsewhere")
    return path


def _linked(file: str, name: str) -> bool:
    """Give a file another name. False where there is one, or the file system has no hard links."""
    try:
        os.link(file, name)
    except OSError:
        return False
    return True


def within(folder: Path, name: str) -> Path:
    """The place of a file in a folder. Raises OSError for a name that leads out of the folder."""
    return Path(_within(str(folder), name))


def _within(folder: str, name: str) -> str:
    path = os.path.normpath(f"{folder}/{name}" if not name.startswith("/") else name)
    if not path.startswith(f"{os.path.normpath(folder)}{os.sep}"):
        raise OSError(f"{name} lies outside of the site, and nothing is written there")
    return path


def _sync(folder: Path, published: Path) -> None:
    """Have the system write every file out before the swap makes them the site.

    What is published already, byte for byte, is on the disk: it gets another name in the new
    site, and nothing is written.
    """
    new = []
    for base, _, names in os.walk(folder):
        there = f"{published}{base[len(str(folder)) :]}"
        for name in names:
            path, old = f"{base}/{name}", f"{there}/{name}"
            if name == MARKER or not (_is_one(path, old) or _kept(Path(path), Path(old))):
                new.append(Path(path))
    if len(new) > _MANY and _written_out(folder):
        return
    for file in new:
        with file.open("rb") as opened:
            os.fsync(opened.fileno())


def _written_out(folder: Path) -> bool:
    """Have all that its file system waits to write written in one go, ten times as quick as file by
    file. False where the system cannot do so (see syncfs(2))."""
    sync = getattr(ctypes.CDLL(None), "syncfs", None) if os.name == "posix" else None
    if sync is None:
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        return bool(sync(handle) == 0)
    finally:
        os.close(handle)


def _is_one(made: str, old: str) -> bool:
    """Whether two names are of one file."""
    try:
        return os.path.samestat(os.lstat(made), os.lstat(old))
    except OSError:
        return False


def _kept(made: Path, old: Path) -> bool:
    """Whether a file is the same as in the published site, whose file then takes its place."""
    try:
        here, there = made.lstat(), old.lstat()
        if not stat.S_ISREG(there.st_mode) or here.st_size != there.st_size:
            return False
        if not filecmp.cmp(old, made, shallow=False):
            return False
        link = made.with_name(f"{made.name}.same")  # not hidden: a killed build leaves it
        os.link(old, link)
    except OSError:  # not there, or on a file system without hard links
        return False
    try:
        link.replace(made)
    except OSError:
        link.unlink()
        return False
    return True


_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE and AT_FDCWD, see renameat2(2)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step. False where the system or file system has none."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
