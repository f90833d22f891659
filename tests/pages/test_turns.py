"""Who spoke for how long: bars on one scale of minutes, and the same in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from small_site import FILES, Read, examined, found
from test_site_pages import html

EVENT = "content/events/event-one.md"
TURNS = (
    "turns:\n"
    "  - {speaker: speaker-two, minutes: 8.5, evidence: [{source: source-two, says: So long.}]}\n"
    "  - {speaker: speaker-one, minutes: 4, evidence: [{source: source-one, says: So long.}]}\n"
)
STORY = "# S\n\nIt was so. [@source-one]\n\n```turns\nof: event-one\n```\n"
CHANGES: dict[str, str | bytes | None] = {
    "docs/story.md": STORY,
    EVENT: FILES[EVENT].replace("evidence:", f"{TURNS}evidence:"),
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def percent(node: LexborNode, name: str) -> float:
    return float((node.attributes[name] or "").removesuffix("%"))


@pytest.mark.parametrize("url", ["story/", "events/event-one/"])
def test_each_turn_has_a_bar_as_long_as_it_was(cache: Path, url: str) -> None:
    page = html(cache, url, CHANGES)
    (figure,) = LexborHTMLParser(page).css("figure.turns")
    first, second = figure.css("rect")
    minute = percent(first, "width") / 8.5
    assert percent(second, "width") == pytest.approx(4 * minute, abs=0.05)
    begins = percent(first, "x") + percent(first, "width")
    assert percent(second, "x") == pytest.approx(begins, abs=0.05)
    labels = [node.text() for node in figure.css("text")]
    assert labels[0] == "0 min"
    # Every end follows from lengths alone, and is drawn so.
    assert [len(one.css("line.open")) for one in figure.css("li svg")] == [2, 2]
    assert len(Read(page).ids) == len(set(Read(page).ids))


def test_words_say_the_same_and_what_is_not_known(cache: Path) -> None:
    figure = LexborHTMLParser(html(cache, "story/", CHANGES)).css_first("figure.turns")
    told = [" ".join(one.text().split()) for one in figure.css("li")]
    assert told == ["Speaker Two: 8.5 min [source 2]", "Speaker One: 4 min [source 1]"]
    drawn = [one.attributes["aria-label"] for one in figure.css("li svg")]
    assert drawn == [
        "Speaker Two: a bar from 0 min to 8.5 min",
        "Speaker One: a bar from 8.5 min to 12.5 min",
    ]
    note = figure.css_first("figcaption").text()
    assert "pauses are not known" in note
    assert "Added up: 12.5 min." in note
    assert "The first began at this time: 15 August 2025, 11:10" in note


def test_the_page_of_the_event_has_what_lengths_rest_on(cache: Path) -> None:
    page = LexborHTMLParser(html(cache, "events/event-one/", CHANGES))
    section = page.css_first("section[aria-labelledby=at-turns]")
    assert [one.text().strip() for one in section.css(".evidence .says")] == ["So long."] * 2
    assert section.css_first("figcaption .axis-name") is None  # the heading says it already


def test_an_open_beginning_is_told_as_open(cache: Path) -> None:
    text = str(CHANGES[EVENT]).replace(
        "place: place-one", "end: 2025-08-15T12:00-08:00\nprecision: between\nplace: place-one"
    )
    page = html(cache, "events/event-one/", {**CHANGES, EVENT: text})
    note = LexborHTMLParser(page).css_first("figure.turns figcaption").text()
    assert "not known exactly: 15 August 2025, some time between 11:10 and 12:00" in note


def test_an_event_without_turns_is_refused_in_the_block(cache: Path) -> None:
    problems = examined({"docs/story.md": STORY}).problems
    assert found(problems) == [(6, 5, "bad-fence")]
    assert problems[0].message == "events/event-one has no turns to show"
    assert 'figure class="turns"' not in html(cache, "events/event-one/")
