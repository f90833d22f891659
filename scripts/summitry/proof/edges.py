"""What stands in a source right before and right after the words of a quotation.

A negation that a quotation leaves out at its edge is told with it; a number that it cuts off
is another number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from summitry.proof.punctuation import ends_clause, ends_sentence
from summitry.proof.text import IN, Token
from summitry.proof.unspaced import UNSPACED
from summitry.proof.weights import Weight, listed, of_word, weigh

_COMPARISON = re.compile("[<>=~≤≥≈±∓≲≳＜＞]")
_POINT = re.compile(r"(?<!\.)[.,٫·]$")
_PERCENT = ("٪", "％", "‰", "%")
_GROUP = re.compile(r"\d{3}(?:\D.*)?|\d+[/⁄]\d+")  # what goes on a number in figures
_FRACTION = re.compile("[¼-¾⅐-⅞]")
# Words that join the parts of one number: behind “and” only after a hundred or a thousand,
# and between two of these “of” and the like (hundreds of thousands).
_ANY, _AFTER, _BETWEEN = range(3)
_JOINING = {"and": _AFTER} | dict.fromkeys(("y", "e", "et"), _ANY)
_JOINING |= dict.fromkeys(("of", "de", "di", "von"), _BETWEEN)
_MOST_JOINED = 3  # words of a fraction in words, such as “and a half”
_ONE = frozenset(
    ["a", "an", "um", "uma", "un", "una", "une", "ein", "eine", "einen", "einem", "einer", "een"]
)
_REACH = 3  # characters of a script without blanks on each side of an edge


class Edge(NamedTuple):
    """What stands at an edge: why the words do not stand there, or what has to be told.

    `reach` is the number of words beyond the edge that show it.
    """

    broken: str = ""
    note: str = ""
    reach: int = 0


Words = Sequence[Token | None]


def before(words: Words, start: int, mine: Token, language: str) -> Edge:
    """What stands before the word at `start`, which a quotation writes as `mine`."""
    first, last = words[start], words[start - 1] if start else None
    if first is None:
        return Edge()
    if _number(first, language):
        if word := _sign_before(first, last, mine):
            return Edge(f"“{word}” stands before the number “{first.word}”")
        if _goes_on(words, start, language):
            return Edge(f"the number begins before “{first.word}”")
    if _halved(words, start, language, range(1, _MOST_JOINED)):
        return Edge(f"the number begins before “{first.word}”")
    if last is None or ends_sentence(last) or _closed(last, first):
        return Edge()
    if UNSPACED.match(first.word) and UNSPACED.match(last.word):
        return _unspaced(words, start, "before", language)
    if ends_clause(last):
        return Edge()
    return _negation(last, "before", language)


def after(words: Words, end: int, mine: Token, language: str) -> Edge:
    """What stands after the words that end before `end`, the last of them written as `mine`."""
    last, following = words[end - 1], words[end] if end < len(words) else None
    if last is None:
        return Edge()
    if _number(last, language):
        if last.after.startswith(_PERCENT) and not mine.after.startswith(_PERCENT):
            return Edge(f"“{last.after[0]}” stands after the number “{last.word}”")
        if following and not last.after and not following.before and _sign(following.word):
            return Edge(f"“{following.word}” stands after the number “{last.word}”")
        if following and _goes_on(words, end, language):
            return Edge(f"the number goes on after “{last.word}”")
    if _halved(words, end, language, range(_MOST_JOINED)):
        return Edge(f"the number goes on after “{last.word}”")
    if following is None or ends_sentence(last) or _closed(last, following):
        return Edge()
    if UNSPACED.match(last.word) and UNSPACED.match(following.word):
        return _unspaced(words, end, "after", language)
    return Edge() if ends_clause(last) else _negation(following, "after", language)


def _negation(token: Token, side: str, language: str) -> Edge:
    weight = of_word(token.word, language)
    if weight is None or not weight.negates:
        return Edge()
    return Edge(note=f"a negation stands just {side}: “{token.word}”", reach=1)


def _unspaced(words: Words, edge: int, side: str, language: str) -> Edge:
    """A negation of several characters may stand beyond the edge, or be cut by it."""
    low, high = edge, edge
    while low > max(0, edge - _REACH) and _joined(words, low - 1, low, edge):
        low -= 1
    while high < min(len(words), edge + _REACH) and _joined(words, high - 1, high, edge):
        high += 1
    near = [token for token in words[low:high] if token]
    for one in sorted(weigh(near, language), key=lambda one: one.start - one.end):
        start, end = low + one.start, low + one.end
        beyond = start < edge if side == "before" else end > edge
        if one.weight.negates and beyond and start <= edge <= end:
            reach = edge - start if side == "before" else end - edge
            return Edge(note=f"a negation stands just {side}: “{one.word}”", reach=reach)
    return Edge()


def _joined(words: Words, left: int, right: int, edge: int) -> bool:
    """Whether two neighbours stand in one sentence; at the edge itself that is known."""
    a, b = words[left], words[right] if right < len(words) else None
    if right == edge:
        return a is not None
    return a is not None and b is not None and not ends_sentence(a)


def _closed(last: Token, following: Token) -> bool:
    """Whether speech ends between two words, so that the second is said by somebody else."""
    return last.speech == IN and following.speech != IN


def _number(token: Token, language: str) -> bool:
    return of_word(token.word, language) in (Weight.NUMBER, Weight.ORDINAL)


def _sign(word: str) -> bool:
    """Whether a word is a sign of money or of mathematics, which makes another number."""
    return word[0] == "°" or all(
        char in _PERCENT or unicodedata.category(char) in ("Sc", "Sm") for char in word
    )


def _sign_before(first: Token, last: Token | None, mine: Token) -> str:
    """The decimal point, sign of comparison or money before a number, or ""."""
    digit = first.word[0].isdecimal()
    if digit and (point := _POINT.search(first.before)) and not _POINT.search(mine.before):
        return point[0]
    marks = (last.after if last else "") + first.before
    for sign in _COMPARISON.findall(marks):
        if sign not in mine.before:
            return str(sign)
    if last and not last.after and not first.before and _sign(last.word):
        return last.word
    return ""


def _goes_on(words: Words, edge: int, language: str) -> bool:
    """Whether one number stands on both sides of an edge."""
    a, b = words[edge - 1] if edge else None, words[edge]
    if a is None or b is None or a.after or b.before:
        return False
    if _one_number(a, b, language):
        return True
    # “hundred and | five”, “treinta | y cinco”
    for at in (edge - 1, edge):
        trio = words[at - 1 : at + 2] if at else ()
        if len(trio) == 3 and all(trio) and _with_joint(trio, language):
            return True
    return False


def _one_number(a: Token, b: Token, language: str) -> bool:
    number = of_word(a.word, language) is Weight.NUMBER
    if not number or not _number(b, language):
        return number and listed(b.word, "magnitudes")
    if _figures(a) and (_figures(b) or _FRACTION.fullmatch(b.word)):
        return not _figures(b) or bool(_GROUP.fullmatch(b.word))
    if _figures(a) or _figures(b):
        return listed(b.word, "magnitudes")
    return True


def _with_joint(trio: Words, language: str) -> bool:
    a, joint, b = trio
    if a is None or joint is None or b is None or joint.key not in _JOINING:
        return False
    if a.after or joint.after or joint.before or b.before or _figures(a) or _figures(b):
        return False
    if of_word(a.word, language) is not Weight.NUMBER or not _number(b, language):
        return False
    between = _JOINING[joint.key]
    return between == _ANY or (
        listed(a.word, "magnitudes") and (between == _AFTER or listed(b.word, "magnitudes"))
    )


def _halved(words: Words, edge: int, language: str, back: range) -> bool:
    """Whether a fraction in words stands behind an edge, or across it: two hours | and a half.

    `back` has how many words before the edge it may begin. A number or an article is near it.
    """
    for start in (edge - one for one in back):
        amount = words[max(0, start - 2) : max(0, start)]
        if not any(t and (t.key in _ONE or _number(t, language)) for t in amount):
            continue
        for count in range(edge - start + 1, _MOST_JOINED + 1):
            run = words[start - 1 : start + count]
            if len(run) == count + 1 and _fraction(run):
                return True
    return False


def _fraction(run: Words) -> bool:
    """Whether the words behind the first one are a fraction, without punctuation between them."""
    known = [token for token in run if token]
    inner = any(a.after or b.before for a, b in pairwise(known))
    phrase = "_".join(token.key for token in known[1:])
    return len(known) == len(run) and not inner and listed(phrase, "fractions")


def _figures(token: Token) -> bool:
    return token.word[0].isdecimal() or token.word[-1].isdecimal()
