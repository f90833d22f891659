"""A negative is a claim: `tests/sites/negatives` has each case of it, wrong ones among them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import ROOT, SITES
from small_site import examined
from summitry.checks.negative_words import SENSES, negatives, says
from summitry.checks.rules import Examination, examine
from summitry.checks.statements import statements
from summitry.content.files import read_tree
from summitry.content.library import build
from summitry.content.problems import Problem
from summitry.data.setting import Setting
from summitry.host.configuration import read_site
from summitry.pages.assembly import REACH, WIDE
from summitry.pages.reach import reach
from summitry.pages.site import Pages, illustrate
from summitry.tools.cli import main
from summitry.words.catalogue import Words

ENGLISH = Words()
SITE = SITES / "negatives"
TODAY = date(2026, 11, 28)
CODES = ("unsearched", "stray-search", "old-search", "bad-date")


def verdict(root: Path = SITE, today: date = TODAY) -> Examination:
    site = read_site(root / "mkdocs.yml")
    assert site.options is not None
    tree = read_tree(site.root, site.options.content_dir, site.docs_dir, "")
    return examine(tree, site.docs_dir, site.options, site.root, today=today)


def told(found: Examination) -> set[tuple[str, int, str, str]]:
    """File, line, code and the first words of what is said."""
    return {
        (p.path.rpartition("/")[2], p.mark.line, p.code, p.message.split(" is a")[0])
        for p in found.problems
        if p.code in CODES
    }


WRONG = {
    ("asked.md", 2, "unsearched", "“the only”"),
    ("future.md", 5, "bad-date", "the search is of 2027-01-01, which has not come yet"),
    ("open.md", 5, "unsearched", "“Nobody”"),
    ("open.md", 10, "unsearched", "“No official list was found”"),
    ("host.md", 3, "unsearched", "“the only”"),
    ("term.md", 3, "unsearched", "“never published”"),
    ("index.md", 2, "unsearched", "“nobody”"),
    ("index.md", 15, "stray-search", "the page does not have the words “a menu that is gone from "
     "the page”"),
    ("index.md", 19, "unsearched", "“no recording”"),
    ("index.md", 27, "unsearched", "“Никто”"),
    ("index.md", 29, "unsearched", "“Ніхто”"),
    ("index.md", 31, "unsearched", "“Niemand”"),
}  # fmt: skip
OLD = {
    ("old.md", 5, "old-search", "this was searched 180 days ago, limit 100"),
    ("index.md", 8, "old-search", "this was searched 211 days ago, limit 100"),
}


def test_the_small_site_has_each_case() -> None:
    found = verdict()
    assert told(found) == WRONG | OLD
    assert {p.code for p in found.problems if not p.note} == {c for _, _, c, _ in WRONG}


def test_an_old_search_is_a_note_and_stops_nothing() -> None:
    assert all(p.note for p in verdict().problems if p.code == "old-search")


def mended(folder: Path) -> Path:
    """The same site with what is wrong in it put right."""
    root = folder / "negatives"
    shutil.copytree(SITE, root)
    for name in ("facts/asked", "facts/future", "people/host", "terms/term"):
        (root / f"content/{name}.md").unlink()
    fact = root / "content/facts/open.md"
    search = "searched: {on: 2026-11-20, where: two archives, for: a list}\n---\n"
    fact.write_text(fact.read_text().removesuffix("---\n") + search)
    page = root / "docs/index.md"
    text = page.read_text().replace("What nobody wrote down", "What was written down")
    head, _, body = text.partition("  - on: 2026-11-01\n    where: two archives\n    for: a menu")
    body = body.partition("\n---\n")[2].partition("Никто")[0].replace(", and no recording", "")
    page.write_text(f"{head}---\n{body}")
    return root


def pages(root: Path, today: date = TODAY) -> dict[str, str]:
    """The pages of a site that has nothing wrong, by address."""
    found = verdict(root, today)
    assert found.library is not None, found.problems
    cache = root / ".cache"
    pictures = illustrate(found.library, cache, "Site", "https://site.example/")
    setting = Setting("Site", "https://site.example/")
    made = Pages(found.library, pictures, [ROOT / "overrides"], setting)
    return {spec.url: spec.make().html for spec in made.every()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages(mended(tmp_path_factory.mktemp("site")))


def test_an_entity_shows_its_search(built: dict[str, str]) -> None:
    page = " ".join(built["events/meeting/"].split())
    shown = '<time datetime="2026-11-01">1 November 2026</time> in the paper’s archive for: an'
    assert f"Searched on {shown} earlier meeting in Iceland." in page
    assert "before this page was made" not in page
    assert "What was searched" not in built["facts/said/"]


def test_an_old_search_says_how_old_it_is(built: dict[str, str]) -> None:
    assert "That was 180 days before this page was made" in built["facts/old/"]


def test_a_page_shows_its_searches_with_their_words(built: dict[str, str]) -> None:
    page = built[""]
    assert "<b>no photograph of the table</b>" in page
    assert page.count("Searched on") == 2
    assert page.count("before this page was made") == 1


def test_an_open_question_says_up_to_when_was_read(built: dict[str, str]) -> None:
    assert "Pages read up to 31 January 1987." in built["facts/open/"]


def test_each_page_says_how_far_its_sources_reach(built: dict[str, str]) -> None:
    assert (
        "The newest dated source is of 13 October 1986; 1 has no date and may be newer."
        in built[""]
    )
    assert "Sources up to 13 October 1986." in built["facts/said/"]
    assert '<p class="updated"></p>' in built["facts/"]  # cites nothing, and has no history here
    assert not any(mark in page for page in built.values() for mark in (REACH, WIDE))


def test_where_no_source_is_dated_the_day_of_reading_stands(tmp_path: Path) -> None:
    library = verdict(mended(tmp_path)).library
    assert library is not None
    assert reach(ENGLISH, library, ["undated"]) == "Sources undated, read up to 3 February 2026."
    assert reach(ENGLISH, library, []) == ""


def test_a_change_of_a_search_asks_for_another_reading(tmp_path: Path) -> None:
    root = mended(tmp_path)

    def hashes() -> dict[tuple[str, int], str]:
        tree = read_tree(root, "content", "docs", "")
        return {(s.id, s.mark.line): s.hash for s in statements(build(tree, "content", "docs"))}

    before = hashes()
    page = root / "docs/index.md"
    page.write_text(page.read_text().replace("for: minutes", "for: minutes of the talks"))
    fact = root / "content/facts/old.md"
    fact.write_text(fact.read_text().replace("for: the third", "for: a third"))
    after = hashes()
    changed = {name for name, line in before if before[name, line] != after[name, line]}
    assert changed == {"docs/index.md", "facts/old"}
    assert sum(before[key] != after[key] for key in before) == 2  # one paragraph of the page


def test_the_sheet_of_a_paragraph_has_its_search(tmp_path: Path) -> None:
    root = mended(tmp_path)
    (root / "review.csv").write_text("id,hash,verdict,date,by\n")
    config = root / "mkdocs.yml"
    config.write_text(config.read_text() + "      review: review.csv\n")
    done = CliRunner().invoke(main, ["review", "docs/index.md", "-f", str(config)])
    assert "searched for “No minutes were found” on 2026-05-01, in two archives" in done.output


# The words

ASKED = {
    "The one report on it names him.": "only",
    "No page says so.": "none",
    "Nobody has said what it was.": "none",
    "It was not published.": "none",
    "No later round was found.": "none",
    "Only PuzzNews mentions fish.": "only",
    "Their first call in two months": "first",
    "First US visit in ten years": "first",
    "Keine Quelle nennt ihn.": "none",
    "Er war der einzige Gast.": "only",
    "Sie trafen sich erstmals.": "first",
    "Жодна сторінка його не називає.": "none",
    "Це єдиний запис.": "only",
    "Вони вперше зустрілися.": "first",
    "Ни один источник его не называет.": "none",
    "Это единственная запись.": "only",
    "Они встретились впервые.": "first",
}
# Said of one page, of degree, of order: a source that says it bears it out.
FREE = (
    "The first is a matter of law, the second of a treaty.",
    "Trump’s aircraft landed first.",
    "It names no source.",
    "The words name nobody.",
    "It was his alone to say, in English only.",
    "Ukraine was not invited.",
    "The date is that of its first sentence.",
    "It is the largest base in Alaska.",
)


@pytest.mark.parametrize("text", ASKED)
def test_these_words_ask_for_a_search(text: str) -> None:
    assert {found.sense for found in negatives(text)} == {ASKED[text]}


@pytest.mark.parametrize("text", FREE)
def test_these_words_ask_for_none(text: str) -> None:
    assert negatives(text) == ()


def test_every_sense_has_words_in_each_language() -> None:
    assert {frozenset(sense.phrases) for sense in SENSES.values()} == {
        frozenset({"en", "de", "uk", "ru"})
    }


def test_a_passage_says_it_in_its_own_language() -> None:
    assert says("впервые встретились", "first")
    assert not says("впервые встретились", "only")


def test_a_search_is_made_on_a_day() -> None:
    fact = "---\nstatement: Nobody came.\nevidence: [{source: source-one, exact: some words}]\n"
    search = "searched: {on: 2026, where: an archive, for: a guest}\n---\n"
    found = examined({"content/facts/fact-one.md": f"{fact}{search}"})
    assert [(p.mark.line, p.code) for p in found.problems if isinstance(p, Problem)] == [
        (4, "bad-date")
    ]


def test_the_cure_brings_the_sentence_that_readers_will_see_beside_the_search() -> None:
    text = "# P\n\nThey met. Nobody came, so it was said. It was. [@source-one]\n"
    (problem,) = [one for one in examined({"docs/p.md": text}).problems if not one.note]
    said, _, written = problem.cure.partition(", and add ")
    assert said == "say what the sources say; or search"
    assert written.endswith('words: "Nobody came, so it was said"}]')
    head = f"---\n{written.replace('its day', '2026-01-02')}\n---\n"
    mended = examined({"docs/p.md": head + text}).problems
    assert [one for one in mended if not one.note] == []
