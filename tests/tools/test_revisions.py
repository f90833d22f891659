"""Which captures differ from the branch that a change is to be merged into, by a real git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from running import SITES, copy_of
from summitry.content.problems import Problem
from summitry.proof import capture
from summitry.proof.capture import Capture, CapturedParagraph
from summitry.tools.cli import main
from summitry.tools.revisions import NoBranchError, changed_evidence

PATH = "content/sources/sample-report.capture.json"
SOURCE = "content/sources/sample-report.md"
ONE = Capture(
    source="sample-report",
    date="2025-08-16",
    method="pasted",
    extractor="",
    url="",
    by="A. Reader",
    extent="whole",
    paragraphs=(
        CapturedParagraph(4),
        CapturedParagraph(15, bytes(32)),
        CapturedParagraph(12, b"\xff" * 32),
    ),
)
TWO = replace(
    ONE, date="2025-09-01", paragraphs=(*ONE.paragraphs[:2], CapturedParagraph(30, b"\x01" * 32))
)


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a site in a repository of its own, with a capture on the branch `main`."""
    copied = copy_of("other", tmp_path)
    shutil.rmtree(copied / ".cache", ignore_errors=True)
    monkeypatch.chdir(copied)
    write(copied, ONE)
    git(copied, "init", "--quiet")
    git(copied, "add", "--all")
    git(copied, "commit", "--quiet", "--message", "first")
    return copied


def write(root: Path, *captures: Capture, path: str = PATH) -> None:
    (root / path).write_text(capture.dump(captures), "utf-8")


def texts(root: Path) -> dict[str, bytes]:
    files = sorted(path for path in (root / "content").rglob("*.*") if path.suffix != ".png")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def found(root: Path, base: str = "main") -> list[Problem]:
    return changed_evidence(root, "content", "docs", base, texts(root))


def noted(root: Path, base: str = "main") -> dict[str, str]:
    """What is said as notes, by path; nothing else may be said."""
    kept = found(root, base)
    assert all(p.note and p.code == "capture-changed" and p.mark == (1, 1) for p in kept)
    assert all(p.hint == "compare it with the source before it is merged" for p in kept)
    return {problem.path: problem.message for problem in kept}


def refused(root: Path, base: str = "main") -> list[str]:
    """What fails, with its place."""
    return [
        f"{p.path}:{p.mark.line}:{p.mark.column}: {p.code}: {p.message}"
        for p in found(root, base)
        if not p.note
    ]


def test_nothing_changed_is_nothing_said(site: Path) -> None:
    assert noted(site) == {}


def test_a_new_capture(site: Path) -> None:
    path = "content/sources/sample-record.capture.json"
    write(site, replace(ONE, source="sample-record"), path=path)
    assert noted(site) == {path: "this capture is new: the base branch does not have it"}


def test_a_capture_that_is_gone(site: Path) -> None:
    (site / PATH).unlink()
    beside = PATH.replace(".capture.json", ".md")
    said = "old-capture: this capture is gone: the base branch has it"
    assert refused(site) == [f"{beside}:1:1: {said}"]
    (site / beside).unlink()  # with its source: nothing is left to be wrong about
    assert noted(site) == {PATH: "this capture is gone: the base branch has it"}


CHANGES = {
    "another in its place": ([TWO], "new: 2025-09-01; gone: 2025-08-16", 1),
    "a paragraph": (
        [replace(ONE, paragraphs=TWO.paragraphs)], "changed: 2025-08-16, paragraph 3", 2
    ),
    "who took it": ([replace(ONE, by="B. Reader")], "changed: 2025-08-16", 2),
    "and one more": ([TWO, replace(ONE, by="B.")], "new: 2025-09-01; changed: 2025-08-16", 3),
}  # fmt: skip
GROWN = {
    "one more": ([TWO, ONE], "new: 2025-09-01"),
    "a day on which it was seen": (
        [replace(ONE, confirmed_on=("2025-09-01",))], "changed: 2025-08-16"
    ),
}  # fmt: skip
ANEW = "recaptured: {on: 2025-09-01, why: The page had moved.}\n---\n"


