"""Pages that are broken on purpose: each check finds what is wrong with them, and only that.

A page in `broken/` begins with the number of its check and says in comments what is told of it:
`<!-- rejected: … -->`, words that a fault contains. One without such a comment is as it should
be, so that what its siblings are told is not an artefact.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checks import EVERY, IN_THE_DARK, ON_EVERY_PAGE
from checks.loading import light, links, still, unique_descriptions
from checks.pictures import border_data
from checks.script import search_answers, search_results
from checks.visit import Site, Words, darkened
from conftest import Screen, screen
from PIL import Image
from playwright.sync_api import Browser
from running import PUBLISHED, ROOT
from summitry.tools.before_after import served

pytestmark = pytest.mark.browser

BROKEN = Path(__file__).parent / "broken"
DARK = sorted(path.relative_to(BROKEN).as_posix() for path in BROKEN.glob("dark/*.html"))
PAGES = sorted(path.relative_to(BROKEN).as_posix() for path in BROKEN.glob("[0-9]*.html"))
NARROW = ("21-", "19-")
PATIENCE = 1_000  # ms; these pages fetch nothing, so what is missing is soon known to be
EDIT = f"{PUBLISHED['REPO_URL']}/edit/main/"
# Checks of a whole folder; the others are of a page.
FOLDERS: dict[str, Callable[[Path], list[str]]] = {
    "28-twins": unique_descriptions,
    "30-links": lambda folder: links(folder, PUBLISHED["SITE_URL"], EDIT, ROOT),
    "31-data": border_data,
}


def _rejected(text: str, when: str = "") -> list[str]:
    return re.findall(rf"<!-- rejected{when}: (.*?) -->", text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The broken pages, with pictures that are made rather than kept."""
    copied = tmp_path_factory.mktemp("broken") / "site"
    shutil.copytree(BROKEN, copied)
    (copied / "assets").mkdir(exist_ok=True)
    shutil.copy(ROOT / "overrides/assets/embed.js", copied / "assets")
    Image.new("RGB", (40, 20), "#075568").save(copied / "picture.png")
    Image.new("RGB", (1200, 630), "#0b2630").save(copied / "card.png")
    noise = random.Random(29).randbytes(400 * 200 * 3)  # which nothing compresses
    Image.frombytes("RGB", (400, 200), noise).save(copied / "heavy.png")
    return copied


@pytest.fixture(scope="module")
def whole(folder: Path) -> Iterator[Site]:
    with served(folder) as address:
        yield Site(
            folder=folder,
            address=address,
            published=PUBLISHED["SITE_URL"],
            story=tuple(page for page in PAGES if page.startswith("33-")),
            quotes={
                "one": Words("I will come back."),
                "translated": Words("I shall return.", original="Я вернусь."),
            },
        )


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Screen]:
    with screen(browser, 1280, within_policy=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Screen]:
    with screen(browser, 390, within_policy=False) as opened:
        yield opened


def _faults(opened: Screen, site: Site, page: str) -> list[str]:
    number = int(page[:2])
    if number == 29:
        check = light if "heavy" in page else still
        return check(opened.page.context.new_page(), site.address + page)
    opened.page.context.clear_cookies()
    visit = opened.open(site, page, patience=PATIENCE)
    if number == 8:
        return search_results(visit, [("Surname", {"people/one/"})])
    if number == 35:
        wanted = {"how long": "facts/length/", "Surnmae": "people/one/", "xqzzy": ""}
        return search_answers(visit, wanted)
    return EVERY[number](visit)


@pytest.mark.parametrize("page", PAGES)
def test_a_broken_page_is_rejected(
    browser: Browser, window: Screen, phone: Screen, whole: Site, page: str
) -> None:
    opened = phone if page.startswith(NARROW) else window
    faults = _faults(opened, whole, page)
    _compare(faults, _rejected((BROKEN / page).read_text("utf-8")))


@pytest.mark.parametrize("page", DARK)
def test_what_is_wrong_in_the_dark_alone_is_rejected_there(
    window: Screen, whole: Site, page: str
) -> None:
    number = int(page.removeprefix("dark/")[:2])
    visit = window.open(whole, page, patience=PATIENCE)
    assert not ON_EVERY_PAGE[number](visit)
    with darkened(visit.page):
        found = {n: find(visit) for n, find in IN_THE_DARK.items()}
    _compare(found.pop(number), _rejected((BROKEN / page).read_text("utf-8"), " in the dark"))
    assert not any(found.values()), found


@pytest.mark.parametrize("name", sorted(FOLDERS))
def test_a_broken_site_is_rejected(folder: Path, name: str) -> None:
    pages = sorted((folder / name).rglob("*.html"))
    told = [words for page in pages for words in _rejected(page.read_text("utf-8"))]
    _compare(FOLDERS[name](folder / name), told or ["world.json holds countries"])


def _compare(faults: list[str], told: list[str]) -> None:
    missed = [words for words in told if not any(words in fault for fault in faults)]
    further = [fault for fault in faults if not any(words in fault for words in told)]
    assert not missed, f"accepted: {missed}; told: {faults}"
    assert not further


def test_every_check_has_a_page_that_it_rejects() -> None:
    told = {page[:2] for page in PAGES if _rejected((BROKEN / page).read_text("utf-8"))}
    assert {int(page.removeprefix("dark/")[:2]) for page in DARK} == set(IN_THE_DARK)
    assert told | {name[:2] for name in FOLDERS} == {f"{number:02}" for number in range(1, 39)}
    assert set(EVERY) == set(range(1, 39)) - {8, 29, 30, 35}


def test_what_a_policy_forbids_is_told_whatever_a_test_asks(browser: Browser, whole: Site) -> None:
    with (
        pytest.raises(AssertionError, match="Content Security Policy"),
        screen(browser, 1280) as opened,
    ):
        opened.open(whole, "27-policy.html")
