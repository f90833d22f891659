"""Text fragments: links that open a page at a passage (WICG, Scroll to Text Fragment).

A fragment holds words of the passage alone, as the source prints them, since browsers
compare characters. It is left out where a browser would stop at other words first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from summitry.proof.reading import split_all
from summitry.proof.text import Token, positions
from summitry.proof.text import tokens as words

WHOLE = 8  # words up to which a passage is given in full
ENDS = 4  # words at each end otherwise

_SPACE = re.compile(r"\s+")


def make(
    lines: Sequence[str], line: int, found: list[Token], start: int, end: int
) -> tuple[str, ...]:
    """The fragment for words [start, end), from 0, of a line of the text; empty if none is safe.

    `lines` are the paragraphs as written, `found` the tokens of paragraph `line`.
    """
    try:
        places = positions(lines[line], found)
    except ValueError:  # the line writes a word in a way that was not thought of
        return ()
    plain = [_SPACE.sub(" ", text).casefold() for text in lines]

    def cut(first: int, last: int) -> str:
        return _SPACE.sub(" ", lines[line][places[first][0] : places[last - 1][1]])

    if end - start <= WHOLE:
        parts: tuple[str, ...] = (cut(start, end),)
    else:
        parts = (cut(start, start + ENDS), cut(end - ENDS, end))
        between = cut(start + ENDS, end).casefold()  # a browser takes the first end it finds
        if _first([between], parts[1]) != (0, len(between) - len(parts[1].casefold())):
            parts = (cut(start, end),)
    if _first(plain, parts[0]) != (line, _offset(lines[line], places[start][0])):
        parts = (cut(start, end),)  # the longer words may be found nowhere before
        if _first(plain, parts[0]) != (line, _offset(lines[line], places[start][0])):
            return ()
    return parts


def _offset(line: str, at: int) -> int:
    """A place in a line after its blanks were made one each."""
    return len(_SPACE.sub(" ", line[:at]))


def _first(plain: Sequence[str], wanted: str) -> tuple[int, int] | None:
    """Where a browser finds words first, which it takes only where words begin and end."""
    pattern = re.compile(rf"(?<!\w){re.escape(wanted.casefold())}(?!\w)")
    for number, text in enumerate(plain):
        if match := pattern.search(text):
            return number, match.start()
    return None


def belongs(fragment: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Whether a fragment holds nothing but the first and last of a proof's words."""
    keys = [token.key for token in split_all(tokens)]
    parts = [[t.key for t in split_all(words(part))] for part in fragment]
    if not all(parts):
        return False
    if len(parts) == 1:
        return parts[0] == keys
    first, last = parts
    return keys[: len(first)] == first and keys[len(keys) - len(last) :] == last


def of_words(text: str) -> tuple[str, ...]:
    """A fragment for words that are not proven: as they were transcribed."""
    chunks = text.split()
    if len(chunks) <= WHOLE:
        return (text.strip("“”\"'.,;: "),)
    return (" ".join(chunks[:ENDS]).strip("“”\"' "), " ".join(chunks[-ENDS:]).strip("“”\"'., "))


def link(url: str, fragment: Sequence[str]) -> str:
    """An address that opens at the fragment."""
    if not fragment or not url:
        return url
    text = ",".join(quote(part, safe="").replace("-", "%2D") for part in fragment)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"
