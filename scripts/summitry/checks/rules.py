"""Checks across entities, and the only way to a `CheckedLibrary`.

Pages, pictures and data accept nothing but a `CheckedLibrary`, so nothing unchecked can be
rendered: the types do not allow it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from summitry.checks.accounts import account_problems
from summitry.checks.anchors import lost_anchors
from summitry.checks.backing import Passages
from summitry.checks.choice import Reason, reasons
from summitry.checks.circles import circles
from summitry.checks.citing import citing_problems
from summitry.checks.claims import Of
from summitry.checks.clocks import clock_problems
from summitry.checks.dates import time_problems
from summitry.checks.ledger import Finding, Ledger
from summitry.checks.ledger import build as build_ledger
from summitry.checks.names import name_problems
from summitry.checks.negatives import searched_problems
from summitry.checks.quoting import Quotations, quotations
from summitry.checks.second_reading import Readings, compare
from summitry.checks.sources import source_problems
from summitry.checks.standing import Standing, standing
from summitry.checks.support import Support, count_origins, origin_groups, support
from summitry.checks.vouching import Vouching, vouching
from summitry.checks.web_addresses import address_problems
from summitry.content.files import Tree
from summitry.content.kinds import (
    MAX_PASSAGE,
    MAX_QUOTED,
    Entity,
    Event,
    Fact,
    Image,
    Person,
    Quote,
    Source,
)
from summitry.content.kinds.pieces import Evidence
from summitry.content.library import Item, Known, Library, Story, build
from summitry.content.options import Options
from summitry.content.problems import START, Problem, suggestion
from summitry.content.schema import evidence_of
from summitry.content.strict_yaml import Loc
from summitry.content.values import Ref
from summitry.pictures.photos import BadImage, inspect
from summitry.proof.text import words as words_of

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
        self.ledger = ledger
        self.vouching = vouched
        self.readings = readings  # None where no record of a second reading is kept
        self.quoted = quoted  # what readers are told of words that are quoted in prose
        self.options = options
        self.today = today  # the day of the check, from which the age of a search is counted
        self.root = root
        self._entities: dict[type[Entity], dict[str, Any]] = {}
        self._standing: dict[Ref, Standing] = {}

    @property
    def raw(self) -> Library:
        """The library itself, for what counts its files."""
        return self._library

    @property
    def content_dir(self) -> str:
        """The folder of the entities, relative to the project."""
        return self._library.content_dir

    @property
    def docs_dir(self) -> str:
        """The folder of the narrative pages, relative to the project."""
        return self._library.docs_dir

    @property
    def texts(self) -> dict[str, bytes]:
        """The bytes that this library was read from, by path."""
        return self._library.tree.texts

    @property
    def stories(self) -> dict[str, Story]:
        """Narrative pages by path in the docs folder."""
        return self._library.stories

    def __contains__(self, ref: Ref) -> bool:
        return ref in self._library.items

    def item(self, ref: Ref) -> Item:
        """The entity that `ref` means, with its file."""
        return self._library.items[ref]

    def items(self, kind: str) -> list[Item]:
        """The entities of a kind, by id; events in the order of time."""
        found = list(self._library.of_kind(kind))
        return sorted(found, key=self._order_of_event) if kind == "events" else found

    def _order_of_event(self, item: Item) -> tuple[object, ...]:
        """By day; on one day those without a time first; then those that followed another."""
        if not isinstance(item.entity, Event):
            return ()
        own = (*item.entity.start.order, item.ref.id)
        if item.entity.after:
            return (*self._order_of_event(self.item(item.entity.after)), 1, *own)
        return own

    def every(self) -> list[Item]:
        """All entities, by kind and id."""
        return list(self._library.items.values())

    def entities(self, of: type[E]) -> dict[str, E]:
        """The entities of one class, by id. Not to be changed."""
        if of not in self._entities:
            self._entities[of] = _entities(self._library, of)
        return self._entities[of]

    @cached_property
    def groups(self) -> dict[str, str]:
        """The origin group of each source."""
        return origin_groups(self.entities(Source))

    def support(self, fact: Fact) -> Support:
        """What a fact rests on."""
        return support(fact, self.groups)

    def finding(self, item: Evidence) -> Finding | None:
        """What was found on an item of evidence; None where it has no words."""
        return self.ledger.findings.get(item.place) if item.place else None

    def standing(self, ref: Ref) -> Standing:
        """The state of proof of a quotation."""
        if ref not in self._standing:
            self._standing[ref] = self._stands(ref)
        return self._standing[ref]

    def _stands(self, ref: Ref) -> Standing:
        item = self.item(ref)
        if not isinstance(item.entity, Quote):
            raise TypeError(f"{ref} is not a quotation")
        found = [f for e in item.entity.evidence if (f := self.finding(e))]
        return standing(item.entity, found, self.entities(Source), self.groups)

    def differs(self, ref: Ref) -> bool:
        """Whether a source of a quotation prints other words than those displayed."""
        item = self.item(ref)
        return any(
            found.claim.of is Of.WORDING
            for evidence in evidence_of(item.entity)
            if (found := self.finding(evidence[1]))
        )

    def choice(self, quote: Quote) -> list[Reason] | None:
        """Why a quotation is displayed in its words; None where no source prints others."""
        return reasons(quote, self.entities(Source), self.groups)

    def origins(self, evidence: list[Evidence]) -> int:
        """How many independent origins stand behind evidence."""
        return count_origins(evidence, self.groups)

    @cached_property
    def _backlinks(self) -> dict[Ref, list[Ref]]:
        found: dict[Ref, dict[Ref, None]] = {}
        for referrer, uses in self._library.uses.items():
            for use in uses:
                if use.target != referrer:
                    found.setdefault(use.target, {})[referrer] = None
        return {target: sorted(referrers) for target, referrers in found.items()}

    def backlinks(self, ref: Ref) -> list[Ref]:
        """Everything that refers to an entity; narrative pages have the kind `stories`."""
        return self._backlinks.get(ref, [])

    @property
    def main_event(self) -> Event | None:
        """The event that the site explains."""
        ref = self.options.main
        found = self.item(ref).entity if ref and ref in self else None
        return found if isinstance(found, Event) else None

    def disputed(self) -> list[Item]:
        """The facts on which sources disagree, those that weigh little last."""
        facts = [(i, i.entity) for i in self.items("facts") if isinstance(i.entity, Fact)]
        return [i for i, e in sorted(facts, key=lambda one: one[1].minor) if e.question]


@dataclass(frozen=True, slots=True)
class Examination:
    """The checked library, or None where something is wrong; every problem and note."""

    library: CheckedLibrary | None
    problems: list[Problem]


def examine(
    tree: Tree,
    docs_dir: str,
    options: Options,
    root: Path,
    known: Known | None = None,
    today: date | None = None,
) -> Examination:
    """Read a tree of files and check it, as `summitry check`, a build and serving all do.

    Files that are `known` with the same bytes are not read again.
    """
    return check(build(tree, options.content_dir, docs_dir, known), options, root, today)


def check(library: Library, options: Options, root: Path, today: date | None = None) -> Examination:
    """Check a library across its entities, on a day. Problems come sorted by place."""
    today = today or datetime.now(UTC).date()
    problems = list(library.problems)
    for item in library.items.values():
        for rule in _RULES:
            problems += rule(library, options, item)
        problems += _picture(root, item)
    ledger = build_ledger(library)
    passages = Passages(library, ledger)
    quoted = quotations(library, passages)
    problems += [*ledger.problems, *quoted.problems, *citing_problems(library)]
    problems += time_problems(library, options) + name_problems(library)
    problems += [*clock_problems(library, options), *source_problems(library, ledger.captures)]
    problems += [*address_problems(library), *lost_anchors(library)]
    problems += circles(library) + _site(library, options) + _unused(library)
    problems.extend(_chosen(library))
    problems.extend(searched_problems(library, passages, options, today))
    problems.extend(account_problems(library, options, today))
    vouched = vouching(library, ledger.captures, options, root, today)
    problems += vouched.problems
    readings = compare(library, options.review)
    problems = sorted({*problems, *(readings.problems if readings else ())})
    if not all(problem.note for problem in problems):
        return Examination(None, problems)
    made = CheckedLibrary(library, options, root, ledger, readings, quoted, vouched, today)
    return Examination(made, problems)


def _at(item: Item, loc: Loc, code: str, message: str, hint: str = "") -> Problem:
    if not any(str(part) in message for part in loc[-1:]):
        message = f"{'.'.join(map(str, loc))}: {message}"
    return Problem(item.path, item.document.marks.value(loc), code, message, hint)


def _choices(library: Library, options: Options, item: Item) -> Iterator[Problem]:
    """Sides, parts and topics must be listed in mkdocs.yml."""
    del library
    entity, wanted = item.entity, list[tuple[Loc, str, str, dict[str, str]]]()
    if isinstance(entity, Person) and entity.side:
        wanted.append((("side",), entity.side, "sides", options.sides))
    if isinstance(entity, Quote | Fact) and entity.topic:
        wanted.append((("topic",), entity.topic, "topics", options.topics))
    if isinstance(entity, Event):
        for i, who in enumerate(entity.participants):
            wanted.append((("participants", i, "part"), who.part, "parts", options.parts))
    for loc, value, name, allowed in wanted:
        if value not in allowed:
            known = f"one of {', '.join(allowed)}, or " if allowed else ""
            hint = suggestion(value, allowed, f"{known}add it to {name}: in mkdocs.yml")
            message = f"“{value}” is not among the {name} of mkdocs.yml"
            yield _at(item, loc, "unknown-choice", message, hint)


def _passages(library: Library, options: Options, item: Item) -> Iterator[Problem]:
    """Passages are short, and evidence says something."""
    del library, options
    quoted = isinstance(item.entity, Quote)
    limit = MAX_QUOTED if quoted else MAX_PASSAGE
    for loc, evidence in evidence_of(item.entity):
        words = len(words_of(evidence.exact or ""))
        if words > limit:
            message = f"the passage has {words} words, limit {limit}"
            yield _at(item, (*loc, "exact"), "long-passage", message)
        if not quoted and not evidence.exact and not evidence.says:
            hint = "add exact: with its words, or says: with our summary"
            message = "the evidence does not say what the source says"
            yield _at(item, loc, "no-evidence", message, hint)
    if isinstance(item.entity, Quote) and len(words_of(item.entity.text)) > MAX_QUOTED:
        message = f"the quotation has more than {MAX_QUOTED} words"
        yield _at(item, ("text",), "long-passage", message)


def _withdrawn(library: Library, options: Options, item: Item) -> Iterator[Problem]:
    """Nothing uses what was withdrawn."""
    del options
    if not item.entity.withdrawn:
        return
    for referrer, uses in library.uses.items():
        for use in uses:
            if use.target == item.ref and referrer != item.ref:
                yield Problem(use.path, use.mark, "withdrawn", f"{item.ref} was withdrawn")


_RULES: tuple[Callable[[Library, Options, Item], Iterator[Problem]], ...] = (
    _choices,
    _passages,
    _withdrawn,
)


def _picture(root: Path, item: Item) -> list[Problem]:
    """A picture's file exists, beside its entity, and can be used."""
    if not isinstance(item.entity, Image) or not item.entity.file:
        return []
    name = item.entity.file
    path = root / Path(item.path).parent / name
    if "/" in name or "\\" in name or not _is_file(path):
        hint = "put the picture there, or correct the name"
        return [_at(item, ("file",), "picture", f"there is no file {name} beside this one", hint)]
    try:
        inspect(path)
    except BadImage as error:
        return [_at(item, ("file",), "picture", f"{name}: {error}", error.cure)]
    return []


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


