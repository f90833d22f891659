"""What a reader is told of a source wherever it is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import ROOT
from small_site import FILES, OPTIONS, Read, examined
from summitry.checks.checked import CheckedLibrary
from summitry.content.kinds import Source
from summitry.data.setting import Setting
from summitry.pages.badges import badges, publisher
from summitry.pages.site import Pages, illustrate
from summitry.pages.spec import PageSpec
from summitry.words.catalogue import Words

ONE, TWO = "content/sources/source-one.md", "content/sources/source-two.md"
OPTIONS_OF = OPTIONS.model_copy(
    update={"outlets": {"Paper One": "state paper", "Wire": "state agency"}}
)
CHANGES: dict[str, str | bytes | None] = {
    ONE: FILES[ONE].replace("title: Source One", "title: '[Source One]'"),
    TWO: FILES[TWO].replace("---\nIt is", "automatic: translation\n---\nIt is"),
}


@pytest.fixture(scope="module")
def library() -> CheckedLibrary:
    found = examined(CHANGES, options=OPTIONS_OF).library
    assert found is not None
    return found


@pytest.fixture(scope="module")
def site(library: CheckedLibrary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageSpec]:
    url = "https://site.example/x/"
    pictures = illustrate(library, tmp_path_factory.mktemp("cache"), "Site One", url)
    overrides: list[Path] = [ROOT / "overrides"]
    pages = Pages(library, pictures, overrides, Setting("Site One", url))
    return {spec.url: spec for spec in pages.every()}


def told(page: str) -> set[str]:
    return set(re.findall(r'<span class="badge">([^<]*)</span>', page))


def test_badges_say_whose_it_is_whom_it_relays_and_what_a_machine_made(
    library: CheckedLibrary,
) -> None:
    found = library.entities(Source)
    assert badges(Words(), library, found["source-one"]) == ("state paper",)
    assert badges(Words(), library, found["source-two"]) == (
        "Relays Wire (state agency)",
        "Apparently translated by a machine",
    )
    assert publisher(Words(), library, found["source-one"]) == "Paper One (state paper)"


@pytest.mark.parametrize(
    "url",
    ["quotes/quote-one/", "quotes/quote-one/embed/", "facts/fact-one/", "sources/source-one/",
     "sources/", "story/", "facts/question-one/"],
)  # fmt: skip
def test_an_outlet_of_a_state_is_called_so_wherever_it_is_named(
    site: dict[str, PageSpec], url: str
) -> None:
    assert "state paper" in told(site[url].make().html)


def test_the_list_of_sources_says_it_once(site: dict[str, PageSpec]) -> None:
    page = site["sources/"].make().html
    assert "Paper One (state paper)" not in page
    assert "Paper One. " in page


def test_copied_words_name_it_too(site: dict[str, PageSpec]) -> None:
    page = site["quotes/quote-one/"].make().html
    assert re.search(r'data-copy="[^"]*Paper One \(state paper\)', page)


def test_brackets_are_explained_wherever_one_stands(site: dict[str, PageSpec]) -> None:
    urls = (
        "quotes/quote-one/",
        "quotes/quote-one/embed/",
        "sources/source-one/",
        "facts/fact-one/",
    )
    for url in urls:
        assert "A title in [brackets]" in Read(site[url].make().html).text, url


def test_a_printed_title_stands_in_quotation_marks(site: dict[str, PageSpec]) -> None:
    assert site["sources/source-two/"].title == "“Source Two”"
    assert site["sources/source-one/"].title == "[Source One]"


def test_an_outlet_that_no_source_names_is_a_slip() -> None:
    options = OPTIONS.model_copy(update={"outlets": {"Paper Onne": "state paper"}})
    (problem,) = (p for p in examined(options=options).problems if not p.note)
    assert "no source has the publisher or the wire “Paper Onne”" in problem.message
    assert "Paper One" in problem.cure


def test_a_source_leads_back_to_where_it_is_cited(site: dict[str, PageSpec]) -> None:
    page = site["facts/question-one/"].make().html
    ids = set(re.findall(r' id="(cite-\d+-\d+)"', page))
    back = re.findall(r'href="#(cite-\d+-\d+)"', page)
    assert set(back) == ids
    assert len(back) == len(ids) > 2


def test_a_sources_page_shows_the_words_that_are_taken_from_it(
    site: dict[str, PageSpec],
) -> None:
    page = site["sources/source-one/"].make().html
    taken = page[page.index('id="at-supports"') :]
    assert re.search(r'facts/fact-one/.*?class="passage"><q lang="en">some words</q>', taken, re.S)
