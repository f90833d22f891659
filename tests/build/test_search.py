"""Pagefind reads a site and writes an index beside it."""

from __future__ import annotations

import json
import time
from pathlib import Path

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
