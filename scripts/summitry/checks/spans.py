"""What stands in quotation marks in a text, whatever their shape, in one pass.

The text is as readers see it: of Markdown, what paragraphs show, where a mark that was written by
its name is the mark. A single mark is an apostrophe unless it can open a quotation (no letter
stands before it, and something right behind it) and another can close it (something stands right
before it, and no letter behind it). Feet, inches and decades have none.
"""

from __future__ import annotations

from typing import NamedTuple

from summitry.checks.quote_marks import (
    ALIKE,
    ASCII,
    CLOSE_SET,
    CLOSES_DOUBLED,
    DECADE,
    DOUBLED,
    ELIDED,
    HEBREW,
    IN_MARKS,
    MARK,
    MEASURE,
    PAIRS,
    PRIMES,
    SHY,
    SINGLES,
    TEN_YEARS,
)

MAX_NESTED = 4  # quotations within one another
_TIGHT = frozenset({"≪", "≫", "⟨", "⟩", "〃", "˶", "˵", *ASCII})  # signs of other things too
_SINGLE = frozenset(SINGLES)


class Span(NamedTuple):
    """What a pair of marks holds, and where: `start` is the offset of the opening mark.

    Where the closing mark may be an apostrophe instead (the reporters’ plane), `longer` is what
    the next mark that can close would hold. `width` is the length of a mark.
    """

    start: int
    text: str
    longer: str = ""
    width: int = 1

    @property
    def end(self) -> int:
        """The offset behind the closing mark."""
        return self.start + 2 * self.width + len(self.longer or self.text)


class Unpaired(NamedTuple):
    """A mark without a pair, and whether it opens; no mark where too many are open there."""

    start: int
    mark: str
    opens: bool = True


class _Open(NamedTuple):
    mark: str
    start: int
    width: int = 1

    @property
    def single(self) -> bool:
        """Whether it may be an apostrophe, which nothing has to close."""
        return self.width == 1 and self.mark in _SINGLE


def marked(text: str) -> bool:
    """Whether a quotation mark may stand in a text: quick, and never wrong to ask."""
    return bool(IN_MARKS.search(text) and MARK.search(text))


def spans(text: str) -> tuple[list[Span], Unpaired | None]:
    """What stands in quotation marks, inner before outer, and the first mark without a pair.

    Where a mark has none, it is not known which others belong together: no spans are given.
    """
    return _Pairing(text).read() if marked(text) else ([], None)


