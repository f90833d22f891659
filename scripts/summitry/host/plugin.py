"""The MkDocs plugin.

It checks the project, has its pages made, and hands the built site to the gate and the publisher.
MkDocs itself is given the pages that its navigation names and those in the theme's own layout.
Nothing is remembered between builds but a cache that may be deleted; `mkdocs serve` goes its own
way (see `serving`).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup
from mkdocs.config import base
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from summitry import PACKAGE
from summitry.build import gate, outputs, policy, published, search
from summitry.build.published import Published
from summitry.build.publishing import BusyError, NotOursError, Staging
from summitry.checks.checked import CheckedLibrary
from summitry.checks.rules import examine
from summitry.content import report, routes
from summitry.content.earlier import Earlier
from summitry.content.options import Options, WrongOption, read_options
from summitry.content.targets import cache_folder
from summitry.data import history
from summitry.host import mkdocs_files, mkdocs_pages, theme
from summitry.host.configuration import (
    NO_URL,
    inputs_of,
    language_of,
    option_problems,
    placed,
    problems_of,
    root_of,
    url_of,
)
from summitry.host.destinations import astray
from summitry.host.mkdocs_pages import SpecPage
from summitry.host.project import Project
from summitry.host.serving import Serving
from summitry.host.settings import EPOCH, named
from summitry.pages.assembly import NOTICE
from summitry.pages.frame import PageFrame
from summitry.pages.spec import GUIDE, MadePage
from summitry.pages.templates import compiled
from summitry.words.catalogue import words_of

log = logging.getLogger("mkdocs.plugins.summitry")
# In Material 9.8: what its script needs, which contributors' pages do without, and which puts stops
# of the Tab key off the screen; and an empty place in the tab order.
_NEEDS_SCRIPT = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>|<script>.*?</script>'
    r'|<div data-md-component="skip">.*?</div>| tabindex=""',
    re.DOTALL,
)
_MAIN = '<main class="md-main"'


class _NoOptions(base.Config):
    """MkDocs' own idea of options: none, because `summitry.options` checks them."""


