"""Every built page before the W3C's Nu checker: `make test-all`, which needs Java and Node."""

import subprocess
from pathlib import Path

import pytest

from running import ROOT  # isort: skip

pytestmark = pytest.mark.standards

CHECKER = ROOT / "tests" / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def check(*paths: Path, kind: str = "") -> list[str]:
    """The errors that the checker finds, each in a line."""
    options = ["--errors-only", "--format", "gnu", *([f"--skip-non-{kind}"] if kind else [])]
    command = ["java", "-Xss8m", "-jar", str(CHECKER), *options, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [line for line in done.stderr.splitlines() if line.strip()]
    assert done.returncode == (1 if found else 0), done.stderr
    return found


def test_no_page_has_an_error(built: Path) -> None:
    assert len(list(built.rglob("*.html"))) > 500
    assert check(built, kind="html") == []


def test_no_drawn_figure_has_an_error(built: Path) -> None:
    drawn = sorted((built / "assets" / "figures").glob("*.svg"))
    assert drawn
    assert check(*drawn, kind="svg") == []


def test_the_checker_finds_an_error(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>T</title><p><img src="x.png"></p>')
    assert any("alt" in line for line in check(page))
