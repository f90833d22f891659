"""What an earlier examination came to: what rests on the same is not worked out again.

While serving it stays in memory. Between commands it is kept in the cache as Python's own pickles,
which must not be read from strangers: so each is sealed with a key that stands outside the project,
in the user's own cache folder, and a file that somebody else's build wrote is no file.
"""

from __future__ import annotations

import gc
import hashlib
import hmac
import pickle
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from summitry import PACKAGE
from summitry.content import cores, secret
from summitry.content.store import Store, framed

V = TypeVar("V")
NAME = "earlier.sqlite"


class Earlier:
    """Results by the file that they are of and what they are, each with what it rested on."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, tuple[object, Any]]] = defaultdict(dict)
        self._changed: set[str] = set()
        self._ready: dict[tuple[str, str], Any] = {}  # worked out aside
        self._made: dict[tuple[str, str], Any] | None = None  # in a process aside: what it makes

    def again(self, what: str, of: str, rests_on: object, make: Callable[[], V]) -> V:
        """The result of before if it rested on what is equal to this, else what `make` makes."""
        kept = self._kept[of]
        known = kept.get(what)
        if known is None or known[0] != rests_on:
            known = kept[what] = rests_on, self._result(what, of, make)
            self._changed.add(of)
        found: V = known[1]
        return found

    def _result(self, what: str, of: str, make: Callable[[], V]) -> V:
        result: V = self._ready.pop((of, what)) if (of, what) in self._ready else make()
        if self._made is not None:
            self._made[of, what] = result
        return result

    @contextmanager
    def aside(self, work: Callable[[], object]) -> Iterator[Callable[[], None]]:
        """Begin to work out in another process what `work` asks for, and give what waits for it.

        From then on what was worked out there answers the same questions here, until the end: what
        was not asked for until then is of no later state. Where there can be no such process, or it
        ends on the way, nothing is known from there, and all is worked out here.
        """

        def made() -> dict[tuple[str, str], Any]:
            self._made = {}
            work()
            return self._made

        wait = cores.aside(made)
        try:
            yield lambda: self._ready.update(wait() or {})
        finally:
            self._ready.clear()

    def has(self, what: str, of: str, rests_on: object) -> bool:
        """Whether the result of before can be taken again."""
        known = self._kept[of].get(what)
        return known is not None and bool(known[0] == rests_on)

    @classmethod
    def load(cls, cache_dir: Path) -> Earlier:
        """What commands before came to; nothing where it cannot be read or is not ours."""
        found = cls()
        found.recall(cache_dir)
        return found

    def recall(self, cache_dir: Path) -> None:
        """Take in what commands before came to, where nothing is known yet."""
        if self._kept:
            return
        rows = store.each() if (store := _store(cache_dir)) else ()
        was_on = gc.isenabled()
        gc.disable()  # nothing that is read here is garbage, and to look for some takes long
        for path, said in rows:
            self._kept[path] = pickle.loads(said)  # noqa: S301  # sealed by ourselves
        gc.freeze()
        if was_on:
            gc.enable()

    def save(self, cache_dir: Path, paths: set[str]) -> None:
        """Keep what is new for the next command, of the files at `paths` alone."""
        store = _store(cache_dir)
        if store is None or not self._changed:
            return
        new = (
            (path, pickle.dumps(self._kept[path], pickle.HIGHEST_PROTOCOL))
            for path in sorted(self._changed & paths)
        )
        store.write(new, self._kept.keys() - paths)
        self._changed.clear()


def _store(cache_dir: Path) -> Store | None:
    """The rows that are sealed with the user's key, or None where there can be no key."""
    key = _key()
    if key is None:
        return None
    return Store(
        cache_dir / NAME, lambda name, said: hmac.digest(key, framed(name, said), "sha256")
    )


@cache
def _key() -> bytes | None:
    """The user's own secret with the state of the code, or None where no secret can be kept."""
    known = secret.own()
    return hashlib.sha256(known + _code()).digest() if known else None


def _code() -> bytes:
    """What reads and checks: another state of it may come to something else."""
    total = hashlib.sha256(sys.version.encode())
    for folder in ("content", "checks", "proof", "words"):
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.read_bytes())
    for library in ("pydantic", "markdown_it", "yaml", "babel", "frontmatter"):
        module = sys.modules.get(library)
        total.update(f"{library} {getattr(module, '__version__', '')}\0".encode())
    return total.digest()
