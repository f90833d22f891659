"""Publishing as a whole: the site is built beside the old one and takes its place at the end.

A build that fails, or is killed, leaves the site that was there before. The two renames of
a swap are as close together as the system allows; if a machine stops between them, the next
build puts the old site back first.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from filelock import FileLock, Timeout


class BusyError(Exception):
    """Another build is writing the same site."""


class Staging:
    """A folder in which a site is built before it replaces `target`."""

    def __init__(self, target: Path) -> None:
        """Takes the lock, mends what a killed build left, and makes an empty folder.

        Raises `BusyError` if another build holds the lock, OSError if nothing can be written.
        """
        self.target = target
        self.folder = target.with_name(f".{target.name}-new")
        self._old = target.with_name(f".{target.name}-old")
        target.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(target.with_name(f".{target.name}.lock"))
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise BusyError(f"another build is writing {target}") from None
        if self._old.exists() and not target.exists():
            self._old.rename(target)
        shutil.rmtree(self._old, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()

    def publish(self) -> None:
        """Put the built site in the place of the old one."""
        _sync(self.folder)
        if self.target.exists():
            self.target.rename(self._old)
        self.folder.rename(self.target)
        shutil.rmtree(self._old, ignore_errors=True)
        self._lock.release()

    def discard(self) -> None:
        """Throw away what was built; the old site stays."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def _sync(folder: Path) -> None:
    """Have the system write every file out before the swap makes them the site."""
    for base, _, names in os.walk(folder):
        for name in names:
            with (Path(base) / name).open("rb") as file:
                os.fsync(file.fileno())
