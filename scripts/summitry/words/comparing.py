"""How another wording differs from the one displayed: word by word, for marking."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


class Run(NamedTuple):
    """A run of words that are all the same as in the displayed wording, or all differ."""

    text: str
    differs: bool


def _key(word: str) -> str:
    return _EDGE.sub("", word).casefold().replace("’", "'")


def _words(text: str) -> list[str]:
    """Words with their punctuation; a dash between blanks stays with the word before it."""
    found: list[str] = []
    for chunk in text.split():
        if found and not _key(chunk):
            found[-1] += f" {chunk}"
        else:
            found.append(chunk)
    return found


def compare(displayed: str, other: str) -> list[Run]:
    """The words of `other` in runs, those that `displayed` has not being marked.

    Case, quotation-mark shape and punctuation at the edges of a word do not count.
    """
    mine, theirs = _words(displayed), _words(other)
    matcher = difflib.SequenceMatcher(
        None, [_key(w) for w in mine], [_key(w) for w in theirs], autojunk=False
    )
    return [
        Run(" ".join(theirs[b1:b2]), tag != "equal")
        for tag, _, _, b1, b2 in matcher.get_opcodes()
        if b2 > b1
    ]
