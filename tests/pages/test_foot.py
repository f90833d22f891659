"""The end of a page: when it changed, what was wrong, how to cite, embed and correct it."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from running import ROOT
from small_site import OPTIONS, PASSAGE, Read, examined, person
from summitry.data.history import UNKNOWN, History
from summitry.data.setting import Setting
from summitry.pages.chronicle import MOST_NAMED
from summitry.pages.site import Pages, illustrate
from summitry.pages.spec import EMBED, PageSpec

SITE = "https://site.example/x/"
P = "content/people/speaker-two.md"
CORRECTED = (
    "corrections: [{on: 2025-09-01, was: Old, now: New, why: 'See [him](speaker-one.md).'}]\n"
)
PAST = History(
    {
        date(2025, 8, 20): {"content/quotes/quote-one.md": False},
        date(2025, 8, 16): {
            P: True,
            "content/quotes/quote-one.md": True,
            "docs/index.md": True,
            "docs/story.md": True,
        },
    },
    "abc",
)
Site = Callable[..., dict[str, PageSpec]]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def site(cache: Path) -> Site:
    def made(
        changes: dict[str, str | bytes | None] | None = None, history: History = PAST
    ) -> dict[str, PageSpec]:
        options = OPTIONS.model_copy(update={"changes_page": "changes/"})
        verdict = examined(changes, options=options)
        assert verdict.library, verdict.problems
        pictures = illustrate(verdict.library, cache, "Site One", SITE)
        setting = Setting("Site One", SITE, history=history)
        pages = Pages(verdict.library, pictures, [ROOT / "overrides"], setting)
        return {spec.url: spec for spec in pages.every()}

    return made


def shown(spec: PageSpec) -> str:
    return spec.make().html


def test_each_page_says_when_it_changed_and_where_more_is_listed(site: Site) -> None:
    pages = site()
    for url, day in {
        "people/speaker-two/": "16 August 2025",
        "quotes/quote-one/": "20 August 2025",
        "quotes/": "20 August 2025",
        "": "20 August 2025",  # it shows the quotation as a card
        "story/": "16 August 2025",
    }.items():
        page = shown(pages[url])
        assert f">{day}</time>" in page, url
        assert f'href="{"../" * url.count("/")}changes/">What changed</a>' in page
    assert "Updated" not in shown(pages["people/speaker-one/"])


def test_without_history_no_day_is_made_up(site: Site) -> None:
    for url, spec in site(history=UNKNOWN).items():
        assert "Updated <time" not in shown(spec), url
        assert spec.updated is None


def test_a_mail_that_reports_an_error_is_prefilled(site: Site) -> None:
    page = shown(site()["quotes/quote-one/"])
    links = [entities.unescape(link) for link in Read(page).links]
    mail = urlsplit(next(link for link in links if link.startswith("mailto:")))
    asked = parse_qs(mail.query)
    assert mail.path == "desk@example.org"
    assert asked["subject"] == ["An error on quotes/quote-one/"]
    assert asked["body"][0].startswith(f"{SITE}quotes/quote-one/\n")
    assert " " not in mail.query


def test_corrections_stand_on_their_page_and_in_the_list(site: Site) -> None:
    story = "---\nsourcing: none\n---\n# Changes\n\n```corrections\n```\n\n## By day\n\n"
    story += "```changes\n```\n"
    changed = {P: person(CORRECTED), "docs/changes.md": story}
    pages = site(changed)
    for url in ("people/speaker-two/", "changes/"):
        page = shown(pages[url])
        assert "Here stood: Old. Now: New." in page
        assert re.search(r'See <a class="mention" href="[./a-z]+speaker-one/">him</a>', page)
    assert shown(pages["changes/"]).count("Here stood: Old. Now: New.") == 2


def test_where_nothing_was_corrected_that_is_said(site: Site) -> None:
    story = "---\nsourcing: none\n---\n# Corrections\n\n```corrections\n```\n"
    page = shown(site({"docs/changes.md": story})["changes/"])
    assert "No corrections have been made so far." in page


def test_a_correction_of_a_story_is_checked_like_the_rest(cache: Path) -> None:
    wrong = "corrections: [{on: 2025-09-01, was: Old, now: It has “no such words”, why: W.}]"
    verdict = examined({"docs/story.md": f"---\n{wrong}\n---\n# A\n\nIt. [@source-two]\n"})
    assert [(p.code, p.mark.line) for p in verdict.problems if not p.note] == [
        ("unbacked-quotation", 2)
    ]
    link = "corrections: [{on: 2025-09-01, was: Old, now: New, why: '[x](nowhere.md)'}]"
    verdict = examined({"docs/story.md": f"---\n{link}\n---\n# A\n\nIt. [@source-two]\n"})
    assert [p.code for p in verdict.problems if not p.note] == ["bad-link"]


def test_changes_are_named_or_counted_by_day(site: Site) -> None:
    story = "---\nsourcing: none\n---\n# Changes\n\n```changes\n```\n"
    many = {f"content/people/p{n}.md": person() for n in range(MOST_NAMED + 1)}
    days = {date(2025, 8, 16): dict.fromkeys([*many, "docs/story.md"], True)}
    page = shown(site({**many, "docs/changes.md": story}, History(days))["changes/"])
    assert "16 August 2025" in page
    assert f'<a href="../people/">{len(many)} people</a>' in page
    assert "1 page" in page
    assert '<a href="../story/">A story</a>' in page


def test_without_history_the_list_says_so(site: Site) -> None:
    story = "---\nsourcing: none\n---\n# Changes\n\n```changes\n```\n"
    page = shown(site({"docs/changes.md": story}, UNKNOWN)["changes/"])
    assert "built without its history" in page


@pytest.mark.parametrize(
    ("url", "headings"),
    [
        ("quotes/quote-one/", ["The source", "This page"]),
        ("facts/fact-one/", ["This page"]),
        ("sources/source-one/", ["The source"]),
        ("story/", ["This page"]),
        ("people/speaker-one/", []),
        ("quotes/", []),
    ],
)
def test_what_can_be_cited(site: Site, url: str, headings: list[str]) -> None:
    page = shown(site()[url])
    assert re.findall(r'<h3 class="group">(The source|This page)</h3>', page) == headings
    assert page.count("<dt>BibTeX</dt>") == len(headings)
    copied = re.findall(r'data-copy="([^"]*)" data-done="Citation copied."', page)
    assert len(copied) == 3 * len(headings)
    assert not any("<" in entities.unescape(text) for text in copied)


def test_a_citation_names_page_site_day_and_address(site: Site) -> None:
    page = shown(site()["quotes/quote-one/"])
    apa = "<em>On the talks</em>. (2025, August 20). Site One. https://site.example/x/quotes/quote-one/"
    assert apa in page


def test_an_embedded_quotation_carries_its_citation_and_no_chrome(site: Site) -> None:
    pages = site()
    spec = pages["quotes/quote-one/embed/"]
    page = shown(spec)
    assert spec.layout == EMBED
    assert spec.hidden
    assert not spec.searchable
    for part in ("We had “some” words", "Speaker One", "15 August 2025", "Source One", "Site One"):
        assert part in page
    assert "<script" not in page
    assert "<button" not in page
    links = re.findall(r"<a [^>]+>", page)
    assert all('target="_blank" rel="noopener"' in " ".join(link.split()) for link in links)


def test_the_code_to_embed_is_offered_on_the_quotations_page(site: Site) -> None:
    page = shown(site()["quotes/quote-one/"])
    code = next(t for t in re.findall(r'data-copy="([^"]*)"', page) if "iframe" in t)
    frame = entities.unescape(code)
    assert frame.startswith(f'<iframe src="{SITE}quotes/quote-one/embed/" title="Speaker One: ')


def test_what_was_withdrawn_cannot_be_embedded(site: Site) -> None:
    gone = "---\ntitle: Q\ntext: Words of a sign\nspeaker: {sign: it}\nlanguage: en\n"
    gone += f"evidence: {PASSAGE}\nwithdrawn: {{on: 2025-09-01, why: Wrong.}}\nchosen: So.\n---\n"
    pages = site({"content/quotes/quote-three.md": gone})
    assert "quotes/quote-three/" in pages
    assert "quotes/quote-three/embed/" not in pages


# What a page says of reaching the publisher depends on what mkdocs.yml sets.
CONTACT = {"docs/contact.md": "---\nsourcing: none\n---\n# Contact\n\n```contact\n```\n"}


@pytest.mark.parametrize("email", ["", "desk@example.org"])
@pytest.mark.parametrize("repository", [False, True])
def test_nothing_promises_a_link_that_no_page_has(
    tmp_path: Path, email: str, repository: bool
) -> None:
    verdict = examined(CONTACT, options=OPTIONS.model_copy(update={"contact_email": email}))
    assert verdict.library, verdict.problems
    pictures = illustrate(verdict.library, tmp_path, "Site One", SITE)

    def edit(path: str) -> str:
        return f"https://repository.example/edit/{path}" if repository else ""

    setting = Setting("Site One", SITE, edit_url=edit)
    pages = Pages(verdict.library, pictures, [ROOT / "overrides"], setting)
    made = {spec.url: spec.make().html for spec in pages.every() if not spec.redirect}
    said, quote = made["contact/"], made["quotes/quote-one/"]
    assert ("Suggest a change" in said) == ("Suggest a change</a>" in quote) == repository
    assert ("Report an error" in said) == ("Report an error</a>" in quote) == bool(email)
    words = f"{SITE}quotes/quote-one/\n\nWhat is wrong:"
    assert (words in entities.unescape(quote)) == ("form of words" in said)
    assert ("form of words" in said) == (not email and not repository)
