"""One page being made: its address, the sources it has cited, and its views of entities.

A `Scope` is what components see. It numbers sources in the order in which the page shows
them, so that markers and the list at the end agree, and it answers the questions that
Markdown asks (`markup.Host`).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from summitry import blocks, dates, routes, views, wording
from summitry.blocks import Listing, Reference, Timeline
from summitry.evidence.status import Status
from summitry.illustrations import Illustrations
from summitry.library import STORIES
from summitry.markup import Engine, Rendered
from summitry.model import Entity, Event, Fact, Image, Person, Place, Quote, Source, Term
from summitry.parts import Evidence, Position
from summitry.prose import Fence
from summitry.reference import reference_rows
from summitry.rules import CheckedLibrary
from summitry.values import Ref, When

_STATES = {
    Status.CORROBORATED: ("two", "More than one independent source"),
    Status.SINGLE: ("one", "A single source"),
    Status.DISPUTED: ("differ", "Sources disagree"),
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(number: int, one: str, many: str = "") -> str:
    """`three sources`: a small number in words with its noun."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {one if number == 1 else many or one + 's'}"


class Scope:
    """What templates and Markdown of one page may ask."""

    def __init__(
        self,
        library: CheckedLibrary,
        env: Environment,
        engine: Engine,
        illustrations: Illustrations,
        site_url: str,
        here: str,
        file: str,
    ) -> None:
        self.library = library
        self.illustrations = illustrations
        self.here = here
        self.file = file
        self._env = env
        self._engine = engine
        self._site_url = site_url
        self._cited: dict[str, int] = {}

    def at(self, ref: Ref) -> Scope:
        """The same page, reading links as the file of an entity means them."""
        own = copy(self)
        own.file = self.library.item(ref).path
        return own

    # Addresses

    def to(self, address: str) -> str:
        """A link from this page to an address of the site."""
        return routes.relative(address, self.here)

    def link(self, ref: Ref) -> str:
        """A link from this page to an entity's page, or to a narrative page."""
        if ref.kind == STORIES:
            return self.to(routes.story_url(ref.id))
        return self.to(routes.url(ref))

    def permalink(self, address: str) -> str:
        """The absolute address, for sharing."""
        return self._site_url + address

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
        view = self.source(Ref("sources", source))
        return self._part("cite", number=view.number, locator=locator)

    def cards(self, refs: list[Ref], level: int) -> str:
        """Cards of one kind, one after another."""
        make = {
            "quotes": self.quote,
            "facts": self.fact,
            "people": self.person,
            "images": self.figure,
            "events": self.moment,
        }.get(refs[0].kind, self.named)
        shown = [make(ref) for ref in refs]
        return self._part("cards", kind=refs[0].kind, cards=shown, level=level)

    def fence(self, fence: Fence, level: int) -> str | None:
        """A timeline, a list or a reference table."""
        block, _, _ = blocks.read(self.file, fence)
        if isinstance(block, Timeline):
            return self._part("timeline", moments=self.timeline(block), level=level)
        if isinstance(block, Listing):
            return self.listing(block, level)
        if isinstance(block, Reference):
            return self._part("reference", of=block.to, rows=reference_rows(block.to))
        return None

    def text(self, prose: str) -> Markup:
        """Prose of front matter as HTML."""
        return Markup(self._engine.inline(prose, self))

    def markdown(self, text: str) -> Rendered:
        """A text of this page's file as HTML."""
        return self._engine.render(text, self)

    def _part(self, name: str, **values: Any) -> str:
        return self._env.get_template(f"parts/{name}.html").render(page=self, **values)

    # Sources and evidence

    def source(self, ref: Ref) -> views.SourceView:
        """A source, which takes a number on this page when it is shown."""
        source = self.of(ref, Source)
        return views.SourceView(
            take_number=lambda: self._cited.setdefault(ref.id, len(self._cited) + 1),
            href=self.link(ref),
            title=source.name,
            language=source.language,
            publisher=source.publisher or "Publisher not stated",
            about=self.about_source(source),
            url=source.url or "",
            host=views.host(source.url) if source.url else "",
        )

    def about_source(self, source: Source) -> str:
        """One line on a source: what it is, its date and author, its language."""
        absent = [n for n, v in (("author", source.author), ("date", source.issued)) if not v]
        parts = [views.FORMS[source.type]]
        if source.issued:
            parts[0] += f", {dates.long(source.issued)}"
        if source.author:
            parts.append(f"By {source.author}")
        if absent:
            parts.append(f"{' and '.join(absent).capitalize()} not stated")
        if source.language != "en":
            parts.append(f"In {views.language(source.language)}")
        return ". ".join(parts) + "."

    def sources(self) -> list[views.SourceView]:
        """Every source that this page has shown so far, by number."""
        return [self.source(Ref("sources", name)) for name in list(self._cited)]

    def evidence(
        self, items: Iterable[Evidence], also: dict[str, str] | None = None
    ) -> list[views.EvidenceView]:
        """Evidence as shown; `also` names, by source, what else a source says."""
        return [
            views.EvidenceView(
                source=self.source(item.source),
                exact=item.exact or "",
                says=self.text(item.says) if item.says else Markup(""),
                where=f"paragraph {item.paragraph}" if item.paragraph else "",
                contradicts=(also or {}).get(item.source.id, ""),
            )
            for item in items
        ]

    def of(self, ref: Ref, kind: type[Any]) -> Any:
        """The entity that `ref` means, which is of class `kind`."""
        entity = self.library.item(ref).entity
        if not isinstance(entity, kind):
            raise TypeError(f"{ref} is not a {kind.__name__}")
        return entity

    # Views of the kinds

    def quote(self, ref: Ref) -> views.QuoteView:
        """A quotation."""
        quote: Quote = self.of(ref, Quote)
        first = next((e for e in quote.evidence if wording.same(quote.text, e.exact)), None)
        name, speaker, role = self._speaker(quote)
        return views.QuoteView(
            id=ref.id,
            title=quote.title,
            text=quote.text,
            language=quote.language,
            original=quote.original.text if quote.original else "",
            original_language=quote.original.language if quote.original else "",
            name=name,
            speaker=speaker,
            role=role,
            setting=quote.setting or "",
            datetime=quote.said_on.text if quote.said_on else "",
            date=dates.long(quote.said_on) if quote.said_on else "",
            translation=_translated(quote),
            source=self.source((first or quote.evidence[0]).source),
            href=self.link(ref),
            permalink=self.permalink(routes.url(ref)),
            picture=self.to(self.illustrations.card(ref)),
            state=views.StateView("open", "Transcribed, not yet proven"),
            differ=any(not wording.same(quote.text, e.exact) for e in quote.evidence),
        )

    def _speaker(self, quote: Quote) -> tuple[str, str, str]:
        """Name, link and role of whoever said it; signs and strangers have no link."""
        if isinstance(quote.speaker, Ref):
            person: Person = self.of(quote.speaker, Person)
            day = quote.said_on.first if quote.said_on else None
            return person.name, self.link(quote.speaker), person.role_on(day)
        name, role = quote.speaker.shown
        return name, "", role

    def wordings(self, ref: Ref) -> list[views.WordingView]:
        """How other sources print a quotation, where it differs."""
        quote: Quote = self.of(ref, Quote)
        own = self.at(ref)
        return [
            views.WordingView(
                runs=wording.compare(quote.text, item.exact or ""),
                language=self.of(item.source, Source).language,
                source=self.source(item.source),
                note=own.text(item.says) if item.says else Markup(""),
            )
            for item in quote.evidence
            if not wording.same(quote.text, item.exact)
        ]

    def alike(self, ref: Ref) -> list[views.EvidenceView]:
        """The sources that print the displayed words."""
        quote: Quote = self.of(ref, Quote)
        items = [e for e in quote.evidence if wording.same(quote.text, e.exact)]
        return [
            views.EvidenceView(v.source, says=v.says, where=v.where)
            for v in self.at(ref).evidence(items)
        ]

    def fact(self, ref: Ref) -> views.FactView:
        """A fact, or a question with its positions."""
        fact: Fact = self.of(ref, Fact)
        own = self.at(ref)
        support = self.library.support(fact)
        shape, text = _STATES[support.status]
        if fact.question:
            text += f": {in_words(len(fact.positions), 'position')}"
        sources = in_words(support.sources, "source")
        note = f"{sources}, {in_words(support.origins, 'independent origin')}".capitalize()
        return views.FactView(
            id=ref.id,
            href=self.link(ref),
            permalink=self.permalink(routes.url(ref)),
            label=fact.label or "",
            heading=Markup("") + fact.question if fact.question else own.text(fact.title),
            plain=self.plain(fact.title),
            disputed=support.status is Status.DISPUTED,
            state=views.StateView(shape, text, note),
            evidence=own.evidence(fact.evidence),
            positions=[own._position(fact, position) for position in fact.positions],
            we_use=fact.we_use or "",
            because=own.text(fact.because.text) if fact.because else Markup(""),
            because_evidence=own.evidence(fact.because.evidence) if fact.because else [],
            who_could_settle=own.text(fact.unresolved.who_could_settle)
            if fact.unresolved
            else Markup(""),
            unresolved=own.text(fact.unresolved.text)
            if fact.unresolved and fact.unresolved.text
            else Markup(""),
        )

    def _position(self, fact: Fact, position: Position) -> views.PositionView:
        also: dict[str, str] = {}
        for other in fact.positions:
            if other.value != position.value:
                for item in other.evidence:
                    also.setdefault(item.source.id, other.value)
        used = position.value == fact.we_use
        return views.PositionView(position.value, used, self.evidence(position.evidence, also))

    def plain(self, prose: str) -> str:
        """Prose without its markup, for titles and attributes."""
        return Markup(self._engine.inline(prose, self)).striptags()

    def moment(self, ref: Ref) -> views.MomentView:
        """An event."""
        event: Event = self.of(ref, Event)
        shown = dates.shown(event, self.library.options.time_zones)
        main = self.library.main_event
        return views.MomentView(
            key=bool(main and event.start.first == main.start.first and event.start.moment),
            datetime=shown.machine,
            date=shown.text,
            zones=shown.elsewhere,
            name=event.name,
            href=self.link(ref),
            what=event.summary or "",
            sources=[self.source(item.source) for item in event.evidence],
            disputes=self.disputes_about(ref),
        )

    def disputes_about(self, ref: Ref) -> list[views.LinkView]:
        """The disputed questions that concern an entity."""
        found = [i for i in self.library.disputed() if ref in _about(i.entity)]
        return [views.LinkView(self.link(i.ref), i.entity.title, "Sources disagree") for i in found]

    def timeline(self, block: Timeline) -> list[views.MomentView]:
        """The events that a block asks for, in their order."""
        found = []
        for item in self.library.items("events"):
            event = item.entity
            if not isinstance(event, Event) or item.entity.withdrawn:
                continue
            named = not block.events or item.ref in block.events
            after = block.start is None or event.start.last >= block.start.first
            before = block.end is None or event.start.first <= block.end.last
            if named and after and before:
                found.append(self.moment(item.ref))
        return found

    def person(self, ref: Ref) -> views.PersonView:
        """A person with the role on the day of the main event."""
        person: Person = self.of(ref, Person)
        main = self.library.main_event
        return views.PersonView(
            name=person.name,
            href=self.link(ref),
            role=person.role_on(main.start.first if main else None),
            line=person.summary,
            inside=self.part_of(ref) == "in-the-room",
            initials=views.initials(person.name),
        )

    def part_of(self, ref: Ref) -> str:
        """A person's part in the main event, or ""."""
        main = self.library.main_event
        found = (p.part for p in main.participants if p.person == ref) if main else iter(())
        return next(found, "")

    def figure(self, ref: Ref) -> views.FigureView:
        """A picture with caption and credit."""
        image: Image = self.of(ref, Image)
        made = self.illustrations.figure(ref)
        address = image.license if image.license.startswith("http") else ""
        return views.FigureView(
            src=self.to(made.path),
            width=made.width,
            height=made.height,
            alt=image.alt,
            caption=self.at(ref).text(image.caption),
            credit=image.credit,
            license=views.LinkView(address, _license(image.license)),
            href=self.link(ref),
            srcset=", ".join(f"{self.to(path)} {width}w" for path, width in made.variants),
            narrow=(self.to(made.narrow[0]), *made.narrow[1:]) if made.narrow else None,
        )

    def named(self, ref: Ref) -> views.LinkView:
        """Any entity as a link with a line about it."""
        entity = self.library.item(ref).entity
        return views.LinkView(self.link(ref), self.title(ref), self._line(entity))

    def title(self, ref: Ref) -> str:
        """The plain heading of an entity or a narrative page."""
        if ref.kind == STORIES:
            return self.library.stories[ref.id].meta.title or ref.id
        return self.plain(self.library.item(ref).entity.title)

    def _line(self, entity: Entity) -> str:
        """What a list says about an entity besides its name."""
        match entity:
            case Source():
                publisher = entity.publisher or "Publisher not stated"
                return f"{publisher}. {self.about_source(entity)}"
            case Event():
                return dates.shown(entity, self.library.options.time_zones).text
            case Quote():
                when = dates.long(entity.said_on) if entity.said_on else ""
                return ", ".join(part for part in (self._speaker(entity)[0], when) if part)
            case Term():
                return self.plain(entity.definition)
            case Fact():
                return _STATES[self.library.support(entity).status][1]
            case Image():
                return entity.credit
            case Person() | Place():
                return entity.summary or ""
        return ""

    def links(self, refs: Iterable[Ref]) -> list[views.LinkView]:
        """Referrers and lists of mixed kinds: each link says what it leads to."""
        found = []
        for ref in refs:
            what = views.kind_name(ref)
            if ref.kind == "events":
                what += f", {dates.long(self.of(ref, Event).start)}"
            found.append(views.LinkView(self.link(ref), self.title(ref), what))
        return found

    # Lists

    def listing(self, block: Listing, level: int) -> str:
        """The entities that a `list` block asks for."""
        refs = block.refs or [item.ref for item in self.library.items(block.of)]
        refs = [ref for ref in refs if self._passes(ref, block)]
        if block.layout == "cards":
            return self.cards(refs, level) if refs else ""
        if block.layout == "roster":
            return self._part("roster", people=[self.person(ref) for ref in refs])
        if block.layout == "glance":
            return self._part("glance", facts=[self.fact(ref) for ref in refs])
        return self._part("rows", links=[self.named(ref) for ref in refs])

    def _passes(self, ref: Ref, block: Listing) -> bool:
        entity = self.library.item(ref).entity
        if entity.withdrawn:
            return False
        if block.topic and getattr(entity, "topic", None) != block.topic:
            return False
        if block.side and getattr(entity, "side", None) != block.side:
            return False
        if block.status and isinstance(entity, Fact):
            return self.library.support(entity).status.slug == block.status
        return True


def _about(entity: Entity) -> list[Ref]:
    return entity.about if isinstance(entity, Fact) else []


def _translated(quote: Quote) -> str:
    """`From Russian. Official translation (…).`"""
    if not quote.translation:
        return ""
    kinds = {
        "official": "official translation",
        "interpreter": "interpreter",
        "media": "translated by",
        "ours": "our translation",
    }
    kind, by = kinds[quote.translation.kind], quote.translation.by
    source = f"From {views.language(quote.original.language)}. " if quote.original else ""
    said = f"{kind} {by}" if quote.translation.kind == "media" else f"{kind} ({by})"
    return f"{source}{said[0].upper()}{said[1:]}."


def _license(name: str) -> str:
    """A licence as readers know it."""
    return name.replace("CC-BY-4.0", "CC BY 4.0").replace("CC0-1.0", "CC0 1.0")


def long_date(when: When) -> str:
    """A date in words, for templates."""
    return dates.long(when)
