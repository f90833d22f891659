"""A build of a site that is published: what it makes, and what becomes of it."""

from __future__ import annotations

import logging
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from summitry.build import gate, outputs, policy, published, search
from summitry.build.published import Published
from summitry.build.publishing import BusyError, NotOursError, Staging
from summitry.checks.checked import CheckedLibrary
from summitry.checks.rules import examine
from summitry.content import report, routes
from summitry.content.earlier import Earlier
from summitry.content.problems import Problem
from summitry.host import mkdocs_pages
from summitry.host.configuration import placed
from summitry.host.destinations import astray
from summitry.host.frames import Frames
from summitry.host.garbage import unsearched
from summitry.host.inputs import url_of
from summitry.host.project import Project
from summitry.host.settings import named
from summitry.pages.spec import MadePage

log = logging.getLogger("mkdocs.plugins.summitry")


class Building:
    """One build, beside the site that is there, which it replaces when all is well.

    `inputs` is a hash of all that it is made from, or "" where that is not known; `before` is what
    was published last. Raises `PluginError` where no site can be written.
    """

    def __init__(self, project: Project, inputs: str, before: Published | None) -> None:
        self.project, self._inputs = project, inputs
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        self._beside: dict[str, bytes | Path] = {}  # files that MkDocs has no need to know
        self._pages: list[MadePage] = []  # the same
        self._index: search.Index | None = None
        self._is_published = False
        try:
            self._staging = Staging(Path(project.config.site_dir).resolve(), before)
        except (BusyError, NotOursError, OSError) as error:
            raise PluginError(f"cannot write the site: {error}") from error
        logging.getLogger("mkdocs").addHandler(self._warnings)
        self._say_left()
        project.config.site_dir = str(self._staging.folder)

    def frames(self) -> Frames:
        """Make all pages, and all else that the site is made of."""
        try:
            with unsearched():
                return self._made()
        except search.NoIndexError as error:
            raise PluginError(f"the search index could not be made: {error}") from error

    def _made(self) -> Frames:
        project = self.project
        setting, config = project.setting(), project.config
        if project.options.search:  # at once, beside all else: it takes longest
            self._index = search.Index(project.cache_dir, project.world)
        press = project.press(self._checked(), setting)
        self._refuse(list(astray(press.plans, press.pages.library, named(config.nav))))
        told = self._index.of if self._index else bool
        done = outputs.every(press, project.world, told, self._staging.has)
        self._refuse(done.problems)
        log.info("%d of %d pages were made again", len(done.made), len(done.pages))
        if press.pictures.notes:
            log.info("%s", "\n" + report.as_text(press.pictures.notes))
        data = (*project.sheets(press), *project.data(press))
        self._beside = {to: raw.encode() if isinstance(raw, str) else raw for to, raw in data}
        self._beside |= press.pictures.assets
        is_known = mkdocs_pages.known(config)
        known = [page for page in done.pages if is_known(page.story, page.url)]
        self._pages = [page for page in done.pages if not is_known(page.story, page.url)]
        return Frames(press.frame, known, outputs.listed(setting, done.pages))

    def _checked(self) -> CheckedLibrary:
        """The checked library; on problems, there is no site."""
        project = self.project
        tree = project.tree()
        earlier = Earlier.load(project.cache_dir)
        verdict = examine(tree, project.docs_dir, project.options, project.root, earlier)
        earlier.save(project.cache_dir, {*tree.texts})
        if verdict.library is None:
            self._refuse(verdict.problems, f"{len(tree.texts)} files")
            raise PluginError("the content could not be read")
        if verdict.problems:
            log.info("%s", "\n" + report.as_text(verdict.problems))
        return verdict.library

    def _refuse(self, wrong: list[Problem], where: str = "") -> None:
        """End the build, if anything is wrong; `where` is what was looked through, for a count."""
        if wrong:
            problems = placed(Path(self.project.config.config_file_path), wrong)
            counted = f"\n{report.summary(problems, where)}" if where else ""
            raise PluginError(f"{report.as_text(problems)}{counted}")

    def built(self) -> None:
        """MkDocs has written its part: put everything into the site, look at it, and publish it."""
        staging, project = self._staging, self.project
        config = project.config
        for name, content in self._beside.items():
            if isinstance(content, Path):
                staging.put_kept(name, content)
            else:
                staging.put(name, content)
        for page in self._pages:
            staging.put_known(f"{page.url}index.html", page.digest, page.published)
        base_path, cache = urlsplit(url_of(config)).path, project.cache_dir
        staging.put(routes.HEADERS, policy.as_headers(staging.folder, base_path).encode())
        problems = gate.inspect(staging.folder, base_path, project.policy, cache, staging.digests)
        if problems:
            raise PluginError(report.as_text(problems))
        try:
            for name, content in self._index.files().items() if self._index else ():
                staging.put(f"{search.FOLDER}/{name}", content)
        except search.NoIndexError as error:
            raise PluginError(f"the search index could not be made: {error}") from error
        if strange := gate.inspect_index(staging.folder):
            raise PluginError(report.as_text(strange))
        if config.strict and self._warnings.get_counts():
            return
        left = len(staging.left)
        try:
            staging.publish()
        except (NotOursError, OSError) as error:
            raise PluginError(f"cannot write the site: {error}") from error
        self._say_left(left)
        published.remember(cache, self._inputs, staging.target, staging.digests)
        self._is_published = True
        config.site_dir = str(staging.target)  # gh-deploy reads it afterwards
        logging.getLogger("mkdocs").removeHandler(self._warnings)

    def _say_left(self, known: int = 0) -> None:
        """Name what could not be deleted. It is no fault of the site, so no warning."""
        for path in self._staging.left[known:]:
            log.info("%s cannot be deleted; builds step around it until you delete it", path.name)

    def failed(self) -> None:
        """Leave the site that was there before as it was."""
        if self._is_published:  # and something of others failed after that
            return
        if self._index:
            self._index.stop()
        self._staging.discard()
        logging.getLogger("mkdocs").removeHandler(self._warnings)
