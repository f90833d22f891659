"""Random edits while a site is served, many broken: nothing ends it, and each mend is right.

A small site is served by `mkdocs serve`, as an editor would. Edit follows edit: of content, proofs,
captures, pictures, templates, the configuration; changed, broken, mended, added, renamed, removed.
Whenever nothing is broken, every file that is served is compared with a build of the same files.
"""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from PIL import Image
from running import ROOT, SITES, end, free_port, run

SETTLED = 100  # edits after which the memory of the server is looked at first
LIMIT = 60  # seconds until an edit has to show: so that a hang ends
TEMPLATE = "overrides/frame/footer.html"
PICTURE = "content/images/pier.png"
# Without these, something else in the site is wrong.
NEEDED = ("content/people/ada-norin.md", "content/sources/harbour-news.md")
# What a server adds to a page, and what it leaves out of it; and the lines that are then empty.
_SERVED = re.compile(rb"<script>[^<]*livereload[^<]*</script>|<meta http-equiv=[^>]*>|(?<=\n)\s*\n")
# Names of what is made anew by something else than pages and data, or says when it was made.
_LEFT_OUT = ("pagefind/", "sitemap.xml", "_headers", ".summitry-site")

PHOTO = """\
---
title: The pier
file: pier.png
alt: Planks over water.
caption: "The pier of Westmark, where boats land. [@harbour-news]"
creator: Sample
credit: Sample
license: CC0-1.0
---
"""
TERM = """\
---
name: Landing {n}
definition: A place where boats land, in the words of {n} people.
evidence: [{{source: harbour-news, says: Boats land there.}}]
---
"""
BREAKS: tuple[Callable[[str], bytes], ...] = (
    lambda text: text.replace("title:", "titel:", 1).encode(),
    lambda text: text.replace("---\n", "---\n[", 1).encode(),
    lambda text: text[:12].encode(),
    lambda text: b"",
    lambda text: b"\xff\xfe" + text.encode(),
    lambda text: text.replace("---\n", "---\nno-such-key: 1\n", 1).encode(),
)


def picture(shade: int) -> bytes:
    """A picture of one colour."""
    raw = io.BytesIO()
    Image.new("RGB", (1200, 800), (shade % 256, 90, 120)).save(raw, "PNG")
    return raw.getvalue()


def prepared(folder: Path) -> Path:
    """The small site, with a template of its own, a photograph and a page for contributors."""
    site = Path(shutil.copytree(SITES / "checking", folder))
    (site / TEMPLATE).parent.mkdir(parents=True)
    shutil.copy(ROOT / TEMPLATE, site / TEMPLATE)
    config = site / "mkdocs.yml"
    text = config.read_text("utf-8").replace(
        "  name: material\n", "  name: material\n  custom_dir: overrides\n"
    )
    config.write_text(text, "utf-8")
    (site / "content/images").mkdir()
    (site / PICTURE).write_bytes(picture(0))
    (site / "content/images/pier.md").write_text(PHOTO, "utf-8")
    return site


