"""Disks that are full or may only be read, as the system makes them: `python -m reliability.disks`.

It wants a namespace of its own, in which a file system in memory is mounted. A site is built there,
and served, while there is room for so many bytes and no more, and on a disk that may only be read.
The old or the new site is there whole, no traceback is told, and once there is room again all is
right. What was found is printed as JSON: a list of (name, trials, what was wrong).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from running import ROOT, digests, run

from reliability import edits
from reliability.faults import QUOTE, Trial, left_over

SIZE = 256  # MB of the file system
PAGE = 4096  # bytes, in which room is given
ROOMY = 100  # pages, for which a check always finds room
ALONE = ("unshare", "--mount", "--map-root-user")
Found = tuple[str, int, list[str]]


def reason() -> str:
    """Why this machine cannot try it, or ""."""
    if not shutil.which(ALONE[0]):
        return "there is no unshare"
    command = [*ALONE, "sh", "-c", "mount -t tmpfs -o size=1m none /tmp"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


def tried(count: int) -> list[Found]:
    """What was found, in a process in a namespace of its own."""
    with tempfile.TemporaryDirectory(prefix="summitry-disks-") as base:
        env = {**os.environ, "PYTHONPATH": str(ROOT / "tests"), "XDG_CACHE_HOME": base}
        command = [*ALONE, sys.executable, "-m", "reliability.disks", str(count), base]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [(name, trials, wrong) for name, trials, wrong in json.loads(done.stdout)]


class Disk:
    """A file system in memory, which can be filled but for some room."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._ballast = folder, folder / "ballast"
        folder.mkdir()
        self._mount("-t", "tmpfs", "-o", f"size={SIZE}m", "none")

    def _mount(self, *words: str) -> None:
        subprocess.run(["mount", *words, str(self.folder)], check=True)

    def free(self) -> int:
        """How many bytes there is room for."""
        told = os.statvfs(self.folder)
        return told.f_bavail * told.f_frsize

    @contextmanager
    def room(self, size: int) -> Iterator[None]:
        """Within, there is room for so many bytes."""
        with self._ballast.open("wb") as file:
            while (rest := self.free() - size) > 0:
                with suppress(OSError):  # somebody else was quicker: there is less by now
                    os.posix_fallocate(file.fileno(), file.tell(), rest)
                    break
        try:
            yield
        finally:
            self._ballast.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Within, it may only be read."""
        self._mount("-o", "remount,ro")
        try:
            yield
        finally:
            self._mount("-o", "remount,rw")

    def taken(self) -> tuple[threading.Event, list[int]]:
        """The least room there ever was, the last in the list, until the event is set."""
        done, least = threading.Event(), [self.free()]

        def watch() -> None:
            while not done.wait(0.002):
                least[-1] = min(least[-1], self.free())

        threading.Thread(target=watch, daemon=True).start()
        return done, least


class Building:
    """Builds of a project on a disk: what is kept beside it lies on the disk too."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.trial = Trial.prepare(disk.folder)
        self.project = disk.folder / "again" / "project"
        self.env = {"SOURCE_DATE_EPOCH": "1755259200", "TMPDIR": str(disk.folder)}

    def begin(self) -> None:
        """The project again as it was, its site the old one."""
        shutil.rmtree(self.project.parent, ignore_errors=True)
        shutil.copytree(self.trial.kept, self.project, symlinks=True)

    def need(self) -> int:
        """The most bytes that a build takes."""
        self.begin()
        done, least = self.disk.taken()
        before = least[0]
        assert run("mkdocs", "build", cwd=self.project, env=self.env).returncode == 0
        done.set()
        return before - least[0]

    def build(self, *words: str, new: bool | None = None) -> list[str]:
        """What is wrong after a build; `new` says whether it has to make the new site."""
        done = run("mkdocs", "build", *words, cwd=self.project, env=self.env)
        said = done.stdout + done.stderr
        found = self.trial.wrong(self.project)
        if "Traceback" in said:
            found.append(f"a traceback: {said[-600:]}")
        if done.returncode and not said.strip():
            found.append("it fails without a word")
        if done.returncode and new:
            found.append(f"it fails: {said[-600:]}")
        made = done.returncode == 0 and not words
        if made and digests(self.project / "site") != self.trial.new:
            found.append("it says nothing, and the new site is not there")
        if done.returncode == 0 and new is False:
            found.append("it says that all is well")
        return found

    def check(self) -> list[str]:
        """What is wrong with what the check says."""
        done = run("summitry", "check", cwd=self.project, env=self.env)
        orderly = done.returncode in (0, 1) and "Traceback" not in done.stderr
        return [] if orderly else [f"the check: {done.stderr[-600:]}"]


