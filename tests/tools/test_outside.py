"""Which addresses outside the site answer. The server is real, and on this machine only."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import copy_of
from serving import HTML, Site, answer
from small_site import FILES, tree
from summitry.content.library import build
from summitry.tools import fetch, outside
from summitry.tools.cli import main
from summitry.tools.fetch import FetchError
from summitry.tools.outside import missing, told


def test_every_address_is_found_with_its_places_but_those_of_copies() -> None:
    source = FILES["content/sources/source-one.md"]
    copy = "archive_url: https://web.archive.org/web/20250816000000/https://one.example/page"
    page = FILES["docs/story.md"] + "\n[x](https://two.example/a#b) <https://one.example/page>\n"
    changes = {
        "content/sources/source-one.md": source.replace("issued", f"{copy}\nissued"),
        "docs/story.md": page,
    }
    found = outside.outside(build(tree(changes), "content", "docs"))
    assert found == {
        "https://one.example/page": ["content/sources/source-one.md:5", "docs/story.md:11"],
        "https://two.example/a": ["docs/story.md:11"],
    }


def test_a_page_that_is_gone_is_told_apart_from_one_that_refuses_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        server.pages = {
            "/well": answer(HTML),
            "/paper": answer(b"%PDF", kind="application/pdf"),
            "/gone": answer(b"", 404),
            "/refused": answer(b"", 403),
        }
        local = partial(fetch.fetch, check=lambda _: None)
        monkeypatch.setattr(fetch, "fetch", local)
        found = {server.url(path): [f"a.md:{n}"] for n, path in enumerate(server.pages)}
        lost = missing(found, pause=0)
        server.shutdown()
        thread.join()
    assert [(one.url.rpartition("/")[2], one.gone, one.used) for one in lost] == [
        ("gone", True, ("a.md:2",)),
        ("refused", False, ("a.md:3",)),
    ]
    said = told(lost, ["source-x"], 4)
    assert "## 1 of 4 addresses are gone" in said
    assert "<summary>1 did not answer a program</summary>" in said
    assert "- <code>source-x</code>" in said
    assert told([one for one in lost if not one.gone], [], 4) == ""


def test_one_host_is_asked_one_address_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(outside.time, "sleep", slept.append)
    found = {f"https://one.example/{n}": ["a.md:1"] for n in range(3)}
    assert missing(found | {"https://two.example/": []}, 7, lambda _: None) == []
    assert sorted(slept) == [0, 0, 7, 7]


def test_the_command_writes_an_account_and_fails_where_something_is_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site, into = copy_of("other", tmp_path), tmp_path / "links.md"
    source = site / "content/sources/sample-report.md"
    source.write_text(f"---\nurl: https://one.example/\n{source.read_text('utf-8')[4:]}", "utf-8")
    config = str(site / "mkdocs.yml")
    command = ["links", "-f", config, "--pause", "0", "--into", str(into)]
    monkeypatch.setattr(fetch, "fetch", lambda url: None)
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, into.read_text("utf-8")) == (0, "")

    def gone(url: str) -> None:
        raise FetchError("it is gone", 410)

    monkeypatch.setattr(fetch, "fetch", gone)
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "are gone" in into.read_text("utf-8")
