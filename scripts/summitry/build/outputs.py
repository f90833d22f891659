"""Every page of a site: those that would come out the same are kept, the others are made.

A page rests on its trace (`checks.asking`): the questions that were asked while it was made. If the
library of today answers them as that of then did, and its pictures are still there, the page is as
it was. What is left to make is made on every core where there is much of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from summitry.build import kept_pages
from summitry.build.cores import shared
from summitry.build.kept_pages import KeptPage
from summitry.checks.asking import Answers, Question, Trace, recording
from summitry.content.problems import Problem
from summitry.data.setting import Setting
from summitry.pages.frame import PageFrame
from summitry.pages.illustrations import Illustrations, Pictured
from summitry.pages.site import Pages
from summitry.pages.spec import GUIDE, Content, MadePage, PagePlan, PageSpec
from summitry.pictures.cache import is_whole


@dataclass
class Press:
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

    def same(
        self, before: Mapping[str, KeptPage], known: Answers | None = None
    ) -> dict[str, KeptPage]:
        """The pages of before that would come out the same.

        `known` are answers by which all of them are as they are.
        """
        cache_dir = self.pictures.cache_dir
        changed = self.answers.changed(known) if known else set()
        found = {}
        for url, kept in before.items():
            if known:
                same = changed.isdisjoint(kept.questions)
            else:
                same = self.answers.same(kept.questions, kept.answers)
            if same and url in self.plans:
                files = {to: cache_dir / name for to, name in kept.pictures.items()}
                if all(map(Path.is_file if known else is_whole, files.values())):
                    found[url] = kept
                    self.pictures.assets |= files
        return found

    def page(self, plan: PagePlan) -> tuple[MadePage, Trace]:
        """A page, and what was asked for it."""
        with recording() as trace:
            return self.made(plan.spec()), trace

    def made(self, spec: PageSpec) -> MadePage:
        """The page of a spec."""
        content = spec.make()
        if spec.layout != GUIDE:
            content = Content(self.frame.document(spec, content), content.headings)
        return MadePage.of(spec, content)

    def kept(self, page: MadePage, trace: Trace, files: Mapping[str, Path]) -> KeptPage:
        """A page with what it rests on; `files` has those of its pictures."""
        questions = sorted(trace.questions)
        cache = self.pictures.cache_dir
        names = {to: files[to].relative_to(cache).as_posix() for to in sorted(trace.pictures)}
        return KeptPage(page, questions, self.answers.digest(questions), names)


@dataclass(slots=True)
class Outputs:
    """The pages of a site in the order of their plans, what is wrong, and what was made anew."""

    pages: list[MadePage]
    made: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def listed(setting: Setting, pages: list[MadePage]) -> list[tuple[str, str]]:
    """What search engines are told of: addresses, each with the day of its last change or ""."""
    return sorted((setting.url + page.url, page.updated) for page in pages if not page.hidden)


def every(press: Press, world: str) -> Outputs:
    """All pages, and all pictures that they want. `world` names all else that pages rest on."""
    cache_dir = press.pictures.cache_dir
    before = kept_pages.read(cache_dir, world)
    same = press.same(before)
    made = dict(_made(press, [plan for url, plan in press.plans.items() if url not in same]))
    problems = press.pictures.drawn()
    if not problems:
        files = press.pictures.assets
        new = [press.kept(page, trace, files) for page, trace in made.values()]
        kept_pages.write(cache_dir, world, new, before.keys() - press.plans.keys())
    pages = [same[url].page if url in same else made[url][0] for url in press.plans]
    return Outputs(pages, [*made], problems)


def _made(press: Press, plans: list[PagePlan]) -> Iterator[tuple[str, tuple[MadePage, Trace]]]:
    def make(some: Sequence[PagePlan]) -> tuple[list[tuple[MadePage, Trace]], Pictured]:
        return _once([press.page(plan) for plan in some], {}), press.pictures.pictured()

    known: dict[Question, Question] = {}
    for made, pictured in shared(make, plans):
        press.pictures.take(pictured)
        yield from ((page.url, (page, trace)) for page, trace in _once(made, known))


def _once(
    made: list[tuple[MadePage, Trace]], known: dict[Question, Question]
) -> list[tuple[MadePage, Trace]]:
    """The same, with each question held once: pages ask the same, which is most of a trace."""
    for _, trace in made:
        trace.questions = {known.setdefault(one, one) for one in trace.questions}
    return made
