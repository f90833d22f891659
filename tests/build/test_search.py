"""Pagefind reads what pages give it, and an index is kept until a word of it changes."""

from __future__ import annotations

import base64
import hashlib
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pagefind.service import get_executable
from summitry.build import indexer, search
from summitry.build.search import Index, Indexing, read_of, searched
from summitry.pages.spec import READER, MadePage


def page(url: str, text: str, head: str = "") -> MadePage:
    main = f"<main data-pagefind-body><h1>{url}</h1><div>{text}</div></main>"
    html = (
        f'<!doctype html><html lang="en"><head>{head}</head><body><p>menu</p>{main}</body></html>'
    )
    read = hashlib.sha256(read_of(html).encode()).hexdigest()
    return MadePage(url, url, "", READER, html.encode(), [], searched=read)


PAGES = [page("one/", "A word."), page("two/", "Another word.")]


def count(files: Mapping[str, bytes]) -> int:
    return int(json.loads(files["pagefind-entry.json"])["languages"]["en"]["page_count"])


def indexed(pages: Sequence[MadePage], cache: Path) -> search.Files:
    index = Index(cache, "world")
    index.of(pages)
    return index.files()


def begun(texts: Iterable[tuple[str, str]]) -> Indexing:
    return Indexing().tell(enumerate(texts))


def made_of(texts: Iterable[tuple[str, str]]) -> search.Files:
    return begun(texts).files()[0]


def texts(pages: Iterable[MadePage]) -> list[tuple[str, str]]:
    return [(one.url, read_of(one.html)) for one in searched(pages)]


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a script in the place of the search tool."""
    path = tmp_path / "tool"
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(path))

    def put(script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    return put


def test_every_page_that_gives_something_is_read(tmp_path: Path) -> None:
    silent = MadePage("three/", "", "", READER, b'<html lang="en"><main>no</main></html>', [])
    files = indexed([*PAGES, silent], tmp_path)
    assert count(files) == 2
    assert "pagefind.js" in files


IGNORED = "<div data-pagefind-ignore>Not this{}</div>"


@pytest.mark.parametrize("text", [
    "A word.",
    IGNORED.format(" and <b id=a>not that</b>") + " but <em id=b>these &amp; those &lt;</em> words",
    IGNORED.format(IGNORED.format(IGNORED.format("")) + " nor these") + "<h2 id=c>A heading</h2>",
    IGNORED.format("<h1>Another title</h1>") + "<p>words",
    IGNORED.format("<img src=a.png alt='A picture'>") + "<p>words",
    IGNORED.format("<b data-pagefind-meta=kind>Kind</b>") + "<i data-pagefind-filter=topic>Law</i>",
    IGNORED.format("<b data-pagefind-filter=topic>Talks</b><i data-pagefind-sort=day>3</i>"),
])  # fmt: skip
def test_the_index_is_that_of_whole_pages(tmp_path: Path, text: str) -> None:
    pages = [PAGES[0], page("two/", text)]
    whole = [(one.url, one.html) for one in pages]
    assert made_of(whole) == indexed(pages, tmp_path)


def test_the_index_of_our_own_site_is_that_of_its_whole_pages(built: Path) -> None:
    pages = {file.relative_to(built).as_posix(): file for file in built.rglob("index.html")}
    whole = sorted((name, file.read_text("utf-8")) for name, file in pages.items())
    read = [(name.removesuffix("index.html"), html) for name, html in whole if read_of(html)]
    files = {name: raw for name, raw in made_of(read).items() if name.endswith("pf_fragment")}
    assert len(files) > 500
    folder = built / "pagefind"
    assert files == {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*.pf_fragment")
    }


def test_what_is_ignored_is_not_told() -> None:
    told = read_of(page("one/", IGNORED.format(IGNORED.format("")) + "Words").html)
    assert "Words" in told
    assert "Not this" not in told


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The numbers of the texts of which Pagefind is told, for each time that it is told."""
    found: list[list[int]] = []
    tell = Indexing.tell

    def listening(making: Indexing, texts: Iterable[tuple[int, tuple[str, str]]]) -> Indexing:
        given = [*texts]
        found.append([number for number, _ in given])
        return tell(making, given)

    monkeypatch.setattr(Indexing, "tell", listening)
    return found


