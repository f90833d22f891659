"""The command summitry: as a process where its exit and its streams are the point, else called."""

import errno
import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import running
from click.testing import CliRunner, Result
from running import PUBLISHED, ROOT, SITES, committed, copy_of
from summitry.pictures import cache
from summitry.tools.cli import main
from warm import run

Check = Callable[..., Result]
COVERAGE = """\
paragraphs: 1 of 1 cite
quotations: 0 of 1 proven, 1 transcribed; other wordings: 0 of 1 proven
passages: 0 of 0 proven; sources: 0 of 2 captured
facts: 0 corroborated, 0 from a single source, 1 disputed
"""


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> Check:
    """Calls `summitry check` in a folder."""

    def call(folder: Path, *words: str, env: dict[str, str] | None = None) -> Result:
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(main, ["check", *words], env=env)
        assert isinstance(done.exception, SystemExit | None), repr(done.exception)
        return done

    return call


def test_a_whole_broken_site_gives_every_problem_in_one_run() -> None:
    done = running.run("summitry", "check", "-f", "mkdocs.yml", cwd=SITES / "broken")
    assert done.stdout == (SITES / "broken" / "expected.txt").read_text("utf-8")
    assert done.returncode == 1
    assert done.stderr == ""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site without a problem, in a repository of its own."""
    return committed(copy_of("other", tmp_path_factory.mktemp("sound")))


def test_a_sound_site_passes(sound: Path) -> None:
    done = run("summitry", "check", cwd=sound, env=PUBLISHED)
    assert done.returncode == 0
    assert done.stdout == f"no problems in 13 files\n{COVERAGE}"


def test_a_copy_without_its_history_is_noted_and_fails_nothing(
    check: Check, tmp_path: Path
) -> None:
    done = check(copy_of("other", tmp_path), env=PUBLISHED)
    assert done.exit_code == 0
    assert "note: git does not know the whole history here: no page can say when" in done.stdout
    assert done.stdout.endswith(f"no problems, 1 note in 13 files\n{COVERAGE}")


def test_what_is_left_empty_is_noted_and_fails_nothing(check: Check, sound: Path) -> None:
    done = check(sound, env=dict.fromkeys(PUBLISHED, ""))
    assert done.exit_code == 0
    assert "mkdocs.yml:3:1: note: repo_url is empty: no page can offer" in done.stdout
    assert done.stdout.endswith(f"no problems, 3 notes in 13 files\n{COVERAGE}")


def test_the_repository_s_own_content_passes(check: Check, built: Path) -> None:
    assert built  # with the same settings it read, checked and drew all: this is quicker for it
    done = check(ROOT, env=PUBLISHED)
    assert done.exit_code == 0, done.stdout


def test_json_says_the_same_as_text(check: Check) -> None:
    text = check(SITES / "broken").stdout
    rows = json.loads(check(SITES / "broken", "--format", "json").stdout)
    assert len(rows) == text.count("\n  fix: ")
    for row in rows:
        told = f"{row['path']}:{row['line']}:{row['column']}: {row['message']} [{row['code']}]"
        assert told in text
        assert row["severity"] == "error"


def test_annotations_are_one_line_a_problem(check: Check) -> None:
    lines = check(SITES / "broken", "--format", "github").stdout.splitlines()
    assert all(line.startswith("::error file=") for line in lines[:-1])
    assert "::error file=content/places/north.md,line=3,col=11::" in "\n".join(lines)


@pytest.mark.parametrize(
    "arguments", [["no-such-command"], ["check", "--format", "xml"], ["check", "-f", "none.yml"]]
)
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    done = run("summitry", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_each_command_is_called_as_it_calls_itself() -> None:
    context = click.Context(main)
    found = [main.get_command(context, name) for name in main.list_commands(context)]
    assert [one.name for one in found if one] == sorted(main.list_commands(context))
    assert main.get_command(context, "frobnicate") is None


@pytest.mark.parametrize("words", [[], ["picture"]])
def test_without_a_command_the_help_is_shown_in_lines(words: list[str]) -> None:
    told = CliRunner().invoke(main, words).output
    assert told.count("\n") > 8
    assert "<U+000A>" not in told


@pytest.mark.parametrize(
    "words",
    [["prove"], ["review"], ["links"], ["new", "people", "a-b"],
     ["picture", "add", "https://a.example/x.jpg", "--id", "a", "--alt", "b"]],
)  # fmt: skip
def test_every_command_tells_the_place_of_a_wrong_setting(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [\n")
    done = CliRunner().invoke(main, [*words, "-f", str(tmp_path / "mkdocs.yml")])
    assert done.exit_code == 1
    assert done.output.startswith("mkdocs.yml:3:1: a value is missing here")
    assert "fix: " in done.output
    assert "<U+000A>" not in done.output


def test_nothing_is_written_behind_a_link_or_under_a_name_that_is_kept(tmp_path: Path) -> None:
    site, away = copy_of("other", tmp_path), tmp_path / "away"
    (site / "content/people").rename(away)
    (site / "content/people").symlink_to(away)
    kept = sorted(away.iterdir())
    config = ["-f", str(site / "mkdocs.yml")]
    done = CliRunner().invoke(main, ["new", "people", "a-b", *config])
    assert (done.exit_code, sorted(away.iterdir())) == (1, kept)
    assert "content/people/a-b.md lies behind a link: put the folder" in done.output
    done = CliRunner().invoke(main, ["new", "terms", "con", *config])
    assert (done.exit_code, (site / "content/terms/con.md").exists()) == (2, False)
    assert "con is a name that pages or systems keep for themselves" in done.output


@pytest.mark.parametrize("base", ["", " "])
def test_a_base_that_is_empty_is_refused(base: str) -> None:
    done = CliRunner().invoke(main, ["check", "--base", base])
    assert done.exit_code == 2
    assert "it is empty: name a branch or commit" in done.output


def test_a_name_that_can_be_no_source_is_not_to_be_added(sound: Path) -> None:
    words = ["verify", "../x", "some words", "-f", str(sound / "mkdocs.yml")]
    told = CliRunner().invoke(main, words).output
    assert "there is no source ../x: write the id of one" in told


def test_an_unknown_option_is_refused_with_the_nearest(check: Check, tmp_path: Path) -> None:
    site = copy_of("other", tmp_path)
    config = site / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("main_event:", "main_evnt:"), "utf-8")
    done = check(site)
    assert done.exit_code == 1
    assert "main_evnt: this is no option [option]\n" in done.stdout
    assert "\n  fix: did you mean main_event?\n" in done.stdout


def test_yaml_of_the_site_that_cannot_be_read_is_a_problem_not_a_traceback(tmp_path) -> None:
    site = copy_of("other", tmp_path)
    (site / "mkdocs.yml").write_text("site_name: [unclosed\n", "utf-8")
    done = run("summitry", "check", cwd=site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stdout.startswith("mkdocs.yml:2:1: ")
    assert str(tmp_path) not in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("these words stand here for the tests", "unprecedentedly " * 38, "a shorter excerpt"),
        ("these words stand here", "這些話 stand here", "content/quotes/sample-words.md:3:7: "),
    ],
)
def test_a_quotation_that_no_picture_can_show_is_a_problem(
    other: Path, check: Check, tmp_path: Path, old: str, new: str, said: str
) -> None:
    del other  # whose cache comes along
    site = copy_of("other", tmp_path)
    quote = site / "content/quotes/sample-words.md"
    text = quote.read_text("utf-8")
    assert old in text
    quote.write_text(text.replace(old, new), "utf-8")
    checked = check(site, env=PUBLISHED)
    assert checked.exit_code == 1
    assert said in checked.stdout
    built = run("mkdocs", "build", cwd=site, env=PUBLISHED)
    assert built.returncode == 1
    assert said in built.stderr


@pytest.mark.parametrize("words", [["--base"], ["-f"], []])
def test_what_is_given_to_the_command_begins_no_line_of_its_log(
    check: Check, sound: Path, words: list[str]
) -> None:
    done = check(sound, *words, "x\n::error::y\x1b[31m")
    assert done.exit_code in (1, 2)
    lines = done.output.splitlines()
    assert any("::error::y" in line for line in lines)
    assert not any(line.lstrip().startswith("::") for line in lines)
    assert "\x1b" not in done.output


@pytest.mark.parametrize("style", ["text", "github"])
def test_a_file_s_name_or_a_value_puts_no_command_into_the_log(
    check: Check, tmp_path: Path, style: str
) -> None:
    site = copy_of("other", tmp_path)
    (site / "content" / "facts" / "x\n::error::y.md").write_text("---\n---\n", "utf-8")
    (site / "content" / "facts" / "z.md").write_text(
        '---\nstatement: It was so.\nevidence: [{source: "a\\n::error::b", says: So.}]\n---\n',
        "utf-8",
    )
    said = check(site, "--format", style).stdout.splitlines()
    ours = [line for line in said if line.startswith("::")]
    assert sum("error::y" in line for line in said) >= 1
    assert sum("error::b" in line for line in said) >= 1
    assert not [line for line in said if line.startswith(("::error::y", "::error::b"))]
    assert all(line.startswith(("::error file=", "::notice file=")) for line in ours)
    assert bool(ours) == (style == "github")


def test_a_disk_without_room_ends_a_command_with_a_message(
    check: Check, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is full, in whatever a command writes."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "a\nfile")

    monkeypatch.setattr(cache.Cache, "path", full)
    done = check(sound)
    assert done.exit_code == 1
    assert done.stderr == (
        "Error: it cannot go on: [Errno 28] No space left on device: 'a\\nfile': see that the "
        "disk has room and files may be read and written, and run it again\n"
    )


def test_nginx_is_configured_for_a_site_that_was_built(other: Path, tmp_path: Path) -> None:
    config = ["-f", str(other / "mkdocs.yml")]
    printed = run("summitry", "nginx", *config, str(other / "site"))
    assert printed.returncode == 0, printed.stderr
    assert f'root "{other / "site"}";' in printed.stdout
    site = Path(shutil.copytree(other / "site", tmp_path / "site"))
    assert run("summitry", "nginx", *config, "--pack", str(site)).returncode == 0
    page = (site / "index.html").read_bytes()
    assert gzip.decompress((site / "index.html.gz").read_bytes()) == page
    assert not list(site.rglob("*.png.gz"))
    nothing = run("summitry", "nginx", *config, str(tmp_path / "none"))
    assert nothing.returncode == 1
    assert f"no site was built in {tmp_path / 'none'}: say make build first" in nothing.stderr
