"""What the repository's proofs prove: every item of evidence against the words it opens.

Captures and proofs are read and verified, each item of evidence is judged against what the
proofs of its own entity open, and what does not fit becomes a problem. Nothing here needs an
article's text.
"""

from __future__ import annotations

from msgspec import field

from summitry.checks.claims import Claim, claims
from summitry.checks.judging import (
    CAPTURE,
    PROOF,
    Finding,
    Records,
    judged,
    records_of,
    shortly,
    used_by,
)  # fmt: skip
from summitry.checks.shown_shares import problems as share_problems
from summitry.content.earlier import Earlier
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import PlaceInEntity
from summitry.content.library import Item, Library
from summitry.content.problems import Mark, Problem
from summitry.content.routes import entity_of
from summitry.content.values import Ref
from summitry.proof import budget, capture, proofs
from summitry.proof.fragment import belongs
from summitry.proof.proofs import Proof
from summitry.proof.records import RecordError, lines_of_items


class Ledger(Records):
    """The records, findings by the place of the evidence, and how much of sources is shown."""

    findings: dict[PlaceInEntity, Finding] = field(default_factory=dict)
    shares: dict[str, budget.Share] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)  # files whose content is not known
    problems: list[Problem] = field(default_factory=list)

    def used(self, item: Item) -> dict[Proof, tuple[int, int]]:
        """The proofs that an entity's evidence uses: first and last word used, from 0."""
        return used_by(self.findings[claim.place] for claim in claims(item.entity))


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
        of_item = judged(library, found, item, places, broken, earlier)
        found.findings |= {finding.claim.place: finding for finding in of_item.findings}
        found.problems += of_item.problems
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
        rests_on = raw, records_of(self.library, self.found, {proof.source for proof in kept})
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
                self._say(path, line, "broken-proof", f"{shortly(proof)} {reason}", hint)
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
