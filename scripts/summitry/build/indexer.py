"""Makes an index of search: a program of its own, beside whatever else a build does.

It reads pages, each a line of JSON as Pagefind wants to be told of it, hands them on one after
another, and writes the last answer, which has the files or says what was wrong. Pagefind is told of
the next pages while it works on one: it takes them in their order, and the index is the same. All
stands alone here, so that it starts at once: nothing of ours is imported.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, cast

_PIECE = 1 << 20  # bytes that are read at once
STALE = "Stale"
"""The answer where the file holds something else than what is wanted."""


class Service:
    """Pagefind as a process that answers: a message is JSON in base64, and ends with a comma."""

    def __init__(self, program: str) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [program, "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        self._asked, self._said = 0, bytearray()

    def tell(self, kind: str, more: bytes) -> None:
        """Send a message of a kind, `more` being an object of JSON with all else that it says.

        Where nobody reads it, there is no answer either.
        """
        self._asked += 1
        message = b'{"message_id":%d,"payload":{"type":"%b",%b}' % (
            self._asked, kind.encode(), more[1:],
        )  # fmt: skip
        with suppress(BrokenPipeError):
            self._to.write(b64encode(message) + b",")
            self._to.flush()

    def answer(self) -> dict[str, Any]:
        """The next answer, which may be an error: each message has one, in their order."""
        looked = 0
        while (end := self._said.find(b",", looked)) < 0:
            looked = len(self._said)
            if not (piece := os.read(self._from.fileno(), _PIECE)):
                told = f"pagefind stopped without a word ({self._process.wait()})"
                return {"type": "Error", "message": told}
            self._said += piece
        said = self._said[:end]
        del self._said[: end + 1]
        return cast("dict[str, Any]", json.loads(b64decode(said))["payload"])


class Feed:
    """What Pagefind was told of, kept in a file for the next time: a line each, by their numbers.

    Without a file nothing is kept.
    """

    def __init__(self, file: str = "", of: str = "") -> None:
        """`of` is the digest of what is wanted from the file, "" where nothing is."""
        self._file = Path(file) if file else None
        self.lines: list[bytes] = []
        if self._file and of:
            with suppress(OSError):
                self.lines = self._file.read_bytes().splitlines(keepends=True)
        self.is_stale = bool(of) and self._digest() != of

    def put(self, line: bytes) -> bytes:
        """Keep a line that begins with its number; returns what it says."""
        number, _, said = line.partition(b" ")
        if self._file:
            at = int(number)
            self.lines[at : at + 1] = [said]
        return said

    def write(self) -> str:
        """Put all into the file, all of it or nothing; returns the digest of it."""
        if self._file:
            beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            try:
                beside.write_bytes(b"".join(self.lines))
                beside.replace(self._file)
            except OSError:  # the disk is full, say: the next time begins anew
                with suppress(OSError):
                    beside.unlink()
        return self._digest()

    def _digest(self) -> str:
        total = hashlib.sha256()
        for line in self.lines:
            total.update(line)
        return total.hexdigest()


def _read(into: SimpleQueue[bytes]) -> None:
    """All lines, so that who writes them goes on; at the end an empty one."""
    for line in sys.stdin.buffer:
        into.put(line)
    into.put(b"")


def main() -> None:
    """Index what is kept and what is read. Given: the program, and a file for `Feed` and of what.

    A line that is read is a number and what is told; it takes the place of the one that has it.
    """
    lines: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_read, args=[lines], daemon=True).start()
    program, *kept = sys.argv[1:]
    feed = Feed(*kept)
    service = Service(program)
    service.tell("NewIndex", b'{"config":{}}')
    answer: dict[str, Any] = {"type": STALE} if feed.is_stale else service.answer()
    number = b'{"index_id":%d' % answer.get("index_id", 0)
    told: SimpleQueue[bool] = SimpleQueue()  # for each message, whether it is the last

    def add(said: bytes) -> None:
        service.tell("AddFile", number + b"," + said.strip()[1:])
        told.put(False)

    def tell() -> None:
        for said in [*feed.lines]:
            add(said)
        while line := lines.get():
            if not line.endswith(b"}\n"):  # cut off: who wrote it is no more
                os._exit(1)
            add(feed.put(line))
        service.tell("GetFiles", number + b"}")
        told.put(True)

    if answer["type"] not in ("Error", STALE):
        telling = Thread(target=tell, daemon=True)
        telling.start()
        is_last = False
        while not is_last and answer["type"] != "Error":
            is_last = told.get()
            answer = service.answer()
        if is_last:
            answer["fed"] = feed.write()
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # whatever is still being told


if __name__ == "__main__":
    main()
