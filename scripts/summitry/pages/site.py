"""A checked library becomes the pages of the site, each as a `PageSpec`.

A spec says where a page goes, what it is called, and how to make its HTML. Entities and
indexes come from templates in `overrides/pages/`, narrative pages from their Markdown;
the frame around them (header, footer) is the theme's and not made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from msgspec.structs import replace

from summitry.checks.answers import LibraryAnswers
from summitry.checks.asking import Kept
from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import KINDS, Quote
from summitry.content.kinds.pieces import Correction, Searched
from summitry.content.library import STORIES, Item, Story
from summitry.content.problems import Problem
from summitry.content.values import Ref
from summitry.data import linked
from summitry.data.linked import PageFacts
from summitry.data.setting import Setting
from summitry.pages import assembly, lists, moved, packs, passage, stories
from summitry.pages.blocks import Components
from summitry.pages.card_words import Cards
from summitry.pages.context import Scope
from summitry.pages.endings import CiteView
from summitry.pages.foot import Colophon
from summitry.pages.illustrations import Illustrations
from summitry.pages.kinds import kind_pages
from summitry.pages.lists import ListPlan
from summitry.pages.markdown import Engine
from summitry.pages.reach import reach
from summitry.pages.spec import EMBED, GUIDE, READER, Content, PagePlan, PageSpec
from summitry.pages.templates import environment
from summitry.pages.views import links, quotes
from summitry.words.catalogue import ENGLISH, words_of


def illustrate(
    library: CheckedLibrary,
    cache_dir: Path,
    site_name: str,
    site_url: str,
    language: str = ENGLISH,
) -> Illustrations:
    """What makes the pictures of a library's pages; finished ones are kept in `cache_dir`."""
    words = words_of(language)
    cards = Cards(library, site_name, site_url, kind_pages(), words)
    return Illustrations(library, cache_dir, cards)


