"""Judges the evidence of an entity by what its proofs open.

Each claim is compared with the words that the proofs of its own entity open in a capture; what does
not fit, and a proof that nothing uses, becomes a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from summitry.checks.claims import Claim, claims
from summitry.content.earlier import Earlier
from summitry.content.library import Item, Library
from summitry.content.problems import Mark, Problem
from summitry.content.values import Ref
from summitry.proof import characters, proofs
from summitry.proof.capture import Capture
from summitry.proof.match import spans
from summitry.proof.passages import Passage
from summitry.proof.proofs import Proof
from summitry.proof.verdict import Kind, Verdict, judge

CAPTURE, PROOF = ".capture.json", ".proof.json"


class Records(Struct):
    """Captures by source, with the language of each, and verified proofs by entity."""

    captures: dict[str, list[Capture]] = {}
    languages: dict[str, str] = {}
    proofs: dict[Ref, list[Proof]] = {}


class Finding(Struct, frozen=True):
    """What was found on one item of evidence."""

    claim: Claim
    verdict: Verdict
    capture: Capture | None = None
    uses: tuple[tuple[Proof, int, int], ...] = ()  # proofs, and which of their words, from 0
    stale: bool = False  # proven against a capture that is not the newest

    @property
    def proven(self) -> bool:
        """Whether the words stand in the source, by a proof that verifies."""
        return self.capture is not None

    @property
    def fragment(self) -> tuple[str, ...]:
        """The text fragment of the first proof."""
        return self.uses[0][0].fragment if self.uses else ()


class Judged(Struct, frozen=True):
    """What was found on the evidence of one entity, and what is wrong with it."""

    findings: list[Finding]
    problems: list[Problem]


def judged(
    library: Library,
    found: Records,
    item: Item,
    places: list[tuple[str, int]],
    broken: set[str],
    earlier: Earlier,
) -> Judged:
    """Judge the evidence of an entity by its proofs, which stand at `places`.

    Of sources with a broken proof (`broken`), that comes first.
    """
    own, path = found.proofs.get(item.ref, []), item.path

    def sources() -> list[str]:
        return sorted({claim.source for claim in claims(item.entity)})

    names = earlier.again("claimed", path, item, sources)
    if not names and not own:
        return Judged([], [])
    proven = library.tree.texts.get(path.removesuffix(".md") + PROOF)
    languages = [found.languages.get(name) for name in names]
    known = records_of(library, found, {*names, *(proof.source for proof in own)})
    rests_on = item, proven, known, languages, sorted(broken)

    def make() -> Judged:
        by: dict[str, list[Proof]] = {name: [] for name in names}
        for proof in own:
            by.setdefault(proof.source, []).append(proof)
        findings = [_judge(found, one, by[one.source]) for one in claims(item.entity)]
        return Judged(findings, _problems(found, item, findings, places, broken))

    return earlier.again("judged", path, rests_on, make)


def _problems(
    found: Records,
    item: Item,
    findings: list[Finding],
    places: list[tuple[str, int]],
    broken: set[str],
) -> list[Problem]:
    """What is wrong with the evidence of an entity, and with its proofs."""
    own = found.proofs.get(item.ref, [])
    problems: list[Problem] = []
    for finding in findings:
        if finding.proven:
            both = _paragraph(item, finding.claim, finding), _negation(item, finding.claim, finding)
            problems += [problem for problem in both if problem]
    used = used_by(findings)
    explained: set[Proof] = set()
    for finding in findings:
        if not finding.proven:
            claim = finding.claim
            usable = [] if claim.source in broken else own
            loose = [p for p in usable if p not in used and p.source == claim.source]
            problems += _unproven(found, item, claim, finding.verdict, loose, explained)
    for proof, (path, line) in zip(own, places, strict=True):
        if proof in explained or (proof.source in broken and proof not in used):
            continue
        low, high = used.get(proof, (0, 0))
        said = "is used by nothing: no evidence here has these words"
        if high:
            said = "opens words that no evidence here has"
            known = found.captures[proof.source]
            if high - low == len(proof.tokens) or proofs.opens_all(proof, known):
                continue
        hint = "mend it: summitry prove --prune"
        said = f"{shortly(proof)} {said}"
        problems.append(Problem(path, Mark(line, 1), "unused-proof", said, hint))
    return problems


def used_by(findings: Iterable[Finding]) -> dict[Proof, tuple[int, int]]:
    """The proofs that findings use: first and last word used, from 0."""
    spans: dict[Proof, tuple[int, int]] = {}
    for finding in findings:
        for proof, low, high in finding.uses:
            first, last = spans.get(proof, (low, high))
            spans[proof] = min(first, low), max(last, high)
    return spans


def _judge(found: Records, claim: Claim, own: list[Proof]) -> Finding:
    """Judge a claim by each capture that proofs open, the newest first."""
    best = Finding(claim, judge(claim.words, [], whole=False))
    captures = found.captures.get(claim.source, [])
    for one in captures:
        opened = [proof for proof in own if proof.capture == one.date]
        if not opened:
            continue
        passages = proofs.passages(opened, one)
        numbered = [p for p in passages if p.paragraph == claim.evidence.paragraph]
        verdict = _verdict(found, claim, numbered or passages)
        if verdict.kind.stands and verdict.match:
            touched = spans(verdict.match, numbered or passages)
            shown = [((numbered or passages)[at].paragraph, a, b) for at, a, b in touched]
            return Finding(claim, verdict, one, _using(opened, shown), one is not captures[0])
        if best.verdict.kind is Kind.UNKNOWN:
            best = Finding(claim, verdict)
    return best


def _verdict(found: Records, claim: Claim, passages: Sequence[Passage]) -> Verdict:
    """The verdict on a claim by what proofs open."""
    language = found.languages.get(claim.source, "")
    return judge(claim.words, passages, False, language, claim.evidence.same_speaker)


def _using(
    opened: list[Proof], shown: list[tuple[int, int, int]]
) -> tuple[tuple[Proof, int, int], ...]:
    """The proofs that open some of the words shown, each with the words that it opens."""
    found = []
    for paragraph, start, end in shown:
        for proof in opened:
            low = max(start, proof.start - 1)
            high = min(end, proof.start - 1 + len(proof.tokens))
            if proof.paragraph == paragraph and low < high:
                found.append((proof, low, high))
    return tuple(found)


def _paragraph(item: Item, claim: Claim, finding: Finding) -> Problem | None:
    """A paragraph that the contributor names is the one in which the words stand."""
    stated = claim.evidence.paragraph
    where = [segment.paragraph for segment in finding.verdict.segments]
    if stated is None or stated in where:
        return None
    message = f"the words stand in paragraph {where[0]} of {claim.source}, not in {stated}"
    mark = item.document.marks.value((*claim.loc, "paragraph"))
    return Problem(item.path, mark, "misquote", message, "correct paragraph:, or delete it")


def _negation(item: Item, claim: Claim, finding: Finding) -> Problem | None:
    """A negation that stands right beside the words, which then may say the opposite."""
    if not finding.verdict.taken_in:
        return None
    said = next(note for note in finding.verdict.notes if "negation" in note)
    mark = item.document.marks.value(claim.words_at)
    hint = f"take it in: {finding.verdict.taken_in}"
    return Problem(item.path, mark, "negation-beside", said, hint, note=True)


def _unproven(
    found: Records,
    item: Item,
    claim: Claim,
    verdict: Verdict,
    loose: list[Proof],
    explained: set[Proof],
) -> Iterator[Problem]:
    """Words that nothing proves: a misquotation where an own proof is nearly of them."""
    mark = item.document.marks.value(claim.words_at)
    if any(finding.code != "not-nfc" for finding in characters.findings(claim.words)):
        return  # said already, at the character itself
    if verdict.kind is Kind.UNREADABLE:
        message = f"the words cannot be compared: {verdict.reason}"
        yield Problem(item.path, mark, "misquote", message, "type the words again")
        return
    for one in found.captures.get(claim.source, []):
        opened = [proof for proof in loose if proof.capture == one.date]
        nearest = _verdict(found, claim, proofs.passages(opened, one))
        if nearest.kind is Kind.ALTERED and nearest.closest:
            explained.update(p for p in opened if p.paragraph == nearest.closest.paragraph)
            where = f"({claim.source}, paragraph {nearest.closest.paragraph})"
            hint = "write the source's words, or mark the change with [brackets]"
            if "in no proof" in nearest.reason:
                hint = f"summitry prove {item.path} --text ARTICLE.txt, or {hint}"
            message = f"misquote: {nearest.reason} {where}"
            yield Problem(item.path, mark, "misquote", message, hint)
            return
    if found.captures.get(claim.source):
        message = f"unproven: no proof of these words in {claim.source}"
        hint = f"summitry prove {item.path} --text ARTICLE.txt   (or leave it: an editor can)"
        yield Problem(item.path, mark, "unproven", message, hint, note=True)


def records_of(library: Library, found: Records, sources: set[str]) -> list[bytes | None]:
    """The records of the captures of some sources; None of what has none that can be read."""
    folder, texts = f"{library.content_dir}/sources", library.tree.texts
    return [
        texts.get(f"{folder}/{name}{CAPTURE}") if name in found.captures else None
        for name in sorted(sources)
    ]


def shortly(proof: Proof) -> str:
    """A proof in a message: its first words."""
    words = proof.words.split(" ")
    return f"the proof of “{' '.join(words[:6])}{' …' if len(words) > 6 else ''}”"
