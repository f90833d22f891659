"""Every page of a small site, made with the repository's own templates."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest
from running import ROOT
from small_site import FILES, OPTIONS, Read, checked, examined, person
from summitry.content.kinds import KINDS
from summitry.content.options import Options, Zone
from summitry.content.problems import Mark, Problem
from summitry.data.setting import Setting
from summitry.pages.kinds.quotes import how_many
from summitry.pages.site import Pages, illustrate
from summitry.pages.spec import EMBED, GUIDE, READER, PageSpec
from summitry.words.catalogue import Words

OVERRIDES = ROOT / "overrides"
SITE = "https://site.example/x/"
P = "content/people/p.md"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def made(
    cache: Path, changes: dict[str, str | bytes | None] | None = None, options: Options = OPTIONS
) -> dict[str, PageSpec]:
    library = examined(changes, options=options).library
    assert library is not None
    pictures = illustrate(library, cache, "Site One", SITE)
    pages = Pages(
        library,
        pictures,
        [OVERRIDES],
        Setting("Site One", SITE, edit_url=lambda path: f"edit:{path}"),
    )
    return {spec.url: spec for spec in pages.every()}


def html(
    cache: Path,
    url: str,
    changes: dict[str, str | bytes | None] | None = None,
    options: Options = OPTIONS,
) -> str:
    return made(cache, changes, options)[url].make().html


@pytest.fixture(scope="module")
def site(cache: Path) -> dict[str, PageSpec]:
    """The pages of the small project as it is."""
    return made(cache)


URLS = sorted(
    [f"{path[8:-3]}/" for path in FILES if path.startswith("content/")]
    + [f"{kind}/" for kind in KINDS]
    + [
        "",
        "story/",
        "timeline/",
        "people/speaker-uno/",
        "quotes/quote-one/embed/",
        "quotes/quote-two/embed/",
        "facts/on/talks/",
        "facts/state/corroborated/",
        "facts/state/disputed/",
        "quotes/by/speaker-one/",
        "quotes/on/talks/",
        "quotes/state/transcribed/",
    ]
)


def test_there_is_a_page_for_everything_and_nothing_else(site: dict[str, PageSpec]) -> None:
    assert sorted(site) == URLS


@pytest.mark.parametrize("url", URLS)
def test_every_page_is_whole(site: dict[str, PageSpec], url: str) -> None:
    spec = site[url]
    page = Read(spec.make().html)
    assert spec.title
    assert spec.layout == (EMBED if url.endswith("/embed/") else READER)
    assert page.headings[0] == "h1"
    assert page.headings.count("h1") == 1
    levels = [int(tag[1]) for tag in page.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("url", URLS)
def test_every_link_of_a_page_leads_to_a_page_of_the_site(
    site: dict[str, PageSpec], url: str
) -> None:
    for link in Read(site[url].make().html).links:
        if not re.match(r"https?:|mailto:|edit:|#", link):
            goal = urljoin(SITE + url, link).partition("#")[0]
            file = "/assets/" in goal or goal == f"{SITE}quotes/on/talks/quotations.zip"
            assert file or goal.removeprefix(SITE) in URLS, link


@pytest.mark.parametrize("url", URLS)
def test_every_marker_leads_to_a_source_and_they_are_numbered_as_met(
    site: dict[str, PageSpec], url: str
) -> None:
    page = site[url].make().html
    markers = [int(n) for n in re.findall(r'class="cite" href="#source-(\d+)"', page)]
    listed = [int(n) for n in re.findall(r'<li id="source-(\d+)">', page)]
    if listed:  # indexes with markers but no list have none
        assert list(dict.fromkeys(markers)) == listed == list(range(1, len(listed) + 1))


@pytest.mark.parametrize("url", ["quotes/", "quotes/on/talks/"])
def test_among_many_each_quotation_names_its_source_and_no_list_says_it_again(
    site: dict[str, PageSpec], url: str
) -> None:
    page = site[url].make().html
    cards = re.findall(r'<article class="quote".*?</article>', page, re.DOTALL)
    assert cards
    assert all(re.search(r'<cite[^>]*><a href="(?:\.\./)+sources/[\w-]+/">', c) for c in cards)
    assert 'href="#source-' not in page
    assert 'class="sources"' not in page


def test_a_page_without_a_list_of_sources_has_no_markers(site: dict[str, PageSpec]) -> None:
    for url in URLS:
        page = site[url].make().html
        assert ('class="cite"' in page) == ('class="sources"' in page), url


def test_citations_take_their_numbers_in_the_order_of_the_text(cache: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        "docs/story.md": "# A\n\nB [@source-two] c [@source-one] d [@source-two] e.\n"
    }
    page = html(cache, "story/", changes)
    assert re.findall(r'href="#source-(\d)"', page) == ["1", "2", "1"]
    assert page.index("Source Two</a></cite>") < page.index("Source One</a></cite>")


def test_titles_and_descriptions(site: dict[str, PageSpec]) -> None:
    titles = {url: (spec.title, spec.kind, spec.source) for url, spec in site.items()}
    assert titles["quotes/quote-one/"] == (
        "Speaker One: On the talks", "Quotes", "content/quotes/quote-one.md"
    )  # fmt: skip
    assert titles["people/speaker-one/"][:2] == ("Speaker One", "People")
    assert titles["story/"] == ("A story", "Articles", "docs/story.md")
    assert titles["people/"] == ("People", "", "")
    sign = "“Words of a sign” — Lettering on the backdrop. Transcribed, not yet proven."
    assert site["quotes/quote-two/"].description == sign
    assert "An hour; Two hours" in site["facts/question-one/"].description


def test_everything_that_refers_to_an_entity_is_on_its_page(cache: Path) -> None:
    page = html(cache, "people/speaker-two/")
    referred = page.partition("Referred to by")[2]
    assert 'href="../speaker-one/"' in referred
    assert 'href="../../quotes/quote-one/"' in page
    assert 'href="../../story/"' in html(cache, "sources/source-two/")


def test_a_person_has_the_role_of_the_day(cache: Path) -> None:
    assert "Second Role" in html(cache, "quotes/quote-one/")
    text = FILES["content/quotes/quote-one.md"].replace(
        "said_on: 2025-08-15\nevent: event-one", "said_on: 2021-01-01"
    )
    assert "First Role" in html(cache, "quotes/quote-one/", {"content/quotes/quote-one.md": text})


def test_other_wordings_have_their_words_marked(cache: Path) -> None:
    page = html(cache, "quotes/quote-one/")
    assert re.findall(r"<mark>(.*?)</mark>", page) == ["many"]


def test_a_source_that_gives_both_answers_contradicts_itself(cache: Path) -> None:
    assert "it contradicts itself" in html(cache, "facts/question-one/")
    assert "Contradicts itself" in html(cache, "sources/source-one/")
    assert "Contradicts itself" not in html(cache, "sources/source-two/")


def test_an_old_id_leads_to_the_new_page(site: dict[str, PageSpec]) -> None:
    spec = site["people/speaker-uno/"]
    assert Read(spec.make().html).links == ["../speaker-one/"]
    assert not spec.searchable


def test_markup_in_plain_text_is_text(cache: Path) -> None:
    odd = "a & b < c > 12\" e ' {{ f }} &lt;i&gt;"
    changes: dict[str, str | bytes | None] = {P: person().replace("Speaks.", f">-\n  {odd}")}
    page = html(cache, "people/p/", changes)
    assert odd in Read(page).text
    assert "{{ f }} &amp;lt;i&amp;gt;" in page
    assert odd in Read(html(cache, "people/", changes)).text


def test_prose_of_an_entity_on_another_page_reads_links_as_its_own_file_does(cache: Path) -> None:
    path = "content/facts/question-one.md"
    changes: dict[str, str | bytes | None] = {
        path: FILES[path].replace(
            "The record says so.", "'[It](../people/speaker-one.md) says so.'"
        ),
        "docs/very/deep/page.md": "# D\n\n[card](../../../content/facts/question-one.md)\n",
    }
    page = html(cache, "very/deep/page/", changes)
    assert 'href="../../../people/speaker-one/">It</a> says so.' in page


def test_corrections_and_changes_are_offered(cache: Path) -> None:
    corrected = "corrections: [{on: 2025-09-01, was: Old words, now: New words, why: Misread.}]\n"
    page = html(cache, "people/p/", {P: person(corrected)})
    assert "1 September 2025" in page
    assert "Here stood: Old words. Now: New words. Misread." in page
    assert 'href="edit:content/people/p.md"' in page
    assert "mailto:desk@example.org?subject=" in page


def test_what_was_withdrawn_is_in_no_list(cache: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        P: person("withdrawn: {on: 2025-09-01, why: Not so.}\n").replace("Speaker", "Speaker Gone")
    }
    assert "people/p/" in made(cache, changes)
    assert "Speaker Gone" not in html(cache, "people/", changes)


def test_layouts_of_narrative_pages(cache: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        "docs/guide.md": "---\nlayout: guide\nsourcing: none\n---\n# G\n\n## H\n\ntext\n"
    }
    guide = made(cache, changes)["guide/"]
    assert (guide.layout, guide.title) == (GUIDE, "G")
    assert [heading["name"] for heading in guide.make().headings] == ["G"]
    home = html(cache, "")
    assert '<p class="kicker">Above</p>' in home
    assert home.count('<article class="quote') == 2


def test_a_withdrawn_entity_says_so_at_the_top(cache: Path) -> None:
    extra = "withdrawn: {on: 2025-09-01, why: It was wrong.}\n"
    page = html(cache, "people/gone/", {"content/people/gone.md": person(extra)})
    assert page.index("Withdrawn on") < page.index("<h1")
    assert "It was wrong." in page


@pytest.mark.parametrize("name", ["1. Speaker", "Speaker *One*", "&lt;b&gt; x"])
def test_a_name_is_not_markdown(cache: Path, name: str) -> None:
    odd = person().replace("name: Speaker", f"name: '{name}'")
    assert made(cache, {"content/people/odd.md": odd})["people/odd/"].title == name


def test_wordings_are_compared_with_words_of_their_own_language(cache: Path) -> None:
    path, source = "content/quotes/quote-one.md", "content/sources/source-two.md"
    quote = FILES[path].replace("We had many words", "У нас были другие слова")
    changes: dict[str, str | bytes | None] = {
        path: quote,
        source: FILES[source].replace("title:", "language: ru\ntitle:"),
    }
    assert "<mark>" not in html(cache, "quotes/quote-one/", changes)
    changes[path] = quote.replace(
        "evidence:", "original: {text: У нас были слова, language: ru}\nevidence:", 1
    )
    assert "<mark>другие</mark>" in html(cache, "quotes/quote-one/", changes)


def test_a_page_shows_the_first_problems_and_counts_the_rest(cache: Path) -> None:
    library = checked()
    pages = Pages(library, illustrate(library, cache, "S", SITE), [OVERRIDES], Setting("S", SITE))
    for count, more in ((1, ""), (20, ""), (21, "And 1 more."), (5000, "And 4980 more.")):
        problems = [Problem(P, Mark(i + 1, 1), "bad-date", "no date") for i in range(count)]
        (spec,) = pages.lost({P: problems})
        page = spec.make().html
        assert page.count("<li>") == min(count, 20)
        assert more in page
        assert ("more." in page) == bool(more)


def test_the_zone_of_an_event_is_called_as_on_its_day(cache: Path) -> None:
    event = "content/events/event-two.md"
    options = OPTIONS.model_copy(
        update={"time_zones": [Zone(name="America/Anchorage", label="Anchorage (AKDT)")]}
    )
    for start, label in (
        ("2021-06-03T11:10-08:00", "Anchorage (AKDT)"),
        ("2021-01-03T11:10-09:00", "Anchorage (AKST)"),
    ):
        text = FILES[event].replace("start: 2021-06", f"start: {start}")
        library = examined({event: text}, options=options).library
        assert library is not None
        pictures = illustrate(library, cache, "S", SITE)
        pages = Pages(library, pictures, [OVERRIDES], Setting("S", SITE))
        made = {spec.url: spec for spec in pages.every()}
        assert f"<dt>{label}</dt>" in made["events/event-two/"].make().html
        lede = made["timeline/"].make().html.partition('class="lede">')[2].partition("</p>")[0]
        assert lede == "Clock times are Anchorage time."


def test_a_source_without_an_address_says_where_it_is(cache: Path) -> None:
    page = html(cache, "sources/source-two/")
    assert "<dt>Where it is found</dt><dd>Box 2 of the archive</dd>" in page
    assert "Where it is found" not in html(cache, "sources/source-one/")


def test_a_card_may_stand_on_a_page_twice(cache: Path) -> None:
    text = FILES["docs/story.md"]
    assert isinstance(text, str)
    cards = "\n\n[one](../content/quotes/quote-one.md)\n\n[a fact](../content/facts/fact-one.md)\n"
    headings = "## Quote quote one\n\n## Fact fact one\n\n## Content\n\n## Source 1\n\n"
    page = html(cache, "story/", {"docs/story.md": text + cards * 3 + headings})
    named = re.findall(r'\sid="([^"]*)"', page)
    assert len(named) == len(set(named))
    page = re.sub('<h2 id="(?:quote-quote|fact-fact)-one">', "", page)
    ids = re.findall(r'id="((?:quote|fact)-[\w-]+)"', page)
    assert len(ids) == len(set(ids)) >= 6
    assert ids == re.findall(r'aria-labelledby="((?:quote|fact)-[\w-]+)"', page)


BUILD = (
    "proven: a program found the words in a copy of the source, which does not prove that the copy "
    "is right."
)


@pytest.mark.parametrize(
    ("count", "proven", "told"),
    [
        (1, 1, f"1 quotation, with its sources. It is {BUILD}"),
        (1, 0, "1 quotation, with its sources. It is transcribed, not yet proven, and says so."),
        (2, 2, f"2 quotations, each with its sources. All of them are {BUILD}"),
        (2, 1, f"2 quotations, each with its sources. 1 of them is {BUILD} "
               "The other one is transcribed and says so."),
        (9, 7, f"9 quotations, each with its sources. 7 of them are {BUILD} "
               "The rest are transcribed and say so."),
        (0, 0, "0 quotations, each with its sources."),
    ],
)  # fmt: skip
def test_how_many_quotations_are_proven(count: int, proven: int, told: str) -> None:
    assert how_many(Words(), count, proven) == told


def test_the_list_of_quotations_says_how_many_are_proven(site: dict[str, PageSpec]) -> None:
    told = "2 quotations, each with its sources. All of them are transcribed, not yet proven"
    assert told in site["quotes/"].make().html


def test_a_question_that_is_open_ends_its_sentences(cache: Path) -> None:
    path = "content/facts/question-one.md"
    head = FILES[path].partition("we_use:")[0]
    for who in ("The book", "The book.", "The book [it](../events/event-one.md)"):
        told = f"unresolved: {{who_could_settle: {who!r}, read_up_to: 2026-11-29}}"
        page = html(cache, "facts/question-one/", {path: f"{head}{told}\n---\n"})
        said = " ".join(re.sub(r"<[^>]+>", "", page.partition('class="we-use">')[2]).split())
        end = who.partition("[")[0].rstrip(".") + ("it" if "[" in who else "")
        opening = f"Not settled. Who could settle it: {end}. "
        assert said.startswith(f"{opening}Pages read up to 29 November 2026.")
