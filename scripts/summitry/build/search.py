"""The search index: Pagefind reads the built pages and writes a sharded index beside them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


class NoIndexError(Exception):
    """Pagefind could not make the index; the message is its own."""


def command(site: Path) -> list[str]:
    """The command that indexes a built site."""
    return [sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", "pagefind"]


def index(site: Path) -> None:
    """Index a built site, or raise `NoIndexError`."""
    done = subprocess.run(command(site), capture_output=True, check=False)
    if done.returncode != 0:
        raise NoIndexError(
            (done.stderr or done.stdout).decode("utf-8", "replace").strip()
            or "pagefind stopped without a word"
        )


class Background:
    """Indexes while the site is being served; a new build stops the one under way."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def start(self, site: Path) -> None:
        """Begin to index, after stopping what is under way."""
        self.stop()
        quiet = subprocess.DEVNULL
        self._running = subprocess.Popen(command(site), stdout=quiet, stderr=quiet)

    def stop(self) -> None:
        """Stop what is under way, and wait for it to end."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            self._running = None
