"""The story as one: its pages in their order, the way on, the contents, and a sheet for a class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import ROOT
from small_site import OPTIONS, Read, examined
from summitry.content.options import MenuItem
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate
from summitry.pages.spec import PageSpec

SITE = "https://site.example/x/"
CHAPTER = "---\ndescription: What {0} promises.\n---\n# {0}\n\nSo. [@source-one]\n"
SECTIONS = (
    "\n## One\n\nA. [@source-one]\n\n## Two\n\nB. [@source-one]\n\n## *Three*\n\nC. [@source-one]\n"
)
SHEET = """# Sheet

```sheet
quotes: [quote-one, quote-two]
dispute: {}
ask: [What is known?, "Who says so?"]
```
"""
DOCS: dict[str, str | bytes | None] = {
    "docs/begin.md": "# Begin\n\nIn short, it *was* so. [@source-two]\n\n## Pages\n\n"
    "```story\n```\n",
    "docs/one.md": CHAPTER.format("Chapter One"),
    "docs/two.md": CHAPTER.format("Chapter Two") + SECTIONS,
    "docs/sheet.md": "---\nsourcing: none\n---\n" + SHEET.format("question-one"),
}
ORDER = [("First", "one/"), ("Second", "two/"), ("Terms", "terms/")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageSpec]:
    story = [MenuItem(label=label, to=to) for label, to in ORDER]
    options = OPTIONS.model_copy(update={"story": story, "story_page": "begin/"})
    verdict = examined(DOCS, options=options)
    assert verdict.library is not None, verdict.problems
    pictures = illustrate(verdict.library, tmp_path_factory.mktemp("cache"), "Site One", SITE)
    overrides: list[Path] = [ROOT / "overrides"]
    pages = Pages(verdict.library, pictures, overrides, Setting("Site One", SITE))
    return {spec.url: spec for spec in pages.every()}


def ways(page: str) -> dict[str, str]:
    return dict(re.findall(r'<a rel="(prev|next)" href="([^"]*)"', page))


def test_each_page_leads_to_the_one_before_and_after(site: dict[str, PageSpec]) -> None:
    assert ways(site["one/"].make().html) == {"next": "../two/"}
    assert ways(site["two/"].make().html) == {"prev": "../one/", "next": "../terms/"}
    assert ways(site["terms/"].make().html) == {"prev": "../two/"}
    assert ways(site["story/"].make().html) == {}
    assert "2 of 3" in Read(site["two/"].make().html).text


def test_pages_of_the_story_belong_to_its_item_of_the_menu(site: dict[str, PageSpec]) -> None:
    found = {url: site[url].section for url in ("one/", "terms/", "begin/", "story/", "people/")}
    assert found == {
        "one/": "begin/",
        "terms/": "begin/",
        "begin/": "begin/",
        "story/": "story/",
        "people/": "people/",
    }


def test_the_list_has_what_each_page_promises(site: dict[str, PageSpec]) -> None:
    page = site["begin/"].make().html
    assert re.findall(r'<li><a href="([^"]*)">([^<]*)</a>', page) == [
        ("../one/", "First"),
        ("../two/", "Second"),
        ("../terms/", "Terms"),
    ]
    assert "What Chapter Two promises." in page


def test_contents_name_the_sections_of_a_page_that_has_several(site: dict[str, PageSpec]) -> None:
    page = site["two/"].make().html
    contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
    assert re.findall(r'href="#([^"]*)">.*?</span>([^<]*)<', contents, re.DOTALL) == [
        ("one", "One"),
        ("two", "Two"),
        ("three", "Three"),
    ]
    assert 'class="contents"' not in site["one/"].make().html


def test_a_sheet_tells_what_the_beginning_of_the_story_tells(site: dict[str, PageSpec]) -> None:
    page = Read(site["sheet/"].make().html)
    text = " ".join(page.text.split())
    assert "In short, it was so." in text
    assert "We had “some” words" in text
    assert "How long did it last?" in text
    assert "We use: Two hours. The record says so." in text
    assert "Who says so?" in text
    assert f"{SITE}sheet/" in text


def test_a_sheet_wants_a_question_that_is_disputed() -> None:
    changes = {**DOCS, "docs/sheet.md": "---\nsourcing: none\n---\n" + SHEET.format("fact-one")}
    (problem,) = (p for p in examined(changes).problems if not p.note)
    assert "fact-one is no question with answers that differ" in problem.message
