"""What the site says of its own quotations comes from the state of proof, wherever it says it.

A description, copied words, a picture, the feed, linked data and an embed travel without the page
that says how far the words are proven and who translated them; so each has to say it too.
"""

import json
import re
from html import unescape
from pathlib import Path

import feedparser
import pytest
from running import ROOT
from selectolax.lexbor import LexborHTMLParser, LexborNode
from summitry.checks.checked import CheckedLibrary
from summitry.content.kinds import Quote, Source
from summitry.content.values import Ref
from summitry.data.quotations import told
from summitry.pages.card_words import Cards
from summitry.pages.kinds import kind_pages
from summitry.pictures.quote_card import QuoteCard
from summitry.proof import capture
from summitry.words.catalogue import Words

pytestmark = pytest.mark.build

CLAIMS = re.compile(r"word for word|verbatim|exact words|literally", re.IGNORECASE)


QUOTES = sorted(path.stem for path in (ROOT / "content" / "quotes").glob("*.md"))


def attribute(page: str, pattern: str) -> str:
    found = re.search(pattern, page)
    assert found, pattern
    return unescape(found[1])


@pytest.mark.parametrize("name", QUOTES)
def test_every_copy_of_the_words_says_what_the_page_says(
    built: Path, checked_library: CheckedLibrary, name: str
) -> None:
    ref = Ref("quotes", name)
    quote = checked_library.item(ref).entity
    assert isinstance(quote, Quote)
    said = told(Words(), checked_library, ref)
    page = (built / "quotes" / name / "index.html").read_text("utf-8")
    embed = (built / "quotes" / name / "embed" / "index.html").read_text("utf-8")
    (node,) = (
        node
        for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
        for node in json.loads(found)["@graph"]
        if node["@type"] == "Quotation"
    )
    copied = attribute(page, r'data-copy="(“[^"]*)"')
    copies = {
        "description": attribute(page, r'<meta name="description" content="([^"]*)"'),
        "copied words": copied,
        "shared words": attribute(page, r'data-text="([^"]*)"'),
        "text of the picture": attribute(page, r'<meta property="og:image:alt" content="([^"]*)"'),
        "linked data": node["creativeWorkStatus"],
        "embed": re.sub(r"<[^>]+>", " ", unescape(embed)),
        "page": re.sub(r"<[^>]+>", " ", unescape(page)),
    }
    missing = {
        (where, part) for where, text in copies.items() for part in said.parts if part not in text
    }
    assert not missing
    assert "Source: " in copied
    assert "Source: " in copies["text of the picture"]
    if quote.translation and quote.translation.kind == "ours":
        assert "translation by this site" in copied
        assert node["translator"]["name"] == "Alaska summit, explained"
    if not checked_library.standing(ref).proven or quote.translation:
        assert not CLAIMS.search(copies["description"] + copied + copies["shared words"])


def test_the_picture_shows_what_its_text_says(checked_library: CheckedLibrary) -> None:
    texts = Cards(checked_library, "Site", "https://site.example/", kind_pages(), Words())
    for item in checked_library.items("quotes"):
        card, said = texts.entity(item.ref), told(Words(), checked_library, item.ref)
        assert isinstance(card, QuoteCard)
        shown = " ".join((card.note, card.state, card.changed))
        assert all(part in shown for part in said.parts), item.ref


def test_the_feed_says_it_too(built: Path, checked_library: CheckedLibrary) -> None:
    read = feedparser.parse((built / "feed.xml").read_text("utf-8"))
    found = 0
    for entry in read.entries:
        name = re.search(r"/quotes/([a-z0-9-]+)/$", entry.link)
        if name and entry.title.startswith("Added"):
            found += 1
            assert entry.summary.endswith(
                told(Words(), checked_library, Ref("quotes", name[1])).text
            )
    quotes = [e for e in read.entries if "/quotes/" in e.link and e.title.startswith("Added")]
    assert found == len(quotes)


CARD = re.compile(r'<article class="quote\b.*? id="quote-([a-z0-9-]+)".*?</article>', re.S)
MARKS = re.compile(r"[\u201c\u201d\u2018\u2019\"'\s]+")
UNPROVEN = "not yet proven"


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, str]:
    """Every page of the site, by its path."""
    found = sorted(built.rglob("*.html"))
    return {path.relative_to(built).as_posix(): path.read_text("utf-8") for path in found}


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def bare(text: str) -> str:
    """Words alone: pages write marks of quotation in their own way."""
    return MARKS.sub(" ", text)


def test_every_card_says_what_the_page_says(
    pages: dict[str, str], checked_library: CheckedLibrary
) -> None:
    cards = 0
    for path, page in pages.items():
        for card in CARD.finditer(page):
            said, text = told(Words(), checked_library, Ref("quotes", card[1])), plain(card[0])
            assert all(part in text for part in said.parts), (path, card[1], said.parts)
            cards += 1
    assert cards > 2 * len(QUOTES)  # its own page, the list of all, and where it is told


def entry(node: LexborNode) -> LexborNode:
    """The card or the entry of a list in which words stand, or else their paragraph."""
    home: LexborNode | None = node
    while home and home.tag not in ("article", "li"):
        home = home.parent
    return home or node


def test_words_that_nothing_proves_say_so_on_every_page(
    pages: dict[str, str], checked_library: CheckedLibrary
) -> None:
    waiting = [
        bare(item.entity.text).strip()
        for item in checked_library.items("quotes")
        if isinstance(item.entity, Quote) and not checked_library.standing(item.ref).proven
    ]
    assert waiting
    texts = {path: bare(plain(page.partition("</head>")[2])) for path, page in pages.items()}
    for words in waiting:
        shown = [path for path, text in texts.items() if words in text]
        assert len(shown) > 2  # its own page, the list of all, its embed
        for path in shown:
            found = LexborHTMLParser(pages[path]).css("p, h1, h2, h3, td, li")
            homes = [entry(one) for one in found if words in bare(one.text())]
            assert all(UNPROVEN in home.text() for home in homes), (path, words)


def test_every_capture_shows_who_vouches_for_it(pages: dict[str, str]) -> None:
    files = sorted((ROOT / "content" / "sources").glob("*.capture.json"))
    assert files
    for file in files:
        name = file.name.removesuffix(".capture.json")
        shown = plain(pages[f"sources/{name}/index.html"])
        kept = capture.load(file.read_bytes(), name)
        assert shown.count("Captured by: ") == len(kept), name
        vouched = shown.count("nobody else has confirmed it") + shown.count("Confirmed by another")
        assert vouched >= len(kept), name


# How notes on sources begin where the publisher belongs to a state or is paid by one.
OWNED = re.compile(
    r"^\w+ (state (agency|outlet|broadcaster)|public radio)\b|^\S+-funded|^Media platform"
)


def test_an_outlet_of_a_state_is_marked_wherever_it_is_named(
    checked_library: CheckedLibrary,
) -> None:
    """What the note on a source says of its publisher, the badge of all its pages says too."""
    outlets = checked_library.options.outlets
    sources = checked_library.entities(Source).values()
    owned = [one for one in sources if OWNED.match(one.quality or "")]
    assert len(owned) > 20
    assert not [one.publisher for one in owned if not {one.publisher, one.wire} & outlets.keys()]
