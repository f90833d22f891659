"""What git knows: how evidence differs from the branch that a change is to be merged into.

A capture is believed because somebody reviewed it; so a review must see each that changed. And
what was proven stays proven: a change that takes evidence away fails, unless the source says
why in `recaptured`, and says so in this change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from summitry.checks import ledger
from summitry.checks.judging import CAPTURE, PROOF
from summitry.content.files import Tree
from summitry.content.kinds import Source
from summitry.content.library import Library, build
from summitry.content.problems import START, Mark, Problem
from summitry.data.history import NoGitError, git, unknown
from summitry.proof import capture, records
from summitry.proof.capture import Capture
from summitry.proof.records import RecordError
from summitry.tools.ratchet import Side, lost_proofs

_DIGEST = re.compile(r'"digest"\s*:\s*"([\w-]{43})"')
_HOST = re.compile(r"^(?:www|m|mobile|amp)\.")


class NoBranchError(Exception):
    """The base branch cannot be read; the message says why."""


class _Excuses(Struct, frozen=True):
    """The sources that say, in this change, why they were captured anew."""

    sources: frozenset[str]

    def __contains__(self, source: str) -> bool:
        return source in self.sources


def changed_evidence(
    root: Path, content_dir: str, docs_dir: str, base: str, texts: dict[str, bytes]
) -> list[Problem]:
    """How evidence differs from a branch or commit: notes, and problems where it got weaker.

    `texts` are the bytes of the project's files as they are now. Raises NoBranchError.
    """
    before = files_at(root, content_dir, base)
    now = {path: raw for path, raw in texts.items() if path.startswith(f"{content_dir}/")}
    touched = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    if not touched:
        return []
    old, new = (_side(files, touched, content_dir, docs_dir) for files in (before, now))
    excused = _Excuses(frozenset(_recaptured(old.library, new.library)))
    found = [*_captures(before, now, touched, f"{content_dir}/sources/", excused)]
    found += _moved(old.library, new.library, excused)
    found += lost_proofs(old, new, excused.sources)
    return sorted(found)


def files_at(root: Path, content_dir: str, base: str) -> dict[str, bytes]:
    """The files of the content as a branch or commit has them, by path. Raises NoBranchError."""
    every = blobs_at(root, content_dir, base)
    blobs = {path: name for path, name in every.items() if path.endswith((".md", ".json"))}
    return dict(zip(blobs, _contents(root, list(blobs.values())), strict=True))


def blobs_at(root: Path, folder: str, base: str) -> dict[str, str]:
    """The names that git has for files as a branch or commit has them, by path.

    Raises NoBranchError.
    """
    start = commit_of(root, base)
    listed = _git(root, "ls-tree", "-r", "-z", start, f"{folder}/").split(b"\0")
    blobs: dict[str, str] = {}
    for line in listed:
        head, _, path = line.partition(b"\t")
        kind = head.split(b" ")
        if len(kind) == 3 and kind[1] == b"blob":
            blobs[path.decode("utf-8", "replace")] = kind[2].decode("ascii")
    return blobs


def commit_of(root: Path, base: str) -> str:
    """The commit that a branch or commit is. Raises NoBranchError."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}")
    if len(commit.split()) != 1:  # none, or a range
        why = unknown(root)
        more = f" ({why.why}): {why.cure}" if why else ""
        raise NoBranchError(f"there is no branch or commit {base} here{more}")
    return commit.decode("ascii").strip()


def changed_since(root: Path, start: str) -> set[str]:
    """The files of the project that differ from a commit, new ones too. Raises NoBranchError."""
    told = _git(root, "diff", "--name-only", "--relative", "-z", start, "--", ".")
    told += _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return {path.decode("utf-8", "replace") for path in told.split(b"\0") if path}


def forked_at(root: Path, base: str) -> str:
    """The commit at which this one left a branch; the branch's last one where that is unknown.

    Raises NoBranchError.
    """
    tip = commit_of(root, base)
    return _git(root, "merge-base", "HEAD", tip).decode("ascii").strip() or tip


