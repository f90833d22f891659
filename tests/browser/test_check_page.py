"""“Check it yourself”: a reader's text against the captures, computed in the browser alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from checks import layout, structure
from checks.visit import Site, Visit, darkened, sized
from conftest import Screen, screen
from playwright.sync_api import Browser, Locator, Page, Route, expect
from running import PUBLISHED, ROOT, SITES, copy_of, once
from summitry.build.policy import named
from summitry.tools.before_after import served
from warm import run

pytestmark = pytest.mark.browser

TEXTS = SITES / "checking" / "texts"
NEWS = (TEXTS / "harbour-news.txt").read_text("utf-8")
POST = (TEXTS / "islands-post.txt").read_text("utf-8")
LOG = (TEXTS / "ferry-log.txt").read_text("utf-8")
FIRST = (ROOT / "overrides/frame/theme.js").read_text("utf-8").removesuffix("\n")
# What a strict site would send: no script in the page but that which sets a chosen theme, no style
# and no attribute, and nothing elsewhere.
POLICY = (
    f"default-src 'none'; script-src 'self' {named(FIRST)}; style-src 'self'; "
    "font-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


@pytest.fixture(scope="module")
def checking(other: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Built after the other site, with what was kept of that."""
    del other

    def build(folder: Path) -> None:
        done = run("mkdocs", "build", cwd=copy_of("checking", folder), env=PUBLISHED)
        assert done.returncode == 0, done.stderr

    folder = once(tmp_path_factory, "built-checking", build) / "checking" / "site"
    with served(folder) as address:
        yield Site(folder=folder, address=address, published=PUBLISHED["SITE_URL"])


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Screen]:
    """What the form does is the same at any width; how it looks is asked at two."""
    with screen(browser, 1280) as opened:
        yield opened


@pytest.fixture
def page(window: Screen, checking: Site) -> Page:
    return window.open(checking, "check/").page


