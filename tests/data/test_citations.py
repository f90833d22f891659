"""Citations in words: what is cited, and how each style says what a source does not state."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from markupsafe import Markup
from summitry.content.kinds import Source
from summitry.data import bibliography
from summitry.data.citations import citations
from summitry.pictures.cache import Cache

AUTHORED = Source.model_validate(
    {"type": "article-newspaper", "title": "A title & more", "author": "Ann Author",
     "publisher": "The Paper", "issued": "2025-08-15", "url": "https://one.example/a"}
)  # fmt: skip
BARE = Source.model_validate({"type": "webpage", "title": "[Our description]"})
RUSSIAN = Source.model_validate(
    {"type": "speech", "title": "Слова президента", "publisher": "Kremlin", "issued": "2025",
     "language": "ru", "url": "https://two.example/b"}
)  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def test_a_source_is_a_csl_item() -> None:
    assert bibliography.source("one", AUTHORED) == {
        "id": "one",
        "type": "article-newspaper",
        "title": "A title & more",
        "author": [{"literal": "Ann Author"}],
        "container-title": "The Paper",
        "issued": {"date-parts": [[2025, 8, 15]]},
        "URL": "https://one.example/a",
        "language": "en",
    }
    assert bibliography.source("bare", BARE).keys() == {"id", "type", "title", "language"}
    assert bibliography.source("r", RUSSIAN)["issued"] == {"date-parts": [[2025]]}


def test_a_page_is_a_csl_item() -> None:
    page = bibliography.page("p", "Title", "Site", "https://s.example/p/", "2025-08-20")
    assert page["issued"] == {"date-parts": [[2025, 8, 20]]}
    assert "issued" not in bibliography.page("p", "Title", "Site", "https://s.example/p/", "")


def test_each_style_says_it_its_way(cache: Cache) -> None:
    made = citations([bibliography.source("one", AUTHORED)], cache)["one"]
    assert made.apa.striptags() == (
        "Ann Author. (2025, August 15). A title & more. The Paper. https://one.example/a"
    )
    assert made.chicago.striptags() == (
        "Ann Author. “A Title & More.” The Paper, August 15, 2025. https://one.example/a."
    )
    assert made.bibtex.startswith("@article{one,")
    assert "year = {2025}" in made.bibtex


def test_names_in_parts_are_put_the_other_way_round_and_others_are_not(cache: Cache) -> None:
    authors = [
        {"family": "Hermannsson", "given": "Steingrímur"},
        {"family": "Kim", "given": "Jong Un", "name": "Kim Jong Un"},
    ]
    named = AUTHORED.model_validate(AUTHORED.model_dump(by_alias=True) | {"author": authors})
    assert named.written_by == "Steingrímur Hermannsson, Kim Jong Un"
    made = citations([bibliography.source("one", named)], cache)["one"]
    assert made.apa.striptags().startswith("Hermannsson, S., & Kim, J. U. (2025, August 15). ")
    assert made.chicago.striptags().startswith("Hermannsson, Steingrímur, and Jong Un Kim. ")
    assert "author = {Hermannsson, Steingrímur and Kim, Jong Un}" in made.bibtex


def test_without_an_author_the_title_comes_first_and_once(cache: Cache) -> None:
    page = bibliography.page("p", "On words", "Site", "https://s.example/p/", "2025-08-20")
    made = citations([bibliography.source("bare", BARE), page], cache)
    assert made["bare"].apa.striptags() == "[Our description]. (n.d.)."
    assert made["p"].apa.striptags() == "On words. (2025, August 20). Site. https://s.example/p/"


def test_an_undated_page_is_cited_with_the_day_on_which_it_was_read(cache: Cache) -> None:
    undated = AUTHORED.model_copy(update={"issued": None})
    read = bibliography.source("read", undated, "2026-11-22")
    made = citations([read, bibliography.source("unread", undated)], cache)
    assert made["read"].apa.endswith("Retrieved November 22, 2026, from https://one.example/a")
    assert made["unread"].apa.striptags().endswith("The Paper. https://one.example/a")


def test_words_of_another_language_keep_their_letters(cache: Cache) -> None:
    made = citations([bibliography.source("r", RUSSIAN)], cache)["r"]
    for text in (made.apa, made.chicago, Markup(made.bibtex)):
        assert "Слова президента" in text.striptags().replace("{", "").replace("}", "")


def test_pages_of_one_year_are_not_numbered(cache: Cache) -> None:
    """A letter after the year tells entries of one list apart; here each stands alone."""
    items = [
        bibliography.source(f"s{n}", AUTHORED.model_copy(update={"name": f"Title {n}"}))
        for n in range(4)
    ]
    made = citations(items, cache)
    assert len(made) == 4
    assert all("2025a" not in one.apa and "(2025, August 15)" in one.apa for one in made.values())


def test_nothing_but_emphasis_is_left(cache: Cache) -> None:
    hostile = AUTHORED.model_copy(update={"name": "A <i onclick=x>b</i> <script>c</script>"})
    made = citations([bibliography.source("one", hostile)], cache)["one"]
    for text in (made.apa, made.chicago):
        tags = {part.split(">")[0] for part in str(text).split("<")[1:]}
        assert tags <= {"em", "/em", "i", "/i"}


def test_what_was_made_is_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [bibliography.source("one", AUTHORED)]
    first = citations(items, cache)
    monkeypatch.setattr("pypandoc.convert_text", lambda *a, **k: pytest.fail("made again"))
    assert citations(items, cache) == first


def test_every_type_of_source_is_printed_in_every_style(cache: Cache) -> None:
    kinds = get_args(Source.model_fields["type"].annotation)
    items = [
        bibliography.source(kind, BARE.model_copy(update={"type": kind, "name": f"On {kind}"}))
        for kind in kinds
    ]
    for kind, made in citations(items, cache).items():
        for text in (made.apa.striptags(), made.chicago.striptags(), made.bibtex):
            assert kind in text.casefold(), (kind, text)


def test_nothing_to_cite(cache: Cache) -> None:
    assert citations([], cache) == {}


def test_the_terms_of_a_citation_are_those_of_the_site_s_language(cache: Cache) -> None:
    page = bibliography.page("p", "Wörter", "Seite", "https://s.example/p/", "2025-08-20", "de")
    undated = bibliography.page("u", "Wörter", "Seite", "https://s.example/u/", "", "de")
    made = citations([page, undated], cache, "de")
    assert made["p"].apa.striptags() == "Wörter. (2025, August 20). Seite. https://s.example/p/"
    assert made["u"].apa.striptags() == "Wörter. (o.\xa0J.). Seite. https://s.example/u/"
    assert "„Wörter“" in made["u"].chicago.striptags()