def _contents(root: Path, names: list[str]) -> Iterator[bytes]:
    """The bytes of blobs, asked for at once."""
    raw, at = _git(root, "cat-file", "--batch", given="\n".join(names).encode("ascii")), 0
    for _ in names:
        end = raw.find(b"\n", at)
        kind = raw[at:end].split(b" ")
        if end < 0 or len(kind) != 3:
            raise NoBranchError("git does not have its files here: git fetch --refetch")
        size = int(kind[2])
        yield raw[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _side(files: dict[str, bytes], touched: set[str], content_dir: str, docs_dir: str) -> Side:
    """What the touched files and the records beside them prove, on one side of a change."""
    stems = {_stem(path) for path in touched}
    sources = {stem.rpartition("/")[2] for stem in stems if _of_source(stem, content_dir)}
    for path, raw in files.items():  # what rests on a source that was touched
        if path.endswith(PROOF) and sources & set(_named(raw)):
            stems.add(_stem(path))
    for stem in [*stems]:
        named = _named(files.get(stem + PROOF, b"")) | _cited(files.get(f"{stem}.md", b""))
        stems |= {f"{content_dir}/sources/{name}" for name in named}
    kept = {path: raw for path, raw in files.items() if _stem(path) in stems}
    library = build(Tree(dict(sorted(kept.items()))), content_dir, docs_dir)
    return Side(library, ledger.build(library))


def _stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _of_source(stem: str, content_dir: str) -> bool:
    return stem.startswith(f"{content_dir}/sources/")


def _named(raw: bytes) -> set[str]:
    """The sources that a file of proofs names."""
    return {name.decode() for name in re.findall(rb'"source"\s*:\s*"([a-z0-9-]+)"', raw)}


def _cited(raw: bytes) -> set[str]:
    """The sources that the front matter of an entity names."""
    return {name.decode() for name in re.findall(rb"source:\s*[\"']?([a-z0-9-]+)", raw)}


# What the change says


def _recaptured(old: Library, new: Library) -> Iterator[str]:
    """The sources whose `recaptured` is new or says something else than before."""
    for item in new.of_kind("sources"):
        before = old.items.get(item.ref)
        said = item.entity.recaptured if isinstance(item.entity, Source) else None
        known = before.entity.recaptured if before and isinstance(before.entity, Source) else None
        if said and (not known or (said.on.text, str(said.why)) != (known.on.text, str(known.why))):
            yield item.ref.id


def _moved(old: Library, new: Library, excused: _Excuses) -> Iterator[Problem]:
    """Sources whose address is at another host."""
    for item in new.of_kind("sources"):
        before = old.items.get(item.ref)
        if not before or not isinstance(before.entity, Source):
            continue
        was = before.entity.url or ""
        now = (item.entity.url or "") if isinstance(item.entity, Source) else ""
        if not was or _host(was) == _host(now) or item.ref.id in excused:
            continue
        mark = item.document.marks.value(("url",)) if now else START
        message = (
            f"url: the base branch has it at {_host(was)}, not at {_host(now) or 'no address'}"
        )
        hint = (
            f"restore {was}, or capture it anew and say why: "
            "recaptured: {on: DAY OF THE CAPTURE, why: …}"
        )
        yield Problem(item.path, mark, "moved-address", message, hint)


def _host(url: str) -> str:
    return _HOST.sub("", (urlsplit(url).hostname or "").rstrip("."))


# Captures


def _captures(
    before: dict[str, bytes],
    now: dict[str, bytes],
    touched: set[str],
    folder: str,
    excused: _Excuses,
) -> Iterator[Problem]:
    """A note for each capture that is new; a problem for each that is not what it was."""
    for path in sorted(touched):
        if not (path.startswith(folder) and path.endswith(CAPTURE)):
            continue
        name = path.removeprefix(folder).removesuffix(CAPTURE)
        said, weaker = difference(name, before.get(path, b""), now.get(path, b""))
        beside = f"{path.removesuffix(CAPTURE)}.md"
        if weaker and name not in excused and beside in now:
            hint = (
                "restore it as it was (a new capture stands beside the old one), or say why in "
                f"{beside}: recaptured: {{on: DAY OF THE CAPTURE, why: …}}"
            )
            line = _line(now.get(path, b""), weaker)
            mark = Mark(line, 1)
            yield Problem(path if path in now else beside, mark, "old-capture", said, hint)
            continue
        hint = "compare it with the source before it is merged"
        yield Problem(path, START, "capture-changed", said, hint, note=True)


def _line(raw: bytes, dates: list[str]) -> int:
    """The line of the first capture that changed, where it is still there."""
    content = raw.decode("utf-8", "replace")
    at = content.find(f'"{dates[0]}"')
    return content.count("\n", 0, at) + 1 if at >= 0 else 1


def difference(name: str, old: bytes, new: bytes) -> tuple[str, list[str]]:
    """What differs, and the dates of the captures that are gone or are not what they were."""
    if not old:
        return "this capture is new: the base branch does not have it", []
    try:
        before = {one.date: one for one in capture.load(old, name)}
    except RecordError:
        return "this capture differs from the base branch", []
    if not new:
        return "this capture is gone: the base branch has it", list(before)
    try:
        after = {one.date: one for one in capture.load(new, name)}
    except RecordError:
        return "this capture differs from the base branch", []
    said = [f"new: {date}" for date in after if date not in before]
    gone = [date for date in before if date not in after]
    said += [f"gone: {date}" for date in gone]
    kept = [date for date in after if date in before]
    said += [
        f"changed: {date}{_where(before[date], after[date])}"
        for date in kept
        if before[date] != after[date]
    ]
    weaker = [
        d for d in kept if before[d].digest != after[d].digest or _forgets(before[d], after[d])
    ]
    told = "; ".join(said) or "in their form"
    return f"the captures differ from the base branch ({told})", [*weaker, *gone]


def _forgets(before: Capture, after: Capture) -> bool:
    """Whether a day on which a page was seen again, the same or changed, is not told any more."""
    known = {*before.confirmed_on, *before.changed_on}
    return not known <= {*after.confirmed_on, *after.changed_on}


def _where(before: Capture, after: Capture) -> str:
    numbers = after.missing_from(before)
    return f", paragraph {', '.join(map(str, numbers))}" if numbers else ""


# Days


def postdated(root: Path, content_dir: str, captures: dict[str, list[Capture]]) -> list[Problem]:
    """A problem for each capture dated after the commit (UTC) that brought it.

    Nothing where git does not know the whole history.
    """
    try:
        if unknown(root):
            return []
        asked = ["--format=%x01%ct", "--relative", "--unified=0", "--no-color", "--no-ext-diff"]
        printed = git(root, "log", "-p", *asked, "--", f"{content_dir}/sources/*{CAPTURE}")
    except NoGitError:
        return []
    brought = _brought(printed.decode("utf-8", "replace"))
    found = []
    for name, kept in sorted(captures.items()):
        for one in kept:
            day = brought.get(records.encode(one.digest), "9999")
            if one.date[:10] > day:
                message = f"the capture is dated {one.date}, after its commit of {day}"
                hint = "remove it and make it again, by a right clock: summitry capture"
                path = f"{content_dir}/sources/{name}{CAPTURE}"
                found.append(Problem(path, START, "impossible-day", message, hint))
    return found


def _brought(printed: str) -> dict[str, str]:
    """The day of the first commit that added each digest of a capture."""
    found: dict[str, str] = {}
    day = ""
    for line in printed.split("\n"):
        if line.startswith("\x01"):
            day = _day(line[1:])
        elif line.startswith("+") and (match := _DIGEST.search(line)):
            found[match[1]] = min(day, found.get(match[1], day))
    return found


def _day(seconds: str) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        return "9999"


def _git(root: Path, *words: str, given: bytes = b"") -> bytes:
    try:
        return git(root, *words, given=given)
    except NoGitError as error:
        raise NoBranchError(str(error)) from None
