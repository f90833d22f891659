"""“Start your own explainer”, followed from a built wheel in an empty folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from newcomer import ADDRESS

pytestmark = pytest.mark.build
TEXTS = {".html", ".json", ".xml", ".txt", ".csv", ".webmanifest", ".js", ".css", ".svg"}


def said(started: Path, step: str) -> str:
    return (started / f"{step}.txt").read_text("utf-8")


def page(started: Path, path: str) -> str:
    return (started / "begun" / "site" / path).read_text("utf-8")


def test_the_wheel_has_the_templates_within(started: Path) -> None:
    assert said(started, "where").strip().endswith("/installed/summitry/templates")


def test_it_passes_its_check_and_is_built_without_a_warning(started: Path) -> None:
    assert "no problems" in said(started, "check")
    assert "WARNING" not in said(started, "build")
    assert "summitry check" in said(started, "init")


def test_pages_show_what_was_answered(started: Path) -> None:
    home = page(started, "index.html")
    assert '<html lang="de"' in home
    assert "Musterstadt, 3. Mai 2024 – 4. Mai 2024" in home
    assert "Олена Приклад" in home
    assert "Tokio" in home  # the second zone, as the language calls it
    people = page(started, "people/index.html")
    assert all(name in people for name in ("Anna Muster", "Олена Приклад", "Bo Ek"))
    assert all(side in page(started, "story/index.html") for side in ("Nordland", "Südland"))
    published = json.loads(page(started, "data/explainer.json"))
    assert ADDRESS in json.dumps(published)


def test_nothing_of_the_first_summit_is_on_it(started: Path) -> None:
    words = re.compile(
        r"alaska|anchorage|elmendorf|trump|putin|kremlin|kyiv|moscow|reykjav", re.IGNORECASE
    )
    site = started / "begun" / "site"
    found = {
        f"{path.relative_to(site)}: {match[0]}"
        for path in site.rglob("*")
        if path.suffix in TEXTS
        for match in words.finditer(path.read_text("utf-8"))
    }
    assert not found
