"""Check 38: a page on paper, read from the PDF that the browser makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader

from checks.visit import Visit

FULL = 0.5  # of a page's height: what ends above this leaves it half empty
HEADING = 12.5  # points; what is set larger at the foot of a page, and short, is a heading


@dataclass(frozen=True, slots=True)
class Line:
    """Words on paper: how far down the page, from 0 to 1, and how large, in points."""

    down: float
    size: float
    text: str


def printed(visit: Visit) -> list[list[Line]]:
    """The pages of A4 that the open page is in print, each with its lines from top to bottom."""
    made = visit.page.pdf(format="A4", prefer_css_page_size=True)
    return [_lines(page) for page in PdfReader(BytesIO(made)).pages]


def _lines(page: PageObject) -> list[Line]:
    found: list[Line] = []
    height = float(page.mediabox.height)

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        del font
        if text.strip():
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(Line(1 - up / height, abs(size * tm[3] * cm[3]), text.strip()))

    page.extract_text(visitor_text=note)
    return sorted(found, key=lambda line: line.down)


def on_paper(visit: Visit, most: int | None = None) -> list[str]:
    """38. Print: no heading alone at the foot of a page, no half-empty page, at most so many."""
    pages = printed(visit)
    faults = [f"{len(pages)} pages of paper, not {most}"] if most and len(pages) > most else []
    for number, lines in enumerate(pages[:-1], 1):
        if not lines or lines[-1].down < FULL:
            end = lines[-1].text[:40] if lines else "nothing"
            faults.append(f"page {number} is half empty; it ends with “{end}”")
        elif lines[-1].size > HEADING:
            faults.append(f"page {number} ends with the heading “{lines[-1].text[:40]}”")
    return faults
