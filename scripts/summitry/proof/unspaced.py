"""Words of scripts that are written without blanks: each character is one.

Format version 2 reads a line so if it holds such a character; every other line it reads as
version 1 does. A capture says of each paragraph by which version its root was made.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from summitry.proof.text import IN, OUT, UNKNOWN, Token, lines, normal_form, split_chunk
from summitry.proof.text import tokens as spaced

# Written out, so that no version of Unicode changes them: Thai and Lao, Tibetan, Burmese,
# Khmer, kana, Chinese characters.
CHARACTERS = (
    "\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2-\u0eb3\u0ec0-\u0ec6\u0edc-\u0edf"
    "\u0f40-\u0f6c\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\u3005-\u3007\u3031-\u3035"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
UNSPACED = re.compile(f"[{CHARACTERS}]")
_PAIRS = {"「": "」", "『": "』"}  # marks of speech besides the double ones


def tokens(line: str) -> list[Token]:
    """The words of one line, with the state of speech at each, by version 2."""
    normal = normal_form(line)
    if not UNSPACED.search(normal):
        return spaced(line)
    opening, speech = _speech(normal)
    places = sorted(opening)
    found: list[Token] = []
    waiting, start = "", 0
    for chunk in normal.split(" "):
        at, end = start, start + len(chunk)
        here = places[bisect_left(places, start) : bisect_left(places, end)]
        for part in apart(chunk, {place - start for place in here}):
            before, word, after = split_chunk(part)
            if word:
                found.append(Token(waiting + before, word, after, speech[at + len(before)]))
                waiting = ""
            elif found and not opening & set(range(at, at + len(part))):
                found[-1] = found[-1]._replace(after=found[-1].after + part)
            else:
                waiting += part
            at += len(part)
        start += len(chunk) + 1
    if found and waiting:
        found[-1] = found[-1]._replace(after=found[-1].after + waiting)
    return found


def paragraphs(text: str) -> list[list[Token]]:
    """The paragraphs of a text by version 2: its lines that hold a word."""
    return [words for line in lines(text) if (words := tokens(line))]


def version_of(words: Iterable[Token]) -> int:
    """The version of the format of a paragraph that was read by the newest one."""
    return 2 if any(UNSPACED.search(token.word) for token in words) else 1


def apart(chunk: str, opening: set[int]) -> list[str]:
    """A chunk as parts of one word each; `opening` has the double marks that open speech.

    Punctuation between two words belongs to the first, from the first opening mark on to the
    second.
    """
    cuts, (before, _, after) = {0, len(chunk)}, split_chunk(chunk)
    first, last = len(before), len(chunk) - len(after)  # where words begin and end
    for match in UNSPACED.finditer(chunk):
        end = match.end()
        while end < len(chunk) and unicodedata.category(chunk[end])[0] == "M":
            end += 1
        if first < match.start():
            cuts.add(_first_opening(chunk, match.start(), opening))
        if end < last:
            cuts.add(_last_closing(chunk, end, opening))
    return [chunk[a:b] for a, b in pairwise(sorted(cuts))]


def _first_opening(chunk: str, at: int, opening: set[int]) -> int:
    """Where the marks begin that open right before a place."""
    while at and not split_chunk(chunk[at - 1])[1]:
        at -= 1
    return _last_closing(chunk, at, opening)


def _last_closing(chunk: str, at: int, opening: set[int]) -> int:
    """The end of the punctuation from a place on that does not open anything."""
    while at < len(chunk) and not split_chunk(chunk[at])[1] and not _opens(chunk, at, opening):
        at += 1
    return at


def _opens(chunk: str, at: int, opening: set[int]) -> bool:
    return at in opening or unicodedata.category(chunk[at]) in ("Ps", "Pi")


def _speech(normal: str) -> tuple[set[int], list[str]]:
    """Where double marks open, and for each character whether it stands in speech.

    A double mark closes speech that one has opened, and opens it otherwise.
    """
    opening: set[int] = set()
    closing: list[str] = []  # what closes the marks that are open
    states = []
    for at, char in enumerate(normal):
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _PAIRS or char == '"':
            closing.append(_PAIRS.get(char, char))
            opening.add(at)
        states.append(IN if closing else OUT)
    return opening, [UNKNOWN] * len(normal) if closing else states
