"""What pages cost that are made to cost: each of the largest size, read as a fetched one is.

A process reads each page and is ended at its bounds. Processor time is the system's count for that
process, less what it takes to begin; memory is what it held at most, the beginning included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from summitry.proof.capture import CaptureError
from summitry.tools.extract import BYTES, SECONDS
from summitry.tools.fetch import MAX_PAGE
from summitry.tools.prover import article

SLACK = 0.3  # seconds until the system ends a process, and what it takes to end
_P = "<p>The two leaders met on Friday for the first time in six years, and spoke for a while.</p>"
_DEEP = 250
# What is repeated up to the largest size, or as often as the limit of elements allows.
UNITS = {
    "paragraphs": _P, "short paragraphs": "<p>a", "lines": "<br>a", "words": "word ",
    "quotations": "<q>a</q>", "open quotations": "<q>", "headings": "<h2>a</h2>",
    "boxes": "<div>a</div>", "lists": "<ul><li>a</li></ul>", "items": "<li>a", "bold": "<b>a</b>",
    "tables": "<table><tr><td>a</td></tr></table>", "links": '<a href="/x">word</a> ',
    "deep": "<div>", "deep boxes": "<div>" * _DEEP + "a" + "</div>" * _DEEP, "ends": "</b>",
    "comments": "<!---->", "instructions": "<?a>", "references": "&amp;", "codes": "&#768;",
    "signs": "<", "accents": "\u0316\u0301", "emoji": "🤝", "blanks": " \n", "joined": "\u00a0",
    "words with an emoji": "word 🤝 ", "signs and blanks": "< ",
}  # fmt: skip
WHOLE = {
    "attributes": lambda: "<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">",
    "classes": lambda: f"<p class='{'a ' * 2_400_000}'>",
    "a script": lambda: f"{_P}<script>{'if(a<1)b();' * 430_000}</script>",
    "linked data": lambda: '<script type="application/ld+json">' + '"@type":[' * 500_000,
    "a text in data": lambda: (
        '<script type="application/ld+json">{"articleBody":"' + "words " * 800_000 + '"}</script>'
    ),
}
TEXTS = {
    "words": "word " * 120_000, "characters": "中" * 100_000 + "\n", "marks": '中 "a" ' * 16_000,
    "accents": "a\u0316\u0301" * 200_000, "dashes": "a—" * 50_000 + "\n", "commas": "a , " * 25_000,
    "blanks": " \n" * 300_000, "dots": "a... " * 20_000 + "\n", "paragraphs": "a b c d e f g h i\n",
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """What a page came to: seconds of processor time, MB, and what is wrong, or ""."""

    name: str
    seconds: float
    memory: int
    wrong: str


def costs() -> Iterator[Cost]:
    """The cost of each page. What is wrong is a traceback, or an end that nobody ordered."""
    begun = _read("", b"").seconds
    for name, page in _pages():
        found = _read(name, page)
        yield Cost(name, max(0.0, found.seconds - begun), found.memory, found.wrong)


def _pages() -> Iterator[tuple[str, bytes]]:
    for name, unit in UNITS.items():
        for most in (MAX_PAGE, 99_000 * len(unit) // max(1, unit.count("<"))):
            times = min(most, MAX_PAGE - len(_P) * 20) // len(unit.encode())
            yield f"{name} × {times}", f"<html><body><article>{_P * 10}{unit * times}".encode()
    for name, whole in WHOLE.items():
        yield name, f"<html><body>{_P * 10}{whole()}".encode()[:MAX_PAGE]


def _read(name: str, page: bytes) -> Cost:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(page)
        given.seek(0)
        command = [sys.executable, "-m", "summitry.tools.extract", "utf-8"]
        # Not subprocess.run, which does not tell what the process took.
        process = subprocess.Popen(command, stdin=given, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status
        said.seek(0)
        told = said.read()
    wrong = told[-600:].decode("utf-8", "replace") if b"Traceback" in told else ""
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) not in _ENDS:
        wrong = f"ended by signal {os.WTERMSIG(status)}"
    return Cost(name, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, wrong)


_ENDS = (9, 27)  # KILL and PROF


def texts() -> Iterator[Cost]:
    """The cost of texts of the largest size, as far as they are read before they are refused."""
    for name, unit in TEXTS.items():
        text = (unit * (600_000 // len(unit) + 1))[:600_000]
        before, wrong = os.times(), ""
        try:
            article("source", text)
        except CaptureError:
            pass
        except Exception as error:  # whatever it is, it is what is looked for
            wrong = repr(error)[:300]
        after = os.times()
        yield Cost(f"text of {name}", after.user - before.user, 0, wrong)


def over(one: Cost) -> bool:
    """Whether something is wrong with a cost."""
    return bool(one.wrong) or one.seconds > SECONDS + SLACK or one.memory * 1_048_576 > BYTES
