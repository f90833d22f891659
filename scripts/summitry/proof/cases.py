"""Which differences in case a quotation may have.

Case can change a word: us and US, the prisoner and imprisoned (“Gefangene”, “gefangene”).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from summitry.proof.passages import Case
from summitry.proof.weights import listed, primary

_NOUNS = ("de", "lb")  # languages in which a capital makes a noun of a word


def differing(cases: Sequence[Case], language: str) -> str:
    """Why the case of words differs more than it may in a source of a language, or "".

    `cases` are all words of a match. The first letter of a quotation may differ, and so may
    words written in capitals. Elsewhere first letters may, all in the same way, unless that
    makes another word.
    """
    inside = [case for case in cases if not _same(case) and not (case.first and _initial(case))]
    plain = all(_initial(case) and not listed(case.mine, "capitonyms") for case in inside)
    alike = len({case.mine[0].isupper() for case in inside}) < 2
    if not inside or _capitals(cases, inside):
        return ""
    if plain and alike and primary(language) not in _NOUNS:
        return ""
    return f"case differs: “{inside[0].mine}”, the source has “{inside[0].theirs}”"


def notes(cases: Sequence[Case]) -> list[str]:
    """What has to be told of words whose case differs."""
    return [
        f"case differs: “{case.mine}”, the source has “{case.theirs}”"
        for case in cases
        if not _same(case)
    ]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word)


def _same(case: Case) -> bool:
    return _plain(case.mine) == _plain(case.theirs)


def _initial(case: Case) -> bool:
    """Whether only the first letter differs."""
    return _plain(case.mine)[1:] == _plain(case.theirs)[1:]


def _capitals(cases: Sequence[Case], wrong: Sequence[Case]) -> bool:
    """Whether at least two words, and half of all, are written in capitals on one side."""
    for side in ("mine", "theirs"):
        loud = sum(_loud(getattr(case, side)) for case in cases)
        if loud >= 2 and loud * 2 >= len(cases) and any(_loud(getattr(c, side)) for c in wrong):
            return True
    return False


def _loud(word: str) -> bool:
    return len(word) > 1 and word.isupper()
