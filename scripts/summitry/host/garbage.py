"""While serving or watching, what nothing needs is looked for between edits, not amid one.

Python looks through all that it holds whenever enough is new, which at a thousand entities takes a
quarter of a second. What outlives a search is left out of the next ones, but now and then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THOROUGH = 16  # searches, of which one is of everything


@contextmanager
def unsearched() -> Iterator[None]:
    """Search for none while much is made that stays; what is there then is not looked through.

    Who goes on for long after that lets `Garbage` search between two pieces of work.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Garbage:
    """Searches for what nothing needs any more."""

    def __init__(self) -> None:
        self._searches = 0

    def collect(self) -> None:
        """Search now, while nobody waits."""
        if self._searches % _THOROUGH == 0:
            gc.unfreeze()
        self._searches += 1
        gc.collect()
        gc.freeze()
