"""Evidence as a page shows it: the passage, where it stands, and what the build found of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from summitry.checks.ledger import Finding
from summitry.checks.standing import TRANSCRIBED
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import Evidence
from summitry.content.values import when
from summitry.pages.context import Scope
from summitry.pages.for_templates import EvidenceView, ProofView
from summitry.proof import fragment
from summitry.proof.capture import Capture
from summitry.words import dates


def evidence(
    scope: Scope, items: Iterable[Evidence], also: Mapping[str, str] | None = None
) -> list[EvidenceView]:
    """Evidence as shown; `also` names, by source, what else a source says."""
    return [
        EvidenceView(
            source=scope.source(item.source),
            exact=item.exact or "",
            says=scope.text(item.says) if item.says else Markup(""),
            where=where(scope, item),
            contradicts=(also or {}).get(item.source.id, ""),
            proof=proof(scope, item),
            read=read(scope, item),
        )
        for item in items
    ]


def proof(scope: Scope, item: Evidence) -> ProofView | None:
    """What the build found of an item of evidence; None where it has no words."""
    finding = scope.library.finding(item)
    if finding is None:
        return None
    if finding.capture is None:
        return ProofView(False, TRANSCRIBED)
    day = dates.long(when(finding.capture.date[:10]))
    if finding.stale:
        text = f"Stood there in the copy captured on {day}; the page has changed since"
    else:
        text = f"Found in the {_copy(finding.capture)} captured on {day}"
    return ProofView(True, text, proof_notes(finding))


def where(scope: Scope, item: Evidence) -> str:
    """The paragraph in which a passage stands; not said of an excerpt."""
    finding = scope.library.finding(item)
    if finding and finding.capture:
        numbers = sorted({segment.paragraph for segment in finding.verdict.segments})
        if not finding.capture.whole:
            return ""
        return f"paragraph {' and '.join(map(str, numbers))}"
    return f"paragraph {item.paragraph}" if item.paragraph else ""


def read(scope: Scope, item: Evidence) -> str:
    """The source's own address, opening at the words."""
    url = scope.of(item.source, Source).url or ""
    finding = scope.library.finding(item)
    if finding is None:
        return str(url)
    return fragment.link(url, finding.fragment or fragment.of_words(finding.claim.words))


def _copy(capture: Capture) -> str:
    return "copy" if capture.whole else "excerpt"


def proof_notes(finding: Finding) -> list[str]:
    """What a reader should know of a proof: omissions, brackets, and what differs."""
    verdict = finding.verdict
    notes = [
        f"{count} word{'s are' if count > 1 else ' is'} left out at a mark of omission"
        for count in verdict.gaps
        if count
    ]
    for edit in verdict.edits:
        if edit.beside:
            notes.append(f"[{edit.inserted}] stands beside or for “{edit.beside}”")
        elif edit.replaced:
            notes.append(f"[{edit.inserted}] stands for “{edit.replaced}”")
        else:
            notes.append(f"[{edit.inserted}] was put in")
    return notes + [note for note in verdict.notes if "speech marks" not in note]
