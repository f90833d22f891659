"""Citations of works in words, as readers copy them: two styles and BibTeX."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from summitry.data import bibtex, citation_styles
from summitry.data.bibliography import Item
from summitry.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Citation:
    """A work in two styles, as HTML with nothing but emphasis, and as a BibTeX entry."""

    apa: Markup
    chicago: Markup
    bibtex: str


def citations(items: Iterable[Item], words: Words) -> dict[str, Citation]:
    """The citation of each item, by its id, with the terms and dates of a language."""
    return {
        str(item["id"]): Citation(
            citation_styles.apa(item, words),
            citation_styles.chicago(item, words),
            bibtex.entry(item),
        )
        for item in items
    }
