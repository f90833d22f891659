"""JSON Schema of front matter, a file for each kind and one for pages, made from the model.

Editors complete and check by them; `schemas/` has them as files, which a test holds to the model. A
schema takes whatever the check takes, and refuses the mistakes that it can state: a missing or
unknown key, a value outside a list, an address or id of a wrong form.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from summitry import PACKAGE
from summitry.content.kinds import KINDS
from summitry.content.library import StoryMeta

PAGE = "page"
"""The name of the schema of narrative pages; the others have the names of their kinds."""
FOLDER = PACKAGE / "schemas"
MODELS: dict[str, type[BaseModel]] = {**KINDS, PAGE: StoryMeta}
_DRAFT = "http://json-schema.org/draft-07/schema#"  # which editors know


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a kind's front matter, or of a page's."""
    made: dict[str, Any] = _plain(MODELS[name].model_json_schema(by_alias=True))
    definitions = made.pop("$defs", {})
    # To an editor of YAML the line that closes front matter begins another document: an empty one,
    # or the text below. So what a document is as a whole is left open.
    del made["type"]
    if one_form := made.pop("oneOf", None):
        made |= {"if": {"type": "object"}, "then": {"oneOf": one_form}}
    return {"$schema": _DRAFT, **made, "definitions": definitions}


def as_file(name: str) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


def _plain(part: Any) -> Any:
    """Without what helps nobody who edits: made-up titles, and nulls, as no value may be empty."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: _plain(value) for key, value in part.items() if not _idle(key, value)}
    if isinstance(ref := found.get("$ref"), str):
        found["$ref"] = ref.replace("#/$defs/", "#/definitions/")
    choices = [one for one in found.get("anyOf", ()) if one != {"type": "null"}]
    if len(choices) == 1 and "anyOf" in found:
        del found["anyOf"]
        found = {**choices[0], **found}
    return found


def _idle(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and not value)
