"""Every page of a site: those that would come out the same are kept, the others are made.

A page rests on its trace (`checks.asking`): the questions that were asked while it was made. If the
library of today answers them as that of then did, and its pictures are still there, the page is as
it was. What is left to make is made on every core where there is much of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from summitry.build import kept_pages
from summitry.build.kept_pages import Documents, KeptPage
from summitry.build.published import digest
from summitry.build.search import read_of
from summitry.checks.asking import Answers, Question, Trace, recording
from summitry.content.cores import shared
from summitry.content.problems import Problem
from summitry.data.setting import Setting
from summitry.pages.frame import PageFrame
from summitry.pages.illustrations import Illustrations, Pictured
from summitry.pages.site import Pages
from summitry.pages.spec import GUIDE, Content, MadePage, PagePlan, PageSpec
from summitry.pictures.cache import is_whole


class Press(Struct, dict=True):
    """What makes the pages of a site, and their pictures."""

    pages: Pages
    frame: PageFrame
    pictures: Illustrations

    @cached_property
    def plans(self) -> dict[str, PagePlan]:
        """The pages that the site has, by address; of two at one, the first counts."""
        found: dict[str, PagePlan] = {}
        for plan in self.pages.plans():
            found.setdefault(plan.url, plan)
        return found

    @cached_property
    def answers(self) -> Answers:
        """The library's answers to what pages asked."""
        return Answers(self.pages.answering())

    def page(self, plan: PagePlan) -> tuple[MadePage, Trace]:
        """A page, and what was asked for it."""
        with recording() as trace:
            page = self.made(plan.spec())
        searched = hashlib.sha256(text.encode()).hexdigest() if (text := read_of(page.html)) else ""
        return replace(page, digest=digest(page.published()), searched=searched), trace

    def made(self, spec: PageSpec) -> MadePage:
        """The page of a spec."""
        content = spec.make()
        if spec.layout != GUIDE:
            content = Content(self.frame.document(spec, content), content.headings)
        return MadePage.of(spec, content)

    def kept(self, page: MadePage, trace: Trace, files: Mapping[str, Path]) -> KeptPage:
        """A page with what it rests on; `files` has those of its pictures."""
        return self.finished(_begun(page, trace), files)

    def finished(self, kept: KeptPage, files: Mapping[str, Path]) -> KeptPage:
        """The same with what its questions are answered, and the files of its pictures."""
        cache = self.pictures.cache_dir
        names = {to: files[to].relative_to(cache).as_posix() for to in kept.pictures}
        return replace(kept, answers=self.answers.digest(kept.questions), pictures=names)


class Before:
    """Pages of before. Each is compared when it is wanted: whether it would come out the same."""

    def __init__(
        self,
        press: Press,
        pages: Mapping[str, KeptPage],
        known: Answers | None = None,
        is_published: Callable[[str, str], bool] = lambda *_: False,
    ) -> None:
        """`known` are answers by which all pages are as they are; else their digests tell.

        `is_published` says whether a picture, by its address and its name in the cache, is there
        already, so that what is kept of it need not be whole.
        """
        self._press, self._known, self._is_published = press, known, is_published
        self._left = dict(pages)  # not compared yet
        self._same: dict[str, KeptPage] = {}
        self._stands: dict[Question, bool] = {}  # whether a question has the answer of then

    def get(self, url: str) -> KeptPage | None:
        """The page of an address, if it would come out the same."""
        kept = self._left.pop(url, None)
        if kept and url in self._press.plans and self._is_same(kept):
            self._same[url] = kept
        return self._same.get(url)

    def put(self, kept: KeptPage) -> None:
        """A page that was made since."""
        self._same[kept.page.url] = kept

    def compare(self, count: int) -> bool:
        """Compare some that are left. Whether any are left then."""
        for url in [*islice(self._left, count)]:
            self.get(url)
        if not self._left:
            self._known, self._stands = None, {}  # what was answered then is needed no more
        return bool(self._left)

    def all(self) -> dict[str, KeptPage]:
        """The pages that would come out the same."""
        self.compare(len(self._left))
        return self._same

    def _is_same(self, kept: KeptPage) -> bool:
        pictures, cache_dir = self._press.pictures, self._press.pictures.cache_dir
        if self._known is None:
            same = self._press.answers.same(kept.questions, kept.answers)
        else:
            same = all(map(self._has_stood, kept.questions))
        files = {to: cache_dir / name for to, name in kept.pictures.items()} if same else {}
        if not same or not all(self._is_there(to, file) for to, file in files.items()):
            return False
        pictures.assets |= files
        return True

    def _is_there(self, address: str, file: Path) -> bool:
        if self._known:
            return file.is_file()
        return self._is_published(address, file.name) or is_whole(file)

    def _has_stood(self, question: Question) -> bool:
        stands = self._stands.get(question)
        if stands is None:
            known = self._known
            stands = known is not None and self._press.answers.is_as(question, known)
            self._stands[question] = stands
        return stands


