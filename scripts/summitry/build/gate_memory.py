"""Pages that passed the last look before, by the hash of their bytes: they need no second one.

What is kept of a page is its ids and the links within the site, which other pages depend on.
A page with a problem is never kept. What is kept is named by the bytes and by the code that looked
at them; a row that is not whole is no row.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from summitry import PACKAGE
from summitry.build.gate_markup import Spot
from summitry.build.published import digest
from summitry.content.problems import Problem
from summitry.content.store import Store, plain_sum

RECORD = "passed.sqlite"
_AT_ONCE = 1000  # pages that are kept until they are written
_FILES = ("gate.py", "gate_markup.py", "gate_memory.py", "policy.py")
_CODE = digest(b"".join((PACKAGE / "build" / name).read_bytes() for name in _FILES))


class SiteLink(NamedTuple):
    """A link within the site: as it is written, its element, and where it leads.

    `file` is "" for what leads out of the site.
    """

    target: str
    spot: Spot
    file: str
    anchor: str


class Looked(Struct, frozen=True):
    """What the last look found in a page or picture."""

    path: str
    ids: frozenset[str]
    links: list[SiteLink]
    problems: list[Problem]


class Passed(Struct):
    """The pages that passed. Rows of pages that are gone are forgotten when it is written."""

    store: Store | None
    before: dict[str, bytes]
    new: dict[str, bytes] = {}
    same: set[str] = set()

    @classmethod
    def read(cls, cache_dir: Path | None) -> Passed:
        """What was kept in the cache, if anything."""
        if cache_dir is None:
            return cls(None, {})
        store = Store(cache_dir / RECORD, plain_sum)
        return cls(store, store.read())

    def name(self, path: str, known: str, policy: str, base_path: str) -> str:
        """The name of a page at this place, of which this policy is asked; `known` is its hash."""
        return digest("\0".join((_CODE, path, base_path, policy, known)).encode())

    def page(self, path: str, name: str) -> Looked | None:
        """What was found in a page that passed before."""
        known, _, said = self.before.get(path, b"").partition(b"\n")
        if known != name.encode():
            return None
        self.same.add(path)
        ids, links = json.loads(said)
        found = [SiteLink(to, (tag, n), file, anchor) for to, tag, n, file, anchor in links]
        return Looked(path, frozenset(map(sys.intern, ids)), found, [])

    def keep(self, name: str, page: Looked) -> None:
        """Keep a page, if nothing is wrong with it."""
        if not page.problems and self.store:
            links = [[one.target, *one.spot, one.file, one.anchor] for one in page.links]
            said = json.dumps([sorted(page.ids), links]).encode()
            self.new[page.path] = name.encode() + b"\n" + said
            if len(self.new) >= _AT_ONCE:
                self._flush()

    def _flush(self) -> None:
        self.same |= self.new.keys()
        if self.store:
            self.store.write(self.new.items(), [])
        self.new.clear()

    def write(self) -> None:
        """Keep what passed in this build."""
        gone = self.before.keys() - self.same - self.new.keys()
        if self.store and (self.new or gone):
            self.store.write(self.new.items(), gone)
