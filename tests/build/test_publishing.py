"""The old site or the new one, whole: never half of either."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from summitry.build.publishing import BusyError, Staging


def write(folder: Path, text: str) -> None:
    for name in ("index.html", "deep/er/page.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


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


def test_the_first_site_needs_no_folder(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "a/b/site")
    write(staging.folder, "new")
    staging.publish()
    assert texts(tmp_path / "a/b/site") == {"new"}


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
    assert list(staging.folder.iterdir()) == []
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
from summitry.publish import Staging
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
        assert len(list(site.iterdir())) == 20
