"""Runs a command of this environment in which one change to the disk goes wrong.

    python faulty.py NUMBER HOW NOTE COMMAND …

The NUMBER-th time (from 1) that something in the working directory is opened for writing, made,
moved, linked or deleted, HOW happens instead: `full` (no room on the device), `denied`, or `kill`
(the process is killed on the spot). With NUMBER 0 nothing goes wrong. How many changes there were
stands in the file NOTE, outside of the working directory, and below it what was changed.
"""

from __future__ import annotations

import errno
import os
import runpy
import signal
import sys
from pathlib import Path

_CHANGES = {"os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.symlink",
            "os.truncate", "os.chmod"}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_ERRORS = {"full": errno.ENOSPC, "denied": errno.EACCES}


class Fault:
    """An audit hook that counts changes below a folder, and lets one go wrong."""

    def __init__(self, root: str, number: int, how: str, note: str) -> None:
        self.root, self.number, self.how = root, number, how
        self.note = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self.count = 0

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            mode, flags = args[1], args[2]
            written = isinstance(mode, str) and set(mode) & set("wax+")
            if not written and not (isinstance(flags, int) and mode is None and flags & _WRITING):
                return
        elif event not in _CHANGES:
            return
        path = args[0]
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not isinstance(path, str):
            return
        if not os.path.abspath(path).startswith(self.root):  # noqa: PTH100  # resolves no link
            return
        self.count += 1
        os.write(self.note, f"{event} {path}\n".encode())
        if self.count != self.number:
            return
        if self.how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(_ERRORS[self.how], os.strerror(_ERRORS[self.how]), path)


if __name__ == "__main__":
    number, how, note, *command = sys.argv[1:]
    sys.dont_write_bytecode = True  # what Python keeps of our own code is no part of a site
    sys.argv = command
    sys.addaudithook(Fault(f"{Path.cwd()}{os.sep}", int(number), how, note))
    runpy.run_path(str(Path(sys.executable).parent / command[0]), run_name="__main__")
