"""Which differences in case a quotation may have.

Case can change a word: us and US, the prisoner and imprisoned (“Gefangene”, “gefangene”).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from summitry.proof.passages import Case
from summitry.proof.text import HEBREW
from summitry.proof.weights import listed, primary

_NOUNS = ("de", "lb")  # languages in which a capital makes a noun of a word


def differing(cases: Sequence[Case], language: str) -> str:
    """Why the case of words differs more than it may in a source of a language, or "".

    `cases` are all words of a match. The first letter of a quotation may differ, and so may
    words in capitals, unless these are an abbreviation. Elsewhere first letters may, all in
    the same way, unless that makes another word.
    """
    inside = [case for case in cases if not _same(case) and not (case.first and _initial(case))]
    if not inside or _capitals(cases):
        return ""
    letters = [case for case in inside if _initial(case)]
    others = [case for case in inside if not _initial(case)]
    alike = len({case.mine[0].isupper() for case in letters}) < 2
    turned = any(listed(case.mine, "capitonyms") for case in letters)
    nouns = bool(letters) and primary(language) in _NOUNS
    if alike and not turned and not nouns and all(map(_emphasis, others)):
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
    return unicodedata.normalize("NFKC", word.translate(HEBREW))


def _same(case: Case) -> bool:
    return _plain(case.mine) == _plain(case.theirs)


def _initial(case: Case) -> bool:
    """Whether only the first letter differs."""
    return _plain(case.mine)[1:] == _plain(case.theirs)[1:]


def _emphasis(case: Case) -> bool:
    """Whether a word is written in capitals on one side, and abbreviates nothing."""
    return (_loud(case.mine) or _loud(case.theirs)) and not listed(case.mine, "acronyms")


def _capitals(cases: Sequence[Case]) -> bool:
    """Whether at least two words, and half of all, are written in capitals on one side."""
    loud = max(sum(_loud(c.mine) for c in cases), sum(_loud(c.theirs) for c in cases))
    return loud >= 2 and loud * 2 >= len(cases)


def _loud(word: str) -> bool:
    return len(word) > 1 and word.isupper()
