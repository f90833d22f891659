"""Figures drawn in pages, measured as they are shown: words inside, apart, and large enough."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "images/locator-map/",
    "images/day-timeline/",
    "who-was-in-the-room/",
    "places/jber/",
)

# Every word of every drawing that is shown: its size in pixels, and its letters' box, cut to the
# height of capitals, in the drawing's.
WORDS = """() => [...document.querySelectorAll('svg[role=img][viewBox]')]
    .filter(svg => svg.getClientRects().length)
    .map(svg => {
        const frame = svg.getBoundingClientRect();
        const scale = frame.width / svg.viewBox.baseVal.width;
        const named = svg.getAttribute('aria-labelledby').split(' ')
            .map(id => document.getElementById(id)?.textContent ?? '');
        const words = [...svg.querySelectorAll('text')]
            .filter(text => text.getClientRects().length)
            .map(text => {
                const box = text.getBoundingClientRect();
                const size = parseFloat(getComputedStyle(text).fontSize) * scale;
                const base = box.bottom - (box.height - size) / 2 - size * .2;
                return {text: text.textContent, size, left: box.left - frame.left,
                        right: box.right - frame.left, top: base - size * .65 - frame.top,
                        bottom: base - frame.top};
            });
        return {width: frame.width, height: frame.height, named, words};
    })"""


@pytest.mark.parametrize(("width", "least"), [(1280, 13), (700, 12), (390, 12), (320, 10)])
def test_words_of_drawings_can_be_read(
    browser: Browser, address: str, width: int, least: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.fonts.ready")
        drawings = page.evaluate(WORDS)
        assert drawings, path
        for drawing in drawings:
            assert all(drawing["named"]), path
            words = drawing["words"]
            assert words, path
            for i, word in enumerate(words):
                where = f"{path}: {word['text']} at {width}"
                assert word["size"] >= least - 0.25, where
                assert word["left"] >= 0, where
                assert word["right"] <= drawing["width"] + 0.5, where
                assert word["top"] >= 0, where
                assert word["bottom"] <= drawing["height"], where
                for other in words[:i]:
                    assert (
                        word["left"] >= other["right"]
                        or word["right"] <= other["left"]
                        or word["top"] >= other["bottom"]
                        or word["bottom"] <= other["top"]
                    ), f"{where} touches {other['text']}"
    page.close()


def test_a_drawing_follows_dark_colours_and_paper(browser: Browser, address: str) -> None:
    """The day is dark in dark colours; the map is a piece of night, and light on paper."""
    ground = """name => {
        const [r, g, b] = getComputedStyle(document.querySelector('.drawn.' + name))
            .backgroundColor.match(/[0-9]+/g).map(Number);
        return (r + g + b) / 765;
    }"""
    for name, path in (("day", "images/day-timeline/"), ("map", "")):
        page = browser.new_page(color_scheme="dark")
        page.goto(address + path)
        assert page.evaluate(ground, name) < 0.2, name
        page.emulate_media(media="print")
        assert page.evaluate(ground, name) == 1, name
        page.emulate_media(media="screen", color_scheme="light")
        assert (page.evaluate(ground, name) < 0.2) == (name == "map"), name
        page.close()
