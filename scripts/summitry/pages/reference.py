"""The contributor's reference, taken from the code: fields, blocks, options, problem codes."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from summitry.content.blocks import BLOCKS
from summitry.content.kinds import KINDS
from summitry.content.library import StoryMeta
from summitry.content.options import Options
from summitry.content.problems import CATALOGUE
from summitry.content.schema import part_in


class FieldRow(NamedTuple):
    """A row of a reference table: the name, when it is needed, what it is."""

    name: str
    needed: str
    text: str


def reference_rows(of: str) -> list[FieldRow]:
    """The rows on a kind's fields, on `options`, `blocks`, `pages` or `problems`."""
    if of == "problems":
        return [
            FieldRow(c, "", f"{e.title}. {e.reason} {e.cure}") for c, e in sorted(CATALOGUE.items())
        ]
    if of == "options":
        return fields(Options)
    if of == "pages":
        return fields(StoryMeta)
    if of == "blocks":
        return [row for name, model in BLOCKS.items() for row in fields(model, f"{name}: ")]
    return fields(KINDS[of])


def fields(model: type[BaseModel], prefix: str = "") -> list[FieldRow]:
    """The fields of a model, those of its parts indented by a dotted path."""
    rows = []
    for name, info in model.model_fields.items():
        key = prefix + (info.alias or name)
        when = getattr(model, "when_needed", {}).get(info.alias or name, "")
        rows.append(FieldRow(key, "yes" if info.is_required() else when, _text(info)))
        inner = part_in(info.annotation)
        if inner is not None and not prefix.count("."):
            rows += fields(inner, f"{key}.")
    return rows


def _text(info: FieldInfo) -> str:
    text = info.description or ""
    choices = [str(c) for c in getattr(info.annotation, "__args__", ()) if isinstance(c, str)]
    return f"{text} One of: {', '.join(choices)}." if choices else text
