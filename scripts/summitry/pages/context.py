"""One page being made: its address, the file whose links it reads, and what it may ask.

A `Scope` is what templates see, and it answers the questions that Markdown asks
(`markdown.Host`). Links and numbers of sources are marks, which `assembly` fills in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from markupsafe import Markup
from msgspec import Struct

from summitry.checks.asking import Kept
from summitry.checks.backing import Backed
from summitry.checks.checked import CheckedLibrary
from summitry.content import routes, webaddress
from summitry.content.kinds import Source
from summitry.content.library import STORIES
from summitry.content.prose import Fence, plain
from summitry.content.values import ProseText, Ref, when
from summitry.data.changes import Updates
from summitry.data.setting import Setting
from summitry.pages import assembly, badges, for_templates
from summitry.pages.endings import Foot
from summitry.pages.illustrations import Illustrations
from summitry.pages.markdown import Engine, Rendered
from summitry.words.catalogue import Words
from summitry.words.sentences import ended


class Maker(Protocol):
    """Makes the components that stand in prose (`components.Components` does)."""

    def cards(self, scope: Scope, refs: list[Ref], level: int) -> str:
        """Cards of one kind."""

    def fence(self, scope: Scope, fence: Fence, level: int) -> str | None:
        """A fenced block, or None if it is code."""

    def part(self, scope: Scope, name: str, **values: Any) -> str:
        """A template for a part of a page."""


class KindAnswers(Protocol):
    """What a page asks of a kind (`kinds.protocol.KindPage` answers)."""

    @property
    def above(self) -> tuple[str, ...]:
        """Kinds whose references have a section of their own on its page."""

    def line(self, scope: Scope, entity: Any) -> str:
        """What a list says of an entity besides its name."""

    def view(self, scope: Scope, ref: Ref) -> Any:
        """The values for its card in prose."""

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """The values for the template of its index."""


class Scope:
    """What templates and Markdown of one page may ask."""

    def __init__(
        self,
        library: CheckedLibrary,
        kinds: Mapping[str, KindAnswers],
        maker: Maker,
        engine: Engine,
        illustrations: Illustrations,
        setting: Setting,
        updates: Updates,
        here: str,
        file: str,
        made: Kept[Any],
    ) -> None:
        """`made` holds what is the same on every page of a build (see `once`)."""
        self.library = library
        self.kinds = kinds
        self.illustrations = illustrations
        self.setting = setting
        self.updates = updates
        self.words: Words = setting.words
        self.here = here
        self.file = file
        self.made = made
        self.foot = Foot()
        self._maker = maker
        self._engine = engine
        self._ids: dict[str, int] = {}

    # Addresses

    def to(self, address: str) -> str:
        """A link to an address of the site."""
        return assembly.link(address)

    def link(self, ref: Ref) -> str:
        """A link to an entity's page, or to a narrative page."""
        if ref.kind == STORIES:
            return self.to(routes.story_url(ref.id))
        return self.to(routes.url(ref))

    def own_id(self, name: str) -> str:
        """`name`, or with a number after it, so that the same figure may stand in a page twice."""
        self._ids[name] = self._ids.get(name, 0) + 1
        return name if self._ids[name] == 1 else f"{name}--{self._ids[name]}"

    def permalink(self, address: str) -> str:
        """The absolute address, for sharing."""
        return self.setting.url + address

    # Prose

    def text(self, prose: ProseText) -> Markup:
        """Prose of front matter as HTML; its links are read from the file where it stands."""
        return Markup(self._engine.inline(prose, PageReading(self, self._maker, prose.file)))

    def field(self, file: str, text: str) -> Markup:
        """A field without Markdown, with what is told right behind words that it quotes."""
        made, start = Markup(""), 0
        for one in self.library.told_fields(file):
            if one.text == text:
                made += text[start : one.end]
                made += Markup(self._maker.part(self, "remark", told=self.told(one.backed)))
                start = one.end
        return made + text[start:]

    def told(self, backed: Backed) -> list[str]:
        """What readers are told of quoted words."""
        found = list[str]()
        if backed.taken_in:
            found.append(self.words("quoted.beside", words=backed.taken_in))
        elif backed.telling:
            found += backed.telling
        if not backed.proven:
            found.append(self.words("state.in-transcribed"))
        return found

    def markdown(self, text: str, file: str = "") -> Rendered:
        """A text of this page's file as HTML, or of another file."""
        return self._engine.render(text, PageReading(self, self._maker, file or self.file))

    def body(self, text: str) -> Markup:
        """The prose of an entity's file."""
        return Markup(self.markdown(text).html) if text.strip() else Markup("")

    def part(self, name: str, **values: Any) -> str:
        """A template for a part of this page."""
        return self._maker.part(self, name, **values)

    # Sources

    def source(self, ref: Ref) -> for_templates.SourceView:
        """A source, made once a build."""
        found: for_templates.SourceView = self.made.get(("source", ref), lambda: self._source(ref))
        return found

    def _source(self, ref: Ref) -> for_templates.SourceView:
        source = self.of(ref, Source)
        day = webaddress.day_of_copy(source.archive_url or "")
        return for_templates.SourceView(
            number=assembly.number(ref.id),
            back=assembly.back(ref.id),
            href=self.link(ref),
            title=source.name,
            language=source.language,
            publisher=source.publisher or self.words("source.no-publisher"),
            about=self.about_source(source),
            url=source.url or "",
            host=for_templates.host(source.url) if source.url else "",
            archive=source.archive_url or "",
            archived=day,
            archived_on=self.words.long(when(day)) if day else "",
            version=self._version(ref.id, source),
            badges=badges.badges(self.words, self.library, source),
            named=badges.publisher(self.words, self.library, source),
        )

    def _version(self, name: str, source: Source) -> str:
        """The day of the copy that was read: of the newest capture, else as stated."""
        if captures := self.library.captures(name):
            return captures[0].date[:10]
        return source.accessed.text if source.accessed and source.accessed.unit == "day" else ""

    def about_source(self, source: Source) -> str:
        """One line on a source: what it is, its date and author, its language."""
        words = self.words
        issued = words.long(source.issued) if source.issued else ""
        parts = [words.row([words(f"type.{source.type}"), issued])]
        if source.author:
            parts.append(words("source.by", author=source.written_by))
        if not source.issued:
            parts.append(words("source.no-date" if source.author else "source.no-author-date"))
        elif not source.author:
            parts.append(words("source.no-author"))
        if source.language != self.setting.language:
            language = words.language_name(source.language)
            parts.append(words("source.in-language", language=language))
        return " ".join(map(ended, parts))

    def of(self, ref: Ref, kind: type[Any]) -> Any:
        """The entity that `ref` means, which is of class `kind`."""
        entity = self.library.item(ref).entity
        if not isinstance(entity, kind):
            raise TypeError(f"{ref} is not a {kind.__name__}")
        return entity

    def plain(self, prose: str) -> str:
        """Prose without its markup and citations, for titles and attributes.

        Plain text is given back as it is: what looks like markup in it is none.
        """
        if not isinstance(prose, ProseText):
            return prose
        return plain(prose)

    def title(self, ref: Ref) -> str:
        """The plain heading of an entity or a narrative page."""
        return self.plain(self.library.title(ref))


