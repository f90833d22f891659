"""A fact that weighs little comes last in lists, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import PASSAGE, examined
from test_site_pages import html

Files = dict[str, str | bytes | None]


def fact(words: str, weight: str = "") -> str:
    return f"---\nstatement: {words}\ntopic: talks\n{weight}evidence: {PASSAGE}\n---\n"


def question(words: str, weight: str = "") -> str:
    answers = "".join(f"  - {{value: {v}, evidence: {PASSAGE}}}\n" for v in "AB")
    used = f"we_use: A\nbecause: {{text: So it is., evidence: {PASSAGE}}}\n"
    about = "about: [places/place-one]\n"
    return f"---\nquestion: {words}\n{weight}{about}positions:\n{answers}{used}---\n"


MINOR = "weight: minor\n"
# In the order of ids the facts that weigh little come first.
FACTS: Files = {
    "content/facts/a-dish.md": fact("The dish was cold.", MINOR),
    "content/facts/b-deal.md": fact("The deal was made."),
    "content/facts/a-name.md": question("What was its name?", MINOR),
    "content/facts/b-who.md": question("Who asked for it?"),
    "docs/story.md": "# A story\n\nIt was so. [@source-two]\n\n"
    "```list\nof: facts\nonly: [a-dish, b-deal]\n```\n\n"
    "```list\nof: facts\nonly: [a-dish, b-deal]\nas: glance\n```\n",
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_index_has_details_last(cache: Path) -> None:
    page = html(cache, "facts/", FACTS)
    assert page.index("Who asked for it?") < page.index("What was its name?")
    assert page.index("The deal was made.") < page.index("The dish was cold.")
    assert page.count("A detail") == 2


def test_a_list_has_details_last_and_says_so(cache: Path) -> None:
    rows, _, glance = html(cache, "story/", FACTS).partition('<dl class="glance">')
    assert rows.index("The deal was made.") < rows.index("The dish was cold.")
    assert rows.count("A detail") == 1
    assert glance.index("The dish was cold.") < glance.index("The deal was made.")


def test_questions_about_an_entity_have_details_last(cache: Path) -> None:
    page = html(cache, "places/place-one/", FACTS)
    assert page.index("Who asked for it?") < page.index("What was its name?")


@pytest.mark.parametrize(("minor", "other"), [("a-dish", "b-deal"), ("a-name", "b-who")])
def test_its_own_page_says_so(cache: Path, minor: str, other: str) -> None:
    assert "A detail" in html(cache, f"facts/{minor}/", FACTS)
    assert "A detail" not in html(cache, f"facts/{other}/", FACTS)


def test_there_is_no_other_weight() -> None:
    found = examined({"content/facts/a-dish.md": fact("It was cold.", "weight: heavy\n")})
    assert [p.code for p in found.problems if not p.note] == ["unknown-choice"]
