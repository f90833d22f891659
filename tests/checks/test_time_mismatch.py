"""Dates and clock times in prose against events, facts, quotes and one another."""

from __future__ import annotations

import pytest
from small_site import FILES, OPTIONS, examined, person

STORY, P = "docs/story.md", "content/people/p.md"
QUOTE, FACT = "content/quotes/quote-one.md", "content/facts/fact-one.md"
EVENT = "[it](../content/events/event-one.md)"  # 15 August 2025, 11:10 in the first zone


def problems(changes: dict[str, str | bytes | None]) -> list[tuple[str, int, str, str]]:
    found = examined(changes).problems
    return [(p.path, p.mark.line, p.message, p.hint) for p in found if p.code == "time-mismatch"]


def told(text: str) -> list[str]:
    """What is wrong with the times of a paragraph."""
    found = problems({STORY: f"# S\n\n{text} [@source-one]\n"})
    assert all(path == STORY and line == 3 for path, line, _, _ in found)
    return [message for _, _, message, _ in found]


FINE = [
    "They met at 11:10 AKDT (19:10 UTC).",
    "They met at 11:10 (AKDT) on 15 August.",
    f"On 15 August 2025 at 11:10 AKDT {EVENT} began.",
    "On 15 January 2026 it was 11:10 AKST (20:10 UTC).",
    "They met at 11:10 (19:10 UTC).",
    "They met [at about 11:10](../content/facts/fact-one.md) (19:10 UTC).",
    "They met at 11:10.",
    "They met at 19:10 UTC.",
    "They met at 22:12 Moscow time, 21:10 British time, 15:09 US Eastern time.",
    "It was 08:00 in Oslo.",
    "“We had “some” words” was said. [quote](../content/quotes/quote-one.md)",
    f"On 15 August 2025 {EVENT} began.",
    f"On Friday 15 August {EVENT} began.",
    f"On Friday, 15 August 2025, {EVENT} began.",
    f"On 16 August in UTC {EVENT} was over.",
    "On 3 March nothing with a date is linked.",
    f"On 14 August, and on 3 March, {EVENT} was far away.",
    "In 2021, on 3 June, [the other](../content/events/event-two.md) was near.",
    "Version 11:10:12 and 3.11:10 are no clock times, nor is 24:10.",
]


@pytest.mark.parametrize("text", FINE)
def test_times_that_fit(text: str) -> None:
    assert told(text) == []


WRONG = {
    "They met at 11:10 AKST.": "11:10 is labelled AKST, but America/Anchorage had AKDT on "
    "2025-08-15",
    "On 15 January 2026 at 11:10 AKDT.": "11:10 is labelled AKDT, but America/Anchorage had AKST "
    "on 2026-01-15",
    "On 15 January 2026 it was 11:10 (19:10 UTC).": "11:10 Anchorage is 20:10 UTC, not 19:10",
    "They met at 11:10 (18:10 UTC).": "11:10 Anchorage is 19:10 UTC, not 18:10",
    "They met [at 11:10](../content/facts/fact-one.md) (20:10 UTC).": "11:10 Anchorage is 19:10 "
    "UTC, not 20:10",
    "They met at 11:12.": "no event and no passage has the time 11:12",
    "They met at 01:11.": "no event and no passage has the time 01:11",
    f"On 16 August {EVENT} began.": "the text says 16 August, but what it links has 2025-08-15",
    f"On 16 August in Juneau {EVENT} began.": "the text says 16 August, but what it links has "
    "2025-08-15",
    f"On 15 August 2024 {EVENT} began.": "the text says 15 August 2024, but what it links has "
    "2025-08-15",
    "On 3 July 2021 [the other](../content/events/event-two.md) was.": "the text says 3 July 2021, "
    "but what it links has 2021-06-01 to 2021-06-30",
    "On Thursday 15 August 2025.": "15 August 2025 was a Friday, not a Thursday",
    "On Thursday, 15 August.": "15 August 2025 was a Friday, not a Thursday",
    "On 31 June they rested.": "there is no 31 June",
    "On 29 February 2025 they rested.": "there is no 29 February 2025",
}


@pytest.mark.parametrize(("text", "message"), WRONG.items())
def test_times_that_do_not_fit(text: str, message: str) -> None:
    assert told(text) == [message]