def test_an_index_is_kept_until_a_word_changes(tmp_path: Path, told: list[list[int]]) -> None:
    files = indexed(PAGES, tmp_path)
    told.clear()
    with_head = [page("one/", "A word.", "<meta>"), PAGES[1]]
    assert indexed(with_head, tmp_path) == files
    assert not told
    assert indexed([page("one/", "Other.", ""), PAGES[1]], tmp_path) != files
    assert told == [[0, 1]]


MANY = [page(f"{n}/", f"Word {n}.") for n in range(8)]


def test_of_texts_that_stayed_it_is_not_told_again_and_the_index_is_the_same(
    tmp_path: Path, told: list[list[int]]
) -> None:
    indexed(MANY, tmp_path)
    other = [*MANY[:3], page("3/", "A harbour."), *MANY[4:]]
    twice = [*other[:6], page("6/", "An island."), page("7/", "A harbour.")]
    for pages, numbers in ((other, [3]), (twice, [6, 7])):
        told.clear()
        again = indexed(pages, tmp_path)
        assert told == [numbers]
        assert again == made_of(texts(pages))


@pytest.mark.parametrize("pages", [MANY[1:], [*MANY, page("9/", "More.")], [
    page(f"{n}/", f"Other {n}.") for n in range(8)
]])  # fmt: skip
def test_where_pages_come_or_go_or_many_differ_it_begins_anew(
    tmp_path: Path, told: list[list[int]], pages: list[MadePage]
) -> None:
    indexed(MANY, tmp_path)
    told.clear()
    assert indexed(pages, tmp_path) == made_of(texts(pages))
    assert told[0] == [*range(len(pages))]


@pytest.mark.parametrize("damage", [b"", b"nothing\n", None])
def test_texts_that_are_not_those_that_were_kept_are_not_indexed(
    tmp_path: Path, told: list[list[int]], damage: bytes | None
) -> None:
    indexed(MANY, tmp_path)
    kept, other = tmp_path / "search.jsonl", [page("0/", "A harbour."), *MANY[1:]]
    if damage is None:
        kept.unlink()
    else:
        kept.write_bytes(kept.read_bytes().replace(b"Word 5", b"Sword") if damage else damage)
    told.clear()
    assert indexed(other, tmp_path) == made_of(texts(other))
    assert told[:2] == [[0], [*range(8)]]


def test_in_another_world_it_does_not_begin_with_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(MANY, tmp_path)
    monkeypatch.setattr(search, "Indexing", lambda *given: pytest.fail("it began"))
    Index(tmp_path, "another")


def test_what_was_begun_for_nothing_ends(tmp_path: Path) -> None:
    files = indexed(MANY, tmp_path)
    index = Index(tmp_path, "world")
    assert index._making
    process = index._making._process
    index.of(MANY)
    assert process.returncode is not None
    assert index.files() == files


@pytest.mark.parametrize("damage", [b"", b"nothing", None])
def test_a_kept_index_that_is_not_whole_is_none(tmp_path: Path, damage: bytes | None) -> None:
    files = indexed(PAGES, tmp_path)
    kept = tmp_path / "search.sqlite"
    if damage is None:
        kept.write_bytes(kept.read_bytes().replace(b"pagefind.js", b"pagefind.jz"))
    else:
        kept.write_bytes(damage)
    assert indexed(PAGES, tmp_path) == files


def test_pages_go_in_by_their_addresses_whatever_the_order_in_which_they_come() -> None:
    """Pagefind numbers them as they come: on another file system, 29 files were other ones."""
    files = made_of(texts(PAGES))
    assert made_of(texts(reversed(PAGES))) == files


def test_nothing_is_written_where_the_index_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind's own writing ended well on a full disk, and left files cut short."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        files = made_of(texts(PAGES))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert count(files) == 2
    assert not list(tmp_path.iterdir())


