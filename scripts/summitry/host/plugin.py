"""The MkDocs plugin.

It checks the project, turns page specs into MkDocs' pages, and hands the built site to the
gate and the publisher. Everything is made anew from the files at each build; under
`mkdocs serve`, and only there, the last valid texts are remembered (see `recovery`).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urljoin, urlsplit

import jinja2
from markupsafe import Markup, escape
from mkdocs.config import base
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from summitry import PACKAGE
from summitry.build import downloads, gate, policy, search, unchanged
from summitry.build.publishing import BusyError, NotOursError, Staging
from summitry.build.recovery import Memory, Recovered, recover
from summitry.checks.rules import examine
from summitry.content import report, routes
from summitry.content.files import Tree, read_tree
from summitry.content.kinds import KINDS
from summitry.content.options import Options, read_options
from summitry.content.problems import Problem
from summitry.data import history
from summitry.data.setting import Setting
from summitry.host import mkdocs_files
from summitry.host.configuration import (
    NO_URL,
    docs_folder,
    inputs_of,
    language_of,
    placed,
    problems_of,
    root_of,
    url_of,
)
from summitry.host.settings import EPOCH
from summitry.host.watching import at_once
from summitry.pages import styles
from summitry.pages.illustrations import CARD_SIZE
from summitry.pages.site import Pages, illustrate
from summitry.pages.spec import GUIDE, Content, PageSpec
from summitry.pages.templates import compiled
from summitry.words.catalogue import words_of

log = logging.getLogger("mkdocs.plugins.summitry")
# In Material 9.8: a hint for text fields on its check boxes, and an empty place in the tab order.
_NOT_STANDARD = re.compile(r'(?<=id="__(?:drawer|search)") autocomplete="off"| tabindex=""')


class SpecPage(Page):
    """An MkDocs page whose content a `PageSpec` makes."""

    def __init__(self, spec: PageSpec, file: File, config: MkDocsConfig, serving: bool) -> None:
        super().__init__(spec.title, file, config)
        self.spec = spec
        self._serving = serving

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing to read: the text was read and checked before."""
        del config
        self.markdown = ""
        self.meta = {
            "title": self.spec.title,
            "description": self.spec.description,
            "template": self.spec.layout,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make the page's HTML and its table of contents."""
        del config, files
        try:
            content = self.spec.make()
        except Exception as error:  # MkDocs hangs if anything is raised while it serves
            if not self._serving:
                raise
            log.exception("%s cannot be shown", self.spec.url)
            said = escape(f"{type(error).__name__}: {error}")
            content = Content(f'<div class="band"><h1>This page cannot be shown</h1>{said}</div>')
        self.content = content.html
        self.toc = get_toc(cast("Any", content.headings))


class _NoOptions(base.Config):
    """MkDocs' own idea of options: none, because `summitry.options` checks them."""


class SummitryPlugin(BasePlugin[_NoOptions]):
    """Renders entities and narrative pages into MkDocs' site."""

    options: Options

    def __init__(self) -> None:
        self._command, self._serving = "", False
        self._inputs = ""  # a hash of all that a build is made from; "" where it is not known
        self._memory = Memory()
        self._index = search.Background()
        self._staging: Staging | None = None
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        self._problems: list[Problem] = []
        self._file = Path("mkdocs.yml")

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Check the options by our own model, which refuses unknown ones."""
        del config_file_path
        self.config = _NoOptions()
        found, errors = read_options(dict(options))
        if found is None:
            return [(where, base.ValidationError(message)) for where, message in errors], []
        self.options = found
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what is wanted. MkDocs keeps the instance while it serves."""
        del dirty
        self._command, self._serving = command, command == "serve"

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Have the system tell of changes."""
        del config, builder
        return at_once(server)

    def on_shutdown(self) -> None:
        """Stop indexing when serving ends."""
        self._index.stop()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set what the site needs of MkDocs, and build beside the old site."""
        root, self._file = root_of(config), Path(config.config_file_path)
        config.site_url = config.site_url or NO_URL
        if wrong := problems_of(config, self.options, with_site=not self._serving):
            raise PluginError(report.as_text(wrong))
        _set_epoch(root)
        if not config.repo_url:
            config.edit_uri = None
        watched = [root / self.options.content_dir, PACKAGE]
        kept = (self.options.review, self.options.allowed_signers, self.options.stamp_authorities)
        watched += [root / name for name in kept if name]
        if config.theme.custom_dir:
            watched.append(Path(config.theme.custom_dir))
        config.watch.extend(str(path) for path in watched if path.exists())
        if not self._serving:
            self._leave_unchanged(config)
            logging.getLogger("mkdocs").addHandler(self._warnings)
            try:
                self._staging = Staging(Path(config.site_dir).resolve())
            except (BusyError, NotOursError, OSError) as error:
                raise PluginError(f"cannot write the site: {error}") from error
            self._say_left(self._staging)
            config.site_dir = str(self._staging.folder)
        self._index.stop()
        return config

    def _leave_unchanged(self, config: MkDocsConfig) -> None:
        """End the command where the site that is published is what would be built."""
        self._inputs = inputs_of(config, self.options)
        site, cache = Path(config.site_dir).resolve(), root_of(config) / self.options.cache_dir
        if self._command == "build" and unchanged.is_published(cache, self._inputs, site):
            log.info("Nothing has changed since this site was built; it stays as it is")
            raise SystemExit(0)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Check the project, then add every page and picture to MkDocs' files."""
        root, docs_dir = root_of(config), docs_folder(config)
        tree = read_tree(root, self.options.content_dir, docs_dir, self.options.review)
        found = self._checked(tree, docs_dir, root)
        self._problems = [problem for problem in found.problems if not problem.note]
        setting = self._setting(config, docs_dir, root)
        cache = root / self.options.cache_dir
        pictures = illustrate(found.library, cache, setting.name, setting.url, setting.language)
        pages = Pages(
            found.library, pictures, [Path(folder) for folder in config.theme.dirs], setting
        )
        specs = [*pages.every(), *pages.lost(found.lost)]
        mkdocs_files.drop_unread(files, config, {spec.story for spec in specs})
        claimed = set[str]()
        for spec in specs:  # a page that was left out, while serving, takes nobody's place
            if spec.url not in claimed:
                self._add_page(spec, files, config)
            claimed.add(spec.url)
        mkdocs_files.add(
            files, File.generated(config, "assets/fonts.css", content=pictures.stylesheet())
        )
        mkdocs_files.drop_styles(files)
        sheet = styles.joined([Path(folder) for folder in config.theme.dirs])
        mkdocs_files.add(files, File.generated(config, styles.ADDRESS, content=sheet))
        for address, content in downloads.every(found.library, setting):
            mkdocs_files.add(files, File.generated(config, address, content=content))
        self._say_problems(pictures.everything())
        for address, path in pictures.assets.items():
            mkdocs_files.add(files, File.generated(config, address, abs_src_path=str(path)))
        return files

    def _setting(self, config: MkDocsConfig, docs_dir: str, root: Path) -> Setting:
        """Where the site stands, and what git says of its files."""
        return Setting(
            name=config.site_name,
            url=url_of(config),
            description=config.site_description or "",
            language=language_of(config),
            edit_url=self._edit_url(config),
            history=history.read(root, [self.options.content_dir, docs_dir]),
        )

    def _checked(self, tree: Tree, docs_dir: str, root: Path) -> Recovered:
        """The checked library; on problems, stop a build and go on serving."""
        if self._serving:
            found = recover(tree, self._memory, docs_dir, self.options, root)
            if found.problems:
                log.warning("%s", "\n" + report.as_text(found.problems))
            return found
        verdict = examine(tree, docs_dir, self.options, root)
        if verdict.library is None:
            problems = placed(self._file, verdict.problems)
            counted = report.summary(problems, f"{len(tree.texts)} files")
            raise PluginError(f"{report.as_text(problems)}\n{counted}")
        if verdict.problems:
            log.info("%s", "\n" + report.as_text(verdict.problems))
        return Recovered(verdict.library, verdict.problems, {})

    def _say_problems(self, problems: list[Problem]) -> None:
        notes = [problem for problem in problems if problem.note]
        if notes and not self._serving:
            log.info("%s", "\n" + report.as_text(notes))
        problems = placed(self._file, [problem for problem in problems if not problem.note])
        if problems and not self._serving:
            raise PluginError(report.as_text(problems))
        if problems:
            self._problems += problems
            log.warning("%s", "\n" + report.as_text(problems))

    def _edit_url(self, config: MkDocsConfig) -> Callable[[str], str]:
        """Where a file of the project can be changed: edit_uri is relative to docs_dir."""

        def address(path: str) -> str:
            if not config.repo_url or not config.edit_uri:
                return ""
            docs = docs_folder(config)
            inside = os.path.relpath(path, docs).replace(os.sep, "/")
            return urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri + inside)

        return address

    def _add_page(self, spec: PageSpec, files: Files, config: MkDocsConfig) -> None:
        file = files.get_file_from_path(spec.story) if spec.story else None
        if file is None:
            name = f"../{spec.source}" if spec.source else f"{spec.url}index.md"
            file = File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            file.dest_uri = f"{spec.url}index.html"
            file.url = spec.url
            mkdocs_files.add(files, file)
        if not file.inclusion.is_included():  # exclude_docs and draft_docs would leave a hole
            file.inclusion = InclusionLevel.NOT_IN_NAV
        if spec.source and not spec.story:
            inside = os.path.relpath(spec.source, docs_folder(config))
            file.edit_uri = inside.replace(os.sep, "/")
        SpecPage(spec, file, config, self._serving)

    def on_env(
        self, env: jinja2.Environment, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Escape everything by default; MkDocs' environment does not. Keep what is compiled."""
        del files
        env.autoescape = True
        env.globals["words"] = words_of(language_of(config))
        env.bytecode_cache = compiled(root_of(config) / self.options.cache_dir, "frame")
        return env

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the frame of a page what it shows."""
        del nav
        page.content = Markup(page.content or "")
        spec = page.spec if isinstance(page, SpecPage) else None
        return self._context(context, spec, config)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Take out of the theme's own layout what the standard does not allow."""
        del config
        guide = isinstance(page, SpecPage) and page.spec.layout == GUIDE
        return _NOT_STANDARD.sub("", output) if guide else output

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for pages that are not about anything, such as 404."""
        del template_name
        return self._context(context, None, config)

    def _context(
        self, context: TemplateContext, spec: PageSpec | None, config: MkDocsConfig
    ) -> TemplateContext:
        site_url = url_of(config)
        cast("dict[str, Any]", context)["summitry"] = {
            "options": self.options,
            "spec": spec,
            "linked": spec.linked() if spec and spec.linked else None,
            "picture": site_url + spec.picture if spec and spec.picture else "",
            "picture_size": CARD_SIZE,
            "policy": "" if self._serving else policy.POLICY,
            "problems": self._problems,
            "script": words_of(language_of(config)).script,
            "kinds": [kind for kind in KINDS if kind != "images"],  # whose links show previews
            "base": f"{context['base_url'].rstrip('/')}/",
        }
        return context

    @event_priority(-100)  # after every other plugin has written what it writes
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index, look at every page, and publish."""
        site = Path(config.site_dir)
        if self._serving:
            if self.options.search:
                self._index.start(site)
            return
        base_path = urlsplit(url_of(config)).path
        cache = root_of(config) / self.options.cache_dir
        (site / routes.HEADERS).write_text(policy.as_headers(site, base_path), "utf-8")
        problems = gate.inspect(site, base_path, policy.POLICY, cache)
        if problems:
            raise PluginError(report.as_text(problems))
        if self.options.search:
            try:
                search.index(site)
            except search.NoIndexError as error:
                raise PluginError(f"the search index could not be made: {error}") from error
            if strange := gate.inspect_index(site):
                raise PluginError(report.as_text(strange))
        if self._staging and not (config.strict and self._warnings.get_counts()):
            left = len(self._staging.left)
            try:
                self._staging.publish()
            except (NotOursError, OSError) as error:
                raise PluginError(f"cannot write the site: {error}") from error
            self._say_left(self._staging, left)
            if self._inputs:
                unchanged.remember(cache, self._inputs, self._staging.target)
            self._end(config)

    def _say_left(self, staging: Staging, known: int = 0) -> None:
        """Name what could not be deleted. It is no fault of the site, so no warning."""
        for path in staging.left[known:]:
            log.info("%s cannot be deleted; builds step around it until you delete it", path.name)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site that was there before as it was; of a full disk, say so."""
        if self._staging:
            self._staging.discard()
            self._staging = None
        logging.getLogger("mkdocs").removeHandler(self._warnings)
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
