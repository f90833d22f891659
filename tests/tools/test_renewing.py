"""Captures of an older format: used, carried over, made anew where the text is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from summitry.proof import capture
from summitry.tools import prover
from summitry.tools.prover import Taking
from test_evidence_commands import (
    ARTICLE,
    CAPTURE,
    DAY,
    NEWS,
    TODAY,
    article,
    cache,
    captures,
    proofs,
    saved,
    site,
    summitry,
)
from test_ledger import PROOF

__all__ = ["article", "cache", "site"]  # fixtures


@pytest.fixture
def old(site: Path, article: str) -> str:
    """A site with a capture of the first format, and a proof of it; the article's file."""
    told = Taking(TODAY, "pasted", "A. Reader", url="https://two.example/day")
    made = prover.make_capture("harbour-news", ARTICLE, told, "whole", 2)
    assert {paragraph.version for paragraph in made.paragraphs} == {1}
    Path(NEWS + CAPTURE).write_text(capture.dump([made]), "utf-8")
    assert "1 proven" in summitry("prove", f"{DAY}.md", "--text", article)
    return article


def test_an_older_capture_proves_as_before(old: str) -> None:
    assert "1 of 2 proven" in summitry("check")
    assert all(len(row) == 2 for row in captures()[0]["paragraphs"] if isinstance(row, list))


def test_the_same_text_again_says_how_to_renew(old: str) -> None:
    said = summitry("capture", "harbour-news", "--text", old, "--date", "2025-09-01")
    assert f"nothing changed since the capture of {TODAY}" in said
    assert "--renew makes its roots anew" in said


def test_renewing_keeps_what_a_capture_says_and_opens_its_proofs_anew(old: str) -> None:
    before, shown = captures()[0], proofs()
    said = summitry("capture", "harbour-news", "--text", old, "--renew")
    assert f"the capture of {TODAY} is now in format 3" in said
    assert "proofs carried over: quotes/harbour-day" in said
    (after,) = captures()
    kept = ("date", "method", "extractor", "url", "by", "extent")
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
    assert [row[2] for row in after["paragraphs"] if isinstance(row, list)] == [3] * 8
    for key in ("paragraph", "start", "words", "capture"):
        assert [proof[key] for proof in proofs()] == [proof[key] for proof in shown]
    assert proofs() != shown
    assert "1 of 2 proven" in summitry("check")
    assert "in the newest format already" in summitry(
        "capture", "harbour-news", "--text", old, "--renew"
    )


def test_another_text_renews_nothing(old: str, tmp_path: Path) -> None:
    before = (Path(NEWS + CAPTURE).read_bytes(), Path(DAY + PROOF).read_bytes())
    other = saved(tmp_path / "other.txt", ARTICLE.replace("less content", "not content"))
    said = summitry("capture", "harbour-news", "--text", other, "--renew", code=1)
    assert f"this text is not the one that was captured on {TODAY}" in said
    assert (Path(NEWS + CAPTURE).read_bytes(), Path(DAY + PROOF).read_bytes()) == before


def test_a_changed_page_is_captured_in_the_newest_format_and_takes_the_proofs(
    old: str, tmp_path: Path
) -> None:
    longer = saved(
        tmp_path / "longer.txt", f"This article was corrected in May, as said.\n{ARTICLE}"
    )
    said = summitry("capture", "harbour-news", "--text", longer, "--date", "2025-09-01")
    assert "new or changed" not in said  # the line that came is too short for a root
    assert "proofs carried over: quotes/harbour-day" in said
    assert proofs()[0]["capture"] == "2025-09-01"
    assert "1 of 2 proven" in summitry("check")


def test_nothing_is_renewed_that_was_never_captured(site: Path, article: str) -> None:
    said = summitry("capture", "harbour-news", "--text", article, "--renew", code=1)
    assert "has no capture yet: run this without --renew" in said
