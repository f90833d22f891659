"""What stands in double quotation marks in a text, whatever their shape, in one pass.

The text is as readers see it: of Markdown, the `text` of paragraphs, where a mark that was
written by its name is the mark. Apostrophes and single quotation marks are left alone: nothing
tells one from the other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_NESTED = 4  # quotations within one another

# Which marks close what a mark opens: “ ”, „ “ (German), „ ” (Polish), ” ” (Swedish), « », » «.
_PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    "〝": "〞〟",
    '"': '"',
    "＂": "＂",
    "❝": "❞",
    "「": "」",
    "『": "』",
}
_ALL = frozenset(_PAIRS) | frozenset("〞〟❞」』")
_MARK = re.compile(f"[{''.join(sorted(_ALL))}]")


class Span(NamedTuple):
    """What a pair of marks holds, and where: `start` is the offset of the opening mark."""

    start: int
    text: str


class Unpaired(NamedTuple):
    """A mark without a pair, and whether it opens; no mark where too many are open there."""

    start: int
    mark: str
    opens: bool = True


class _Open(NamedTuple):
    mark: str
    start: int


def marked(text: str) -> bool:
    """Whether a double quotation mark may stand in a text: quick, and never wrong to ask."""
    return bool(_MARK.search(text))


def spans(text: str) -> tuple[list[Span], Unpaired | None]:
    """What stands in quotation marks, inner before outer, and the first mark without a pair.

    Where a mark has none, it is not known which others belong together: no spans are given.
    """
    found: list[Span] = []
    opened: list[_Open] = []
    for match in _MARK.finditer(text):
        start, mark = match.start(), match[0]
        depth = _closes(opened, mark, text[start - 1 : start])
        if depth is None and mark in _PAIRS:
            if len(opened) == MAX_NESTED:
                return [], Unpaired(start, "")
            opened.append(_Open(mark, start))
        elif depth is None:
            return [], Unpaired(start, mark, opens=False)
        elif depth < len(opened) - 1:
            return [], Unpaired(opened[-1].start, opened[-1].mark)
        else:
            first = opened.pop()
            found.append(Span(first.start, text[first.start + 1 : start]))
    if opened:
        return [], Unpaired(opened[0].start, opened[0].mark)
    return found, None


def _closes(opened: list[_Open], mark: str, before: str) -> int | None:
    """Which open quotation a mark closes, the innermost being the last."""
    if mark == "“" and not before.strip():
        return None  # after a blank it opens, even within „ “
    for depth in range(len(opened) - 1, -1, -1):
        if mark in _PAIRS[opened[depth].mark]:
            return depth
    return None


def outside(text: str) -> str:
    """A text without the words that stand in quotation marks."""
    kept, at = [], 0
    for span in sorted(spans(text)[0]):
        if span.start >= at:  # else it stands within another
            kept.append(text[at : span.start])
            at = span.start + 1 + len(span.text)
    return "".join(kept) + text[at:]
