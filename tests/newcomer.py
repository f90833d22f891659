"""A site that a newcomer begins: from a built wheel, in an empty folder, of another meeting."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from running import ROOT, committed

ADDRESS = "https://gipfel.example/"
PAGE = ROOT / "docs/contribute/start.md"


def told() -> list[list[str]]:
    """The commands of “Start your own explainer”, each in its words, in their order."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line.strip()]


def answers() -> list[str]:
    """What the page's own example answers: three sides, two days, two zones, and German."""
    (found,) = [words[3:] for words in told() if words[:2] == ["summitry", "init"] and words[3:]]
    return found


def installed(folder: Path) -> Path:
    """The package as its wheel has it, in a folder of its own."""
    dist, target = folder / "dist", folder / "installed"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = dist.glob("*.whl")
    with ZipFile(wheel) as opened:
        opened.extractall(target)
    return target


def by(package: Path, cwd: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python, this package's from where it is installed."""
    full = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(package), **env}
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=full, capture_output=True, text=True, check=False
    )


def start(folder: Path) -> None:
    """Install, begin, check and build, each as a person would. What each says is kept."""
    package, site = installed(folder), folder / "begun"
    site.mkdir()
    steps = {
        "where": (folder, "-c", "import summitry; print(summitry.TEMPLATES)"),
        "init": (folder, "-m", "summitry", "init", str(site), *answers()),
        "check": (site, "-m", "summitry", "check"),
        "build": (site, "-m", "mkdocs", "build", "--strict"),
    }
    for name, (cwd, *command) in steps.items():
        done = by(package, cwd, *command, SITE_URL=ADDRESS)
        (folder / f"{name}.txt").write_text(done.stdout + done.stderr, "utf-8")
        assert done.returncode == 0, (name, done.stdout, done.stderr)
        if name == "init":
            committed(site)
