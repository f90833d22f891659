"""A site that a newcomer begins: from a built wheel, in an empty folder, of another meeting."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from running import ROOT, committed

ADDRESS = "https://gipfel.example/"
# Three sides, two days, two zones, a name that is not Latin, and German.
ANSWERS = (
    "--summit", "Gipfel von Musterstadt", "--day", "2024-05-03", "--last-day", "2024-05-04",
    "--place", "Musterstadt", "--latitude", "48.2", "--longitude", "16.37",
    "--zone", "Europe/Vienna", "--zone", "Asia/Tokyo", "--language", "de",
    "--leader", "Anna Muster=Nordland", "--leader", "Олена Приклад=Südland",
    "--leader", "Bo Ek=Westland",
)  # fmt: skip


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
        "init": (folder, "-m", "summitry", "init", str(site), *ANSWERS),
        "check": (site, "-m", "summitry", "check"),
        "build": (site, "-m", "mkdocs", "build", "--strict"),
    }
    for name, (cwd, *command) in steps.items():
        done = by(package, cwd, *command, SITE_URL=ADDRESS)
        (folder / f"{name}.txt").write_text(done.stdout + done.stderr, "utf-8")
        assert done.returncode == 0, (name, done.stdout, done.stderr)
        if name == "init":
            committed(site)
