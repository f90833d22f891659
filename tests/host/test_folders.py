"""No word in mkdocs.yml or on the command line makes a build write over a project's own files."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import committed, copy_of, digests
from warm import run

pytestmark = pytest.mark.build


@pytest.fixture
def project(other: Path, tmp_path: Path) -> Path:
    """A copy of the other site, which was built before, so that its cache comes along."""
    del other
    return copy_of("other", tmp_path)


def configure(project: Path, line: str) -> None:
    config = project / "mkdocs.yml"
    config.write_text(f"{line}\n{config.read_text('utf-8')}", "utf-8")


@pytest.mark.parametrize("folder", ["content", "mine", "link"])
@pytest.mark.parametrize("command", ["check", "build", "gh-deploy", "-d"])
def test_a_target_that_is_not_a_build_s_is_refused(
    project: Path, folder: str, command: str
) -> None:
    (project / "mine").mkdir()
    (project / "mine/notes.txt").write_text("mine")
    (project / "link").symlink_to("mine")
    committed(project)
    if command != "-d":
        configure(project, f"site_dir: {folder}")
    before = digests(project)
    words = {
        "check": ["summitry", "check"],
        "build": ["mkdocs", "build"],
        "gh-deploy": ["mkdocs", "gh-deploy"],
        "-d": ["mkdocs", "build", "-d", folder],
    }
    done = run(*words[command], cwd=project)
    assert done.returncode == 1
    assert digests(project) == before
    told = done.stdout + done.stderr
    assert "site_dir" in told
    assert "Traceback" not in told
    if command == "check":
        assert told.startswith("mkdocs.yml:1:1: ")
        assert "fix: " in told
        assert "such as site" in told


def test_a_cache_that_is_not_a_build_s_is_refused(project: Path) -> None:
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("main_event", "cache_dir: content/cache\n      main_event"))
    line = text[: text.index("main_event")].count("\n") + 1
    before = digests(project)
    for command in (["summitry", "check"], ["mkdocs", "build"]):
        done = run(*command, cwd=project)
        assert done.returncode == 1
        said = f"mkdocs.yml:{line}:7: cache_dir: cache lies in the folder of content_dir"
        assert said in done.stdout + done.stderr
    assert digests(project) == before


def test_a_site_is_built_twice_and_a_foreign_one_never(project: Path) -> None:
    for _ in range(2):
        assert run("mkdocs", "build", "-d", "out", cwd=project).returncode == 0
    (project / "out/.summitry-site").unlink()
    before = digests(project / "out")
    done = run("mkdocs", "build", "-d", "out", cwd=project)
    assert done.returncode == 1
    assert "out holds files and no mark of a build" in done.stderr
    assert digests(project / "out") == before


@pytest.mark.parametrize("folder", ["../elsewhere", "."])
def test_docs_outside_the_project_are_refused(project: Path, folder: str) -> None:
    (project.parent / "elsewhere").mkdir()
    configure(project, f"docs_dir: {folder}")
    done = run("summitry", "check", cwd=project)
    assert done.returncode == 1
    assert done.stdout.startswith("mkdocs.yml:1:1: ")
    done = run("mkdocs", "build", cwd=project)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
