"""A page to be made: where it goes, what it is called, and how to make its HTML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from summitry.data.linked import Node
from summitry.pages.assembly import NOTICE

READER, GUIDE, EMBED = "frame/reader.html", "frame/guide.html", "frame/embed.html"


class Content(Struct, frozen=True):
    """A page's HTML, its headings for a table of contents."""

    html: str
    headings: list[dict[str, Any]] = []


class PageSpec(Struct, frozen=True):
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


class PagePlan(Struct, frozen=True):
    """A page that the site has: its address, and what it will be.

    `story` is the file of a narrative page in the docs folder.
    """

    url: str
    spec: Callable[[], PageSpec]
    story: str = ""


class MadePage(Struct, frozen=True):
    """A page as made. `body` is the whole document in UTF-8, or gets it from where it is kept; in
    the theme's own layout, its content.

    `digest` is that of the document as it is published, `searched` a hash of what search reads of
    it, "" where that is nothing.
    """

    url: str
    title: str
    description: str
    layout: str
    body: bytes | Callable[[], bytes]
    headings: list[dict[str, Any]]
    source: str = ""
    story: str = ""
    picture: str = ""
    picture_alt: str = ""
    hidden: bool = False
    updated: str = ""  # a day, or ""
    digest: str = ""
    searched: str = ""

    @property
    def raw(self) -> bytes:
        """The document."""
        return self.body if isinstance(self.body, bytes) else self.body()

    @property
    def html(self) -> str:
        """The same as text."""
        return self.raw.decode("utf-8")

    def published(self) -> bytes:
        """The document without the place for what is wrong with the site."""
        return self.raw.replace(NOTICE.encode(), b"")

    @classmethod
    def of(cls, spec: PageSpec, content: Content) -> MadePage:
        """A page of which `content` was made."""
        return cls(
            spec.url,
            spec.title,
            spec.description,
            spec.layout,
            content.html.encode("utf-8"),
            content.headings,
            spec.source,
            spec.story,
            spec.picture,
            spec.picture_alt,
            spec.hidden,
            spec.updated.isoformat() if spec.updated else "",
        )
