"""The ids of headings, as GitHub makes them: what a link with `#` may lead to."""

from __future__ import annotations

import unicodedata

from summitry.content.markdown import parse
from summitry.content.prose import plain_text


class Slugs:
    """The ids of one page's headings; a number tells equal ones apart."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def of(self, text: str) -> str:
        """The id of the next heading."""
        kept = (c for c in text.strip().lower() if _in_slug(c))
        base = slug = "".join(kept).replace(" ", "-") or "section"
        while slug in self._taken:
            self._taken[base] += 1
            slug = f"{base}-{self._taken[base]}"
        self._taken[slug] = 0
        return slug


def _in_slug(char: str) -> bool:
    return char.isalnum() or char in "_- " or unicodedata.category(char)[0] == "M"


def ids_of(body: str) -> list[str]:
    """The ids of the headings of a text, in their order."""
    slugs, tokens = Slugs(), parse(body).tokens
    opened = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
    return [slugs.of(plain_text([tokens[number + 1]])) for number in opened]
