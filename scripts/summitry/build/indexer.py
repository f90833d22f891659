"""Makes an index of search: a program of its own, beside whatever else a build does.

It reads pages, each a line of JSON with its address and its text, hands them to Pagefind one after
another, and writes the last answer, which has the files or says what was wrong. It stands alone, so
that it starts at once: nothing of ours is imported here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from typing import IO, Any, cast

_PIECE = 1 << 20  # bytes that are read at once


class Service:
    """Pagefind as a process that answers: a message is JSON in base64, and ends with a comma."""

    def __init__(self, program: str) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [program, "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        self._asked = 0

    def ask(self, kind: str, **more: object) -> dict[str, Any]:
        """The answer to a message of a kind, which may be an error."""
        self._asked += 1
        message = {"message_id": self._asked, "payload": {"type": kind, **more}}
        try:
            self._to.write(b64encode(json.dumps(message).encode()) + b",")
            self._to.flush()
        except BrokenPipeError:
            pass  # then there is no answer either
        said = bytearray()
        while not said.endswith(b","):
            if not (piece := os.read(self._from.fileno(), _PIECE)):
                told = f"pagefind stopped without a word ({self._process.wait()})"
                return {"type": "Error", "message": told}
            said += piece
        return cast("dict[str, Any]", json.loads(b64decode(said[:-1]))["payload"])


def main() -> None:
    """Index what is read; the program is given by its path."""
    pages = sys.stdin.buffer.read().splitlines()  # all, so that who writes them goes on
    service = Service(sys.argv[1])
    answer = service.ask("NewIndex", config={})
    number = answer.get("index_id")
    for line in pages:
        if answer["type"] != "Error":
            url, text = json.loads(line)
            answer = service.ask(
                "AddFile", index_id=number, file_path=f"{url}index.html", file_contents=text
            )
    if answer["type"] != "Error":
        answer = service.ask("GetFiles", index_id=number)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
