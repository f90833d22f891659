"""How much is cited and proven: counted once, for the check and for readers alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import ROOT, copy_of
from small_site import OPTIONS, checked
from summitry.checks.coverage import Coverage, measure
from summitry.checks.rules import examine
from summitry.checks.standing import State
from summitry.checks.support import Status
from summitry.content.files import read_tree
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate
from summitry.tools.cli import main
from test_ledger import CAPTURE, DAY, HARBOUR, NEWS, PROOF, WALL, Files, proven

FIGURES = "---\nsourcing: none\n---\n# Figures\n\n```figures\n```\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The small project, to which proven quotations were added, and a page with its figures."""
    files = proven(tmp_path_factory.mktemp("harbour"), HARBOUR)
    return {**files, "docs/figures.md": FIGURES}


def counted(files: Files) -> Coverage:
    return measure(checked(files))


def test_the_figures_of_a_small_library(kept: Files) -> None:
    found = counted(kept)
    before = counted({path: None for path in kept if "harbour" in path})
    assert found.quotes == {**before.quotes, State.REPORT: 2}
    assert before.quotes == {
        State.TRANSCRIPT: 0, State.REPORTS: 0, State.REPORT: 0, State.TRANSCRIBED: 2,
    }  # fmt: skip
    assert (found.proven, before.proven) == (2, 0)
    assert found.wordings == before.wordings == (0, 1)
    assert found.passages == (1, before.passages[1] + 1)
    assert (found.captured, before.captured) == (1, 0)
    assert found.sources == before.sources + 1 == 3
    assert found.facts == {Status.CORROBORATED: 1, Status.SINGLE: 0, Status.DISPUTED: 1}


def test_paragraphs_are_those_of_articles(kept: Files) -> None:
    before = counted(kept)
    assert before.cited == before.paragraphs
    text = "# One\n\nIt was so. [@harbour-news]\n\n- And so. [@harbour-news]\n\n## Not this\n"
    after = counted({**kept, "docs/more.md": text})
    assert (after.cited, after.paragraphs) == (before.cited + 2, before.paragraphs + 2)
    guide = "---\nsourcing: none\n---\n# One\n\nIt was so.\n"
    assert counted({**kept, "docs/more.md": guide}) == before


def test_what_loses_its_proof_is_counted_as_transcribed(kept: Files) -> None:
    found = counted({**kept, DAY + PROOF: None, WALL + PROOF: None})
    assert found.quotes[State.REPORT] == 1
    assert found.quotes[State.TRANSCRIBED] == 3
    assert found.passages == (0, counted(kept).passages[1])
    bare = counted({path: None if path.endswith(".json") else raw for path, raw in kept.items()})
    assert (bare.proven, bare.captured) == (0, 0)


def test_what_was_withdrawn_is_not_counted(kept: Files) -> None:
    gone = "withdrawn: {on: 2025-09-01, why: It was wrong.}\n---\n"
    files = dict(kept)
    for path in (DAY, WALL):
        text = files[f"{path}.md"]
        assert isinstance(text, bytes)
        files[f"{path}.md"] = text.decode().removesuffix("---\n") + gone
    before, found = counted(kept), counted(files)
    assert sum(found.quotes.values()) == sum(before.quotes.values()) - 1
    assert found.passages == (before.passages[0] - 1, before.passages[1] - 1)


def test_the_lines_of_the_check() -> None:
    found = Coverage(
        cited=3,
        paragraphs=4,
        quotes=dict(zip(State, [1, 2, 3, 4], strict=True)),
        wordings=(5, 6),
        passages=(7, 8),
        captured=9,
        sources=10,
        facts=dict(zip(Status, [11, 12, 13], strict=True)),
    )
    assert found.lines == [
        "paragraphs: 3 of 4 cite",
        "quotations: 6 of 10 proven, 4 transcribed; other wordings: 5 of 6 proven",
        "passages: 7 of 8 proven; sources: 9 of 10 captured",
        "captured sources: 0 of 9 confirmed by another, 0 with a time stamp, "
        "0 with an archived copy",
        "facts: 11 corroborated, 12 from a single source, 13 disputed",
    ]


def test_a_page_shows_the_figures_that_the_check_prints(kept: Files, tmp_path: Path) -> None:
    library = checked(kept)
    pictures = illustrate(library, tmp_path, "Site One", "https://site.example/")
    pages = Pages(
        library, pictures, [ROOT / "overrides"], Setting("Site One", "https://site.example/")
    )
    (page,) = [spec for spec in pages.every() if spec.url == "figures/"]
    cells = re.findall(r"<tr><th[^>]*>([^<]*)</th><td>([^<]*)</td></tr>", page.make().html)
    shown = {name.strip(): value for name, value in cells}
    paragraphs, quotations, passages, vouched, facts = measure(library).lines
    assert paragraphs == f"paragraphs: {shown['Paragraphs of the articles that cite']} cite"
    waiting = shown["Quotations: transcribed, not yet proven"]
    wordings = shown["Other wordings proven"]
    assert quotations == (
        f"quotations: {shown['Quotations proven']} proven, {waiting} transcribed; "
        f"other wordings: {wordings} proven"
    )
    assert passages == (
        f"passages: {shown['Other passages proven']} proven; "
        f"sources: {shown['Sources captured']} captured"
    )
    confirmed = shown["Captured sources: confirmed by another"]
    stamped, _, _ = shown["Captured sources: with a time stamp"].partition(" of ")
    archived, _, _ = shown["Captured sources: with an archived copy"].partition(" of ")
    assert vouched == (
        f"captured sources: {confirmed} confirmed by another, {stamped} with a time stamp, "
        f"{archived} with an archived copy"
    )
    assert facts == (
        f"facts: {shown['Facts: more than one independent source']} corroborated, "
        f"{shown['Facts: one independent source']} from a single source, "
        f"{shown['Facts: sources disagree']} disputed"
    )
    assert shown["Quotations: found in one report"] == "2"
    assert "Quotations: found in a transcript" not in shown


def test_the_command_prints_what_is_measured(tmp_path: Path, monkeypatch, kept: Files) -> None:
    site = copy_of("other", tmp_path)
    monkeypatch.chdir(site)
    for path in (f"{NEWS}.md", NEWS + CAPTURE, DAY + PROOF, f"{DAY}.md"):
        raw = kept[path]
        assert isinstance(raw, bytes)
        (site / path).write_bytes(raw.replace(b"speaker-one", b"ronald-reagan"))
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 0, done.output
    options = OPTIONS.model_copy(update={"main_event": "meeting", "sides": {"us": "", "ussr": ""}})
    library = examine(read_tree(site, "content", "docs"), "docs", options, site).library
    assert library is not None
    assert done.output.endswith("\n" + "\n".join(measure(library).lines) + "\n")
    assert "quotations: 1 of 2 proven, 1 transcribed" in done.output


def test_the_check_gives_no_figures_of_what_is_wrong(tmp_path: Path, monkeypatch) -> None:
    site = copy_of("other", tmp_path)
    monkeypatch.chdir(site)
    (site / "content/people/broken.md").write_text("---\nname: [\n---\n", "utf-8")
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 1
    assert "of 1 proven" not in done.output
