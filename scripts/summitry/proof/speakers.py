"""Whether an omission joins the words of two speakers.

Marks of quotation, labels and questions tell where one speaker's words end. Where they do,
only an editor can state that the next words are the same person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from summitry.proof.punctuation import PAIRS, calls, ends_sentence
from summitry.proof.text import IN, UNKNOWN, Token
from summitry.proof.weights import listed

QUOTATIONS = "a gap closes one quotation and opens another: two speakers?"
QUESTION = "a gap leads from a question to its answer: two speakers?"
PARAGRAPHS = "a gap leads from one paragraph of speech into another: two speakers?"
LABEL = "a gap leads to the words of another speaker, “{}”"
INTERRUPTED = "the omission leads from one part in quotation marks to the next"
STATED = "an editor states that one person says the words on both sides of the omission"
_MOST_BETWEEN = 12  # words of a reporter between two parts of one speech
_LABEL_WORDS = 4
_DASHES = ("—", "-")

Words = Sequence[Token | None]


class Joined(NamedTuple):
    """Why two parts may be of two speakers, or what to tell of one who is interrupted."""

    broken: str = ""
    note: str = ""


def within(words: Words, end: int, start: int) -> Joined:
    """An omission of the words [end, start) of one paragraph."""
    run = [words[end - 1] if end else None, *words[end : start + 1]]
    for pair in PAIRS:
        marks = _marks(run, pair)
        if pair == PAIRS[0] and len(marks) > 1 and _spaced(words):
            marks = _in_turn(marks, opens=_even(words, end - 1 + marks[0].at))
        if len(marks) > 1 and marks[0].closes and not marks[-1].closes:
            if all(run) and len(marks) == 2 and _interrupted(words, end - 1, marks, pair):
                return Joined(note=INTERRUPTED)
            return Joined(QUOTATIONS)
    first, last = run[-1], run[0]
    if not all(run) and last and last.speech == IN:  # one mark tells of a hidden one
        marks = _marks(run, PAIRS[-1])
        if any(not mark.closes or (first and first.speech == IN) for mark in marks):
            return Joined(QUOTATIONS)
    one_speech = first and last and first.speech == last.speech == IN
    if not one_speech and any(token and calls(token.after) == "?" for token in run[:-1]):
        return Joined(QUESTION)
    if label := _label_within(words, end, start):
        return Joined(LABEL.format(label))
    return Joined()


def across(before: Words, end: int, after: Words, start: int) -> Joined:
    """An omission from `end` in one paragraph to `start` in the next."""
    own, other = _label(before), _label(after)
    if other and other != own:
        return Joined(LABEL.format(other))
    first = after[0]
    if first and first.before.startswith(_DASHES):
        return Joined(PARAGRAPHS)
    tail, goes_on = before[end - 1 :], False
    for pair in PAIRS:
        left, right = _marks([*tail, None], pair), _marks([None, *after[: start + 1]], pair)
        if pair == PAIRS[0] and _spaced(after):
            right = _in_turn(right, opens=True)
        if any(mark.closes for mark in left) and right and not right[-1].closes:
            return Joined(PARAGRAPHS)
        goes_on = goes_on or (len(right) == 1 and right[0].at == 1 and not left)
    if not goes_on and any(token and calls(token.after) == "?" for token in tail):
        return Joined(QUESTION)
    return Joined()


class _Mark(NamedTuple):
    at: int  # of the word in the run
    closes: bool


def _marks(run: Words, pair: tuple[str, str]) -> list[_Mark]:
    """The marks of a pair between the first word of a run and the last."""
    found = []
    for at, token in enumerate(run):
        if token is None:
            continue
        if at and not set(pair[0]).isdisjoint(token.before):
            found.append(_Mark(at, closes=False))
        if at + 1 < len(run) and _closes(token, pair):
            found.append(_Mark(at, closes=True))
    return found


def _spaced(words: Words) -> bool:
    """Whether marks have blanks on both sides, as in French, so that all seem to close."""
    known = [token for token in words if token]
    return all(t.speech == UNKNOWN for t in known) and not any('"' in t.before for t in known[1:])


def _in_turn(marks: list[_Mark], opens: bool) -> list[_Mark]:
    """Marks that all seem to close, of which every second one opens, or the first one does.

    One that opens belongs to the next word.
    """
    if not all(mark.closes for mark in marks):
        return marks
    turns = [(n % 2 == 0) != opens for n in range(len(marks))]
    return [_Mark(m.at + (not turn), turn) for m, turn in zip(marks, turns, strict=True)]


def _even(words: Words, at: int) -> bool:
    """Whether an even number of double marks stands before the end of a word, as far as known."""
    before = words[:at]
    marks = [t.before + t.after for t in before if t] + [t.before for t in words[at : at + 1] if t]
    return all(before) and "".join(marks).count('"') % 2 == 0


def _closes(token: Token, pair: tuple[str, str]) -> bool:
    """Whether a quotation ends after a word; the apostrophe of “the boys’” ends none."""
    possessive = token.after == "'" and token.word[-1] in "sS"
    return not possessive and not set(pair[1]).isdisjoint(token.after)


def _interrupted(words: Words, at: int, marks: list[_Mark], pair: tuple[str, str]) -> bool:
    """Whether a reporter only interrupts a speech: “We will,” she said. “We must.”

    The first part ends in no full stop and no question; a few words of one sentence follow,
    which do not lead to the next part; and that part is not said to be somebody's.
    """
    closing, opening = at + marks[0].at, at + marks[1].at
    reporter = [token for token in words[closing + 1 : opening] if token]
    last, first = words[closing], words[opening]
    if not reporter or len(reporter) > _MOST_BETWEEN or last is None or first is None:
        return False
    if ends_sentence(last) and "!" not in last.after and "..." not in last.after:
        return False
    if (
        any(ends_sentence(t) and len(t.word) > 3 for t in reporter[:-1])
        or ":" in reporter[-1].after
    ):
        return False
    goes_on = ends_sentence(reporter[-1]) or ";" in reporter[-1].after
    if not goes_on and first.word[0].isupper():
        return False
    return not _attributed(words, opening, pair)


def _full_stop(token: Token) -> bool:
    """Whether a sentence ends after a word, which is not an abbreviation such as “Mr.”"""
    short = token.word[0].isupper() and len(token.word) <= 3
    return ends_sentence(token) and not short


def _attributed(words: Words, opening: int, pair: tuple[str, str]) -> bool:
    """Whether a quotation is followed by who said it, but for “he added” and the like."""
    end = opening
    while end < len(words) and (token := words[end]) is not None and not _closes(token, pair):
        end += 1
    following = words[end + 1 : end + 1 + _MOST_BETWEEN]
    if not following or following[0] is None or (last := words[end]) is None:
        return False
    first = following[0].word[0]
    caseless = first.lower() == first.upper()
    if "," not in last.after and not first.islower() and not (caseless and not ends_sentence(last)):
        return False
    clause: list[Token] = []
    for token in following:
        if token is None:
            break
        clause.append(token)
        if ends_sentence(token):
            break
    if caseless:  # where names have no capitals, “he added” stands alone
        return not (_continuing(clause[0]) and clause[0].after)
    names = any(token.word[0].isupper() for token in clause)
    return names or not any(_continuing(token) for token in clause)


def _continuing(token: Token) -> bool:
    return any(listed(part, "continuing") for part in token.word.split("-"))


def _label(words: Words) -> str:
    """What names the speaker of a paragraph, such as “Q” or “THE PRESIDENT”, or ""."""
    said: list[str] = []
    for token in words[:_LABEL_WORDS]:
        if token is None or not (token.word[0].isupper() or (said and token.word[0].isdecimal())):
            return ""
        said.append(token.word)
        if token.after.startswith((":", "：")):
            return " ".join(said)
        if token.after not in ("", ".", ")"):
            return ""
    return ""


def _label_within(words: Words, end: int, start: int) -> str:
    """A label that stands among the words left out, at the beginning of a sentence."""
    for at in range(end, start):
        previous = words[at - 1]
        if previous and ends_sentence(previous) and (label := _label(words[at:start])):
            return label
    return ""