class Pages:
    """Makes the pages of one library."""

    def __init__(
        self,
        library: CheckedLibrary,
        illustrations: Illustrations,
        overrides: list[Path],
        setting: Setting,
        env: Environment | None = None,
    ) -> None:
        """`overrides` are the folders of templates, the first one first; `env` one made of them."""
        self.library = library
        self.illustrations = illustrations
        self.setting = setting
        self.kinds = kind_pages()
        cited = tuple(kind for kind, page in self.kinds.items() if page.cited)
        self._colophon = Colophon(library, setting, illustrations, cited)
        self.words = setting.words
        self.env = env or environment(overrides, illustrations.cache_dir, self.words)
        self._engine = Engine()
        self._made = Kept[Any]()
        self._maker = Components(self.env)

    def scope(self, here: str, file: str) -> Scope:
        """A page being made at address `here` from `file`."""
        return Scope(
            self.library,
            self.kinds,
            self._maker,
            self._engine,
            self.illustrations,
            self.setting,
            self._colophon.updates,
            here,
            file,
            self._made,
        )

    def _footed(
        self,
        here: str,
        file: str,
        updated: date | None,
        corrections: Sequence[Correction] = (),
        cites: Sequence[CiteView] = (),
        searched: Sequence[Searched] = (),
    ) -> Scope:
        """The same, with what the end of the page says of it."""
        scope = self.scope(here, file)
        foot = self._colophon.foot(scope, updated, corrections, cites, searched)
        scope.foot = replace(foot, passage=passage.passage(scope))
        return scope

    def every(self) -> Iterator[PageSpec]:
        """All pages: entities, indexes, narrative pages, redirects of old ids."""
        return (plan.spec() for plan in self.plans())

    def plans(self) -> Iterator[PagePlan]:
        """The same, before anything is made of them."""
        for item in self.library.every():
            yield PagePlan(routes.url(item.ref), partial(self.entity, item))
            if isinstance(item.entity, Quote) and not item.entity.withdrawn:
                yield PagePlan(routes.embed_url(item.ref.id), partial(self._embed, item))
            for address in moved.old_addresses(item):
                to, title = routes.url(item.ref), partial(self.library.title, item.ref)
                yield PagePlan(address, partial(self._moved, address, to, title))
        for kind, model in KINDS.items():
            for old in model.kind_was:
                address, to = routes.index_url(old), routes.index_url(kind)
                name = partial(self._many, kind)
                yield PagePlan(address, partial(self._moved, address, to, name))
        for plan in lists.every(self.words, self.library):
            yield PagePlan(plan.url, partial(self._list_page, plan))
        for story in self.library.stories.values():
            yield PagePlan(routes.story_url(story.path), partial(self.story, story), story.path)

    def answering(self) -> dict[str, Callable[[str], object]]:
        """What gives the answers to what pages asked (see `asking`)."""
        return {**LibraryAnswers(self.library).answering(), **self._colophon.answering()}

    def _moved(self, address: str, to: str, named: Callable[[], str]) -> PageSpec:
        return moved.page(self.env, self.words, address, to, named())

    def packs(self) -> Iterator[tuple[str, bytes]]:
        """The quotations of each topic as one file, once their pictures have been drawn."""
        return packs.packs(self.scope("", ""))

    def entity(self, item: Item) -> PageSpec:
        """The page of an entity."""
        own, ref = self.kinds[item.ref.kind], item.ref
        scope, crumbs = self.scope(routes.url(ref), item.path), own.trail(self.words, ref.kind)
        picture = self.illustrations.card(ref)
        spec = PageSpec(
            url=routes.url(ref),
            title=own.title(scope, ref, item.entity),
            description=own.description(scope, ref, item.entity),
            kind=self._many(ref.kind),
            source=item.path,
            layout=READER,
            make=lambda: self._render_entity(item),
            picture=picture.path,
            picture_alt=picture.alt,
            section=passage.section(self.library.options, crumbs[0][1]),
            updated=self._colophon.updates.of(ref),
            oembed=ref.kind in ("quotes", "facts") and not item.entity.withdrawn,
        )
        about = self._about(spec, crumbs, item.entity.corrections)
        linked = self._colophon.linked
        return replace(spec, linked=lambda: linked.page(about, self._thing(item)))

    def _thing(self, item: Item) -> linked.Node:
        """What an entity is, in schema.org's words."""
        make = self._colophon.linked
        node = self.kinds[item.ref.kind].linked(make, item.ref, item.entity)
        return make.thing(item, node)

    def _many(self, kind: str) -> str:
        return self.words(f"kinds.{kind}")

    def _about(
        self,
        spec: PageSpec,
        crumbs: Sequence[tuple[str, str]] = (),
        corrections: Sequence[Correction] = (),
        type: str = "WebPage",
    ) -> PageFacts:
        """What a page is, for JSON-LD; its path begins at the first page."""
        return PageFacts(
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
            shown = quotes.quote(scope, item.ref)
            html = self._template("kinds/quotes/embed.html", page=scope, quote=shown)
            return Content(assembly.assembled(html, address, assembly.cited(html)))

        picture = self.illustrations.card(item.ref)
        own, scope = self.kinds[item.ref.kind], self.scope(address, item.path)
        title = own.title(scope, item.ref, item.entity)
        description = own.description(scope, item.ref, item.entity)
        return PageSpec(
            address,
            self.words("quote.to-embed", title=title),
            self.words("quote.embedded", description=description),
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
        own, ref = self.kinds[item.ref.kind], item.ref
        here, updated = routes.url(ref), self._colophon.updates.of(ref)
        cited = own.sources_cited(self.scope(here, item.path), ref)
        cites = self._colophon.cite_entity(item, cited, own.cited)
        searched = [item.entity.searched] if item.entity.searched else []
        scope = self._footed(here, item.path, updated, item.entity.corrections, cites, searched)
        values = own.page(scope, ref, item.entity)
        html = self._template(
            f"kinds/{ref.kind}/page.html",
            page=scope,
            item=item,
            entity=item.entity,
            body=scope.body(item.document.body),
            referrers=links.referrers(scope, ref),
            **values,
        )
        if item.entity.withdrawn:
            notice = self._template("blocks/withdrawn.html", withdrawn=item.entity.withdrawn)
            html = notice + html
        return self._whole(scope, Content(html))

    def _template(self, name: str, **values: Any) -> str:
        return self.env.get_template(name).render(**values)

    def _list_page(self, plan: ListPlan) -> PageSpec:
        url, updated = plan.url, self._colophon.updates.of_kinds(plan.of)

        def make() -> Content:
            scope = self._footed(url, "", updated)
            template = self.env.select_template(plan.templates)
            html = template.render(page=scope, title=plan.title, **plan.values(scope))
            return self._whole(scope, Content(html))

        picture = self.illustrations.page_card(url, plan.title, plan.description)
        spec = PageSpec(
            url,
            plan.title,
            plan.description,
            "",
            "",
            READER,
            make,
            picture=picture.path,
            picture_alt=picture.alt,
            section=plan.section or passage.section(self.library.options, url),
            searchable=False,
            updated=updated,
        )
        above = [(self._many(plan.of), plan.section)] if plan.section else []
        about = self._about(spec, above, type="CollectionPage")
        return replace(spec, linked=lambda: self._colophon.linked.page(about))

    def lost(self, files: dict[str, list[Problem]]) -> Iterator[PageSpec]:
        """While serving: a page for each file left out, which says what is wrong with it."""
        for path, problems in files.items():
            if not path.endswith(".md"):
                continue  # a record has no page: its entity's says what is not proven
            ref = routes.entity_of(path, self.library.content_dir)
            inside = path.removeprefix(f"{self.library.docs_dir}/")
            html = self._template("frame/problem.html", path=path, problems=problems)
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
            kind=self._many(STORIES),
            source=story.file,
            layout=GUIDE if story.meta.layout == "guide" else READER,
            make=lambda: self._render_story(story),
            picture=picture.path,
            picture_alt=picture.alt,
            section=passage.section(self.library.options, address),
            story=story.path,
            updated=self._colophon.updates.of_story(story),
        )
        about, make = self._about(spec, (), story.meta.corrections), self._colophon.linked
        main = self.library.options.main
        if story.meta.layout == "home":  # which is about the event that the site explains
            return replace(
                spec,
                linked=lambda: make.page(
                    about, self._thing(self.library.item(main)) if main else None
                ),
            )
        return replace(spec, linked=lambda: make.page(about, make.story(story, about)))

    def _render_story(self, story: Story) -> Content:
        scope = self._footed(
            routes.story_url(story.path),
            story.file,
            self._colophon.updates.of_story(story),
            story.meta.corrections,
            self._colophon.cite_story(story),
            story.meta.searched,
        )
        made = stories.render(self.env, scope, story)
        return self._whole(scope, made, ending=story.meta.layout != "guide")

    def _whole(self, scope: Scope, made: Content, ending: bool = True) -> Content:
        """A page put together: its end, its links, the numbers of its sources."""
        html, foot = made.html, scope.foot
        sources = assembly.cited("".join([html, *(str(c.why) for c in foot.corrections)]))
        if ending:
            listed = [scope.source(Ref("sources", name)) for name in sources]
            html += self._template("blocks/ending.html", page=scope, sources=listed)
        reaches = reach(self.words, self.library, sources)
        return replace(made, html=assembly.assembled(html, scope.here, sources, reaches))