class Outputs(Struct):
    """The pages of a site in the order of their plans, what is wrong, and what was made anew."""

    pages: list[MadePage]
    made: list[str] = []
    problems: list[Problem] = []


def listed(setting: Setting, pages: list[MadePage]) -> list[tuple[str, str]]:
    """What search engines are told of: addresses, each with the day of its last change or ""."""
    return sorted((setting.url + page.url, page.updated) for page in pages if not page.hidden)


def every(
    press: Press,
    world: str,
    made_all: Callable[[list[MadePage]], object] = bool,
    is_published: Callable[[str, str], bool] = lambda *_: False,
) -> Outputs:
    """All pages, and all pictures that they want. `world` names all else that pages rest on.

    `made_all` is told of the pages as soon as they are made, before pictures are drawn. For
    `is_published` see `Before`.
    """
    cache_dir = press.pictures.cache_dir
    before = kept_pages.read(cache_dir, world)
    same = Before(press, before, None, is_published).all()
    documents = Documents(cache_dir)
    left = [plan for url, plan in press.plans.items() if url not in same]
    made = {kept.page.url: kept for kept in _made(press, left, documents)}
    pages = [
        _later(press, documents, (same if url in same else made)[url].page) for url in press.plans
    ]
    made_all(pages)
    problems = press.pictures.drawn()
    if not problems:
        files = press.pictures.assets
        new = [press.finished(kept, files) for kept in made.values()]
        gone = before.keys() - press.plans.keys()
        kept_pages.write(cache_dir, world, new, gone)
        if new or gone:
            kept_pages.sweep(cache_dir, {page.digest for page in pages})
    return Outputs(pages, [*made], problems)


def _later(press: Press, documents: Documents, page: MadePage) -> MadePage:
    """The same page, whose document is read where it is kept, or else made again."""
    url, known = page.url, page.digest

    def body() -> bytes:
        return documents.get(known) or press.page(press.plans[url])[0].raw

    return replace(page, body=body)


def _made(press: Press, plans: list[PagePlan], documents: Documents) -> Iterator[KeptPage]:
    """Pages with their questions and pictures; their documents are put apart."""

    def make(some: Sequence[PagePlan]) -> tuple[list[KeptPage], Pictured]:
        made = [_begun(*press.page(plan)) for plan in some]
        return _once(made, {}), press.pictures.pictured()

    known: dict[Question, Question] = {}
    for made, pictured in shared(make, plans):
        press.pictures.take(pictured)
        documents.put(kept.page for kept in made)
        for kept in _once(made, known):
            yield replace(kept, page=replace(kept.page, body=b""))


def _begun(page: MadePage, trace: Trace) -> KeptPage:
    """A page with its questions and pictures, but neither answers nor files."""
    return KeptPage(page, sorted(trace.questions), "", dict.fromkeys(sorted(trace.pictures), ""))


def _once(made: list[KeptPage], known: dict[Question, Question]) -> list[KeptPage]:
    """The same, with each question held once: pages ask the same, which is most of a trace."""
    return [
        replace(kept, questions=[known.setdefault(one, one) for one in kept.questions])
        for kept in made
    ]
