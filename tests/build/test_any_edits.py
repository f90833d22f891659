"""After any edits a build with what earlier ones kept makes the pages of a build from nothing.

The edits are those of `make reliability`: of content, templates, mkdocs.yml, a picture and proofs.
Here only what a build keeps is tried, without the process, the last look and publishing around it.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from reliability.edits import Edits, prepared
from summitry.build import outputs
from summitry.checks.rules import examine
from summitry.content.earlier import Earlier
from summitry.host import theme
from summitry.host.project import Project

EDITS = 6  # in a row


def pages(site: Path, kept: bool) -> dict[str, bytes]:
    """The pages and files for programs of a site, by what is kept in its cache, or without."""
    config = load_config(str(site / "mkdocs.yml"))
    theme.join(config)
    project = Project(config, config.plugins["summitry"].options)
    earlier = Earlier.load(project.cache_dir) if kept else Earlier()
    tree = project.tree()
    library = examine(tree, project.docs_dir, project.options, site, earlier).library
    assert library
    press = project.press(library, project.setting())
    if kept:
        earlier.save(project.cache_dir, {*tree.texts})
        done = outputs.every(press, project.world)
        assert not done.problems
        made = {page.url: page.raw for page in done.pages}
    else:
        made = {url: press.page(plan)[0].raw for url, plan in press.plans.items()}
    files = {to: raw.encode() if isinstance(raw, str) else raw for to, raw in project.data(press)}
    return made | files


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that was built once."""
    site = prepared(tmp_path_factory.mktemp("begun") / "site")
    pages(site, kept=True)
    return site


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000))
def test_after_any_edits_pages_are_those_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, begun: Path, seed: int
) -> None:
    site = Path(shutil.copytree(begun, tmp_path_factory.mktemp("any") / "site"))
    edits, done = Edits(site, chance := random.Random(seed)), list[str]()
    while edits.number < EDITS or edits.broken:
        rather = not edits.broken and chance.random() < 0.5  # than one more of the content
        done.append(edits.other() if rather else edits.next())
        if not edits.broken:
            assert pages(site, kept=True) == pages(site, kept=False), done
