"""Citations in words: what is cited, and how each style says what a source does not state."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from markupsafe import Markup
from summitry.content.kinds import Source
from summitry.data import bibliography
from summitry.data.citations import Citation, citation
from summitry.data.headlines import headline
from summitry.words.catalogue import Words

AUTHORED = Source.model_validate(
    {"type": "article-newspaper", "title": "A title & more", "author": "Ann Author",
     "publisher": "The Paper", "issued": "2025-08-15", "url": "https://one.example/a"}
)  # fmt: skip
BARE = Source.model_validate({"type": "webpage", "title": "[Our description]"})
RUSSIAN = Source.model_validate(
    {"type": "speech", "title": "Слова президента", "publisher": "Kremlin", "issued": "2025",
     "language": "ru", "url": "https://two.example/b"}
)  # fmt: skip


ENGLISH = Words()


def citations(items: list[dict[str, Any]], words: Words) -> dict[str, Citation]:
    """The citation of each item, by its id."""
    return {item["id"]: citation(item, words) for item in items}


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


def test_each_style_says_it_its_way() -> None:
    made = citations([bibliography.source("one", AUTHORED)], ENGLISH)["one"]
    assert made.apa.striptags() == (
        "Ann Author. (2025, August 15). A title & more. The Paper. https://one.example/a"
    )
    assert made.chicago.striptags() == (
        "Ann Author. “A Title & More.” The Paper, August 15, 2025. https://one.example/a."
    )
    assert made.bibtex.startswith("@article{one,")
    assert "year = {2025}" in made.bibtex


def test_names_in_parts_are_put_the_other_way_round_and_others_are_not() -> None:
    authors = [
        {"family": "Hermannsson", "given": "Steingrímur"},
        {"family": "Kim", "given": "Jong Un", "name": "Kim Jong Un"},
    ]
    named = AUTHORED.model_validate(AUTHORED.model_dump(by_alias=True) | {"author": authors})
    assert named.written_by == "Steingrímur Hermannsson, Kim Jong Un"
    made = citations([bibliography.source("one", named)], ENGLISH)["one"]
    assert made.apa.striptags().startswith("Hermannsson, S., & Kim, J. U. (2025, August 15). ")
    assert made.chicago.striptags().startswith("Hermannsson, Steingrímur, and Jong Un Kim. ")
    assert "author = {Hermannsson, Steingrímur and Kim, Jong Un}" in made.bibtex


def test_without_an_author_the_title_comes_first_and_once() -> None:
    page = bibliography.page("p", "On words", "Site", "https://s.example/p/", "2025-08-20")
    made = citations([bibliography.source("bare", BARE), page], ENGLISH)
    assert made["bare"].apa.striptags() == "[Our description]. (n.d.)."
    assert made["p"].apa.striptags() == "On words. (2025, August 20). Site. https://s.example/p/"


def test_an_undated_page_is_cited_with_the_day_on_which_it_was_read() -> None:
    undated = AUTHORED.model_copy(update={"issued": None})
    read = bibliography.source("read", undated, "2026-11-22")
    made = citations([read, bibliography.source("unread", undated)], ENGLISH)
    assert made["read"].apa.endswith("Retrieved November 22, 2026, from https://one.example/a")
    assert made["unread"].apa.striptags().endswith("The Paper. https://one.example/a")


def test_words_of_another_language_keep_their_letters() -> None:
    made = citations([bibliography.source("r", RUSSIAN)], ENGLISH)["r"]
    for text in (made.apa, made.chicago, Markup(made.bibtex)):
        assert "Слова президента" in text.striptags().replace("{", "").replace("}", "")


def test_pages_of_one_year_are_not_numbered() -> None:
    """A letter after the year tells entries of one list apart; here each stands alone."""
    items = [
        bibliography.source(f"s{n}", AUTHORED.model_copy(update={"name": f"Title {n}"}))
        for n in range(4)
    ]
    made = citations(items, ENGLISH)
    assert len(made) == 4
    assert all("2025a" not in one.apa and "(2025, August 15)" in one.apa for one in made.values())


def test_nothing_but_emphasis_is_left() -> None:
    hostile = AUTHORED.model_copy(update={"name": "A <i onclick=x>b</i> <script>c</script>"})
    made = citations([bibliography.source("one", hostile)], ENGLISH)["one"]
    for text in (made.apa, made.chicago):
        tags = {part.split(">")[0] for part in str(text).split("<")[1:]}
        assert tags <= {"em", "/em", "i", "/i"}


def test_every_type_of_source_is_printed_in_every_style() -> None:
    kinds = get_args(Source.model_fields["type"].annotation)
    items = [
        bibliography.source(kind, BARE.model_copy(update={"type": kind, "name": f"On {kind}"}))
        for kind in kinds
    ]
    for kind, made in citations(items, ENGLISH).items():
        for text in (made.apa.striptags(), made.chicago.striptags(), made.bibtex):
            assert kind in text.casefold(), (kind, text)


def test_the_terms_of_a_citation_are_those_of_the_site_s_language() -> None:
    page = bibliography.page("p", "Wörter", "Seite", "https://s.example/p/", "2025-08-20", "de")
    undated = bibliography.page("u", "Wörter", "Seite", "https://s.example/u/", "", "de")
    made = citations([page, undated], Words("de"))
    assert made["p"].apa.striptags() == "Wörter. (2025, 20. August). Seite. https://s.example/p/"
    assert "(o.\xa0J.)." in made["u"].apa
    assert "„Wörter“" in made["u"].chicago.striptags()


TITLE = "How the talks ended: a short account of the day"
CAPITALS = "How the Talks Ended: A Short Account of the Day"
AT, READ = "https://one.example/a", "November 2, 2026"
# Type, fields, and what each style prints; but for broadcasts and works without a date these are
# what pandoc 3.9's processor prints by the styles of the CSL project.
PRINTED = {
    "newspaper": ("article-newspaper", "by in day url",
        f"Ann Author. (2025, August 15). {TITLE}. *The Paper*. {AT}",
        f"Ann Author. “{CAPITALS}.” *The Paper*, August 15, 2025. {AT}."),
    "newspaper without an author": ("article-newspaper", "in month url",
        f"{TITLE}. (2025, August). *The Paper*. {AT}",
        f"*The Paper*. “{CAPITALS}.” August 2025. {AT}."),
    "newspaper without a date": ("article-newspaper", "by in read url",
        f"Ann Author. (n.d.). {TITLE}. *The Paper*. Retrieved {READ}, from {AT}",
        f"Ann Author. “{CAPITALS}.” *The Paper*, n.d. Accessed {READ}. {AT}."),
    "newspaper without a name": ("article-newspaper", "day read url",
        f"*{TITLE}*. (2025, August 15). {AT}",
        f"*{CAPITALS}*. August 15, 2025. {AT}."),
    "blog without an author": ("post-weblog", "in day url",
        f"{TITLE}. (2025, August 15). *The Paper*. {AT}",
        f"“{CAPITALS}.” *The Paper*, August 15, 2025. {AT}."),
    "report": ("report", "by from day url",
        f"Ann Author. (2025). *{TITLE}*. The Paper. {AT}",
        f"Ann Author. *{CAPITALS}*. The Paper, 2025. {AT}."),
    "report without an address": ("report", "from year read",
        f"*{TITLE}*. (2025). The Paper.",
        f"*{CAPITALS}*. The Paper, 2025."),
    "page": ("webpage", "in day url",
        f"*{TITLE}*. (2025, August 15). The Paper. {AT}",
        f"The Paper. “{CAPITALS}.” August 15, 2025. {AT}."),
    "page without a date": ("webpage", "in read url",
        f"*{TITLE}*. (n.d.). The Paper. Retrieved {READ}, from {AT}",
        f"The Paper. “{CAPITALS}.” Accessed {READ}. {AT}."),
    "broadcast": ("broadcast", "in day url",
        f"{TITLE} [Broadcast]. (2025, August 15). In *The Paper*. {AT}",
        f"*The Paper*. “{CAPITALS}.” August 15, 2025. {AT}."),
    "names in parts": ("article-newspaper", "two in day url",
        f"Author, A. M., & Writer, B. (2025, August 15). {TITLE}. *The Paper*. {AT}",
        f"Author, Ann Mary, and Ben Writer. “{CAPITALS}.” *The Paper*, August 15, 2025. {AT}."),
}  # fmt: skip
FIELDS = {
    "by": {"author": [{"literal": "Ann Author"}]},
    "two": {"author": [{"family": "Author", "given": "Ann Mary"},
                       {"family": "Writer", "given": "Ben"}]},
    "in": {"container-title": "The Paper"},
    "from": {"publisher": "The Paper"},
    "day": {"issued": {"date-parts": [[2025, 8, 15]]}},
    "month": {"issued": {"date-parts": [[2025, 8]]}},
    "year": {"issued": {"date-parts": [[2025]]}},
    "read": {"accessed": {"date-parts": [[2026, 11, 2]]}},
    "url": {"URL": AT},
}  # fmt: skip


@pytest.mark.parametrize("case", PRINTED)
def test_a_work_is_printed_as_its_style_does(case: str) -> None:
    kind, named, apa, chicago = PRINTED[case]
    item = {"id": "one", "type": kind, "title": TITLE, "language": "en"}
    for name in named.split():
        item |= FIELDS[name]
    made = citations([item], ENGLISH)["one"]
    shown = [re.sub("</?em>", "*", text.unescape()) for text in (made.apa, made.chicago)]
    assert shown == [apa, chicago]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Talks end without a deal", "Talks End Without a Deal"),
        ("to the point: of what use is it, and what for?",
         "To the Point: Of What Use Is It, and What For?"),
        ("Putin’s jet lands at JBER", "Putin’s Jet Lands at JBER"),
        ("“a good meeting”: an account", "“A Good Meeting”: An Account"),
        ("[where the two met]", "[Where the Two Met]"),
        ("face-to-face in the north", "Face-to-Face in the North"),
        ("iPhones and eBay", "iPhones and eBay"),
        ("", ""),
    ],
)  # fmt: skip
def test_an_english_title_has_capitals(title: str, wanted: str) -> None:
    assert headline(title) == wanted


def test_marks_within_marks_and_a_title_s_own_stop() -> None:
    items = [
        {"id": "inner", "type": "webpage", "title": "He said “No” twice", "container-title": "S",
         "language": "en"},
        {"id": "asks", "type": "webpage", "title": "Who came?", "container-title": "S",
         "language": "en"},
    ]  # fmt: skip
    items.append({**items[0], "id": "last", "title": "He said “No”"})
    made = citations(items, ENGLISH)
    assert made["inner"].chicago.striptags() == "S. “He Said ‘No’ Twice.”"
    assert made["last"].chicago.striptags() == "S. “He Said ‘No.’”"
    assert made["asks"].chicago.striptags() == "S. “Who Came?”"
    assert made["asks"].apa.striptags() == "Who came? (n.d.). S."
    german = citations(items, Words("de"))
    assert german["inner"].chicago.striptags() == "S. „He Said ‚No‘ Twice“."
    assert german["last"].chicago.striptags() == "S. „He Said ‚No‘“."


def test_months_are_in_the_case_that_a_date_asks_for() -> None:
    page = bibliography.page("p", "Слова", "Сайт", "https://s.example/p/", "2025-08-20", "uk")
    made = citations([page], Words("uk"))["p"]
    assert "(2025, 20 серпня)" in made.apa
    assert "20 серпня 2025" in made.chicago


def test_bibtex_keeps_every_character() -> None:
    hostile = AUTHORED.model_copy(update={"name": r"100% of {A} & B_c, $5 #1 ~ ^ \x"})
    made = citations([bibliography.source("one", hostile, "2026-11-02")], ENGLISH)["one"].bibtex
    assert made == (
        "@article{one,\n"
        "  author = {{Ann Author}},\n"
        r"  title = {{100\% of \{A\} \& B\_c, \$5 \#1 \textasciitilde{} \textasciicircum{}"
        r" \textbackslash{}x}},"
        "\n"
        "  journal = {The Paper},\n"
        "  year = {2025},\n"
        "  month = aug,\n"
        "  url = {https://one.example/a},\n"
        "  urldate = {2026-11-02}\n"
        "}"
    )
