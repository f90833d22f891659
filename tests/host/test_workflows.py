"""What strangers' code can reach in CI, and what signs and publishes."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from running import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITING = {("pages.yml", "attest"), ("pages.yml", "deploy"), ("weekly.yml", "tell")}


def read(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows" / name).read_text("utf-8"))
    return found


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path.name, name, job) for path in FILES for name, job in read(path.name)["jobs"].items()
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit(path: Any) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), "the version, for whoever reads"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_token_can_only_read_unless_a_job_says_otherwise(path: Any) -> None:
    workflow = read(path.name)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in path.read_text("utf-8")
    assert "secrets." not in path.read_text("utf-8")


def test_what_runs_the_project_s_code_cannot_sign_publish_or_write() -> None:
    for file, name, job in jobs():
        granted = {key for key, value in job.get("permissions", {}).items() if value == "write"}
        runs = [step["run"] for step in job["steps"] if "run" in step]
        assert bool(granted) == ((file, name) in WRITING), (file, name)
        assert not (granted and runs), (file, name)


def test_no_checkout_keeps_its_token() -> None:
    for file, name, job in jobs():
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False, (file, name)


def test_what_is_published_was_attested() -> None:
    deploy = read("pages.yml")["jobs"]["deploy"]
    assert set(deploy["needs"]) == {"build", "attest"}


def test_every_lock_has_hashes_and_is_audited() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    audited = re.search(r"for lock in ([\w ]+); do", makefile)
    assert audited
    locks = {path.stem for path in (ROOT / "requirements").glob("*.txt")} - {"uv"}
    assert set(audited[1].split()) == locks
    for path in (ROOT / "requirements").glob("*.txt"):
        pins = re.findall(r"^([\w.-]+)==.*?(?=^[\w.-]+==|\Z)", path.read_text(), re.M | re.S)
        blocks = re.split(r"^(?=[\w.-]+==)", path.read_text(), flags=re.MULTILINE)[1:]
        assert pins
        assert all("--hash=sha256:" in block for block in blocks), path


FORMS = ("error", "quotation", "source")


@pytest.mark.parametrize("name", FORMS)
def test_each_form_asks_for_a_source_and_cannot_be_sent_without(name: str) -> None:
    form = yaml.safe_load((ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text("utf-8"))
    fields = {field["id"]: field for field in form["body"] if "id" in field}
    asked = fields["address" if name == "source" else "source"]
    assert asked["validations"] == {"required": True}
    assert form["labels"] == [name]


def test_what_is_pinned_is_looked_after() -> None:
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    places = {one["package-ecosystem"]: one["directory"] for one in updates}
    assert places == {"github-actions": "/", "pip": "/requirements", "npm": "/tests/node"}
    for folder in ("requirements", "tests/node"):
        assert [*(ROOT / folder).glob("*.txt"), *(ROOT / folder).glob("package-lock.json")]


def test_a_pull_request_is_compared_by_one_command_that_needs_no_code_host() -> None:
    steps = read("pull-request.yml")["jobs"]["compare"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs[0] == 'make compare BASE="origin/$BASE" ANNOTATE=1'
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\ncompare: ")[2]
    assert "summitry compare $(BASE) --into compared --site" in recipe.partition("\n\n")[0]
    assert all(step.get("if") == "always()" for step in steps[3:])
    assert steps[-1]["with"]["path"] == "compared"


def test_the_container_has_what_the_readme_asks_for() -> None:
    made = (ROOT / ".devcontainer/Dockerfile").read_text("utf-8")
    assert re.search(r"^FROM python:3\.1[1-9]", made)
    assert {"git", "make", "chromium"} <= set(made.split())
