"""A checked library becomes the pages of the site, each as a `PageSpec`.

A spec says where a page goes, what it is called, and how to make its HTML. Entities and
indexes come from templates in `overrides/pages/`, narrative pages from their Markdown;
the frame around them (header, footer) is the theme's and not made here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from summitry import contents, dates, listings, portraits, routes, views
from summitry.components import Components
from summitry.illustrations import Illustrations
from summitry.library import STORIES, Item, Story
from summitry.markup import Engine
from summitry.model import KINDS, Event
from summitry.problems import Problem
from summitry.rules import CheckedLibrary
from summitry.scope import Scope
from summitry.values import Ref

READER, GUIDE = "reader.html", "guide.html"
# A section of home with one of these takes the full width; others set their heading beside.
_WIDE = ('class="quotes', 'class="dispute', 'class="glance', 'class="roster', 'class="figure')
_FIRST_PARAGRAPH = re.compile(r"(</h2>\s*)<p>")


@dataclass(frozen=True, slots=True)
class Content:
    """A page's HTML, its headings for a table of contents."""

    html: str
    headings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page to be made. `source` is the file that an editor would change, or ""."""

    url: str
    title: str
    description: str
    kind: str
    source: str
    layout: str
    make: Callable[[], Content]
    picture: str = ""  # for sharing
    picture_alt: str = ""
    section: str = ""
    searchable: bool = True
    story: str = ""
    redirect: str = ""  # where a page that has moved is now, relative to this one


class Pages:
    """Makes the pages of one library."""

    def __init__(
        self,
        library: CheckedLibrary,
        illustrations: Illustrations,
        overrides: list[Path],
        site_url: str,
        site_name: str,
        edit_url: Callable[[str], str],
    ) -> None:
        """`edit_url` gives the address where a file of the project can be changed, or ""."""
        self.library = library
        self.illustrations = illustrations
        self.site_url = site_url
        self.site_name = site_name
        self.edit_url = edit_url
        self.env = environment(overrides, illustrations.cache_dir)
        self._engine = Engine()
        self._maker = Components(self.env)

    def scope(self, here: str, file: str) -> Scope:
        """A page being made at address `here` from `file`."""
        return Scope(
            self.library, self._maker, self._engine, self.illustrations, self.site_url, here, file
        )

    def every(self) -> Iterator[PageSpec]:
        """All pages: entities, indexes, narrative pages, redirects of old ids."""
        for item in self.library.every():
            yield self.entity(item)
            for old in item.entity.formerly:
                yield self._redirect(item, old)
        for kind in KINDS:
            yield self._index(kind)
        yield self._timeline()
        yield from self._quote_lists()
        for story in self.library.stories.values():
            yield self.story(story)

    def entity(self, item: Item) -> PageSpec:
        """The page of an entity."""
        kind, entity = item.ref.kind, item.entity
        scope = self.scope(routes.url(item.ref), item.path)
        title, description = contents.titles(scope, item)
        picture = self.illustrations.card(item.ref)
        return PageSpec(
            url=routes.url(item.ref),
            title=title,
            description=description,
            kind=views.KIND_NAMES[kind][1],
            source=item.path,
            layout=READER,
            make=lambda: self._render_entity(item),
            picture=picture.path,
            picture_alt=picture.alt,
            section="timeline/" if isinstance(entity, Event) else routes.index_url(kind),
        )

    def _render_entity(self, item: Item) -> Content:
        scope = self.scope(routes.url(item.ref), item.path)
        values = contents.CONTENTS[item.ref.kind](scope, item)
        html = self._template(
            f"pages/{item.ref.kind}.html",
            page=scope,
            item=item,
            entity=item.entity,
            body=scope.body(item.document.body),
            referrers=contents.referrers(
                scope, item.ref, contents.SHOWN_ABOVE.get(item.ref.kind, ())
            ),
            **self._changes(item),
            **values,
        )
        if item.entity.withdrawn:
            notice = self._template("parts/withdrawn.html", withdrawn=item.entity.withdrawn)
            html = notice + html
        return Content(html)

    def _changes(self, item: Item) -> dict[str, Any]:
        scope = self.scope(routes.url(item.ref), item.path)
        return {
            "corrections": [
                views.CorrectionView(dates.long(c.on), c.was, c.now, scope.text(c.why))
                for c in item.entity.corrections
            ],
            "edit_url": self.edit_url(item.path),
            "report_url": self._report(routes.url(item.ref)),
        }

    def _report(self, address: str) -> str:
        email = self.library.options.contact_email
        return f"mailto:{email}?subject=An error on {address}" if email else ""

    def _template(self, name: str, **values: Any) -> str:
        return self.env.get_template(name).render(**values)

    def _redirect(self, item: Item, old: str) -> PageSpec:
        address = routes.url(Ref(item.ref.kind, old))
        target = routes.relative(routes.url(item.ref), address)
        html = self._template("pages/redirect.html", target=target, title=item.entity.title)
        return PageSpec(
            address,
            item.entity.title,
            "This page has moved.",
            "",
            "",
            READER,
            lambda: Content(html),
            searchable=False,
            redirect=target,
        )

    def _index(self, kind: str) -> PageSpec:
        name = views.KIND_NAMES[kind][1]
        return self._list_page(
            routes.index_url(kind),
            name,
            f"{name} of this explainer: {len(self.library.items(kind))} in all.",
            f"pages/index-{kind}.html",
            lambda scope: listings.INDEXES[kind](scope),
        )

    def _timeline(self) -> PageSpec:
        text = "Before, on the day and after, with the source of each event."
        return self._list_page(
            routes.TIMELINE, "Timeline", text, "pages/timeline.html", listings.timeline
        )

    def _quote_lists(self) -> Iterator[PageSpec]:
        """Plain pages that filter quotations by speaker and by topic, without script."""
        for address, heading in listings.quote_filters(self.library):
            yield self._list_page(
                address,
                heading,
                f"{heading}, with their sources.",
                "pages/quotes-filtered.html",
                partial(listings.filtered_quotes, address=address, heading=heading),
                section="quotes/",
            )

    def _list_page(
        self,
        url: str,
        title: str,
        description: str,
        template: str,
        values: Callable[[Scope], dict[str, Any]],
        section: str = "",
    ) -> PageSpec:
        def make() -> Content:
            scope = self.scope(url, "")
            return Content(self._template(template, page=scope, title=title, **values(scope)))

        picture = self.illustrations.page_card(url, title, description)
        return PageSpec(
            url,
            title,
            description,
            "",
            "",
            READER,
            make,
            picture=picture.path,
            picture_alt=picture.alt,
            section=section or url,
            searchable=False,
        )

    def lost(self, files: dict[str, list[Problem]]) -> Iterator[PageSpec]:
        """While serving: a page for each file left out, which says what is wrong with it."""
        for path, problems in files.items():
            if not path.endswith(".md"):
                continue  # a record has no page: its entity's says what is not proven
            ref = routes.entity_of(path, self.library.content_dir)
            inside = path.removeprefix(f"{self.library.docs_dir}/")
            html = self._template("pages/problem.html", path=path, problems=problems)
            yield PageSpec(
                url=routes.url(ref) if ref else routes.story_url(inside),
                title=f"A problem in {path}",
                description="",
                kind="",
                source=path,
                layout=READER,
                make=partial(Content, html),
                searchable=False,
                story="" if ref else inside,
            )

    def story(self, story: Story) -> PageSpec:
        """A narrative page."""
        address = routes.story_url(story.path)
        picture = self.illustrations.story_card(story)
        return PageSpec(
            url=address,
            title=story.title,
            description=story.meta.description or "",
            kind=views.KIND_NAMES[STORIES][1],
            source=story.file,
            layout=GUIDE if story.meta.layout == "guide" else READER,
            make=lambda: self._render_story(story),
            picture=picture.path,
            picture_alt=picture.alt,
            section=address,
            story=story.path,
        )

    def _render_story(self, story: Story) -> Content:
        scope = self.scope(routes.story_url(story.path), story.file)
        rendered = scope.markdown(story.document.body)
        if story.meta.layout == "guide":
            return Content(rendered.html, rendered.headings)
        home = story.meta.layout == "home"
        sections = [_Section(html, home) for html in rendered.sections[1:]] if home else []
        html = self._template(
            "pages/home.html" if home else "pages/story.html",
            page=scope,
            meta=story.meta,
            lead=Markup(_lede(rendered.sections[0]) if home else rendered.html),
            sections=sections,
            figure=portraits.figure(scope, story.meta.figure) if story.meta.figure else None,
            edit_url=self.edit_url(story.file),
            report_url=self._report(routes.story_url(story.path)),
        )
        return Content(html, rendered.headings)


class _Section:
    """A section of home: its HTML, and whether it takes the full width."""

    def __init__(self, html: str, home: bool) -> None:
        self.html = Markup(_FIRST_PARAGRAPH.sub(r'\1<p class="intro">', html, count=1))
        self.wide = any(mark in html for mark in _WIDE)
        found = re.match(r'<h2 id="([^"]+)"', html)
        self.anchor = found[1] if found and home else ""


def _lede(html: str) -> str:
    return html.replace("<p>", '<p class="lede">')


def compiled(cache_dir: Path, use: str) -> FileSystemBytecodeCache:
    """Where compiled templates are kept; Jinja itself sees when a template has changed.

    How a template is compiled depends on the environment's settings too, which Jinja does
    not look at: hence a folder for each `use`, and for each state of the code.
    """
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("p*.py")))
    folder = cache_dir / f"templates-{use}-{hashlib.sha256(code).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def environment(overrides: list[Path], cache_dir: Path) -> Environment:
    """Our own Jinja environment: everything is escaped, an unknown name is an error."""
    env = Environment(
        bytecode_cache=compiled(cache_dir, "pages"),
        loader=FileSystemLoader(overrides),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["long_date"] = dates.long
    env.filters["language"] = views.language
    return env
