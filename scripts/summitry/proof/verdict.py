"""The verdict on a quotation: whether its words stand in passages of a source.

A verdict comes from an exact match (`match`). Only the message on words that do not match
looks for something similar, and that never changes the verdict from wrong to right.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from summitry.proof import cases, marks, match, reasons
from summitry.proof.closest import ABSENT, Closest, closest
from summitry.proof.passages import Edit, Limits, Match, Passage
from summitry.proof.text import IN, OUT, UNKNOWN, shown


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


class Segment(Struct, frozen=True):
    """A run of words of the source: paragraph and first word counted from 1."""

    paragraph: int
    start: int
    words: int
    speech: str


class Verdict(Struct, frozen=True):
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
    telling: tuple[str, ...] = ()  # notes that are told wherever the words go
    taken_in: str = ""  # the words with a negation that stands right beside them

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
        if self.taken_in:
            data["taken_in"] = self.taken_in
        if self.closest:
            data["closest"] = {
                "paragraph": self.closest.paragraph,
                "start": self.closest.start,
                "words": self.closest.words,
                "differences": list(self.closest.differences),
            }
        return data


def judge(
    words: str,
    passages: Sequence[Passage],
    whole: bool = True,
    language: str = "",
    same_speaker: bool = False,
) -> Verdict:
    """The verdict on `words` against passages of a source in a language (BCP 47).

    `whole` says that the passages are all of the text, so that what is not in them is
    absent; otherwise it is unknown. `same_speaker` says that an editor states that omissions
    join words of one person.
    """
    if reason := marks.unreadable(words):
        return Verdict(Kind.UNREADABLE, reason=reason)
    if not passages:
        return Verdict(Kind.UNKNOWN, reason="there is no text and no proof to check against")
    limits = Limits(language=language, same_speaker=same_speaker)
    if found := places(words, passages, limits):
        return _standing(found, passages)
    return _not_standing(words, passages, whole, limits)


def stands(words: str, passages: Sequence[Passage], language: str = "") -> Verdict | None:
    """The verdict on words that stand; None where they do not, without asking why."""
    found = places(words, passages, Limits(language=language))
    return _standing(found, passages) if found else None


def places(words: str, passages: Sequence[Passage], limits: Limits) -> list[Match]:
    """Where words stand, best first: their marks read as the source's own, else as an editor's."""
    as_printed = match.find(marks.literal(words), passages, replace(limits, gaps=0))
    return as_printed or match.find(marks.pieces(words), passages, limits)


def _not_standing(words: str, passages: Sequence[Passage], whole: bool, limits: Limits) -> Verdict:
    pieces = marks.pieces(words)
    near = closest(pieces, passages)
    if reason := reasons.broken(pieces, passages, limits):
        return Verdict(Kind.ALTERED, reason=reason, closest=near)
    if near and not whole:  # what no proof opens may stand there all the same
        said = tuple(d.replace(ABSENT, "in no proof of this source") for d in near.differences)
        near = replace(near, differences=said)
    if near:
        return Verdict(Kind.ALTERED, reason="; ".join(near.differences), closest=near)
    if not whole:
        return Verdict(Kind.UNKNOWN, reason="no proof opens words like these")
    return Verdict(Kind.ABSENT, reason="nothing like it stands in the source")


def _standing(found: list[Match], passages: Sequence[Passage]) -> Verdict:
    best = found[0]
    kind = Kind.EDITED if best.edits else Kind.ABRIDGED if best.gaps else Kind.VERBATIM
    segments = tuple(_segment(passages[part[0]], part) for part in best.parts)
    alike = [m for m in found if m.cost == best.cost]
    several = len({tuple(passages[at].paragraph for at, _, _ in m.parts) for m in alike})
    notes = list(dict.fromkeys([*best.notes, *cases.notes(best.cases)]))
    if sum(segment.words for segment in segments) == 1:
        notes.append("one word is too short to identify a passage")
    if several > 1:
        notes.append(f"the words stand in {several} paragraphs")
    if any(segment.speech == OUT for segment in segments):
        if any(segment.speech == IN for segment in segments):
            notes.append("a part stands outside speech marks")
        else:
            notes.append("the words stand outside speech marks: they are the reporter's")
    return Verdict(
        kind,
        segments,
        tuple(notes),
        tuple(best.gaps),
        tuple(best.edits),
        places=several,
        match=best,
        telling=tuple(dict.fromkeys(best.telling)),
        taken_in=_taken_in(best, passages) if best.beside else "",
    )


def _segment(passage: Passage, part: tuple[int, int, int]) -> Segment:
    _, start, end = passage.span(part)
    states = {token.speech for token in passage.units[part[1] : part[2]] if token}
    speech = states.pop() if len(states) == 1 else UNKNOWN
    return Segment(passage.paragraph, start + 1, end - start, speech)


def _taken_in(found: Match, passages: Sequence[Passage]) -> str:
    """The words with the negation that stands beside them, as the source prints them."""
    parts = [passages[at].units[start:end] for at, start, end in found.parts]
    return " … ".join(shown(token for token in part if token) for part in parts)