@pytest.fixture(params=[1280, 390])
def either(page: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page in a wide window and in a narrow one."""
    with sized(page, request.param):
        yield page


def said(page: Page) -> Locator:
    return page.locator(".check [role=status]")


def check(page: Page, text: str) -> str:
    """What the page answers to a text."""
    page.get_by_role("textbox", name="Text of the article").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()
    return answer(page)


def answer(page: Page) -> str:
    expect(said(page)).to_contain_text("paragraph")
    assert layout.on_a_line_of_its_own(said(page))
    return said(page).inner_text()


def source(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.locator(".found section").filter(has=heading)


def proven(section: Locator) -> dict[str, list[str]]:
    """The words shown under each title: of all that stands in the text."""
    rows = section.locator("li").filter(has=section.page.locator("q")).all()
    return {row.locator("a").inner_text(): row.locator("q").all_inner_texts() for row in rows}


def numbers(section: Locator) -> list[str]:
    return re.findall(r"\d+ of \d+ \(.*?\)", section.inner_text())


def test_a_text_that_was_captured_is_known_with_what_stands_in_it(page: Page) -> None:
    told = check(page, NEWS)
    assert told == "8 paragraphs of this text stand in a capture, of 8 that have 12 words or more."
    section = source(page, "The harbour of Westmark opens again")
    assert "Copy captured on 5 April 2025" in section.inner_text()
    assert numbers(section) == ["8 of 8 (2–9)"]  # the heading is too short for a root
    assert proven(section) == {
        "On who pays": [
            "We will open the harbour on the 14th of May, and nobody will pay for it twice"
        ],
        "On the winter": ["It was a long winter", "but the wall stands"],
        "The repair cost more than three million crowns.": [
            "more than three million crowns so far"
        ],
        "Ada Norin": ["has led the council for nine years"],
        "The harbour opens": ["the first boat through the gate"],
    }
    links = section.get_by_role("link").evaluate_all("all => all.map((a) => a.href)")
    assert {re.sub(r".*?:\d+/", "", link) for link in links} == {
        "sources/harbour-news/", "quotes/nobody-pays-twice/", "quotes/long-winter/", "facts/cost/",
        "people/ada-norin/", "events/opening/",
    }  # fmt: skip
    assert "not show that the article was published so" in page.locator(".found").inner_text()


def test_the_browser_s_own_hashes_and_ours_make_the_same_slow_seeds(page: Page) -> None:
    """Two of the sources are captured in format 3; over plain HTTP a browser lends no hashes."""
    script = """async ([base, line, plain]) => {
        if (plain) Object.defineProperty(globalThis, 'crypto', {value: {}});
        const tree = await import(base + 'assets/word-tree.js');
        return Array.from(await tree.slowSeed(tree.tokens(line)));
    }"""
    line = POST.strip().split("\n")[-1]
    base = page.url.removesuffix("check/")
    lent, own = (page.evaluate(script, [base, line, plain]) for plain in (False, True))
    assert lent == own
    assert len(own) == 16


def test_a_paragraph_that_two_sources_print_is_found_in_both(page: Page) -> None:
    check(page, NEWS)
    section = source(page, "Boats may come back")
    assert numbers(section) == ["1 of 3 (2)"]
    assert list(proven(section).values()) == [["most of it borrowed from the savings bank"]]


def test_a_script_without_blanks_is_read_by_its_characters(page: Page) -> None:
    check(page, LOG)
    section = source(page, "[Log of the ferry]")
    assert numbers(section) == ["2 of 2 (1–2)"]
    assert proven(section) == {"On the boat": ["我们不会卖掉这条船"]}
    assert section.locator("q").get_attribute("lang") == "zh"


@pytest.mark.parametrize(
    ("was", "now"),
    [("nobody will pay", "everybody will pay"), ("twice,”", "twice”"), ("Ada", "ada")],
    ids=["a word", "a comma", "a capital"],
)
def test_an_altered_paragraph_is_not_known(page: Page, was: str, now: str) -> None:
    told = check(page, NEWS.replace(was, now))
    assert told.startswith("7 paragraphs of this text stand in a capture, of 8")
    section = source(page, "The harbour of Westmark opens again")
    assert numbers(section) == ["7 of 8 (3–9)"]
    assert "On who pays" not in proven(section)
    missing = section.get_by_role("heading", name="Proven from it, but in no paragraph")
    assert "On who pays" in missing.locator("+ ul").inner_text()
    lost = page.locator(".found details")
    assert "1 paragraph of this text stands in no capture" in lost.inner_text()
    lost.locator("summary").click()
    assert "We will open the harbour on the 14th …" in lost.inner_text()


def test_a_text_of_which_nothing_was_captured(page: Page) -> None:
    other = "This is another article, which nobody has captured so far, and it is <b>long</b>."
    assert check(page, other) == "No paragraph of this text stands in a capture of this site."
    found = page.locator(".found")
    assert "does not show that the text is false" in found.inner_text()
    found.locator("summary").click()
    assert "This is another article, which nobody has captured …" in found.inner_text()
    assert not found.locator("section").count()


def test_what_cannot_be_compared_is_said(page: Page) -> None:
    page.get_by_role("button", name="Check", exact=True).click()
    expect(said(page)).to_have_text("There is no text in the field yet.")
    assert "shorter ones are not compared" in check(page, "Eleven words are too few.\n" * 3)


@pytest.mark.parametrize(
    "text",
    [
        NEWS.replace("“", '"').replace("”", '"').replace("’", "'").replace("—", "--"),
        NEWS.replace(" the ", "  the\u00a0").replace("\n\n", "\r\n"),
        NEWS.replace("council", "coun\u00adcil"),
        re.sub(r"(?<=\w) (?=the )", "\n", NEWS),  # lines end inside sentences
    ],
    ids=["marks", "blanks", "hidden", "wrapped"],
)
def test_typography_makes_no_difference(page: Page, text: str) -> None:
    assert check(page, text).startswith("8 paragraphs")
    assert len(proven(source(page, "The harbour of Westmark opens again"))) == 5


def saved(text: str, charset: str) -> bytes:
    """An article as a browser saves the page around it."""
    body = "".join(
        f"<p class=a>\n  {line.replace('the ', 'the <a href=x><em>', 1)}</em></a>\n</p>"
        for line in text.replace("—", "&mdash;").split("\n")
    )
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>The harbour</title>
        <script>document.title = 'x'; fetch('https://elsewhere.example/')</script></head><body>
        <nav><ul><li><a href=/>Home</a><li>News</ul></nav><img src="https://elsewhere.example/a.png"
        onerror="document.title='x'"><style>p {{ color: red }}</style><article><h1>Title</h1>
        {body}</article><div>Share<br>this</div></body></html>"""
    return page.encode(charset)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_saved_page_is_read_from_disk(window: Screen, page: Page, charset: str) -> None:
    file = {
        "name": "Harbour.HTML",
        "mimeType": "text/html",
        "buffer": saved(NEWS.replace("“It was a long", "“It<br>was a long"), charset),
    }
    page.get_by_label("Or open a page").set_input_files(file)
    assert answer(page).startswith("8 paragraphs of this text stand in a capture, of 8")
    assert len(proven(source(page, "The harbour of Westmark opens again"))) == 5
    assert page.title().startswith("Check it yourself")
    assert not [url for url in window.heard.requests if "elsewhere" in url]


def test_a_text_is_read_from_disk_and_other_files_are_refused(page: Page, tmp_path: Path) -> None:
    field = page.get_by_label("Or open a page")
    field.set_input_files(TEXTS / "islands-post.txt")
    assert answer(page).startswith("3 paragraphs")
    (tmp_path / "a.txt").write_bytes(b"PK\x03\x04\x00\x00")
    field.set_input_files(tmp_path / "a.txt")
    expect(said(page)).to_have_text("This file cannot be read as a page or a text.")


def test_the_keyboard_is_enough(either: Page) -> None:
    either.locator("main").focus()
    either.keyboard.press("Tab")
    expect(either.get_by_role("textbox", name="Text of the article")).to_be_focused()
    either.keyboard.insert_text(POST)
    either.keyboard.press("Tab")
    expect(either.get_by_label("Or open a page")).to_be_focused()
    either.keyboard.press("Tab")
    expect(either.get_by_role("button", name="Check", exact=True)).to_be_focused()
    either.keyboard.press("Enter")
    assert answer(either).startswith("3 paragraphs")
    either.keyboard.press("Tab")
    expect(source(either, "Boats may come back").get_by_role("link").first).to_be_focused()


def test_nothing_is_wrong_with_an_answer(either: Page, checking: Site) -> None:
    check(either, NEWS.replace("nobody", "everybody") + LOG)
    either.locator(".found summary").click()
    visit = Visit(either, checking)
    assert not structure.axe(visit)
    assert not layout.reflow(visit)
    assert not layout.targets(visit)
    with darkened(either):
        assert not structure.axe_colours(visit)


def test_nothing_is_wrong_from_right_to_left(either: Page, checking: Site) -> None:
    either.evaluate("document.documentElement.dir = 'rtl'")
    check(either, NEWS)
    assert not layout.reflow(Visit(either, checking))


@contextmanager
def strict(page: Page) -> Iterator[None]:
    """Every page is answered with a policy that forbids whatever is not a file of the site."""

    def answer(route: Route) -> None:
        got = route.fetch()
        route.fulfill(response=got, headers={**got.headers, "content-security-policy": POLICY})

    page.route(re.compile(r"/check/$"), answer)
    try:
        yield
    finally:
        page.unroute(re.compile(r"/check/$"))


def test_nothing_is_sent_and_no_connection_is_needed(window: Screen, checking: Site) -> None:
    sent = []
    window.page.on("request", lambda request: sent.append(request))
    with strict(window.page):
        page = window.open(checking, "check/").page
    assert not [one.url for one in sent if "evidence" in one.url], "before anybody wants it"
    page.get_by_role("textbox", name="Text of the article").focus()
    expect(said(page)).to_have_text(
        "The records of this site are loaded. From here on no connection is needed."
    )
    fetched = len(sent)
    page.context.set_offline(True)
    try:
        assert check(page, NEWS).startswith("8 paragraphs")
        assert len(proven(source(page, "The harbour of Westmark opens again"))) == 5
    finally:
        page.context.set_offline(False)
    assert len(sent) == fetched
    assert all(one.method == "GET" and one.post_data is None for one in sent)
    assert {one.url.partition("?")[2] for one in sent} == {""}
    assert all(one.url.startswith(checking.address) for one in sent)
    assert {one.url.rpartition("/")[2] for one in sent if "evidence" in one.url} == {
        "evidence.json", "evidence-titles.json",
    }  # fmt: skip
    assert not window.heard.complaints
    assert not page.context.cookies()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_without_the_records_it_says_so_and_tries_again(window: Screen, checking: Site) -> None:
    page = window.open(checking, "check/").page
    page.route("**/evidence.json", lambda route: route.abort())
    page.get_by_role("textbox", name="Text of the article").fill(POST)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(said(page)).to_contain_text("could not be loaded")
    page.unroute("**/evidence.json")
    assert check(page, POST).startswith("3 paragraphs")


def test_long_texts_are_answered_soon(page: Page) -> None:
    """2,000 words in at most 3 s: what proofs open is compared first, the rest later.

    Of all paragraphs a root is made: half are as long as some of a source with quick seeds, half
    as one with slow seeds of which nothing is open. One more has words that a proof opens.
    """
    page.get_by_role("textbox", name="Text of the article").focus()
    expect(said(page)).to_contain_text("loaded")
    closed, known, _ = POST.strip().split("\n\n")
    quick = NEWS.split("\n")[2]
    others = [quick.replace("Ada", f"Ada{n}") for n in range(30)]
    others += [closed.replace("first", f"first{n}") for n in range(30)]
    text = "\n\n".join([*others, known])
    assert len(set(others)) == 60
    assert len(text.split()) > 2000
    took = page.evaluate(
        """async (text) => {
            const field = document.querySelector('.check textarea');
            const status = document.querySelector('.check [role=status]');
            field.value = text;
            const since = performance.now();
            field.form.requestSubmit();
            while (!/\\d/.test(status.textContent)) await new Promise((r) => setTimeout(r, 5));
            return performance.now() - since;
        }""",
        text,
    )
    print(f"{len(text.split())} words in {took:.0f} ms")
    assert took < 3000
    assert said(page).inner_text().startswith("Paragraphs found so far: 1 of 61.")
    assert list(proven(source(page, "Boats may come back")).values()) == [
        ["most of it borrowed from the savings bank"]
    ]
    # Another text overtakes the rest of it.
    assert check(page, LOG).startswith("2 paragraphs of this text stand in a capture, of 2")
    assert not source(page, "Boats may come back").count()


def test_paragraphs_of_which_nothing_is_open_are_found_too(page: Page) -> None:
    """Also among others of their length, and a reader who holds a link of the answer keeps it."""
    closed, known, _ = POST.strip().split("\n\n")
    others = [closed.replace("first", f"first{n}") for n in range(6)]
    page.get_by_role("textbox", name="Text of the article").fill(
        "\n\n".join([known, *others, closed])
    )
    page.get_by_role("button", name="Check", exact=True).click()
    link = source(page, "Boats may come back").get_by_role("link").first
    link.focus()
    assert answer(page).startswith("2 paragraphs of this text stand in a capture, of 8")
    assert numbers(source(page, "Boats may come back")) == ["2 of 3 (1–2)"]
    expect(source(page, "Boats may come back").get_by_role("link").first).to_be_focused()


def test_without_script_it_says_what_it_needs(window: Screen, checking: Site) -> None:
    window.plain.goto(f"{checking.address}check/")
    main = window.plain.locator("main")
    assert "needs JavaScript" in main.inner_text()
    assert 'summitry verify SOURCE "WORDS" --text FILE' in main.inner_text()
    assert window.plain.get_by_role("button", name="Check", exact=True).is_disabled()
