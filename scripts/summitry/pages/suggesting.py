"""What the forms know by which readers write a quotation or a correction (block `suggest`)."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

from summitry.content.json_schema import schema
from summitry.pages.context import Scope

_EDITS, _MAKES = "/edit/", "/new/"
"""In the addresses of a host that works as GitHub does: where a file is changed, and made."""


def values(scope: Scope) -> dict[str, Any]:
    """What the template of the block shows, and `data`, which its script reads."""
    options = scope.library.options
    edit = scope.setting.edit_url(".")
    new = edit.replace(_EDITS, _MAKES, 1) if _EDITS in edit else ""
    quotes = schema("quotes")
    corrections = {**quotes["definitions"]["Correction"], "definitions": quotes["definitions"]}
    data = {
        "texts": scope.words.sections("suggest"),
        "content": options.content_dir,
        "edit": edit,
        "new": new,
        "people": _named(scope, "people"),
        "sources": _named(scope, "sources"),
        "schemas": {"quotes": quotes, "sources": schema("sources"), "correction": corrections},
    }
    return {
        "data": data,
        "new_file": f"{new}{options.content_dir}/quotes/" if new else "",
        "email": options.contact_email,
        "topics": options.topics,
    }


def address(scope: Scope) -> str:
    """Where a reader of a page can write a correction of it; "" where the site has no such page."""
    page = scope.library.options.suggest_page
    if not page or not scope.file or scope.here == page:
        return ""
    return f"{scope.to(page)}?file={quote(scope.file)}"


def _named(scope: Scope, kind: str) -> dict[str, str]:
    """The things of a kind that may be named, each by what tells it from the others."""
    items = [item for item in scope.library.items(kind) if not item.entity.withdrawn]
    counts = Counter(item.entity.title for item in items)
    return {
        item.ref.id: item.entity.title + f" ({item.ref.id})" * (counts[item.entity.title] > 1)
        for item in items
    }
