"""The evidence as one file for programs: every capture and every proof that verifies."""

from __future__ import annotations

import json
from typing import Any

from summitry.checks.ledger import Ledger
from summitry.proof import capture, proofs

FORMAT = "summitry/1"


def as_json(ledger: Ledger) -> str:
    """`/evidence.json`: captures by source, proofs by entity, as they stand in their files."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "captures": {
            source: json.loads(capture.dump(kept))["captures"]
            for source, kept in sorted(ledger.captures.items())
        },
        "proofs": {
            str(ref): [proofs.as_data(proof) for proof in sorted(kept, key=lambda p: p.order)]
            for ref, kept in sorted(ledger.proofs.items())
        },
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
