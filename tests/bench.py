"""What things cost: `make bench`. Medians of several runs; no test depends on them."""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from summitry.proof import capture, proofs, word_tree
from summitry.proof.proofs import Proof
from summitry.proof.text import tokens
from synthetic import Site

ROOT = Path(__file__).parent.parent
RUNS = 7
RESTING = 25  # seconds after the first answer
WORDS = "the talks went on for about three hours while reporters waited outside in the rain"


def measure(name: str, run: Callable[[], object], runs: int = RUNS) -> None:
    """Print the median of several runs, and the fastest and slowest."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    low, middle, high = min(times), statistics.median(times), max(times)
    print(f"{name:44} {middle * 1000:9.1f} ms   ({low * 1000:.1f}–{high * 1000:.1f})", flush=True)


def article(paragraphs: int, words: int) -> str:
    """An invented text: every paragraph differs from the others."""
    some = WORDS.split()
    rows = []
    for p in range(paragraphs):
        row = [f"{some[(i * 7 + p) % len(some)]}{i * p % 97}" for i in range(words)]
        rows.append(" ".join(row))
    return "\n".join(rows)


def thousand() -> tuple[list[Proof], list[capture.Capture]]:
    """A thousand proofs of 11 words, over twenty paragraphs of 100."""
    found = [tokens(line) for line in article(20, 100).split("\n")]
    kept = capture.Capture(
        source="source", date="2026-01-01", method="pasted", extractor="", url="", by="",
        extent="whole", paragraphs=tuple(capture.paragraph_of(words) for words in found),
    )  # fmt: skip
    made = []
    for i in range(1000):
        number, start = i % 20, i * 13 % 89
        words = found[number]
        made.append(
            Proof(
                "source", kept.date, number + 1, start + 1, tuple(words[start : start + 11]),
                word_tree.open_words(words, start, start + 11),
            )
        )  # fmt: skip
    return made, [kept]


def bench_proofs() -> None:
    """Verify, read and build."""
    made, kept = thousand()

    def verify() -> None:
        for proof in made:
            _, reason = proofs.check(proof, kept)
            assert not reason, reason

    measure("1,000 proofs of 11 words: verify", verify)
    most = proofs.MAX_PROOFS  # a file holds no more
    files = [proofs.dump(made[at : at + most]).encode() for at in range(0, len(made), most)]
    measure("1,000 proofs: read from JSON", lambda: [proofs.load(raw) for raw in files])
    text = article(20, 100)
    measure(
        "an article of 2,000 words: its 20 trees",
        lambda: [word_tree.root(tokens(line)) for line in text.split("\n")],
    )
    sizes = [len(json.dumps(proofs.as_data(p), ensure_ascii=False).encode()) for p in made]
    print(f"{'a proof of 11 words':44} {statistics.median(sizes):9.0f} bytes, at most {max(sizes)}")


class Cost(NamedTuple):
    """What a command cost: seconds by the clock, and MB at most in any one of its processes."""

    seconds: float
    memory: float


def bench_sites(size: int, runs: int) -> dict[str, Cost]:
    """Whole commands on synthetic sites, one after another in each round; ratios to Material."""
    bin_dir = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs, least = folder / "summitry", folder / "material", folder / "hugo"
        Site(size).for_summitry(ours)
        Site(size).for_material(theirs)
        mkdocs, check = (
            [str(bin_dir / "mkdocs"), "build", "-q"],
            [str(bin_dir / "summitry"), "check"],
        )
        rows: dict[str, tuple[Path, list[str], Callable[[int], None]]] = {
            "MkDocs with Material": (theirs, mkdocs, lambda n: _clear(theirs / "site")),
            "Summitry, nothing cached": (
                ours, mkdocs, lambda n: _clear(ours / "site", ours / ".cache"),
            ),
            "Summitry, nothing cached but pictures": (
                ours, mkdocs, lambda n: _all_but_pictures(ours),
            ),
            "Summitry, nothing changed": (ours, mkdocs, lambda n: None),
            "Summitry, one entity changed": (ours, mkdocs, lambda n: _edit(ours, n)),
            "summitry check": (ours, check, lambda n: None),
        }  # fmt: skip
        if hugo := _found("hugo"):
            Site(size).for_hugo(least)
            rows["Hugo"] = (least, [hugo, "--quiet"], lambda n: _clear(least / "public"))
        if zensical := _found("zensical"):
            command = [zensical, "build", "--clean"]
            rows["Zensical"] = (theirs, command, lambda n: _clear(theirs / "site"))
        costs: dict[str, list[Cost]] = {name: [] for name in rows}
        for number in range(runs):
            for row, (where, command, before) in rows.items():
                before(number)
                costs[row].append(_cost(command, where))
        return _print_table(size, costs)


def _found(program: str) -> str | None:
    """A program beside Python or on the path."""
    beside = Path(sys.executable).parent
    return shutil.which(program, path=f"{beside}:{os.environ.get('PATH', '')}")


def _all_but_pictures(site: Path) -> None:
    """Delete the site and what is kept, but not the pictures, whose folders have two letters."""
    _clear(site / "site")
    for path in (site / ".cache").rglob("*"):
        if path.is_file() and len(path.parent.name) > 2:
            path.unlink()


def print_growth(by_size: dict[int, dict[str, Cost]]) -> None:
    """The exponent with which time grows from the smallest to the largest size."""
    small, large = min(by_size), max(by_size)
    if small == large:
        return
    print(f"\n| from {small:,} to {large:,} entities | time grows with the power | memory, MB |")
    print("| --- | --- | --- |")
    for name, cost in by_size[large].items():
        power = math.log(cost.seconds / by_size[small][name].seconds) / math.log(large / small)
        print(f"| {name} | {power:.2f} | {by_size[small][name].memory:.0f} → {cost.memory:.0f} |")


def bench_serving(size: int, edits: int) -> None:
    """`mkdocs serve`: the first answer, then edits until their page is fresh over HTTP."""
    mkdocs = str(Path(sys.executable).parent / "mkdocs")
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = Path(name) / "summitry", Path(name) / "material"
        Site(size).for_summitry(ours)
        Site(size).for_material(theirs)
        rows = {
            "MkDocs with Material": (theirs, "docs/people/p1.md", "people/p1/"),
            "Summitry, nothing cached": (ours, "content/people/p1.md", "people/p1/"),
            "Summitry, started again": (ours, "content/people/p1.md", "people/p1/"),
        }
        print(f"\n| serving {size:,} entities | first answer, s | edit, median s | slowest |")
        print("| --- | --- | --- | --- |")
        for row, (where, file, page) in rows.items():
            first, times = _served(mkdocs, where, where / file, page, edits)
            middle = statistics.median(times)
            print(f"| {row} | {first:.2f} | {middle:.2f} | {max(times):.2f} |", flush=True)


def _served(
    mkdocs: str, where: Path, file: Path, page: str, edits: int
) -> tuple[float, list[float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    start = time.perf_counter()
    process = subprocess.Popen(
        [mkdocs, "serve", "-q", "-a", f"127.0.0.1:{port}"], cwd=where, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}/{page}"
        _until(address, "")
        first = time.perf_counter() - start
        time.sleep(RESTING)  # until what nobody asked for is made as well
        times = []
        for number in range(edits):
            words = f"Edit {port} {number} made"
            text = re.sub(r"summary: .*", f"summary: {words}.", file.read_text(), count=1)
            begun = time.perf_counter()
            file.write_text(text)
            _until(address, words)
            times.append(time.perf_counter() - begun)
            time.sleep(2)
        return first, times
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _until(address: str, words: str) -> None:
    while True:
        try:
            with urlopen(address, timeout=120) as answer:
                if words in answer.read().decode("utf-8"):
                    return
        except OSError:
            pass
        time.sleep(0.005)


def _clear(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _edit(site: Path, number: int) -> None:
    path = site / "content" / "people" / "p1.md"
    text = re.sub(r"^summary: .*$", f"summary: Edit {number} made.", path.read_text(), flags=re.M)
    path.write_text(text)


def _cost(command: list[str], where: Path) -> Cost:
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=where, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode == 0, said.read().decode("utf-8", "replace")
    return Cost(time.perf_counter() - start, used.ru_maxrss * 1024 / 1e6)


def _print_table(size: int, costs: dict[str, list[Cost]]) -> dict[str, Cost]:
    """Print the medians of some runs, and give them."""
    base = statistics.median(one.seconds for one in costs["MkDocs with Material"])
    print(f"\n| {size:,} entities | median s | fastest–slowest | ratio to Material | MB |")
    print("| --- | --- | --- | --- | --- |")
    medians = {}
    for name, found in costs.items():
        seconds = [one.seconds for one in found]
        middle = statistics.median(seconds)
        memory = statistics.median(one.memory for one in found)
        medians[name] = Cost(middle, memory)
        print(
            f"| {name} | {middle:.2f} | {min(seconds):.2f}–{max(seconds):.2f} "
            f"| {middle / base:.2f} | {memory:.0f} |",
            flush=True,
        )
    return medians


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=[100, 1000], help="of synthetic sites")
    asked.add_argument("--serving", nargs="*", type=int, default=[1000], help="the same, served")
    asked.add_argument("--runs", type=int, default=5, help="of each command")
    given = asked.parse_args()
    bench_proofs()
    print_growth({size: bench_sites(size, given.runs) for size in given.sizes})
    for size in given.serving:
        bench_serving(size, given.runs)
