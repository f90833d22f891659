"""One page being made: its address, the file whose links it reads, and what it may ask.

A `Scope` is what templates see, and it answers the questions that Markdown asks
(`markdown.Host`). Links and numbers of sources are marks, which `assembly` fills in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, Protocol

from markupsafe import Markup

from summitry.checks.ledger import Finding
from summitry.checks.rules import CheckedLibrary
from summitry.checks.standing import TRANSCRIBED
from summitry.content import routes
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import Evidence
from summitry.content.library import STORIES
from summitry.content.prose import Fence
from summitry.content.values import ProseText, Ref, when
from summitry.data.setting import Setting
from summitry.pages import assembly, for_templates
from summitry.pages.endings import Foot
from summitry.pages.illustrations import Illustrations
from summitry.pages.markdown import Engine, Rendered
from summitry.proof import fragment
from summitry.proof.capture import Capture
from summitry.words import dates, vocabulary


class Maker(Protocol):
    """Makes the components that stand in prose (`components.Components` does)."""

    def cards(self, scope: Scope, refs: list[Ref], level: int) -> str:
        """Cards of one kind."""

    def fence(self, scope: Scope, fence: Fence, level: int) -> str | None:
        """A fenced block, or None if it is code."""

    def part(self, scope: Scope, name: str, **values: Any) -> str:
        """A template for a part of a page."""


class Kind(Protocol):
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


class _Silent:
    """Makes nothing: for prose whose bare words are wanted."""

    def cards(self, scope: Scope, refs: list[Ref], level: int) -> str:
        return ""

    def fence(self, scope: Scope, fence: Fence, level: int) -> str | None:
        return ""

    def part(self, scope: Scope, name: str, **values: Any) -> str:
        return ""


class Scope:
    """What templates and Markdown of one page may ask."""

    def __init__(
        self,
        library: CheckedLibrary,
        kinds: Mapping[str, Kind],
        maker: Maker,
        engine: Engine,
        illustrations: Illustrations,
        setting: Setting,
        here: str,
        file: str,
        made: dict[object, Any],
    ) -> None:
        """`made` holds what is the same on every page of a build (see `once`)."""
        self.library = library
        self.kinds = kinds
        self.illustrations = illustrations
        self.setting = setting
        self.here = here
        self.file = file
        self.made = made
        self.foot = Foot()
        self._maker = maker
        self._engine = engine
        self._ids: dict[str, int] = {}

    def at(self, ref: Ref) -> Scope:
        """The same page, reading links as the file of an entity or page means them."""
        own = copy(self)
        story = ref.kind == STORIES
        own.file = self.library.stories[ref.id].file if story else self.library.item(ref).path
        return own

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

    # markup.Host

    def href(self, target: str) -> str:
        """The address that a link in Markdown means."""
        path, mark, anchor = target.partition("#")
        goal = routes.resolve(path, self.file)
        if ref := routes.entity_of(goal, self.library.content_dir):
            return self.to(routes.url(ref)) + mark + anchor
        inside = goal.removeprefix(f"{self.library.docs_dir}/")
        return self.to(routes.story_url(inside) if inside.endswith(".md") else inside) + (
            mark + anchor
        )

    def entity(self, target: str) -> Ref | None:
        """The entity that a link in Markdown means."""
        if ":" in target.partition("/")[0]:
            return None
        goal = routes.resolve(target.partition("#")[0], self.file)
        ref = routes.entity_of(goal, self.library.content_dir)
        return ref if ref and ref in self.library else None

    def cite(self, source: str, locator: str = "") -> str:
        """A numbered marker."""
        if Ref("sources", source) not in self.library:
            return ""
        return self._maker.part(self, "cite", number=assembly.number(source), locator=locator)

    def cards(self, refs: list[Ref], level: int) -> str:
        """Cards of one kind, one after another."""
        return self._maker.cards(self, refs, level)

    def fence(self, fence: Fence, level: int) -> str | None:
        """A timeline, a list or a reference table."""
        return self._maker.fence(self, fence, level)

    def text(self, prose: str) -> Markup:
        """Prose of front matter as HTML."""
        return Markup(self._engine.inline(prose, self))

    def markdown(self, text: str) -> Rendered:
        """A text of this page's file as HTML."""
        return self._engine.render(text, self)

    def body(self, text: str) -> Markup:
        """The prose of an entity's file."""
        return Markup(self._engine.render(text, self).html) if text.strip() else Markup("")

    # Sources and evidence

    def source(self, ref: Ref) -> for_templates.SourceView:
        """A source, made once a build."""
        key = ("source", ref)
        if key not in self.made:
            self.made[key] = self._source(ref)
        found: for_templates.SourceView = self.made[key]
        return found

    def _source(self, ref: Ref) -> for_templates.SourceView:
        source = self.of(ref, Source)
        return for_templates.SourceView(
            number=assembly.number(ref.id),
            href=self.link(ref),
            title=source.name,
            language=source.language,
            publisher=source.publisher or "Publisher not stated",
            about=self.about_source(source),
            url=source.url or "",
            host=for_templates.host(source.url) if source.url else "",
            archive=source.archive_url or "",
            version=self._version(ref.id, source),
        )

    def _version(self, name: str, source: Source) -> str:
        """The day of the copy that was read: of the newest capture, else as stated."""
        captures = self.library.ledger.captures.get(name)
        if captures:
            return captures[0].date[:10]
        return source.accessed.text if source.accessed and source.accessed.unit == "day" else ""

    def about_source(self, source: Source) -> str:
        """One line on a source: what it is, its date and author, its language."""
        absent = [n for n, v in (("author", source.author), ("date", source.issued)) if not v]
        parts = [vocabulary.FORMS[source.type]]
        if source.issued:
            parts[0] += f", {dates.long(source.issued)}"
        if source.author:
            parts.append(f"By {source.author}")
        if absent:
            parts.append(f"{' and '.join(absent).capitalize()} not stated")
        if source.language != "en":
            parts.append(f"In {vocabulary.language(source.language)}")
        return ". ".join(parts) + "."

    def evidence(
        self, items: Iterable[Evidence], also: dict[str, str] | None = None
    ) -> list[for_templates.EvidenceView]:
        """Evidence as shown; `also` names, by source, what else a source says."""
        return [
            for_templates.EvidenceView(
                source=self.source(item.source),
                exact=item.exact or "",
                says=self.text(item.says) if item.says else Markup(""),
                where=self.where(item),
                contradicts=(also or {}).get(item.source.id, ""),
                proof=self.proof(item),
                read=self.read(item),
            )
            for item in items
        ]

    # Proof: of evidence in the file that this scope reads

    def proof(self, item: Evidence) -> for_templates.ProofView | None:
        """What the build found of an item of evidence; None where it has no words."""
        finding = self.library.finding(self.file, item)
        if finding is None:
            return None
        if finding.capture is None:
            return for_templates.ProofView(False, TRANSCRIBED)
        day = dates.long(when(finding.capture.date[:10]))
        if finding.stale:
            text = f"Stood there in the copy captured on {day}; the page has changed since"
        else:
            text = f"Found in the {_copy(finding.capture)} captured on {day}"
        return for_templates.ProofView(True, text, proof_notes(finding))

    def where(self, item: Evidence) -> str:
        """The paragraph in which a passage stands; not said of an excerpt."""
        finding = self.library.finding(self.file, item)
        if finding and finding.capture:
            numbers = sorted({segment.paragraph for segment in finding.verdict.segments})
            if not finding.capture.whole:
                return ""
            return f"paragraph {' and '.join(map(str, numbers))}"
        return f"paragraph {item.paragraph}" if item.paragraph else ""

    def read(self, item: Evidence) -> str:
        """The source's own address, opening at the words."""
        url = self.of(item.source, Source).url or ""
        finding = self.library.finding(self.file, item)
        if finding is None:
            return url
        return fragment.link(url, finding.fragment or fragment.of_words(finding.claim.words))

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
        aside = copy(self)
        aside._maker = _Silent()
        return Markup(self._engine.inline(prose, aside)).striptags()

    def title(self, ref: Ref) -> str:
        """The plain heading of an entity or a narrative page."""
        if ref.kind == STORIES:
            return self.library.stories[ref.id].title
        return self.plain(self.library.item(ref).entity.title)


def _copy(capture: Capture) -> str:
    return "copy" if capture.whole else "excerpt"


def proof_notes(finding: Finding) -> list[str]:
    """What a reader should know of a proof: omissions, brackets, and what differs."""
    verdict = finding.verdict
    notes = [
        f"{count} word{'s are' if count > 1 else ' is'} left out at a mark of omission"
        for count in verdict.gaps
        if count
    ]
    for edit in verdict.edits:
        if edit.beside:
            notes.append(f"[{edit.inserted}] stands beside or for “{edit.beside}”")
        elif edit.replaced:
            notes.append(f"[{edit.inserted}] stands for “{edit.replaced}”")
        else:
            notes.append(f"[{edit.inserted}] was put in")
    return notes + [note for note in verdict.notes if "speech marks" not in note]
