"""The MkDocs plugin: what happens at each event of MkDocs.

A build of which nothing has changed ends here. Otherwise a `Building` checks the project, makes its
pages and publishes them; `mkdocs serve` goes its own way (see `Serving`). MkDocs itself is given
the pages that its navigation names and those in the theme's own layout. Nothing is remembered
between builds but a cache that may be deleted.

Both are imported when they are needed, as that takes as long as all that MkDocs does before.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import jinja2
from mkdocs.config import base
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from summitry import PACKAGE
from summitry.build.published import Published
from summitry.content import report
from summitry.content.options import Options, WrongOption, read_options
from summitry.content.targets import cache_folder
from summitry.data import history
from summitry.host import theme
from summitry.host.folders import folder_problems
from summitry.host.garbage import unsearched
from summitry.host.inputs import NO_URL, inputs_of, root_of
from summitry.host.settings import EPOCH

if TYPE_CHECKING:
    from summitry.host.building import Building
    from summitry.host.frames import Frames
    from summitry.host.project import Project
    from summitry.host.serving import Serving

log = logging.getLogger("mkdocs.plugins.summitry")


class _NoOptions(base.Config):
    """MkDocs' own idea of options: none, because `summitry.options` checks them."""


class SummitryPlugin(BasePlugin[_NoOptions]):
    """Renders entities and narrative pages into MkDocs' site."""

    options: Options
    wrong: list[WrongOption]

    def __init__(self) -> None:
        self._command = ""
        self._serving: Serving | None = None
        self._building: Building | None = None
        self._project: Project
        self._frames: Frames

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
            with unsearched():
                from summitry.host.serving import Serving

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
        """Set what the site needs of MkDocs, and begin to build, unless nothing has changed."""
        config.site_url = config.site_url or NO_URL
        theme.join(config)
        if not config.repo_url:
            config.edit_uri = None
        _set_epoch(root_of(config))
        inputs, before = "", None
        # What folders hold is read only where they may be read.
        if not (self._serving or self.wrong or folder_problems(config, self.options)):
            inputs = inputs_of(config, self.options)
            cache = cache_folder(root_of(config), self.options.cache_dir)
            before = Published.read(cache, Path(config.site_dir).resolve())
            if self._command == "build" and before.is_made_of(inputs):
                log.info("Nothing has changed since this site was built; it stays as it is")
                raise SystemExit(0)
        self._begin(config, inputs, before)
        return config

    def _begin(self, config: MkDocsConfig, inputs: str, before: Published | None) -> None:
        """Begin to build or to serve. Raises `PluginError` where settings are wrong."""
        with unsearched():  # what is imported stays
            from summitry.host.configuration import option_problems, problems_of
            from summitry.host.project import Project

            if not self._serving:
                from summitry.host.building import Building

        if wrong := (
            option_problems(config, self.wrong)
            or problems_of(config, self.options, with_site=not self._serving)
        ):
            raise PluginError(report.as_text(wrong))
        self._project = Project(config, self.options, is_served=bool(self._serving))
        if self._serving:
            self._watch(config)
            self._serving.begin(self._project)
        else:
            self._building = Building(self._project, inputs, before)

    def _watch(self, config: MkDocsConfig) -> None:
        """Have `mkdocs serve` look at all that the site is made from."""
        root = root_of(config)
        watched = [root / self.options.content_dir, PACKAGE]
        kept = (self.options.review, self.options.allowed_signers, self.options.stamp_authorities)
        watched += [root / name for name in kept if name]
        watched += [one for one in theme.own_folders(config) if PACKAGE not in one.parents]
        watched += history.marks_of_commits(root)  # it changes days that pages state, and no file
        config.watch.extend(str(path) for path in watched if path.exists())

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Check the project and make its files; MkDocs is told of the pages that it has to know."""
        if run := self._serving or self._building:
            self._frames = run.frames()
            self._frames.tell(files, config)
        return files

    def on_env(
        self, env: jinja2.Environment, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Escape everything by default; MkDocs' environment does not. Keep what is compiled."""
        del config, files
        return self._project.frame(env)

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the frame of a page what it shows."""
        del nav, config
        return self._frames.of_page(context, page)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """The document of a reader page; of the theme's own layout, what the standard allows."""
        del config
        return self._frames.document(output, page)

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for pages that are not about anything, such as 404."""
        del template_name, config
        return self._frames.of(context, None)

    @event_priority(-100)  # after every other plugin has written what it writes
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Index, look at every page, and publish."""
        del config
        if run := self._serving or self._building:
            run.built()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the site that was there before as it was; say what a template or the disk lacks."""
        wrong = []
        if isinstance(error, jinja2.TemplateError):
            wrong = [theme.fault(error, self._project.config)]
        if self._serving:
            self._serving.failed(wrong)
        if self._building:
            self._building.failed()
            self._building = None
        if wrong:
            raise PluginError(report.as_text(wrong)) from None
        if isinstance(error, OSError) and not self._serving:
            raise PluginError(f"the build cannot go on: {error}") from None


def _set_epoch(root: Path) -> None:
    """Date the build by the last commit, so that the same commit gives the same bytes."""
    if os.environ.get(EPOCH):
        return
    os.environ.pop(EPOCH, None)  # set to nothing it is not set, as in forms of workflows
    if (when := history.last_commit(root)) is not None:
        os.environ[EPOCH] = str(when)
