"""What was proven stays proven: a change beside the branch it is to be merged into, by git."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace
from summitry.checks import ledger
from summitry.content.files import read_tree
from summitry.content.library import build
from summitry.proof import capture
from summitry.tools.prover import Taking
from summitry.tools.revisions import changed_evidence, postdated
from summitry.tools.workshop import Workshop
from test_ledger import ARTICLE, CAPTURE, DAY, HARBOUR, NEWS, PROOF, TOLD, WALL, proven

ANEW = "recaptured: {on: 2025-09-01, why: The page had changed.}\n---\n"
OTHER = ARTICLE.replace("nobody will pay for it twice", "nobody is to pay for it twice")
WORDS, LONGER = "on the 14th of May", "on the 14th of May, and nobody will pay for it twice"


def git(folder: Path, *words: str, day: str = "2026-01-01") -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main"]
    env = os.environ | {
        "GIT_COMMITTER_DATE": f"{day}T12:00:00Z",
        "GIT_AUTHOR_DATE": f"{day}T12:00:00Z",
    }
    command = ["git", *who, *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=env)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("harbour")
    proven(root, HARBOUR)
    git(root, "init", "--quiet")
    git(root, "add", "content", "docs")
    git(root, "commit", "--quiet", "--message", "first")
    return root


@pytest.fixture
def site(first: Path, tmp_path: Path) -> Path:
    """The small project, proven, in a repository of its own."""
    return Path(shutil.copytree(first, tmp_path / "site"))


def told(root: Path) -> list[str]:
    """What is said of proofs, notes marked; not of captures that are new."""
    texts = read_tree(root, "content", "docs").texts
    found = changed_evidence(root, "content", "docs", "main", texts)
    return [
        f"{'note: ' if p.note else ''}{p.path}:{p.mark.line}:{p.mark.column}: {p.code}"
        for p in found
        if p.code != "capture-changed"
    ]


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def workshop(root: Path) -> Workshop:
    return Workshop(
        build(read_tree(root, "content", "docs"), "content", "docs"), root, lambda _: None
    )


def prove(root: Path, text: str = "") -> None:
    """Prove what is not, from the text kept, or after capturing another."""
    if text:
        workshop(root).capture("harbour-news", text, replace(TOLD, date="2025-09-01"))
    made = workshop(root)
    kept = made.text_of("harbour-news")
    assert kept is not None
    made.prove(list(made.library.items.values()), {"harbour-news": kept})
    made.prune(made.library.items.values())


def test_nothing_changed_is_nothing_said(site: Path) -> None:
    assert told(site) == []


def test_a_proof_that_is_gone_is_lost(site: Path) -> None:
    (site / (DAY + PROOF)).unlink()
    assert told(site) == [f"{DAY}.md:3:7: proof-lost"]
    edit(site, f"{NEWS}.md", "\n---\n", f"\n{ANEW}")
    assert told(site) == []


def test_a_passage_counts_as_a_quotation_does(site: Path) -> None:
    (site / (WALL + PROOF)).unlink()
    assert told(site) == [f"{WALL}.md:5:35: proof-lost"]


def test_marks_that_no_reader_of_words_sees_lose_nothing(site: Path) -> None:
    edit(site, f"{DAY}.md", "on the 14th", "on the  14th")
    assert told(site) == []


def test_other_words_without_a_proof_lose_one(site: Path) -> None:
    edit(site, f"{DAY}.md", WORDS, "on the 15th of May")
    (site / (DAY + PROOF)).unlink()
    assert told(site) == [f"{DAY}.md:3:7: proof-lost"]


def test_other_words_proven_in_the_old_capture_are_a_note(site: Path) -> None:
    edit(site, f"{DAY}.md", WORDS, LONGER)
    prove(site)
    assert told(site) == [f"note: {DAY}.md:3:7: proof-renewed"]


def test_other_words_proven_in_another_capture_are_refused(site: Path) -> None:
    edit(site, f"{DAY}.md", WORDS, LONGER.replace("will pay", "is to pay"))
    prove(site, OTHER)
    assert told(site) == [f"{DAY}.md:3:7: proof-replaced"]
    edit(site, f"{NEWS}.md", "\n---\n", f"\n{ANEW}")
    assert told(site) == []


def test_other_words_of_another_source_are_refused(site: Path) -> None:
    text = HARBOUR[f"{NEWS}.md"].replace("two.example", "three.example").replace("News", "Post")
    (site / "content/sources/harbour-post.md").write_text(text, "utf-8")
    workshop(site).capture(
        "harbour-post", OTHER, replace(TOLD, date="2025-09-01", url="https://three.example/day")
    )
    edit(site, f"{DAY}.md", WORDS, LONGER.replace("will pay", "is to pay"))
    edit(site, f"{DAY}.md", "source: harbour-news", "source: harbour-post")
    made = workshop(site)
    kept = made.text_of("harbour-post")
    assert kept is not None
    made.prove(list(made.library.items.values()), {"harbour-post": kept})
    assert told(site) == [f"{DAY}.md:3:7: proof-replaced"]
    (site / (DAY + PROOF)).unlink()
    assert told(site) == [f"{DAY}.md:3:7: proof-lost"]
    edit(site, "content/sources/harbour-post.md", "\n---\n", f"\n{ANEW}")
    assert told(site) == []


def test_a_source_more_loses_nothing(site: Path) -> None:
    text = HARBOUR[f"{NEWS}.md"].replace("two.example", "three.example").replace("News", "Post")
    (site / "content/sources/harbour-post.md").write_text(text, "utf-8")
    both = "[{source: harbour-news}, {source: harbour-post}]"
    edit(site, f"{DAY}.md", "[{source: harbour-news}]", both)
    assert told(site) == []


def test_a_capture_that_broke_loses_all_that_rested_on_it(site: Path) -> None:
    (site / (NEWS + CAPTURE)).write_text("{", "utf-8")
    lost = {line.partition(":")[0] for line in told(site) if line.endswith("proof-lost")}
    assert lost == {f"{DAY}.md", "content/quotes/harbour-winter.md", f"{WALL}.md"}


def test_proofs_carried_over_to_a_new_capture_are_not_lost(site: Path) -> None:
    prove(site, OTHER.replace("is to pay", "will pay").replace("both of them kept", "both kept"))
    assert told(site) == []


def test_what_is_renamed_withdrawn_or_deleted_is_not_lost(site: Path) -> None:
    for ending in (".md", PROOF):
        (site / (DAY + ending)).rename(site / f"content/quotes/other-day{ending}")
    edit(site, "content/quotes/other-day.md", "\n---\n", "\nformerly: [harbour-day]\n---\n")
    assert told(site) == []
    (site / f"content/quotes/other-day{PROOF}").unlink()
    assert told(site) == ["content/quotes/other-day.md:3:7: proof-lost"]
    gone = "\nwithdrawn: {on: 2025-09-01, why: It was wrong.}\n---\n"
    edit(site, "content/quotes/other-day.md", "\n---\n", gone)
    assert told(site) == []
    (site / "content/quotes/other-day.md").unlink()
    assert told(site) == []


def test_files_that_cannot_be_read_are_no_traceback(site: Path) -> None:
    (site / f"{DAY}.md").write_bytes(b"\xff---\nevidence: [{source: ")
    (site / (WALL + PROOF)).write_text('{"version": 1, "proofs": [{"source": "harbour', "utf-8")
    assert told(site) == [f"{WALL}.md:5:35: proof-lost"]
    git(site, "add", "content")
    git(site, "commit", "--quiet", "--message", "broken")
    for path, text in HARBOUR.items():
        (site / path).write_text(text, "utf-8")
    assert told(site) == []


MOVES = {
    "elsewhere": ("https://three.example/day", ["moved-address"]),
    "a page that looks alike": ("https://two.example.org/day", ["moved-address"]),
    "another page of the host": ("https://two.example/week", []),
    "a name of the same host": ("http://www.two.example/day", []),
}


@pytest.mark.parametrize(("url", "codes"), MOVES.values(), ids=MOVES)
def test_an_address_at_another_host(site: Path, url: str, codes: list[str]) -> None:
    edit(site, f"{NEWS}.md", "\nurl: https://two.example/day", f"\nurl: {url}")
    assert told(site) == [f"{NEWS}.md:5:6: {code}" for code in codes]
    edit(site, f"{NEWS}.md", "\n---\n", f"\n{ANEW}")
    assert told(site) == []


def test_an_address_that_is_gone(site: Path) -> None:
    edit(site, f"{NEWS}.md", "url: https://two.example/day\n", "")
    assert told(site) == [f"{NEWS}.md:1:1: moved-address"]


# Days


def days(root: Path) -> list[str]:
    kept = ledger.build(build(read_tree(root, "content", "docs"), "content", "docs")).captures
    return [f"{p.path}: {p.message}" for p in postdated(root, "content", kept)]


def test_a_capture_dated_after_its_commit(site: Path) -> None:
    assert days(site) == []
    path = site / (NEWS + CAPTURE)
    (one,) = capture.load(path.read_bytes(), "harbour-news")
    later = replace(one, date="2026-01-03")
    path.write_text(capture.dump([later, one]), "utf-8")
    assert days(site) == []  # it is not committed yet
    git(site, "commit", "--quiet", "--all", "--message", "later", day="2026-01-02")
    said = f"{NEWS}{CAPTURE}: the capture is dated 2026-01-03, after its commit of 2026-01-02"
    assert days(site) == [said]
    path.write_text(capture.dump([replace(later, confirmed_on=("2026-02-01",)), one]), "utf-8")
    git(site, "commit", "--quiet", "--all", "--message", "seen again", day="2026-02-02")
    assert days(site) == [said]  # when it came is what counts


def test_days_are_not_looked_at_where_git_knows_nothing(site: Path) -> None:
    shutil.rmtree(site / ".git")
    assert days(site) == []


def test_who_took_it_does_not_matter_for_the_day(site: Path) -> None:
    told = Taking(date="2025-12-31T23:00:00Z", method="pasted", by="B.", url=TOLD.url)
    workshop(site).capture("harbour-news", OTHER, told)
    git(site, "commit", "--quiet", "--all", "--message", "next", day="2025-12-31")
    assert days(site) == []