@pytest.mark.parametrize(("captures", "said"), GROWN.values(), ids=GROWN)
def test_what_is_new_is_said(site: Path, captures: list[Capture], said: str) -> None:
    write(site, *captures)
    assert noted(site) == {PATH: f"the captures differ from the base branch ({said})"}


@pytest.mark.parametrize(("captures", "said", "line"), CHANGES.values(), ids=CHANGES)
def test_an_old_capture_that_changed_is_refused(
    site: Path, captures: list[Capture], said: str, line: int
) -> None:
    write(site, *captures)
    told = f"the captures differ from the base branch ({said})"
    assert refused(site) == [f"{PATH}:{line}:1: old-capture: {told}"]
    add(site, ANEW)
    assert noted(site) == {PATH: told}


def test_a_day_that_is_told_no_more_is_refused(site: Path) -> None:
    write(site, replace(ONE, changed_on=("2025-09-01",)))
    commit(site)
    write(site, ONE)
    (told,) = refused(site)
    assert told.startswith(f"{PATH}:2:1: old-capture: ")


def test_what_an_earlier_change_said_excuses_nothing(site: Path) -> None:
    add(site, ANEW)
    commit(site)
    write(site, replace(ONE, by="B. Reader"))
    assert len(refused(site)) == 1
    add(site, ANEW, "2025-09-01", "2025-09-02")
    assert refused(site) == []


def add(site: Path, more: str, *change: str, path: str = SOURCE) -> None:
    """Add to the front matter of a file, or change something in it."""
    text = (site / path).read_text("utf-8")
    new = text.replace(*change) if change else text.replace("\n---\n", f"\n{more}", 1)
    assert new != text
    (site / path).write_text(new, "utf-8")


def commit(site: Path) -> None:
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "next")


def test_another_form_of_the_same_is_said_too(site: Path) -> None:
    (site / PATH).write_bytes((site / PATH).read_bytes() + b"\n")
    said = "the captures differ from the base branch (in their form)"
    assert noted(site) == {PATH: said}


def test_a_capture_that_cannot_be_read_is_only_said_to_differ(site: Path) -> None:
    (site / PATH).write_text("{", "utf-8")
    assert noted(site) == {PATH: "this capture differs from the base branch"}
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "broken")
    write(site, ONE)
    assert noted(site) == {PATH: "this capture differs from the base branch"}
    assert noted(site, "main~1") == {}


def test_a_site_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    shutil.copytree(SITES / "other" / "content", tmp_path / "pages" / "content")
    write(tmp_path / "pages", ONE)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "first")
    assert noted(tmp_path / "pages") == {}
    write(tmp_path / "pages", TWO, ONE)
    assert noted(tmp_path / "pages") == {
        PATH: "the captures differ from the base branch (new: 2025-09-01)"
    }


@pytest.mark.parametrize("base", ["no-such-branch", "main:content", "-h", "--all", "a b", ""])
def test_a_branch_that_is_not_there(site: Path, base: str) -> None:
    with pytest.raises(NoBranchError) as caught:
        noted(site, base)
    assert str(caught.value) == f"there is no branch or commit {base} here"


def test_no_repository_has_no_branch(tmp_path: Path) -> None:
    with pytest.raises(NoBranchError, match="there is no branch or commit main here"):
        changed_evidence(tmp_path, "content", "docs", "main", {})


def check(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", *words])
    assert isinstance(done.exception, SystemExit | None)
    return done.exit_code, done.output


def test_the_check_names_captures_that_differ_from_a_branch(site: Path) -> None:
    write(site, TWO, ONE)
    code, said = check("--base", "main")
    assert code == 0
    line = f"{PATH}:1:1: note: the captures differ from the base branch (new: 2025-09-01)"
    line += " [capture-changed]\n"
    assert f"{line}  fix: compare it with the source before it is merged\n" in said
    assert "capture" not in check()[1].partition("paragraphs: ")[0]
    assert f"::notice file={PATH},line=1,col=1::the captures differ" in check(
        "--base", "main", "--format", "github"
    )[1]  # fmt: skip


def test_the_check_of_a_branch_that_is_not_there_is_a_message(site: Path) -> None:
    said = "Error: --base: there is no branch or commit elsewhere here\n"
    assert check("--base", "elsewhere") == (1, said)
