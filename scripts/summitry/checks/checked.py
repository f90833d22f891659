"""A library without problems, and what follows from it.

Only `rules.check` makes one. Whatever pages, pictures and data learn of the content they ask
here, and each question is noted (see `asking`), so that a page is made again only where an answer
changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from summitry.checks.asking import Asked, asked, note
from summitry.checks.backing import Backed, InField, Quotations
from summitry.checks.choice import Reason, reasons
from summitry.checks.claims import Of
from summitry.checks.clocks import zone_named
from summitry.checks.judging import Finding
from summitry.checks.ledger import Ledger
from summitry.checks.second_reading import Readings
from summitry.checks.standing import Standing, standing
from summitry.checks.support import Support, count_origins, origin_groups, support
from summitry.checks.vouching import Confirmed, Stamped, Vouching
from summitry.checks.whereabouts import Whereabouts
from summitry.content import routes
from summitry.content.kinds import Entity, Event, Fact, Image, Place, Quote, Source
from summitry.content.kinds.pieces import Evidence
from summitry.content.library import STORIES, Item, Library, Story
from summitry.content.options import Clocks, Options, Zone
from summitry.content.schema import evidence_of
from summitry.content.values import Ref
from summitry.proof.budget import Share
from summitry.proof.capture import Capture

E = TypeVar("E", bound=Entity)


class CheckedLibrary:
    """A library without problems, and what follows from it: status, backlinks, order."""

    def __init__(
        self,
        library: Library,
        options: Options,
        root: Path,
        ledger: Ledger,
        readings: Readings | None,
        quoted: Quotations,
        vouched: Vouching,
        today: date,
    ) -> None:
        """Not to be called by hand: only `check` makes these."""
        self._library = library
        self._ledger = ledger
        self._vouching = vouched
        self._readings = readings
        self._quoted = quoted
        self._today = today
        self.options = options
        self.root = root
        self._standing: dict[Ref, Standing] = {}
        self._known: dict[type[Entity], dict[str, Any]] = {}
        self._sorted: dict[str, list[Item]] = {}

    @property
    def content_dir(self) -> str:
        """The folder of the entities, relative to the project."""
        return self._library.content_dir

    @property
    def docs_dir(self) -> str:
        """The folder of the narrative pages, relative to the project."""
        return self._library.docs_dir

    # All of it, for what counts or lists everything

    @property
    @asked
    def raw(self) -> Library:
        """The library itself, for what counts its files."""
        return self._library

    @property
    @asked
    def ledger(self) -> Ledger:
        """What the proofs and captures came to."""
        return self._ledger

    @property
    @asked
    def vouching(self) -> Vouching:
        """Who vouches for captures."""
        return self._vouching

    @property
    @asked
    def readings(self) -> Readings | None:
        """The second reading; None where no record of one is kept."""
        return self._readings

    @property
    @asked
    def texts(self) -> dict[str, bytes]:
        """The bytes that this library was read from, by path."""
        return self._library.tree.texts

    @property
    @asked
    def today(self) -> date:
        """The day of the check, from which the age of a search is counted."""
        return self._today

    @asked
    def every(self) -> list[Item]:
        """All entities, by kind and id."""
        return list(self._library.items.values())

    # Entities and pages

    @property
    def stories(self) -> Mapping[str, Story]:
        """Narrative pages by path in the docs folder."""
        return Asked(self._library.stories, "story", "stories")

    def __contains__(self, ref: Ref) -> bool:
        note("has", ref)
        return ref in self._library.items

    @asked
    def item(self, ref: Ref) -> Item:
        """The entity that `ref` means, with its file."""
        return self._library.items[ref]

    def find(self, ref: Ref) -> Item | None:
        """The same, or None where there is no such entity."""
        return self.item(ref) if ref in self else None

    @asked
    def title(self, ref: Ref) -> str:
        """The heading of an entity or a narrative page, as written."""
        if ref.kind == STORIES:
            return self._library.stories[ref.id].title
        return self._library.items[ref].entity.title

    @asked
    def story_at(self, address: str) -> str | None:
        """The file of the narrative page at an address of the site, in the docs folder."""
        return self._at_address.get(address)

    @cached_property
    def _at_address(self) -> dict[str, str]:
        return {routes.story_url(path): path for path in self._library.stories}

    @asked
    def promise(self, path: str) -> str:
        """What a narrative page says of itself in one sentence."""
        return self._library.stories[path].meta.description or ""

    @asked
    def items(self, kind: str) -> list[Item]:
        """The entities of a kind, by id; events in the order of time."""
        return self._items(kind)

    @asked
    def refs(self, kind: str) -> list[Ref]:
        """The same, by name alone."""
        return [item.ref for item in self._items(kind)]

    def _items(self, kind: str) -> list[Item]:
        if kind not in self._sorted:
            found = list(self._library.of_kind(kind))
            if kind == "events":
                found.sort(key=self._order_of_event)
            self._sorted[kind] = found
        return list(self._sorted[kind])

    def _order_of_event(self, item: Item) -> tuple[object, ...]:
        """By day; on one day those without a time first; then those that followed another."""
        if not isinstance(item.entity, Event):
            return ()
        own = (*item.entity.start.order, item.ref.id)
        if item.entity.after:
            return (*self._order_of_event(self._library.items[item.entity.after]), 1, *own)
        return own

    def entities(self, of: type[E]) -> Mapping[str, E]:
        """The entities of one class, by id."""
        return Asked(self._entities(of), "item", "items", f"{of.kind}/")

    def _entities(self, of: type[E]) -> dict[str, E]:
        if of not in self._known:
            items = self._library.of_kind(of.kind)
            self._known[of] = {i.ref.id: i.entity for i in items if isinstance(i.entity, of)}
        return self._known[of]

    @asked
    def positions(self) -> list[Whereabouts]:
        """Where the places are that have coordinates, by id; those withdrawn are left out."""
        return [
            Whereabouts(
                Ref("places", name),
                one.name,
                one.latitude,
                one.longitude,
                one.precision is not None,
                one.contained_in,
            )
            for name, one in self._entities(Place).items()
            if one.latitude is not None and one.longitude is not None and not one.withdrawn
        ]

    @property
    def main_event(self) -> Event | None:
        """The event that the site explains."""
        ref = self.options.main
        found = self.item(ref).entity if ref and ref in self else None
        return found if isinstance(found, Event) else None

    @asked
    def zone_at(self, place: Ref) -> tuple[str, str] | None:
        """The time zone of a place, and the name of what says so: it, or a place around it."""
        return zone_named(self._library, place)

    def clocks(self, event: Event) -> Clocks:
        """The zones in which to tell an event's times: its own first, where that is known."""
        zones, own = self.options.time_zones, None
        if event.time_zone:
            own = event.time_zone, ""
        elif event.place:
            own = self.zone_at(event.place)
        if not zones or not own or own[0] == zones[0].name:
            return Clocks(zones, abroad=False)
        known = next((zone for zone in zones if zone.name == own[0]), None)
        first = known or Zone.model_construct(name=own[0], label=own[1])
        return Clocks([first, *(zone for zone in zones if zone is not known)], abroad=True)

    # Who refers to whom

    @cached_property
    def _backlinks(self) -> dict[Ref, list[Ref]]:
        found: dict[Ref, dict[Ref, None]] = {}
        for referrer, uses in self._library.uses.items():
            for use in uses:
                if use.target != referrer:
                    found.setdefault(use.target, {})[referrer] = None
        return {target: sorted(referrers) for target, referrers in found.items()}

    @asked
    def backlinks(self, ref: Ref) -> list[Ref]:
        """Everything that refers to an entity; narrative pages have the kind `stories`."""
        return self._backlinks.get(ref, [])

    @cached_property
    def _disputed(self) -> list[tuple[Ref, Fact]]:
        """The facts on which sources disagree, those that weigh little last."""
        facts = [(i.ref, i.entity) for i in self._items("facts") if isinstance(i.entity, Fact)]
        return [one for one in sorted(facts, key=lambda one: one[1].minor) if one[1].question]

    @asked
    def disputes(self, ref: Ref) -> list[Ref]:
        """The disputed questions that concern an entity."""
        return [fact for fact, entity in self._disputed if ref in entity.about]

    @asked
    def contradictions(self, source: Ref) -> list[Ref]:
        """The disputed questions to which a source gives two answers."""
        groups = self._groups
        return [
            fact
            for fact, entity in self._disputed
            if source.id in support(entity, groups).contradicts_itself
        ]

    @asked
    def depictions(self, ref: Ref) -> list[Ref]:
        """The pictures that depict an entity."""
        images = self._entities(Image).items()
        return [Ref("images", name) for name, image in images if ref in image.depicts]

    # What facts and quotations rest on

    @cached_property
    def _groups(self) -> dict[str, str]:
        return origin_groups(self._entities(Source))

    @cached_property
    def _by_group(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, group in self._groups.items():
            found.setdefault(group, []).append(name)
        return found

    @property
    def groups(self) -> Mapping[str, str]:
        """The origin group of each source."""
        return Asked(self._groups, "group", "groups")

    @asked
    def mates(self, source: Ref) -> list[Ref]:
        """The other sources of the same origin."""
        same = self._by_group[self._groups[source.id]]
        return [Ref("sources", name) for name in same if name != source.id]

    def support(self, fact: Fact) -> Support:
        """What a fact rests on."""
        return support(fact, self.groups)

    def origins(self, evidence: list[Evidence]) -> int:
        """How many independent origins stand behind evidence."""
        return count_origins(evidence, self.groups)

    def choice(self, quote: Quote) -> list[Reason] | None:
        """Why a quotation is displayed in its words; None where no source prints others."""
        return reasons(quote, self.entities(Source), self.groups)

    def finding(self, item: Evidence) -> Finding | None:
        """What was found on an item of evidence; None where it has no words."""
        if not item.place:
            return None
        note("findings", item.place.ref)
        return self._ledger.findings.get(item.place)

    @asked
    def standing(self, ref: Ref) -> Standing:
        """The state of proof of a quotation."""
        if ref not in self._standing:
            self._standing[ref] = self._stands(ref)
        return self._standing[ref]

    def _stands(self, ref: Ref) -> Standing:
        item = self._library.items[ref]
        if not isinstance(item.entity, Quote):
            raise TypeError(f"{ref} is not a quotation")
        kept = self._ledger.findings
        found = [f for e in item.entity.evidence if e.place and (f := kept.get(e.place))]
        return standing(item.entity, found, self._entities(Source), self._groups)

    def differs(self, ref: Ref) -> bool:
        """Whether a source of a quotation prints other words than those displayed."""
        item = self.item(ref)
        return any(
            found.claim.of is Of.WORDING
            for evidence in evidence_of(item.entity)
            if (found := self.finding(evidence[1]))
        )

    @cached_property
    def _remarks(self) -> dict[str, dict[str, dict[int, dict[int, Backed]]]]:
        found: dict[str, dict[str, dict[int, dict[int, Backed]]]] = defaultdict(dict)
        for (file, text), told in self._quoted.remarks.items():
            found[file][text] = told
        return dict(found)

    @asked
    def remarks(self, file: str) -> dict[str, dict[int, dict[int, Backed]]]:
        """What readers are told of quoted words in a file, by its texts (see `Quotations`)."""
        return self._remarks.get(file, {})

    @asked
    def told_fields(self, file: str) -> list[InField]:
        """The same of words in fields without Markdown."""
        return self._quoted.fields.get(file, [])

    # Captures

    @asked
    def captures(self, source: str) -> list[Capture]:
        """The captures of a source, the newest first."""
        return self._ledger.captures.get(source, [])

    @asked
    def file(self, path: str) -> bytes:
        """The bytes of a picture, by its path in the project."""
        return (self.root / path).read_bytes()

    @asked
    def share(self, source: str) -> Share | None:
        """How much of a source is shown."""
        return self._ledger.shares.get(source)

    def confirmed(self, capture: Capture) -> list[Confirmed]:
        """Who else found a capture's paragraphs, the latest first."""
        note("vouched", capture.source)
        return self._vouching.of(capture)

    def stamped(self, capture: Capture) -> list[Stamped]:
        """The time stamps of a capture, the latest first."""
        note("vouched", capture.source)
        return self._vouching.stamps_of(capture)
