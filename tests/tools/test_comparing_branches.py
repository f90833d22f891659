"""A change as a reviewer sees it: one command, without a code host, on a made-up branch."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from PIL import Image
from running import PUBLISHED
from small_site import FILES
from summitry.proof import capture
from summitry.tools import summary
from summitry.tools.before_after import NotShownError, changed_pages, picture
from summitry.tools.cli import main
from summitry.tools.comparing import SARIF
from summitry.tools.evidence_diff import Attention, Touched, compare
from summitry.tools.evidence_states import Version
from test_ledger import ARTICLE, DAY, HARBOUR, NEWS, POST, THERE, WALL, WINTER, Files, kept, proven
from test_ratchet import LONGER, WORDS, edit, git, prove, workshop
from test_sarif import VALID

__all__ = ["kept"]  # a fixture
GOLDEN = Path(__file__).with_name("compared.md")
CONFIG = """\
site_name: Harbour, explained
site_url: https://example.org/
repo_url: https://example.org/repository
theme: {name: material, font: false}
plugins:
  - summitry:
      main_event: event-one
      time_zones: [{name: America/Anchorage, label: Anchorage}, {name: UTC, label: UTC}]
      sides: {side-one: Side One}
      parts: {in-the-room: In the room}
      attended: [in-the-room]
      topics: {talks: The talks}
      contact_email: desk@example.org
      search: false
"""
SAID = "---\nstatement: The wall had cracks.\nevidence:\n" \
    "  - {source: harbour-news, says: Divers found cracks.}\n---\n"  # fmt: skip
BOTH = SAID.removesuffix("---\n") + "  - {source: harbour-post, says: So.}\n---\n"
POSTED = "content/sources/harbour-post"


@pytest.fixture(scope="module")
def changed(other: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a branch on which something of each sort changed."""
    root = tmp_path_factory.mktemp("changed") / "with a blank"
    shutil.copytree(other / ".cache", root / ".cache")  # the same templates, compiled
    proven(root, {**HARBOUR, f"{POSTED}.md": POST})
    workshop(root).capture("harbour-post", ARTICLE, THERE)
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (root / ".gitignore").write_text(".cache\n.sources\nsite\n", "utf-8")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    git(root, "checkout", "--quiet", "-b", "change")
    edit(root, f"{DAY}.md", WORDS, LONGER)
    prove(root)
    (root / f"{WINTER}.proof.json").unlink()
    (root / "content/facts/cracks.md").write_text(SAID, "utf-8")
    file = root / f"{POSTED}.capture.json"
    (one,) = capture.load(file.read_bytes(), "harbour-post")
    file.write_text(capture.dump([replace(one, paragraphs=one.paragraphs[:-1])]), "utf-8")
    edit(root, "content/images/map-one.md", "alt: A map", "alt: A map of *the* @north")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "second")
    return root


def call(root: Path, *words: str) -> Result:
    config = ["-f", str(root / "mkdocs.yml")]
    done = CliRunner().invoke(main, ["compare", "main", *config, *words], env=PUBLISHED)
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    return done


@pytest.fixture(scope="module")
def told(changed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """What the command says of the branch, and the folder into which it wrote."""
    into = tmp_path_factory.mktemp("compared")
    return call(changed, "--into", str(into), "--site", "--pictures", "1"), into


@pytest.mark.browser
def test_a_branch_is_told_whole_by_one_command(told: tuple[Result, Path]) -> None:
    done, into = told
    assert done.exit_code == 1, done.output
    assert (into / "summary.md").read_text("utf-8") == GOLDEN.read_text("utf-8")
    assert done.stdout == GOLDEN.read_text("utf-8") + "\n"


def test_without_playwright_it_is_said_how_to_have_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(NotShownError, match=r"pip install 'summitry\[pages\]', or --pictures 0"):
        picture(tmp_path, tmp_path, [("a/", "changed")], tmp_path)


def test_annotations_are_of_problems_and_of_notes_on_what_changed(changed: Path) -> None:
    done = call(changed, "--annotate").stdout.splitlines()
    assert [line.partition(",")[0] for line in done] == [
        f"::notice file={DAY}.md",
        f"::error file={WINTER}.md",
        f"::notice file={WINTER}.md",
        f"::error file={POSTED}.capture.json",
        f"::notice file={POSTED}.md",
        f"::notice file={POSTED}.md",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "May, and nobody will pay for it twice**",  # a changed quotation
        "**proof lost: “It was a long winter",
        "fact added: The wall had cracks.",
        "**the captures differ from the base branch (changed: 2025-08-16)**",
    ],
)
def test_the_golden_summary_says_each_thing_that_was_done(said: str) -> None:
    assert GOLDEN.read_text("utf-8").count(said) == 1


def test_what_got_weaker_comes_first_and_markup_of_strangers_is_text(told: object) -> None:
    golden = GOLDEN.read_text("utf-8")
    heads = [line for line in golden.splitlines() if line.startswith("###")]
    assert heads[:3] == ["### Got weaker", "### What others rest on", "### New and not proven"]
    assert "*the*" not in golden
    assert "@north" not in golden


@pytest.mark.browser
def test_beside_the_summary_stand_the_log_the_site_and_pictures(
    told: tuple[Result, Path], changed: Path
) -> None:
    into = told[1]
    assert [e.message for e in VALID.iter_errors(json.loads((into / SARIF).read_bytes()))] == []
    assert (into / "site/facts/cracks/index.html").is_file()
    sheet = (into / "pages.html").read_text("utf-8")
    sides = re.findall(r'<img src="(pages/01-(?:before|after)\.png)"', sheet)
    assert len(sides) == 2
    before, after = (Image.open(into / name) for name in sides)
    assert before.width == after.width == 1280
    assert before.tobytes() != after.tobytes()
    listed = subprocess.run(["git", "worktree", "list"], cwd=changed, capture_output=True)
    assert listed.stdout.count(b"\n") == 1, "the work tree of the base is gone again"


