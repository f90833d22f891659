"""The search index: Pagefind reads what pages give it to read, and makes a sharded index of it.

It is given that part of each page alone: the rest it would parse and pass over, which takes half of
its time. An index is kept with a hash of what was read, as most changes of a site change no word.

Pagefind's own writing says nothing of a full disk and leaves files cut short, and it numbers pages
in the order in which a file system lists them. So it is asked by messages over a pipe, as its
packages for Node and Python ask it: pages go in by the order of their addresses, and the files of
the index come out as bytes. A process of its own talks with it (`indexer`): beside threads of ours
no process could be copied, and both would wait for each other.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path
from typing import IO, TypeAlias, cast

from summitry.build import indexer
from summitry.build.publishing import within
from summitry.content.store import Store, framed
from summitry.pages.spec import MadePage

log = logging.getLogger("mkdocs.plugins.summitry")

Files: TypeAlias = dict[str, bytes]
FOLDER = "pagefind"
_KEPT = "search.sqlite"
_ENTRY = "pagefind-entry.json"
_ROOT = re.compile(r"<html\b[^>]*>")
_READ, _END = re.compile(r"<main\b[^>]*\sdata-pagefind-body\b"), "</main>"


class NoIndexError(Exception):
    """Pagefind could not make the index; the message says why."""


def searched(pages: Iterable[MadePage]) -> Iterator[tuple[str, str]]:
    """What search reads of pages, with their addresses, by which they are sorted.

    Pages of which it reads nothing are left out. Each is read when it is asked for.
    """
    for page in sorted(pages, key=lambda page: page.url):
        html = page.html
        part, root = _READ.search(html), _ROOT.search(html)
        if part and root:
            end = html.index(_END, part.end()) + len(_END)
            body = html[part.start() : end]
            yield page.url, f"<!doctype html>{root[0]}<body>{body}</body></html>"


class Indexing:
    """An index that is being made in a process beside whatever else is done meanwhile."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Begin to index what `searched` finds. Raises `NoIndexError` without Pagefind."""
        from pagefind.service import get_executable

        if (program := get_executable()) is None:
            raise NoIndexError("pagefind is not installed")
        self.stopped = False
        pipe = subprocess.PIPE
        command = [sys.executable, "-I", indexer.__file__, str(program)]
        # What Python says of an end on the way, by Ctrl-C say, is nothing for a terminal.
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
        self._said = cast("IO[bytes]", self._process.stdout)
        with suppress(BrokenPipeError), cast("IO[bytes]", self._process.stdin) as to:
            for url, text in texts:
                one = {"file_path": f"{url}index.html", "file_contents": text}
                to.write(json.dumps(one).encode() + b"\n")

    def files(self) -> Files:
        """The files of the index by name, once it is made. Raises `NoIndexError` if it is not."""
        try:
            answer = json.loads(self._said.read())
        except ValueError:  # it ended without a word, or was stopped
            answer = {"type": "Error", "message": f"what makes it ended ({self._process.wait()})"}
        self._end()
        if answer["type"] == "Error":
            raise NoIndexError(str(answer.get("message")))
        return {file["path"]: b64decode(file["content"]) for file in answer["files"]}

    def stop(self) -> None:
        """End it, if it is under way. Pagefind ends when nobody has anything to tell it."""
        self.stopped = True
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._said.close()


class Index:
    """The index of some pages: as it was kept, or made beside other work."""

    def __init__(self, pages: Sequence[MadePage], cache_dir: Path) -> None:
        total = hashlib.sha256(framed(version("pagefind").encode()))
        for one in searched(pages):
            total.update(framed(*(part.encode() for part in one)))
        self._of = total.hexdigest()
        self._store = Store(
            cache_dir / _KEPT, lambda name, said: hashlib.sha256(framed(name, said)).digest()
        )
        self._kept = self._store.read()
        self._making = None if self._is_whole() else Indexing(searched(pages))

    def _is_whole(self) -> bool:
        """Whether what is kept is all of the index of these pages."""
        try:
            of, names = json.loads(self._kept[""])
            return bool(of == self._of and names == sorted(self._kept))
        except (LookupError, ValueError, TypeError):
            return False

    def files(self) -> Files:
        """The files of the index by name. Raises `NoIndexError` where none could be made."""
        if self._making:
            before, self._kept = self._kept, self._making.files()
            names = sorted([*self._kept, ""])
            self._kept[""] = json.dumps([self._of, names]).encode()
            new = {name: raw for name, raw in self._kept.items() if before.get(name) != raw}
            self._store.write(new.items(), before.keys() - self._kept.keys())
            self._making = None
        return {name: raw for name, raw in self._kept.items() if name}

    def stop(self) -> None:
        """End what is under way."""
        if self._making:
            self._making.stop()
            self._making = None


def _write(folder: Path, files: Mapping[str, bytes], go_on: Callable[[], bool]) -> None:
    """Write an index beside the one before; the file that names the others comes last."""
    for name, raw in sorted(files.items(), key=lambda one: (one[0] == _ENTRY, one[0])):
        if not go_on():
            return
        path = within(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


class Background:
    """Indexes while the site is being served. Safe for several threads."""

    def __init__(self) -> None:
        self._running: tuple[Indexing, threading.Thread] | None = None
        self._held = False
        self._lock = threading.Lock()

    def start(self, pages: Iterable[MadePage], site: Path) -> None:
        """Begin to index pages into the folder of a site, in place of what is under way."""
        with self._lock:
            self._stop()
            if self._held:
                return
            made = Indexing(takewhile(lambda _: not self._held, searched(pages)))
            thread = threading.Thread(target=_finish, args=(made, site), name="index of search")
            self._running = made, thread
            thread.start()

    def hold(self) -> None:
        """Stop what is under way, and begin nothing."""
        self._held = True  # at once, which ends what is just begun
        with self._lock:
            if self._running:
                self._running[0].stop()

    def end(self) -> None:
        """The same, and wait until nothing is under way."""
        self.hold()
        with self._lock:
            self._stop()

    def release(self) -> None:
        """Allow it to begin again."""
        self._held = False

    def _stop(self) -> None:
        if self._running:
            made, thread = self._running
            self._running = None
            made.stop()
            thread.join()


def _finish(made: Indexing, site: Path) -> None:
    try:
        _write(site / FOLDER, made.files(), lambda: not made.stopped)
    except (NoIndexError, OSError) as error:
        if not made.stopped:
            log.warning("search finds what it found before: %s", error)
