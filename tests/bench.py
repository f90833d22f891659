"""What things cost: `make bench`. Medians of several runs; no test depends on them."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from summitry.proof import capture, proofs, word_tree
from summitry.proof.proofs import Proof
from summitry.proof.text import tokens

ROOT = Path(__file__).parent.parent
RUNS = 7
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
    raw = proofs.dump(made).encode()
    measure("1,000 proofs: read from JSON", lambda: proofs.load(raw))
    text = article(20, 100)
    measure(
        "an article of 2,000 words: its 20 trees",
        lambda: [word_tree.root(tokens(line)) for line in text.split("\n")],
    )
    sizes = [len(json.dumps(proofs.as_data(p), ensure_ascii=False).encode()) for p in made]
    print(f"{'a proof of 11 words':44} {statistics.median(sizes):9.0f} bytes, at most {max(sizes)}")


def bench_site() -> None:
    """The commands, each as a process of its own."""
    bin_dir = Path(sys.executable).parent

    def run(*command: str) -> Callable[[], object]:
        words = [str(bin_dir / command[0]), *command[1:]]
        return lambda: subprocess.run(words, cwd=ROOT, check=True, capture_output=True)

    measure("summitry check, whole process", run("summitry", "check"), 5)
    with tempfile.TemporaryDirectory() as folder:
        measure("mkdocs build, warm", run("mkdocs", "build", "-d", f"{folder}/site"), 3)


if __name__ == "__main__":
    bench_proofs()
    bench_site()
