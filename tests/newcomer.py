"""A site that a newcomer begins: from a built wheel, in an empty folder, of another meeting."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from running import ROOT

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


# Commands one after another, each as `python -m` runs it, in one process: what they import is read
# once. What each says is kept beside the site, and one that fails ends it.
_ONE_BY_ONE = """
import contextlib, json, os, runpy, subprocess, sys
import summitry
folder, steps = sys.argv[1], json.loads(sys.argv[2])
for name, (where, module, *words) in steps.items():
    os.chdir(where)
    sys.argv = [module, *words]
    with open(f"{folder}/{name}.txt", "w", encoding="utf-8") as said:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            if module == "git":
                subprocess.run(sys.argv, check=True, capture_output=True)
                continue
            print(summitry.TEMPLATES)
            try:
                runpy.run_module(module, run_name="__main__", alter_sys=True)
            except SystemExit as ended:
                if ended.code:
                    raise
"""
_AS = ("-c", "user.name=A", "-c", "user.email=a@a.example")


def start(folder: Path) -> None:
    """Install, begin, commit, check and build, as the page says."""
    package, site = installed(folder), folder / "begun"
    site.mkdir()
    here = str(site)
    steps = {
        "init": (str(folder), "summitry", "init", here, *answers()),
        "repository": (here, "git", "init", "--quiet"),
        "add": (here, "git", "add", "--all"),
        "commit": (here, "git", *_AS, "commit", "--quiet", "-m", "The site as it began"),
        "check": (here, "summitry", "check"),
        "build": (here, "mkdocs", "build", "--strict"),
    }
    env = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SITE_URL": ADDRESS,
        "PYTHONPATH": str(package),
    }
    command = [sys.executable, "-c", _ONE_BY_ONE, str(folder), json.dumps(steps)]
    done = subprocess.run(
        command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    said = {name: _said(folder, name) for name in steps}
    assert done.returncode == 0, (said, done.stderr)


def _said(folder: Path, step: str) -> str:
    file = folder / f"{step}.txt"
    return file.read_text("utf-8") if file.is_file() else ""
