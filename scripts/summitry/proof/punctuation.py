"""Punctuation as a verdict compares it: what may differ, what is noted, what must be the same."""

from __future__ import annotations

from summitry.proof.text import Token

_FREE = str.maketrans("", "", ",;:— ")
_CALLS = {"?": "?", "!": "!", "？": "?", "！": "!", "؟": "?", "‽": "?"}


def calls(punctuation: str) -> str:
    """The questions and exclamations after a word, up to where a quotation closes."""
    spoken = punctuation.partition('"')[0]
    return "".join(_CALLS.get(char, "") for char in spoken)


def begins(token: Token) -> tuple[str, bool]:
    """What counts before the first word: a call, and a minus before a number."""
    minus = token.before.endswith("-") and not token.word[0].isalpha()
    return "".join(_CALLS.get(char, "") for char in token.before), minus


def stops(token: Token) -> str:
    """The marks after a word that end a sentence."""
    return "".join(char for char in token.after.partition('"')[0] if char == "." or char in _CALLS)


def junction(mine: str, theirs: str) -> tuple[bool, bool]:
    """Whether punctuation between two words is the same, and whether to note a difference."""
    a, b = mine.replace("'", '"'), theirs.replace("'", '"')
    if a == b:
        return True, False
    return a.translate(_FREE) == b.translate(_FREE), True


def ends_sentence(token: Token) -> bool:
    """Whether a sentence ends after a word."""
    return any(char in ".?!" for char in token.after)
