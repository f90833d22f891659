"""The evidence as files for programs: every capture, every proof that verifies, their titles."""

from __future__ import annotations

import json
from typing import Any

from summitry.checks.checked import CheckedLibrary
from summitry.checks.ledger import Ledger
from summitry.checks.vouching import Vouching
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.proof import capture, confirmations, proofs, stamps

FORMAT = "summitry/1"


def as_json(ledger: Ledger, vouching: Vouching | None = None) -> str:
    """`/evidence.json`: the records as they stand in their files.

    Captures, confirmations that count and time stamps are by source, proofs by entity.
    """
    vouching = vouching or Vouching()
    confirmed: dict[str, list[dict[str, str]]] = {}
    stamped: dict[str, list[dict[str, str]]] = {}
    for source, kept in sorted(ledger.captures.items()):
        for one in kept:
            if told := [confirmations.as_data(c.told) for c in vouching.of(one)]:
                confirmed.setdefault(source, []).extend(told)
            if clocks := [stamps.as_data(s.told) for s in vouching.stamps_of(one)]:
                stamped.setdefault(source, []).extend(clocks)
    data: dict[str, Any] = {
        "format": FORMAT,
        "captures": {
            source: json.loads(capture.dump(kept))["captures"]
            for source, kept in sorted(ledger.captures.items())
        },
        "proofs": {
            str(ref): [proofs.as_data(proof) for proof in sorted(opened, key=lambda p: p.order)]
            for ref, opened in sorted(ledger.proofs.items())
        },
        "confirmations": confirmed,
        "stamps": stamped,
    }
    return _compact(data)


def titles_as_json(library: CheckedLibrary) -> str:
    """`/evidence-titles.json`: what the sources and entities of the evidence are called.

    A withdrawn entity has no title: nothing is to lead to it.
    """
    kept = [library.item(ref) for ref in sorted(library.ledger.proofs, key=str)]
    data = {
        "sources": {
            name: {
                "title": plain(library.item(Ref("sources", name)).entity.title),
                "language": library.ledger.languages[name],
            }
            for name in sorted(library.ledger.captures)
        },
        "pages": {
            str(item.ref): plain(item.entity.title) for item in kept if not item.entity.withdrawn
        },
    }
    return _compact(data)


def _compact(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
