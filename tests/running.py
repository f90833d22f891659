"""Runs the project as a person would: mkdocs and summitry as commands, a site over HTTP."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests" / "sites"
# Everything that a published site would set, so that no link is left out for want of it.
PUBLISHED = {
    "SITE_URL": "https://example.org/some/path/",
    "REPO_URL": "https://example.org/repository",
    "CONTACT_EMAIL": "editor@example.org",
}


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first process to want it makes, and all use."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with FileLock(shared / f"{name}.lock"):
        if not (shared / name).is_dir():
            begun = factory.mktemp(name)
            make(begun)
            begun.rename(shared / name)
    return shared / name


def run(
    *command: str, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one of the environment's commands (mkdocs, summitry) and keep what it says."""
    full = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(env or {})}
    full.pop("PYTHONDONTWRITEBYTECODE", None)
    binary = Path(sys.executable).parent / command[0]
    return subprocess.run(
        [str(binary), *command[1:]], cwd=cwd, env=full, capture_output=True, text=True, check=False
    )


def copy_of(name: str, folder: Path) -> Path:
    """A copy of one of tests/sites that can be changed.

    Where the other site was built in this run, its cache comes along, with the same templates,
    compiled, and pictures by what they were made of.
    """
    target = folder / name
    shutil.copytree(SITES / name, target)
    for above in folder.parents:
        kept = above / "built-other" / "other" / ".cache"
        if kept.is_dir():
            shutil.copytree(kept, target / ".cache", dirs_exist_ok=True)
            break
    return target


def committed(folder: Path) -> Path:
    """Make a folder a repository with all its files in one commit, so that its history is whole."""
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example"]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "first"]):
        subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)
    return folder


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def free_port() -> int:
    """A port of this machine at which nothing answers yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, wait, and kill what is left of it and of all that it started.

    It has to lead a group of its own.
    """
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Links:
    """The values of an attribute in a page, in order; of several, by element."""

    def __init__(self, text: str, *names: str) -> None:
        wanted = names or ("href",)
        nodes = LexborHTMLParser(text).css(",".join(f"[{name}]" for name in wanted))
        self.found = [
            node.attributes[name] or ""
            for node in nodes
            for name in wanted
            if name in node.attributes
        ]
