"""Quotation marks by language, and quotations inside a quotation."""

from __future__ import annotations

import re

from msgspec import Struct

_NARROW = "\u202f"
_HAIR = "\u200a"
_DOUBLE = '\u201c\u201d\u201e\u00ab\u00bb"'
_OPENING = "\u201c\u201e\u00ab\u2018\u201a\u2039"
_CLOSING = "\u201c\u201d\u00bb\u2018\u2019\u203a"


class QuoteMarks(Struct, frozen=True):
    """The marks of one language: around a quotation, and around one inside it."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_DEFAULT = QuoteMarks("\u201c", "\u201d", "\u2018", "\u2019")
_MARKS = {
    "en": _DEFAULT,
    "ru": QuoteMarks("\u00ab", "\u00bb", "\u201e", "\u201c"),
    "uk": QuoteMarks("\u00ab", "\u00bb", "\u201e", "\u201c"),
    "de": QuoteMarks("\u201e", "\u201c", "\u201a", "\u2018"),
    "fr": QuoteMarks("\u00ab" + _NARROW, _NARROW + "\u00bb", "\u201c", "\u201d"),
}


def marks(language: str) -> QuoteMarks:
    """The marks of a language tag ("en", "ru", "fr-CA"); English ones if it is not known."""
    return _MARKS.get(language.split("-")[0].lower(), _DEFAULT)


def _levels(text: str) -> list[tuple[int, str, int]] | None:
    """Each double mark of `text`: where, "open" or "close", how deep. None if they do not pair."""
    found: list[tuple[int, str, int]] = []
    depth = 0
    for match in re.finditer(f"[{_DOUBLE}]", text):
        at, mark = match.start(), match.group()
        led = at == 0 or text[at - 1] in " \u00a0([{-\u2013\u2014" or text[at - 1] in _OPENING
        ambiguous = mark in '\u201c"'
        opens = mark in "\u201e\u00ab" or (ambiguous and led)
        if opens:
            depth += 1
            found.append((at, "open", depth))
        else:
            found.append((at, "close", depth))
            depth -= 1
        if depth < 0:
            return None
    return found if depth == 0 else None


def _wrapped(text: str, levels: list[tuple[int, str, int]]) -> bool:
    """Whether one pair of marks stands around the whole text."""
    if not levels or levels[0][0] != 0 or levels[-1][0] != len(text) - 1:
        return False
    return [at for at, kind, depth in levels if kind == "close" and depth == 1] == [len(text) - 1]


def _nested(text: str, levels: list[tuple[int, str, int]], own: QuoteMarks) -> str:
    """The text with its first level of double marks turned into the language's inner marks."""
    letters = list(text)
    for at, kind, depth in levels:
        if depth == 1:
            letters[at] = own.inner_opening if kind == "open" else own.inner_closing
    return "".join(letters)


def nested(text: str, language: str) -> str:
    """A text as it stands within marks of a language: its own double marks become inner ones."""
    levels = _levels(text)
    return _nested(text, levels, marks(language)) if levels else text


def quoted(words: str, language: str) -> tuple[str, str]:
    """The opening mark, and the words with the closing mark, as they are set in the picture.

    Words that come with their marks around them do not get a second pair. Quotations inside are
    set in the language's inner marks, as its books do, and a hair space keeps an inner mark from
    running into an outer one. Marks that do not pair are left exactly as they are.
    """
    own = marks(language)
    words = words.strip()
    levels = _levels(words)
    if levels is not None and _wrapped(words, levels):
        words = words[1:-1].strip(" \u00a0\u202f")
        levels = _levels(words)
    if levels:
        words = _nested(words, levels, own)
    before = _HAIR if words[:1] in _OPENING + '"' and words else ""
    after = _HAIR if words[-1:] in _CLOSING + '"' and words else ""
    return own.opening + before, words + after + own.closing
