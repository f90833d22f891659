"""Reads a document as one of our models, and walks what was read.

pydantic finds what is wrong; here it is said in our words, with the place in the file and
the nearest key or value for a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from summitry.content.front_matter import Document
from summitry.content.kinds.pieces import Evidence, Part
from summitry.content.problems import Mark, Problem, nearest, suggestion
from summitry.content.scalars import quoted
from summitry.content.strict_yaml import Loc
from summitry.content.values import IN_QUOTES, Address, ProseText, Ref, When

P = TypeVar("P", bound=Part)


def parse(model: type[P], document: Document) -> tuple[P | None, list[Problem]]:
    """Read a document's front matter as `model`, or say all that is wrong with it.

    Where nothing is wrong but keys that are misspelt or unknown, it is read as they are meant too,
    so that all else that is wrong is found at once.
    """
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    problems = [_problem(model, document, d) for d in found if not _misspelt(model, d, found)]
    return _as_meant(model, document, found), problems


def _as_meant(model: type[P], document: Document, found: list[ErrorDetails]) -> P | None:
    """The front matter with misspelt keys as they are meant and without unknown ones."""
    data = deepcopy(document.data)
    for detail in found:
        if detail["type"] == "missing":
            continue  # then it is missing, or misspelt
        if detail["type"] != "extra_forbidden":
            return None
        *above, key = _in_data(document.data, detail["loc"])
        beside = _value_at(data, tuple(above))
        value, meant = beside.pop(key), nearest(str(key), fields_at(model, detail["loc"][:-1]))
        if meant and meant not in beside:
            beside[meant] = value
            document.marks.rename((*above, key), (*above, meant))
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def _misspelt(model: type[Part], missing: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a key is missing only because it stands there misspelt, which is said already."""
    if missing["type"] != "missing":
        return False
    place, known = missing["loc"][:-1], fields_at(model, missing["loc"][:-1])
    extra = [d["loc"] for d in found if d["type"] == "extra_forbidden"]
    beside = [str(loc[-1]) for loc in extra if loc[:-1] == place]
    return any(nearest(key, known) == missing["loc"][-1] for key in beside)


def _in_data(data: Any, loc: tuple[str | int, ...]) -> Loc:
    """The part of a pydantic location that exists in the data: union tags are left out."""
    found: list[str | int] = []
    for part in loc:
        if isinstance(data, dict) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            continue
        found.append(part)
    return tuple(found)


