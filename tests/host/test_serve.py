"""mkdocs serve: edits show on every page that depends on them, and nothing ends it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError
from mkdocs.livereload import LiveReloadServer
from running import committed, copy_of, end, free_port
from summitry import TEMPLATES
from summitry.data.history import git
from summitry.host import watching
from warm import run
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

pytestmark = [pytest.mark.build, pytest.mark.usefixtures("other")]  # whose cache comes along

LIMIT = 300  # seconds; so that a hang ends, however busy the machine is


class Served:
    def __init__(self, site: Path, address: str) -> None:
        self.site, self.address = site, address

    def get(self, path: str) -> str:
        try:
            with urlopen(self.address + path, timeout=LIMIT) as response:
                return response.read().decode("utf-8")
        except (URLError, TimeoutError, ConnectionError):
            return ""

    def until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + LIMIT
        while not true():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.1)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.site / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


def put_in_the_way(folder: Path) -> bool:
    """Whether a file could be put in the place of a folder, into which something may be written."""
    if folder.is_dir():
        folder.rename(folder.with_name(f"gone-{time.monotonic_ns()}"))
    with suppress(IsADirectoryError):
        folder.write_text("in the way of what is kept", "utf-8")
    return folder.is_file()


@contextmanager
def serving_none(paths: Sequence[Path], since: int) -> Iterator[LiveReloadServer]:
    """A server that watches paths and answers nobody."""
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, "")
    for path in paths:
        server.watch(str(path))
    watching.at_once(server, since).observer.start()
    try:
        yield server
    finally:
        server.observer.stop()
        server.observer.join()
        server.server_close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[Path], Served]]:
    running: list[subprocess.Popen[bytes]] = []

    def go(site: Path) -> Served:
        port = free_port()
        mkdocs = str(Path(sys.executable).parent / "mkdocs")
        env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        with (tmp_path / "log").open("wb") as log:
            command = [mkdocs, "serve", "-a", f"127.0.0.1:{port}"]
            running.append(
                subprocess.Popen(
                    command, cwd=site, stdout=log, stderr=log, env=env, start_new_session=True
                )
            )
        there = Served(site, f"http://127.0.0.1:{port}/")
        there.until(lambda: bool(there.get("")))
        return there

    yield go
    ended = [process.poll() is not None for process in running]
    for process in running:
        end(process)
    assert not any(ended), (tmp_path / "log").read_text("utf-8")


def test_edits_breaks_and_mends(tmp_path: Path, start: Callable[[Path], Served]) -> None:
    there = start(committed(copy_of("other", tmp_path)))
    quote, page = "content/quotes/sample-words.md", "quotes/sample-words/"

    there.edit(quote, "these words stand here", "new words stand here")
    there.until(lambda: "new words stand here" in there.get(page))
    for other in ("", "quotes/", "people/ronald-reagan/", "events/meeting/"):
        assert "new words stand here" in there.get(other), other

    there.edit(quote, "title: Sample", "title: [Sample")
    there.until(lambda: f"{quote}:2:8" in there.get(page))
    assert "new words stand here" in there.get(page), "the last valid words stay"
    assert "Content-Security-Policy" not in there.get(page)
    assert "Two leaders met in Iceland" in there.get("")
    assert re.search(r"<em>Fix:</em> ", there.get(""))

    there.edit(quote, "title: [Sample", "title: Mended")
    there.until(lambda: "Mended" in there.get("quotes/"))
    assert 'class="problems"' not in there.get("")

    (there.site / "content/places/new.md").write_text("---\nname: New Place\n---\n", "utf-8")
    there.until(lambda: "New Place" in there.get("places/new/"))
    assert "Updated" not in there.get("places/new/"), "nothing was committed yet"
    git(there.site, "add", "content/places/new.md")
    git(there.site, "-c", "user.name=A", "-c", "user.email=a@a.example", "commit", "-qm", "new")
    there.until(lambda: "Updated" in there.get("places/new/"))

    (there.site / "content/people/ronald-reagan.md").unlink()
    there.until(lambda: "people/ronald-reagan does not exist" in there.get(""))
    assert "President of the United States" in there.get("people/ronald-reagan/")


def test_a_commit_counts_when_its_branch_has_it(
    tmp_path: Path, start: Callable[[Path], Served]
) -> None:
    """Git adds a line to its log before it moves the branch, and was asked in between."""
    there = start(committed(copy_of("other", tmp_path)))

    def asked(*words: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@a.example")
        return git(there.site, *who, *words).decode("ascii").strip()

    def taken_in() -> int:
        return (tmp_path / "log").read_text("utf-8").count("Reloading browsers")

    page = "places/new/"
    (there.site / "content/places/new.md").write_text("---\nname: New Place\n---\n", "utf-8")
    there.until(lambda: "New Place" in there.get(page))
    asked("add", "content/places/new.md")
    old, branch = asked("rev-parse", "HEAD"), there.site / ".git" / asked("symbolic-ref", "HEAD")
    new = asked("commit-tree", asked("write-tree"), "-p", old, "-m", "new")
    before = taken_in()
    with (there.site / ".git/logs/HEAD").open("a", encoding="utf-8") as log:
        log.write(f"{old} {new} A <a@a.example> 1 +0000\tnew\n")
    there.until(lambda: taken_in() > before)
    assert "Updated" not in there.get(page)
    lock = branch.with_name(f"{branch.name}.lock")
    lock.write_text(f"{new}\n", "utf-8")
    lock.replace(branch)
    there.until(lambda: "Updated" in there.get(page))


def test_what_a_site_stands_on_may_break_or_go_and_come_back(
    tmp_path: Path, start: Callable[[Path], Served]
) -> None:
    site = copy_of("other", tmp_path)
    config, footer = site / "mkdocs.yml", site / "mine/frame/footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text((TEMPLATES / "frame/footer.html").read_text("utf-8"), "utf-8")
    text = config.read_text("utf-8").replace(
        "  name: material", "  name: material\n  custom_dir: mine"
    )
    config.write_text(text, "utf-8")
    there = start(site)
    quote, page = "content/quotes/sample-words.md", "quotes/sample-words/"

    def told(words: str) -> None:
        there.until(lambda: words in there.get(page))
        assert "these words stand here" in there.get(page)
        assert "contributors" in there.get("contribute/").casefold(), "what MkDocs made stays"

    def mended() -> None:
        there.until(lambda: 'class="problems"' not in there.get(page))

    there.until(lambda: "these words stand here" in there.get(page))
    was = footer.read_text("utf-8")
    footer.write_text("{% if", "utf-8")
    told("mine/frame/footer.html:1:1")
    footer.write_bytes(b"\xff")
    told("the site cannot be built")
    footer.write_text(was, "utf-8")
    mended()

    config.write_text("site_name: Without us\n", "utf-8")
    told("summitry is not among the plugins")
    config.write_text("plugins: [", "utf-8")
    told("mkdocs.yml:1:11")
    there.edit(quote, "these words stand here", "these words stand here too")
    there.until(lambda: "stand here too" in there.get(page))
    told("mkdocs.yml:1:11")
    config.write_text(text, "utf-8")
    mended()

    for folder in ("content", "docs", "mine"):
        (site / folder).rename(site / "away")
        there.until(lambda: 'class="problems"' in there.get(page))
        (site / "away").rename(site / folder)
        mended()
    there.until(lambda: put_in_the_way(site / ".cache"))
    there.edit(quote, "stand here too", "stand there")
    there.until(lambda: "the site cannot be built" in there.get(page))
    (site / ".cache").unlink()
    there.edit(quote, "stand there", "stand everywhere")
    there.until(lambda: "stand everywhere" in there.get(page))
    mended()
    log = (tmp_path / "log").read_text("utf-8")
    assert "Traceback" not in log


def test_a_site_that_is_broken_from_the_start_is_served_and_recovers(
    tmp_path: Path, start: Callable[[Path], Served]
) -> None:
    site = copy_of("other", tmp_path)
    fact = site / "content/facts/length.md"
    text = fact.read_text("utf-8")
    fact.write_text(text.replace("label: Days", "label: [Days"), "utf-8")
    there = start(site)
    assert "content/facts/length.md:" in there.get("facts/length/")
    assert "Ronald Reagan" in there.get("people/ronald-reagan/")
    fact.write_text(text, "utf-8")
    there.until(lambda: "How many days did they meet?" in there.get(""))


def test_a_busy_port_is_told_before_any_work(tmp_path: Path) -> None:
    site = copy_of("other", tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("mkdocs", "serve", "-a", f"127.0.0.1:{port}", cwd=site)
    assert done.returncode != 0
    assert f"something else answers at 127.0.0.1:{port} already; " in done.stderr
    assert re.search(r"(\d+) is free: mkdocs serve -a 127.0.0.1:\1\b", done.stderr)
    assert "Traceback" not in done.stderr


def test_no_byte_of_content_ends_it(tmp_path: Path, start: Callable[[Path], Served]) -> None:
    there = start(copy_of("other", tmp_path))
    for number, raw in enumerate((b"\xff\xfe", b"", b"---\n" + b"[" * 30_000, b"---\n---\n---\n")):
        (there.site / "content/people/mikhail-gorbachev.md").write_bytes(raw)
        marker = f"Marker {number}"
        index = there.site / "docs/index.md"
        head, _, tail = index.read_text("utf-8").partition("# ")
        index.write_text(f"{head}# {marker} {tail}", "utf-8")
        there.until(lambda marker=marker: marker in there.get(""))
        assert 'class="problems"' in there.get("")


def test_the_system_tells_of_changes_and_not_of_every_file_that_is_read(tmp_path: Path) -> None:
    """A build opens thousands of files: who is told of each takes longer than the build."""
    told: list[FileSystemEvent] = []

    class Told(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            told.append(event)

    file = tmp_path / "one.md"
    file.write_text("One.", "utf-8")
    observer = Observer()
    observer.schedule(Told(), str(tmp_path), recursive=True, event_filter=watching._CHANGES)
    observer.start()
    try:
        for _ in range(20):
            file.read_text("utf-8")
        file.write_text("Two.", "utf-8")
        deadline = time.monotonic() + 300  # so that a hang ends
        while not told:
            assert time.monotonic() < deadline
            time.sleep(0.01)
    finally:
        observer.stop()
        observer.join()
    assert {event.event_type for event in told} == {"modified"}


def test_a_file_beside_folders_that_may_go_and_come_is_watched(tmp_path: Path) -> None:
    """The system watches a folder once, and forgets what was asked for of it before."""
    files = [tmp_path / str(number) / "mkdocs.yml" for number in range(16)]
    for file in files:  # in which order they are watched is left to chance
        (file.parent / "content").mkdir(parents=True)
        file.write_text("site_name: One\n", "utf-8")
    watched = [one for file in files for one in (file.parent / "content", file)]
    with serving_none(watched, time.time_ns()) as server:
        for file in files:
            server._want_rebuild = False
            file.write_text("site_name: Two\n", "utf-8")
            deadline = time.monotonic() + LIMIT
            while not server._want_rebuild:
                assert time.monotonic() < deadline, file
                time.sleep(0.01)
            time.sleep(0.05)  # so that it is told of both steps of one writing


def test_a_setting_that_changes_while_the_one_before_fails_is_taken_in(tmp_path: Path) -> None:
    site = copy_of("other", tmp_path)
    config, built = load_config(str(site / "mkdocs.yml")), []

    def build_and_change() -> None:
        built.append(None)
        with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
            file.write("# changed while it is built\n")
        raise ConfigurationError("as settings were wrong")

    config.plugins.on_startup(command="serve", dirty=False)
    try:
        build(config)
        server = LiveReloadServer(build_and_change, "127.0.0.1", 0, config.site_dir)
        config.plugins.on_serve(server, config=config, builder=build_and_change)
        server.builder()
        assert not built, "nothing has changed"
        (site / "mkdocs.yml").write_text("site_name: Without us\n", "utf-8")
        server.builder()
        server.builder()
        assert len(built) == 2
        server.server_close()
    finally:
        config.plugins.on_shutdown()


def test_what_changes_while_the_server_starts_is_taken_in(tmp_path: Path) -> None:
    """The system tells of nothing that changed before it was asked to."""
    folder = tmp_path / "content"
    (folder / "people").mkdir(parents=True)
    for name in ("one", "two", "three"):
        (folder / "people" / f"{name}.md").write_text(name, "utf-8")

    def is_seen(change: Callable[[], object]) -> bool:
        time.sleep(0.05)  # a file system's clock goes in steps of some milliseconds
        since = time.time_ns()
        time.sleep(0.05)
        change()
        with serving_none([folder], since) as server:
            return server._want_rebuild

    assert not is_seen(lambda: (folder / "people/one.md").read_text("utf-8"))
    assert is_seen(lambda: (folder / "people/one.md").write_text("changed", "utf-8"))
    assert is_seen(lambda: (folder / "people/two.md").unlink())
    assert is_seen(lambda: (folder / "people/three.md").rename(folder / "people/four.md"))