class SummitryPlugin(BasePlugin[_NoOptions]):
    """Renders entities and narrative pages into MkDocs' site."""

    options: Options
    wrong: list[WrongOption]

    def __init__(self) -> None:
        self._command = ""
        self._serving: Serving | None = None
        self._inputs = ""  # a hash of all that a build is made from; "" where it is not known
        self._staging: Staging | None = None
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        self._beside: dict[str, bytes | Path] = {}  # files that MkDocs has no need to know
        self._index: search.Index | None = None
        self._listed: list[tuple[str, str]] = []  # addresses for search engines, days of change
        self._project: Project
        self._frame: PageFrame

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Check the options by our own model, which refuses unknown ones.

        What is wrong is told in `on_config`, each at its line, which MkDocs' list would not say.
        """
        del config_file_path
        self.config = _NoOptions()
        found, self.wrong = read_options(dict(options))
        if found:
            self.options = found
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what is wanted. MkDocs keeps the instance while it serves."""
        del dirty
        report.tolerant()
        self._command = command
        if command == "serve":
            self._serving = Serving()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Have pages made when they are asked for, and changes told by the system."""
        del config
        return self._serving.attach(server, builder) if self._serving else server

    def on_shutdown(self) -> None:
        """End what goes on beside serving."""
        if self._serving:
            self._serving.stop()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set what the site needs of MkDocs, and build beside the old site."""
        if self.wrong:
            raise PluginError(report.as_text(option_problems(config, self.wrong)))
        root = root_of(config)
        config.site_url = config.site_url or NO_URL
        if wrong := problems_of(config, self.options, with_site=not self._serving):
            raise PluginError(report.as_text(wrong))
        _set_epoch(root)
        theme.join(config)
        if not config.repo_url:
            config.edit_uri = None
        watched = [root / self.options.content_dir, PACKAGE]
        kept = (self.options.review, self.options.allowed_signers, self.options.stamp_authorities)
        watched += [root / name for name in kept if name]
        watched += [one for one in theme.own_folders(config) if PACKAGE not in one.parents]
        if self._serving and (log := history.log_of_commits(root)):
            watched.append(log)  # a commit changes the days that pages state, and no file of theirs
        config.watch.extend(str(path) for path in watched if path.exists())
        # While it is served pages state no policy, as MkDocs adds a script.
        stated = "" if self._serving else policy.POLICY
        self._project = project = Project(config, self.options, stated)
        if self._serving:
            self._serving.begin(project)
            return config
        before = self._leave_unchanged(project)
        logging.getLogger("mkdocs").addHandler(self._warnings)
        try:
            self._staging = Staging(Path(config.site_dir).resolve(), before)
        except (BusyError, NotOursError, OSError) as error:
            raise PluginError(f"cannot write the site: {error}") from error
        self._say_left(self._staging)
        config.site_dir = str(self._staging.folder)
        return config

    def _leave_unchanged(self, project: Project) -> Published:
        """End the command where the site that is published is what would be built."""
        self._inputs = inputs_of(project.config, self.options, project.world)
        before = Published.read(project.cache_dir, Path(project.config.site_dir).resolve())
        if self._command == "build" and before.is_made_of(self._inputs):
            log.info("Nothing has changed since this site was built; it stays as it is")
            raise SystemExit(0)
        return before

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Check the project, then add every page and picture to MkDocs' files."""
        if self._serving:
            self._frame, made = self._serving.pages()
        else:
            made = self._every(self._project)
        mkdocs_files.drop_unread(files, config, {page.story for page in made})
        named_files = {file for _, file in named(config.nav)}
        for page in made:
            if page.story or f"{page.url}index.md" in named_files:
                mkdocs_pages.add(page, files, config)
            else:
                self._beside[f"{page.url}index.html"] = page.html.encode()
        mkdocs_files.drop_styles(files)
        return files

    def _every(self, project: Project) -> list[MadePage]:
        """All pages; all else that the site is made of stands beside them."""
        setting, config = project.setting(), project.config
        press = project.press(self._checked(project), setting)
        self._frame = press.frame
        if wrong := list(astray(press.plans, press.pages.library, named(config.nav))):
            problems = placed(Path(config.config_file_path), wrong)
            raise PluginError(report.as_text(problems))
        done = outputs.every(press, project.world)
        if done.problems:
            problems = placed(Path(config.config_file_path), done.problems)
            raise PluginError(report.as_text(problems))
        log.info("%d of %d pages were made again", len(done.made), len(done.pages))
        if press.pictures.notes:
            log.info("%s", "\n" + report.as_text(press.pictures.notes))
        made = [replace(page, html=page.html.replace(NOTICE, "")) for page in done.pages]
        if self.options.search:
            self._index = search.Index(made, project.cache_dir)
        data = (*project.sheets(press), *project.data(press))
        self._beside = {to: raw.encode() if isinstance(raw, str) else raw for to, raw in data}
        self._beside |= press.pictures.assets
        self._listed = outputs.listed(setting, made)
        return made

    def _checked(self, project: Project) -> CheckedLibrary:
        """The checked library; on problems, there is no site."""
        tree = project.tree()
        earlier = Earlier.load(project.cache_dir)
        verdict = examine(tree, project.docs_dir, self.options, project.root, earlier)
        earlier.save(project.cache_dir, {*tree.texts})
        if verdict.library is None:
            problems = placed(Path(project.config.config_file_path), verdict.problems)
            counted = report.summary(problems, f"{len(tree.texts)} files")
            raise PluginError(f"{report.as_text(problems)}\n{counted}")
        if verdict.problems:
            log.info("%s", "\n" + report.as_text(verdict.problems))
        return verdict.library

    def on_env(
        self, env: jinja2.Environment, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Escape everything by default; MkDocs' environment does not. Keep what is compiled."""
        del files
        env.autoescape = True
        env.globals["words"] = words_of(language_of(config))
        env.bytecode_cache = compiled(
            cache_folder(root_of(config), self.options.cache_dir), "frame"
        )
        return env

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the frame of a page what it shows."""
        del nav, config
        page.content = Markup(page.content or "")
        return self._context(context, page.spec if isinstance(page, SpecPage) else None)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """The document of a reader page; of the theme's own layout, what the standard allows."""
        del config
        if not isinstance(page, SpecPage):
            return output
        if page.spec.layout != GUIDE:
            return page.spec.html
        return _NEEDS_SCRIPT.sub("", output).replace(_MAIN, f'{_MAIN} id="content" tabindex="-1"')

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for pages that are not about anything, such as 404."""
        del template_name, config
        return self._context(context, None)

    def _context(self, context: TemplateContext, page: MadePage | None) -> TemplateContext:
        values = self._frame.values(page, f"{context['base_url'].rstrip('/')}/")
        cast("dict[str, Any]", context)["summitry"] = {**values, "listed": self._listed}
        return context

    @event_priority(-100)  # after every other plugin has written what it writes
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index, look at every page, and publish."""
        if self._serving:
            self._serving.built()
            return
        if self._staging:
            self._finish(self._staging, config)

    def _finish(self, staging: Staging, config: MkDocsConfig) -> None:
        """Put everything into the site, look at it, and publish it."""
        for name, content in self._beside.items():
            staging.put(name, content.read_bytes() if isinstance(content, Path) else content)
        base_path = urlsplit(url_of(config)).path
        cache = cache_folder(root_of(config), self.options.cache_dir)
        staging.put(routes.HEADERS, policy.as_headers(staging.folder, base_path).encode())
        problems = gate.inspect(staging.folder, base_path, policy.POLICY, cache, staging.digests)
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
        self._say_left(staging, left)
        published.remember(cache, self._inputs, staging.target, staging.digests)
        self._end(config)

    def _say_left(self, staging: Staging, known: int = 0) -> None:
        """Name what could not be deleted. It is no fault of the site, so no warning."""
        for path in staging.left[known:]:
            log.info("%s cannot be deleted; builds step around it until you delete it", path.name)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site that was there before as it was; say what a template or the disk lacks."""
        wrong = []
        if isinstance(error, jinja2.TemplateError):
            wrong = [theme.fault(error, self._project.config)]
        if self._serving:
            self._serving.failed(wrong)
        if self._index:
            self._index.stop()
        if self._staging:
            self._staging.discard()
            self._staging = None
        logging.getLogger("mkdocs").removeHandler(self._warnings)
        if wrong:
            raise PluginError(report.as_text(wrong)) from None
        if isinstance(error, OSError) and not self._serving:
            raise PluginError(f"the build cannot go on: {error}") from None

    def _end(self, config: MkDocsConfig) -> None:
        if self._staging:
            config.site_dir = str(self._staging.target)  # gh-deploy reads it afterwards
            self._staging = None
        logging.getLogger("mkdocs").removeHandler(self._warnings)


def _set_epoch(root: Path) -> None:
    """Date the build by the last commit, so that the same commit gives the same bytes."""
    if os.environ.get(EPOCH):
        return
    os.environ.pop(EPOCH, None)  # set to nothing it is not set, as in forms of workflows
    if (when := history.last_commit(root)) is not None:
        os.environ[EPOCH] = str(when)
