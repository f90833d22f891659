"""What needs a page of its own: search, colours, previews, copying, before and after a click."""

import gzip
import json
from collections.abc import Iterator

import pytest
from checks import ON_PAGES_OF_THEIR_OWN
from checks.script import search_results
from checks.structure import axe, axe_colours
from checks.visit import Site, darkened
from conftest import Screen, of_kind, screen
from playwright.sync_api import Browser
from summitry.content import routes
from summitry.content.kinds import Person, Quote, Term
from summitry.content.library import Library

pytestmark = pytest.mark.browser

SEARCHED = 6  # words of a quotation that somebody remembers


@pytest.fixture(scope="module", params=[1280, 390])
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Screen]:
    with screen(browser, request.param) as opened:
        yield opened


def _six(text: str) -> list[str]:
    """Six consecutive words: the first, and where there are many, some from the middle."""
    words = text.split()
    middle = (len(words) - SEARCHED) // 2
    return [" ".join(words[at : at + SEARCHED]) for at in {0, max(0, middle)}]


def wanted(library: Library) -> list[tuple[str, set[str]]]:
    """What readers look for, and the pages that are right: a person by the surname, a term by
    its name, a quotation by six of its words. Where words fit several, each of them is right.
    """
    right: dict[str, set[str]] = {}
    for name, person in of_kind(library, Person).items():
        right.setdefault(person.name.split()[-1], set()).add(f"people/{name}/")
    for name, term in of_kind(library, Term).items():
        right.setdefault(term.name, set()).add(f"terms/{name}/")
    for item in library.items.values():
        if item.entity.title in right:
            right[item.entity.title].add(routes.url(item.ref))
    quotes = of_kind(library, Quote)
    for quote in quotes.values():
        texts = [quote.text, *([quote.original.text] if quote.original else [])]
        for words in (six for text in texts if len(text.split()) >= SEARCHED for six in _six(text)):
            right[words] = {
                f"quotes/{name}/"
                for name, other in quotes.items()
                if words in other.text or (other.original and words in other.original.text)
            }
    return sorted(right.items())


def test_search_finds_the_right_page_first(browser: Browser, site: Site, library: Library) -> None:
    with screen(browser, 1280) as opened:
        visit = opened.open(site, "")
        assert not [url for url in opened.heard.requests if "pagefind" in url], "before a search"
        faults = search_results(visit, wanted(library))
        assert not faults, "\n".join(["", *faults])
        assert not opened.heard.complaints


def test_search_finds_every_entity_by_its_title(
    browser: Browser, site: Site, library: Library
) -> None:
    wanted = [[item.entity.title, routes.url(item.ref)] for item in library.items.values()]
    script = """async ([base, wanted, addresses]) => {
        const pagefind = await import(base + 'pagefind/pagefind.js');
        const {RANKING} = await import(base + 'assets/search.js');
        await pagefind.options({ranking: RANKING});
        const lost = [];
        for (const [words, goal] of wanted) {
            const found = await pagefind.search(words);
            const first = found.results.slice(0, 10).map((result) => addresses[result.id]);
            if (!first.includes('/' + goal)) lost.push([words, goal, first]);
        }
        return lost;
    }"""
    with screen(browser, 1280) as opened:
        opened.open(site, "")
        assert not opened.page.evaluate(script, [site.address, wanted, _addresses(site)])


def _addresses(site: Site) -> dict[str, str]:
    """The addresses of the pages that are indexed, by the numbers that results have."""
    found = {}
    for part in (site.folder / "pagefind/fragment").iterdir():
        said = gzip.decompress(part.read_bytes()).removeprefix(b"pagefind_dcd")
        found[part.stem] = json.loads(said)["url"]
    return found


def test_nothing_is_wrong_with_search_open(window: Screen, site: Site) -> None:
    visit = window.open(site, "quotes/mess-around/")
    page = window.page
    page.get_by_role("button", name="Search this site").click()
    page.keyboard.type("Anchorage")
    results = page.get_by_role("dialog", name="Search").get_by_role("link")
    results.first.wait_for(state="visible", timeout=15_000)
    assert not axe(visit)
    with darkened(page):
        assert not axe_colours(visit)


@pytest.mark.parametrize("path", ["", "quotes/mess-around/"], ids=["home", "quote"])
def test_dark_colours_are_chosen_and_stay(window: Screen, site: Site, path: str) -> None:
    assert not ON_PAGES_OF_THEIR_OWN[9](window.open(site, path))


@pytest.mark.parametrize("path", ["the-day/", "people/vladimir-putin/"], ids=["story", "person"])
def test_links_are_previewed(window: Screen, site: Site, path: str) -> None:
    assert not ON_PAGES_OF_THEIR_OWN[10](window.open(site, path))


def test_nothing_is_wrong_with_a_preview_open(window: Screen, site: Site) -> None:
    visit = window.open(site, "the-day/")
    link = window.page.locator("main a.mention").first
    link.evaluate(  # scrolling closes previews, and is told before the next frame is drawn
        """async (link) => {
            link.scrollIntoView({block: 'center'});
            for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
        }"""
    )
    link.hover()
    window.page.get_by_role("tooltip").wait_for(state="visible")
    assert not axe(visit)
    with darkened(window.page):
        assert not axe_colours(visit)
    assert window.page.get_by_role("tooltip").is_visible()


@pytest.mark.parametrize("path", ["", "quotes/mess-around/", "quotes/limo-thirty-seconds/"])
def test_a_quotation_is_copied_with_its_citation(window: Screen, site: Site, path: str) -> None:
    assert not ON_PAGES_OF_THEIR_OWN[12](window.open(site, path))


@pytest.mark.parametrize("path", ["", "facts/talks-length/"], ids=["home", "question"])
def test_sources_are_in_reach_and_not_in_the_way(window: Screen, site: Site, path: str) -> None:
    assert not ON_PAGES_OF_THEIR_OWN[34](window.open(site, path))


def test_the_address_of_an_entry_is_copied(window: Screen, site: Site) -> None:
    window.open(site, "timeline/")
    page = window.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#event-handshake .anchor").click()
    page.get_by_text("Link copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith("timeline/#event-handshake")


@pytest.mark.parametrize("name", ["mess-around", "limo-thirty-seconds"])
def test_a_quotation_fits_another_sites_page(window: Screen, site: Site, name: str) -> None:
    assert not ON_PAGES_OF_THEIR_OWN[37](window.open(site, f"quotes/{name}/embed/"))


def test_an_embed_is_copied_with_the_script_that_fits_it(window: Screen, site: Site) -> None:
    window.open(site, "quotes/mess-around/")
    page = window.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Embed", exact=True).click()
    page.get_by_text("Code copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f'<iframe src="{site.published}quotes/mess-around/embed/"')
    assert f'src="{site.published}assets/embed.js"' in copied.partition("</iframe>")[2]
