"""Makes captures and proofs from an article's text, which stays on the machine it is on.

Nothing here writes a file: `workshop` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from summitry.checks.claims import Claim
from summitry.proof import fragment, proofs, word_tree
from summitry.proof.budget import MIN_HIDDEN
from summitry.proof.capture import (
    MIN_WORDS,
    NEWEST,
    Capture,
    CapturedParagraph,
    in_bounds,
    paragraph_of,
    read_text,
)
from summitry.proof.match import spans
from summitry.proof.passages import Limits, Match, Passage
from summitry.proof.proofs import Proof
from summitry.proof.text import Token
from summitry.proof.unspaced import paragraphs
from summitry.proof.verdict import judge, places


class UnprovenError(ValueError):
    """Words that cannot be proven from a text; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Taking(Struct, frozen=True):
    """How a text was taken: what a capture says besides its paragraphs."""

    date: str
    method: str
    by: str
    extractor: str = ""
    url: str = ""


class Article(Struct, frozen=True):
    """An article's text: its paragraphs as written and as words."""

    source: str
    language: str
    lines: list[str]
    words: list[list[Token]]

    def proves(self, at: int) -> bool:
        """Whether words of a paragraph (from 0) can be proven: it is long enough for a root."""
        return len(self.words[at]) >= MIN_WORDS


def article(source: str, text: str, language: str = "") -> Article:
    """Read an article's text in a language (BCP 47). Raises `capture.CaptureError`."""
    found = read_text(text)
    return Article(source, language, [line for line, _ in found], [words for _, words in found])


def passages_of(text: str) -> list[Passage]:
    """The paragraphs of a text that need not be one to capture. Raises `capture.CaptureError`."""
    return [Passage(number, words) for number, words in enumerate(paragraphs(in_bounds(text)), 1)]


def make_capture(
    source: str, text: str, told: Taking, extent: str, version: int = NEWEST
) -> Capture:
    """The capture of a text by a version of the format. Raises `capture.CaptureError`."""
    found = read_text(text, extent, version)
    by = None if version == 2 else version  # which keeps lines with blanks as version 1 has them
    return Capture(
        source=source,
        extent=extent,
        paragraphs=tuple(paragraph_of(words, by) for _, words in found),
        date=told.date,
        method=told.method,
        extractor=told.extractor,
        url=told.url,
        by=told.by,
    )


def prove(
    claim: Claim,
    text: Article,
    captures: Sequence[Capture],
    opened: Mapping[bytes, set[int]],
    whole: bool = False,
) -> list[Proof]:
    """Proofs of a claim from an article's text, one for each run of words.

    `opened` has the words that other proofs open, by root; with `whole` the whole paragraph
    is opened. Raises UnprovenError.
    """
    passages = [Passage(n, words) for n, words in enumerate(text.words, 1)]
    chosen = _choose(claim, text, passages, captures)
    made = []
    runs = spans(chosen, passages)
    for at, start, end in runs:
        capture, number = _place(text, at, captures)
        if whole:
            start, end = 0, len(text.words[at])
        paragraph, words = capture.paragraphs[number - 1], text.words[at]
        hidden = set(range(len(words))) - set(range(start, end))
        for other, first, last in runs:
            hidden -= set(range(first, last)) if other == at else set()
        hidden -= opened.get(paragraph.root or b"", set())
        if 0 < len(hidden) < MIN_HIDDEN:
            raise UnprovenError(
                f"this would leave {len(hidden)} of {len(text.words[at])} words of the paragraph "
                f"hidden, which can be guessed (at least {MIN_HIDDEN}, or none)",
                "shorten this or another passage of the paragraph (and run summitry prove "
                "--prune), or open the whole paragraph with --whole",
            )
        made.append(
            Proof(
                source=claim.source,
                capture=capture.date,
                paragraph=number,
                start=start + 1,
                tokens=tuple(text.words[at][start:end]),
                opening=word_tree.open_words(words, start, end, paragraph.version),
                fragment=fragment.make(text.lines, at, text.words[at], start, end),
            )
        )
    return made


