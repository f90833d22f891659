"""Home and a page of each kind, opened as a reader would."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from summitry import routes
from summitry.library import build
from summitry.model import Person, Quote
from summitry.tree import read_tree

from running import ROOT  # isort: skip

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "the-day/",
    "quotes/",
    "quotes/mess-around/",
    "facts/last-met-in-person/",
    "facts/no-ceasefire/",
    "people/vladimir-putin/",
    "places/jber/",
    "events/handshake/",
    "timeline/",
    "sources/vibeszone-putin-heads-to-pacific/",
    "images/locator-map/",
    "terms/three-on-three/",
    "contribute/",
    "404.html",
)


@contextmanager
def opened(browser: Browser, width: int, scheme: str = "light") -> Iterator[tuple[Page, list[str]]]:
    """A page of a fresh visitor, and a list of everything that goes wrong in it."""
    height = 900 if width > 500 else 844
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme
    )  # fmt: skip
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    yield page, wrong
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_open_without_error_or_foreign_request(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with opened(browser, width, scheme) as (page, wrong):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in PAGES:
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            assert page.locator("h1").count() == 1, path
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} px wide at {width}"
            missing = page.evaluate(
                "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
            )
            assert not missing, path
        assert not wrong
        foreign = [url for url in asked if not url.startswith((address, "data:"))]
        assert not foreign
        assert not page.context.cookies()


@pytest.mark.parametrize("width", [1280, 390])
def test_search_opens_finds_and_closes(browser: Browser, address: str, width: int) -> None:
    with opened(browser, width) as (page, wrong):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "pagefind" in url], "fetched before anyone searched"
        page.get_by_role("button", name="Search this site").click()
        dialog = page.get_by_role("dialog", name="Search")
        expect(dialog).to_be_visible()
        page.keyboard.type("Lavrov")
        link = dialog.get_by_role("link", name="Sergei Lavrov").first
        expect(link).to_be_visible(timeout=15_000)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(page.get_by_role("button", name="Search this site")).to_be_focused()
        assert not wrong


def test_search_finds_every_entity(browser: Browser, address: str) -> None:
    """By its title; a quotation also by its words, a person also by the surname."""
    library = build(read_tree(ROOT, "content", "docs"), "content", "docs")
    wanted = []
    for item in library.items.values():
        goal, entity = routes.url(item.ref), item.entity
        wanted.append((entity.title, goal))
        if isinstance(entity, Quote):
            wanted.append((" ".join(entity.text.split()[:8]), goal))
        if isinstance(entity, Person):
            wanted.append((entity.name.split()[-1], goal))
    script = """async ([base, wanted]) => {
        const pagefind = await import(base + 'pagefind/pagefind.js');
        const {RANKING} = await import(base + 'assets/summitry.js');
        await pagefind.options({ranking: RANKING});
        const lost = [];
        for (const [words, goal] of wanted) {
            const found = await pagefind.search(words);
            const urls = [];
            for (const result of found.results.slice(0, 10)) urls.push((await result.data()).url);
            if (!urls.some(url => url.endsWith('/' + goal))) lost.push([words, goal, urls.length]);
        }
        return lost;
    }"""
    with opened(browser, 1280) as (page, _):
        page.goto(address)
        lost = page.evaluate(script, [address, wanted])
    assert not lost, json.dumps(lost, ensure_ascii=False, indent=1)


def test_dark_colours_can_be_chosen_and_stay(browser: Browser, address: str) -> None:
    with opened(browser, 1280) as (page, wrong):
        page.goto(address)
        button = page.get_by_role("button", name="Dark colours")
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        page.goto(f"{address}quotes/")
        expect(page.get_by_role("button", name="Dark colours")).to_have_attribute(
            "aria-pressed", "true"
        )
        assert not wrong


def test_without_script_everything_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}quotes/mess-around/")
    expect(page.locator("blockquote").first).to_be_visible()
    assert page.locator("button:visible").count() == 0
    assert page.get_by_role("link", name="Search this site").get_attribute("href")
    context.close()


def test_copying_a_quotation_takes_its_citation_along(browser: Browser, address: str) -> None:
    with opened(browser, 1280) as (page, wrong):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{address}quotes/mess-around/")
        page.get_by_role("button", name="Copy quote").click()
        expect(page.get_by_role("status")).to_contain_text("copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "mess around with me” — Donald Trump" in copied
        assert copied.endswith("quotes/mess-around/")
        assert not wrong
