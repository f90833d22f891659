"""Links with `#` lead to headings that there are, or are told at their own lines."""

from __future__ import annotations

import pytest
from small_site import FILES, tree
from summitry.checks.anchors import lost_anchors
from summitry.content import library as libraries

STORY = "docs/story.md"
BODY = "\n## Что было\n\n## The end\n\n## The end\n\n[{}]({})\n"


def told(target: str, path: str = STORY) -> list[str]:
    text = FILES[path]
    assert isinstance(text, str)
    changes = {path: text + BODY.format("a link", target)}
    library = libraries.build(tree(changes), "content", "docs")
    assert not library.problems
    return [
        f"{p.path}:{p.mark.line}:{p.mark.column}: {p.message}; {p.hint}"
        for p in lost_anchors(library)
    ]


@pytest.mark.parametrize(
    "target",
    ["#the-end", "#the-end-1", "#что-было", "#%D1%87%D1%82%D0%BE-%D0%B1%D1%8B%D0%BB%D0%BE",
     "story.md#a-story", "index.md#quotes", "index.md", "#", "index.md#at-story",
     "https://example.org/#nowhere", "../content/quotes/quote-one.md#at-said"],
)  # fmt: skip
def test_headings_that_there_are(target: str) -> None:
    assert told(target) == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("#nowhere", "“#nowhere” leads to #nowhere, and no heading has that id; headings: #a-"),
        ("#the-ent", "no heading has that id; did you mean #the-end?"),
        ("#the-end-2", "no heading has that id; did you mean #the-end"),
        ("#at-nowhere", "“#at-nowhere” leads to #at-nowhere, and no heading has that id"),
        ("index.md#quote", "no heading has that id; did you mean #quotes?"),
        ("../content/quotes/quote-one.md#nowhere", "no heading has that id; leave out the #"),
    ],
)  # fmt: skip
def test_a_heading_that_is_not_there(target: str, message: str) -> None:
    (said,) = told(target)
    line = len(f"{FILES[STORY]}{BODY}".split("\n")) - 1
    assert said.startswith(f"{STORY}:{line}:1: ")
    assert message in said
