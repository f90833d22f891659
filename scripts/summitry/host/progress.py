"""How far the pages are that are made behind what somebody looks at: a bar, or a few lines."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TextIO

import click

log = logging.getLogger("mkdocs.plugins.summitry")
MANY = 50
"""Pages from which on it is worth telling: fewer are made before one could read it."""

_LINES = 4  # where there is no terminal


class Progress:
    """Counts pages as they are made. Safe for several threads."""

    def __init__(self, to: TextIO | None = None) -> None:
        self._to = to or sys.stderr
        self._lock = threading.Lock()
        self._bar: click._termui_impl.ProgressBar[int] | None = None
        self._made = self._all = 0

    def begin(self, count: int) -> None:
        """So many pages are to be made, whatever was left before."""
        with self._lock:
            self._end()
            self._made, self._all = 0, count if count >= MANY else 0
            if self._all and self._to.isatty():
                self._bar = click.progressbar(
                    length=count, label="pages", file=self._to, show_pos=True
                )
                self._bar.render_progress()

    def step(self) -> None:
        """One more is made."""
        with self._lock:
            if not self._all:
                return
            self._made += 1
            if self._bar:
                self._bar.update(1)
            elif self._made * _LINES // self._all > (self._made - 1) * _LINES // self._all:
                log.info("%d of %d pages are made", self._made, self._all)
            if self._made >= self._all:
                self._end()

    def end(self) -> None:
        """No more are made: a terminal gets its cursor back."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._bar:
            self._bar.render_finish()
        self._bar, self._all = None, 0
