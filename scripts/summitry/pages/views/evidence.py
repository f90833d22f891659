"""Evidence as a page shows it: the passage, where it stands, and what the build found of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from summitry.checks.judging import Finding
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import Evidence
from summitry.content.values import when
from summitry.pages.context import Scope
from summitry.pages.for_templates import EvidenceView, ProofView
from summitry.proof import fragment
from summitry.words.catalogue import Words


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
        return ProofView(False, scope.words("state.transcribed"))
    day = scope.words.long(when(finding.capture.date[:10]))
    key = "proof.in-copy" if finding.capture.whole else "proof.in-excerpt"
    text = scope.words("proof.stale" if finding.stale else key, date=day)
    notes = proof_notes(scope.words, finding)
    if scope.library.confirmed(finding.capture):
        notes.insert(0, scope.words("proof.confirmed"))
    return ProofView(True, text, notes)


def where(scope: Scope, item: Evidence) -> str:
    """The paragraph in which a passage stands; not said of an excerpt."""
    finding = scope.library.finding(item)
    if finding and finding.capture:
        numbers = sorted({segment.paragraph for segment in finding.verdict.segments})
        if not finding.capture.whole:
            return ""
        return scope.words("proof.paragraph", number=scope.words.list([*map(str, numbers)]))
    return scope.words("proof.paragraph", number=item.paragraph) if item.paragraph else ""


def read(scope: Scope, item: Evidence) -> str:
    """The source's own address, opening at the words."""
    url = scope.of(item.source, Source).url or ""
    finding = scope.library.finding(item)
    if finding is None:
        return str(url)
    return fragment.link(url, finding.fragment or fragment.of_words(finding.claim.words))


def proof_notes(words: Words, finding: Finding) -> list[str]:
    """What a reader should know of a proof: omissions, brackets, and what differs."""
    verdict = finding.verdict
    notes = [words.count("proof.left-out", count) for count in verdict.gaps if count]
    for edit in verdict.edits:
        put_in = edit.inserted
        if edit.beside:
            notes.append(words("proof.beside", inserted=put_in, words=edit.beside))
        elif edit.replaced:
            notes.append(words("proof.replaced", inserted=put_in, words=edit.replaced))
        else:
            notes.append(words("proof.put-in", inserted=put_in))
    return notes + [note for note in verdict.notes if "speech marks" not in note]
