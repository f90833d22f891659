"""What can be cited, as CSL items (citationstyles.org, CSL-JSON 1.0.2): sources and own pages.

What a source does not state is left out, so that a style says `n.d.` or begins with the title.
"""

from __future__ import annotations

from typing import Any

from summitry.content.kinds import Source
from summitry.content.kinds.pieces import Name
from summitry.content.values import When

# Types that every style prints in a bibliography. Chicago leaves out others (encyclopedias,
# speeches, laws, posts), but what is cited here is the page on the web where one stands.
_CITED = frozenset(
    {
        "article-newspaper",
        "article-magazine",
        "article",
        "broadcast",
        "post-weblog",
        "report",
    }
)

Item = dict[str, Any]
# Types whose publisher is the newspaper, site or journal in which they stand.
_CONTAINED = frozenset(
    {"article-newspaper", "article-magazine", "article", "entry-encyclopedia", "post-weblog",
     "post", "webpage", "broadcast"}
)  # fmt: skip


def source(name: str, source: Source, read_on: str = "") -> Item:
    """A source by its id; `read_on` is the day of the copy that was read, as 2026-11-22."""
    where = "container-title" if source.type in _CONTAINED else "publisher"
    known = {
        "author": list(map(_author, source.author)),
        where: source.publisher,
        "issued": _date(source.issued) if source.issued else None,
        "accessed": _day(read_on),
        "URL": source.url,
        "language": source.language,
    }
    kind = source.type if source.type in _CITED else "webpage"
    return {"id": name, "type": kind, "title": source.name} | _known(known)


def page(name: str, title: str, site: str, url: str, updated: str, language: str = "en") -> Item:
    """A page of this site; `updated` is a day as 2025-08-15, or "" where it is not known."""
    known = {
        "container-title": site,
        "issued": _day(updated),
        "URL": url,
        "language": language,
    }
    return {"id": name, "type": "webpage", "title": title} | _known(known)


def _author(author: str | Name) -> Item:
    """Names in parts are put the other way round where a style does so; others stay as printed."""
    if isinstance(author, Name):
        return _known({"family": author.family, "given": author.given})
    return {"literal": author}


def _known(fields: Item) -> Item:
    return {name: value for name, value in fields.items() if value}


def _day(text: str) -> Item | None:
    return {"date-parts": [list(map(int, text.split("-")))]} if text else None


def _date(when: When) -> Item:
    first = when.first
    parts = {"year": [first.year], "month": [first.year, first.month]}
    return {"date-parts": [parts.get(when.unit, [first.year, first.month, first.day])]}
