"""Pages that passed the last look before, by the hash of their bytes: they need no second one.

What is kept of a page is its ids and the links within the site, which other pages depend on.
A page with a problem is never kept. The names are hashes of the bytes and of the code that
looked at them; a record that is not whole is no record.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summitry import PACKAGE
from summitry.build.gate_markup import Markup

RECORD = "passed.json"
_FILES = ("gate.py", "gate_markup.py", "gate_memory.py")
_CODE = b"".join((PACKAGE / "build" / name).read_bytes() for name in _FILES)


@dataclass(slots=True)
class Passed:
    """The pages that passed. `now` are those of this build, which replace what was kept."""

    path: Path | None
    before: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, cache_dir: Path | None) -> Passed:
        """What was kept in the cache, if anything."""
        if cache_dir is None:
            return cls(None)
        path = cache_dir / RECORD
        try:
            total, _, rows = path.read_bytes().partition(b"\n")
            whole = hashlib.sha256(rows).hexdigest().encode() == total
            return cls(path, json.loads(rows)) if whole else cls(path)
        except (OSError, ValueError):
            return cls(path)

    def name(self, path: str, text: str, policy: str, base_path: str) -> str:
        """The name of a page with this text at this place, of which this policy is asked."""
        asked = "\0".join((path, base_path, policy, text))
        return hashlib.sha256(_CODE + asked.encode()).hexdigest()

    def page(self, path: str, text: str, name: str) -> Markup | None:
        """A page that passed before."""
        if name not in self.before:
            return None
        ids, links = self.now[name] = self.before[name]
        leads = [(target, (tag, n)) for target, tag, n, _, _ in links]
        goals = [(file, anchor) for _, _, _, file, anchor in links]
        return Markup(path, text, set(ids), leads, goals=goals)

    def keep(self, name: str, page: Markup) -> None:
        """Keep a page, if nothing is wrong with it."""
        if not page.problems:
            both = zip(page.links, page.goals, strict=True)
            links = [[target, *spot, *goal] for (target, spot), goal in both]
            self.now[name] = [sorted(page.ids), links]

    def write(self) -> None:
        """Keep what passed in this build."""
        if self.path is None:
            return
        temporary = self.path.with_name(f"{RECORD}.{os.getpid()}")
        rows = json.dumps(self.now).encode()
        temporary.write_bytes(hashlib.sha256(rows).hexdigest().encode() + b"\n" + rows)
        temporary.replace(self.path)
