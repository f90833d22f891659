"""What is read and checked on every core comes to what one core comes to, and nothing is lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from synthetic import Site

READ = """
import json, os, sys
from pathlib import Path
from summitry.checks.rules import examine
from summitry.content import cores, earlier, library, report
from summitry.host.configuration import read_site
from summitry.content.files import read_tree

os.cpu_count = lambda: int(sys.argv[1])
begun = []
class Pool(cores.ProcessPoolExecutor):
    def __init__(self, *given, **more):
        begun.append(given[0])
        super().__init__(*given, **more)
cores.ProcessPoolExecutor = Pool
site = read_site(Path("mkdocs.yml"))
tree = read_tree(site.root, "content", "docs", "")
kept = earlier.Earlier()
first = examine(tree, "docs", site.options, site.root, kept)
made = []
if sys.argv[2:] == ["edit"]:
    path = "content/people/p3.md"
    edited = tree.with_texts({**tree.texts, path: tree.texts[path] + b"\\nBeluosov came.\\n"})
    again = examine(edited, "docs", site.options, site.root, kept)
    first = examine(edited, "docs", site.options, site.root, earlier.Earlier())
else:
    def result(self, what, of, make):
        made.append((what, of))
        return make()
    earlier.Earlier._result = result
    again = examine(tree, "docs", site.options, site.root, kept)
print(json.dumps([report.as_json(first.problems), report.as_json(again.problems), begun, made]))
"""
KILLED = """
import os, signal
from summitry.checks import rules
parent, by_file = os.getpid(), rules._by_file
def killed(*given):
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return by_file(*given)
rules._by_file = killed
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of some hundred files, in which a few things are wrong."""
    folder = tmp_path_factory.mktemp("many")
    Site(200).for_summitry(folder)
    for kind, name, words in (
        ("people", "p1", "The only report says that nobody spoke on 3 August 2025 at 99:99."),
        ("places", "p2", "It was the first time since then, and “nobody had said these words”."),
        ("facts", "f3", "[Nowhere](../people/nowhere.md) [@nothing]"),
    ):
        file = folder / "content" / kind / f"{name}.md"
        file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")
    person = (folder / "content/people/p1.md").read_text("utf-8")
    named = re.sub("^name: .*$", "name: Andrei Belousov", person, flags=re.MULTILINE)
    (folder / "content/people/somebody.md").write_text(named, "utf-8")
    (folder / "content/terms/t1.md").write_text("---\ntitle: [\n---\n", "utf-8")
    return folder


def came_to(
    folder: Path, cores: int, *more: str, before: str = ""
) -> tuple[str, str, list[int], list[object]]:
    done = subprocess.run(
        [sys.executable, "-c", before + READ, str(cores), *more],
        cwd=folder, capture_output=True, text=True, check=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    first, again, begun, made = json.loads(done.stdout)
    return first, again, begun, made


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_what_is_read_on_every_core_is_what_one_reads(many: Path) -> None:
    on_one, _, none, _ = came_to(many, 1)
    on_two, again, begun, made = came_to(many, 2)
    assert not none
    assert begun == [2, 1], "files are read on both, and checks of files done beside the ledger"
    assert json.loads(on_two) == json.loads(on_one)
    told = {one["code"] for one in json.loads(on_one)}
    assert told >= {"unbacked-quotation", "unknown-reference", "unsearched", "yaml-syntax"}
    assert (again, made) == (on_two, []), "what came from another process is kept like the rest"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_what_was_worked_out_aside_answers_for_no_later_state(many: Path) -> None:
    """The words of a file, asked for within another question, were taken for those of an edit."""
    anew, again, *_ = came_to(many, 2, "edit")
    assert json.loads(again) == json.loads(anew)
    assert [one for one in json.loads(again) if one["code"] == "name-spelling"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_without_what_is_worked_out_aside_all_is_worked_out_here(many: Path) -> None:
    """A machine short of memory ends processes."""
    on_one, *_ = came_to(many, 1)
    killed, _, begun, _ = came_to(many, 2, before=KILLED)
    assert begun == [2, 1]
    assert json.loads(killed) == json.loads(on_one)
