"""`summitry archive`, asking an archive on this machine, and what it leaves as it was."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from serving import Answer, Handler, Site, answer, moved
from small_site import examined
from summitry.tools import fetch, vouch_commands
from summitry.tools.cli import main
from test_confirm import of_disk
from test_ledger import ARTICLE, HARBOUR, NEWS, THERE, Files, on_disk, project
from test_site_pages import made

PAGE = "https://two.example/day"
COPY = f"https://web.archive.org/web/20250817101112/{PAGE}"
FOUND = f"/wayback/available?url={'https%3A%2F%2Ftwo.example%2Fday'}&timestamp=20250816"
AGAIN = "/wayback/available?url=https%3A%2F%2Ftwo.example%2Fday"
SAVE = f"/save/{PAGE}"
BARE = {
    path: re.sub("archive_url: .*\n", "", text) if path.startswith(NEWS) else text
    for path, text in HARBOUR.items()
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("harbour"), BARE)


@pytest.fixture
def site(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project with one captured source that has no archived copy."""
    copied = Path(shutil.copytree(first, tmp_path / "site"))
    monkeypatch.chdir(copied)
    monkeypatch.setenv("SUMMITRY_ARCHIVE", "")
    return copied


@pytest.fixture
def web() -> Iterator[Site]:
    """An archive on this machine that has nothing."""
    web = Site()
    for path in (FOUND, AGAIN):
        web.pages[path] = snapshot("")
    thread = Thread(target=web.serve_forever, args=(0.01,))
    thread.start()
    yield web
    web.shutdown()
    web.server_close()
    thread.join()


def snapshot(url: str, **more: object) -> Answer:
    closest = {"available": True, "url": url, "timestamp": "1", "status": "200", **more}
    found = {"closest": closest} if url else {}
    data = {"url": PAGE, "archived_snapshots": found}
    return answer(json.dumps(data).encode(), kind="application/json")


def archive(web: Site, *words: str, code: int = 0) -> str:
    options = ["--at", web.url("/"), "--pause", "0"]
    done = CliRunner().invoke(main, ["archive", *options, *words])
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    assert done.exit_code == code, done.output
    return done.output


def asked(web: Site) -> list[str]:
    return [path for path, _ in web.asked]


def test_a_copy_that_is_there_is_written_as_one_line(site: Path, web: Site) -> None:
    web.pages[FOUND] = snapshot(COPY.replace("https", "http", 1))
    before = of_disk(site)
    assert archive(web) == f"harbour-news: {COPY}\n1 of 1 written\n"
    after = of_disk(site)
    assert asked(web) == [FOUND]
    assert {path for path in after if after[path] != before[path]} == {f"{NEWS}.md"}
    old, new = before[f"{NEWS}.md"], after[f"{NEWS}.md"]
    assert isinstance(old, bytes)
    line = f"url: {PAGE}\n".encode()
    assert new == old.replace(line, line + f"archive_url: {COPY}\n".encode())
    assert archive(web) == "0 of 0 written\n"  # there is nothing left to look for
    assert f"it has an archived copy already: {COPY}" in archive(web, "harbour-news", code=1)


def test_a_copy_is_made_where_there_is_none(site: Path, web: Site) -> None:
    web.pages[SAVE] = moved(f"/web/20250818000000/{PAGE}")
    made = COPY.replace("20250817101112", "20250818000000")
    assert archive(web, "harbour-news") == f"harbour-news: {made}\n1 of 1 written\n"
    assert asked(web) == [FOUND, SAVE]  # the copy itself is not fetched
    assert f"archive_url: {made}\n" in (site / f"{NEWS}.md").read_text("utf-8")


