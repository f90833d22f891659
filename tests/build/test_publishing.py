"""The old site or the new one, whole: never half of either."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from summitry.build import publishing
from summitry.build.published import Published, remember
from summitry.build.publishing import BusyError, NotOursError, Staging
from summitry.content.targets import MARKER


def write(folder: Path, text: str, marked: bool = True) -> None:
    """A site of a build; without its mark, files of somebody."""
    for name in ("index.html", "deep/er/page.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    if marked:
        (folder / MARKER).write_text("")


def texts(folder: Path) -> set[str]:
    return {path.read_text() for path in folder.rglob("*.html")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was published before."""
    write(tmp_path / "site", "old")
    return tmp_path / "site"


def test_the_new_site_takes_the_place_of_the_old(site: Path) -> None:
    (site / "gone.html").write_text("gone")
    staging = Staging(site)
    write(staging.folder, "new")
    assert texts(site) == {"old", "gone"}
    staging.publish()
    assert texts(site) == {"new"}
    assert not (site / "gone.html").exists()
    assert [p.name for p in site.parent.iterdir() if p.is_dir()] == ["site"]


@pytest.mark.parametrize("name", ["../a.html", "/a.html", "b/../../a.html", "..", ""])
def test_nothing_is_put_outside_of_the_site(site: Path, name: str) -> None:
    staging = Staging(site)
    named = f"{site.parent}{name}" if name.startswith("/") else name
    with pytest.raises(OSError, match="lies outside of the site"):
        staging.put(named, b"new")
    staging.discard()
    assert not list(site.parent.rglob("a.html"))


def test_the_first_site_needs_no_folder(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "a/b/site")
    write(staging.folder, "new")
    staging.publish()
    assert texts(tmp_path / "a/b/site") == {"new"}


def test_what_is_published_already_is_not_written_again(site: Path, tmp_path: Path) -> None:
    remember(tmp_path, "", site, {})
    (site / "index.html").write_text("dlo")  # touched since
    known = (site / "deep/er/page.html").stat().st_ino
    staging = Staging(site, Published.read(tmp_path, site))
    for name in ("index.html", "deep/er/page.html", "more.html"):
        staging.put(name, b"old")
    assert (staging.folder / "deep/er/page.html").stat().st_ino == known
    assert (staging.folder / "index.html").stat().st_ino != (site / "index.html").stat().st_ino
    staging.put("deep/er/page.html", b"new")  # in its place, and not into the published file
    assert texts(site) == {"old", "dlo"}
    staging.publish()
    assert texts(site) == {"old", "new"}
    assert staging.digests.keys() == {"index.html", "deep/er/page.html", "more.html"}


@pytest.mark.parametrize("can", [True, False])
def test_what_is_kept_is_not_written_but_gets_another_name(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can: bool
) -> None:
    kept = [tmp_path / "cache" / name for name in ("a-1.png", "a-2.png")]
    kept[0].parent.mkdir()
    for file in kept:
        file.write_bytes(file.name.encode())
    if not can:
        monkeypatch.setattr(publishing, "_linked", lambda *_: False)
    before = Published(site)
    for file in (kept[0], kept[0], kept[1]):
        staging = Staging(site, before)
        staging.put_kept("a.png", kept[0])
        staging.put_kept("a.png", file)  # the last one counts
        staging.publish()
        made = site / "a.png"
        assert made.read_bytes() == file.name.encode()
        assert (made.stat().st_ino == file.stat().st_ino) == can
        remember(tmp_path, "", site, staging.digests)
        before = Published.read(tmp_path, site)
        assert before.digest("a.png") == file.name
    assert kept[0].read_bytes() == b"a-1.png"


@pytest.mark.parametrize("can", [True, False])
def test_what_is_published_is_taken_before_what_is_kept(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can: bool
) -> None:
    """What is kept of it may be spoilt: nobody looked, as it is published."""
    if not can:
        monkeypatch.setattr(publishing, "_linked", lambda *_: False)
    kept = tmp_path / "a-1.png"
    (site / "a.png").write_bytes(b"whole")
    kept.write_bytes(b"spoilt")
    remember(tmp_path, "", site, {"a.png": kept.name})
    staging = Staging(site, Published.read(tmp_path, site))
    staging.put_kept("a.png", kept)
    staging.publish()
    assert (site / "a.png").read_bytes() == b"whole"