def full(disk: Disk, count: int) -> Found:
    """Builds while there is room for less than they take, for as many sizes."""
    building = Building(disk)
    need = building.need()
    sizes = sorted({0, 1, 2, *(need * n // count // PAGE for n in range(count))})
    wrong = []
    for size in sizes:
        building.begin()
        with disk.room(size * PAGE):
            found = building.build() + (building.check() if size < ROOMY else [])
        found += building.build(new=True)
        found += [f"the next build leaves {name}" for name in left_over(building.project)]
        wrong += [f"room for {size * PAGE} bytes: {one}" for one in found]
    return f"disk full: old or new site whole (a build takes {need // 1000} kB)", len(sizes), wrong


def read_only(disk: Disk, elsewhere: Path) -> Found:
    """Builds of a project that may only be read, into it and elsewhere, a cache kept or not."""
    building, wrong, trials = Building(disk), list[str](), 0
    for kept in (True, False):
        building.begin()
        if not kept:
            shutil.rmtree(building.project / ".cache")
        with disk.read_only():
            found = building.build(new=False) + building.check()
            target = elsewhere / f"site-{kept}"
            found += building.build("-d", str(target), new=True)
            if not target.is_dir() or digests(target) != building.trial.new:
                found.append("the new site is not elsewhere")
        found += building.build(new=True)
        trials += 3
        wrong += [f"read-only, {'with' if kept else 'without'} a cache: {one}" for one in found]
    return "a disk that may only be read: told, site whole", trials, wrong


def serving(disk: Disk, count: int) -> Found:
    """A site that is served while its disk fills up, and is right once there is room."""
    changes = edits.Edits(edits.prepared(disk.folder / "site"), random.Random(21))
    env = {"TMPDIR": str(disk.folder)}
    wrong = list[str]()
    quote = (
        changes.site / QUOTE if (changes.site / QUOTE).exists() else changes.site / "docs/index.md"
    )
    with edits.serving(changes.site, disk.folder / "log", env) as server:
        for number in range(count):
            room = (0, 1, 8, 64, 512)[number % 5] * PAGE
            with disk.room(room):
                # Within its last page, so that the edit itself finds room.
                quote.write_bytes(quote.read_bytes().rstrip() + b"\n" * (1 + number % 2))
                template = changes.site / edits.TEMPLATE
                template.write_bytes(template.read_bytes().rstrip() + b"\n" * (1 + number % 2))
                end, answered = time.monotonic() + 5, 0
                while time.monotonic() < end and server.process.poll() is None:
                    status, _ = server.get("")
                    answered += status in (200, 500)
                    time.sleep(0.5)
            if server.process.poll() is not None:
                return "served while the disk fills up", number, [*wrong, "it ended"]
            if not answered:
                wrong.append(f"round {number}: no page was answered")
            quote.write_bytes(quote.read_bytes().rstrip() + b"\n" * (2 + number % 2))
            stale = edits.whole(server, changes, disk.folder)
            wrong += [f"round {number}, with room again: {one}" for one in stale]
        log = (disk.folder / "log").read_text("utf-8", "replace")
    if "Traceback" in log:
        wrong.append(f"a traceback: {log[log.index('Traceback') :][:1500]}")
    return "served while the disk fills up: ended, silent or stale", count, wrong


def main() -> None:
    """Try all of it below a folder; what is mounted there goes with this process."""
    count, base = int(sys.argv[1]), Path(sys.argv[2])
    found = [
        full(Disk(base / "full"), count),
        read_only(Disk(base / "kept"), base),
        serving(Disk(base / "served"), max(5, count // 10)),
    ]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
