"""Checks across entities, and the only way to a `CheckedLibrary`.

Pages, pictures and data accept nothing but a `CheckedLibrary`, so nothing unchecked can be
rendered: the types do not allow it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from summitry.checks.accounts import account_problems
from summitry.checks.anchors import lost_anchors
from summitry.checks.backing import Passages
from summitry.checks.checked import CheckedLibrary
from summitry.checks.choice import reasons
from summitry.checks.circles import circles
from summitry.checks.citing import citing_problems
from summitry.checks.clocks import clock_problems, with_offset
from summitry.checks.dates import time_problems
from summitry.checks.ledger import build as build_ledger
from summitry.checks.names import name_problems
from summitry.checks.negatives import find_denying, searched_problems
from summitry.checks.placeholders import placeholder_notes
from summitry.checks.quoting import quotations
from summitry.checks.second_reading import compare
from summitry.checks.sources import source_problems
from summitry.checks.support import origin_groups
from summitry.checks.vouching import vouching
from summitry.checks.web_addresses import address_problems
from summitry.content.earlier import Earlier
from summitry.content.files import Tree
from summitry.content.kinds import (
    MAX_PASSAGE,
    MAX_QUOTED,
    Entity,
    Event,
    Fact,
    Image,
    Person,
    Place,
    Quote,
    Source,
)
from summitry.content.library import Item, Library, build
from summitry.content.meant_dates import OFFSET
from summitry.content.options import Options
from summitry.content.problems import START, Mark, Problem, suggestion
from summitry.content.schema import evidence_of
from summitry.content.strict_yaml import Loc
from summitry.content.values import Ref
from summitry.pictures.photos import BadImage, inspect
from summitry.proof.text import length

E = TypeVar("E", bound=Entity)


class Examination(Struct, frozen=True):
    """The checked library, or None where something is wrong; every problem and note."""

    library: CheckedLibrary | None
    problems: list[Problem]


def examine(
    tree: Tree,
    docs_dir: str,
    options: Options,
    root: Path,
    earlier: Earlier | None = None,
    today: date | None = None,
) -> Examination:
    """Read a tree of files and check it, as `summitry check`, a build and serving all do.

    What is the same as `earlier` is not worked out again.
    """
    earlier = earlier or Earlier()
    library = build(tree, options.content_dir, docs_dir, earlier)
    return check(library, options, root, today, earlier)


def check(
    library: Library,
    options: Options,
    root: Path,
    today: date | None = None,
    earlier: Earlier | None = None,
) -> Examination:
    """Check a library across its entities, on a day. Problems come sorted by place."""
    today, earlier = today or datetime.now(UTC).date(), earlier or Earlier()
    problems = list(library.problems)
    for item in library.items.values():
        for rule in _RULES:
            problems += rule(library, options, item)
        problems += _picture(root, item)

    def by_file() -> list[Problem]:
        return _by_file(library, options, earlier)

    with earlier.aside(by_file) if library.is_new else nullcontext(bool) as wait:
        ledger = build_ledger(library, earlier)
        passages = Passages(library, ledger)
        quoted = quotations(library, passages, earlier)
        wait()
        problems += by_file()
    problems += [*ledger.problems, *quoted.problems, *citing_problems(library)]
    problems += [*clock_problems(library, options), *source_problems(library, ledger.captures)]
    problems += [*address_problems(library), *lost_anchors(library)]
    problems += circles(library) + _site(library, options) + _unused(library)
    problems.extend(_chosen(library))
    problems.extend(_untitled(library))
    problems.extend(searched_problems(library, passages, options, today, earlier))
    problems.extend(account_problems(library, options, today))
    vouched = vouching(library, ledger.captures, options, root, today)
    problems += vouched.problems
    readings = compare(library, options.review, earlier)
    problems += readings.problems if readings else ()
    problems = sorted({with_offset(problem, options) for problem in problems})
    if not all(problem.note for problem in problems):
        return Examination(None, problems)
    made = CheckedLibrary(library, options, root, ledger, readings, quoted, vouched, today)
    return Examination(made, problems)


def _by_file(library: Library, options: Options, earlier: Earlier) -> list[Problem]:
    """What is told of the words of each file alone: no evidence is looked at for it."""
    find_denying(library, earlier)
    return [
        *time_problems(library, options, earlier),
        *name_problems(library, earlier),
        *placeholder_notes(library, options, earlier),
    ]


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
    if isinstance(entity, Quote | Fact | Event) and entity.topic:
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
        words = length(evidence.exact or "")
        if words > limit:
            message = f"the passage has {words} words, limit {limit}"
            yield _at(item, (*loc, "exact"), "long-passage", message)
        if not quoted and not evidence.exact and not evidence.says:
            hint = "add exact: with its words, or says: with our summary"
            message = "the evidence does not say what the source says"
            yield _at(item, loc, "no-evidence", message, hint)
    if isinstance(item.entity, Quote) and length(item.entity.text) > MAX_QUOTED:
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


def _drawable(library: Library, options: Options, item: Item) -> Iterator[Problem]:
    """What a figure depicts can be drawn: places that have a position, events that have a time."""
    image = item.entity
    if not isinstance(image, Image) or image.drawn is None:
        return
    kind, of = ("places", Place) if image.drawn == "locator-map" else ("events", Event)
    wanted = list[tuple[Loc, Ref]]()
    wanted += [(("depicts", i), ref) for i, ref in enumerate(image.depicts) if ref.kind == kind]
    if not wanted:
        message = f"a {image.drawn} depicts {kind}, and here are none"
        yield _at(item, ("drawn",), "picture", message, f"list some in depicts:, as {kind}/id")
    if kind == "events" and not options.time_zones:
        hint = "list time_zones: in mkdocs.yml"
        yield _at(item, ("drawn",), "picture", "the site has no time zone to draw times in", hint)
    for i, journey in enumerate(image.journeys):
        wanted += [(("journeys", i, "through", n), ref) for n, ref in enumerate(journey.through)]
    for loc, ref in wanted:
        found = library.items.get(ref)
        if found and isinstance(found.entity, of) and (lack := _lacks(found.entity)):
            yield _at(item, loc, "picture", f"{ref} has no {lack[0]}", f"{lack[1]} in {found.path}")


def _lacks(entity: Place | Event) -> tuple[str, str] | None:
    """What an entity lacks to be drawn, and what to add to it."""
    if isinstance(entity, Place):
        there = entity.latitude is not None
        return None if there else ("position", "add latitude: and longitude:")
    time = f"add the clock time to start:, such as {entity.start.first}T10:00{OFFSET},"
    return None if entity.start.moment else ("clock time", time)


_RULES: tuple[Callable[[Library, Options, Item], Iterator[Problem]], ...] = (
    _choices,
    _passages,
    _withdrawn,
    _drawable,
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
    return [*_outlets(library, options)]


def _untitled(library: Library) -> Iterator[Problem]:
    """Narrative pages that readers would see under the name of their file."""
    for story in library.stories.values():
        if not story.meta.title and not story.heading:
            mark = Mark(story.document.body_line, 1)
            message = "the page has no heading, and no title: in its front matter"
            hint = "begin its text with a line: # The title"
            yield Problem(story.file, mark, "no-title", message, hint)


def _outlets(library: Library, options: Options) -> Iterator[Problem]:
    """Outlets that no source names."""
    sources = _entities(library, Source).values()
    known = {name for one in sources for name in (one.publisher, one.wire) if name}
    for name in options.outlets if not library.problems else ():
        if name not in known:
            message = f"outlets: no source has the publisher or the wire “{name}”"
            hint = suggestion(name, known, "write the name as sources have it, or delete the line")
            yield Problem("mkdocs.yml", START, "option", message, hint)


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
