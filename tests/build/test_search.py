"""Pagefind reads a site and writes an index beside it."""

from __future__ import annotations

import base64
import json
import resource
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from summitry.build import search


def write(site: Path, **pages: str) -> Path:
    for name, text in pages.items():
        (site / name).mkdir(parents=True, exist_ok=True)
        page = f'<html lang="en"><body data-pagefind-body><h1>{name}</h1><p>{text}</body></html>'
        (site / name / "index.html").write_text(page)
    return site


def entry(site: Path) -> dict[str, dict[str, int]]:
    found = json.loads((site / "pagefind/pagefind-entry.json").read_text("utf-8"))
    return {language: {"pages": of["page_count"]} for language, of in found["languages"].items()}


def test_every_page_is_indexed(tmp_path: Path) -> None:
    site = write(tmp_path / "site", one="A word.", two="Another word.")
    search.index(site)
    assert entry(site) == {"en": {"pages": 2}}
    assert (site / "pagefind/pagefind.js").is_file()
    assert (site / "one/index.html").read_text().count("<script") == 0


def test_the_index_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        site = write(tmp_path / name, one="Some words here.", two="Some more words.")
        search.index(site)
        files = sorted((site / "pagefind").rglob("*"))
        made.append({f.relative_to(site): f.read_bytes() for f in files if f.is_file()})
    assert made[0] == made[1]


def test_pages_go_in_by_their_addresses_however_a_file_system_lists_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind numbers them in the order in which they come: 29 files were other ones in memory."""
    site = write(tmp_path / "site", b="Some words.", a="Some more words.", c="Others.")
    (site / "plain.html").write_text("<p>Not for the search.", "utf-8")
    listed, asked = Path.rglob, list[str]()

    def backwards(folder: Path, pattern: str) -> list[Path]:
        return sorted(listed(folder, pattern), reverse=True)

    def noted(service: Any, kind: str, **more: Any) -> Any:
        asked.extend([more["file_path"]] if kind == "AddFile" else [])
        return ask(service, kind, **more)

    ask = search._Service.ask
    monkeypatch.setattr(Path, "rglob", backwards)
    monkeypatch.setattr(search._Service, "ask", noted)
    search.index(site)
    assert asked == ["a/index.html", "b/index.html", "c/index.html"]


def test_a_file_that_cannot_be_written_whole_is_an_error(tmp_path: Path) -> None:
    """Pagefind's own writing ended well on a full disk, and left files cut short."""
    site = write(tmp_path / "site", one="A word.")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            search.index(site)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_is_under_way_ends_with_the_block(tmp_path: Path) -> None:
    site = write(tmp_path / "site", **{f"page-{n}": "Some words." for n in range(300)})
    before = threading.active_count()
    with pytest.raises(KeyError), search.making(site):
        raise KeyError
    assert not (site / "pagefind").exists()
    assert threading.active_count() == before


def test_a_search_tool_that_ends_or_refuses_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path / "site", one="A word.")
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tool))
    with pytest.raises(search.NoIndexError, match=r"stopped without a word \(3\)"):
        search.index(site)
    said = base64.b64encode(json.dumps({"payload": {"type": "Error", "message": "no"}}).encode())
    tool.write_text(f"#!/bin/sh\nprintf '{said.decode()},'\ncat\n", "utf-8")
    with pytest.raises(search.NoIndexError, match=r"^no$"):
        search.index(site)


def test_without_a_site_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(search.NoIndexError, match=r"\w"):
        search.index(tmp_path / "nowhere")


def test_indexing_in_the_background_ends_and_can_be_stopped(tmp_path: Path) -> None:
    site = write(tmp_path / "site", one="A word.")
    background = search.Background()
    background.stop()  # nothing is under way
    background.start(site)
    background.start(site)  # takes the place of the first
    deadline = time.monotonic() + 300  # so that a hang ends
    while not (site / "pagefind/pagefind-entry.json").is_file():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    background.stop()
    background.stop()
