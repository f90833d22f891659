"""Finished files under names made from what they were made of."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from summitry.pictures import cache
from summitry.pictures.cache import Cache, digest


def test_makes_once_and_leaves_what_is_there(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"picture"

    store = Cache(tmp_path / "new" / "folder")
    first = store.path(["card", b"x"], ".png", make)
    os.utime(first, (1, 1))
    again = store.path(["card", b"x"], ".png", make)
    assert first == again
    assert made == [1]
    assert first.read_bytes() == b"picture"
    assert first.suffix == ".png"
    assert first.stat().st_mtime == 1
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [first]


def test_names_tell_parts_apart() -> None:
    keys: list[list[str | bytes]] = [
        ["ab", "c"],
        ["atb"],
        ["a", "b"],
        ["a", "bc"],
        ["abc"],
        [b"abc"],
        ["abc", ""],
        [],
        ["c", "ab"],
    ]
    assert len({digest(key) for key in keys}) == len(keys)


def test_names_depend_on_the_code_and_libraries_that_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "drawing.py"
    found = {digest(["a"])}
    monkeypatch.setattr(cache, "__file__", str(code))
    for text, release in (("one", "1"), ("two", "1"), ("two", "2")):
        code.write_text(text, "utf-8")
        monkeypatch.setattr(cache, "version", lambda _, release=release: release)
        cache._drawn_by.cache_clear()
        found.add(digest(["a"]))
    monkeypatch.undo()
    cache._drawn_by.cache_clear()
    assert digest(["a"]) in found
    assert len(found) == 4


def test_a_failed_make_leaves_nothing(tmp_path: Path) -> None:
    def make() -> bytes:
        raise ValueError("too long")

    with pytest.raises(ValueError, match="too long"):
        Cache(tmp_path).path(["a"], ".png", make)
    assert list(tmp_path.rglob("*")) == []


def test_a_failed_move_leaves_no_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        Cache(tmp_path).path(["a"], ".png", lambda: b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_concurrent_writers_agree(tmp_path: Path) -> None:
    content = b"x" * 300_000
    barrier = threading.Barrier(8)
    found: list[Path] = []

    def make() -> bytes:
        barrier.wait(10)  # All eight have seen that the file is missing.
        return content

    def build() -> None:
        found.append(Cache(tmp_path).path(["a"], ".bin", make))

    threads = [threading.Thread(target=build) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert found[0].read_bytes() == content
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [found[0]]


@pytest.mark.parametrize("damaged", [b"", b"pict", b"another"], ids=["empty", "cut", "other"])
def test_a_file_that_has_not_what_its_name_says_is_made_anew(
    tmp_path: Path, damaged: bytes
) -> None:
    first = Cache(tmp_path).path(["a"], ".png", lambda: b"picture")
    first.write_bytes(damaged)
    assert Cache(tmp_path).path(["a"], ".png", lambda: b"picture").read_bytes() == b"picture"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [first]
