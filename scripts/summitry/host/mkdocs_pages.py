"""The pages that MkDocs has to know: those that its navigation names, and contributors' pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from summitry.host import mkdocs_files
from summitry.host.settings import named
from summitry.pages.spec import GUIDE, MadePage

_PLACED = "frame/placed.html"


class SpecPage(Page):
    """An MkDocs page that is made elsewhere: MkDocs puts contributors' pages into their frame."""

    def __init__(self, made: MadePage, file: File, config: MkDocsConfig) -> None:
        super().__init__(made.title, file, config)
        self.spec = made

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing to read: the text was read and checked before."""
        del config
        self.markdown = ""
        self.meta = {
            "title": self.spec.title,
            "description": self.spec.description,
            "template": GUIDE if self.spec.layout == GUIDE else _PLACED,
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the page's HTML and its table of contents."""
        del config, files
        self.content = self.spec.html if self.spec.layout == GUIDE else ""
        self.toc = get_toc(cast("Any", self.spec.headings))


def known(config: MkDocsConfig) -> Callable[[str, str], bool]:
    """Whether MkDocs has to know a page, by its file in the docs folder, if any, and address."""
    menu = {file for _, file in named(config.nav)}
    return lambda story, url: bool(story) or f"{url}index.md" in menu


def add(page: MadePage, files: Files, config: MkDocsConfig) -> None:
    """Make a page known to MkDocs, which lists it in its header or puts it into its frame."""
    file = files.get_file_from_path(page.story) if page.story else None
    if file is None:
        name = page.story or f"{page.url}index.md"
        file = File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.dest_uri = f"{page.url}index.html"
        file.url = page.url
        mkdocs_files.add(files, file)
    if not file.inclusion.is_included():  # exclude_docs and draft_docs would leave a hole
        file.inclusion = InclusionLevel.NOT_IN_NAV
    SpecPage(page, file, config)
