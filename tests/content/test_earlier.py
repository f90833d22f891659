"""What an earlier command came to is used only where it rests on the same, and is our own."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from small_site import FILES, OPTIONS, examined, tree
from summitry.checks.rules import examine
from summitry.content import earlier as module
from summitry.content import secret
from summitry.content.earlier import NAME, Earlier
from summitry.content.library import build


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that no key is left behind."""
    monkeypatch.setattr(secret, "user_cache_path", lambda *_, **__: tmp_path / "home")
    forget()
    yield tmp_path / "home"
    forget()


def forget() -> None:
    """As a process that begins."""
    secret.own.cache_clear()
    module._key.cache_clear()


def worked_out(kept: Earlier, rests_on: object = 1) -> bool:
    """Whether a result is made anew."""
    made: list[int] = []
    kept.again("what", "a.md", rests_on, lambda: made.append(1) or 5)
    return bool(made)


def saved(cache: Path) -> Earlier:
    kept = Earlier()
    assert worked_out(kept)
    kept.save(cache, {"a.md"})
    return kept


def test_what_rests_on_the_same_is_not_done_again(tmp_path: Path) -> None:
    saved(tmp_path)
    assert not worked_out(Earlier.load(tmp_path))
    assert worked_out(Earlier.load(tmp_path), rests_on=2)
    assert worked_out(Earlier.load(tmp_path / "elsewhere"))


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    kept = saved(tmp_path)
    kept.again("what", "b.md", 1, lambda: 5)
    kept.save(tmp_path, {"b.md"})
    assert worked_out(Earlier.load(tmp_path))


class Evil:
    """What does something when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path("/tmp/summitry-was-fooled"),)


@pytest.mark.parametrize("harm", ["said", "sum", "name", "key", "foreign", "cut", "type", "none"])
def test_what_is_not_sealed_by_ourselves_is_never_read(
    tmp_path: Path, home: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(tmp_path)
    file = tmp_path / NAME
    loaded: list[bytes] = []
    monkeypatch.setattr(pickle, "loads", lambda raw: loaded.append(raw))
    if harm == "key":
        (home / "key").unlink()
        forget()
    elif harm == "foreign":
        file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:5000])
    else:
        values = {
            "said": pickle.dumps(Evil()),
            "sum": b"\0" * 32,
            "name": "b.md",
            "type": 5,
            "none": None,
        }
        column = {"type": "said", "none": "sum"}.get(harm, harm)
        with closing(sqlite3.connect(file)) as db, db:
            db.execute(f"UPDATE rows SET {column} = ?", (values[harm],))
    Earlier.load(tmp_path)
    assert loaded == []
    assert not Path("/tmp/summitry-was-fooled").exists()


def test_without_a_place_for_a_key_nothing_is_kept(tmp_path: Path, home: Path) -> None:
    home.write_text("a file where the folder should be")
    saved(tmp_path)
    assert not (tmp_path / NAME).exists()


def test_the_key_is_the_users_alone(tmp_path: Path, home: Path) -> None:
    saved(tmp_path)
    assert (home / "key").stat().st_mode & 0o077 == 0
    assert len((home / "key").read_bytes()) == 32


def test_a_page_rests_on_the_folder_of_pages_too() -> None:
    files, kept = tree({"docs/a/index.md": "# A\n"}), Earlier()
    assert "a/index.md" in build(files, "content", "docs", kept).stories
    assert set(build(files, "content", "docs/a", kept).stories) == {"index.md"}


def test_a_whole_examination_comes_to_the_same(tmp_path: Path) -> None:
    """Also where one file of several is another."""
    quote = "content/quotes/quote-one.md"
    for changes in ({}, {quote: FILES[quote].replace("many", "other")}, {quote: "---\n"}, {}):
        kept = Earlier.load(tmp_path)
        files = tree(changes)
        found = examine(files, "docs", OPTIONS, Path("/nowhere"), kept)
        kept.save(tmp_path, {*files.texts})
        assert found.problems == examined(changes).problems
