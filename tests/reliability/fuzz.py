"""Mutated files without end: `make fuzz COUNT=100000`, and a bounded part in `make test`.

A case is a number, from which a file of a sound project is damaged, always in the same way. The
project is then read, checked and, if nothing is wrong with it, rendered and looked at as before
publishing. A case fails by an exception of any kind, by more than LIMIT seconds of processor time,
by a problem without a place, or by a page that the last look refuses and the check did not.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image
from running import ROOT, SITES
from small_site import FILES, OPTIONS
from summitry.build import gate_markup
from summitry.checks.rules import Examination, examine
from summitry.content import report
from summitry.content.files import Tree, read_tree
from summitry.content.problems import CATALOGUE, Problem
from summitry.data.setting import Setting
from summitry.host.configuration import read_site
from summitry.pages.site import Pages, illustrate
from summitry.pictures import photos
from summitry.proof import word_tree

LIMIT = 2.0  # seconds of processor time for a case
MEMORY = 1_000_000_000  # bytes that a process may have, over all its cases
STUCK = 30  # seconds of processor time after which a case is ended
TOKENS = (
    "[", "]", "](", "[@", "[^1]", "**", "_", "`", "```", "```timeline\n",
    "```list\nof: quotes\n```", "~~", "> ", "- ", "1. ", "# ", "|", "---\n", "---", "\n\n",
    "\t", "    ", "\\", "&amp;", "&#x202e;", "<", "<script>", "</style>", "<!--", "javascript:",
    "http://", "https://[::1]/", "//x", "../", "#", ": ", " #", "- a: b\n", "{", "}", "&a",
    "*a", "!!python/none", "|\n", ">-\n", "'", '"', "“", "”", "‘", "’", "«", "»", "…", "[…]",
    "—", "\u00a0", "\u200b", "\u202e", "\u2066", "\ufeff", "\x00", "\x1b", "\x85", "\u2028",
    "e\u0301", "ﬁ", "İ", "ß", "中", "かな", "ש", "ع", "ไ", "🤝", "\U000e0041", "0", "-1", "1e999",
    "9" * 40, "2025-08-15", "2025-02-30", "2025-08-15T11:30-08:00", "25:00", "no", "true",
    "null", "~", "source-one", "people/speaker-one", "quote-one.md", "id", "evidence:\n",
    "text:", "positions:\n", "withdrawn: x\n", "formerly: [a, a]\n", "%", "%00", "::error::",
    "\r", "\r\n",
)  # fmt: skip


def mutated(raw: bytes, chance: random.Random, other: bytes = b"") -> bytes:
    """Bytes with one to six damages: cut, doubled, moved, swapped, overwritten, put in."""
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 8, 40, 400)))
        kind = chance.randrange(8)
        if kind == 0:
            del data[at:end]
        elif kind == 1:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        elif kind == 2 and data:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 3 and other:
            begin = chance.randrange(len(other))
            data[at:end] = other[begin : begin + chance.choice((4, 40, 400))]
        elif kind == 4:
            lines = bytes(data).split(b"\n")
            one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[two] = lines[two], lines[one]
            data = bytearray(b"\n".join(lines))
        else:
            token = chance.choice(TOKENS).encode("utf-8")
            data[at:at] = token * chance.choice((1, 1, 1, 2, 30))
    return bytes(data)


def told(problems: list[Problem]) -> None:
    """Every problem has a place, a code that there is, and words on one line."""
    for one in problems:
        assert one.path, one
        assert min(one.mark) >= 1, one
        assert one.code in CATALOGUE, one
        assert one.message, one
        assert not re.search(r"[\r\x1b]|^::", report.as_text([one]), re.MULTILINE), one


@cache
def _pictures() -> dict[str, bytes]:
    made = {}
    for name, mode, options in (
        ("a.png", "RGB", {}), ("b.jpg", "RGB", {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0"}),
        ("c.webp", "RGB", {}), ("d.png", "P", {}), ("e.png", "LA", {}), ("f.jpg", "CMYK", {}),
    ):  # fmt: skip
        buffer = io.BytesIO()
        picture = Image.linear_gradient("L").resize((60, 40)).convert(mode)
        picture.save(buffer, {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[name[2:]], **options)
        made[name] = buffer.getvalue()
    return made


@cache
def _checking() -> dict[str, bytes]:
    return read_tree(SITES / "checking", "content", "docs").texts


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="summitry-fuzz-"))


def text(chance: random.Random) -> tuple[str, bytes]:
    """A Markdown file of a small project, damaged; a sound project is rendered."""
    files = {path: one.encode() if isinstance(one, str) else one for path, one in FILES.items()}
    path = chance.choice(sorted(files))
    files[path] = mutated(files[path], chance, files[chance.choice(sorted(files))])
    verdict = examine(Tree(dict(sorted(files.items()))), "docs", OPTIONS, _folder())
    _judged(verdict)
    return path, files[path]


def record(chance: random.Random) -> tuple[str, bytes]:
    """A capture or proof of a project with evidence, damaged."""
    files = dict(_checking())
    path = chance.choice(sorted(name for name in files if name.endswith(".json")))
    files[path] = mutated(files[path], chance, files[chance.choice(sorted(files))])
    site = read_site(SITES / "checking" / "mkdocs.yml")
    assert site.options is not None
    told(examine(Tree(files), "docs", site.options, SITES / "checking").problems)
    return path, files[path]


def settings(chance: random.Random) -> tuple[str, bytes]:
    """A mkdocs.yml, damaged."""
    raw = (SITES / "other" / "mkdocs.yml").read_bytes()
    file = _folder() / "mkdocs.yml"
    (_folder() / "docs").mkdir(exist_ok=True)
    file.write_bytes(damaged := mutated(raw, chance, raw))
    told(read_site(file).problems)
    return "mkdocs.yml", damaged


def picture(chance: random.Random) -> tuple[str, bytes]:
    """A picture, damaged."""
    name = chance.choice(sorted(_pictures()))
    file = _folder() / name
    file.write_bytes(raw := mutated(_pictures()[name], chance, _pictures()["a.png"]))
    try:
        photos.derive(photos.load(file), photos.Credit("a", "b", "c", "CC0-1.0", ""), (30,))
    except photos.BadImage as error:
        assert str(error)
    return name, raw


Case = Callable[[random.Random], tuple[str, bytes]]
KINDS: tuple[Case, ...] = (text,) * 7 + (record, picture, settings)


def _judged(verdict: Examination) -> None:
    told(verdict.problems)
    if verdict.library is None:
        return
    pictures = illustrate(verdict.library, _folder() / "cache", "Site", "https://site.example/")
    pages = Pages(
        verdict.library, pictures, [ROOT / "overrides"], Setting("Site", "https://site.example/")
    )
    for spec in pages.every():
        if spec.source:  # what lists things is made of the same parts
            read = gate_markup.page(spec.url, spec.make().html)
            assert not read.problems, read.problems


@dataclass(frozen=True)
class Outcome:
    """A case: its number and kind, seconds of processor time, and what is wrong, or ""."""

    number: int
    kind: str
    seconds: float
    wrong: str


def tried(number: int, kind: Case | None = None) -> Outcome:
    """What came of a case. It is of the kind that its number says, or of this one."""
    chance = random.Random(number)
    began, kind, wrong = time.process_time(), kind or chance.choice(KINDS), ""
    before = signal.signal(signal.SIGVTALRM, _stuck)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, STUCK)
        kind(chance)
    except Exception:
        wrong = traceback.format_exc()[-1500:]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    took = time.process_time() - began
    if not wrong and took > LIMIT:
        wrong = f"{took:.1f} s"
    told = f"{kind.__name__} {number}: {wrong}" if wrong else ""
    return Outcome(number, kind.__name__, took, told)


def run(number: int, kind: Case | None = None) -> str:
    """What is wrong with a case, or ""."""
    return tried(number, kind).wrong


def _stuck(*_: object) -> None:
    raise TimeoutError(f"more than {STUCK} seconds of processor time")


def prepare() -> None:
    """Set a process up to run cases."""
    word_tree.ROUNDS = 1


def _alone() -> None:
    """The same where a process does nothing else: it may have MEMORY, and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    prepare()


def table(found: list[Outcome]) -> str:
    """What came of cases, a line for each kind: how many, failures, the dearest in seconds."""
    rows = ["| damaged | files | failures | dearest, s |", "| --- | --- | --- | --- |"]
    for kind in ("every kind", *dict.fromkeys(one.__name__ for one in KINDS)):
        some = [one for one in found if kind in ("every kind", one.kind)]
        failed = sum(bool(one.wrong) for one in some)
        most = max((one.seconds for one in some), default=0.0)
        rows.append(f"| {kind} | {len(some)} | {failed} | {most:.2f} |")
    return "\n".join(rows)


def main() -> int:
    """Run cases on some cores, print those that fail, and a table in the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    began, found = time.monotonic(), list[Outcome]()
    with ProcessPoolExecutor(given.jobs, initializer=_alone) as pool:
        numbers = range(given.first, given.first + given.count)
        for one in pool.map(tried, numbers, chunksize=50):
            found.append(one)
            if one.wrong:
                print(one.wrong, flush=True)
            if len(found) % 5000 == 0:
                print(f"{len(found)} files, {time.monotonic() - began:.0f} s", flush=True)
    print(f"cases {given.first} to {given.first + given.count - 1}\n{table(found)}")
    return 1 if any(one.wrong for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
