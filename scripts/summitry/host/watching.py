"""What `mkdocs serve` watches: the system tells of changes at once, where MkDocs would poll."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

# That a file was opened is no change. It must not be told at all: a build opens thousands, and who
# is told of each takes more time than the build. All that is watched asks for the same events: a
# file is watched by its folder, and of a folder that is watched twice the system tells what was
# asked for last.
_GOES: list[type[FileSystemEvent]] = [
    FileCreatedEvent, DirCreatedEvent, FileMovedEvent, DirMovedEvent, FileDeletedEvent,
    DirDeletedEvent,
]  # fmt: skip
_CHANGES = [*_GOES, FileModifiedEvent]
SETTLING = 0.01
"""Seconds without another change before a build: an editor may write a file in two steps."""


class _Changes(FileSystemEventHandler):
    """Asks for a build after each change."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._server = server

    def on_any_event(self, event: FileSystemEvent) -> None:
        if isinstance(event, tuple(_CHANGES)):
            self.build()

    def build(self) -> None:
        """Ask for a build."""
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()


class _Comings(FileSystemEventHandler):
    """Told by the folder above: a watched folder that went away and comes back is another one."""

    def __init__(self, watching: _Watching, place: str) -> None:
        self._watching, self._place = watching, place

    def on_any_event(self, event: FileSystemEvent) -> None:
        goes = isinstance(event, tuple(_GOES))
        if goes and self._place in (event.src_path, event.dest_path):
            self._watching.renew(self._place)


class _Watching:
    """Stands in for the server's way of watching a path."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._server, self.changes = server, _Changes(server)

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watch a file or a folder; what is watched already is not watched twice."""
        del func
        place = str(Path(path).absolute())
        seen = self._server._watched_paths
        seen[place] = seen.get(place, 0) + 1
        if seen[place] == 1:
            self._begin(place, recursive=recursive)
            if Path(place).is_dir():
                above = str(Path(place).parent)
                self._server.observer.schedule(
                    _Comings(self, place), above, recursive=False, event_filter=_CHANGES
                )

    def _begin(self, place: str, *, recursive: bool) -> None:
        made = self._server.observer.schedule(
            self.changes, place, recursive=recursive, event_filter=_CHANGES
        )
        self._server._watch_refs[place] = made

    def renew(self, place: str) -> None:
        """Watch the folder that stands at a place now, if one does, and ask for a build."""
        if old := self._server._watch_refs.pop(place, None):
            self._server.observer.unschedule(old)
        if Path(place).is_dir():
            self._begin(place, recursive=True)
        self.changes.build()


def _has_changed(path: Path, since: int) -> bool:
    """Whether a file, or anything in a folder, has changed since a time (nanoseconds)."""
    with suppress(OSError):  # what is gone has changed the folder that held it
        now = path.lstat()
        if now.st_ctime_ns >= since:
            return True
        if stat.S_ISDIR(now.st_mode):
            inside = (one for one in path.iterdir() if one.name != "__pycache__")
            return any(_has_changed(one, since) for one in inside)
    return False


def at_once(server: LiveReloadServer, since: int) -> LiveReloadServer:
    """The same server, which learns of changes from the system. Before it serves.

    The system tells of nothing that changes before the server starts to watch; so what is watched
    is looked through then, for what changed since the first build began (nanoseconds).
    """
    paths = list(server._watched_paths)
    server._watched_paths.clear()
    server._watch_refs.clear()
    server.build_delay = SETTLING
    replaced = cast("Any", server)  # these two are made to be methods and of another class
    watching = _Watching(server)
    replaced.observer, replaced.watch = Observer(), watching.watch
    start = server.observer.start

    def start_and_look() -> None:
        start()
        if any(_has_changed(Path(path), since) for path in server._watched_paths):
            watching.changes.build()

    replaced.observer.start = start_and_look
    for path in paths:
        server.watch(path)
    return server
