"""Punctuation as a verdict compares it: what may differ, what is noted, what must be the same."""

from __future__ import annotations

import re

from summitry.proof.text import Token

_FREE = str.maketrans("", "", ",;:— ،؛，、；：")
_CALLS = {"?": "?", "!": "!", "？": "?", "！": "!", "؟": "?"}
_STOPS = frozenset(".。．｡۔।։።")
# Marks of quotations, of any language, that the normal form leaves as they are; full stops.
_ALIKE = str.maketrans(
    dict.fromkeys("'״׳「」『』", '"')
    | dict.fromkeys(_STOPS, ".")
    | {"？": "?", "！": "!", "؟": "?"}
)
# A dash behind the end of a sentence: in dialogues the next speaker's words begin there.
_TURN = re.compile('[.?!]"*—')
_CLAUSES = frozenset(";:—؛；：")
# Marks that open and close a quotation: of each kind, and of all.
PAIRS = (('"', '"'), ("'", "'"), ("「", "」"), ("『", "』"), ("״", "״"), ("\"'「『״", "\"'」』״"))


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
    spoken = token.after.partition('"')[0]
    return "".join("." if char in _STOPS else _CALLS.get(char, "") for char in spoken)


def junction(mine: str, theirs: str, numbers: bool = False) -> tuple[bool, bool]:
    """Whether punctuation between two words is the same, and whether to note a difference.

    Between two numbers every mark counts: a comma makes one number of them, or two. So does
    a dash behind the end of a sentence.
    """
    a, b = mine.translate(_ALIKE), theirs.translate(_ALIKE)
    if a == b:
        return True, False
    turned = bool(_TURN.search(a)) != bool(_TURN.search(b))
    return not (numbers or turned) and a.translate(_FREE) == b.translate(_FREE), True


def unquoted(punctuation: str) -> str:
    """Punctuation without double marks."""
    return punctuation.replace('"', "").replace("״", "")


def free(punctuation: str) -> str:
    """The marks in it that may differ, without dashes and blanks."""
    return "".join(char for char in punctuation if ord(char) in _FREE and char not in "— ")


def ends_sentence(token: Token) -> bool:
    """Whether a sentence ends after a word."""
    return any(char in _STOPS or char in _CALLS for char in token.after)


def ends_clause(token: Token) -> bool:
    """Whether a sentence or a part of one that stands for itself ends after a word."""
    return ends_sentence(token) or not _CLAUSES.isdisjoint(token.after)


def named(punctuation: str) -> str:
    """Punctuation as a message names it."""
    return f"“{punctuation}”" if punctuation else "no punctuation"
