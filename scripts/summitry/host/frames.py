"""What MkDocs makes: the frames of contributors' pages and of 404, around what we made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from msgspec import Struct

from summitry.host import mkdocs_files, mkdocs_pages
from summitry.host.mkdocs_pages import SpecPage
from summitry.pages.frame import PageFrame
from summitry.pages.spec import GUIDE, MadePage

# In Material 9.8: what its script needs, which contributors' pages do without, and which puts stops
# of the Tab key off the screen; and an empty place in the tab order.
_NEEDS_SCRIPT = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>|<script>.*?</script>'
    r'|<div data-md-component="skip">.*?</div>| tabindex=""',
    re.DOTALL,
)
_MAIN = '<main class="md-main"'


class Frames(Struct, frozen=True):
    """What frames show; `listed` are addresses for search engines with their days of change."""

    frame: PageFrame
    pages: Sequence[MadePage]  # those that MkDocs has to know
    listed: Sequence[tuple[str, str]] = ()

    def tell(self, files: Files, config: MkDocsConfig) -> None:
        """Tell MkDocs of these pages, and of no others."""
        mkdocs_files.drop_unread(files, config, {page.story for page in self.pages})
        for page in self.pages:
            mkdocs_pages.add(page, files, config)
        mkdocs_files.drop_parts(files)

    def of_page(self, context: TemplateContext, page: Page) -> TemplateContext:
        """Give the frame of a page what it shows."""
        page.content = Markup(page.content or "")
        return self.of(context, page.spec if isinstance(page, SpecPage) else None)

    def of(self, context: TemplateContext, page: MadePage | None) -> TemplateContext:
        """The same of a page of ours, or of one that is not about anything, such as 404."""
        values = self.frame.values(page, f"{context['base_url'].rstrip('/')}/")
        cast("dict[str, Any]", context)["summitry"] = {**values, "listed": self.listed}
        return context

    def document(self, output: str, page: Page) -> str:
        """The document of a reader page; of the theme's own layout, what the standard allows."""
        if not isinstance(page, SpecPage):
            return output
        if page.spec.layout != GUIDE:
            return page.spec.published().decode("utf-8")
        return _NEEDS_SCRIPT.sub("", output).replace(_MAIN, f'{_MAIN} id="content" tabindex="-1"')
