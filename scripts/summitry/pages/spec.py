"""A page to be made: where it goes, what it is called, and how to make its HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from summitry.data.linked import Node

READER, GUIDE, EMBED = "frame/reader.html", "frame/guide.html", "frame/embed.html"


@dataclass(frozen=True, slots=True)
class Content:
    """A page's HTML, its headings for a table of contents."""

    html: str
    headings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page to be made. `source` is the file that an editor would change, or ""."""

    url: str
    title: str
    description: str
    kind: str
    source: str
    layout: str
    make: Callable[[], Content]
    picture: str = ""  # for sharing
    picture_alt: str = ""
    section: str = ""
    searchable: bool = True
    story: str = ""
    hidden: bool = False  # not for search engines and lists of pages
    linked: Callable[[], Node] | None = None  # what it says of itself, as JSON-LD
    oembed: bool = False  # whether oembed.json lies beside it
    redirect: str = ""  # where a page that has moved is now, relative to this one
    updated: date | None = None  # the last change of its own content
