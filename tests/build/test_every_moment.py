"""Publishing when any one of its changes to the disk fails, or is the last of its process."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ROOT
from summitry.content.targets import MARKED, MARKER
from warm import run

FAULTY = ROOT / "tests" / "reliability" / "faulty.py"
# A site of two pages and a folder, of which one page stays the same.
PUBLISH = """
import sys
from pathlib import Path
from summitry.build import publishing

if {renames}:
    publishing._exchanged = lambda one, other: False
staging = publishing.Staging(Path("site"))
(staging.folder / "index.html").write_text("new")
(staging.folder / "same").mkdir()
(staging.folder / "same/page.html").write_text("same")
try:
    staging.publish()
except OSError as error:
    staging.discard()
    sys.exit(7)
"""


def published(folder: Path, number: int, how: str, renames: bool) -> tuple[int, str, int]:
    """Publish with a fault: the exit code, what was said, and how many changes there were."""
    (folder.parent / "publish.py").write_text(PUBLISH.format(renames=renames))
    note = folder.parent / "note"
    script = folder.parent / "publish.py"
    done = run(str(FAULTY), str(number), how, str(note), str(script), cwd=folder)
    return done.returncode, done.stderr, len(note.read_text().splitlines())


def pages(folder: Path) -> dict[str, str]:
    found = (folder / "site").rglob("*.html")
    return {path.relative_to(folder / "site").as_posix(): path.read_text() for path in found}


OLD = {"index.html": "old", "same/page.html": "same"}
NEW = OLD | {"index.html": "new"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    _begin(folder)
    return folder


def _begin(folder: Path) -> None:
    for name, text in OLD.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(text)
    (folder / "site" / MARKER).write_text(MARKED)


@pytest.mark.parametrize("renames", [False, True], ids=["in one step", "by two renames"])
@pytest.mark.parametrize("how", ["full", "kill"])
def test_the_site_is_whole_whatever_change_goes_wrong(
    folder: Path, how: str, renames: bool
) -> None:
    count = published(folder, 0, how, renames)[2]
    assert count > 10
    for number in range(1, count + 1):
        _begin(folder)
        code, said, _ = published(folder, number, how, renames)
        if how == "kill":
            assert code == -9
            if renames and not (folder / "site").exists():
                continue  # between the two renames; the next build, below, puts it back
        else:
            assert code in (0, 1, 7), said
        assert pages(folder) in (OLD, NEW), f"after change {number}"
    published(folder, 0, how, renames)
    assert pages(folder) == NEW
    assert not list(folder.glob(".site-new*")) + list(folder.glob(".site-old*"))
