"""The search index: Pagefind reads the built pages; a sharded index is written beside them.

Pagefind's own writing says nothing of a full disk and leaves files cut short, and it numbers pages
in the order in which a file system lists them. So it is asked by messages over a pipe, as its
packages for Node and Python ask it: pages go in by the order of their addresses, and the files of
the index come out as bytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

_FOLDER = "pagefind"
_MARK = b"data-pagefind-body"  # in each page that is searched
_PIECE = 1 << 20  # bytes that are read at once


class NoIndexError(Exception):
    """Pagefind could not make the index; the message says why."""


def index(site: Path) -> None:
    """Index a built site. Raises `NoIndexError`, and OSError where a file cannot be written."""
    with making(site) as write:
        write()


@contextmanager
def making(site: Path) -> Iterator[Callable[[], None]]:
    """Begin to index a built site, whose pages stay as they are meanwhile.

    What it yields waits until that is done, and writes the index; it raises as `index` does. At
    the end of the block nothing is under way any more.
    """
    with ThreadPoolExecutor(1) as pool, _Service() as service:
        asked = pool.submit(_files, site, service)
        yield lambda: _write(site / _FOLDER, asked.result())


def _files(site: Path, service: _Service) -> dict[str, bytes]:
    """The files of an index, by their names in its folder."""
    if not site.is_dir():
        raise NoIndexError(f"there is no folder {site}")
    number = service.ask("NewIndex", config={})["index_id"]
    for page in sorted(site.rglob("*.html")):
        if _MARK in (raw := page.read_bytes()):
            at, text = page.relative_to(site).as_posix(), raw.decode("utf-8")
            service.ask("AddFile", index_id=number, file_path=at, file_contents=text)
    files = service.ask("GetFiles", index_id=number)["files"]
    return {file["path"]: b64decode(file["content"]) for file in files}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


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

    def __enter__(self) -> _Service:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        with suppress(OSError), self._process:  # what was not sent is not missed
            pass

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


class Background:
    """Indexes while the site is being served; a new build stops the one under way."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def start(self, site: Path) -> None:
        """Begin to index, after stopping what is under way."""
        self.stop()
        command, quiet = [sys.executable, "-m", __name__, str(site)], subprocess.DEVNULL
        self._running = subprocess.Popen(command, stdout=quiet, stderr=quiet)

    def stop(self) -> None:
        """Stop what is under way, and wait for it to end."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None


if __name__ == "__main__":
    index(Path(sys.argv[1]))
