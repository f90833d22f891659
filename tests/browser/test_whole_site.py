"""What is true of the whole site, or of its weight: all pages, not one of each kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from checks import IN_THE_DARK, ON_EVERY_PAGE, Finder
from checks.loading import light, links, still, unique_descriptions, weighed
from checks.paper import on_paper
from checks.pictures import border_data
from checks.visit import Site, Visit, Words, darkened
from conftest import screen
from newcomer import ADDRESS
from playwright.sync_api import Browser, Page
from running import PUBLISHED, ROOT
from summitry.tools.before_after import served
from summitry.words.catalogue import Words as Interface

pytestmark = pytest.mark.browser

FIRST_VIEW = 25_000  # bytes of HTML, styles and script on a quotation's page, compressed


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """A visitor who has never been here, on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_every_link_leads_somewhere(site: Site) -> None:
    edit = f"{PUBLISHED['REPO_URL']}/edit/main/"
    faults = links(site.folder, site.published, edit, ROOT)
    assert not faults, "\n".join(["", *faults])


def test_no_two_pages_say_the_same_of_themselves(site: Site) -> None:
    faults = unique_descriptions(site.folder)
    assert not faults, "\n".join(["", *faults])


def test_no_data_holds_borders(site: Site) -> None:
    assert not border_data(site.folder)
    assert not border_data(ROOT / "scripts")


def test_home_is_light(fresh: Page, site: Site) -> None:
    assert not light(fresh, site.address)


@pytest.mark.parametrize("path", ["", "quotes/mess-around/", "timeline/"])
def test_nothing_jumps(fresh: Page, site: Site, path: str) -> None:
    assert not still(fresh, site.address + path)


def test_the_first_view_of_a_quotation_is_small(fresh: Page, site: Site) -> None:
    weight = weighed(fresh, f"{site.address}quotes/mess-around/")
    assert weight.of("document", "stylesheet", "script") <= FIRST_VIEW, weight.sizes
    assert not [url for url in weight.sizes if "pagefind" in url]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 10),
        ("class-sheet/", 1),
        ("the-day/", None),
        ("who-was-in-the-room/", None),
        ("facts/talks-length/", None),
        ("people/vladimir-putin/", None),
        ("quotes/limo-thirty-seconds/", None),
    ],
)
def test_paper_is_well_used(fresh: Page, site: Site, path: str, most: int | None) -> None:
    fresh.goto(site.address + path)
    assert not on_paper(Visit(fresh, site), most)


def test_home_of_a_new_site_passes_every_check(browser: Browser, started: Path) -> None:
    """It has a card of each kind, the map and the timeline; the frame is every page's."""
    folder = started / "begun" / "site"
    quoted = Words("diese Worte stehen hier als Beispiel", language="de", dated=False, person=False)
    with served(folder) as address, screen(browser, 390) as window:
        begun = Site(
            folder=folder,
            address=address,
            published=ADDRESS,
            quotes={"example-quote": quoted},
            maps=frozenset({""}),
            say=Interface("de"),
        )
        visit = window.open(begun, "")
        faults = _told(ON_EVERY_PAGE, visit)
        with darkened(visit.page):
            faults += _told(IN_THE_DARK, visit)
    assert not faults, "\n".join(["", *faults])


def _told(asked: dict[int, Finder], visit: Visit) -> list[str]:
    return [f"check {number}: {said}" for number, find in asked.items() for said in find(visit)]
