"""What the end of a page shows of the page itself, as plain values for its template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from summitry.pages.for_templates import Text
from summitry.pages.reach import SearchView


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction in a page's history."""

    on: str
    datetime: str
    told: str
    why: Text


@dataclass(frozen=True, slots=True)
class CiteView:
    """How to cite something: in two styles and as a BibTeX entry."""

    heading: str
    apa: Markup
    chicago: Markup
    bibtex: str


@dataclass(frozen=True, slots=True)
class Foot:
    """What the end of a page says of the page itself; what is empty is left out."""

    corrections: list[CorrectionView] = field(default_factory=list)
    edit_url: str = ""
    suggest_url: str = ""  # where a reader writes a correction of the page
    report_url: str = ""
    report_words: str = ""  # to copy, where a page has neither of these
    updated: str = ""  # the day of the last change, in words
    datetime: str = ""
    reach: str = ""  # how far the sources of the page reach, or the mark for it
    changes: str = ""  # where it is listed what changed on the site
    cites: list[CiteView] = field(default_factory=list)
    searches: list[SearchView] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)  # what is told of words in fields
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
