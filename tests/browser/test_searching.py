"""What readers type, and the page that is right: forty searches, answered in a browser.

Questions, names in each script, slips of the finger, and what nobody wrote of.
"""

from __future__ import annotations

import gzip

import pytest
from checks.script import asked_of, search_answers
from checks.visit import Site
from conftest import screen
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FIRST_SEARCH = 152_000  # bytes, compressed as a server does: script, index and results
QUERIES: dict[str, str] = {
    # Names in the spellings and scripts of sources
    "Зеленский": "people/volodymyr-zelensky/",
    "Зеленський": "people/volodymyr-zelensky/",
    "Zelenskyy": "people/volodymyr-zelensky/",
    "Zelenskiy": "people/volodymyr-zelensky/",
    "Путин": "people/vladimir-putin/",
    "Лавров": "people/sergei-lavrov/",
    "Трамп": "people/donald-trump/",
    "Уиткофф": "people/steve-witkoff/",
    "putin": "people/vladimir-putin/",
    "Marco Rubio": "people/marco-rubio/",
    "Анкоридж": "places/anchorage/",
    "Kiev": "places/kyiv/",
    "JBER": "places/jber/",
    "ICC": "terms/icc/",
    # Slips of the finger
    "Putn": "people/vladimir-putin/",
    "Trmup": "people/donald-trump/",
    "Zelenksy": "people/volodymyr-zelensky/",
    "lavrow": "people/sergei-lavrov/",
    "Anchorge": "places/anchorage/",
    "Witkof": "people/steve-witkoff/",
    # Questions
    "how long": "facts/talks-length/",
    "how long did they talk": "facts/talks-length/",
    "how long were they in the car": "facts/limo-length/",
    "why Alaska": "where-and-why-there/",
    "did they agree on a ceasefire": "facts/no-ceasefire/",
    "who was in the room": "who-was-in-the-room/",
    "what happened": "story/",
    "what happened after": "after-alaska/",
    "who proposed it": "facts/who-proposed/",
    "why could he travel": "facts/why-he-could-travel/",
    "why was Putin not arrested": "facts/us-not-icc-party/",
    "was Zelensky invited": "facts/zelensky-not-invited/",
    "what was agreed": "facts/agreement-in-anchorage/",
    "what is disputed": "disputed-and-unknown/",
    "how do you know": "about/how-we-check/",
    "what did Lavrov wear": "facts/lavrov-cccp/",
    "which planes flew over": "facts/flyover-aircraft/",
    "what did Putin want?": "what-each-side-wanted/",
    "timeline": "timeline/",
    # Nothing
    "xqzzy": "",
}


def test_there_are_forty() -> None:
    assert len(QUERIES) == 40


def test_what_readers_type_finds_the_right_page_first(browser: Browser, site: Site) -> None:
    with screen(browser, 390) as opened:
        faults = search_answers(opened.open(site, ""), QUERIES)
        assert not faults, "\n".join(["", *faults])
        assert not opened.heard.complaints


def test_sources_stand_below_what_they_are_cited_for(browser: Browser, site: Site) -> None:
    with screen(browser, 1280) as opened:
        found = asked_of(opened.open(site, ""), ["ceasefire", "Anchorage", "talks", "sanctions"])
    for words, paths in found.items():
        sources = [path.startswith("sources/") for path in paths]
        assert sources == sorted(sources), (words, paths)


def test_nonsense_finds_nothing_and_says_so(browser: Browser, site: Site) -> None:
    with screen(browser, 1280) as opened:
        visit = opened.open(site, "")
        assert asked_of(visit, ["xqzzy", "zzzz qqqq", "брщфг"]) == {
            "xqzzy": [],
            "zzzz qqqq": [],
            "брщфг": [],
        }
        opened.page.get_by_role("button", name="Search this site").click()
        opened.page.get_by_role("searchbox").fill("xqzzy")
        opened.page.get_by_text("No results for “xqzzy”").wait_for()


def test_a_first_search_is_light(browser: Browser, site: Site) -> None:
    with screen(browser, 390) as opened:
        opened.open(site, "")
        bodies: dict[str, bytes] = {}
        opened.page.context.on(
            "response", lambda answer: bodies.update({answer.url: answer.body()})
        )
        asked_of(opened.open(site, "about/privacy/"), ["Lavrov"])
    sizes = {
        url.removeprefix(site.address): min(len(gzip.compress(body)), len(body))
        for url, body in bodies.items()
        if "pagefind" in url or "/assets/fin" in url or "/assets/search" in url
    }
    assert sum(sizes.values()) <= FIRST_SEARCH, sizes
    assert "assets/finder.json" in sizes
