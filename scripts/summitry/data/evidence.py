"""The evidence as one file for programs: every capture and every proof that verifies."""

from __future__ import annotations

import json
from typing import Any

from summitry.checks.ledger import Ledger
from summitry.checks.vouching import Vouching
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
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
