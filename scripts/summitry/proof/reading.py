"""Words as a verdict compares them, which may be less than the words of the format.

A footnote mark is no word, two sentences without a blank between them are two, and so are
the characters of a script without blanks that version 1 keeps together. The format itself is
not touched: every word compared knows the word of the format in which it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from summitry.proof.text import OUT, UNKNOWN, Token, split_chunk
from summitry.proof.unspaced import UNSPACED, apart

_RAISED = "[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+"
_MARK = rf"(?:(?:\[(?:\d{{1,3}}|[a-z])\])+|{_RAISED})"
# Behind a letter and punctuation; behind a figure it may be a part of the number.
_BEHIND_STOP = re.compile(rf"(?:(?<=[^\W\d][.,;:?!\"'])|(?<=[^\W\d][.,;:?!][\"'])){_MARK}(?!\d)")
# In a source also behind a word; behind a short one a raised figure may be a square or a cube.
_BEHIND_WORD = re.compile(
    rf"(?<=[^\W\d]{{2}})(?:\[\d{{1,3}}\])+(?!\w)|(?<=[^\W\d]{{5}}){_RAISED}(?!\w)"
)
_STOPS = re.compile(r"[.?!]{1,2}[\"')\]]*")
_ADDRESS = re.compile(r"://|@|^www\.")
_HEBREW = re.compile("[\u05d0-\u05ea]")


@lru_cache(maxsize=50_000)
def split(token: Token, printed: bool = False) -> tuple[Token, ...]:
    """A word of the format as the words that are compared: itself, or several.

    `printed` says that a source prints it, and not an editor writes it.
    """
    plain = _unfootnoted(token.before + token.word + token.after, printed)
    parts = [part for piece in _sentences(plain) for part in _characters(piece)]
    found = []
    for part in parts:
        before, word, after = split_chunk(part)
        if word:
            found.append(Token(before, word, after, _speech(token, word)))
        elif found:
            found[-1] = found[-1]._replace(after=found[-1].after + part)
    return tuple(found) or (token,)


def _unfootnoted(chunk: str, printed: bool) -> str:
    """A chunk without footnote marks, of which a word is left."""
    if chunk.isalpha():
        return chunk
    plain = _BEHIND_STOP.sub("", chunk)
    if printed:
        plain = _BEHIND_WORD.sub("", plain)
    return plain if split_chunk(plain)[1] else chunk


def _sentences(chunk: str) -> list[str]:
    """A chunk as the sentences that are run together in it without a blank."""
    if chunk.isalpha() or _ADDRESS.search(chunk):
        return [chunk]
    places = [0]
    for match in _STOPS.finditer(chunk):
        if _ends_here(chunk[: match.start()], chunk[match.end() :]):
            places.append(match.end())
    return [chunk[a:b] for a, b in zip(places, [*places[1:], len(chunk)], strict=True)]


def _ends_here(before: str, after: str) -> bool:
    """Whether a sentence ends between two parts of a chunk, and another begins."""
    last, first = before[-2:], after.lstrip("\"'([")[:2]
    if len(last) < 2 or not first or not last[0].isalnum():
        return False
    if first[0].isupper() and not (len(first) > 1 and first[1] in "."):
        return last[1].islower() or last[1].isdecimal()
    caseless = [char.isalpha() and char.lower() == char.upper() for char in (*last, *first)]
    return len(caseless) == 4 and all(caseless)


def _characters(piece: str) -> list[str]:
    """A part as its characters, where it is of a script without blanks."""
    if piece.isascii() or not UNSPACED.search(piece):
        return [piece]
    marks = [at for at, char in enumerate(piece) if char == '"']
    return apart(piece, set(marks[::2]))


def _speech(token: Token, word: str) -> str:
    """The state of speech, not told where version 1 does not know a language's marks."""
    foreign = _HEBREW.search(word) or (word != token.word and UNSPACED.search(word))
    return UNKNOWN if token.speech == OUT and foreign else token.speech


def split_all(tokens: Iterable[Token]) -> list[Token]:
    """The words that an editor writes as they are compared."""
    return [part for token in tokens for part in split(token)]


def units(tokens: Sequence[Token | None]) -> tuple[list[Token | None], list[int]]:
    """The words to compare, None where one is hidden, each with the word in which it stands."""
    found: list[Token | None] = []
    places: list[int] = []
    for i, token in enumerate(tokens):
        parts: tuple[Token | None, ...] = (None,) if token is None else split(token, printed=True)
        found += parts
        places += [i] * len(parts)
    return found, places
