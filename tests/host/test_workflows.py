"""What strangers' code can reach in CI, and what signs and publishes."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from running import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SIGNING = {("pages.yml", "attest"), ("pages.yml", "deploy")}


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


def test_what_runs_the_build_s_code_cannot_sign_or_publish() -> None:
    for file, name, job in jobs():
        granted = {key for key, value in job.get("permissions", {}).items() if value == "write"}
        runs = [step["run"] for step in job["steps"] if "run" in step]
        assert bool(granted) == ((file, name) in SIGNING), (file, name)
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
