"""Pages that passed the last look are not read again; nothing else is let through by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from summitry.build import gate, gate_markup
from summitry.build.gate_memory import RECORD
from summitry.build.published import digest

PAGES = {
    "index.html": '<h1 id="top">Home</h1><a href="a/#one">a</a>',
    "a/index.html": '<h1 id="one">A</h1><a href="../">home</a>',
}


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were read anew, by name."""
    found: list[str] = []
    page = gate_markup.page

    def noted(path: str, text: str, policy: str = "") -> gate_markup.Markup:
        found.append(path)
        return page(path, text, policy)

    monkeypatch.setattr(gate_markup, "page", noted)
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "cache").mkdir()
    for name, text in PAGES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "site"


def inspect(site: Path) -> list[str]:
    return [p.message for p in gate.inspect(site, cache_dir=site.parent / "cache")]


def test_only_what_changed_is_read_again(site: Path, looked: list[str]) -> None:
    assert inspect(site) == []
    assert sorted(looked) == sorted(PAGES)
    looked.clear()
    assert inspect(site) == []
    assert looked == []
    (site / "a/index.html").write_text('<h1 id="one">B</h1>')
    assert inspect(site) == []
    assert looked == ["a/index.html"]


def test_a_link_that_died_on_another_page_is_found(site: Path, looked: list[str]) -> None:
    assert inspect(site) == []
    (site / "a/index.html").write_text('<h1 id="two">A</h1>')
    looked.clear()
    assert inspect(site) == ["a/#one: there is no #one on that page"]
    assert looked == ["a/index.html"]
    (site / "a/index.html").unlink()
    assert inspect(site) == ["a/#one leads to a/index.html, which is not there"]


def test_what_is_wrong_is_never_kept(site: Path, looked: list[str]) -> None:
    (site / "a/index.html").write_text('<p onclick="x">A</p><p id="one"></p>')
    assert len(inspect(site)) == 1
    looked.clear()
    assert len(inspect(site)) == 1
    assert looked == ["a/index.html"]


@pytest.mark.parametrize("record", [b"", b"{}", b"0" * 64 + b"\n{}", b"\xff\n\xff", None])
def test_a_record_that_is_not_whole_is_none(
    site: Path, looked: list[str], record: bytes | None
) -> None:
    assert inspect(site) == []
    path = site.parent / "cache" / RECORD
    if record is None:
        path.write_bytes(path.read_bytes().replace(b"one", b"two"))
    else:
        path.write_bytes(record)
    looked.clear()
    assert inspect(site) == []
    assert sorted(looked) == sorted(PAGES)


def test_a_page_that_is_known_by_its_hash_is_not_opened(site: Path, looked: list[str]) -> None:
    known = {name: digest(text.encode()) for name, text in PAGES.items()}
    assert inspect(site) == []
    looked.clear()
    for name in PAGES:
        (site / name).write_text("<p>never read</p>")
    assert gate.inspect(site, cache_dir=site.parent / "cache", digests=known) == []
    assert looked == []


def test_what_passed_under_one_policy_does_not_pass_under_another(site: Path) -> None:
    cache = site.parent / "cache"
    assert not gate.inspect(site, "/", "", cache)
    asked = gate.inspect(site, "/", "default-src 'none'", cache)
    assert {p.message for p in asked} == {"no content policy stands before <body>"}
