"""`make reliability`: tries what can go wrong, and prints one table: figure, aim, measured."""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from running import PUBLISHED, ROOT, run

from reliability import builds, disks, edits, fetched, fuzz, hosting, reproduce
from reliability.faults import HOWS, Trial

NOT_TRIED = "not tried"


@dataclass(frozen=True)
class Figure:
    """A line of the table. `failed` counts what missed the aim; -1 where it was not tried."""

    name: str
    aim: str
    measured: str
    failed: int


def faults(count: int) -> Iterator[Figure]:
    """Changes to the disk that fail or are the last, several builds at once, damaged caches."""
    with tempfile.TemporaryDirectory(prefix="summitry-faults-") as name:
        folder, chance = Path(name), random.Random(21)
        trial = Trial.prepare(folder)
        for how in HOWS:
            most = len(trial.changes)
            numbers = sorted(chance.sample(range(1, most + 1), min(count, most)))
            wrong = list(trial.many(folder, [(number, how) for number in numbers]))
            print("\n".join(wrong), file=sys.stderr)
            said = f"{len(numbers) - len(wrong)} of {len(numbers)} (a build makes {most} changes)"
            yield Figure(f"{how}: old or new site whole, next build right", "all", said, len(wrong))
        wrong = [one for n in range(2, 9) for one in trial.together(folder / f"t{n}", n)]
        yield Figure("two to eight builds at once", "all", f"{7 - len(wrong)} of 7", len(wrong))
        wrong = [one for seed in range(24) for one in trial.with_cache(folder / f"c{seed}", seed)]
        wrong += trial.with_cache_of_other_code(folder / "other-code")
        print("\n".join(wrong), file=sys.stderr)
        name = "builds with a damaged cache, or another version's: the same site"
        yield Figure(name, "all", f"{25 - len(wrong)} of 25", len(wrong))


def disks_(count: int) -> Iterator[Figure]:
    """Disks that are full, at so many sizes, or may only be read, as the system makes them."""
    if why := disks.reason():
        yield Figure("disks that are full or may only be read", "0", f"{NOT_TRIED}: {why}", -1)
        return
    for name, trials, wrong in disks.tried(count):
        print("\n".join(wrong), file=sys.stderr)
        yield Figure(name, "0", f"{len(wrong)} wrong in {trials} trials", len(wrong))


def pages(_: int) -> Iterator[Figure]:
    """Pages and texts that are made to cost."""
    found = [*fetched.costs(), *fetched.texts()]
    wrong = [one for one in found if fetched.over(one)]
    print("\n".join(map(str, wrong)), file=sys.stderr)
    dearest, largest = max(one.seconds for one in found), max(one.memory for one in found)
    said = f"{dearest:.1f} s, {largest} MB ({len(found)} pages and texts, {len(wrong)} beyond)"
    yield Figure("a fetched page or a text at its limits", "≤ 2 s, ≤ 300 MB", said, len(wrong))


def damaged(count: int) -> Iterator[Figure]:
    """Damaged files: `make fuzz` does the same at length."""
    with ProcessPoolExecutor(2, initializer=fuzz.prepare) as pool:
        wrong = [said for said in pool.map(fuzz.run, range(count), chunksize=20) if said]
    print("\n".join(wrong), file=sys.stderr)
    yield Figure("damaged files: failures", "0", f"{len(wrong)} of {count}", len(wrong))


def same(_: int) -> Iterator[Figure]:
    """Bytes that differ between builds of one commit."""
    count, said = reproduce.compare()
    print("\n".join(said), file=sys.stderr)
    yield Figure("files that differ in `make reproduce`", "0", f"{count}", count)


def host(_: int) -> Iterator[Figure]:
    """nginx under load."""
    name = "nginx, 200 connections: errors; the slowest p99"
    if not shutil.which("wrk") or not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        yield Figure(name, "0; ≤ 25 ms", f"{NOT_TRIED}: wrk or nginx is missing", -1)
        return
    with tempfile.TemporaryDirectory(prefix="summitry-host-") as folder:
        built = Path(folder) / "site"
        done = run("mkdocs", "build", "-q", "-d", str(built), env=PUBLISHED)
        assert done.returncode == 0, done.stderr
        loads = hosting.measured(built)
    errors, slowest = sum(one.errors for one in loads), max(one.p99 for one in loads)
    least = min(one.a_second for one in loads)
    said = f"{errors}; {slowest:.0f} ms (at least {least:.0f} requests a second)"
    yield Figure(name, "0; ≤ 25 ms", said, errors + (slowest > 25))


def serving(count: int) -> Iterator[Figure]:
    """Random edits of a site that is served, a third of them broken."""
    with tempfile.TemporaryDirectory(prefix="summitry-edits-") as name:
        found = edits.tried(Path(name), count)
    print("\n".join(found.faults), file=sys.stderr)
    said = (
        f"{len(found.faults)} ({found.edits} edits, something broken after {found.broken} of them"
    )
    said = f"{said}; every file compared with a build {found.compared} times)"
    yield Figure("edits while serving: ended, not told or stale", "0", said, len(found.faults))
    grown = found.after - found.settled
    said = f"{found.after} MB, {grown:+d} since the first edits"
    yield Figure("memory of the server at the end", "≤ 300 MB", said, int(found.after > 300))


def building(count: int) -> Iterator[Figure]:
    """Random edits of a site that is built after each, beside builds from nothing."""
    with tempfile.TemporaryDirectory(prefix="summitry-builds-") as name:
        found = builds.tried(Path(name), count)
    print("\n".join(found.faults), file=sys.stderr)
    said = f"{len(found.faults)} ({found.edits} edits, compared {found.compared} times)"
    yield Figure("builds after edits that differ from one from nothing", "0", said,
                 len(found.faults))  # fmt: skip


def tests(_: int) -> Iterator[Figure]:
    """What the suite holds: hostile content, the policy in a browser, the moments of a swap."""
    for name, paths in (
        ("hostile content, options and folders", ["tests/host", "tests/content"]),
        ("content policy violations, requests to other hosts", ["tests/browser"]),
        ("every change of the swap, failing and killed", ["tests/build/test_every_moment.py"]),
    ):
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, *paths], cwd=ROOT, capture_output=True, text=True, check=False
        )
        said = done.stdout.strip().splitlines()[-1:] or [done.stderr[-200:]]
        yield Figure(name, "0 failures", said[0], int(done.returncode != 0))


PARTS: dict[str, Callable[[int], Iterator[Figure]]] = {
    "faults": faults, "disks": disks_, "pages": pages, "fuzz": damaged, "reproduce": same,
    "builds": building, "edits": serving, "nginx": host, "tests": tests,
}  # fmt: skip


def main() -> int:
    """Try the parts that were asked for, or all, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--faults", type=int, default=100, help="trials of each kind of fault")
    parser.add_argument("--sizes", type=int, default=40, help="sizes of a disk that fills up")
    parser.add_argument("--files", type=int, default=2000, help="files to damage")
    parser.add_argument("--edits", type=int, default=1000, help="edits while serving")
    parser.add_argument("--builds", type=int, default=100, help="edits with a build after each")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    counts = {
        "faults": given.faults,
        "disks": given.sizes,
        "fuzz": given.files,
        "builds": given.builds,
        "edits": given.edits,
    }
    found = [one for name in given.parts or PARTS for one in PARTS[name](counts.get(name, 0))]
    print("| figure | aim | measured |\n| --- | --- | --- |")
    for one in found:
        print(f"| {one.name} | {one.aim} | {one.measured}{' ←' if one.failed > 0 else ''} |")
    return 1 if any(one.failed > 0 for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
