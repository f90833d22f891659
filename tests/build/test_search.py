"""Pagefind reads what pages give it, and an index is kept until a word of it changes."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from summitry.build import search
from summitry.build.search import Index, Indexing, searched
from summitry.pages.spec import READER, MadePage


def page(url: str, text: str, head: str = "") -> MadePage:
    main = f"<main data-pagefind-body><h1>{url}</h1><p>{text}</p></main>"
    html = (
        f'<!doctype html><html lang="en"><head>{head}</head><body><p>menu</p>{main}</body></html>'
    )
    return MadePage(url, url, "", READER, html, [])


PAGES = [page("one/", "A word."), page("two/", "Another word.")]


def count(files: Mapping[str, bytes]) -> int:
    return int(json.loads(files["pagefind-entry.json"])["languages"]["en"]["page_count"])


def test_every_page_that_gives_something_is_read(tmp_path: Path) -> None:
    silent = MadePage("three/", "", "", READER, '<html lang="en"><main>no</main></html>', [])
    files = Index([*PAGES, silent], tmp_path).files()
    assert count(files) == 2
    assert "pagefind.js" in files


def test_the_index_is_that_of_whole_pages(tmp_path: Path) -> None:
    whole = {one.url: one.html for one in PAGES}
    assert Indexing.of(whole).files() == Index(PAGES, tmp_path).files()


def test_an_index_is_kept_until_a_word_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Index(PAGES, tmp_path).files()
    began: list[object] = []
    of = Indexing.of
    monkeypatch.setattr(Indexing, "of", lambda *given: began.append(given) or of(*given))
    with_head = [page("one/", "A word.", "<meta>"), PAGES[1]]
    assert Index(with_head, tmp_path).files() == files
    assert not began
    assert Index([page("one/", "Other.", ""), PAGES[1]], tmp_path).files() != files
    assert len(began) == 1


@pytest.mark.parametrize("damage", [b"", b"nothing", None])
def test_a_kept_index_that_is_not_whole_is_none(tmp_path: Path, damage: bytes | None) -> None:
    files = Index(PAGES, tmp_path).files()
    kept = tmp_path / "search.sqlite"
    if damage is None:
        kept.write_bytes(kept.read_bytes().replace(b"pagefind.js", b"pagefind.jz"))
    else:
        kept.write_bytes(damage)
    assert Index(PAGES, tmp_path).files() == files


def test_without_pages_that_can_be_read_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search.sys, "executable", "false")
    with pytest.raises(search.NoIndexError, match=r"\w"):
        Indexing.of(searched(PAGES)).files()


def test_indexing_in_the_background_ends_and_can_be_stopped(tmp_path: Path) -> None:
    background = search.Background()
    background.stop()  # nothing is under way
    background.start(PAGES, tmp_path)
    background.start(PAGES, tmp_path)  # takes the place of the first
    deadline = time.monotonic() + 300  # so that a hang ends
    while not (tmp_path / "pagefind/pagefind-entry.json").is_file():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    background.stop()
    background.stop()
