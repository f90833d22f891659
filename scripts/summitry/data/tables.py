"""Everything on the site as tables, so that each file format holds the same.

A table for each kind of entity has its fields as columns: nested fields with both names
(`original_text`), lists of words or ids as JSON. What an entity has several of (roles,
positions, participants, …) is a table of its own, `<kind>_<field>`; the evidence and the
corrections of all kinds are one table each. Descriptions come from the model, the only place
that states a field.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import KINDS, Entity, Fact, Person
from summitry.content.kinds.pieces import Correction, Evidence, Name, Part, Voice, printed
from summitry.content.library import Item
from summitry.content.schema import evidence_of, part_in
from summitry.content.values import Ref
from summitry.data.history import History
from summitry.data.quotations import state
from summitry.words import quotations
from summitry.words.catalogue import Words

VERSION = 1  # of this form; raised when a column changes its meaning or goes

Value = str | int | float | None


class Column(Struct, frozen=True):
    """A column: its name, its type in SQL, and what stands in it."""

    name: str
    type: str
    text: str
    listed: bool = False  # the value is a JSON list


class Table(Struct, frozen=True):
    """A table; each row has a value for each column, in their order."""

    name: str
    text: str
    columns: tuple[Column, ...]
    rows: list[tuple[Value, ...]] = []


class _Made(Struct, frozen=True):
    """What the tables are made from."""

    library: CheckedLibrary
    site_url: str
    history: History
    words: Words


def _text(name: str, text: str) -> Column:
    return Column(name, "TEXT", text)


_ENTITY = (
    _text("kind", "The kind of what the row belongs to; of a narrative page, `stories`."),
    _text("entity", "Its id; of a narrative page, its file."),
)
_EVIDENCE = (
    *_ENTITY,
    _text("place", "Where in its file, such as `positions.1.evidence.1`, counted from 1."),
    _text("source", "The id of the source."),
    _text("exact", "The source's own words."),
    _text("says", "This site's summary of the passage."),
    Column("paragraph", "INTEGER", "The paragraph, where the file states it."),
    Column("proven", "INTEGER", "1 if a proof of the words verifies, 0 if not; empty: no words."),
    _text("captured_on", "The day of the capture that proves them."),
)
_NUMBER = Column("number", "INTEGER", "The place in the entity's list, counted from 1.")
# What the site works out, by kind.
_DERIVED: dict[str, tuple[Column, ...]] = {
    "people": (_text("role_on_the_day", "The office held on the first day of the main event."),),
    "quotes": (
        _text("state", "The state of proof: transcript, reports, report or transcribed."),
        _text("state_in_words", "The same as readers see it."),
        _text("changed", "`abridged` or `edited`, where an editor's marks changed the words."),
    ),
    "facts": (
        _text("support", "corroborated, single or disputed."),
        Column("sources", "INTEGER", "How many sources it rests on."),
        Column("origins", "INTEGER", "How many of these are independent of one another."),
    ),
    "sources": (_text("origin_group", "The first of the sources that count as one with it."),),
}
_PAGE = (
    _text("page", "The address of its page on this site."),
    _text("updated", "The day on which its file last changed."),
)


def _derived(made: _Made, item: Item) -> tuple[Value, ...]:
    """The values for `_DERIVED`."""
    library, entity, main = made.library, item.entity, made.library.main_event
    if isinstance(entity, Person):
        return (entity.role_on(main.start.first if main else None) or None,)
    if isinstance(entity, Fact):
        support = library.support(entity)
        return support.status.slug, support.sources, support.origins
    if item.ref.kind == "quotes":
        standing = library.standing(item.ref)
        in_words = state(made.words, standing)
        return standing.state.slug, in_words, standing.changed or None
    if item.ref.kind == "sources":
        return (library.groups[item.ref.id],)
    return ()


def _key(name: str, model: type[BaseModel]) -> str:
    """A field's name as contributors write it."""
    return model.model_fields[name].alias or name


def _is_list(info: FieldInfo) -> bool:
    return get_origin(info.annotation) is list


def _leaves(annotation: Any) -> Iterator[Any]:
    inner = get_args(annotation)
    if not inner:
        yield annotation
    for one in inner:
        yield from _leaves(one)


def _type(info: FieldInfo) -> str:
    leaves = set(_leaves(info.annotation))
    return "REAL" if float in leaves else "INTEGER" if int in leaves else "TEXT"


