"""The site itself: plain words on its first page, and what a reader must be able to find."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path
from urllib.parse import urljoin

import pytest
from pyphen import Pyphen
from running import ROOT
from selectolax.lexbor import LexborHTMLParser
from small_site import Read, disputed
from summitry.checks.checked import CheckedLibrary
from summitry.checks.spans import outside
from summitry.content.library import STORIES
from summitry.content.prose import HIDDEN
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate

SITE = "https://site.example/"
MOST_WORDS = 25  # in a sentence of the first page


def paragraphs(library: CheckedLibrary, page: str) -> list[str]:
    """What a narrative page says in paragraphs and items, without its markup."""
    story = library.stories[page]
    found = []
    for paragraph in story.prose.paragraphs:
        if paragraph.kind != "heading" and paragraph.stated:
            found.append(paragraph.text.replace(HIDDEN, "").strip(" ()"))
    return found


def sentences(text: str) -> list[list[str]]:
    parts = re.split(r"(?<=[.?!])\s+(?=[A-Z])", " ".join(text.split()))
    return [words for part in parts if (words := re.findall(r"[\w’'-]+", part))]


@pytest.fixture(scope="module")
def home(checked_library: CheckedLibrary) -> list[list[str]]:
    """The sentences of the first page."""
    said = paragraphs(checked_library, "index.md")
    return [sentence for paragraph in said for sentence in sentences(paragraph)]


def test_the_first_page_is_read(home: list[list[str]]) -> None:
    assert len(home) >= 8


def test_no_sentence_of_the_first_page_is_long(home: list[list[str]]) -> None:
    assert not [" ".join(words) for words in home if len(words) > MOST_WORDS]


def test_the_first_page_can_be_read_at_thirteen(home: list[list[str]]) -> None:
    """Flesch-Kincaid grade, plus five years for the age; syllables as TeX hyphenates."""
    words = [word for sentence in home for word in sentence]
    hyphen = Pyphen(lang="en_GB")
    syllables = sum(len(hyphen.positions(word)) + 1 for word in words)
    grade = 0.39 * len(words) / len(home) + 11.8 * syllables / len(words) - 15.59
    assert grade + 5 <= 14


# What a reader wants to know, each with a page that answers it.
QUESTIONS = {
    "who proposed it": "facts/who-proposed/",
    "where exactly": "where-and-why-there/",
    "who sat in the room": "who-was-in-the-room/",
    "how long": "facts/talks-length/",
    "what was agreed": "what-came-of-it/",
    "what each said afterwards": "what-was-said/",
    "why Putin could travel there": "the-law/",
    "when they last met": "facts/last-met-in-person/",
    "what happened next": "what-came-of-it/",
    "what is still unknown": "what-nobody-has-said/",
    "what words mean": "terms/",
}


@pytest.fixture(scope="module")
def links(
    checked_library: CheckedLibrary, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, set[str]]:
    """The pages to which each page links."""
    made = checked_library
    pictures = illustrate(made, tmp_path_factory.mktemp("cache"), "Site", SITE)
    pages = Pages(made, pictures, [ROOT / "overrides"], Setting("Site", SITE))
    found = {}
    for spec in pages.every():
        if spec.url == "" or spec.url in QUESTIONS.values() or "/" not in spec.url[:-1]:
            hrefs = Read(spec.make().html).links
            found[spec.url] = {urljoin(SITE + spec.url, href).partition("#")[0] for href in hrefs}
    return found


def test_the_first_page_and_the_storys_own_list_its_pages_in_order(
    built: Path, checked_library: CheckedLibrary
) -> None:
    story = [item.to for item in checked_library.options.story]
    for page, up in (("index.html", "./"), ("story/index.html", "../")):
        text = (built / page).read_text("utf-8")
        listed = text[text.index('<ol class="chapters') :].partition("</ol>")[0]
        assert re.findall(r'<li><a href="([^"]+)"', listed) == [
            f"{up}{to}".removeprefix("./") for to in story
        ]
    narrative = {
        name.removesuffix(".md") + "/" for name in checked_library.stories if "/" not in name
    }
    assert narrative - {"index/", "story/", "class-sheet/"} <= set(story)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_within_two_clicks(question: str, links: dict[str, set[str]]) -> None:
    goal = SITE + QUESTIONS[question]
    clicks, queue = {SITE: 0}, deque([SITE])
    while queue:
        here = queue.popleft()
        for there in links.get(here.removeprefix(SITE), ()):
            if there not in clicks:
                clicks[there] = clicks[here] + 1
                queue.append(there)
    assert clicks[goal] <= 2


def test_each_account_of_who_proposed_it_is_shown(checked_library: CheckedLibrary) -> None:
    fact = next(i.entity for i in checked_library.items("facts") if i.ref.id == "who-proposed")
    answers = [position.value for position in getattr(fact, "positions", [])]
    assert len(answers) == 3
    for account in ("White House", "Kremlin’s account", "no longer mattered (Putin)"):
        assert sum(account in answer for answer in answers) == 1
    assert getattr(fact, "unresolved", None) is not None


# Words that take a side, or that say how somebody spoke and not what he said.
LOADED = re.compile(
    r"\b(?:claim(?:s|ed)?|slam(?:s|med)?|admit(?:s|ted)?|boast(?:s|ed)?|shocking|bizarre|"
    r"historic|stunning|infamous|regime|so-called|sadly|fortunately|obviously)\b",
    re.IGNORECASE,
)


def test_pages_use_plain_words(checked_library: CheckedLibrary) -> None:
    for name, story in checked_library.stories.items():
        if story.meta.sourcing != "none":
            for paragraph in story.prose.paragraphs:
                assert not LOADED.search(outside(paragraph.text)), (name, paragraph.text)


def test_statements_use_plain_words(checked_library: CheckedLibrary) -> None:
    for item in checked_library.every():
        if item.ref.kind in ("sources", STORIES):
            continue
        for loc, prose in item.fields.items():
            if "says" not in loc:
                for paragraph in prose.paragraphs:
                    assert not LOADED.search(outside(paragraph.text)), (item.path, paragraph.text)


def test_there_is_as_much_as_a_thorough_account_needs(checked_library: CheckedLibrary) -> None:
    made = checked_library
    facts = [item.entity for item in made.items("facts")]
    with_passage = [f for f in facts if "exact" in f.model_dump_json(exclude_none=True)]
    counts = {kind: len(made.items(kind)) for kind in ("sources", "quotes", "people", "places")}
    counts |= {kind: len(made.items(kind)) for kind in ("events", "terms")}
    assert counts["sources"] >= 60
    assert counts["quotes"] >= 60
    assert counts["people"] >= 25
    assert counts["places"] >= 18
    assert counts["events"] >= 35
    assert counts["terms"] >= 18
    assert len(facts) >= 90
    assert len(with_passage) >= 45
    assert len(disputed(made)) >= 25


def test_answers_stand_by_the_number_of_their_sources_then_by_letter(
    checked_library: CheckedLibrary,
) -> None:
    """As the page on how we check says; no other order is a judgement."""
    for item in disputed(checked_library):
        given = [(p.value, len({e.source.id for e in p.evidence})) for p in item.entity.positions]
        assert given == sorted(given, key=lambda one: (-one[1], one[0].casefold())), item.ref


def test_answers_of_a_question_are_folded_alike(built: Path) -> None:
    """One whose sources stood open beside one whose sources were folded looked preferred."""
    folded = 0
    for page in (built / "facts").glob("*/index.html"):
        tree = LexborHTMLParser(page.read_text("utf-8"))
        found = {
            bool(position.css("details.fold"))
            for position in tree.css("ul.positions > li.position")
            if [one for one in position.css("ul.evidence > li") if not one.css(".flag")]
        }
        assert len(found) < 2, page
        folded += found == {True}
    assert folded > 5
