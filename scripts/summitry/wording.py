"""How another wording differs from the one displayed: word by word, for marking."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

_EDGE = re.compile(r"^\W+|\W+$")


class Run(NamedTuple):
    """A run of words that are all the same as in the displayed wording, or all differ."""

    text: str
    differs: bool


def _key(word: str) -> str:
    return _EDGE.sub("", word).casefold().replace("’", "'")


def compare(displayed: str, other: str) -> list[Run]:
    """The words of `other` in runs, those that `displayed` has not being marked.

    Case, quotation-mark shape and punctuation at the edges of a word do not count.
    """
    mine, theirs = displayed.split(), other.split()
    matcher = difflib.SequenceMatcher(
        None, [_key(w) for w in mine], [_key(w) for w in theirs], autojunk=False
    )
    return [
        Run(" ".join(theirs[b1:b2]), tag != "equal")
        for tag, _, _, b1, b2 in matcher.get_opcodes()
        if b2 > b1
    ]