class PageReading(Struct, frozen=True):
    """Markdown being read from a file: what its links, citations and blocks mean on a page."""

    scope: Scope
    maker: Maker
    file: str

    def href(self, target: str) -> str:
        """The address that a link means."""
        path, mark, anchor = target.partition("#")
        library, goal = self.scope.library, routes.resolve(path, self.file)
        if ref := routes.entity_of(goal, library.content_dir):
            return self.scope.link(ref) + mark + anchor
        inside = goal.removeprefix(f"{library.docs_dir}/")
        address = routes.story_url(inside) if inside.endswith(".md") else inside
        return self.scope.to(address) + mark + anchor

    def entity(self, target: str) -> Ref | None:
        """The entity that a link means."""
        if ":" in target.partition("/")[0]:
            return None
        library, goal = self.scope.library, routes.resolve(target.partition("#")[0], self.file)
        ref = routes.entity_of(goal, library.content_dir)
        return ref if ref and ref in library else None

    def cite(self, source: str, locator: str = "") -> str:
        """A numbered marker, the same on every page: its number is put in at the end."""
        if Ref("sources", source) not in self.scope.library:
            return ""
        number, scope = assembly.number(source), self.scope
        make = partial(self.maker.part, scope, "cite", number=number, locator=locator)
        made: str = scope.made.get(("cite", number, locator), make)
        return made

    def cards(self, refs: list[Ref], level: int) -> str:
        """Cards of one kind, one after another."""
        return self.maker.cards(self.scope, refs, level)

    def fence(self, fence: Fence, level: int) -> str | None:
        """A timeline, a list or a reference table."""
        return self.maker.fence(self.scope, fence, level)

    def remarks(self, text: str) -> dict[int, dict[int, Callable[[], str]]]:
        """What is told right behind quoted words of a text of the file."""
        found = self.scope.library.remarks(self.file).get(text, {})
        return {
            start: {seen: partial(self._remark, backed) for seen, backed in told.items()}
            for start, told in found.items()
        }

    def _remark(self, backed: Backed) -> str:
        return self.maker.part(self.scope, "remark", told=self.scope.told(backed))