def _columns(model: type[BaseModel], prefix: str = "") -> Iterator[Column]:
    """The columns for the single values of a model, those of its parts among them."""
    for name, info in model.model_fields.items():
        key, text, inner = (
            prefix + _key(name, model),
            info.description or "",
            part_in(info.annotation),
        )
        if inner is Voice:
            yield _text(key, "The id of the person who spoke.")
            yield _text(f"{key}_described", "Who spoke, or what bears the words, if no person.")
        elif inner is Name:
            yield _text(key, "The authors as printed, in one line.")
        elif _is_list(info):
            if inner is None:
                yield Column(key, "TEXT", f"{text} A JSON list.", listed=True)
        elif inner is not None:
            yield from _columns(inner, f"{key}_")
        else:
            yield Column(key, _type(info), text)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, type[BaseModel] | None, bool], ...]:
    """The fields of a model, each with the model inside its type, and whether it is a list."""
    return tuple(
        (name, part_in(info.annotation), _is_list(info))
        for name, info in model.model_fields.items()
    )


def _values(words: Words, model: type[BaseModel], part: Part | None) -> Iterator[Value]:
    """The values for `_columns`; nothing but None where the part is missing."""
    for name, inner, is_list in _fields(model):
        value = getattr(part, name, None)
        if inner is Voice:
            yield value.id if isinstance(value, Ref) else None
            yield quotations.voice(words, value)[0] if isinstance(value, Voice) else None
        elif inner is Name:
            yield printed(value) if value else None
        elif is_list:
            if inner is None:
                yield json.dumps(list(map(str, value)), ensure_ascii=False) if value else None
        elif inner is not None:
            yield from _values(words, inner, value)
        elif value is None or isinstance(value, int | float):
            yield value
        else:
            yield str(value)


@cache
def _lists(model: type[BaseModel]) -> tuple[tuple[str, type[BaseModel], str], ...]:
    """The fields that are lists of parts and have a table of their own."""
    return tuple(
        (name, inner, model.model_fields[name].description or "")
        for name, inner, is_list in _fields(model)
        if is_list and inner is not None and inner not in (Evidence, Correction, Name)
    )


def _described(model: type[Entity]) -> str:
    """What a table of a kind holds: the first line that the model says of itself."""
    return (model.__doc__ or "").partition("\n")[0]


def layout() -> list[Table]:
    """Every table with its columns and no rows: what the documentation describes."""
    found = []
    for kind, model in KINDS.items():
        columns = (_text("id", "The name of its file."), *_columns(model))
        columns += (*_DERIVED.get(kind, ()), *_PAGE)
        found.append(Table(kind, _described(model), columns))
        for name, inner, text in _lists(model):
            columns = (_ENTITY[1], _NUMBER, *_columns(inner))
            found.append(Table(f"{kind}_{_key(name, model)}", text, columns))
    found.append(Table("evidence", "The passages on which entities rest.", _EVIDENCE))
    columns = (*_ENTITY, _NUMBER, *_columns(Correction))
    found.append(Table("corrections", "What was wrong, and what it is now.", columns))
    return found


def tables(library: CheckedLibrary, site_url: str, history: History, words: Words) -> list[Table]:
    """Every table with its rows. What was withdrawn is there, and says so."""
    source = _Made(library, site_url, history, words)
    made = {table.name: table for table in layout()}
    for kind, model in KINDS.items():
        for item in library.items(kind):
            made[kind].rows.append(_row(source, model, item))
            for name, inner, _ in _lists(model):
                made[f"{kind}_{_key(name, model)}"].rows.extend(_several(words, item, name, inner))
            made["evidence"].rows.extend(_evidence(library, item))
            made["corrections"].rows.extend(_corrected(words, item.ref, item.entity.corrections))
    for story in library.stories.values():
        made["corrections"].rows.extend(_corrected(words, story.ref, story.meta.corrections))
    return list(made.values())


def _row(made: _Made, model: type[Entity], item: Item) -> tuple[Value, ...]:
    day = made.history.changed([item.path])
    page = made.site_url + routes.url(item.ref), day.isoformat() if day else None
    values = _values(made.words, model, item.entity)
    return (item.ref.id, *values, *_derived(made, item), *page)


def _several(
    words: Words, item: Item, name: str, model: type[BaseModel]
) -> Iterator[tuple[Value, ...]]:
    for number, part in enumerate(getattr(item.entity, name), 1):
        yield (item.ref.id, number, *_values(words, model, part))


def _corrected(
    words: Words, ref: Ref, corrections: Sequence[Correction]
) -> Iterator[tuple[Value, ...]]:
    for number, one in enumerate(corrections, 1):
        yield (*ref, number, *_values(words, Correction, one))


def _evidence(library: CheckedLibrary, item: Item) -> Iterator[tuple[Value, ...]]:
    for loc, one in evidence_of(item.entity):
        finding = library.finding(one)
        yield (
            *item.ref,
            ".".join(str(part + 1) if isinstance(part, int) else part for part in loc),
            one.source.id,
            one.exact,
            one.says,
            one.paragraph,
            int(finding.proven) if finding else None,
            finding.capture.date[:10] if finding and finding.capture else None,
        )