class _Pairing:
    """Reads a text once from left to right, with the marks that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Span] = []
        self.opened: list[_Open] = []
        self.wrong: Unpaired | None = None
        self.stretches = -1  # the span of single marks that may go on, as its end may be a plural's
        self.free = [match.span() for match in MEASURE.finditer(text)]
        self.free += [match.span() for match in DECADE.finditer(text)]
        self.free.sort()

    def read(self) -> tuple[list[Span], Unpaired | None]:
        at = 0
        for match in MARK.finditer(self.text):
            while at < len(self.free) and self.free[at][1] <= match.start():
                at += 1
            if at < len(self.free) and self.free[at][0] <= match.start():
                continue
            self._mark(match.start(), match[0])
            if self.wrong:
                return [], self.wrong
        left = [one for one in self.opened if not one.single or self._shy(one)]
        if left:
            return [], Unpaired(left[0].start, left[0].mark)
        return self.found, None

    def _mark(self, start: int, mark: str) -> None:
        before, behind = self.text[start - 1 : start], self.text[start + len(mark) :][:1]
        if len(mark) == 1 and mark in _SINGLE:
            self._single(start, mark, before, behind)
        elif len(mark) == 2 and mark not in ASCII:
            self._doubled(start, mark, before, behind)
        elif not (
            HEBREW.match(before) and HEBREW.match(behind) and mark in ALIKE
        ):  # else it abbreviates
            self._double(start, mark, before, behind)

    def _double(self, start: int, mark: str, before: str, behind: str) -> None:
        """A mark that is nothing but a mark."""
        depth = self._closes(mark, before)
        if depth is not None:
            self._close(depth, start)
        elif mark in _TIGHT and (not behind.strip() or before.isalnum() or before in "<>"):
            return  # much less, a shift
        elif mark in PRIMES and before.isdecimal():
            return  # inches
        elif mark in PAIRS or mark in ALIKE or mark in ASCII:
            self._open(start, mark)
        else:
            self.wrong = Unpaired(start, mark, opens=False)

    def _doubled(self, start: int, mark: str, before: str, behind: str) -> None:
        """Two single marks in a row: one double mark, or each for itself."""
        if mark[0] != mark[1] and before.isalnum() and behind.isalnum():
            self._single(start + 1, mark[1], "", behind)  # l’‘un’: the first is an apostrophe
            return
        inner = self.opened[-2:]
        if len(inner) == 2 and all(one.single for one in inner) and not behind.isalnum():
            self._close(len(self.opened) - 1, start)
            self._close(len(self.opened) - 1, start + 1)
            return
        depth = self._closes(DOUBLED, before)
        if depth is not None and before.strip():
            self._close(depth, start)
        elif self.opened and self.opened[-1].mark == "„" and before.strip():
            self._close(len(self.opened) - 1, start)
        elif before.isdecimal() and set(mark) <= PRIMES:
            return
        elif behind.strip() and not (before.isalnum() and not CLOSE_SET.match(before)):
            self._open(start, DOUBLED, 2)
        elif self.opened and self.opened[-1].single:
            self._close(len(self.opened) - 1, start)

    def _single(self, start: int, mark: str, before: str, behind: str) -> None:
        """A mark that may be an apostrophe."""
        close_set = bool(CLOSE_SET.match(before) or CLOSE_SET.match(behind))
        letters = before.isalnum() and behind.isalnum()
        if letters and not close_set:
            return
        inside = bool(self.opened) and self.opened[-1].single
        closes = bool(before.strip()) and (close_set or not behind.isalnum())
        opens = bool(behind.strip()) and (
            not before.strip()
            or mark in "‘‚‛"
            or close_set
            or not (before.isalnum() or before in ".,;:!?…)]}%")
        )
        if mark == "‘" and not before.strip():
            closes = False
        if mark in "‚‛" or (mark == "‘" and not inside):
            closes = False
        if closes and inside:
            plural = before in "sSxXzZ" and bool(before)
            if plural and TEN_YEARS.match(self.text, self.opened[-1].start + 1):
                return  # the ‘70s of the sailors’ union
            self._close(len(self.opened) - 1, start)
            self.stretches = len(self.found) - 1 if plural and mark in "'’" else -1
        elif opens and not (before.isalnum() and not close_set):
            self._open(start, mark)
            self.stretches = -1
        elif closes and self.stretches >= 0:
            last = self.found[self.stretches]
            self.found[self.stretches] = last._replace(longer=self.text[last.start + 1 : start])

    def _open(self, start: int, mark: str, width: int = 0) -> None:
        if len(self.opened) == MAX_NESTED:
            single = next((i for i, one in enumerate(self.opened) if one.single), None)
            if single is None:
                self.wrong = Unpaired(start, "")
                return
            del self.opened[single]
        self.opened.append(_Open(mark, start, width or len(mark)))

    def _close(self, depth: int, start: int) -> None:
        """Close an open quotation; apostrophes within it are none that open."""
        inner = [one for one in self.opened[depth + 1 :] if not one.single]
        if inner:
            self.wrong = Unpaired(inner[-1].start, inner[-1].mark)
            return
        first = self.opened[depth]
        del self.opened[depth:]
        self.stretches = -1
        text = self.text[first.start + first.width : start]
        self.found.append(Span(first.start, text, width=first.width))

    def _closes(self, mark: str, before: str) -> int | None:
        """Which open quotation a mark closes, the innermost being the last."""
        if mark == "“" and not before.strip():
            return None  # after a blank it opens, even within „ “
        for depth in range(len(self.opened) - 1, -1, -1):
            opened = self.opened[depth].mark
            alike = opened == mark and (mark in ALIKE or mark == DOUBLED)
            if alike or mark in _closers(opened):
                return depth
        return None

    def _shy(self, one: _Open) -> bool:
        """Whether a single mark that nothing closes opens all the same, and is no apostrophe."""
        behind = self.text[one.start + 1 : one.start + 20]
        return one.mark in SHY and not behind[:1].isdecimal() and not ELIDED.match(behind)


def _closers(mark: str) -> tuple[str, ...]:
    if mark == DOUBLED:
        return tuple(CLOSES_DOUBLED)
    return (ASCII[mark],) if mark in ASCII else tuple(PAIRS.get(mark, ()))


def outside(text: str) -> str:
    """A text without the words that stand in quotation marks."""
    if not marked(text):
        return text
    kept, at = [], 0
    for span in sorted(spans(text)[0]):
        if span.start >= at:  # else it stands within another
            kept.append(text[at : span.start])
            at = span.start + span.width + len(span.text)
    return "".join(kept) + text[at:]
