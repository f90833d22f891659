"""What the end of a page shows of the page itself, as plain values for its template."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from msgspec import Struct

from summitry.pages.for_templates import Text
from summitry.pages.reach import SearchView


class CorrectionView(Struct, frozen=True):
    """A correction in a page's history."""

    on: str
    datetime: str
    told: str
    why: Text


class CiteView(Struct, frozen=True):
    """How to cite something: in two styles and as a BibTeX entry."""

    heading: str
    apa: Markup
    chicago: Markup
    bibtex: str


class Foot(Struct, frozen=True):
    """What the end of a page says of the page itself; what is empty is left out."""

    corrections: list[CorrectionView] = []
    edit_url: str = ""
    suggest_url: str = ""  # where a reader writes a correction of the page
    report_url: str = ""
    report_words: str = ""  # to copy, where a page has neither of these
    updated: str = ""  # the day of the last change, in words
    datetime: str = ""
    reach: str = ""  # how far the sources of the page reach, or the mark for it
    changes: str = ""  # where it is listed what changed on the site
    cites: list[CiteView] = []
    searches: list[SearchView] = []
    quoted: list[str] = []  # what is told of words in fields
    passage: Any = None  # where the page stands in the story, a `PassageView`

    @property
    def shown(self) -> bool:
        """Whether there is anything to say."""
        return bool(
            self.corrections
            or self.quoted
            or self.edit_url
            or self.suggest_url
            or self.report_url
            or self.report_words
            or self.updated
        )
