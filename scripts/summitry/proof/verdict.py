"""The verdict on a quotation: whether its words stand in passages of a source.

A verdict comes from an exact match (`match`). Only the message on words that do not match
looks for something similar, and that never changes the verdict from wrong to right.
"""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Any

from summitry.proof import marks, match
from summitry.proof.marks import Piece, Word
from summitry.proof.match import Edit, Limits, Match, Passage
from summitry.proof.punctuation import calls
from summitry.proof.text import IN, OUT, UNKNOWN, Token

_SIMILAR = 0.5  # of the words, below which a passage is not worth showing
_SIMILAR_LETTERS = 0.75  # of the letters, for a quotation of a few words
_ABSENT = "not in the source"
_FEW = 4  # words
_LONG = 120  # letters of a few words, beyond which they are no words
_SLACK = 3  # words on each side of what is compared
MOST_SAID = 3  # differences named in a message


_Opcode = tuple[str, int, int, int, int]  # of difflib


class Kind(StrEnum):
    """What was found."""

    VERBATIM = "verbatim"
    ABRIDGED = "abridged"
    EDITED = "edited"
    ALTERED = "altered"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"

    @property
    def stands(self) -> bool:
        """Whether the words stand in the source."""
        return self in (Kind.VERBATIM, Kind.ABRIDGED, Kind.EDITED)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words of the source: paragraph and first word counted from 1."""

    paragraph: int
    start: int
    words: int
    speech: str


@dataclass(frozen=True, slots=True)
class Closest:
    """The passage most like words that do not stand there, and how they differ."""

    paragraph: int
    start: int
    words: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, where, and what to say about it."""

    kind: Kind
    segments: tuple[Segment, ...] = ()
    notes: tuple[str, ...] = ()
    gaps: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()
    reason: str = ""
    closest: Closest | None = None
    places: int = 0  # in how many paragraphs the words stand
    match: Match | None = None

    @property
    def exit_code(self) -> int:
        """0 where the words stand, 3 where there is nothing to check against, else 1."""
        if self.kind.stands:
            return 0
        return 3 if self.kind is Kind.UNKNOWN else 1

    @property
    def speech(self) -> str:
        """Whether the words stand in speech marks: in, out, or unknown where they differ."""
        states = {segment.speech for segment in self.segments}
        return states.pop() if len(states) == 1 else UNKNOWN

    def as_data(self) -> dict[str, Any]:
        """What `summitry verify --format json` prints."""
        data: dict[str, Any] = {
            "verdict": str(self.kind),
            "segments": [
                {"paragraph": s.paragraph, "start": s.start, "words": s.words, "speech": s.speech}
                for s in self.segments
            ],
            "notes": [*([self.reason] if self.reason else []), *self.notes],
            "gaps": list(self.gaps),
            "edits": [
                {"inserted": e.inserted, "replaced": e.replaced, "beside": e.beside}
                for e in self.edits
            ],
        }
        if self.closest:
            data["closest"] = {
                "paragraph": self.closest.paragraph,
                "start": self.closest.start,
                "words": self.closest.words,
                "differences": list(self.closest.differences),
            }
        return data


def judge(words: str, passages: Sequence[Passage], whole: bool = True) -> Verdict:
    """The verdict on `words` against passages.

    `whole` says that the passages are all of the text, so that what is not in them is
    absent; otherwise it is unknown.
    """
    if reason := marks.unreadable(words):
        return Verdict(Kind.UNREADABLE, reason=reason)
    if not passages:
        return Verdict(Kind.UNKNOWN, reason="there is no text and no proof to check against")
    pieces = marks.pieces(words)
    as_printed = match.find(marks.literal(words), passages, Limits(gaps=0))
    if found := as_printed or match.find(pieces, passages):
        return _standing(found, passages)
    if reason := _broken_rule(pieces, passages):
        return Verdict(Kind.ALTERED, reason=reason, closest=_closest(pieces, passages))
    closest = _closest(pieces, passages)
    if closest and not whole:  # what no proof opens may stand there all the same
        said = tuple(d.replace(_ABSENT, "in no proof of this source") for d in closest.differences)
        closest = replace(closest, differences=said)
    if closest:
        return Verdict(Kind.ALTERED, reason="; ".join(closest.differences), closest=closest)
    if not whole:
        return Verdict(Kind.UNKNOWN, reason="no proof opens words like these")
    return Verdict(Kind.ABSENT, reason="nothing like it stands in the source")


def _standing(found: list[Match], passages: Sequence[Passage]) -> Verdict:
    best = found[0]
    kind = Kind.EDITED if best.edits else Kind.ABRIDGED if best.gaps else Kind.VERBATIM
    segments = tuple(
        Segment(passages[at].paragraph, start + 1, end - start, _speech(passages[at], start, end))
        for at, start, end in best.parts
    )
    alike = [m for m in found if m.cost == best.cost]
    places = len({tuple(passages[at].paragraph for at, _, _ in m.parts) for m in alike})
    notes = list(dict.fromkeys(best.notes))
    if sum(segment.words for segment in segments) == 1:
        notes.append("one word is too short to identify a passage")
    if places > 1:
        notes.append(f"the words stand in {places} paragraphs")
    if any(segment.speech == OUT for segment in segments):
        if any(segment.speech == IN for segment in segments):
            notes.append("a part stands outside speech marks")
        else:
            notes.append("the words stand outside speech marks: they are the reporter's")
    return Verdict(
        kind, segments, tuple(notes), tuple(best.gaps), tuple(best.edits), "", None, places, best
    )


