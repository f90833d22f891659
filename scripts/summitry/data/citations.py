"""Citations of works in words, as readers copy them: two styles and BibTeX."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from summitry.data import bibtex, citation_styles
from summitry.data.bibliography import Item
from summitry.words.catalogue import Words


class Citation(Struct, frozen=True):
    """A work in two styles, as HTML with nothing but emphasis, and as a BibTeX entry."""

    apa: Markup
    chicago: Markup
    bibtex: str


def citation(item: Item, words: Words) -> Citation:
    """How to cite an item of a bibliography, with the terms and dates of a language."""
    styles = citation_styles.apa(item, words), citation_styles.chicago(item, words)
    return Citation(*styles, bibtex.entry(item))
