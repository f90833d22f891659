"""Works as BibTeX entries, every character kept: capitals in braces, marks of TeX escaped."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.data.bibliography import Item

_TYPES = {"article-newspaper": "article", "article-magazine": "article", "report": "techreport"}
_WHERE = {"article": "journal", "techreport": "institution", "misc": "howpublished"}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "{}&%$#_"},
    }
)


def entry(item: Item) -> str:
    """The entry of a work, by its id; its title in braces, so that capitals stay."""
    kind = _TYPES.get(item["type"], "misc")
    rows = ",\n".join(f"  {name} = {value}" for name, value in _fields(item, kind))
    return f"@{kind}{{{item['id']},\n{rows}\n}}"


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    if "author" in item:
        yield "author", "{" + " and ".join(_name(one) for one in item["author"]) + "}"
    yield "title", f"{{{{{_escaped(item['title'])}}}}}"
    if where := item.get("container-title") or item.get("publisher"):
        yield _WHERE[kind], f"{{{_escaped(where)}}}"
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    for name, value in zip(("year", "month"), parts, strict=False):
        yield name, f"{{{value}}}" if name == "year" else _MONTHS[value - 1]
    if "URL" in item:
        yield "url", f"{{{item['URL']}}}"
    if "accessed" in item:
        year, month, day = item["accessed"]["date-parts"][0]
        yield "urldate", f"{{{year:04}-{month:02}-{day:02}}}"


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    parts = (name.get("family", ""), name.get("given", ""))
    return ", ".join(_escaped(part) for part in parts if part)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