def _speech(passage: Passage, start: int, end: int) -> str:
    states = {token.speech for token in passage.tokens[start:end] if token}
    return states.pop() if len(states) == 1 else UNKNOWN


# Which rule to loosen, and what it means when that alone makes the words stand.
_LOOSENED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"strict": False}, "the punctuation differs"),
    ({"least_gap": 0}, "the mark of omission stands where the source leaves nothing out"),
    ({"weighty": True}, "a bracket or omission hides or adds a negation or a number"),
    ({"part": 1}, "a part of a single word between omissions cannot be compared"),
    ({"gaps": 40, "part": 1}, f"there are more than {match.MAX_GAPS} omissions"),
    ({"most_gap": 400}, f"an omission leaves out more than {match.MAX_GAP} words"),
    (
        {"replaced": 12, "weighty": True},
        f"a bracket stands for more than {match.MAX_REPLACED} words",
    ),
)


def _broken_rule(pieces: list[Piece], passages: Sequence[Passage]) -> str:
    for changes, reason in _LOOSENED:
        found = match.find(pieces, passages, replace(Limits(), **changes))
        if found:
            return _punctuation(pieces, found[0], passages) if "strict" in changes else reason
    parts = _parts(pieces)
    if len(parts) > 1 and all(match.find(list(part), passages) for part in parts):
        return "its parts stand in another order, or too far apart"
    return _across(pieces, passages)


def _parts(pieces: list[Piece]) -> list[list[Piece]]:
    """The quotation between its omissions."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, Word):
            found[-1].append(piece)
            if marks.ELLIPSIS.search(piece.token.after):
                plain = marks.ELLIPSIS.sub("", piece.token.after)
                found[-1][-1] = replace(piece, token=piece.token._replace(after=plain))
                found.append([])
        elif isinstance(piece, marks.Gap):
            found.append([])
    return [part for part in found if part]


def _punctuation(pieces: list[Piece], found: Match, passages: Sequence[Passage]) -> str:
    """Which punctuation differs, where the words are the same."""
    mine = [piece.token for piece in pieces if isinstance(piece, Word)]
    theirs = [t for at, a, b in found.parts for t in passages[at].tokens[a:b] if t is not None]
    if len(mine) != len(theirs):
        return "the punctuation differs"
    for i, (a, b) in enumerate(zip(mine, theirs, strict=True)):
        last = i + 1 == len(mine)
        here = a.after + ("" if last else mine[i + 1].before)
        there = b.after + ("" if last else theirs[i + 1].before)
        here, there = here.replace("'", '"'), there.replace("'", '"')
        if last:
            here, there = calls(here), calls(there)
        differs = here != there
        if differs:
            return f"after “{a.word}” stands {_named(here)}, the source has {_named(there)}"
    return "the punctuation differs"


def _named(punctuation: str) -> str:
    return f"“{punctuation}”" if punctuation else "no punctuation"


def _across(pieces: list[Piece], passages: Sequence[Passage]) -> str:
    """Whether the words run on from one paragraph into the next, or into several."""
    for run in _consecutive(passages):
        both = Passage(run[0].paragraph, [token for passage in run for token in passage.tokens])
        found = match.find(pieces, [both], Limits(strict=False)) if len(run) > 1 else []
        if found:
            _, start, end = found[0].parts[0]
            ends = list(accumulate(len(passage.tokens) for passage in run))
            first = run[bisect_right(ends, start)].paragraph
            last = run[bisect_right(ends, end - 1)].paragraph
            return f"the words run from paragraph {first} into {last}; mark each break with […]"
    return ""


def _consecutive(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Passages in runs of paragraphs that follow one another."""
    runs: list[list[Passage]] = []
    for passage in passages:
        if runs and runs[-1][-1].paragraph + 1 == passage.paragraph:
            runs[-1].append(passage)
        else:
            runs.append([passage])
    return runs


def _closest(pieces: list[Piece], passages: Sequence[Passage]) -> Closest | None:
    """The passage most like the words, if any is like them."""
    mine = _flat(pieces)
    keys = [token.key for token in mine]
    best: tuple[float, Closest] | None = None
    for passage in passages:
        for start, theirs in _runs(passage):
            score, found = _compare(mine, keys, passage.paragraph, start, theirs)
            if found and (best is None or score > best[0]):
                best = score, found
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
    for i, token in enumerate(passage.tokens):
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
            said.append(f"{number}, “{here}”, {verb} {_ABSENT}")
        elif tag == "insert":
            said.append(f"after word {a1} the source has “{there}”")
    return said[:MOST_SAID]
