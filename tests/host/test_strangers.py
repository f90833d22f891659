"""What contributors put into docs/ is read and checked, or refused by name; never published raw."""

from __future__ import annotations

from pathlib import Path

import pytest
import running
from PIL import Image
from running import copy_of
from warm import run

pytestmark = pytest.mark.build

SCRIPT = "<script>alert(1)</script>"
STRAYS = ("assets/summitry.js", "evil.htm", "evil.xhtml", "evil.svg", "pagefind/evil.html",
          "evil.HTML", "evil.shtml", "evil.xml", "robots.txt", "evidence.json", ".hidden.md",
          "with space.md", "q&a.md", "it's.md", "evidence.json.md", "README.md", "quotes.md",
          "people/ronald-reagan.md", "timeline.md", "pagefind/evil.md")  # fmt: skip


@pytest.fixture
def project(other: Path, tmp_path: Path) -> Path:
    """A copy of the other site, whose cache comes along."""
    del other
    return copy_of("other", tmp_path)


def test_check_and_build_refuse_all_of_them_by_name(project: Path) -> None:
    for name in STRAYS:
        (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "docs" / name).write_text(SCRIPT if not name.endswith(".md") else "# A page\n")
    picture = Image.new("RGB", (2, 2))
    exif = picture.getexif()
    exif[0x010E] = "where its maker lives"
    picture.save(project / "docs/photo.jpg", exif=exif)
    for command in (["summitry", "check"], ["mkdocs", "build"]):
        done = run(*command, cwd=project)
        told = done.stdout + done.stderr
        assert done.returncode == 1
        assert "Traceback" not in told
        for name in (*STRAYS, "photo.jpg"):
            assert f"docs/{name}:1:1: " in told, name
    assert not (project / "site").exists()


def test_what_is_passed_over_is_not_published(project: Path) -> None:
    for name in ("old.html~", "a.tmp", ".DS_Store", "Thumbs.db"):
        (project / "docs" / name).write_text(SCRIPT)
    (project / "docs/more.md").write_text("---\nsourcing: none\n---\n# More\n")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "exclude_docs: more.md\n")
    done = run("mkdocs", "build", cwd=project)
    assert done.returncode == 0, done.stderr
    assert (project / "site/more/index.html").is_file()
    published = {path.name for path in (project / "site").rglob("*")}
    assert not published & {"old.html~", "a.tmp", ".DS_Store", "Thumbs.db"}


def test_a_site_without_a_first_page_is_told(project: Path) -> None:
    (project / "docs/index.md").unlink()
    for command in (["summitry", "check"], ["mkdocs", "build"]):
        done = run(*command, cwd=project)
        assert done.returncode == 1
        assert "docs/index.md:1:1: the site has no first page" in done.stdout + done.stderr


def test_a_site_without_an_address_is_built_whatever_the_locale(project: Path) -> None:
    ascii_alone = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    done = running.run("mkdocs", "build", cwd=project, env={"SITE_URL": "", **ascii_alone})
    assert done.returncode == 0, done.stderr
    for path in (project / "site").rglob("*"):
        if path.suffix in (".html", ".xml", ".json"):
            assert "None/" not in path.read_text("utf-8"), path
    page = (project / "site/quotes/sample-words/embed/index.html").read_text("utf-8")
    assert 'href="http://127.0.0.1:8000/quotes/sample-words/embed/"' in page


def test_pages_stand_in_folders_of_their_own(project: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(f"use_directory_urls: false\n{config.read_text('utf-8')}")
    for command in (["summitry", "check"], ["mkdocs", "build"]):
        done = run(*command, cwd=project)
        assert done.returncode == 1
        assert "mkdocs.yml:1:1: use_directory_urls: " in done.stdout + done.stderr
