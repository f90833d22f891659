"""What the repository's proofs prove: every item of evidence against the words it opens.

Captures and proofs are read and verified, each item of evidence is judged against what the
proofs of its own entity open, and what does not fit becomes a problem. Nothing here needs an
article's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summitry.checks.claims import Claim, claims
from summitry.checks.shown_shares import problems as share_problems
from summitry.content.earlier import Earlier
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import PlaceInEntity
from summitry.content.library import Item, Library
from summitry.content.problems import Mark, Problem
from summitry.content.routes import entity_of
from summitry.content.strict_yaml import Positions
from summitry.content.values import Ref
from summitry.proof import budget, capture, characters, proofs
from summitry.proof.capture import Capture
from summitry.proof.fragment import belongs
from summitry.proof.match import spans
from summitry.proof.passages import Passage
from summitry.proof.proofs import Proof
from summitry.proof.records import RecordError, lines_of_items
from summitry.proof.verdict import Kind, Verdict, judge

CAPTURE, PROOF = ".capture.json", ".proof.json"


@dataclass(frozen=True, slots=True)
class Finding:
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


@dataclass(slots=True)
class Ledger:
    """Captures by source, verified proofs by entity, findings by the place of the evidence."""

    captures: dict[str, list[Capture]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)  # of each source
    proofs: dict[Ref, list[Proof]] = field(default_factory=dict)
    findings: dict[PlaceInEntity, Finding] = field(default_factory=dict)
    shares: dict[str, budget.Share] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)  # files whose content is not known
    problems: list[Problem] = field(default_factory=list)

    def used(self, item: Item) -> dict[Proof, tuple[int, int]]:
        """The proofs that an entity's evidence uses: first and last word used, from 0."""
        return _used(self.findings[claim.place] for claim in claims(item.entity))


def build(library: Library, earlier: Earlier | None = None) -> Ledger:
    """Read and verify the records, and judge every item of evidence by them."""
    earlier = earlier or Earlier()
    found = Ledger()
    for ref, item in library.items.items():
        if isinstance(item.entity, Source):
            found.languages[ref.id] = item.entity.language
    reader = _Bookkeeper(library, found, earlier)
    records = sorted(path for path in library.tree.texts if path.endswith(".json"))
    for path in records:
        if path.endswith(CAPTURE):
            reader.captures(path)
    for path in records:
        if path.endswith(PROOF):
            reader.proofs(path)
    for ref, item in library.items.items():
        places, broken = reader.places.get(ref, []), reader.broken.get(ref, set())
        judged = _judged(library, found, item, places, broken, earlier)
        found.findings |= {finding.claim.place: finding for finding in judged.findings}
        found.problems += judged.problems
    transcribed: dict[str, list[str]] = {}
    shown: dict[str, list[Claim]] = {}
    wrong = {(p.path, p.mark) for p in found.problems if p.code == "misquote"}
    for place, finding in found.findings.items():
        item, claim = library.items[place.ref], finding.claim
        shown.setdefault(claim.source, []).append(claim)
        if finding.proven:
            continue
        if (item.path, item.document.marks.value(claim.words_at)) not in wrong:
            transcribed.setdefault(claim.source, []).append(claim.words)  # others: mended first
    verified = [proof for kept in found.proofs.values() for proof in kept]
    found.shares = budget.shares(verified, found.captures, transcribed)
    for source, share in found.shares.items():
        if at := library.items.get(Ref("sources", source)):
            mark = at.document.marks.key(("title",))
            found.problems += share_problems(at.path, mark, share, shown.get(source, ()))
    return found


