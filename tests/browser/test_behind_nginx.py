"""The site behind nginx in Chromium: what its headers allow and forbid. `make test-all`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from checks.visit import Site
from conftest import screen
from nginx import behind_nginx
from playwright.sync_api import Browser, expect
from running import PUBLISHED
from summitry.tools.before_after import served

pytestmark = pytest.mark.standards


@pytest.fixture(scope="module")
def hosted(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with behind_nginx(built, tmp_path_factory.mktemp("nginx")) as address:
        yield Site(folder=built, address=address, published=PUBLISHED["SITE_URL"])


@pytest.mark.parametrize(
    "path",
    ["", "quotes/mess-around/", "timeline/", "contribute/", "assets/figures/locator-map.svg"],
)
def test_nothing_goes_against_the_headers(browser: Browser, hosted: Site, path: str) -> None:
    with screen(browser, 1280) as opened:
        opened.page.goto(hosted.address + path, wait_until="load")
        assert not opened.heard.complaints


def test_search_and_previews_work_under_the_headers(browser: Browser, hosted: Site) -> None:
    with screen(browser, 1280) as opened:
        page = opened.open(hosted, "the-day/").page
        page.get_by_role("button", name="Search this site").click()
        page.keyboard.type("Anchorage")
        dialog = page.get_by_role("dialog", name="Search")
        expect(dialog.get_by_role("link").first).to_be_visible(timeout=15_000)
        page.keyboard.press("Escape")
        link = page.locator("main a.mention").first
        link.evaluate("(link) => link.scrollIntoView({block: 'center'})")
        link.hover()
        page.mouse.move(0, 0)  # scrolling closes a preview
        link.hover()
        expect(page.get_by_role("tooltip")).to_be_visible()
        assert not opened.heard.complaints


def test_others_may_show_a_quotation_to_embed_and_nothing_else(
    browser: Browser, hosted: Site, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(
        f'<iframe id="embed" src="{hosted.address}quotes/mess-around/embed/"></iframe>'
        f'<iframe id="page" src="{hosted.address}quotes/mess-around/"></iframe>'
    )
    with served(tmp_path) as elsewhere, screen(browser, 1280, within_policy=False) as opened:
        opened.page.goto(elsewhere, wait_until="load")
        shown = opened.page.frame_locator("#embed").locator("blockquote").first
        expect(shown).to_be_visible()
        refused = opened.page.frame_locator("#page").locator("h1")
        expect(refused).to_have_count(0)
        assert any("frame-ancestors" in said for said in opened.heard.violations)
