"""The search index: Pagefind reads what pages give it to read, and makes a sharded index of it.

It is given that part of each page alone, without what stands there for readers and not for search:
the rest it would parse and pass over, which takes most of its time. An index is kept with hashes of
what was read, as most changes of a site change no word, and so is what was read, as most others
change few.

Pagefind's own writing says nothing of a full disk and leaves files cut short, and it numbers pages
in the order in which a file system lists them. So it is asked by messages over a pipe, as its
packages for Node and Python ask it: pages go in by the order of their addresses, and the files of
the index come out as bytes. A process of its own talks with it (`indexer`): beside threads of ours
no process could be copied, and both would wait for each other.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from itertools import takewhile
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias, cast

from selectolax.lexbor import LexborHTMLParser

from summitry.build import indexer
from summitry.build.publishing import within
from summitry.content.store import Store, framed, plain_sum
from summitry.pages.spec import MadePage

log = logging.getLogger("mkdocs.plugins.summitry")

Files: TypeAlias = dict[str, bytes]
FOLDER = "pagefind"
_KEPT, _FEED = "search.sqlite", "search.jsonl"
_ENTRY = "pagefind-entry.json"
_FEW = 4
"""Where more than one text of so many differs, it begins anew."""
_ROOT = re.compile(r"<html\b[^>]*>")
_IGNORE = "[data-pagefind-ignore]"
_TAKEN = "h1, img, [data-pagefind-meta], [data-pagefind-filter], [data-pagefind-sort]"
_IGNORED = f"{_IGNORE}:not({_IGNORE} {_IGNORE}):not(:has({_TAKEN}))"  # not within another
_READ, _END = re.compile(r"<main\b[^>]*\sdata-pagefind-body\b"), "</main>"


class NoIndexError(Exception):
    """Pagefind could not make the index; the message says why."""


class StaleError(Exception):
    """The texts that were kept are not those that were meant: the index has to begin anew."""


def read_of(html: str) -> str:
    """What search reads of a page; "" where that is nothing."""
    part, root = _READ.search(html), _ROOT.search(html)
    if not part or not root:
        return ""
    body = html[part.start() : html.index(_END, part.end()) + len(_END)]
    return _without_ignored(f"<!doctype html>{root[0]}<body>{body}</body></html>")


def _without_ignored(html: str) -> str:
    """The same without what Pagefind is told to ignore, unless it takes something else from it."""
    parsed = LexborHTMLParser(html)
    for one in parsed.css(_IGNORED):
        one.decompose()
    return parsed.html or ""


def searched(pages: Iterable[MadePage]) -> list[MadePage]:
    """The pages of which search reads something, by their addresses."""
    return sorted((page for page in pages if page.searched), key=lambda page: page.url)


def _texts(pages: Sequence[MadePage], of: Collection[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """What it reads of some of such pages, by their numbers. Each is read when it is asked for."""
    for number in of:
        yield number, (pages[number].url, read_of(pages[number].html))


class Indexing:
    """An index that is being made in a process beside whatever else is done meanwhile."""

    def __init__(self, feed: Path | None = None, of: str = "") -> None:
        """Begin. Raises `NoIndexError` without Pagefind.

        `feed` is a file where the texts are kept for the next time; if what it holds has the digest
        `of`, these are read at once, and only those that differ need to be told.
        """
        from pagefind.service import get_executable

        if (program := get_executable()) is None:
            raise NoIndexError("pagefind is not installed")
        self.stopped = False
        pipe = subprocess.PIPE
        kept = [str(feed), of] if feed else []
        command = [sys.executable, "-I", indexer.__file__, str(program), *kept]
        # What Python says of an end on the way, by Ctrl-C say, is nothing for a terminal.
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        )
        self._said = cast("IO[bytes]", self._process.stdout)

    def tell(self, texts: Iterable[tuple[int, tuple[str, str]]]) -> Indexing:
        """Tell it of texts, each with its number among those that `searched` finds, and no more."""
        with suppress(BrokenPipeError), cast("IO[bytes]", self._process.stdin) as to:
            for number, (url, text) in texts:
                one = {"file_path": f"{url}index.html", "file_contents": text}
                to.write(b"%d %b\n" % (number, json.dumps(one).encode()))
        return self

    def files(self) -> tuple[Files, str]:
        """The files of the index by name, once it is made, and the digest of what `feed` keeps.

        Raises `NoIndexError` if it is not made, `StaleError` if `feed` held something else.
        """
        try:
            answer = json.loads(self._said.read())
        except ValueError:  # it ended without a word, or was stopped
            answer = {"type": "Error", "message": f"what makes it ended ({self._process.wait()})"}
        self._end()
        if answer["type"] == indexer.STALE:
            raise StaleError
        if answer["type"] == "Error":
            raise NoIndexError(str(answer.get("message")))
        files = {file["path"]: b64decode(file["content"]) for file in answer["files"]}
        return files, answer["fed"]

    def stop(self) -> None:
        """End it, if it is under way. Pagefind ends when nobody has anything to tell it."""
        self.stopped = True
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._said.close()
        with suppress(BrokenPipeError):
            cast("IO[bytes]", self._process.stdin).close()


class _LastIndex(NamedTuple):
    """What is known of the index that was made last.

    `of` names what it was made of, `names` its files, `world` that of its pages; `fed` is the
    digest of the texts that are kept, `texts` has the addresses of the pages with a hash of each.
    """

    of: str = ""
    names: Sequence[str] = ()
    world: str = ""
    fed: str = ""
    texts: Sequence[Sequence[str]] = ()


class Index:
    """The index of a site's pages: as it was kept, or made beside other work.

    Most of the texts will be those of before, so it begins with these while nobody knows yet which
    will not be. A text of which Pagefind is told again takes the place of the one before.
    """

    def __init__(self, cache_dir: Path, world: str) -> None:
        """`world` names all that pages rest on besides content: in another one all differ."""
        self._store = Store(cache_dir / _KEPT, plain_sum)
        self._kept, self._feed, self._world = self._store.read(), cache_dir / _FEED, world
        self._known = _LastIndex()
        with suppress(LookupError, ValueError, TypeError):
            self._known = _LastIndex(*json.loads(self._kept[""]))
        self._pages: Sequence[MadePage] = ()
        self._new: _LastIndex | None = None  # what is being made
        self._making: Indexing | None = None
        if self._known.fed and self._known.world == world:
            self._making = Indexing(self._feed, self._known.fed)

    def of(self, pages: Sequence[MadePage]) -> None:
        """Tell it of all pages. Raises `NoIndexError` without Pagefind."""
        self._pages = searched(pages)
        texts = [(page.url, page.searched) for page in self._pages]
        total = hashlib.sha256(framed(version("pagefind").encode()))
        total.update(framed(*(part.encode() for one in texts for part in one)))
        known, self._new = self._known, _LastIndex(total.hexdigest(), (), self._world, "", texts)
        if known.of == self._new.of and [*known.names] == sorted(self._kept):
            self.stop()
            return
        changed = _changed(known.texts, texts)
        if self._making and changed is not None and len(changed) * _FEW <= len(texts):
            self._making.tell(_texts(self._pages, changed))
        else:
            self._begin()

    def _begin(self) -> None:
        self.stop()
        self._making = Indexing(self._feed).tell(_texts(self._pages, range(len(self._pages))))

    def files(self) -> Files:
        """The files of the index by name. Raises `NoIndexError` where none could be made."""
        if self._making and self._new:
            try:
                files, fed = self._making.files()
            except StaleError:
                self._begin()
                files, fed = self._making.files()
            before, self._kept = self._kept, files
            names = sorted([*files, ""])
            self._kept[""] = json.dumps(self._new._replace(names=names, fed=fed)).encode()
            new = {name: raw for name, raw in self._kept.items() if before.get(name) != raw}
            self._store.write(new.items(), before.keys() - self._kept.keys())
            self._making = None
        return {name: raw for name, raw in self._kept.items() if name}

    def stop(self) -> None:
        """End what is under way."""
        if self._making:
            self._making.stop()
            self._making = None


def _changed(
    before: Sequence[Sequence[str]], now: Sequence[tuple[str, str]]
) -> Collection[int] | None:
    """The numbers of the texts that differ; None where they are not of the same pages."""
    if [url for url, _ in before] != [url for url, _ in now]:
        return None
    return [n for n, (then, text) in enumerate(zip(before, now, strict=True)) if then[1] != text[1]]


def _write(folder: Path, files: Mapping[str, bytes], go_on: Callable[[], bool]) -> None:
    """Write an index beside the one before; the file that names the others comes last."""
    for name, raw in sorted(files.items(), key=lambda one: (one[0] == _ENTRY, one[0])):
        if not go_on():
            return
        path = within(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


class Background:
    """Indexes while the site is being served. Safe for several threads."""

    def __init__(self) -> None:
        self._running: tuple[Indexing, threading.Thread] | None = None
        self._held = False
        self._lock = threading.Lock()

    def start(self, pages: Iterable[MadePage], site: Path) -> None:
        """Begin to index pages into the folder of a site, in place of what is under way."""
        with self._lock:
            self._stop()
            if self._held:
                return
            found = searched(pages)
            texts = _texts(found, range(len(found)))
            made = Indexing().tell(takewhile(lambda _: not self._held, texts))
            thread = threading.Thread(target=_finish, args=(made, site), name="index of search")
            self._running = made, thread
            thread.start()

    def hold(self) -> None:
        """Stop what is under way, and begin nothing."""
        self._held = True  # at once, which ends what is just begun
        with self._lock:
            if self._running:
                self._running[0].stop()

    def end(self) -> None:
        """The same, and wait until nothing is under way."""
        self.hold()
        with self._lock:
            self._stop()

    def release(self) -> None:
        """Allow it to begin again."""
        self._held = False

    def _stop(self) -> None:
        if self._running:
            made, thread = self._running
            self._running = None
            made.stop()
            thread.join()


def _finish(made: Indexing, site: Path) -> None:
    try:
        _write(site / FOLDER, made.files()[0], lambda: not made.stopped)
    except (NoIndexError, OSError) as error:
        if not made.stopped:
            log.warning("search finds what it found before: %s", error)
