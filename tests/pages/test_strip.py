"""Events on one line: true in time, numbered, and the same as a list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from small_site import checked, examined, found
from summitry.data.setting import Setting
from summitry.pages.site import Pages
from test_site_pages import OVERRIDES, SITE, html, illustrate

EVENT = "---\nname: {}\nstart: {}\nevidence: [{{source: source-one, exact: some words}}]\n---\n"
STORY = "# S\n\nIt was so. [@source-one]\n\n```strip\nof: [{}]\n```\n"
CHANGES: dict[str, str | bytes | None] = {
    "docs/story.md": STORY.format("later, first, second, whole-year, event-one"),
    "content/events/first.md": EVENT.format("The first", "2017-07-07"),
    "content/events/second.md": EVENT.format("The second", "2017-07-09"),
    "content/events/later.md": EVENT.format("Later", "2021-07-09").replace(
        "---\nname", "---\nstatus: planned\nname"
    ),
    "content/events/whole-year.md": EVENT.format("Some day of a year", "2019"),
}


@pytest.fixture(scope="module")
def strip(tmp_path_factory: pytest.TempPathFactory) -> LexborNode:
    page = html(tmp_path_factory.mktemp("cache"), "story/", CHANGES)
    node = LexborHTMLParser(page).css_first("figure.strip")
    assert node is not None
    return node


def percent(node: LexborNode, name: str) -> float:
    return float((node.attributes[name] or "").removesuffix("%"))


def test_numbers_stand_where_their_days_are(strip: LexborNode) -> None:
    days = (date(2017, 7, 7), date(2017, 7, 9), date(2019, 7, 2), date(2021, 7, 9),
            date(2025, 8, 15))  # fmt: skip
    whole = date(2026, 1, 1) - date(2017, 1, 1)
    circles = strip.css("circle")
    assert [node.text() for node in strip.css("text.within")] == ["1", "2", "3", "4", "5"]
    for day, circle in zip(days, circles, strict=True):
        at = 6 + 88 * ((day - date(2017, 1, 1)) / whole)
        assert percent(circle, "cx") == pytest.approx(at, abs=0.05), day
    # Two that would lie upon each other stand in two rows.
    heights = [int(circle.attributes["cy"] or "") for circle in circles]
    assert heights[1] < heights[0] == heights[2] == heights[3] == heights[4]
    # What is known to the year is as long as the year.
    (span,) = strip.css("line.span")
    long = percent(span, "x2") - percent(span, "x1")
    assert long == pytest.approx(88 * 364 / whole.days, abs=0.05)


def test_the_list_says_what_the_line_shows(strip: LexborNode) -> None:
    told = [" ".join(one.text().split()) for one in strip.css(".stops li")]
    assert [line.partition(" [")[0] for line in told] == [
        "1 7 July 2017: The first",
        "2 9 July 2017: The second 2 days later",
        "3 2019: Some day of a year",  # after which days cannot be counted
        "4 9 July 2021: Later Planned; no source seen says whether it took place",
        "5 15 August 2025, 11:10: Event One 1,498 days later",
    ]
    links = [one.attributes["href"] for one in strip.css(".stops a[href*=events]")]
    assert links[0] == "../events/first/"
    svg = strip.css_first("svg")
    assert svg.attributes["aria-label"] == "A line of time from 2017 to 2025 with 5 numbers"
    assert "there may have been others" in strip.css_first("figcaption").text()
    labels = [node.text() for node in strip.css("text:not(.within)")]
    assert labels == ["2017", "2019", "2021", "2023", "2025"]


def test_it_runs_as_the_page_does(tmp_path: Path) -> None:
    """From right to left where the language does: the first is at the right."""
    arabic = Setting("Site One", SITE, language="ar")
    library = checked(CHANGES)
    pictures = illustrate(library, tmp_path, "Site One", SITE)
    pages = {one.url: one for one in Pages(library, pictures, [OVERRIDES], arabic).every()}
    circles = LexborHTMLParser(pages["story/"].make().html).css("figure.strip circle")
    places = [percent(circle, "cx") for circle in circles]
    assert places == sorted(places, reverse=True)
    assert places[0] > 85


def test_it_takes_two_events_and_twelve_at_most() -> None:
    for of in ("first", ", ".join(["first"] * 13)):
        problems = examined({**CHANGES, "docs/story.md": STORY.format(of)}).problems
        assert found(problems)[0][:2] == (6, 5), problems
