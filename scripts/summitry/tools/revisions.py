"""What git knows: which captures differ from the branch that a change is to be merged into.

A capture is believed because somebody reviewed it; so a review must see each that changed.
"""

from __future__ import annotations

from pathlib import Path

from summitry.checks.ledger import CAPTURE
from summitry.content.problems import START, Problem
from summitry.data.history import NoGitError, git, unknown
from summitry.proof import capture
from summitry.proof.capture import Capture
from summitry.proof.records import RecordError


class NoBranchError(Exception):
    """The base branch cannot be read; the message says why."""


def changed_captures(
    root: Path, content_dir: str, base: str, texts: dict[str, bytes]
) -> list[Problem]:
    """A note for each capture that the base branch does not have, or has otherwise."""
    folder = f"{content_dir}/sources"
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}")
    if not commit.strip():
        why = unknown(root)
        more = f" ({why.why}): {why.cure}" if why else ""
        raise NoBranchError(f"there is no branch or commit {base} here{more}")
    start = commit.decode("ascii").strip()
    listed = _git(root, "ls-tree", "-z", "--name-only", start, f"{folder}/").decode("utf-8")
    before = {name for name in listed.split("\0") if name.endswith(CAPTURE)}
    now = {path for path in texts if path.startswith(f"{folder}/") and path.endswith(CAPTURE)}
    notes = []
    for path in sorted(before | now):
        old = _git(root, "show", f"{start}:./{path}") if path in before else b""
        if said := _difference(path, old, texts.get(path, b"")):
            hint = "compare it with the source before it is merged"
            notes.append(Problem(path, START, "capture-changed", said, hint, note=True))
    return notes


def _difference(path: str, old: bytes, new: bytes) -> str:
    if old == new:
        return ""
    if not old:
        return "this capture is new: the base branch does not have it"
    if not new:
        return "this capture is gone: the base branch has it"
    name = path.rpartition("/")[2].removesuffix(CAPTURE)
    try:
        before = {one.date: one for one in capture.load(old, name)}
        after = {one.date: one for one in capture.load(new, name)}
    except RecordError:
        return "this capture differs from the base branch"
    said = [f"new: {date}" for date in after if date not in before]
    said += [f"gone: {date}" for date in before if date not in after]
    said += [
        f"changed: {date}{_where(before[date], after[date])}"
        for date in after
        if date in before and before[date] != after[date]
    ]
    return f"the captures differ from the base branch ({'; '.join(said) or 'in their form'})"


def _where(before: Capture, after: Capture) -> str:
    numbers = after.missing_from(before)
    return f", paragraph {', '.join(map(str, numbers))}" if numbers else ""


def _git(root: Path, *words: str) -> bytes:
    try:
        return git(root, *words)
    except NoGitError as error:
        raise NoBranchError(str(error)) from None
