"""A project as mkdocs.yml describes it: what is read, and what makes its pages and files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from msgspec import Struct

from summitry.build import downloads, policy
from summitry.build.outputs import Press
from summitry.checks.checked import CheckedLibrary
from summitry.content.files import Reader, Tree, read_bytes, read_tree
from summitry.content.options import Options
from summitry.content.targets import cache_folder
from summitry.data import history
from summitry.data.setting import Setting
from summitry.host.inputs import docs_folder, language_of, root_of, url_of, world_of
from summitry.pages import styles
from summitry.pages.frame import PageFrame
from summitry.pages.site import Pages, illustrate
from summitry.pages.templates import compiled, environment
from summitry.words.catalogue import words_of

_FIRST = "frame/theme.js"
"""The script that stands in pages."""


class Project(Struct, frozen=True, dict=True):
    """A project. Its files are read anew at each call."""

    config: MkDocsConfig
    options: Options
    is_served: bool = False

    @property
    def root(self) -> Path:
        """Its folder, in which mkdocs.yml stands."""
        return root_of(self.config)

    @property
    def docs_dir(self) -> str:
        """The folder of narrative pages, relative to the project."""
        return docs_folder(self.config)

    @property
    def cache_dir(self) -> Path:
        """The folder of what is kept between builds."""
        return cache_folder(self.root, self.options.cache_dir)

    @property
    def templates(self) -> list[Path]:
        """The folders of templates, the first one first."""
        return [Path(folder) for folder in self.config.theme.dirs]

    @cached_property
    def policy(self) -> str:
        """The policy that each page states; none while it is served, as MkDocs adds a script."""
        if self.is_served:
            return ""
        return policy.policy(styles.text(self.templates, _FIRST).removesuffix("\n"))

    def tree(self, reader: Reader | None = None) -> Tree:
        """The files of content; by a reader, those that changed since it last read."""
        folders = self.options.content_dir, self.docs_dir, self.options.review
        return read_tree(self.root, *folders, reader.read if reader else read_bytes)

    @cached_property
    def world(self) -> str:
        """A hash of all that pages rest on besides content."""
        return f"{world_of(self.config, self.options)} {self.policy}"

    def setting(self) -> Setting:
        """Where the site stands, and what git says of its files."""
        return Setting(
            name=self.config.site_name,
            url=url_of(self.config),
            description=self.config.site_description or "",
            language=language_of(self.config),
            edit_url=self._edit_url(),
            history=history.read(self.root, [self.options.content_dir, self.docs_dir]),
        )

    def _edit_url(self) -> Callable[[str], str]:
        """Where a file of the project can be changed: edit_uri is relative to docs_dir."""
        config, docs = self.config, self.docs_dir

        def address(path: str) -> str:
            if not config.repo_url or not config.edit_uri:
                return ""
            inside = os.path.relpath(path, docs).replace(os.sep, "/")
            return urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri + inside)

        return address

    def frame(self, env: Environment) -> Environment:
        """MkDocs' environment, made ready for our frames: it does not escape by default."""
        env.autoescape = True
        env.globals["words"] = words_of(language_of(self.config))
        env.bytecode_cache = compiled(self.cache_dir, "frame")
        return env

    @cached_property
    def _environment(self) -> Environment:
        """The templates, read once: where one changes while serving, a new project is made."""
        return environment(self.templates, self.cache_dir, words_of(language_of(self.config)))

    def press(self, library: CheckedLibrary, setting: Setting) -> Press:
        """What makes the pages of a library."""
        named = setting.name, setting.url, setting.language
        pictures = illustrate(library, self.cache_dir, *named)
        pages = Pages(library, pictures, self.templates, setting, self._environment)
        return Press(pages, PageFrame(pages.env, setting, self.options, self.policy), pictures)

    def sheets(self, press: Press) -> Iterator[tuple[str, str | bytes]]:
        """The style sheets, by address; the files of the typeface become pictures' like."""
        faces = press.pictures.stylesheet()
        for address, entry in styles.SHEETS.items():
            yield address, faces + styles.joined(self.templates, entry)

    def data(self, press: Press) -> Iterator[tuple[str, str | bytes]]:
        """The files for programs, by address."""
        yield from downloads.every(press.pages.library, press.pages.setting)
        yield from press.pages.packs()
