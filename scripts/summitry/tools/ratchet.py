"""What was proven stays proven: two sides of a change, and the evidence that got weaker."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from summitry.checks.claims import Claim, Of, claims
from summitry.checks.judging import Finding
from summitry.checks.ledger import Ledger
from summitry.content.library import Item, Library
from summitry.content.problems import Problem
from summitry.proof.text import words as words_of

_DISPLAYED = (Of.TEXT, Of.ORIGINAL)


class Side(Struct, frozen=True):
    """The files that a change touches, as they were or are, and what they prove."""

    library: Library
    ledger: Ledger

    def findings(self, item: Item) -> list[Finding]:
        """What was found on the evidence of an entity, in its order."""
        return [self.ledger.findings[claim.place] for claim in claims(item.entity)]


def lost_proofs(old: Side, new: Side, excused: Collection[str]) -> Iterator[Problem]:
    """Words that were proven and are not, or are proven otherwise; `excused` are sources."""
    for before in old.library.items.values():
        after = _now(before, new.library)
        if after and not after.entity.withdrawn:
            yield from _compared(old, new, before, after, excused)


def _now(before: Item, library: Library) -> Item | None:
    """The same entity after the change, under whatever id; None where it is gone."""
    if before.ref in library.items:
        return library.items[before.ref]
    of_kind = library.of_kind(before.ref.kind)
    return next((item for item in of_kind if before.ref.id in item.entity.formerly), None)


def _compared(
    old: Side, new: Side, before: Item, after: Item, excused: Collection[str]
) -> Iterator[Problem]:
    known, found = old.findings(before), new.findings(after)
    proven = {_key(f.claim) for f in known if f.proven}
    claimed = {_key(f.claim) for f in known}
    kept = {_key(f.claim) for f in found}
    # What was proven of a source and is not claimed any more: words put in their place are known
    # by being new, of the same source.
    # The words that a quotation displays are known by being displayed, of whatever source.
    left = {source for source, words in proven - kept}
    displayed = any(
        f.proven and f.claim.of in _DISPLAYED and _key(f.claim) not in kept for f in known
    )
    for finding in found:
        claim = finding.claim
        if claim.source in excused:
            continue
        if _key(claim) in proven:
            if not finding.proven:
                yield _lost(after, claim, "the base branch proves these words, and this does not")
        elif _key(claim) not in claimed and (
            claim.source in left or (displayed and claim.of in _DISPLAYED)
        ):
            if not finding.proven:
                yield _lost(after, claim, "these words took the place of proven ones, unproven")
            else:
                yield _otherwise(old, after, finding)


def _key(claim: Claim) -> tuple[str, tuple[str, ...]]:
    """What two claims of one thing share: the source and the words, however they are set."""
    return claim.source, tuple(words_of(claim.words))


def _lost(item: Item, claim: Claim, message: str) -> Problem:
    mark = item.document.marks.value(claim.words_at)
    hint = (
        f"summitry prove {item.path} --text ARTICLE.txt, or restore the words and their proof; or, "
        f"if {claim.source} reads otherwise now, capture it and say why in its file: "
        "recaptured: {on: DAY OF THE CAPTURE, why: …}"
    )
    return Problem(item.path, mark, "proof-lost", f"{message} ({claim.source})", hint)


def _otherwise(old: Side, item: Item, finding: Finding) -> Problem:
    """Words and proof changed together: nothing can be wrong where the capture is the old one."""
    claim, capture = finding.claim, finding.capture
    mark = item.document.marks.value(claim.words_at)
    had = {one.digest for one in old.ledger.captures.get(claim.source, [])}
    if capture and capture.digest in had:
        message = f"these words and their proof changed; the capture of {claim.source} is as it was"
        return Problem(item.path, mark, "proof-renewed", message, note=True)
    message = (
        f"these words and their proof changed together, and the base branch does not have the "
        f"capture of {claim.source} that the proof opens"
    )
    hint = (
        "prove them in the capture that the base branch has, or say why there is another in the "
        f"file of {claim.source}: recaptured: {{on: DAY OF THE CAPTURE, why: …}}"
    )
    return Problem(item.path, mark, "proof-replaced", message, hint)
