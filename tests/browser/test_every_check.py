"""A page of each kind, at two widths and in both colours, under every check that one page can fail.

Each page is opened once for a width and a scheme, and asked everything.
"""

from collections.abc import Iterator

import pytest
from checks import LAYOUT_ONLY, NEEDS_CHROME, ON_EVERY_PAGE
from checks.structure import axe_violations
from checks.visit import Site
from conftest import Screen, of_kind, screen
from playwright.sync_api import Browser
from summitry.content.kinds import Quote
from summitry.content.library import Library

pytestmark = pytest.mark.browser

LONGEST = "quotes/{longest}/"
PAGES = (
    "",
    "the-day/",
    "who-was-in-the-room/",
    "disputed-and-unknown/",
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
    "facts/last-met-in-person/",
    "facts/talks-length/",
    "facts/no-ceasefire/",
    "sources/",
    "sources/vibeszone-putin-heads-to-pacific/",
    "terms/",
    "terms/three-on-three/",
    "images/",
    "images/locator-map/",
    "about/how-we-check/",
    "about/corrections/",
    "about/cite-and-reuse/",
    "about/privacy/",
    "data/",
    "404.html",
)
# Shown inside the pages of others: words, speaker and source, without a header and a footer.
BARE = ("quotes/mess-around/embed/",)
# What axe finds in the theme that the contributors' guide keeps, on how many elements at most:
# the hidden inputs of its palette can take focus.
OF_THE_THEME = {"aria-hidden-focus": 2}


@pytest.fixture(scope="module", params=[(w, s) for s in ("light", "dark") for w in (1280, 390)],
                ids=lambda param: f"{param[0]}-{param[1]}")  # fmt: skip
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[tuple[str, Screen]]:
    """Its colour scheme, and the window in which page after page is opened."""
    width, scheme = request.param
    with screen(browser, width, scheme) as opened:
        yield scheme, opened


def _path(path: str, library: Library) -> str:
    quotes = of_kind(library, Quote)
    return path.format(longest=max(quotes, key=lambda name: (len(quotes[name].text), name)))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path or "home")
def test_a_page_passes_every_check(
    window: tuple[str, Screen], site: Site, library: Library, path: str
) -> None:
    scheme, opened = window
    visit = opened.open(site, _path(path, library), chrome=path not in BARE)
    left_out = (NEEDS_CHROME if path in BARE else frozenset()) | (
        LAYOUT_ONLY if scheme == "dark" else frozenset()
    )
    faults = {n: find(visit) for n, find in ON_EVERY_PAGE.items() if n not in left_out}
    assert not _told(faults), "\n".join(["", *_told(faults)])


def _told(faults: dict[int, list[str]]) -> list[str]:
    return [f"check {number}: {fault}" for number, found in faults.items() for fault in found]


def test_the_contributors_guide_passes_what_applies(window: tuple[str, Screen], site: Site) -> None:
    """Its frame is the theme's: no search of ours, no header of ours, no quotations."""
    _, opened = window
    visit = opened.open(site, "contribute/")
    faults = {number: ON_EVERY_PAGE[number](visit) for number in (20, 21, 27, 28)}
    # The theme's sidebar scrolls, and shortens its title.
    faults[21] = [fault for fault in faults[21] if ".md-" not in fault]
    assert not _told(faults), "\n".join(["", *_told(faults)])
    found = axe_violations(visit)
    more = {rule: on for rule, on in found.items() if len(on) > OF_THE_THEME.get(rule, 0)}
    assert not more