def _entities(library: Library, of: type[E]) -> dict[str, E]:
    found = library.of_kind(of.kind)
    return {i.ref.id: i.entity for i in found if isinstance(i.entity, of)}


def _chosen(library: Library) -> Iterator[Problem]:
    """Where sources print different words, something says why these are displayed."""
    sources = _entities(library, Source)
    groups = origin_groups(sources)
    for item in library.of_kind("quotes"):
        quote = item.entity
        if isinstance(quote, Quote) and not quote.chosen and reasons(quote, sources, groups) == []:
            message = "sources print other words, and nothing says why these are displayed"
            hint = "display the best-attested wording, or say why in chosen:"
            yield _at(item, ("text",), "wording-choice", message, hint)


def _site(library: Library, options: Options) -> list[Problem]:
    """The site's own options fit its content."""
    main = options.main
    file = f"{options.content_dir}/events/{options.main_event}.md"
    if main and main not in library.items and file not in library.tree.texts:
        known = [i.ref.id for i in library.of_kind("events") if not i.entity.withdrawn]
        hint = suggestion(main.id, known, f"add {file}, or delete the line")
        message = f"main_event: {main} does not exist"
        return [Problem("mkdocs.yml", START, "option", message, hint)]
    return []


def _unused(library: Library) -> list[Problem]:
    """A note for each source from which nothing is taken; not while files cannot be read."""
    if library.problems:
        return []
    used = {use.target for uses in library.uses.values() for use in uses}
    return [
        Problem(i.path, START, "unused-source", f"nothing cites {i.ref}", note=True)
        for i in library.of_kind("sources")
        if i.ref not in used
    ]