def test_a_copy_that_is_there_only_later(site: Path, web: Site) -> None:
    web.pages[SAVE] = answer(b"<p>Saving.</p>")
    output = archive(web, code=1)
    assert "harbour-news: the archive was asked and has no copy yet: try again in some" in output
    web.pages[AGAIN] = snapshot(COPY)
    assert COPY in archive(web)
    assert asked(web) == [FOUND, SAVE, AGAIN] * 2


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ("", "the archive has no copy"),
        (COPY.replace("2025", "2024"), "the copy is of 2024-08-17, before the page was published"),
        (COPY.replace("day", "night"), "the copy is of another page"),
        ("https://evil.example/x", "the archive has no copy"),
    ],
)
def test_without_leave_none_is_made(site: Path, web: Site, found: str, why: str) -> None:
    web.pages[FOUND] = snapshot(found)
    before = of_disk(site)
    for option in ("--dry-run", "--no-save"):
        assert f"harbour-news: {why}: run it without" in archive(web, option, code=1)
    assert set(asked(web)) == {FOUND}
    assert of_disk(site) == before


def test_a_dry_run_writes_nothing(site: Path, web: Site) -> None:
    web.pages[FOUND] = snapshot(COPY)
    before = of_disk(site)
    assert archive(web, "--dry-run") == f"harbour-news: {COPY}\n1 of 1 found, nothing written\n"
    assert of_disk(site) == before


ANSWERS = {
    "not there": (answer(b"", 404), "404 Not Found"),
    "too many": (answer(b"", 429), "429 Too Many Requests"),
    "no JSON": (answer(b"{", kind="application/json"), "answered what cannot be read"),
    "deep": (answer(b"[" * 90_000, kind="application/json"), "answered what cannot be read"),
    "other JSON": (answer(b"[1]", kind="application/json"), "answered what cannot be read"),
    "null": (
        answer(b'{"archived_snapshots": {"closest": null}}', kind="application/json"),
        "answered what cannot be read",
    ),
    "a page": (answer(b"<p>No"), "sent “text/html”, not application/json; check the address"),
    "much": (answer(b" " * 200_000, kind="application/json"), "is larger than 100 kB"),
    "elsewhere": (moved("http://10.0.0.1/"), "is not an address of the public internet"),
    "the next port": (moved("http://127.0.0.1:1/"), "is not an address of the public internet"),
    "round and round": (moved(FOUND), "redirects more than 5 times"),
}