def test_the_nearest_time_is_named() -> None:
    found = problems({STORY: "# S\n\nAt 11:01 they met. [@source-one]\n"})
    hint = "the nearest in Anchorage is 11:10 (event-one); correct it, or add the event, "
    assert found[0][3] == f"{hint}or name the zone behind the time"


def test_the_nearest_time_is_of_the_same_zone() -> None:
    """19:11 is near 19:10, which is what the event has in UTC, and not in Anchorage."""
    found = problems({STORY: "# S\n\nAt 19:11 they met. [@source-one]\n"})
    assert found[0][3].startswith("the nearest in Anchorage is 11:10 (event-one); ")


def test_a_second_day_of_the_summit_is_known() -> None:
    """On the second of these days clocks were put back: 11:10 may be 19:10 or 20:10 in UTC."""
    two = FILES["content/events/event-one.md"].replace(
        "start: 2025-08-15T11:10-08:00", "start: 2025-11-01\nend: 2025-11-02"
    )
    meal = FILES["content/events/event-two.md"].replace("2021-06", "2025-11-02T11:10-09:00")
    for clock, wrong in (("19:10", 0), ("20:10", 0), ("21:10", 1)):
        changes: dict[str, str | bytes | None] = {
            "content/events/event-one.md": two,
            "content/events/event-two.md": meal,
            "content/quotes/quote-one.md": FILES["content/quotes/quote-one.md"].replace(
                "said_on: 2025-08-15\n", ""
            ),
            STORY: f"# S\n\nAt 11:10 ({clock} UTC) they met. [@source-one]\n",
        }
        assert len(problems(changes)) == wrong, clock


def test_a_time_may_stand_in_a_passage_or_in_an_answer() -> None:
    fact = FILES[FACT].replace("exact: some words", "exact: it began at 12:34")
    text = "# S\n\nAt 12:34, some say. [@source-one]\n"
    assert problems({FACT: fact, STORY: text}) == []
    question = FILES["content/facts/question-one.md"].replace("An hour", "Until 12:34")
    assert problems({"content/facts/question-one.md": question, STORY: text}) == []


def test_a_statement_names_the_day_of_its_fact() -> None:
    fact = FILES[FACT].replace("They met on one day.", "They met on 15 August.")
    assert problems({FACT: fact.replace("topic:", "date: 2025-08-15\ntopic:")}) == []
    found = problems({FACT: fact.replace("topic:", "date: 2025-08-14\ntopic:")})
    assert [(path, line) for path, line, _, _ in found] == [(FACT, 2)]


def test_summaries_and_bodies_are_read_too() -> None:
    summary = person().replace("Speaks.", "Spoke at 11:11.")
    assert [(path, line) for path, line, _, _ in problems({P: summary})] == [(P, 3)]
    body = person(body="\nSpoke at 11:11. [@source-one]\n")
    assert [(path, line) for path, line, _, _ in problems({P: body})] == [(P, 7)]


def test_what_a_source_says_of_its_times_is_not_read() -> None:
    fact = FILES[FACT].replace("says: So it says.", "says: Printed at 07:07.")
    assert problems({FACT: fact}) == []


@pytest.mark.parametrize("said", ["2025-08-14", "2025-08-16", "2024"])
def test_words_were_said_on_a_day_of_their_occasion(said: str) -> None:
    quote = FILES[QUOTE].replace("said_on: 2025-08-15", f"said_on: {said}")
    message = f"said on {said}, but events/event-one was on 2025-08-15T11:10-08:00"
    assert problems({QUOTE: quote}) == [(QUOTE, 5, message, "correct said_on: or event:")]


@pytest.mark.parametrize("said", ["2025-08-15", "2025-08", "2025", "2025-08-15T12:00-08:00"])
def test_words_may_be_dated_less_exactly_than_their_occasion(said: str) -> None:
    quote = FILES[QUOTE].replace("said_on: 2025-08-15", f"said_on: {said}")
    assert problems({QUOTE: quote}) == []


def test_a_site_about_no_event_has_no_times_to_compare() -> None:
    bare = OPTIONS.model_copy(update={"time_zones": []})
    found = examined({STORY: "# S\n\nAt 01:11. [@source-one]\n"}, options=bare).problems
    assert [p for p in found if p.code == "time-mismatch"] == []
