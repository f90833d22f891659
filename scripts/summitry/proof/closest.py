"""The passage of a source most like words that do not stand there, for messages alone."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from summitry.proof import marks
from summitry.proof.marks import Piece, Word
from summitry.proof.passages import Passage
from summitry.proof.text import Token

_SIMILAR = 0.5  # of the words, below which a passage is not worth showing
_SIMILAR_LETTERS = 0.75  # of the letters, for a quotation of a few words
ABSENT = "not in the source"
_FEW = 4  # words
_LONG = 120  # letters of a few words, beyond which they are no words
_SLACK = 3  # words on each side of what is compared
MOST_SAID = 3  # differences named in a message

_Opcode = tuple[str, int, int, int, int]  # of difflib


class Closest(Struct, frozen=True):
    """The passage most like words that do not stand there, and how they differ."""

    paragraph: int
    start: int
    words: str
    differences: tuple[str, ...]


def closest(pieces: list[Piece], passages: Sequence[Passage]) -> Closest | None:
    """The passage most like the words, if any is like them."""
    mine = _flat(pieces)
    keys = [token.key for token in mine]
    best: tuple[float, Closest] | None = None
    for passage in passages:
        for start, theirs in _runs(passage):
            score, found = _compare(mine, keys, passage.paragraph, start, theirs)
            if found and (best is None or score > best[0]):
                best = score, replace(found, start=passage.place(found.start - 1) + 1)
    return best[1] if best else None


def _flat(pieces: list[Piece]) -> list[Token]:
    found: list[Token] = []
    for piece in pieces:
        if isinstance(piece, Word):
            found.append(piece.token)
        elif isinstance(piece, marks.Bracket):
            found += piece.tokens
    return found


def _runs(passage: Passage) -> list[tuple[int, list[Token]]]:
    """The runs of words of a passage that are not hidden, with their starts."""
    found: list[tuple[int, list[Token]]] = []
    for i, token in enumerate(passage.units):
        if token is None:
            continue
        if found and found[-1][0] + len(found[-1][1]) == i:
            found[-1][1].append(token)
        else:
            found.append((i, [token]))
    return found


def _compare(
    mine: list[Token], keys: list[str], paragraph: int, offset: int, theirs: list[Token]
) -> tuple[float, Closest | None]:
    """How like a run of words is, around the longest stretch that both have."""
    other = [token.key for token in theirs]
    matcher = difflib.SequenceMatcher(None, keys, other, autojunk=False)
    a, b, size = matcher.find_longest_match()
    if size == 0:
        return _similar_letters(mine, paragraph, offset, theirs)
    low = max(0, b - a - _SLACK)
    high = min(len(other), b + len(keys) - a + _SLACK)
    window = difflib.SequenceMatcher(None, keys, other[low:high], autojunk=False)
    opcodes = _trimmed(window.get_opcodes())
    low, high = low + opcodes[0][3], low + opcodes[-1][4]
    alike = sum(a2 - a1 for tag, a1, a2, _, _ in opcodes if tag == "equal")
    ratio = 2 * alike / (len(keys) + high - low)
    if ratio < _SIMILAR or (alike == 1 and len(keys) > 3):
        return _similar_letters(mine, paragraph, offset, theirs)
    first = opcodes[0][3]
    shifted = [(tag, a1, a2, b1 - first, b2 - first) for tag, a1, a2, b1, b2 in opcodes]
    words = theirs[low:high]
    said = tuple(_differences(mine, words, shifted))
    text = " ".join(token.word for token in words)
    return ratio, Closest(paragraph, offset + low + 1, text, said)


def _trimmed(found: Sequence[_Opcode]) -> list[_Opcode]:
    """Differences without what stands around the passage, only because more was compared."""
    opcodes = list(found)
    tag, a1, a2, b1, b2 = opcodes[0]
    if tag == "insert":
        opcodes = opcodes[1:]
    elif tag == "replace":
        opcodes[0] = (tag, a1, a2, max(b1, b2 - (a2 - a1)), b2)
    tag, a1, a2, b1, b2 = opcodes[-1]
    if tag == "insert":
        return opcodes[:-1]
    if tag == "replace":
        opcodes[-1] = (tag, a1, a2, b1, min(b2, b1 + (a2 - a1)))
    return opcodes


def _similar_letters(
    mine: list[Token], paragraph: int, offset: int, theirs: list[Token]
) -> tuple[float, Closest | None]:
    """For a few words that stand nowhere: words spelt nearly like them."""
    wanted = " ".join(token.key for token in mine)
    if len(mine) > _FEW or len(wanted) > _LONG:
        return 0.0, None
    best, span = 0.0, (0, 0)
    for size in {max(1, len(mine) - 1), len(mine), len(mine) + 1}:
        for i in range(len(theirs) - size + 1):
            there = " ".join(token.key for token in theirs[i : i + size])
            if len(there) > _LONG:
                continue
            matcher = difflib.SequenceMatcher(None, wanted, there, autojunk=False)
            if matcher.quick_ratio() > best and matcher.ratio() > best:
                best, span = matcher.ratio(), (i, i + size)
    if best < _SIMILAR_LETTERS:
        return 0.0, None
    words = theirs[slice(*span)]
    said = tuple(_differences(mine, words, [("replace", 0, len(mine), 0, len(words))]))
    text = " ".join(token.word for token in words)
    # Below every likeness in whole words.
    return best * _SIMILAR, Closest(paragraph, offset + span[0] + 1, text, said)


def _differences(mine: list[Token], theirs: list[Token], opcodes: Sequence[_Opcode]) -> list[str]:
    said = []
    for tag, a1, a2, b1, b2 in opcodes:
        here = " ".join(token.word for token in mine[a1:a2])
        there = " ".join(token.word for token in theirs[b1:b2])
        number = f"word {a1 + 1}" if a2 - a1 < 2 else f"words {a1 + 1} to {a2}"
        verb = "is" if a2 - a1 < 2 else "are"
        if tag == "replace":
            said.append(f"{number} {verb} “{here}”, the source has “{there}”")
        elif tag == "delete":
            said.append(f"{number}, “{here}”, {verb} {ABSENT}")
        elif tag == "insert":
            said.append(f"after word {a1} the source has “{there}”")
    return said[:MOST_SAID]