@pytest.mark.parametrize(("sent", "why"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_is_none_is_a_message(site: Path, web: Site, sent: Answer, why: str) -> None:
    web.pages[FOUND] = sent
    output = archive(web, code=1)
    assert output.startswith("harbour-news: ")
    assert why in output
    assert "--html" not in output  # which this command does not have


def test_who_does_not_answer_is_not_asked_on_and_on(
    site: Path, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(vouch_commands, "sleep", slept.append)
    sources = {
        f"content/sources/s{n}.md": f"---\ntype: article\ntitle: S{n}\nurl: https://s{n}.example/a\n"
        "issued: 2025-08-15\n---\n"
        for n in range(5)
    }
    for path, text in sources.items():
        (site / path).write_text(text, "utf-8")

    def busy(handler: Handler) -> None:
        answer(b"", 503)(handler)

    for n in range(5):
        web.pages[f"/wayback/available?url=https%3A%2F%2Fs{n}.example%2Fa&timestamp=20250815"] = (
            busy
        )
    output = archive(web, "s0", "s1", "s2", "s3", "s4", code=1)
    assert "3 in a row failed: 2 not asked; try again later\n0 of 5 written\n" in output
    assert len(web.asked) == 3
    assert slept == [0.0, 0.0]


def test_without_an_address_of_ones_own_no_private_machine_is_asked(
    site: Path, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summitry.tools.archive.FINDS", web.url(""))
    done = CliRunner().invoke(main, ["archive"])
    assert "127.0.0.1 is not an address of the public internet" in done.output
    assert web.asked == []


@pytest.mark.parametrize("base", ["here", "ftp://a.example", "http://", "http://a:b@c.example"])
def test_an_address_that_is_none(site: Path, base: str) -> None:
    done = CliRunner().invoke(main, ["archive", "--at", base])
    assert done.exit_code == 2
    assert "write it as https://host" in done.output


def test_sources_that_there_are_not(site: Path, web: Site) -> None:
    assert "there is no source harbour-new: did you mean" in archive(web, "harbour-new", code=1)
    (site / f"{NEWS}.md").write_text(BARE[f"{NEWS}.md"].replace(f"url: {PAGE}\n", ""), "utf-8")
    assert "it has no url, of which a copy" in archive(web, "harbour-news", code=1)


WRITTEN = {
    "the last key": ("type: article\ntitle: A\nissued: 2025-08-15\nurl: {}\n", "url: {}\n"),
    "windows": ("type: article\r\ntitle: A\r\nurl: {}\r\nissued: 2025-08-15\r\n", "url: {}\r\n"),
    "folded": ("type: article\ntitle: A\nurl: >-\n  {}\nissued: 2025-08-15\n", "  {}\n"),
    "a comment": ("type: article\ntitle: A\nurl: {}\n# more\nissued: 2025-08-15\n", "url: {}\n"),
    "quoted": ("type: article\ntitle: A\n'url': \"{}\"\nissued: 2025-08-15\n", '"{}"\n'),
}


@pytest.mark.parametrize(("front", "behind"), WRITTEN.values(), ids=WRITTEN)
def test_nothing_else_in_the_file_changes(site: Path, web: Site, front: str, behind: str) -> None:
    end = "\r\n" if "\r\n" in front else "\n"
    text = f"---{end}{front.format(PAGE)}---{end}{end}Its *text*,  with  blanks. {end}"
    web.pages[FOUND] = snapshot(COPY)
    (site / f"{NEWS}.md").write_bytes(text.encode())
    archive(web)
    behind = behind.format(PAGE)
    wanted = text.replace(behind, f"{behind}archive_url: {COPY}{end}")
    assert (site / f"{NEWS}.md").read_bytes() == wanted.encode()


def test_where_no_line_fits_in_it_says_what_to_write(site: Path, web: Site) -> None:
    text = f"---\n{{type: article, title: A, issued: 2025-08-15, url: '{PAGE}'}}\n---\n"
    (site / f"{NEWS}.md").write_text(text, "utf-8")
    web.pages[FOUND] = snapshot(COPY)
    output = archive(web, code=1)
    assert f"write it by hand below url: in {NEWS}.md: archive_url: {COPY}" in output
    assert (site / f"{NEWS}.md").read_text("utf-8") == text


# The note of the check, and the pages


def test_the_check_names_those_without_a_copy(tmp_path: Path) -> None:
    post = HARBOUR[f"{NEWS}.md"].replace("two.example", "three.example").replace("News", "Post")
    bare = re.sub("archive_url: .*\n", "", post)
    workshop = on_disk(tmp_path, {**BARE, "content/sources/harbour-post.md": bare})
    for name in ("harbour-news", "harbour-post"):
        workshop.capture(name, ARTICLE, THERE)
    files: Files = dict(workshop.library.tree.texts)
    (note,) = [p for p in examined(files).problems if p.code == "not-archived"]
    assert note.note
    assert note.message == "2 captured sources without an archived copy: harbour-news, harbour-post"
    assert note.cure == "find or make them: summitry archive"


def test_pages_link_the_copy_as_robust_links_do(first: Path, tmp_path: Path) -> None:
    files = of_disk(first)
    text = BARE[f"{NEWS}.md"].replace(f"url: {PAGE}\n", f"url: {PAGE}\narchive_url: {COPY}\n")
    pages = made(tmp_path, {**files, f"{NEWS}.md": text})
    link = (
        r'<a class="external archived" rel="external noopener noreferrer" '
        rf'href="{re.escape(COPY)}" '
        rf'data-originalurl="{PAGE}" data-versionurl="{re.escape(COPY)}" '
        r'data-versiondate="2025-08-17">Archived copy of 17 August 2025<'
    )
    for url in ("sources/", "sources/harbour-news/", "quotes/harbour-day/"):
        html = " ".join(pages[url].make().html.split())
        assert re.search(link, html), url


def test_the_fetcher_still_refuses_what_is_not_home() -> None:
    wanted = fetch.Wanted(home="127.0.0.1:1")
    with pytest.raises(fetch.FetchError, match="is not an address of the public internet"):
        fetch.fetch("http://127.0.0.1:2/", wanted=wanted)
    with pytest.raises(fetch.FetchError, match=r"there is no connection to 127\.0\.0\.1"):
        fetch.fetch("http://127.0.0.1:1/", wanted=wanted)
