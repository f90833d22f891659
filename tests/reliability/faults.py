"""Faults on purpose: what a build leaves when a change to the disk fails or is its last.

Whatever happens, the published site is the old one or the new one, whole; the project's own files
are untouched; nothing ends in a traceback; and the next build makes the new site.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from running import ROOT, copy_of, digests

FAULTY = Path(__file__).with_name("faulty.py")
HOWS = ("full", "denied", "kill")
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1755259200"}
QUOTE = "content/quotes/sample-words.md"
_STAND = (".site-new", ".site-old", ".site.lock")  # `.site-gone` goes with the next new site


def build(project: Path, number: int = 0, how: str = "full") -> tuple[int, str, list[str]]:
    """Build in a process in which a change goes wrong: its exit code, its words, its changes."""
    note = project.with_name(f"{project.name}.note")
    command = [sys.executable, str(FAULTY), str(number), how, str(note), "mkdocs", "build"]
    done = subprocess.run(
        command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr, note.read_text("utf-8").splitlines()


@dataclass
class Trial:
    """A project whose site was published and has changed since, kept to begin from again."""

    kept: Path
    old: dict[str, str]
    new: dict[str, str]
    sources: dict[str, str]
    changes: list[str]
    """What a build changes on the disk, in its order."""

    @classmethod
    def prepare(cls, folder: Path) -> Trial:
        """Publish the other site, change a quotation, and see what the next build does."""
        kept = copy_of("other", folder)
        assert build(kept)[0] == 0
        old = digests(kept / "site")
        quote = kept / QUOTE
        quote.write_text(quote.read_text("utf-8").replace("these words", "those words"), "utf-8")
        sources = {name: one for name, one in digests(kept).items() if _is_source(name)}
        trial = cls(kept, old, {}, sources, [])
        done, said, trial.changes = build(project := trial._again(folder / "new"))
        assert done == 0, said
        trial.new = digests(project / "site")
        assert trial.new != old
        return trial

    def _again(self, folder: Path) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.kept, folder / "project", symlinks=True)
        return folder / "project"

    def at(self, folder: Path, number: int, how: str) -> list[str]:
        """What is wrong after the `number`-th change of a build went wrong."""
        project = self._again(folder)
        code, said, _ = build(project, number, how)
        found = [] if how == "kill" or "Traceback" not in said else [f"a traceback: {said[-600:]}"]
        found += self.wrong(project)
        code, said, _ = build(project)
        if code:
            found.append(f"the next build fails: {said[-600:]}")
        elif digests(project / "site") != self.new:
            found.append("the next build does not make the new site")
        if left := left_over(project):
            found.append(f"the next build leaves {left}")
        shutil.rmtree(folder)
        name = self.changes[number - 1] if number <= len(self.changes) else "nothing"
        return [f"{how} at change {number} ({name}): {one}" for one in found]

    def wrong(self, project: Path) -> list[str]:
        """What is wrong with a project's site and sources, whatever happened to a build."""
        found = []
        site = digests(project / "site") if (project / "site").is_dir() else {}
        if site not in (self.old, self.new):
            found.append("the site is neither the old one nor the new one")
        if {n: one for n, one in digests(project).items() if _is_source(n)} != self.sources:
            found.append("the project's own files have changed")
        return found

    def many(self, folder: Path, trials: list[tuple[int, str]]) -> Iterator[str]:
        """Several trials, on two cores."""
        with ThreadPoolExecutor(2) as pool:
            made = [
                pool.submit(self.at, folder / f"{how}-{number}", number, how)
                for number, how in trials
            ]
            for one in made:
                yield from one.result()

    def together(self, folder: Path, count: int) -> list[str]:
        """What is wrong after several builds of one project at the same time."""
        project = self._again(folder)
        command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q"]
        running = [
            subprocess.Popen(
                command,
                cwd=project,
                env=ENVIRONMENT,
                text=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            for _ in range(count)
        ]
        found = []
        for one in running:
            said = one.communicate()[1]
            if one.returncode and "another build is writing" not in said:
                found.append(f"one of {count} builds: {said[-300:]}")
        found += self.wrong(project)
        if digests(project / "site") != self.new:
            found.append(f"{count} builds at once do not make the new site")
        return found

    def with_cache(self, folder: Path, seed: int) -> list[str]:
        """What is wrong after a build with a cache of which half is lost, cut short or other."""
        project, chance = self._again(folder), random.Random(seed)
        for path in sorted(path for path in (project / ".cache").rglob("*") if path.is_file()):
            damage = chance.choice([None, None, *_DAMAGES])
            if damage and not (path.suffix == ".sqlite" and _other_rows(path, chance)):
                damage(path)
        return self._all_new(project, f"cache {seed}")

    def with_cache_of_other_code(self, folder: Path) -> list[str]:
        """What is wrong after a build with a cache that another version of the program filled."""
        project, other = self._again(folder), folder / "other"
        for name in ("scripts", "overrides"):
            shutil.copytree(ROOT / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
        for path in [*(other / "scripts").rglob("*.py"), *(other / "overrides").rglob("*.html")]:
            text = path.read_text("utf-8")
            path.write_text(text.replace("</footer>", "Another version.</footer>") + "\n", "utf-8")
        env = {**ENVIRONMENT, "PYTHONPATH": str(other / "scripts")}
        command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q"]
        subprocess.run(command, cwd=project, env=env, check=True)
        page = (project / "site" / "index.html").read_text("utf-8")
        found = [] if "Another version." in page else ["the other version did not build"]
        return found + self._all_new(project, "the cache of another version")

    def _all_new(self, project: Path, name: str) -> list[str]:
        """What is wrong with the next build, which has to make the new site."""
        code, said, _ = build(project)
        same = code == 0 and "Traceback" not in said and digests(project / "site") == self.new
        return [] if same else [f"{name}: {said[-600:] if code else 'another site is made'}"]


_DAMAGES: tuple[Callable[[Path], object], ...] = (
    Path.unlink,
    lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"{}"),
    lambda path: path.write_bytes(b'[1, "two", null]'),
    lambda path: path.write_bytes(path.read_bytes()[::-1]),
)
# As another version could have left them: other types, other columns, another table.
_ROWS = (
    "UPDATE rows SET said = 5",
    "UPDATE rows SET said = NULL, sum = 'x'",
    "UPDATE rows SET name = rowid WHERE rowid % 2",
    "ALTER TABLE rows ADD COLUMN more TEXT",
    "ALTER TABLE rows RENAME COLUMN said TO told",
    "ALTER TABLE rows RENAME TO lines",
)


def _other_rows(file: Path, chance: random.Random) -> bool:
    """Change the rows of a file, in half of all cases; says whether it did."""
    if chance.random() < 0.5:
        return False
    with closing(sqlite3.connect(file)) as rows, rows, suppress(sqlite3.OperationalError):
        rows.execute(chance.choice(_ROWS))
    return True


def left_over(project: Path) -> list[str]:
    """What a build should not leave beside the site."""
    return [path.name for path in project.iterdir() if path.name.startswith(_STAND)]


def _is_source(name: str) -> bool:
    return name.startswith(("content/", "docs/", "mkdocs.yml"))
