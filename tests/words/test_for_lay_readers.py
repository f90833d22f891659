"""What readers who know nothing of programs meet first on this site."""

from __future__ import annotations

import re

from running import ROOT

TERMS = ("hash", "root", "salt", "capture", "token", "byte", "JSON", "Merkle", "SHA", "commit")


def test_how_the_proof_works_begins_without_terms() -> None:
    page = (ROOT / "docs/about/how-the-proof-works.md").read_text("utf-8")
    first, *others = re.split(r"^## ", page.partition("\n# ")[2], flags=re.MULTILINE)[1:]
    met = re.findall(rf"\b({'|'.join(TERMS)})", first, re.IGNORECASE)
    assert not met
    assert len(re.findall(r"^\d\. ", first, re.MULTILINE)) == 3
    assert len(first.split()) < 200
    assert others[-1].startswith("The format\n"), "what only programs need comes last"
