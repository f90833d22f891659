"""Pages that passed the last look before, by the hash of their bytes: they need no second one.

What is kept of a page is its ids and the links within the site, which other pages depend on.
A page with a problem is never kept. The names are hashes of the bytes and of the code that
looked at them; a record that is not whole is no record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summitry import PACKAGE
from summitry.build.gate_markup import Markup
from summitry.build.published import digest
from summitry.content.store import Record

RECORD = "passed.json"
_FILES = ("gate.py", "gate_markup.py", "gate_memory.py", "policy.py")
_CODE = digest(b"".join((PACKAGE / "build" / name).read_bytes() for name in _FILES))


@dataclass(slots=True)
class Passed:
    """The pages that passed. `now` are those of this build, which replace what was kept."""

    cache_dir: Path | None
    before: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, cache_dir: Path | None) -> Passed:
        """What was kept in the cache, if anything."""
        kept = Record(cache_dir / RECORD).read() if cache_dir else {}
        return cls(cache_dir, kept if isinstance(kept, dict) else {})

    def name(self, path: str, known: str, policy: str, base_path: str) -> str:
        """The name of a page at this place, of which this policy is asked; `known` is its hash."""
        return digest("\0".join((_CODE, path, base_path, policy, known)).encode())

    def page(self, path: str, name: str) -> Markup | None:
        """A page that passed before, without its text."""
        if name not in self.before:
            return None
        ids, links = self.now[name] = self.before[name]
        leads = [(target, (tag, n)) for target, tag, n, _, _ in links]
        goals = [(file, anchor) for _, _, _, file, anchor in links]
        return Markup(path, "", set(ids), leads, goals=goals)

    def keep(self, name: str, page: Markup) -> None:
        """Keep a page, if nothing is wrong with it."""
        if not page.problems:
            both = zip(page.links, page.goals, strict=True)
            links = [[target, *spot, *goal] for (target, spot), goal in both]
            self.now[name] = [sorted(page.ids), links]

    def write(self) -> None:
        """Keep what passed in this build."""
        if self.cache_dir and self.now != self.before:
            Record(self.cache_dir / RECORD).write(self.now)
