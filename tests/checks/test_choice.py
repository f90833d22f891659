"""Why a quotation is displayed in its words and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ROOT
from small_site import FILES, examined, found
from summitry.checks.choice import Reason, reasons
from summitry.content.kinds import Quote, Source

Q = "content/quotes/quote-one.md"
SHOWN = "we had a long talk, and it went well"
OTHER = "we had a long talk, and all went well"


def quote(*evidence: str | None, text: str = SHOWN) -> Quote:
    """A quotation of sources `s0`, `s1` …: each prints the displayed words (None) or others."""
    items = [{"source": f"s{i}", **({"exact": e} if e else {})} for i, e in enumerate(evidence)]
    return Quote.model_validate(
        {"title": "T", "text": text, "speaker": {"unnamed": "somebody"}, "language": "en",
         "evidence": items}
    )  # fmt: skip


def why(made: Quote, **fields: dict[str, str]) -> list[Reason] | None:
    sources = {
        e.source.id: Source.model_validate(
            {"type": "article", "title": "T", **fields.get(e.source.id, {})}
        )
        for e in made.evidence
    }
    groups = {name: source.origin or name for name, source in sources.items()}
    return reasons(made, sources, groups)


PRIMARY = {"standing": "primary"}


def test_without_another_wording_nothing_is_chosen() -> None:
    assert why(quote(None, None)) is None
    assert why(quote(None, f"{SHOWN},")) is None
    assert why(quote(None, "a long talk")) is None  # a shorter quotation of the same


def test_nothing_speaks_for_one_of_two_equals() -> None:
    assert why(quote(None, OTHER)) == []


def test_a_primary_source() -> None:
    assert why(quote(None, OTHER), s0=PRIMARY) == [Reason.PRIMARY]
    assert why(quote(None, OTHER), s1=PRIMARY) == []


def test_most_origins_not_most_sources() -> None:
    assert why(quote(None, None, OTHER)) == [Reason.MOST]
    same = {"origin": "wire"}
    assert why(quote(None, None, OTHER), s0=same, s1=same) == []
    assert why(quote(None, None, OTHER, f"{OTHER}.")) == []
    assert why(quote(None, None, OTHER, "they had a long talk")) == [Reason.MOST]


def test_the_fullest() -> None:
    assert why(quote(None, "a long talk with them")) == [Reason.FULLEST]
    assert why(quote(None, f"{SHOWN}, he said")) == []


def test_the_check_asks_for_a_reason() -> None:
    text = FILES[Q].replace("chosen: Both have as many words.\n", "")
    problems = examined({Q: text}).problems
    assert found(problems) == [(3, 7, "wording-choice")]
    assert (
        problems[0].message
        == "text: sources print other words, and nothing says why these are displayed"
    )
    assert problems[0].hint == "display the best-attested wording, or say why in chosen:"


@pytest.mark.parametrize("path", sorted((ROOT / "content/quotes").glob("*.md")))
def test_no_doubtful_wording_is_displayed(path: Path) -> None:
    """On the site: what an editor calls doubtful has words of its own."""
    text = path.read_text("utf-8")
    for item in text.partition("\nevidence:")[2].split("  - source: ")[1:]:
        assert "Doubtful" not in item or "exact:" in item, path.name
