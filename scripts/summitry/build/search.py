"""The search index: Pagefind reads what pages give it to read, and writes a sharded index.

It is given that part of each page alone: the rest it would parse and pass over, which takes half of
its time. An index is kept with a hash of what was read, as most changes of a site change no word.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from summitry.build.published import digest
from summitry.content.store import Store, framed
from summitry.pages.spec import MadePage

FOLDER = "pagefind"
_KEPT = "search.sqlite"
_ROOT = re.compile(r"<html\b[^>]*>")
_READ = re.compile(r"<main\b[^>]*\sdata-pagefind-body\b.*?</main>", re.DOTALL)


class NoIndexError(Exception):
    """Pagefind could not make the index; the message is its own."""


def searched(pages: Iterable[MadePage]) -> dict[str, str]:
    """What search reads of pages, by their addresses; those of which it reads nothing are left
    out."""
    found = {}
    for page in pages:
        if (part := _READ.search(page.html)) and (root := _ROOT.search(page.html)):
            found[page.url] = f"<!doctype html>{root[0]}<body>{part[0]}</body></html>"
    return found


@dataclass(slots=True)
class Indexing:
    """An index that is being made in `folder`, beside whatever else is done meanwhile."""

    corpus: TemporaryDirectory[str]
    folder: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def of(cls, texts: Mapping[str, str], folder: Path | None = None) -> Indexing:
        """Begin to index what `searched` found. Without a folder for it, the index is nowhere."""
        corpus = TemporaryDirectory(prefix="summitry-search-")
        pages = Path(corpus.name) / "pages"
        for url, text in texts.items():
            (pages / url).mkdir(parents=True, exist_ok=True)
            (pages / url / "index.html").write_text(text, "utf-8")
        to = folder or Path(corpus.name) / FOLDER
        command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(to)]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            [*command, "--silent"], stdin=quiet, stdout=quiet, stderr=subprocess.PIPE
        )
        return cls(corpus, to, process)

    def files(self) -> dict[str, bytes]:
        """The files of the index by name, once it is made. Raises `NoIndexError` if it is not."""
        try:
            _, said = self.process.communicate()
            if self.process.returncode != 0:
                why = said.decode("utf-8", "replace").strip()
                raise NoIndexError(why or "pagefind stopped without a word")
            found = (path for path in self.folder.rglob("*") if path.is_file())
            return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}
        finally:
            self.corpus.cleanup()

    def stop(self) -> None:
        """End it, if it is under way."""
        self.process.kill()
        self.process.communicate()
        self.corpus.cleanup()


class Index:
    """The index of some pages: as it was kept, or made beside other work."""

    def __init__(self, pages: Iterable[MadePage], cache_dir: Path) -> None:
        texts = searched(pages)
        parts = (part.encode() for one in sorted(texts.items()) for part in one)
        self._of = digest(framed(version("pagefind").encode(), *parts))
        self._store = Store(
            cache_dir / _KEPT, lambda name, said: hashlib.sha256(framed(name, said)).digest()
        )
        self._kept = self._store.read()
        self._making = None if self._is_whole() else Indexing.of(texts)

    def _is_whole(self) -> bool:
        """Whether what is kept is all of the index of these pages."""
        try:
            of, names = json.loads(self._kept[""])
            return bool(of == self._of and names == sorted(self._kept))
        except (LookupError, ValueError, TypeError):
            return False

    def files(self) -> dict[str, bytes]:
        """The files of the index by name. Raises `NoIndexError` where none could be made."""
        if self._making:
            before, self._kept = self._kept, self._making.files()
            names = sorted([*self._kept, ""])
            self._kept[""] = json.dumps([self._of, names]).encode()
            new = {name: raw for name, raw in self._kept.items() if before.get(name) != raw}
            self._store.write(new, before.keys() - self._kept.keys())
            self._making = None
        return {name: raw for name, raw in self._kept.items() if name}

    def stop(self) -> None:
        """End what is under way."""
        if self._making:
            self._making.stop()
            self._making = None


class Background:
    """Indexes while the site is being served; a new build stops the one under way."""

    def __init__(self) -> None:
        self._running: Indexing | None = None

    def start(self, pages: Iterable[MadePage], site: Path) -> None:
        """Begin to index pages into the folder of a site, after stopping what is under way."""
        self.stop()
        self._running = Indexing.of(searched(pages), site / FOLDER)

    def stop(self) -> None:
        """Stop what is under way, and wait for it to end."""
        if self._running is not None:
            self._running.stop()
            self._running = None
