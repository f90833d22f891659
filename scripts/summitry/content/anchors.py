"""The ids of headings, as GitHub makes them: what a link with `#` may lead to."""

from __future__ import annotations

import re
import unicodedata

from summitry.content.markdown import parse
from summitry.content.prose import plain_text

# What pages call parts of their own: of the frame, sources and citations, the theme's switches.
_OF_PAGES = re.compile(
    r"content|source-\d+|cite-\d+-\d+|(?:figure|axis|room)-.*|check-(?:file|hint|text)|suggest-\w+|__(?:drawer|search|toc)"
    r"|at-(?:about|accounts|cite|contents|context|disputed|events|evidence|facts|indexes|itself|map"
    r"|mates|more|names|near|people|picture|printed|proof|quality|quotes|related|roles|said|searched|shows"
    r"|sources|story|supports|turns|wordings)"
)


class Slugs:
    """The ids of one page's headings; a number tells equal ones apart, and from the page's own."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def of(self, text: str) -> str:
        """The id of the next heading."""
        kept = (c for c in text.strip().lower() if _in_slug(c))
        base = slug = "".join(kept).replace(" ", "-") or "section"
        if is_of_page(base):
            self._taken.setdefault(base, 0)
        while slug in self._taken:
            self._taken[base] += 1
            slug = f"{base}-{self._taken[base]}"
            slug = f"{base}--{self._taken[base]}" if is_of_page(slug) else slug
        self._taken[slug] = 0
        return slug


def is_of_page(anchor: str) -> bool:
    """Whether an id is one that pages give to parts of their own."""
    return _OF_PAGES.fullmatch(anchor) is not None


def _in_slug(char: str) -> bool:
    return char.isalnum() or char in "_- " or unicodedata.category(char)[0] == "M"


def ids_of(body: str) -> list[str]:
    """The ids of the headings of a text, in their order."""
    slugs, tokens = Slugs(), parse(body).tokens
    opened = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
    return [slugs.of(plain_text([tokens[number + 1]])) for number in opened]