@pytest.mark.parametrize("can", [True, False])
def test_many_files_are_written_out_in_one_go_where_the_system_can(
    site: Path, monkeypatch: pytest.MonkeyPatch, can: bool
) -> None:
    asked: list[Path] = []
    one_by_one: list[int] = []
    monkeypatch.setattr(publishing, "_written_out", lambda at: asked.append(at) or can)
    monkeypatch.setattr(publishing.os, "fsync", one_by_one.append)
    staging = Staging(site)
    for number in range(150):
        staging.put(f"{number}.html", str(number).encode())
    staging.publish()
    assert asked == [staging.folder]
    assert len(one_by_one) == (0 if can else 151)  # with the mark of a build


def test_what_is_discarded_leaves_the_old_site(site: Path) -> None:
    staging = Staging(site)
    write(staging.folder, "new")
    staging.discard()
    assert texts(site) == {"old"}
    assert not staging.folder.exists()


def test_two_builds_do_not_write_one_site(site: Path) -> None:
    first = Staging(site)
    write(first.folder, "new")
    with pytest.raises(BusyError, match="another build is writing"):
        Staging(site)
    assert texts(first.folder) == {"new"}  # the second did not empty it
    first.publish()
    Staging(site).discard()
    assert texts(site) == {"new"}


def test_what_a_killed_build_left_is_swept_away(site: Path) -> None:
    write(site.with_name(".site-new"), "half")
    staging = Staging(site)
    assert [path.name for path in staging.folder.iterdir()] == [MARKER]
    staging.discard()
    assert texts(site) == {"old"}


def test_a_build_killed_within_the_swap_is_mended_by_the_next(site: Path) -> None:
    site.rename(site.with_name(".site-old"))
    write(site.with_name(".site-new"), "new")
    Staging(site).discard()
    assert texts(site) == {"old"}


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        Staging(tmp_path / "file/site")


KILLED = """
import sys
from pathlib import Path
from summitry.build.publishing import Staging
while True:
    staging = Staging(Path(sys.argv[1]))
    for number in range(20):
        (staging.folder / f"{number}.html").write_text("new")
    staging.publish()
    print("published", flush=True)
"""


def test_a_killed_build_lets_the_next_one_in_and_leaves_a_whole_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for pause in (0.0, 0.003, 0.007, 0.011):
        command = [sys.executable, "-c", KILLED, str(site)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as build:
            assert build.stdout is not None
            assert build.stdout.readline()
            time.sleep(pause)
            os.kill(build.pid, signal.SIGKILL)
        Staging(site).discard()
        assert len(list(site.glob("*.html"))) == 20


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("hidden", [False, True])
def test_a_folder_with_other_files_is_not_taken(tmp_path: Path, hidden: bool) -> None:
    """Neither one without the mark of a build, nor one where somebody keeps a repository."""
    site = tmp_path / "site"
    write(site, "mine", marked=hidden)
    if hidden:
        (site / ".git").mkdir()
    with pytest.raises(NotOursError, match="site"):
        Staging(site)
    assert texts(site) == {"mine"}
    assert names(tmp_path) == {"site"}


def test_a_file_that_comes_during_the_build_stays(site: Path) -> None:
    staging = Staging(site)
    (site / ".git").mkdir()
    with pytest.raises(NotOursError, match=r"holds \.git, which no build writes"):
        staging.publish()
    staging.discard()
    assert texts(site) == {"old"}


def test_a_target_that_is_a_link_or_a_file_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", "mine")
    (tmp_path / "link").symlink_to("other")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "file").write_text("mine")
    for name in ("link", "gone", "file"):
        with pytest.raises(NotOursError, match=name):
            Staging(tmp_path / name)
    assert texts(tmp_path / "other") == {"mine"}
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("use", ["new", "old", "gone"])
@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_stands_beside_and_is_not_ours_is_stepped_around(
    site: Path, use: str, kind: str
) -> None:
    beside, mine = site.with_name(f".site-{use}"), site.parent / "mine"
    write(mine, "mine", marked=kind == "link")
    if kind == "folder":
        mine.rename(beside)
    elif kind == "file":
        beside.write_text("mine")
    else:
        beside.symlink_to(mine)
    before = names(site.parent)
    for _ in range(2):
        staging = Staging(site)
        write(staging.folder, "new")
        staging.publish()
    assert texts(site) == {"new"}
    assert names(site.parent) == before
    assert (beside.read_text() == "mine") if kind == "file" else (texts(beside) == {"mine"})