class _Bookkeeper:
    """Reads the records of a library into a ledger."""

    def __init__(self, library: Library, found: Ledger, earlier: Earlier) -> None:
        self.library, self.found, self.earlier = library, found, earlier
        self.broken: dict[Ref, set[str]] = {}  # sources of proofs that do not verify
        self.places: dict[Ref, list[tuple[str, int]]] = {}  # of each verified proof
        # Sources whose own file or capture cannot be read, which is said there and once.
        self.silent = {
            ref.id
            for path in library.tree.texts
            if (ref := entity_of(path, library.content_dir))
            and ref.kind == "sources"
            and ref not in library.items
        }

    def marks(self, path: str) -> Positions:
        """The places in an entity's front matter."""
        ref = entity_of(path, self.library.content_dir)
        return self.library.items[ref].document.marks if ref else Positions()

    def _say(self, path: str, line: int, code: str, message: str, hint: str = "") -> None:
        self.found.problems.append(Problem(path, Mark(line, 1), code, message, hint))

    def _owner(self, path: str, ending: str) -> Ref | None:
        """The entity beside a record, or None where there is none or it cannot be read."""
        beside = path.removesuffix(ending) + ".md"
        ref = entity_of(beside, self.library.content_dir)
        if ref in self.library.items:
            return ref
        if beside not in self.library.tree.texts:  # else that file has a problem of its own
            message = "there is no entity beside this record"
            self._say(path, 1, "stray-file", message, f"add {beside}, or remove the record")
        return None

    def captures(self, path: str) -> None:
        """The captures of one source."""
        owner = self._owner(path, CAPTURE)
        if owner is None:
            return
        try:
            if owner.kind != "sources":
                raise RecordError("captures belong to sources")
            raw = self.library.tree.texts[path]
            self.found.captures[owner.id] = self.earlier.again(
                "captures", path, raw, lambda: capture.load(raw, owner.id)
            )
        except RecordError as error:
            self._say(path, error.line, "broken-capture", error.message)
            self.silent.add(owner.id)
            self.found.unreadable.add(path)

    def proofs(self, path: str) -> None:
        """The proofs of one entity; those that do not verify become problems."""
        owner, raw = self._owner(path, PROOF), self.library.tree.texts[path]
        if owner is None:
            return
        try:
            kept, lines = self.earlier.again(
                "proofs", path, raw, lambda: (proofs.load(raw), lines_of_items(raw))
            )
        except RecordError as error:
            self._say(path, error.line, "broken-proof", error.message)
            self.found.unreadable.add(path)
            return
        rests_on = raw, _records(self.library, self.found, {proof.source for proof in kept})
        reasons = self.earlier.again(
            "broken", path, rests_on, lambda: [self._broken(proof) for proof in kept]
        )
        for i, (proof, reason) in enumerate(zip(kept, reasons, strict=True)):
            line = lines[i] if i < len(lines) else 1
            if proof.source in self.silent:
                continue
            if reason:
                self.broken.setdefault(owner, set()).add(proof.source)
                hint = "make it again: summitry prove, with the article's text"
                self._say(path, line, "broken-proof", f"{_short(proof)} {reason}", hint)
            else:
                self.found.proofs.setdefault(owner, []).append(proof)
                self.places.setdefault(owner, []).append((path, line))

    def _broken(self, proof: Proof) -> str:
        """What is wrong with a proof, or ""."""
        if proof.source not in self.found.captures:
            return f"cannot be checked: there is no capture of {proof.source}"
        _, reason = proofs.check(proof, self.found.captures[proof.source])
        if not reason and proof.fragment and not belongs(proof.fragment, proof.tokens):
            reason = "its text fragment holds other words than the proof"
        return f"does not verify: {reason}" if reason else ""


def _records(library: Library, found: Ledger, sources: set[str]) -> list[bytes | None]:
    """The records of the captures of some sources; None of what has none that can be read."""
    folder, texts = f"{library.content_dir}/sources", library.tree.texts
    return [
        texts.get(f"{folder}/{name}{CAPTURE}") if name in found.captures else None
        for name in sorted(sources)
    ]


def _short(proof: Proof) -> str:
    words = proof.words.split(" ")
    return f"the proof of “{' '.join(words[:6])}{' …' if len(words) > 6 else ''}”"


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found on the evidence of one entity, and what is wrong with it."""

    findings: list[Finding]
    problems: list[Problem]


def _judged(
    library: Library,
    found: Ledger,
    item: Item,
    places: list[tuple[str, int]],
    broken: set[str],
    earlier: Earlier,
) -> _Judged:
    """Judge the evidence of an entity by its proofs, which stand at `places`.

    Of sources with a broken proof (`broken`), that comes first.
    """
    own, path = found.proofs.get(item.ref, []), item.path

    def sources() -> list[str]:
        return sorted({claim.source for claim in claims(item.entity)})

    names = earlier.again("claimed", path, item, sources)
    if not names and not own:
        return _Judged([], [])
    proven = library.tree.texts.get(path.removesuffix(".md") + PROOF)
    languages = [found.languages.get(name) for name in names]
    known = _records(library, found, {*names, *(proof.source for proof in own)})
    rests_on = item, proven, known, languages, sorted(broken)

    def judged() -> _Judged:
        by: dict[str, list[Proof]] = {name: [] for name in names}
        for proof in own:
            by.setdefault(proof.source, []).append(proof)
        findings = [_judge(found, one, by[one.source]) for one in claims(item.entity)]
        return _Judged(findings, _problems(found, item, findings, places, broken))

    return earlier.again("judged", path, rests_on, judged)


def _problems(
    found: Ledger,
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
    used = _used(findings)
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
        said = f"{_short(proof)} {said}"
        problems.append(Problem(path, Mark(line, 1), "unused-proof", said, hint))
    return problems


def _used(findings: Iterable[Finding]) -> dict[Proof, tuple[int, int]]:
    """The proofs that findings use: first and last word used, from 0."""
    spans: dict[Proof, tuple[int, int]] = {}
    for finding in findings:
        for proof, low, high in finding.uses:
            first, last = spans.get(proof, (low, high))
            spans[proof] = min(first, low), max(last, high)
    return spans


def _judge(found: Ledger, claim: Claim, own: list[Proof]) -> Finding:
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


def _verdict(found: Ledger, claim: Claim, passages: Sequence[Passage]) -> Verdict:
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
    found: Ledger,
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
