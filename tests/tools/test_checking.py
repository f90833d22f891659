"""What `summitry check` is asked: some files, another form, mending, and again after changes."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result
from running import PUBLISHED, ROOT, SITES, copy_of, digests
from summitry.checks.rules import Examination
from summitry.host.configuration import Site
from summitry.host.garbage import Garbage
from summitry.tools import checking
from summitry.tools.cli import main
from test_sarif import VALID

QUOTE = "content/quotes/sample-words.md"
BROKEN = "content/people/hidden.md"


def call(folder: Path, *words: str, color: bool = False) -> Result:
    command = ["check", "-f", str(folder / "mkdocs.yml"), *words]
    done = CliRunner().invoke(main, command, env={**PUBLISHED, "NO_COLOR": None}, color=color)
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    return done


def places(done: Result) -> set[str]:
    """The files of which something is told."""
    return {line.split(":")[0] for line in done.stdout.splitlines() if ".md:" in line}


def test_a_line_is_shown_of_plain_files_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")  # which nobody writes, so a reader would wait for ever
    (tmp_path / "a.md").write_bytes(b"words")
    with (tmp_path / "b.md").open("wb") as large:
        large.truncate(1 << 40)
    found = checking.Outcome(Site(tmp_path), Examination(None, []), "")
    assert [found.text_of(name) for name in ("a.jpg", "a.md", "b.md", "c.md", "")] == [
        None, b"words", None, None, None,
    ]  # fmt: skip


def test_paths_tell_of_these_alone_and_decide_the_exit_code() -> None:
    site = SITES / "broken"
    one = call(site, str(site / BROKEN))
    assert one.exit_code == 1
    assert places(one) == {BROKEN}
    assert f"3 problems in {BROKEN}" in one.stdout
    assert " elsewhere: summitry check lists all" in one.stdout
    sound = call(site, str(site / "mkdocs.yml"))
    assert sound.exit_code == 0
    assert sound.stdout.rstrip().splitlines()[-2].startswith("no problems")
    whole = call(site, str(site))
    assert whole.stdout.splitlines()[:30] == call(site).stdout.splitlines()[:30]


def test_a_path_takes_in_the_records_beside_it(site: Path) -> None:
    record = site / QUOTE.replace(".md", ".proof.json")
    record.write_text("{", "utf-8")
    told = call(site, str(site / QUOTE)).stdout
    record.unlink()
    assert f"{QUOTE[:-3]}.proof.json:1:" in told


@pytest.mark.parametrize("path", ["content/none.md", "/"])
def test_a_path_that_is_none_of_the_project_is_wrong_usage(path: str) -> None:
    done = call(SITES / "other", path)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_every_form_tells_the_same_problems() -> None:
    site = SITES / "broken"
    rows = json.loads(call(site, "--format", "json").stdout)
    log = json.loads(call(site, "--format", "sarif").stdout)
    assert [error.message for error in VALID.iter_errors(log)] == []
    results = log["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == [row["code"] for row in rows]
    ordered = [(row["path"], row["line"], row["column"]) for row in rows]
    assert ordered == sorted(ordered)


def test_colours_are_for_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(SITES / "broken" / BROKEN)
    assert "\x1b" not in call(SITES / "broken", path).stdout
    assert "\x1b[31m" in call(SITES / "broken", path, color=True).stdout
    done = CliRunner().invoke(
        main, ["check", "-f", str(SITES / "broken/mkdocs.yml"), path],
        env={"NO_COLOR": "1"}, color=True,
    )  # fmt: skip
    assert "\x1b" not in done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound site, to be left as it was, so that its pictures are drawn once."""
    return copy_of("other", tmp_path_factory.mktemp("checking"))


def test_fix_mends_tells_what_and_checks_again(site: Path) -> None:
    text = (site / QUOTE).read_text("utf-8")
    (site / QUOTE).write_text(text.replace("these words", "these\u200b words"), "utf-8")
    assert call(site).exit_code == 1
    done = call(site, "--fix")
    assert done.exit_code == 0
    assert done.stderr.startswith(f"{QUOTE}:")
    assert "mended: A character that cannot be seen" in done.stderr
    assert (site / QUOTE).read_text("utf-8") == text


def test_watch_checks_again_after_each_change(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (site / QUOTE).read_text("utf-8")

    def edits(folders: list[Path], file: Path) -> object:
        assert [folder.name for folder in folders] == ["content", "docs"]
        assert file == site / "mkdocs.yml"
        yield
        (site / QUOTE).write_text(text.replace("speaker:", "speakr:"), "utf-8")
        yield
        (site / QUOTE).write_text(text, "utf-8")
        yield

    monkeypatch.setattr(checking, "changes", edits)
    searched: list[object] = []  # for what nothing needs: a check leaves all that it made
    monkeypatch.setattr(Garbage, "collect", lambda garbage: searched.append(garbage))
    told = call(site, "--watch").stdout.split(f"{checking.BEGUN}\n")[1:]
    assert len(searched) == len(told)
    assert ["unknown-key" in one for one in told] == [False, True, False]
    assert told[0] == told[2]


def test_a_change_is_noticed_and_what_was_only_opened_is_none(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    config = tmp_path / "mkdocs.yml"
    config.write_text("a", "utf-8")
    noticed = checking.changes([tmp_path / "content", tmp_path / "none"], config)
    next(noticed)
    came = threading.Event()

    def wait() -> None:
        next(noticed)
        came.set()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    config.read_text("utf-8")
    assert not came.wait(0.3)
    (tmp_path / "content" / "a.md").write_text("b", "utf-8")
    assert came.wait(20)
    waiting.join()
    noticed.close()


def test_the_hook_of_pre_commit_is_a_command_that_takes_the_files_of_a_commit() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    command, name = hook["entry"].split()
    assert (command, hook["language"]) == ("summitry", "python")
    found = main.get_command(click.Context(main), name)
    assert found and any(param.name == "paths" for param in found.params)
    assert re.match(hook["files"], QUOTE)
    assert hook["require_serial"], "the site is checked as a whole, once"


def test_sources_that_may_only_be_read_are_checked_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = copy_of("other", tmp_path)
    shutil.rmtree(site / ".cache", ignore_errors=True)
    before, real = digests(site), os.access

    def access(path: Path, mode: int, **more: bool) -> bool:
        inside = tmp_path in (Path(path), *Path(path).parents)
        return not (inside and mode == os.W_OK) and real(path, mode, **more)

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    assert call(site, str(site / QUOTE)).exit_code == 0
    assert digests(site) == before
