"""Work that is done on every core where there is much of it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
FEW = 40
"""So many pieces are done sooner in one process than others are started."""
MANY = 250
"""Of so many pieces at most is given back at once, as what is made of them may be much."""
_aside: Callable[[], Any] | None = None
_work: tuple[Callable[[Sequence[Any]], Any], Sequence[Any]] | None = None


def aside(work: Callable[[], R]) -> Callable[[], R | None]:
    """Begin to do work in another process, beside what is done here, and give what waits for it.

    It begins as a copy of this process. What it gives back has to be picklable. Where processes
    cannot be copied safely, or it ends before its work is done, nothing comes of it.
    """
    if _is_alone():
        return lambda: None
    global _aside  # where the copy finds it
    _aside = work
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork"))
    begun = pool.submit(_do_aside)  # which copies this process
    _aside = None

    def wait() -> R | None:
        with pool, suppress(BrokenExecutor):
            found: R = begun.result()
            return found
        return None

    return wait


def shared(work: Callable[[Sequence[T]], R], pieces: Sequence[T]) -> Iterator[R]:
    """What `work` makes of shares of `pieces`, at least one for each core; of all where few are.

    A process begins as a copy of this one, so that `work` may rest on anything; what it gives back
    has to be picklable. Where processes cannot be copied safely, all is done here.
    """
    cores = os.cpu_count() or 1
    if _is_alone() or len(pieces) < FEW:
        yield work(pieces)
        return
    global _work  # where the copies find it
    _work = work, pieces
    gc.freeze()  # what is there stays; to look through it in each copy would copy all of it
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("fork")) as pool:
        shares = cores * -(-len(pieces) // (MANY * cores))  # as many for each
        yield from pool.map(_share, [(n, shares) for n in range(shares)])
    _work = None


def _is_alone() -> bool:
    """Whether no other process should be begun: beside threads none can be copied safely."""
    return sys.platform != "linux" or threading.active_count() > 1 or (os.cpu_count() or 1) == 1


def _do_aside() -> Any:
    gc.disable()
    return _aside() if _aside else None


def _share(part: tuple[int, int]) -> Any:
    """Every nth piece, in a process of its own."""
    gc.disable()
    work, pieces = _work or (list, ())
    return work(pieces[part[0] :: part[1]])