def test_what_is_under_way_can_be_stopped() -> None:
    before = threading.active_count()
    making = begun(texts(page(f"{n}/", "Some words.") for n in range(300)))
    making.stop()
    making.stop()
    assert threading.active_count() == before
    with pytest.raises(search.NoIndexError):
        making.files()


def test_the_search_tool_ends_with_who_talks_with_it(
    tmp_path: Path, tool: Callable[[str], None]
) -> None:
    number = tmp_path / "number"
    tool(f"echo $$ > {number}.new\nmv {number}.new {number}\nexec cat")
    making = begun(texts(PAGES))
    _until(number.is_file)
    making.stop()
    _until(lambda: not Path(f"/proc/{number.read_text('utf-8').strip()}/exe").exists())


@pytest.mark.parametrize("told", [b"", b'1 {"file_path": "one/index.html", "file_contents": "A wo'])
def test_what_is_cut_off_leaves_nobody_waiting(told: bytes) -> None:
    program = get_executable()
    assert program
    line = b'0 {"file_path": "index.html", "file_contents": "<html lang=en>A word.</html>"}\n'
    command = [sys.executable, "-I", indexer.__file__, str(program)]
    done = subprocess.run(command, input=line + told, capture_output=True, check=False)
    assert bool(done.returncode) == bool(told) == (not done.stdout), done.stderr


def test_a_search_tool_that_ends_or_refuses_is_told(tool: Callable[[str], None]) -> None:
    tool("exit 3")
    with pytest.raises(search.NoIndexError, match=r"stopped without a word \(3\)"):
        made_of(texts(PAGES))
    said = base64.b64encode(json.dumps({"payload": {"type": "Error", "message": "no"}}).encode())
    tool(f"printf '{said.decode()},'\ncat")
    with pytest.raises(search.NoIndexError, match=r"^no$"):
        made_of(texts(PAGES))


def test_a_search_tool_that_talks_nonsense_is_told_without_a_traceback(
    tool: Callable[[str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    tool("printf 'bm8=,'\ncat")
    with pytest.raises(search.NoIndexError, match=r"what makes it ended \(1\)"):
        made_of(texts(PAGES))
    assert capfd.readouterr() == ("", "")


def _until(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 300  # so that a hang ends
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_indexing_in_the_background_ends_and_can_be_stopped(tmp_path: Path) -> None:
    background = search.Background()
    background.hold()  # nothing is under way
    background.start(PAGES, tmp_path)  # and nothing begins
    background.release()
    assert not any(tmp_path.iterdir())
    background.start(PAGES, tmp_path)
    background.start(PAGES, tmp_path)  # takes the place of the first
    _until((tmp_path / "pagefind/pagefind-entry.json").is_file)
    background.hold()
    background.end()


def test_it_may_be_stopped_from_where_ever_it_is_begun(tmp_path: Path) -> None:
    """The server stopped an index while a page's maker put another in its place: it hung."""
    background, pages = search.Background(), [page(f"{n}/", "Some words.") for n in range(50)]
    with ThreadPoolExecutor(6) as pool:
        begun = [pool.submit(background.start, pages, tmp_path) for _ in range(12)]
        held = [pool.submit(how) for how in (background.hold, background.end) * 6]
        assert [one.result() for one in begun + held] == [None] * 24
    background.end()
    assert not [one for one in threading.enumerate() if "index of search" in one.name]


def test_an_edit_does_not_wait_for_an_index_that_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, goes_on, within = threading.Event(), threading.Event(), search.within

    def slow(folder: Path, name: str) -> Path:
        writing.set()
        assert goes_on.wait(300)
        return within(folder, name)

    monkeypatch.setattr(search, "within", slow)
    background = search.Background()
    background.start(PAGES, tmp_path)
    assert writing.wait(300)
    background.hold()  # comes back, though a file is still being written
    goes_on.set()
    background.end()
    assert len(list(tmp_path.rglob("*.*"))) == 1, "no other file came after it"


def test_an_index_that_cannot_be_written_in_the_background_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "pagefind").write_text("a file in its place", "utf-8")
    background = search.Background()
    background.start(PAGES, tmp_path)
    _until(lambda: "search finds what it found before" in caplog.text)
    background.end()
