"""A new kind takes five files, and everything then knows it; a renamed kind leaves redirects."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from running import ROOT, committed, copy_of

pytestmark = pytest.mark.build

PARTS = Path(__file__).parent / "ninth_kind"
ENTITY = """---
name: Sample Treaty
summary: It ended nothing.
signed_on: 1986-10-12
signed_in: reykjavik
formerly: [old-treaty]
evidence:
  - source: sample-record
    says: Prints its text.
---
It names [the meeting](../events/meeting.md). [@sample-record]
"""
HOME = "\n\n[A treaty](../content/treaties/sample-treaty.md)\n\n```list\nof: treaties\n```\n"


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, path
    path.write_text(text.replace(old, new, 1), "utf-8")


def add_the_kind(code: Path) -> set[str]:
    """Make the five changes in a copy of the generator. Returns the files touched."""
    kinds = code / "scripts/summitry/content/kinds"
    shutil.copy(PARTS / "fields.py", kinds / "treaties.py")
    imported = "from summitry.content.kinds.terms import Term\n"
    new = "from summitry.content.kinds.treaties import Treaty\n"
    replaced(kinds / "__init__.py", imported, imported + new)
    replaced(kinds / "__init__.py", "Source, Image, Term)", "Source, Image, Term, Treaty)")
    shutil.copy(PARTS / "page.py", code / "scripts/summitry/pages/kinds/treaties.py")
    english = code / "scripts/summitry/words/catalogues/en.toml"
    replaced(english, "[kind]\n", '[kind]\ntreaties = "Treaty"\n')
    replaced(english, "[kinds]\n", '[kinds]\ntreaties = "Treaties"\n')
    counted = 'treaties = { one = "{count} treaty", other = "{count} treaties" }'
    replaced(english, "[counted]\n", f"[counted]\n{counted}\n")
    template = code / "overrides/kinds/treaties/page.html"
    template.parent.mkdir()
    shutil.copy(PARTS / "page.html", template)
    return {
        "content/kinds/treaties.py", "content/kinds/__init__.py", "pages/kinds/treaties.py",
        "words/catalogues/en.toml", "overrides/kinds/treaties/page.html",
    }  # fmt: skip


def run(code: Path, site: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a module of Python with the copied generator in place of the installed one."""
    env = {**os.environ, "PYTHONPATH": str(code / "scripts"), "NO_MKDOCS_2_WARNING": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # the next one does not compile the copy again
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=site,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(other: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The copied generator with a ninth kind, and a small site that uses it."""
    del other  # whose pictures come along
    folder = tmp_path_factory.mktemp("ninth")
    code = folder / "code"
    for name in ("scripts", "overrides"):
        shutil.copytree(ROOT / name, code / name)  # what is compiled comes along
    assert len(add_the_kind(code)) <= 5
    site = copy_of("other", folder)
    (site / "content/treaties").mkdir()
    (site / "content/treaties/sample-treaty.md").write_text(ENTITY, "utf-8")
    with (site / "docs/index.md").open("a", encoding="utf-8") as home:
        home.write(HOME)
    committed(site)
    return code, site


def test_everything_knows_a_ninth_kind(site: tuple[Path, Path]) -> None:
    code, folder = site
    checked = run(code, folder, "summitry", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    done = run(code, folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    built = folder / "site"
    page = (built / "treaties/sample-treaty/index.html").read_text("utf-8")
    assert "Signed on 12 October 1986." in page
    assert '"@type": "Legislation"' in page
    assert 'data-kinds="people places events quotes facts sources terms treaties"' in page
    index = (built / "treaties/index.html").read_text("utf-8")
    assert "Sample Treaty" in index
    home = (built / "index.html").read_text("utf-8")
    assert home.count('<a href="treaties/sample-treaty/">Sample Treaty</a>') == 2
    assert "12 October 1986" in home
    place = (built / "places/reykjavik/index.html").read_text("utf-8")
    assert "Sample Treaty" in place  # refers to it
    moved = (built / "treaties/old-treaty/index.html").read_text("utf-8")
    assert "../sample-treaty/" in moved
    assert "Sample Treaty" in (built / "feed.xml").read_text("utf-8")
    assert (built / "data/treaties.csv").read_text("utf-8").count("sample-treaty") == 2
    data = json.loads((built / "data/explainer.json").read_text("utf-8"))
    assert "treaties" in json.dumps(data)
    with sqlite3.connect(built / "data/explainer.sqlite") as tables:
        (name,) = tables.execute("select name from treaties").fetchone()
    assert name == "Sample Treaty"
    assert (built / "assets/cards/treaties/sample-treaty.png").is_file()
    assert (built / "pagefind/pagefind-entry.json").is_file()


def test_a_mistake_in_it_is_told_at_its_place(site: tuple[Path, Path]) -> None:
    code, folder = site
    path = folder / "content/treaties/wrong.md"
    path.write_text("---\nname: Wrong\nsigned_on: soon\nsignd_in: reykjavik\n---\n", "utf-8")
    try:
        told = run(code, folder, "summitry", "check").stdout
    finally:
        path.unlink()
    assert "content/treaties/wrong.md:3:12: " in told
    assert "did you mean signed_in?" in told
    assert "the required key evidence is missing" in told


def test_a_renamed_kind_leaves_redirects(site: tuple[Path, Path]) -> None:
    code, folder = site
    fields = code / "scripts/summitry/content/kinds/treaties.py"
    kind = '    kind: ClassVar[str] = "treaties"\n'
    was = '    kind_was: ClassVar[tuple[str, ...]] = ("accords",)\n'
    replaced(fields, kind, kind + was)
    try:
        done = run(code, folder, "mkdocs", "build", "--strict")
    finally:
        replaced(fields, was, "")
    assert done.returncode == 0, done.stderr
    for old, new in {
        "accords/": "../treaties/",
        "accords/sample-treaty/": "../../treaties/sample-treaty/",
        "accords/old-treaty/": "../../treaties/sample-treaty/",
        "treaties/old-treaty/": "../sample-treaty/",
    }.items():
        page = (folder / "site" / old / "index.html").read_text("utf-8")
        assert f'content="0; url={new}"' in page