def test_nothing_changed_is_said_and_a_branch_that_is_none_is_an_error(changed: Path) -> None:
    done = CliRunner().invoke(main, ["compare", "change", "-f", str(changed / "mkdocs.yml")])
    assert "This change touches no evidence." in done.output
    done = CliRunner().invoke(main, ["compare", "none", "-f", str(changed / "mkdocs.yml")])
    assert done.exit_code == 1
    assert done.output.startswith("Error: there is no branch or commit none here")


# Comparing, without a repository

TWO = f"{POSTED}.md"


def version(files: Files, pictures: dict[str, str] | None = None) -> Version:
    kept = {p: r if isinstance(r, bytes) else r.encode() for p, r in files.items() if r is not None}
    return Version.read(kept, pictures or {}, "content", "docs")


def line(before: Version, after: Version, ref: str) -> Touched | None:
    found = [one for one in compare(before, after) if str(one.ref) == ref]
    return found[0] if found else None


def test_what_changes_by_something_else_is_told(kept: Files) -> None:
    """A source that becomes a reprint of another takes the second origin from a fact."""
    again = {**kept, TWO: POST, "content/facts/both.md": BOTH}
    reprint = POST.replace("publisher: Paper Three", "derived_from: harbour-news")
    one = line(version(again), version({**again, TWO: reprint}), "facts/both")
    assert one is not None
    assert (one.how, one.weight, one.bold) == ("affected", Attention.LOST, ["weaker than before"])
    assert one.before is not None and one.before.text.startswith("corroborated by 2")
    assert one.after is not None and one.after.text.startswith("from a single source")


def test_what_is_removed_renamed_or_cannot_be_read_is_told(kept: Files) -> None:
    before = version(kept)
    gone = line(before, version({**kept, f"{WALL}.md": None}), "terms/harbour-wall")
    assert gone is not None
    assert (gone.how, gone.bold, gone.weight) == (
        "removed",
        ["1 proven passage gone"],
        Attention.LOST,
    )
    broken = line(before, version({**kept, f"{WALL}.md": b"---\n"}), "terms/harbour-wall")
    assert broken is not None
    assert broken.how == "cannot be read now"
    raw = kept[f"{WALL}.md"]
    assert isinstance(raw, bytes)
    moved: Files = {f"{WALL}{end}": None for end in (".md", ".proof.json")}
    moved["content/terms/wall.md"] = raw.replace(
        b"name: Wall", b"name: Wall\nformerly: [harbour-wall]"
    )
    moved["content/terms/wall.proof.json"] = kept[f"{WALL}.proof.json"]
    renamed = line(before, version({**kept, **moved}), "terms/wall")
    assert renamed is not None
    assert (renamed.how, renamed.bold) == ("renamed", [])


def test_another_picture_under_the_same_name_is_told() -> None:
    photo = FILES["content/images/map-one.md"].replace("drawn: locator-map", "file: a.png")
    files: Files = {"content/images/photo.md": photo}
    sides = [version(files, {"content/images/a.png": name}) for name in ("1", "2")]
    one = line(*sides, "images/photo")
    assert one is not None
    assert one.bold == ["a.png is another picture"]
    assert line(sides[0], sides[0], "images/photo") is None


def test_confirmations_that_are_gone_are_told(kept: Files) -> None:
    with_one: Files = {**kept, f"{NEWS}.confirmation.json": b"{}"}
    one = line(version(with_one), version(kept), "sources/harbour-news")
    assert one is not None
    assert one.bold == ["its confirmations are gone", "weaker than before"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n# b", "a &#35; b"),
        (
            "[x](https://a.example) www.b.example",
            "&#91;x&#93;(https&#58;//a.example) www&#46;b.example",
        ),
        ("<img src=x> &amp; `c` @d :e: #1", None),
        ("::error::x", "<U+003A>"),
    ],
)
def test_text_of_strangers_is_no_markup(text: str, shown: str | None) -> None:
    said = summary.plain(text)
    assert not re.search(r"[\\`*_{}\[\]<>|~@$]|#(?!\d+;)|:\S|www\.", said)
    if shown and not shown.startswith("<"):
        assert said == shown


def test_a_summary_that_is_too_long_says_what_to_read() -> None:
    parts = ["# x", *["y" * 1000] * 2000]
    said = summary.whole(parts, "read the artifact")
    assert len(said.encode()) < 1_000_000
    assert said.endswith("*The rest is too long to show: read the artifact.*\n")
    assert summary.whole(["a", "b"], "") == "a\nb"


def test_pages_are_compared_by_what_they_say(tmp_path: Path) -> None:
    page = "<html><head><title>{0}</title></head><body><main><p>{1}</p></main></body></html>"
    for side, texts in {
        "before": {"a": "one", "b": "two", "c": "x.0123456789ab.css", "d": "old"},
        "after": {"a": "one", "b": "2", "c": "x.ba9876543210.css", "e": "new"},
    }.items():
        for name, text in texts.items():
            (tmp_path / side / name).mkdir(parents=True)
            (tmp_path / side / name / "index.html").write_text(page.format(side, text), "utf-8")
    assert changed_pages(tmp_path / "before", tmp_path / "after") == [
        ("b/", "changed"),
        ("d/", "gone"),
        ("e/", "new"),
    ]
