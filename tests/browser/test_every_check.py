"""A page of each kind, at two widths, under every check that one page can fail.

Each page is opened once for a width, asked everything, and then in dark colours what these can
change. Beside both stands one window without script, in which a page is opened once.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from checks import IN_THE_DARK, NEEDS_CHROME, ON_EVERY_PAGE, Finder
from checks.structure import bring_axe
from checks.visit import Site, Visit, darkened
from conftest import Screen, of_kind, screen, scriptless
from playwright.sync_api import Browser
from summitry.content.kinds import Quote
from summitry.content.library import Library

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)
LONGEST = "quotes/{longest}/"
PAGES = (
    "",
    "story/",
    "class-sheet/",
    "the-day/",
    "who-was-in-the-room/",
    "disputed-and-unknown/",
    "side-by-side/",
    "what-nobody-has-said/",  # rests on searches
    "quotes/",
    "quotes/by/donald-trump/",
    "quotes/mess-around/",
    "quotes/limo-thirty-seconds/",  # said in Russian, and printed in several wordings
    LONGEST,
    "quotes/mess-around/embed/",
    "people/",
    "people/vladimir-putin/",
    "places/",
    "places/jber/",
    "events/handshake/",
    "timeline/",
    "facts/",
    "facts/on/venue/",
    "timeline/on/arrival/",
    "facts/last-met-in-person/",
    "facts/talks-length/",
    "facts/no-ceasefire/",
    "sources/",
    "sources/vibeszone-putin-heads-to-pacific/",
    "terms/",
    "terms/three-on-three/",
    "images/",
    "images/locator-map/",
    "about/check-it-yourself/",
    "about/how-we-check/",
    "about/corrections/",
    "about/cite-and-reuse/",
    "about/privacy/",
    "data/",
    "contribute/",
    "contribute/writing/",
    "404.html",
)
# Shown inside the pages of others: words, speaker and source, without a header and a footer.
BARE = ("quotes/mess-around/embed/",)


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[dict[int, Screen]]:
    """The windows of each width in which page after page is opened."""
    with ExitStack() as opened:
        plain = opened.enter_context(scriptless(browser, WIDTHS[0]))
        made = {
            width: opened.enter_context(screen(browser, width, plain=plain)) for width in WIDTHS
        }
        for one in made.values():
            bring_axe(one.page)
        yield made


def _path(path: str, library: Library) -> str:
    quotes = of_kind(library, Quote)
    return path.format(longest=max(quotes, key=lambda name: (len(quotes[name].text), name)))


# A page at one width and then at the other, for which the window without script has it already.
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_a_page_passes_every_check(
    windows: dict[int, Screen], site: Site, library: Library, path: str, width: int
) -> None:
    visit = windows[width].open(site, _path(path, library), chrome=path not in BARE)
    left_out = NEEDS_CHROME if path in BARE else frozenset()
    asked = {number: find for number, find in ON_EVERY_PAGE.items() if number not in left_out}
    faults = _told(asked, visit)
    with darkened(visit.page):
        faults += _told(IN_THE_DARK, visit, ", in the dark")
    assert not faults, "\n".join(["", *faults])


def _told(asked: dict[int, Finder], visit: Visit, when: str = "") -> list[str]:
    return [f"check {n}{when}: {fault}" for n, find in asked.items() for fault in find(visit)]
