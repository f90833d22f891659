"""Fenced blocks: read like front matter, with the lines of their file."""

from __future__ import annotations

import pytest
from summitry.content.blocks import BLOCKS, CODE, Listing, Reference, Timeline, read
from summitry.content.meant_dates import FORMS
from summitry.content.problems import Mark
from summitry.content.prose import Fence, scan
from summitry.content.values import Ref


def block(name: str, content: str) -> tuple[object, list[tuple[int, int, str, str]]]:
    """A block whose fence stands on line 10, and its problems."""
    made, _, problems = read("a.md", Fence(name, content, Mark(10, 1)))
    return made, [(*p.mark, p.code, p.cure) for p in problems]


def named(name: str, content: str) -> list[tuple[Ref, Mark]]:
    """What a block names, and where."""
    return read("a.md", Fence(name, content, Mark(10, 1)))[1]


def test_a_timeline() -> None:
    content = "from: 2025-08\nto: 2025-08-16\nevents: [one, two]"
    made, problems = block("timeline", content)
    assert problems == []
    assert isinstance(made, Timeline)
    assert named("timeline", content) == [
        (Ref("events", "one"), Mark(13, 10)),
        (Ref("events", "two"), Mark(13, 15)),
    ]
    assert str(made.start) == "2025-08"


def test_an_empty_timeline_is_all_events() -> None:
    made, problems = block("timeline", "")
    assert (isinstance(made, Timeline), problems) == (True, [])


def test_a_list_names_entities_of_its_kind_in_order() -> None:
    content = "of: people\nonly:\n  - b\n  - a\nas: roster"
    made, problems = block("list", content)
    assert problems == []
    assert isinstance(made, Listing)
    assert made.layout == "roster"
    assert named("list", content) == [
        (Ref("people", "b"), Mark(13, 5)),
        (Ref("people", "a"), Mark(14, 5)),
    ]


def test_a_reference_names_nothing() -> None:
    made, problems = block("reference", "to: problems")
    assert problems == []
    assert isinstance(made, Reference)
    assert named("reference", "to: problems") == []


@pytest.mark.parametrize("name", CODE)
def test_code_is_shown_as_it_is(name: str) -> None:
    assert read("a.md", Fence(name, "- [ not: yaml", Mark(1, 1))) == (None, [], [])


WRONG = {
    "a word that is nearly ours": ("timelin", "", (10, 1, "bad-fence", "did you mean timeline?")),
    "a word that is not ours": (
        "zzz",
        "",
        (10, 1, "bad-fence", f"blocks: {', '.join(BLOCKS)}"),
    ),
    "answers of people": (
        "list",
        "of: people\nas: glance",
        (12, 5, "bad-value", "write of: facts"),
    ),
    "roles of places": (
        "list",
        "of: places\nas: roster",
        (12, 5, "bad-value", "write of: people"),
    ),
    "a missing key": ("list", "as: rows", (10, 1, "missing-key", "add of:")),
    "an unknown key": ("timeline", "form: 2025", (11, 1, "unknown-key", "did you mean from?")),
    "an unknown kind": (
        "list", "as: rows\nof: peple", (12, 5, "unknown-choice", "did you mean people?")
    ),
    "a bad date": (
        "timeline", "to: soon",
        (11, 5, "bad-date", FORMS),
    ),
    "a bad id": (
        "list", "of: people\nonly: [A B]",
        (12, 8, "bad-value", "lower-case letters, digits, hyphens"),
    ),
    "a key twice": (
        "timeline", "to: 2025\nto: 2026", (12, 1, "duplicate-key", "keep one of the two")
    ),
    "a tab": ("timeline", "\tto: 2025", (11, 1, "yaml-tab", "Indent with spaces.")),
    "words": ("timeline", "all of them", (11, 1, "not-a-mapping", "Write `key: value` lines.")),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "problem"), WRONG.values(), ids=WRONG)
def test_one_mistake_is_one_problem(
    name: str, content: str, problem: tuple[int, int, str, str]
) -> None:
    assert block(name, content)[1] == [problem]


@pytest.mark.parametrize("mark", ["  ", "> "])
def test_a_block_in_a_list_or_quotation_has_the_columns_of_its_file(mark: str) -> None:
    text = f"- a\n\n{mark}```timeline\n{mark}form: 2025\n{mark}```\n"
    (fence,) = scan("a.md", text).fences
    (problem,) = read("a.md", fence)[2]
    assert (*problem.mark, problem.code) == (4, 3, "unknown-key")
