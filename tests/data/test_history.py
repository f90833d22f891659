"""What git knows of files, by a real git."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from summitry.data import history
from summitry.data.history import UNKNOWN, History, NoGitError, git, last_commit, read


class Repository:
    """A repository whose commits are made on days that a test chooses."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet")

    def git(self, *words: str, when: str = "2025-08-16T12:00:00Z") -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main"]
        dated = os.environ | {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        done = subprocess.run(["git", *who, *words], cwd=self.root, env=dated, capture_output=True)
        assert done.returncode == 0, done.stderr

    def commit(self, when: str, **files: str | None) -> None:
        for name, text in files.items():
            path = self.root / name.replace("__", "/")
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "m", when=when)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_files_are_added_and_changed_on_days_in_utc(repository: Repository) -> None:
    repository.commit("2025-08-15T20:00:00-08:00", content__a="1", content__b="1", other="1")
    repository.commit("2025-08-17T12:00:00Z", content__a="2", other="2")
    found = read(repository.root, ["content", "docs"])
    assert found.days == {
        date(2025, 8, 17): {"content/a": False},
        date(2025, 8, 16): {"content/a": True, "content/b": True},
    }
    assert found.changed(["content/a"]) == date(2025, 8, 17)
    assert found.changed(["content/b", "content/none"]) == date(2025, 8, 16)
    assert found.changed(["content/none"]) is None
    assert len(found.commit) == 40


def test_a_file_added_and_changed_on_one_day_was_added(repository: Repository) -> None:
    repository.commit("2025-08-16T10:00:00Z", content__a="1")
    repository.commit("2025-08-16T11:00:00Z", content__a="2")
    assert read(repository.root, ["content"]).days == {date(2025, 8, 16): {"content/a": True}}


def test_a_file_that_came_back_was_added_when_it_came_back(repository: Repository) -> None:
    repository.commit("2025-08-16T10:00:00Z", content__a="1", content__b="1")
    repository.commit("2025-08-17T10:00:00Z", content__a=None)
    repository.commit("2025-08-18T10:00:00Z", content__a="3")
    repository.commit("2025-08-19T10:00:00Z", content__b=None)
    assert read(repository.root, ["content"]).days == {date(2025, 8, 18): {"content/a": True}}


def test_a_project_below_the_top_of_its_repository(repository: Repository) -> None:
    repository.commit("2025-08-16T10:00:00Z", site__content__a="1", content__b="1")
    found = read(repository.root / "site", ["content"])
    assert found.days == {date(2025, 8, 16): {"content/a": True}}


def test_names_that_git_would_quote(repository: Repository) -> None:
    repository.commit("2025-08-16T10:00:00Z", **{"docs__ж “x”\t.md": "1"})
    assert read(repository.root, ["docs"]).days == {date(2025, 8, 16): {"docs/ж “x”\t.md": True}}


def test_a_shallow_clone_knows_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2025-08-16T10:00:00Z", content__a="1")
    repository.commit("2025-08-17T10:00:00Z", content__b="1")
    address = f"file://{repository.root}"
    subprocess.run(["git", "clone", "-q", "--depth=1", address, str(tmp_path / "c")], check=True)
    assert read(tmp_path / "c", ["content"]) == UNKNOWN
    assert last_commit(tmp_path / "c") is not None


def test_outside_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert read(tmp_path, ["content"]) == UNKNOWN
    assert last_commit(tmp_path) is None
    assert UNKNOWN.changed(["content/a"]) is None


def test_before_the_first_commit_nothing_is_known(repository: Repository) -> None:
    assert read(repository.root, ["content"]) == History()


def test_without_git_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGitError):
        git(tmp_path, "log")
    assert read(tmp_path, ["content"]) == UNKNOWN
    assert last_commit(tmp_path) is None


def test_a_time_beyond_the_calendar_is_its_end() -> None:
    printed = b"\x01" + str(10**15).encode() + b"\0\nA\0content/a\0"
    assert history._days(printed) == {date.max: {"content/a": True}}


FAR = "@7000000000 +0000"  # 2191


@pytest.mark.parametrize("late", [FAR, "@99999999999 +0000"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_commit_of_a_day_to_come_leaves_nothing_known_and_its_cure_mends(
    repository: Repository, number: int, late: str
) -> None:
    days = ["2025-08-16T10:00:00Z"] * 3
    days[number] = late
    for i, day in enumerate(days):
        repository.commit(day, **{f"content__{i}": "1"})
    found = read(repository.root, ["content"])
    assert found == UNKNOWN
    assert "is dated later than today" in found.why
    assert number < 2 or last_commit(repository.root) is None
    command = found.cure.rpartition("then: git ")[2]
    who = ["git", "-c", "user.name=A", "-c", "user.email=a@a.example"]
    subprocess.run([*who, *command.split()], cwd=repository.root, check=True, capture_output=True)
    assert read(repository.root, ["content"]).why == ""
    assert last_commit(repository.root) is not None


def test_why_nothing_is_known_and_what_to_do(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = read(repository.root, ["content"])
    assert (none.why, none.cure) == ("there is no commit", "git add --all, then git commit")
    repository.commit("2025-08-16T10:00:00Z", content__a="1")
    repository.commit("2025-08-17T10:00:00Z", content__a="2")
    assert read(repository.root, ["content"]).why == ""
    (tmp_path / "bare").mkdir()
    outside = read(tmp_path / "bare", ["content"])
    assert outside.why == "there is no repository"
    assert outside.cure == "clone the repository, or: git init, git add, git commit"
    address = f"file://{repository.root}"
    subprocess.run(["git", "clone", "-q", "--depth=1", address, str(tmp_path / "c")], check=True)
    shallow = read(tmp_path / "c", ["content"])
    assert (shallow.why, shallow.cure) == ("the clone is shallow", "git fetch --unshallow")
    subprocess.run(shallow.cure.split(), cwd=tmp_path / "c", check=True, capture_output=True)
    assert read(tmp_path / "c", ["content"]).why == ""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    owned = read(repository.root, ["content"])
    assert owned.why == "the folder belongs to another user"
    assert owned.cure == f"git config --global --add safe.directory {repository.root}"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read(repository.root, ["content"]).cure == "install git"


def test_the_language_of_git_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    assert read(tmp_path, ["content"]).why == "there is no repository"
