"""What each side says of a point: columns, and what may not stand in them."""

from __future__ import annotations

import re

import pytest
from running import ROOT
from small_site import FILES, OPTIONS, examined, person
from summitry.content.options import Options
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate

Files = dict[str, str | bytes | None]
SIDES = {"north": "The North", "south": "The South", "hosts": "The hosts"}
KEPT = OPTIONS.model_copy(update={"sides": SIDES, "searched_for_days": 36500})
STALE = OPTIONS.model_copy(update={"sides": SIDES, "searched_for_days": 1})


def quote(speaker: str, words: str, day: str = "2025-08-15") -> str:
    said_on = f"said_on: {day}\n" if day else ""
    return (
        f"---\ntitle: On the date\ntext: {words}\nspeaker: {speaker}\n{said_on}language: en\n"
        "evidence: [{source: source-one}]\n---\n"
    )


def block(**changed: str) -> str:
    """A page with the block: its keys as a contributor writes them, some of them changed."""
    keys = {
        "point": "The date",
        "sides": "[north, south, hosts]",
        "quotes": "[late, early, south-one]",
        "searched": "[{side: hosts, on: 2025-09-01, where: an archive, for: the hosts}]",
    } | changed
    lines = "\n".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"# S\n\nIt was so. [@source-one]\n\n```accounts\n{lines}\n```\n"


def files(story: str) -> Files:
    return {
        "content/people/speaker-one.md": FILES["content/people/speaker-one.md"].replace(
            "side-one", "north"
        ),
        "content/people/n.md": person("side: north\n"),
        "content/people/s.md": person("side: south\n").replace("Speaker", "Southerner", 1),
        "content/quotes/late.md": quote("n", "It is late", "2025-08-16"),
        "content/quotes/early.md": quote("n", "It is early", "2025-08-10"),
        "content/quotes/south-one.md": quote("s", "It is noon"),
        "content/quotes/no-day.md": quote("s", "It is never", ""),
        "docs/story.md": story,
    }


def said(story: str, options: Options = KEPT) -> list[tuple[int, str, str, bool]]:
    """Line, code and words of what is said of the page."""
    found = examined(files(story), options=options).problems
    return [(p.mark.line, p.code, p.message, p.note) for p in found if p.path == "docs/story.md"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    library = examined(files(block()), options=KEPT).library
    assert library is not None
    cache = tmp_path_factory.mktemp("cache")
    pictures = illustrate(library, cache, "Site", "https://site.example/")
    setting = Setting("Site", "https://site.example/")
    every = Pages(library, pictures, [ROOT / "overrides"], setting).every()
    return next(spec for spec in every if spec.url == "story/").make().html


def columns(page: str) -> list[str]:
    inside = page[page.index('<section class="accounts"') : page.index("</section>")]
    return inside.split('<div class="account">')[1:]


def test_nothing_is_wrong_with_a_block_that_is_right() -> None:
    assert said(block()) == []


def test_each_side_has_a_column_in_the_order_given(page: str) -> None:
    names = [re.findall(r'<h3 class="group">(.+?)</h3>', column) for column in columns(page)]
    assert names == [["The North"], ["The South"], ["The hosts"]]


def test_a_quotation_stands_at_its_speakers_side_the_earliest_first(page: str) -> None:
    north, south, hosts = columns(page)
    assert north.index("It is early") < north.index("It is late")
    assert "It is noon" in south
    assert "It is" not in hosts


def test_each_has_its_day_its_source_and_its_state_of_proof(page: str) -> None:
    for words, day in (("It is early", "2025-08-10"), ("It is noon", "2025-08-15")):
        (one,) = [f for f in page.split('<figure class="said">') if words in f]
        assert f'<time datetime="{day}">' in one
        assert "Paper One" in one
        assert "Transcribed, not yet proven" in one


def test_all_columns_are_marked_up_alike(page: str) -> None:
    assert len(columns(page)) == 3
    assert page.count('<div class="account">') == 3
    style = (ROOT / "overrides/blocks/accounts.css").read_text("utf-8")
    assert not re.search(r"nth|first|last", style.replace("p:first-child", ""))


def test_of_a_silent_side_the_search_is_shown(page: str) -> None:
    assert "Nothing found" in columns(page)[2]
    shown = " ".join(columns(page)[2].split())
    assert "1 September 2025</time> in an archive for: the hosts." in shown
    assert page.count("Nothing found") == 1


WRONG = {
    "a silent side without a search": (
        block(searched=""), "nothing of hosts stands here, and no search for it"
    ),
    "a side that speaks and was searched for": (
        block(sides="[north, south]",
              searched="[{side: south, on: 2025-09-01, where: a, for: b}]"),
        "searched: names south, which is quoted",
    ),
    "a search for a side that is not shown": (
        block(sides="[north, south]"), "searched: names hosts, which is none of these sides"
    ),
    "a side that the site has not": (
        block(sides="[north, south, hosts, east]",
              searched="[{side: hosts, on: 2025-09-01, where: a, for: b}, "
                       "{side: east, on: 2025-09-01, where: a, for: b}]"),
        "“east” is not among the sides of mkdocs.yml",
    ),
    "a speaker of another side": (
        block(sides="[south, hosts]"), "quotes/late is by nobody of these sides"
    ),
    "words of nobody": (
        block(quotes="[late, south-one, quote-two]"), "quotes/quote-two is by nobody of these sides"
    ),
    "words without a day": (
        block(quotes="[late, no-day]"), "quotes/no-day does not say on which day it was said"
    ),
    "a side twice": (block(sides="[north, south, hosts, north]"), "a side stands twice"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_at_the_block(name: str) -> None:
    story, message = WRONG[name]
    code = "unknown-choice" if "mkdocs.yml" in message else "bad-fence"
    assert (5, code, message, False) in said(story)


def test_a_quotation_that_does_not_exist_is_said_once() -> None:
    found = said(block(quotes="[late, south-on, early]"))
    assert [(line, code) for line, code, _, _ in found] == [(8, "unknown-reference")]


def test_one_side_is_no_comparison() -> None:
    (found,) = said(block(sides="[north]", quotes="[late]", searched=""))
    assert found[1] == "bad-value"


def test_an_old_search_is_noted() -> None:
    (found,) = said(block(), STALE)
    assert (found[1], found[3]) == ("old-search", True)
