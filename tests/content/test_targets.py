"""A build never writes a folder that holds what somebody made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from summitry.content import secret
from summitry.content.targets import MARKER, Folders, cache_folder, wrongs


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a file in each of its folders, reached through no link."""
    root = tmp_path / "home" / "project"
    for name in ("content/people", "docs", "overrides", "scripts", "tests/data", ".git", "mine"):
        (root / name).mkdir(parents=True)
        (root / name / "kept").write_text("kept")
    return root


def said(
    root: Path, site: str | Path = "site", cache: str = ".cache", with_site: bool = True
) -> list[tuple[str, str]]:
    matter = {
        "content_dir": root / "content",
        "docs_dir": root / "docs",
        "custom_dir": root / "overrides",
        "review": root / "tests",
    }
    folders = Folders(root, root / site, root / cache, matter)
    return [
        (wrong.option, wrong.message.partition(": ")[2]) for wrong in wrongs(folders, with_site)
    ]


@pytest.mark.parametrize("name", ["site", "public/deep", "../elsewhere", "contents", "docs-out"])
def test_a_new_folder_apart_from_the_others_is_fine(project: Path, name: str) -> None:
    assert said(project, name) == []
    (project / name).mkdir(parents=True)
    assert said(project, name) == []
    (project / name / "page.html").touch()
    assert said(project, name) != []
    (project / name / MARKER).touch()
    assert said(project, name) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("content", "this is the folder of content_dir"),
        ("content/people", "people lies in the folder of content_dir"),
        ("content/new", "new lies in the folder of content_dir"),
        ("Content/new", "new lies in the folder of content_dir"),
        ("docs", "this is the folder of docs_dir"),
        ("overrides/x", "x lies in the folder of custom_dir"),
        ("scripts", "this is the folder of scripts"),
        ("tests", "this is the folder of tests"),
        ("tests/data/new", "new lies in the folder of tests"),
        (".git/new", "new lies in the folder of .git"),
        (".github", "this is the folder of .github"),
        ("requirements", "this is the folder of requirements"),
        (".cache", "this is the folder of cache_dir"),
        (".cache/site", "site lies in the folder of cache_dir"),
        (".", "project is the project itself or holds it"),
        ("..", "home is the project itself or holds it"),
        ("../../", "is the project itself or holds it"),
        ("/", "/ is the project itself or holds it"),
        ("mine", "mine holds files and no mark of a build, so they may be somebody's"),
        ("mine/kept", "kept is not a folder"),
    ],
)
def test_a_folder_that_holds_something_else_is_refused(
    project: Path, name: str, message: str
) -> None:
    ((option, told),) = said(project, (project / name).resolve() if ".." in name else name)
    assert option == "site_dir"
    assert message in told


@pytest.mark.parametrize("mark", [True, False])
def test_links_are_refused(project: Path, mark: bool) -> None:
    """Also where what they lead to was made by a build, and where they lead nowhere."""
    away = project.parent / "away"
    away.mkdir()
    (away / ("index.html" if not mark else MARKER)).touch()
    (project / "link").symlink_to(away)
    (project / "dead").symlink_to(project / "nowhere")
    (project / "round").symlink_to(project / "round")
    for name in ("link", "link/deep", "dead", "round"):
        ((option, message),) = said(project, name)
        assert (option, "is a symbolic link" in message) == ("site_dir", True), name


def test_a_link_from_outside_does_not_hide_where_the_folder_is(project: Path) -> None:
    (project.parent / "link").symlink_to(project / "content")
    assert said(project, project.parent / "link/new")
    (project.parent / "whole").symlink_to(project)
    assert said(project, project.parent / "whole/content")
    assert said(project.parent / "whole", project.parent / "whole/site") == []


def test_a_marked_folder_with_something_hidden_is_refused(project: Path) -> None:
    (project / "site" / ".git").mkdir(parents=True)
    (project / "site" / MARKER).touch()
    assert said(project) == [("site_dir", "site holds .git, which no build writes")]


@pytest.mark.parametrize("name", ["content", "docs/x", "scripts", ".git/x", "mine", "mine/kept"])
def test_the_cache_is_held_to_the_same(project: Path, name: str) -> None:
    for with_site in (True, False):
        assert [option for option, _ in said(project, cache=name, with_site=with_site)] == [
            "cache_dir"
        ]


def test_a_cache_in_use_is_fine(project: Path) -> None:
    for name in ("a0", "templates-pages-0123456789ab"):
        (project / ".cache" / name).mkdir(parents=True)
    assert said(project) == []
    (project / ".cache" / "link").symlink_to(project / "mine")
    assert [option for option, _ in said(project, cache=".cache/link")] == ["cache_dir"]


def test_the_record_of_readings_may_lie_in_the_project_itself(project: Path) -> None:
    matter = {"review": project / "review.csv"}
    assert list(wrongs(Folders(project, project / "site", project / ".cache", matter))) == []
    assert list(wrongs(Folders(project, project / "review.csv", project / ".cache", matter)))


def test_what_a_build_keeps_stands_in_the_project_where_that_may_be_written(tmp_path: Path) -> None:
    found = cache_folder(tmp_path, ".cache/summitry")
    assert found.parent == tmp_path / ".cache/summitry"
    assert not (tmp_path / ".cache").exists(), "to ask makes nothing"
    found.mkdir(parents=True)
    assert said(tmp_path, cache=".cache/summitry") == []


def test_what_a_build_keeps_has_a_name_that_nobody_else_can_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept is shown and run, so whoever sends a change must not reach its place."""
    names = list[str]()
    for user in ("one", "two", "two"):
        monkeypatch.setattr(secret, "own", lambda user=user: user.encode() * 8)
        names.append(cache_folder(tmp_path, ".cache").name)
    assert names[0] != names[1] == names[2]
    monkeypatch.setattr(secret, "own", lambda: None)
    assert tmp_path / ".cache" not in cache_folder(tmp_path, ".cache").parents


def test_sources_that_may_only_be_read_are_kept_apart_each_by_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, sources = tmp_path / "own", tmp_path / "sources"
    sources.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(own))
    real = os.access

    def only_read(path: Path, mode: int) -> bool:
        return sources not in (path, *Path(path).parents) and real(path, mode)

    monkeypatch.setattr(os, "access", only_read)
    found = cache_folder(sources, ".cache/summitry")
    assert found == cache_folder(sources, ".cache/summitry")
    assert own in found.parents or "summitry" in found.parts
    assert sources not in found.parents
    assert found != cache_folder(sources / "other", ".cache/summitry")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    last = cache_folder(sources, ".cache/summitry")
    assert last.is_dir()
    assert sources not in last.parents
