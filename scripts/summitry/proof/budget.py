"""How much of a source its quotations show, and how much they leave hidden.

Quotation is for comment and proof, not a copy: a share of the words is the limit. And since
the salts of a paragraph come from its own words, whoever guesses all hidden ones can confirm
the guess; so few hidden words are as good as none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from summitry.proof.capture import Capture
from summitry.proof.proofs import Proof, disclosed
from summitry.proof.text import words

WARN, LIMIT = 10, 20  # percent of a source's words
EXCERPT = 75  # words of an excerpt, whose whole is not known
MIN_HIDDEN = 8  # words of a paragraph that proofs leave hidden, if not all are open


class Share(Struct, frozen=True):
    """How many words of a source are shown. `total` is 0 where its text was not captured."""

    source: str
    shown: int
    proven: int
    total: int
    excerpt: bool
    guessable: tuple[tuple[int, int, int], ...] = ()  # (paragraph, hidden words, words)

    @property
    def percent(self) -> float:
        """The share shown, 0 to 100; 0 where the total is not known."""
        return 100 * self.shown / self.total if self.total else 0.0


def shares(
    verified: Sequence[Proof],
    captures: Mapping[str, Sequence[Capture]],
    transcribed: Mapping[str, Sequence[str]],
) -> dict[str, Share]:
    """The share of each source of which words are shown, by proofs and by transcription."""
    opened = disclosed(verified, captures)
    roots: dict[str, set[bytes]] = {}
    for proof in verified:
        for one in captures[proof.source]:
            paragraph = one.paragraph(proof.paragraph)
            if one.date == proof.capture and paragraph and paragraph.root:
                roots.setdefault(proof.source, set()).add(paragraph.root)
    found = {}
    for source in sorted({*captures, *transcribed}):
        proven = sum(len(opened[root]) for root in roots.get(source, ()))
        kept = captures.get(source, ())
        newest = kept[0] if kept else None
        found[source] = Share(
            source,
            proven + _distinct(transcribed.get(source, ())),
            proven,
            newest.words if newest else 0,
            bool(newest and not newest.whole),
            _guessable(kept, opened),
        )
    return found


def _distinct(passages: Iterable[str]) -> int:
    """The words of passages, of which one that stands within another does not count."""
    kept: list[str] = []
    for found in sorted((words(p) for p in passages), key=len, reverse=True):
        line = " " + " ".join(found) + " "
        if not any(line in other for other in kept):
            kept.append(line)
    return sum(len(line.split()) for line in kept)


def _guessable(
    kept: Sequence[Capture], opened: Mapping[bytes, set[int]]
) -> tuple[tuple[int, int, int], ...]:
    """Paragraphs of which so few words are hidden that they could be guessed."""
    found: dict[bytes, tuple[int, int, int]] = {}
    for one in kept:
        for number, paragraph in enumerate(one.paragraphs, 1):
            root = paragraph.root
            if root is None or root not in opened or root in found:
                continue
            hidden = paragraph.words - len(opened[root])
            if 0 < hidden < MIN_HIDDEN:
                found[root] = (number, hidden, paragraph.words)
    return tuple(found.values())