@dataclass
class Edits:
    """The files as they are meant, those that are broken on the disk, and what to do next."""

    site: Path
    chance: random.Random
    broken: dict[str, bytes] = field(default_factory=dict)  # what they were, by path
    number: int = 0
    added: list[str] = field(default_factory=list)

    def next(self) -> str:
        """Do one edit; says which."""
        self.number += 1
        if self.broken and self.chance.random() < 0.5:
            return self._mend()
        if self.chance.random() < 0.3:
            return self._break()
        ways = (self._change, self._change, self._add, self._rename, self._remove, self._other)
        return self.chance.choice(ways)()

    def _put(self, path: str, raw: bytes) -> None:
        """As editors do: one in two writes beside it and renames."""
        file = self.site / path
        if self.chance.random() < 0.5:
            file.write_bytes(raw)
        else:
            beside = file.with_name(f".{file.name}.swp")
            beside.write_bytes(raw)
            beside.replace(file)

    def _files(self, *patterns: str) -> list[str]:
        found = {path for pattern in patterns for path in self.site.glob(pattern)}
        names = sorted(path.relative_to(self.site).as_posix() for path in found)
        return [name for name in names if name not in self.broken]

    def _mend(self) -> str:
        path = self.chance.choice(sorted(self.broken))
        self._put(path, self.broken.pop(path))
        return f"mend {path}"

    def _break(self) -> str:
        patterns = "content/*/*.*", "docs/*.md", TEMPLATE, "mkdocs.yml"
        path = self.chance.choice(self._files(*patterns))
        was = (self.site / path).read_bytes()
        self.broken[path] = was
        if self.chance.random() < 0.3 and path in NEEDED:
            (self.site / path).unlink()
            return f"lose {path}"
        text = was.decode("utf-8", "replace")
        if path in (TEMPLATE, "mkdocs.yml"):
            wrong = (b"{% if [", b"plugins: [{% if", b"\xff", text[:60].encode())
            self._put(path, self.chance.choice(wrong))
        elif path.endswith(".png"):
            self._put(path, was[: self.chance.randrange(len(was) // 2)])
        else:
            raw = self.chance.choice(BREAKS)(text)
            self._put(path, b"{" if raw == was else raw)  # a record has no title
        return f"break {path}"

    def _change(self) -> str:
        keys = rb"(?m)^(name|title|statement|summary|definition|# A harbour opens):? .*$"
        path = self.chance.choice(self._files("content/*/*.md", "docs/index.md"))
        text = (self.site / path).read_bytes()
        more = b" No. %d" % self.number
        new = re.sub(
            keys,
            lambda m: re.sub(rb"( No\. \d+)?(\.?\"?)$", more + rb"\2", m[0], count=1),
            text,
            count=1,
        )
        if new == text:
            raise ValueError(f"{path} has nothing to change")
        self._put(path, new)
        return f"change {path}"

    def _add(self) -> str:
        path = f"content/terms/landing-{self.number}.md"
        (self.site / path).parent.mkdir(exist_ok=True)
        self._put(path, TERM.format(n=self.number).encode())
        self.added.append(path)
        return f"add {path}"

    def _rename(self) -> str:
        path = next((path for path in self.added if path not in self.broken), "")
        if not path:
            return self._add()
        self.added.remove(path)
        new = f"content/terms/landing-{self.number}.md"
        (self.site / path).rename(self.site / new)
        self.added.append(new)
        return f"rename {path} to {new}"

    def _remove(self) -> str:
        path = next((path for path in self.added if path not in self.broken), "")
        if not path:
            return self._change()
        self.added.remove(path)
        (self.site / path).unlink()
        return f"remove {path}"

    def other(self) -> str:
        """Do an edit of something else than texts; says which."""
        self.number += 1
        return self._other()

    def _other(self) -> str:
        """A picture, a template, the configuration, or evidence written in another way."""
        kinds = (PICTURE, TEMPLATE, "mkdocs.yml", "content/*/*.json")
        there = [found for kind in kinds if (found := self._files(kind))]
        path = self.chance.choice(self.chance.choice(there))
        text = (self.site / path).read_bytes()
        if path == PICTURE:
            text = picture(self.number)
        elif path == TEMPLATE:
            text = re.sub(rb"( No\. \d+)?</p>", b" No. %d</p>" % self.number, text)
        elif path == "mkdocs.yml":
            text = re.sub(
                rb"site_name: .*", b"site_name: Harbour %d, explained" % self.number, text
            )
        else:
            text = text.rstrip() + b"\n" * (1 + self.number % 2)
        self._put(path, text)
        return f"change {path}"


@dataclass
class Server:
    """`mkdocs serve` of a site."""

    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and the body; 0 where it does not answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=LIMIT)
        try:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            return 0, b""
        finally:
            connection.close()

    def memory(self) -> int:
        """What it holds, in MB; 0 where the system does not say."""
        with suppress(OSError):
            text = Path(f"/proc/{self.process.pid}/status").read_text("ascii", "replace")
            found = re.search(r"VmRSS:\s+(\d+) kB", text)
            return int(found[1]) // 1024 if found else 0
        return 0


@contextmanager
def serving(site: Path, log: Path, more: dict[str, str] | None = None) -> Iterator[Server]:
    """Serve a site until the end of the block, `more` being in its environment."""
    port = free_port()
    command = [Path(sys.executable).parent / "mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(more or {})}
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=site, stdout=out, stderr=out, env=env, start_new_session=True
        )
    server = Server(process, port)
    try:
        _until(lambda: server.get("")[0] == 200)
        yield server
    finally:
        end(process)


def _until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


@dataclass
class Outcome:
    """What a trial found. Times are seconds; memory is in MB."""

    edits: int = 0
    broken: int = 0  # edits after which something was broken
    compared: int = 0  # times that all files were compared
    faults: list[str] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)  # from a mend or a good edit to all right
    settled: int = 0  # memory after the first edits, by which everything was loaded
    after: int = 0


def tried(folder: Path, count: int, seed: int = 22) -> Outcome:
    """Make a number of edits to a site that is served."""
    outcome = Outcome()
    edits = Edits(prepared(folder / "site"), random.Random(seed))
    with serving(edits.site, folder / "log") as server:
        while (outcome.edits < count or edits.broken) and server.process.poll() is None:
            done = edits.next()
            outcome.edits += 1
            outcome.broken += bool(edits.broken)
            began = time.monotonic()
            wrong = _broken(server, edits) if edits.broken else whole(server, edits, folder)
            outcome.shown += [] if edits.broken else [time.monotonic() - began]
            outcome.compared += not edits.broken
            if edits.number == min(SETTLED, count // 2):
                outcome.settled = server.memory()
            outcome.faults += [f"edit {edits.number}, {done}: {one}" for one in wrong]
        outcome.after = server.memory()
        if server.process.poll() is not None:
            outcome.faults.append(f"it ended after edit {edits.number}: {done}")
    return outcome


def _broken(server: Server, edits: Edits) -> list[str]:
    """While something is broken, pages are shown, and what is wrong stands on them."""
    told = _until(lambda: b'class="problems"' in server.get("")[1])
    return [] if told else [f"{', '.join(edits.broken)}: not told on the page"]


def whole(server: Server, edits: Edits, folder: Path) -> list[str]:
    """Everything that is served is what a build of the same files makes."""
    again = folder / "again"
    for old in again.glob("*") if edits.number % 10 else [again]:
        if old.name != ".cache":
            shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    kept = shutil.ignore_patterns(".cache", "site")
    shutil.copytree(edits.site, again, dirs_exist_ok=True, ignore=kept)
    env = {"SITE_URL": f"http://127.0.0.1:{server.port}/"}
    done = run("mkdocs", "build", "--quiet", cwd=again, env=env)
    if done.returncode:
        return [f"the build fails: {done.stderr}"]
    built = again / "site"
    wanted = {
        path.relative_to(built).as_posix(): path.read_bytes()
        for path in sorted(built.rglob("*"))
        if path.is_file() and not path.relative_to(built).as_posix().startswith(_LEFT_OUT)
    }
    stale: list[str] = []

    def same() -> bool:
        stale[:] = [path for path, raw in wanted.items() if not _is(server, path, raw)]
        return not stale

    return [] if _until(same) else [f"{path} is stale" for path in stale]


def _is(server: Server, path: str, raw: bytes) -> bool:
    address = path.removesuffix("index.html")
    found = server.get(address)[1]
    if path.endswith(".html"):
        for _ in range(2):
            raw, found = _SERVED.sub(b"", raw), _SERVED.sub(b"", found)
    return raw == found
