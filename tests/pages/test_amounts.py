"""Amounts on an axis, and quotations shown with their wordings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import FILES, Read, examined, found
from summitry.content.kinds.pieces import Quantity
from summitry.pages import amounts
from summitry.words.catalogue import Words
from test_site_pages import html

QUESTION = "content/facts/question-one.md"
AMOUNTS = (
    FILES[QUESTION]
    .replace("An hour, ", "An hour, amount: {value: 60}, ")
    .replace("Two hours, ", "Two hours, amount: {min: 120}, ")
    .replace("we_use", "unit: minutes\nwe_use")
)
EVENT = "content/events/event-one.md"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_a_question_with_amounts_is_drawn_on_its_page(cache: Path) -> None:
    page = html(cache, "facts/question-one/", {QUESTION: AMOUNTS})
    lanes = re.findall(r'class="lane-value">(.+?) <span class="meta">(\d) source', page)
    assert lanes == [("An hour", "1"), ("Two hours", "2")]
    marks = [("10.0", "1 h"), ("30.0", "1 h 15"), ("50.0", "1 h 30"), ("70.0", "1 h 45"),
             ("90.0", "2 h")]  # fmt: skip
    assert re.findall(r'<text x="([\d.]+)%".*?>(.+?)</text>', page) == marks * 2
    dots = re.findall(r'<circle( class="open")? cx="([\d.]+)%" cy="(\d+)" r="5"', page)
    assert dots == [
        ("", "10.0", "13"),
        (' class="open"', "90.0", "13"),
        (' class="open"', "90.0", "27"),
    ]
    # `at least two hours` is open towards more; an hour is a point
    assert re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%" y1', page) == [("90.0", "98")]


def test_the_axis_has_a_name_and_says_what_is_drawn(cache: Path) -> None:
    page = html(cache, "facts/question-one/", {QUESTION: AMOUNTS})
    name, about = re.findall(
        r'<figure class="axis" aria-labelledby="(.+?)" aria-describedby="(.+?)">', page
    )[0]
    assert page.count(f'id="{name}"') == page.count(f'id="{about}"') == 1
    drawn = re.findall(r'role="img"\s+aria-label="(.+?)"', page)
    assert drawn == ["1 dot at 1 h", "2 hollow dots at 2 h, with a line to more"]
    bounds = AMOUNTS.replace("{value: 60}", "{max: 60}").replace(
        "{min: 120}", "{min: 90, max: 120}"
    )
    assert re.findall(
        r'role="img"\s+aria-label="(.+?)"', html(cache, "facts/question-one/", {QUESTION: bounds})
    ) == ["1 hollow dot at 1 h, with a line to less", "2 hollow dots on a line from 1 h 30 to 2 h"]


def test_the_same_axis_twice_in_a_page_has_ids_of_its_own(cache: Path) -> None:
    block = "```amounts\nof: question-one\n```\n"
    story = f"# S\n\nIt was so. [@source-one]\n\n{block}\n{block}"
    page = Read(html(cache, "story/", {QUESTION: AMOUNTS, "docs/story.md": story}))
    assert len(page.ids) == len(set(page.ids))
    assert {"axis-question-one-name", "axis-question-one--2-name"} <= set(page.ids)


def test_a_question_without_amounts_is_not_drawn(cache: Path) -> None:
    assert 'class="axis"' not in html(cache, "facts/question-one/")


def test_a_page_can_ask_for_the_axis(cache: Path) -> None:
    story = "# S\n\nIt was so. [@source-one]\n\n```amounts\nof: question-one\n```\n"
    page = html(cache, "story/", {QUESTION: AMOUNTS, "docs/story.md": story})
    assert page.count('class="axis"') == 1
    problems = examined({"docs/story.md": story}).problems
    assert found(problems) == [(6, 5, "bad-fence")]
    assert problems[0].message == "facts/question-one has no unit: and no amounts to draw"


WRONG = {
    "a unit without amounts": (AMOUNTS.replace("amount: {value: 60}, ", "").replace(
        "amount: {min: 120}, ", ""), "unit is given, and no position has an amount"),
    "amounts without a unit": (AMOUNTS.replace("unit: minutes\n", ""),
                               "positions have an amount without a unit"),
    "a value and a bound": (AMOUNTS.replace("{value: 60}", "{value: 60, min: 3}"),
                            "an amount is a value, or bounds"),
    "a number alone": (AMOUNTS.replace("{value: 60}", "60"), "amount must be a mapping"),
    "nothing": (AMOUNTS.replace("{value: 60}", "{}"), "an amount is a value, or bounds"),
    "crossed bounds": (AMOUNTS.replace("{value: 60}", "{min: 60, max: 60}"),
                       "min is not below max"),
    "no number": (AMOUNTS.replace("{value: 60}", "{value: sixty}"), "is not a number"),
    "below zero": (AMOUNTS.replace("{value: 60}", "{value: -1}"), "is outside its range"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_amounts_that_cannot_be(text: str, message: str) -> None:
    problems = [p for p in examined({QUESTION: text}).problems if not p.note]
    assert len(problems) == 1
    assert message in problems[0].message


numbers = st.floats(0, 1e9, allow_nan=False)


@given(numbers, numbers, st.sampled_from(["minutes", "people"]))
def test_ticks_are_few_and_around_the_numbers(one: float, other: float, unit: str) -> None:
    low, high = sorted((one, other))
    ticks = amounts.ticks(low, high, unit)
    assert 2 <= len(ticks) <= amounts.MOST_TICKS
    assert ticks == sorted(set(ticks))
    slack = 1e-9 * max(1.0, high)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack


def test_labels_are_short() -> None:
    shown = [amounts.label(Words(), n, "minutes") for n in (0, 0.5, 10, 60, 65, 165, 180)]
    assert shown == ["0 min", "0.5 min", "10 min", "1 h", "1 h 05", "2 h 45", "3 h"]
    assert amounts.label(Words(), 1500, "people") == "1,500 people"


def test_bounds_go_with_the_number_they_bound() -> None:
    assert Quantity.model_validate({"min": "2", "max": "3"}).ends == (2, 3)
    assert Quantity.model_validate({"value": "2.5"}).ends == (2.5,)


def test_quotes_are_shown_with_their_wordings(cache: Path) -> None:
    block = "```list\nof: quotes\nas: wordings\nonly: [quote-one]\n```"
    page = html(cache, "story/", {"docs/story.md": f"# S\n\nIt was so. [@source-one]\n\n{block}\n"})
    assert "<p>We had “some” words</p>" in page
    assert "<mark>many</mark>" in page
    wrong = f"# S\n\nIt was so. [@source-one]\n\n{block.replace('quotes', 'facts')}\n"
    assert (7, 5, "bad-value") in found(examined({"docs/story.md": wrong}).problems)


def test_a_quote_page_says_why_it_displays_its_words(cache: Path) -> None:
    quote = "content/quotes/quote-one.md"
    assert "Both have as many words." in html(cache, "quotes/quote-one/")
    fuller = (
        FILES[quote]
        .replace("We had many words", "We had")
        .replace("exact: We had}", "exact: They had}")
        .replace("chosen: Both have as many words.\n", "")
    )
    shown = html(cache, "quotes/quote-one/", {quote: fuller})
    assert "This wording is displayed because it is the fullest." in shown


def test_a_plan_of_which_no_source_says_what_came_is_no_meeting(cache: Path) -> None:
    event = FILES[EVENT].replace("place:", "status: planned\nplace:")
    told = "Planned; no source seen says whether it took place"
    assert told in html(cache, "timeline/", {EVENT: event})
    assert told in html(cache, "events/event-one/", {EVENT: event})
    assert told not in html(cache, "events/event-one/")


def test_the_cure_of_a_unit_without_amounts_is_enough() -> None:
    """Followed to the letter, from the first message to none."""
    bare, _ = WRONG["a unit without amounts"]
    (problem,) = examined({QUESTION: bare}).problems
    assert problem.mark.line == bare[: bare.index("unit:")].count("\n") + 1
    assert "such as amount: {value: 90}, or delete unit:" in problem.cure
    mended = bare.replace("- {", "- {amount: {value: 90}, ", 1)
    assert mended != bare
    assert examined({QUESTION: mended}).problems == []
    (problem,) = examined({QUESTION: mended.replace("{value: 90}", "525")}).problems
    assert problem.cure == "write its keys below it: value, min, max"
