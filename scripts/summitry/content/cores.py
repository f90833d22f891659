"""Work that is done on every core where there is much of it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
FEW = 40
"""So many pieces are done sooner in one process than others are started."""
MANY = 1000
"""Of so many pieces at most is given back at once, as what is made of them may be much."""
_work: tuple[Callable[[Sequence[Any]], Any], Sequence[Any]]


def shared(work: Callable[[Sequence[T]], R], pieces: Sequence[T]) -> Iterator[R]:
    """What `work` makes of shares of `pieces`, at least one for each core; of all where few are.

    A process begins as a copy of this one, so that `work` may rest on anything; what it gives back
    has to be picklable. Where processes cannot be copied safely, all is done here.
    """
    cores = os.cpu_count() or 1
    alone = sys.platform != "linux" or threading.active_count() > 1 or cores == 1
    if alone or len(pieces) < FEW:
        yield work(pieces)
        return
    global _work  # where the copies find it
    _work = work, pieces
    gc.freeze()  # what is there stays; to look through it in each copy would copy all of it
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("fork")) as pool:
        shares = max(cores, -(-len(pieces) // MANY))
        yield from pool.map(_share, [(n, shares) for n in range(shares)])


def _share(part: tuple[int, int]) -> Any:
    """Every nth piece, in a process of its own."""
    gc.disable()
    work, pieces = _work
    return work(pieces[part[0] :: part[1]])
