"""What git knows of the project's files: on which days each was added and changed.

Dates of pages come from here and not from the files' own times, which a fresh clone sets anew.
Where git knows less than everything (no repository, a shallow clone, in which the oldest commit
seems to add every file, or a commit of a day to come) nothing is known, and pages carry no date
rather than a wrong one.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

_COMMIT = b"\x01"  # begins a commit in what git prints; no path can


class NoGitError(Exception):
    """Git is not installed."""


def git(root: Path, *words: str, given: bytes = b"") -> bytes:
    """What git prints on a command in the folder `root`, given some input; empty if it fails.

    Raises `NoGitError`.
    """
    return _run(root, *words, given=given).stdout


def _run(root: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        words = ("git", "-C", str(root), *words)
        env = os.environ | {"LC_ALL": "C"}
        return subprocess.run(words, input=given, capture_output=True, check=False, env=env)
    except OSError:
        raise NoGitError("git is not installed: install it") from None


@dataclass(frozen=True)
class History:
    """The days (UTC, by commit) on which files were added or changed, by path in the project.

    `days` maps a day to each path that changed on it and whether it was added then; the newest
    day comes first. A file that was deleted and came back was added when it came back.
    """

    days: Mapping[date, Mapping[str, bool]] = field(default_factory=dict)
    commit: str = ""  # the last one, where the history is known
    why: str = field(default="", compare=False)  # it is not known
    cure: str = field(default="", compare=False)

    @cached_property
    def _changed(self) -> dict[str, date]:
        found: dict[str, date] = {}
        for day, paths in self.days.items():
            for path in paths:
                found.setdefault(path, day)
        return found

    def changed(self, paths: Iterable[str]) -> date | None:
        """The last day on which any of the files changed; None where that is not known."""
        return max((d for path in paths if (d := self._changed.get(path))), default=None)


UNKNOWN = History()


def read(root: Path, folders: Sequence[str]) -> History:
    """The history of the files below some folders of the project at `root`."""
    try:
        if nothing := unknown(root):
            return nothing
        asked = ["--format=%x01%ct", "--name-status", "--no-renames", "--relative"]
        days = _days(git(root, "log", "-z", *asked, "--", *folders))
        if any(day > _tomorrow() for day in days):
            return _late(root)
        return History(days, head(root))
    except NoGitError:
        return History(why="git is not installed", cure="install git")


_OWNER = re.compile(r"git config --global --add safe\.directory (.+)")


def unknown(root: Path) -> History | None:
    """Why nothing is known, and what to do; None where everything is."""
    done = _run(root, "rev-parse", "--is-shallow-repository")
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode and (owner := _OWNER.search(said)):
        return History(why="the folder belongs to another user", cure=owner[0])
    if done.returncode:
        why = "there is no repository" if "not a git repository" in said else said.strip()
        return History(why=why, cure="clone the repository, or: git init, git add, git commit")
    if done.stdout.strip() != b"false":
        return History(why="the clone is shallow", cure="git fetch --unshallow")
    if _run(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        return History(why="there is no commit", cure="git add --all, then git commit")
    return None


def _late(root: Path) -> History:
    """Nothing, because a commit has a date to come. Rebasing dates all since the first such."""
    printed = git(root, "log", "--format=%ct %H %P").decode("ascii")
    commits = [line.split() for line in printed.splitlines()]
    name, *parents = [rest for when, *rest in commits if _day(int(when)) > _tomorrow()][-1]
    since = f"{name[:10]}^" if parents else "--root"
    cure = f"set the clock right, then: git rebase --force-rebase {since}"
    return History(why=f"the commit {name[:10]} is dated later than today", cure=cure)


def _tomorrow() -> date:
    return datetime.now(UTC).date() + timedelta(days=1)


def _days(printed: bytes) -> dict[date, dict[str, bool]]:
    """Read `git log -z --name-status`: a time for each commit, then statuses and paths in turn."""
    found: dict[date, dict[str, bool]] = {}
    gone: set[str] = set()  # met as deleted, seen from now: what was before is another file's
    paths: dict[str, bool] = {}
    parts = iter(printed.split(b"\0"))
    for part in parts:
        if part.startswith(_COMMIT):
            paths = found.setdefault(_day(int(part[1:])), {})
            continue
        status = part.strip()
        if not status:
            continue
        path = next(parts).decode("utf-8", "replace")
        if path in gone:
            continue
        if status != b"D":
            paths[path] = paths.get(path, False) or status == b"A"
        if status in (b"A", b"D"):
            gone.add(path)
    return dict(sorted(((d, p) for d, p in found.items() if p), reverse=True))


def _day(seconds: int) -> date:
    """The day of a commit, whose time can be any number; one beyond the calendar is its end."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, OSError, ValueError):
        return date.max


def marks_of_commits(root: Path) -> list[Path]:
    """What git writes with each commit: a line in its log first, then the branch, or HEAD."""
    try:
        said = git(root, "rev-parse", *_asked("logs/HEAD", "refs/heads", "HEAD"))
    except NoGitError:
        return []
    found = [root / os.fsdecode(name) for name in said.split(b"\n") if name]
    return [path for path in found if path.exists()]


def _asked(*names: str) -> list[str]:
    return [part for name in names for part in ("--git-path", name)]


def head(root: Path) -> str:
    """The name of the last commit; "" where that is not known."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", "HEAD").decode("ascii").strip()
    except NoGitError:
        return ""


def last_commit(root: Path) -> int | None:
    """When the last commit was made, in seconds since 1970; None where that is not known."""
    try:
        said = git(root, "log", "-1", "--format=%ct").strip()
    except NoGitError:
        return None
    known = said.isdigit() and _day(int(said)) <= _tomorrow()
    return int(said) if known else None
