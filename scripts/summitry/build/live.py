"""The site while it is being served: a page is made when somebody asks for it, else behind that.

After a change nothing is made at first: it is only found out which pages would come out otherwise.
Their files are written when they are asked for, or by a thread that works through the rest. So the
page that an editor looks at waits for itself alone.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import escape
from msgspec import Struct

from summitry.build import kept_pages
from summitry.build.kept_pages import Documents, KeptPage
from summitry.build.outputs import Before, Press
from summitry.build.publishing import within
from summitry.checks.asking import Trace
from summitry.content.problems import Problem
from summitry.pages.assembly import NOTICE
from summitry.pages.spec import GUIDE, READER, MadePage

log = logging.getLogger("mkdocs.plugins.summitry")
_PAGE = "index.html"
_AT_ONCE = 50  # pages that are compared while somebody may wait for one


class ServedSite(Struct):
    """What is shown: what makes the pages, pages that stand for broken files, other files.

    `notice` says on each page what is wrong; `others` make the files beside pages, the sooner
    wanted first. Where templates have changed since, and cannot be rendered, `passing` holds the
    pages as they were; what else is made is not kept.
    """

    press: Press
    world: str
    lost: dict[str, MadePage]
    notice: str
    others: Sequence[Callable[[], Iterator[tuple[str, str | bytes]]]]
    passing: Mapping[str, MadePage] | None = None


@dataclass
class Live:
    """Keeps the files of a folder as the newest state wants them. Safe for several threads."""

    folder: Path
    cache_dir: Path
    say: Callable[[list[Problem]], None]  # told of pictures that cannot be drawn
    finished: Callable[[], None]  # called when nothing is left to make
    explain: Callable[[Exception], str]  # says why a page cannot be made
    counted: Callable[[int], object] = bool  # told how many pages are to be made
    made: Callable[[], object] = bool  # called when a page is made
    failed: Callable[[Exception], object] = bool  # told what ends the work behind for now
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._state: ServedSite | None = None
        self._kept: Before | None = None  # pages that may be as the state wants them
        self._is_counted = False  # whether it was told how many are to be made
        self._new: dict[str, tuple[MadePage, Trace]] = {}  # made since
        self._unsaved: list[KeptPage] = []
        self._failed: dict[str, MadePage] = {}  # pages that say why they cannot be shown
        # What the files of pages hold, and the notice in them.
        self._written: dict[str, tuple[bytes, str]] = {}
        self._pictures: dict[str, Path] = {}  # pictures by address, as they are in the folder
        self._others: dict[str, None] = {}  # the other files that are in the folder
        self._left: list[str] = []  # pages at which nobody has looked since the last change
        self._unmade: list[Callable[[], Iterator[tuple[str, str | bytes]]]] = []
        self._done: ServedSite | None = None  # of which nothing is left to make
        self._wanted = threading.Event()
        self.free = threading.Event()  # not set while something else is to be quick
        self.free.set()
        self._ended = False
        self._thread: threading.Thread | None = None

    def renew(self, state: ServedSite) -> None:
        """Take a new state. Each page is compared with it when it is asked for, or behind that."""
        with self.lock:
            self._keep()
            self._new = {}
            if self._state and self._kept and self._state.world == state.world:
                known = self._state.press.answers
                self._kept = Before(state.press, self._kept.all(), known)
            else:
                self._kept = Before(state.press, kept_pages.read_whole(self.cache_dir, state.world))
                self._unsaved = []
            self._failed, self._is_counted = {}, False
            self.show(state)
            for url in [url for url in self._written if not self._is_page(url)]:
                (self.folder / url / _PAGE).unlink(missing_ok=True)
                del self._written[url]

    def show(self, state: ServedSite) -> None:
        """Show the same pages with another notice."""
        with self.lock:
            self._state, self._done = state, None
            self._left = [*state.lost, *reversed(state.press.plans)]
            self._unmade, self._others = list(state.others), {}
        self._wanted.set()

    def left(self) -> int:
        """How many pages have to be made again: all are compared for that."""
        with self.lock:
            plans = self._state.press.plans if self._state else {}
            return len(plans.keys() - self.pages().keys())

    def pages(self) -> dict[str, MadePage]:
        """The pages that are made, by address."""
        with self.lock:
            made = {url: page for url, (page, _) in self._new.items()}
            kept = self._kept.all() if self._kept else {}
            return {url: one.page for url, one in kept.items()} | made

    def save(self) -> None:
        """Keep in the cache what was made."""
        with self.lock:
            self._keep()
            new, self._unsaved, state = self._unsaved, [], self._state
        if new and state:
            Documents(self.cache_dir).put(kept.page for kept in new)
            kept_pages.write(self.cache_dir, state.world, new, [])

    def emptied(self) -> None:
        """The folder was emptied: nothing is written."""
        with self.lock:
            self._written, self._pictures, self._others = {}, {}, {}
            if self._state:
                self.show(self._state)

    def _is_page(self, url: str) -> bool:
        state = self._state
        return state is not None and (url in state.press.plans or url in state.lost)

    def page(self, url: str) -> MadePage:
        """A page, made now if it has to be."""
        with self.lock:
            state = self._state
            if state is None:
                raise LookupError(url)
            if url in state.lost and url not in state.press.plans:
                return state.lost[url]
            if state.passing and url in state.passing:
                return state.passing[url]
            if self._kept and (kept := self._kept.get(url)):
                return kept.page
            if url in self._failed:
                return self._failed[url]
            if url not in self._new:
                try:
                    self._new[url] = state.press.page(state.press.plans[url])
                    self.made()
                except Exception as error:  # of a template, say: the other pages are shown
                    why = self.explain(error)
                    log.error("%s cannot be shown: %s", url or _PAGE, why)
                    log.debug("", exc_info=error)
                    self._failed[url] = _failure(url, why)
                    return self._failed[url]
            return self._new[url][0]

    def read(self, path: str) -> bytes | None:
        """What is at a path of the site; None of what is not made here, or is not there.

        The file is written first, for what reads the folder.
        """
        url = path.removesuffix(_PAGE)
        with self.lock:
            if (not url or url.endswith("/")) and self._is_page(url):
                return self._write(url)
            if self._is_page(f"{url}/"):
                self._write(f"{url}/")
                return None  # the server leads to the address with a slash
            if self._state and not self._picture(self._state, path):
                self._other(self._state, path)
            known = path in self._pictures or path in self._others
            return (self.folder / path).read_bytes() if known else None

    def _write(self, url: str) -> bytes | None:
        state, page = self._state, self.page(url)
        if state is None or page.layout == GUIDE:
            return None  # the theme's frame is around it, which is not made here
        shown = page.raw, state.notice
        raw = page.raw.replace(NOTICE.encode(), state.notice.encode())
        if self._written.get(url) != shown:
            _put(self.folder, f"{url}{_PAGE}", raw)
            self._written[url] = shown
        return raw

    def _picture(self, state: ServedSite, address: str) -> bool:
        """Whether a picture has this address; it is drawn, if need be, and put there."""
        file = state.press.pictures.file(address)
        if file is None and self._kept and address.startswith("assets/"):
            self._kept.all()  # which brings the pictures of pages that are the same
            file = state.press.pictures.file(address)
        if file is not None and self._pictures.get(address) != file:
            _put(self.folder, address, file.read_bytes())
            self._pictures[address] = file
        return file is not None

    def _other(self, state: ServedSite, address: str) -> None:
        """Make files beside pages until one has this address; or else a picture of a page."""
        if address in self._others:
            return
        while self._unmade:
            if self._take(dict(self._unmade.pop(0)()), address):
                return
        if address.startswith("assets/") and address not in self._others:
            for url in state.press.plans:
                self.page(url)  # which may want it
                if self._picture(state, address):
                    return

    def _take(self, made: Mapping[str, str | bytes], address: str = "") -> bool:
        """Put files into the folder; whether that brought one with this address."""
        for to, content in made.items():
            _put(self.folder, to, content.encode() if isinstance(content, str) else content)
            self._others[to] = None
        state = self._state
        return address in made or bool(state and self._picture(state, address))

    # What nobody has asked for yet

    def start(self) -> None:
        """Begin to work through what is left, whenever something is, if that has not begun."""
        with self.lock:
            if self._thread is None and not self._ended:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def go_on(self) -> None:
        """Go on with what is left, after `free` was cleared."""
        self.free.set()
        self._wanted.set()

    def stop(self) -> None:
        """End that, and keep what was made for the next time."""
        self._ended = True
        self.free.set()
        self._wanted.set()
        if self._thread:
            self._thread.join()
        self.save()

    def _work(self) -> None:
        while not self._ended:
            self._wanted.wait()
            self._wanted.clear()
            self.free.wait()
            while not self._ended and self._goes_on():
                self.free.wait()
                time.sleep(0)  # whoever waits for a page comes first

    def _goes_on(self) -> bool:
        """Take a step, whatever comes of it: the next change is worked through all the same."""
        try:
            return self._step()
        except Exception as error:
            log.error("what nobody has asked for yet cannot be made: %s", self.explain(error))
            log.debug("", exc_info=error)
            self.failed(error)
            return False

    def _step(self) -> bool:
        """Make one page with its pictures, or some other files; at the end, draw what is not yet
        drawn. False when nothing is left.

        Only a page is made under the lock: whoever asks for one waits for no more than that.
        """
        with self.lock:
            state = self._state
            if state is None:
                return False
            if self._kept and self._kept.compare(_AT_ONCE):
                return True
            if not self._is_counted:
                self._is_counted = True
                self.counted(self.left())
            if self._done is state and not self._left:
                return False
            url = self._left.pop() if self._left else None
            if url is not None:
                self._write(url)
            pictures = self._new[url][1].pictures if url in self._new else set()
            others = self._unmade[:1]
        if url is not None:
            self._draw(state, pictures)
            with self.lock:
                self._keep()  # now, so that the next edit need not wait for it
            return True
        for make in others:
            made: dict[str, str | bytes] = {}
            for to, content in make():
                self.free.wait()
                if self._is_over(state):
                    return True
                made[to] = content
            with self.lock:
                if not self._is_over(state) and make in self._unmade:
                    self._unmade.remove(make)
                    self._take(made)
            return True
        problems = state.press.pictures.drawn()
        self._draw(state, list(state.press.pictures.assets))
        if self._is_over(state):
            return True
        self.save()
        kept_pages.sweep(self.cache_dir, {page.digest for page in self.pages().values()})
        self._done = state
        self.finished()
        if problems:
            self.say(problems)
        return False

    def _draw(self, state: ServedSite, addresses: Iterable[str]) -> None:
        """Put pictures into the folder, each drawn before anybody could wait for it."""
        for address in addresses:
            self.free.wait()
            state.press.pictures.file(address)
            with self.lock:
                if self._is_over(state):
                    return
                self._picture(state, address)

    def _is_over(self, state: ServedSite) -> bool:
        """Whether there is a newer state, or nothing more to do."""
        return self._ended or self._state is not state

    def _keep(self) -> None:
        """Keep the pages that were made and whose pictures are drawn."""
        state = self._state
        if state is None or state.passing is not None or state.press.pictures.problems:
            return
        files = state.press.pictures.assets
        for url, (page, trace) in [*self._new.items()]:
            if trace.pictures <= files.keys():
                kept = state.press.kept(page, trace, files)
                self._unsaved.append(kept)
                if self._kept:
                    self._kept.put(kept)
                del self._new[url]


def unexplained(error: Exception) -> str:
    """What is known of an error of whatever kind."""
    return f"{type(error).__name__}: {error}"


def _failure(url: str, why: str) -> MadePage:
    """What stands in for a page that cannot be made."""
    said = escape(why)
    html = f"<!doctype html><title>{said}</title><h1>This page cannot be shown</h1><p>{said}</p>"
    return MadePage(url, "", "", READER, f"{html}{NOTICE}</body>".encode(), [])


def _put(folder: Path, name: str, raw: bytes) -> None:
    file = within(folder, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
