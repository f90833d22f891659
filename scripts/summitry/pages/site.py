"""A checked library becomes the pages of the site, each as a `PageSpec`.

A spec says where a page goes, what it is called, and how to make its HTML. Entities and
indexes come from templates in `overrides/pages/`, narrative pages from their Markdown;
the frame around them (header, footer) is the theme's and not made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from summitry.checks.rules import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import KINDS, Event, Quote
from summitry.content.kinds.pieces import Correction
from summitry.content.library import STORIES, Item, Story
from summitry.content.problems import Problem
from summitry.content.values import Ref
from summitry.data import linked
from summitry.data.linked import About
from summitry.data.setting import Setting
from summitry.pages import contents, indexes, portraits
from summitry.pages.blocks import Components
from summitry.pages.context import Scope
from summitry.pages.endings import CiteView
from summitry.pages.foot import Colophon
from summitry.pages.illustrations import Illustrations
from summitry.pages.markdown import Engine
from summitry.pages.templates import environment
from summitry.words import vocabulary

READER, GUIDE, EMBED = "reader.html", "guide.html", "embed.html"
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
    hidden: bool = False  # not for search engines and lists of pages
    linked: Callable[[], linked.Node] | None = None  # what it says of itself, as JSON-LD
    redirect: str = ""  # where a page that has moved is now, relative to this one
    updated: date | None = None  # the last change of its own content


class Pages:
    """Makes the pages of one library."""

    def __init__(
        self,
        library: CheckedLibrary,
        illustrations: Illustrations,
        overrides: list[Path],
        setting: Setting,
    ) -> None:
        """`overrides` are the folders of templates, the first one first."""
        self.library = library
        self.illustrations = illustrations
        self.setting = setting
        self._colophon = Colophon(library, setting, illustrations)
        self.env = environment(overrides, illustrations.cache_dir)
        self._engine = Engine()
        self._maker = Components(self.env)

    def scope(self, here: str, file: str) -> Scope:
        """A page being made at address `here` from `file`."""
        return Scope(
            self.library, self._maker, self._engine, self.illustrations, self.setting, here, file
        )

    def _footed(
        self,
        here: str,
        file: str,
        updated: date | None,
        corrections: Sequence[Correction] = (),
        cites: Sequence[CiteView] = (),
    ) -> Scope:
        """The same, with what the end of the page says of it."""
        scope = self.scope(here, file)
        scope.foot = self._colophon.foot(scope, updated, corrections, cites)
        return scope

    def every(self) -> Iterator[PageSpec]:
        """All pages: entities, indexes, narrative pages, redirects of old ids."""
        for item in self.library.every():
            yield self.entity(item)
            if isinstance(item.entity, Quote) and not item.entity.withdrawn:
                yield self._embed(item)
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
        name = vocabulary.KIND_NAMES[kind][1]
        above = [("Timeline", routes.TIMELINE)] if isinstance(entity, Event) else []
        crumbs = [*above, (name, routes.index_url(kind))]
        picture = self.illustrations.card(item.ref)
        spec = PageSpec(
            url=routes.url(item.ref),
            title=title,
            description=description,
            kind=name,
            source=item.path,
            layout=READER,
            make=lambda: self._render_entity(item),
            picture=picture.path,
            picture_alt=picture.alt,
            section=crumbs[0][1],
            updated=self._colophon.updates.of(item.ref),
        )
        about = self._about(spec, crumbs, entity.corrections)
        return replace(
            spec,
            linked=lambda: self._colophon.linked.page(about, self._colophon.linked.entity(item)),
        )

    def _about(
        self,
        spec: PageSpec,
        crumbs: Sequence[tuple[str, str]] = (),
        corrections: Sequence[Correction] = (),
        type: str = "WebPage",
    ) -> About:
        """What a page is, for JSON-LD; its path begins at the first page."""
        return About(
            spec.url,
            spec.title,
            spec.description,
            type,
            spec.updated.isoformat() if spec.updated else "",
            spec.picture,
            [(self.setting.name, ""), *crumbs] if spec.url else [],
            corrections,
        )

    def _embed(self, item: Item) -> PageSpec:
        """A quotation for other sites to embed: no header and footer, its citation inside."""
        address = routes.embed_url(item.ref.id)

        def make() -> Content:
            scope = self.scope(address, item.path)
            shown = portraits.quote(scope, item.ref)
            return Content(self._template("pages/embed.html", page=scope, quote=shown))

        picture = self.illustrations.card(item.ref)
        title, description = contents.titles(self.scope(address, item.path), item)
        return PageSpec(
            address,
            f"{title} (to embed)",
            f"To embed elsewhere. {description}",
            "",
            "",
            EMBED,
            make,
            picture=picture.path,
            picture_alt=picture.alt,
            section=routes.index_url("quotes"),
            searchable=False,
            hidden=True,
        )

    def _render_entity(self, item: Item) -> Content:
        updated = self._colophon.updates.of(item.ref)
        here = self.scope(routes.url(item.ref), item.path)
        leading = portraits.leading(here, item.ref) if item.ref.kind == "quotes" else None
        cites = self._colophon.cite_entity(item, leading.source if leading else None)
        scope = self._footed(here.here, item.path, updated, item.entity.corrections, cites)
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
            **values,
        )
        if item.entity.withdrawn:
            notice = self._template("parts/withdrawn.html", withdrawn=item.entity.withdrawn)
            html = notice + html
        return Content(html)

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
            hidden=True,
            redirect=target,
        )

    def _index(self, kind: str) -> PageSpec:
        name = vocabulary.KIND_NAMES[kind][1]
        return self._list_page(
            routes.index_url(kind),
            name,
            f"{name} of this explainer: {len(self.library.items(kind))} in all.",
            f"pages/index-{kind}.html",
            lambda scope: indexes.INDEXES[kind](scope),
            of=kind,
        )

    def _timeline(self) -> PageSpec:
        text = "Before, on the day and after, with the source of each event."
        return self._list_page(
            routes.TIMELINE,
            "Timeline",
            text,
            "pages/timeline.html",
            indexes.timeline,
            of="events",
        )

    def _quote_lists(self) -> Iterator[PageSpec]:
        """Plain pages that filter quotations by speaker and by topic, without script."""
        for address, heading in indexes.quote_filters(self.library):
            yield self._list_page(
                address,
                heading,
                f"{heading}, with their sources.",
                "pages/quotes-filtered.html",
                partial(indexes.filtered_quotes, address=address, heading=heading),
                of="quotes",
                section="quotes/",
            )

    def _list_page(
        self,
        url: str,
        title: str,
        description: str,
        template: str,
        values: Callable[[Scope], dict[str, Any]],
        of: str,
        section: str = "",
    ) -> PageSpec:
        updated = self._colophon.updates.of_kinds(of)

        def make() -> Content:
            scope = self._footed(url, "", updated)
            return Content(self._template(template, page=scope, title=title, **values(scope)))

        picture = self.illustrations.page_card(url, title, description)
        spec = PageSpec(
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
            updated=updated,
        )
        above = [(vocabulary.KIND_NAMES[of][1], section)] if section else []
        about = self._about(spec, above, type="CollectionPage")
        return replace(spec, linked=lambda: self._colophon.linked.page(about))

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
                hidden=True,
                story="" if ref else inside,
            )

    def story(self, story: Story) -> PageSpec:
        """A narrative page."""
        address = routes.story_url(story.path)
        picture = self.illustrations.story_card(story)
        spec = PageSpec(
            url=address,
            title=story.title,
            description=story.meta.description or "",
            kind=vocabulary.KIND_NAMES[STORIES][1],
            source=story.file,
            layout=GUIDE if story.meta.layout == "guide" else READER,
            make=lambda: self._render_story(story),
            picture=picture.path,
            picture_alt=picture.alt,
            section=address,
            story=story.path,
            updated=self._colophon.updates.of_story(story),
        )
        about, make = self._about(spec, (), story.meta.corrections), self._colophon.linked
        return replace(spec, linked=lambda: make.page(about, make.story(story, about)))

    def _render_story(self, story: Story) -> Content:
        scope = self._footed(
            routes.story_url(story.path),
            story.file,
            self._colophon.updates.of_story(story),
            story.meta.corrections,
            self._colophon.cite_story(story),
        )
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