def test_folders_that_cannot_be_deleted_are_named_and_stepped_around(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path) -> None:
        raise PermissionError(1, "held", str(path))

    write(site.with_name(".site-old"), "older")
    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", held)
        for number in range(3):
            staging = Staging(site)
            write(staging.folder, str(number))
            staging.publish()
            assert texts(site) == {str(number)}
            assert staging.left
    Staging(site).discard()
    assert names(site.parent) == {"site"}


def test_half_a_site_is_never_put_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could be deleted in part is not taken for the whole site of a killed build."""
    write(site.with_name(".site-old"), "older")
    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", lambda path: (_ for _ in ()).throw(OSError(1, "held")))
        Staging(site).discard()
    site.rename(site.with_name("away"))
    Staging(site).discard()
    assert not site.exists()


@pytest.mark.parametrize("kind", ["words", "link", "folder"])
def test_a_lock_that_is_not_one_is_left(site: Path, kind: str) -> None:
    lock = site.with_name(".site.lock")
    if kind == "words":
        lock.write_text("mine")
    elif kind == "link":
        (site / "index.html").rename(site / "other.html")
        lock.symlink_to(site / "other.html")
    else:
        lock.mkdir()
    with pytest.raises(NotOursError, match="not the lock of a build"):
        Staging(site)
    assert texts(site) == {"old"}


def test_a_swap_that_fails_in_the_middle_puts_the_old_site_back(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging, rename = Staging(site), Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self == staging.folder and target == site:
            raise OSError(1, "held")
        return rename(self, target)

    monkeypatch.setattr(publishing, "_exchanged", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="held"):
        staging.publish()
    assert texts(site) == {"old"}


def inodes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in folder.rglob("*.html")}


def test_what_is_the_same_is_neither_written_nor_deleted(site: Path) -> None:
    before = inodes(site)
    staging = Staging(site)
    write(staging.folder, "old")
    (staging.folder / "index.html").write_text("new")
    staging.publish()
    after = inodes(site)
    assert after["page.html"] == before["page.html"]
    assert after["index.html"] != before["index.html"]
    assert texts(site) == {"new", "old"}


def test_linux_swaps_in_one_step(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no moment without a site: nothing is renamed away from its address."""
    staging = Staging(site)
    write(staging.folder, "new")
    renamed = []
    rename = Path.rename

    def noted(self: Path, target: Path) -> Path:
        renamed.append(self)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", noted)
    staging.publish()
    assert texts(site) == {"new"}
    assert (site in renamed) == (sys.platform != "linux")


def test_without_that_step_two_renames_do(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_exchanged", lambda one, other: False)
    staging = Staging(site)
    write(staging.folder, "new")
    staging.publish()
    assert texts(site) == {"new"}
    assert [p.name for p in site.parent.iterdir() if p.is_dir()] == ["site"]


@pytest.mark.parametrize("end", ["publish", "discard"])
def test_no_lock_is_left_beside_the_site(site: Path, end: str) -> None:
    staging = Staging(site)
    assert site.with_name(".site.lock").exists()
    with pytest.raises(BusyError):
        Staging(site)
    getattr(staging, end)()
    assert not site.with_name(".site.lock").exists()
    Staging(site).discard()


def test_a_lock_that_was_opened_before_it_went_keeps_nobody_else_in(site: Path) -> None:
    first = Staging(site)
    opened = os.open(site.with_name(".site.lock"), os.O_RDWR)
    first.discard()
    fcntl.flock(opened, fcntl.LOCK_EX)  # of a file that has no name any more
    second = Staging(site)
    with pytest.raises(BusyError):
        Staging(site)
    os.close(opened)
    second.discard()


def test_a_file_that_cannot_take_the_place_of_its_twin_leaves_nothing_behind(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> Path:
        raise OSError("no room")

    staging = Staging(site)
    write(staging.folder, "old")
    monkeypatch.setattr(Path, "replace", refuse)
    staging.publish()
    assert {path.name for path in site.rglob("*") if path.is_file()} == {
        "index.html", "page.html", MARKER,
    }  # fmt: skip