def _value_at(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = data[part]
    return data


def _problem(model: type[Part], document: Document, detail: ErrorDetails) -> Problem:
    at = detail.get("ctx", {}).get("at")
    loc = _in_data(document.data, (*detail["loc"], at) if at else detail["loc"])
    code, message, hint = _explain(model, detail, _value_at(document.data, loc))
    marks = document.marks
    at_key = detail["type"] == "extra_forbidden"
    mark: Mark = marks.key(loc) if at_key or not loc else marks.value(loc)
    if detail["type"] == "missing" and loc:
        mark = marks.key(loc)
    if hint == IN_QUOTES:
        in_quotes = f"{IN_QUOTES}: {quoted(marks.lines[loc])}" if loc in marks.lines else ""
        hint = in_quotes or "write one value behind the key, in its line"
    where = ".".join(str(part) for part in loc)
    named = at_key or not where or detail["type"] != "summitry" or (at and at in message)
    prefix = "" if named else f"{where}: "
    return Problem(document.path, mark, code, prefix + message, hint)


def _explain(model: type[Part], detail: ErrorDetails, value: object) -> tuple[str, str, str]:
    """Code, message and hint of one pydantic error."""
    last = detail["loc"][-1] if detail["loc"] else ""
    context, name = detail.get("ctx", {}), "the item" if isinstance(last, int) else last
    match detail["type"]:
        case "summitry":
            return context["code"], context["text"], context["hint"]
        case "missing":
            return "missing-key", f"the required key {name} is missing", f"add {name}:"
        case "extra_forbidden":
            known = fields_at(model, detail["loc"][:-1])
            message = f"{name} is not a key here"
            return "unknown-key", message, suggestion(name, known, f"keys: {', '.join(known)}")
        case "literal_error":
            choices = [c.strip("'") for c in context["expected"].replace(" or ", ", ").split(", ")]
            message = f"{name} cannot be “{value}”"
            hint = suggestion(str(value), choices, "one of " + ", ".join(choices))
            return "unknown-choice", message, hint
        case "too_short":
            code = "no-evidence" if name == "evidence" else "bad-value"
            least = context.get("min_length", 1)
            message = f"{name} has fewer than {least} items" if least > 1 else f"{name} is empty"
            add = "add what is missing, each item behind a dash"
            return code, message, "" if code == "no-evidence" else add
        case "string_too_long":
            message = f"{name} has more than {context['max_length']} characters"
            return "bad-value", message, "shorten it"
        case "list_type":
            return "bad-value", f"{name} must be a list", "begin each item with a dash"
        case "model_type" | "dict_type":
            of = part_at(model, detail["loc"]) if detail["type"] == "model_type" else None
            keys = f": {', '.join(_keys(of))}" if of else ""
            return "bad-value", f"{name} must be a mapping", f"write its keys below it{keys}"
        case "bool_type" | "bool_parsing":
            return "bad-value", f"{name} is neither true nor false", "write true or false"
    hint = "write it as the reference of fields says, under Contribute"
    return "bad-value", f"{name} cannot have this value", hint


def fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that front matter of `model` may have at `loc`, as contributors write them."""
    return _keys(part_at(model, loc))


def part_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model of what stands in front matter of `model` at `loc`."""
    for part in loc:
        by_key = {info.alias or name: info for name, info in model.model_fields.items()}
        if isinstance(part, str) and part in by_key:
            model = part_in(by_key[part].annotation) or model
    return model


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def part_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside a type such as `list[Evidence]` or `Said | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := part_in(inner):
            return found
    return None


def walk(part: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Every value inside a part, parents first, each with its location in the front matter."""
    yield loc, part
    if isinstance(part, list):
        for i, item in enumerate(part):
            yield from walk(item, (*loc, i))
    elif isinstance(part, BaseModel):
        for name, info in type(part).model_fields.items():
            yield from walk(getattr(part, name), (*loc, info.alias or name))


class _Found(NamedTuple):
    """What stands in a part, each with its location."""

    references: list[tuple[Loc, Ref]]
    evidence: list[tuple[Loc, Evidence]]
    prose: list[tuple[Loc, ProseText]]
    dates: list[tuple[Loc, When]]
    addresses: list[tuple[Loc, Address]]


_SOUGHT = (Ref, Evidence, ProseText, When, Address)


def _found(part: Part) -> _Found:
    private = part.__pydantic_private__ or {}  # quicker than the attribute, and asked often
    if (kept := private.get("_walked")) is None:
        lists: tuple[list[Any], ...] = tuple([] for _ in _SOUGHT)
        for one in walk(part):
            for sought, into in zip(_SOUGHT, lists, strict=True):
                if isinstance(one[1], sought):
                    into.append(one)
                    break
        kept = part._walked = _Found(*lists)
    found: _Found = kept
    return found


def dates_of(part: Part) -> list[tuple[Loc, When]]:
    """Every date in a part, with its location."""
    return _found(part).dates


def addresses_of(part: Part) -> list[tuple[Loc, Address]]:
    """Every web address in a part, with its location."""
    return _found(part).addresses


def references(part: Part) -> list[tuple[Loc, Ref]]:
    """Every reference in a part, with its location."""
    return _found(part).references


def evidence_of(part: Part) -> list[tuple[Loc, Evidence]]:
    """Every evidence item in a part, with its location."""
    return _found(part).evidence


def prose_of(part: Part) -> list[tuple[Loc, ProseText]]:
    """Every piece of prose in a part, with its location."""
    return _found(part).prose
