"""The search index: Pagefind reads what pages give it to read, and makes a sharded index of it.

It is given that part of each page alone: the rest it would parse and pass over, which takes half of
its time. An index is kept with a hash of what was read, as most changes of a site change no word.

Pagefind's own writing says nothing of a full disk and leaves files cut short, and it numbers pages
in the order in which a file system lists them. So it is asked by messages over a pipe, as its
packages for Node and Python ask it: pages go in by the order of their addresses, and the files of
the index come out as bytes.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import subprocess
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from summitry.build.published import digest
from summitry.build.publishing import within
from summitry.content.store import Store, framed
from summitry.pages.spec import MadePage

log = logging.getLogger("mkdocs.plugins.summitry")

Files: TypeAlias = dict[str, bytes]
FOLDER = "pagefind"
_KEPT = "search.sqlite"
_PIECE = 1 << 20  # bytes that are read at once
_ROOT = re.compile(r"<html\b[^>]*>")
_READ, _END = re.compile(r"<main\b[^>]*\sdata-pagefind-body\b"), "</main>"


class NoIndexError(Exception):
    """Pagefind could not make the index; the message says why."""


def searched(pages: Iterable[MadePage]) -> Iterator[tuple[str, str]]:
    """What search reads of pages, with their addresses, by which they are sorted.

    Pages of which it reads nothing are left out. Each is read when it is asked for.
    """
    for page in sorted(pages, key=lambda page: page.url):
        part, root = _READ.search(page.html), _ROOT.search(page.html)
        if part and root:
            end = page.html.index(_END, part.end()) + len(_END)
            body = page.html[part.start() : end]
            yield page.url, f"<!doctype html>{root[0]}<body>{body}</body></html>"


class Indexing:
    """An index that is being made beside whatever else is done meanwhile."""

    def __init__(
        self, texts: Iterable[tuple[str, str]], then: Callable[[Files], object] = len
    ) -> None:
        """Begin to index what `searched` finds; `then` is given the files, once there are some."""
        self._service = _Service()
        self._pool = ThreadPoolExecutor(1)
        self._stopped = False
        self._made = self._pool.submit(self._make, texts, then)

    def _make(self, texts: Iterable[tuple[str, str]], then: Callable[[Files], object]) -> Files:
        number = self._service.ask("NewIndex", config={})["index_id"]
        for url, text in texts:
            if self._stopped:
                raise NoIndexError("it was stopped")
            at = f"{url}index.html"
            self._service.ask("AddFile", index_id=number, file_path=at, file_contents=text)
        found = self._service.ask("GetFiles", index_id=number)["files"]
        files = {file["path"]: b64decode(file["content"]) for file in found}
        then(files)
        return files

    def files(self) -> Files:
        """The files of the index by name, once it is made. Raises `NoIndexError` if it is not."""
        try:
            return self._made.result()
        finally:
            self.stop()

    def otherwise(self, tell: Callable[[BaseException], object]) -> None:
        """Have `tell` called with the reason where no index comes of it, but not if stopped."""

        def ended(made: Future[Files]) -> None:
            if not self._stopped and (error := made.exception()):
                tell(error)

        self._made.add_done_callback(ended)

    def stop(self) -> None:
        """End it, if it is under way."""
        self._stopped = True
        self._service.end()
        self._pool.shutdown()
        self._service.close()


class _Service:
    """Pagefind as a process that answers: a message is JSON in base64, and ends with a comma."""

    def __init__(self) -> None:
        from pagefind.service import get_executable

        if (program := get_executable()) is None:
            raise NoIndexError("pagefind is not installed")
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [program, "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        self._asked = 0

    def ask(self, kind: str, **more: Any) -> Any:
        """The answer to a message of a kind. Raises `NoIndexError`."""
        self._asked += 1
        message = {"message_id": self._asked, "payload": {"type": kind, **more}}
        with suppress(BrokenPipeError):  # then there is no answer either
            self._to.write(b64encode(json.dumps(message).encode()) + b",")
            self._to.flush()
        said = bytearray()
        while not said.endswith(b","):
            if not (piece := os.read(self._from.fileno(), _PIECE)):
                raise NoIndexError(f"pagefind stopped without a word ({self._process.wait()})")
            said += piece
        answer = json.loads(b64decode(said[:-1]))["payload"]
        if answer["type"] == "Error":
            raise NoIndexError(str(answer.get("message")))
        return answer

    def end(self) -> None:
        """End it, whatever it is asked; who waits for an answer is told that there is none."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Let go of it, once nobody waits for an answer."""
        with suppress(BrokenPipeError):  # what was not sent is not missed
            self._to.close()
        self._from.close()


class Index:
    """The index of some pages: as it was kept, or made beside other work."""

    def __init__(self, pages: Iterable[MadePage], cache_dir: Path) -> None:
        texts = [*searched(pages)]
        parts = (part.encode() for one in texts for part in one)
        self._of = digest(framed(version("pagefind").encode(), *parts))
        self._store = Store(
            cache_dir / _KEPT, lambda name, said: hashlib.sha256(framed(name, said)).digest()
        )
        self._kept = self._store.read()
        self._making = None if self._is_whole() else Indexing(texts)

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
            self._store.write(new, before.keys() - self._kept.keys())
            self._making = None
        return {name: raw for name, raw in self._kept.items() if name}

    def stop(self) -> None:
        """End what is under way."""
        if self._making:
            self._making.stop()
            self._making = None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, raw in files.items():
        path = within(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


class Background:
    """Indexes while the site is being served. Safe for several threads."""

    def __init__(self) -> None:
        self._running: Indexing | None = None
        self._held = False
        self._lock = threading.Lock()

    def start(self, pages: Iterable[MadePage], site: Path) -> None:
        """Begin to index pages into the folder of a site, in place of what is under way."""
        with self._lock:
            self._stop()
            if not self._held:
                put = partial(_write, site / FOLDER)
                self._running = Indexing(searched(pages), put)
                self._running.otherwise(
                    lambda error: log.warning("search finds what it found before: %s", error)
                )

    def hold(self) -> None:
        """Stop what is under way, wait for it to end, and begin nothing."""
        with self._lock:
            self._held = True
            self._stop()

    def release(self) -> None:
        """Allow it to begin again."""
        with self._lock:
            self._held = False

    def _stop(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.stop()