def _choose(
    claim: Claim, text: Article, passages: list[Passage], captures: Sequence[Capture]
) -> Match:
    """The place at which the words are to be proven."""
    limits = Limits(text.language, same_speaker=bool(claim.evidence.same_speaker))
    verdict = judge(claim.words, passages, True, limits.language, limits.same_speaker)
    if not verdict.kind.stands:
        where = f" (paragraph {verdict.closest.paragraph})" if verdict.closest else ""
        raise UnprovenError(
            f"{verdict.kind}: {verdict.reason}{where}",
            "write the source's words, or mark your change with … or [words]; or check that this "
            "is the right source",
        )
    found = places(claim.words, passages, limits)
    found = [match for match in found if match.cost == found[0].cost]
    long = [m for m in found if all(text.proves(at) for at, _, _ in m.parts)]
    if not long:
        raise UnprovenError(
            f"the words stand in a paragraph of fewer than {MIN_WORDS} words, where nothing can "
            "be proven",
            "cite a passage with says: instead of exact:; a quotation stays transcribed",
        )
    first = {tuple(at for at, _, _ in match.parts): match for match in reversed(long)}
    alike = {tuple(tuple(text.words[at]) for at in key): match for key, match in first.items()}
    if len(alike) == 1:
        return next(iter(alike.values()))
    numbered = {}
    for match in first.values():
        if any(capture.place(text.words[match.parts[0][0]]) for capture in captures):
            numbered[_place(text, match.parts[0][0], captures)[1]] = match
    if len(numbered) == 1:
        return next(iter(numbered.values()))
    if not numbered:
        return long[0]  # which says that no capture has it
    stated = claim.evidence.paragraph
    if stated in numbered:
        return numbered[stated]
    numbers = ", ".join(str(number) for number in sorted(numbered))
    message = f"the words stand in paragraphs {numbers}"
    raise UnprovenError(message, "say which with paragraph: beside source:")


def _place(text: Article, at: int, captures: Sequence[Capture]) -> tuple[Capture, int]:
    """The newest capture that has a paragraph of the text, and its number there."""
    for capture in captures:
        if number := capture.place(text.words[at]):
            return capture, number
    raise UnprovenError(
        f"the paragraph with these words (number {at + 1} of this text) is in no capture of "
        f"{text.source}: the text differs, or an excerpt leaves it out",
        f"if the page has changed, renew the capture: summitry capture {text.source} --text FILE",
    )


def carry_over(
    kept: Sequence[Proof], old: Sequence[Capture], new: Capture, text: str
) -> list[Proof]:
    """Proofs of one source moved to a renewed capture, where their paragraphs are unchanged.

    `text` is that of the new capture: where it has a paragraph by another version of the format,
    the same words are opened anew.
    """
    words = [found for _, found in read_text(text, new.extent)]
    moved = []
    for proof in kept:
        found, _ = proofs.check(proof, old) if proof.source == new.source else (None, "")
        paragraph = found.paragraph(proof.paragraph) if found else None
        moved.append(_moved(proof, paragraph, new, words) if paragraph else proof)
    return moved


def _moved(
    proof: Proof, paragraph: CapturedParagraph, new: Capture, words: Sequence[Sequence[Token]]
) -> Proof:
    """A proof in the new capture's paragraph of the same words, or as it is if there is none."""
    same = new.find(paragraph.root or b"")
    if same:
        return replace(proof, capture=new.date, paragraph=same)
    for number, (now, read) in enumerate(zip(new.paragraphs, words, strict=True), 1):
        if now.version != paragraph.version and now.root and paragraph.holds(read):
            start, end = proof.start - 1, proof.start - 1 + len(proof.tokens)
            opening = word_tree.open_words(read, start, end, now.version)
            return replace(proof, capture=new.date, paragraph=number, opening=opening)
    return proof
