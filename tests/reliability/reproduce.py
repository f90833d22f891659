"""The same commit, built as differently as can be: `make reproduce` compares every byte.

Clones of the repository are built in folders of other names, in other zones and languages, with
other seeds of hashes, on another day, with files in another order, on one processor and on all,
with a cold cache and a warm one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from running import ROOT, digests

SITE = {"SITE_URL": "https://example.org/some/path/", "NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True)
class Way:
    """A way to build: what is other in it, its environment, and words before the command."""

    name: str
    folder: str
    environment: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    warm: bool = False


def ways() -> list[Way]:
    """The ways that this machine can build in. The first is what the others are compared with."""
    alone = ("taskset", "-c", "0") if shutil.which("taskset") else ()
    later = ("faketime", "-f", "+40d") if shutil.which("faketime") else ()
    far = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4711"}
    near = {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    found = [
        Way("as it is", "one", near),
        Way("another zone, locale, hash seed, path and order of files", "ein Ort/zwei", far),
        Way("one processor, a warm cache", "ein Ort/zwei", {"PYTHONHASHSEED": "1"}, alone, True),
    ]
    if later:
        found.append(Way("another day", "one", near, later, True))
    return found


def clone(folder: Path) -> None:
    """A clone of the repository's last commit, its files written in another order than git's."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder)], check=True)
    for path in sorted((folder / "content").rglob("*.md"), reverse=True):
        raw = path.read_bytes()
        path.unlink()
        path.write_bytes(raw)


def built(way: Way, root: Path) -> dict[str, str]:
    """The digests of a site that was built in a way."""
    project = root / way.folder
    if not project.exists():
        clone(project)
    shutil.rmtree(project / "site", ignore_errors=True)
    if not way.warm:
        shutil.rmtree(project / ".cache", ignore_errors=True)
    mkdocs = str(Path(sys.executable).parent / "mkdocs")
    environment = {**os.environ, **SITE, **way.environment}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [*way.before, mkdocs, "build", "-q"]
    subprocess.run(command, cwd=project, env=environment, check=True)
    return digests(project / "site")


def compare() -> tuple[int, list[str]]:
    """How many files differ from the first way's in any other, and what was found in words."""
    said, every = list[str](), 0
    with tempfile.TemporaryDirectory(prefix="summitry-") as name:
        first, *others = ways()
        expected = built(first, Path(name))
        for way in others:
            found = built(way, Path(name))
            differing = sorted(
                path for path in {*expected, *found} if expected.get(path) != found.get(path)
            )
            every += len(differing)
            said.append(f"{way.name}: {len(differing)} of {len(found)} files differ")
            said += [f"  {path}" for path in differing[:10]]
    if len(ways()) < 4:
        said.append("another day: not tried, faketime is missing")
    return every, said


if __name__ == "__main__":
    count, lines = compare()
    print("\n".join(lines))
    sys.exit(1 if count else 0)
