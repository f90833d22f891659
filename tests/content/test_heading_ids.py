"""Ids of headings: told apart from one another, and from what pages call parts of their own."""

from __future__ import annotations

import re

import pytest
from summitry import TEMPLATES
from summitry.content.anchors import ids_of

OWN = ["Content", "Source 1", "Cite 1 2", "At sources", "__search", "Suggest topic"]


def test_every_heading_has_an_id_of_its_own() -> None:
    body = "# A\n\n## A\n\n## A 1\n\n## \n\n## 🎉\n\n## Саміт\n"
    assert ids_of(body) == ["a", "a-1", "a-1-1", "section", "section-1", "саміт"]


@pytest.mark.parametrize("heading", OWN)
def test_a_heading_makes_way_for_what_pages_call_by_its_name(heading: str) -> None:
    slug = heading.lower().replace(" ", "-")
    assert ids_of(f"## {heading}\n\n## {heading}\n") == [f"{slug}-1", f"{slug}-2"]


def test_the_number_of_a_heading_makes_none_of_these_names() -> None:
    assert ids_of("## Source\n\n## Source\n\n## Figure a\n") == [
        "source",
        "source--1",
        "figure-a--1",
    ]


def test_headings_that_only_begin_so_are_called_as_before() -> None:
    body = "## Content of it\n\n## Source by source\n\n## At a glance\n\n## Check it\n"
    assert ids_of(body) == ["content-of-it", "source-by-source", "at-a-glance", "check-it"]


def test_no_heading_is_called_as_a_part_of_a_template() -> None:
    texts = [path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")]
    fixed = {name for text in texts for name in re.findall(r'\sid="([\w-]+)"', text)}
    assert len(fixed) > 20
    for name in fixed:
        assert ids_of(f"## {name}\n") == [f"{name}-1"], name
