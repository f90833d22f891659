"""Moments that cannot be: offsets that a place did not have, the future, words before they were."""

from __future__ import annotations

from datetime import date

import pytest
from small_site import FILES, OPTIONS, examined
from summitry.checks import clocks
from summitry.content.options import Options
from summitry.content.problems import Problem

EVENT, PLACE = "content/events/event-one.md", "content/places/place-one.md"
AROUND, QUOTE = "content/places/place-two.md", "content/quotes/quote-one.md"
SOURCE = "content/sources/source-one.md"
CODES = ("impossible-time", "time-order", "bad-date")


def put(path: str, line: str, instead: str) -> str:
    """A file of the small project with one line in place of another, which must stand there."""
    assert line in FILES[path]
    return FILES[path].replace(line, instead)


def told(changes: dict[str, str], options: Options = OPTIONS) -> list[Problem]:
    found = examined(dict(changes), options=options).problems
    return [p for p in found if p.code in CODES]


def placed(start: str, zone: str = "America/Anchorage", more: str = "") -> dict[str, str]:
    """The project with event one at a time, in a place of a zone."""
    return {
        EVENT: put(EVENT, "start: 2025-08-15T11:10-08:00\n", f"start: {start}\n{more}"),
        PLACE: put(PLACE, "name: Place One\n", f"name: Place One\ntime_zone: {zone}\n"),
        QUOTE: put(QUOTE, "said_on: 2025-08-15\nevent: event-one\n", ""),
    }


FITS = [
    ("2025-08-15T11:10-08:00", "America/Anchorage"),
    ("2025-01-15T11:10-09:00", "America/Anchorage"),
    ("2025-08-15T19:10Z", "America/Anchorage"),
    ("2025-08-15T19:10:30Z", "Asia/Kathmandu"),
    ("2025-08-16T00:55+05:45", "Asia/Kathmandu"),
    ("2025-11-02T01:30-08:00", "America/Anchorage"),  # twice that night
    ("2025-11-02T01:30-09:00", "America/Anchorage"),
    ("1880-10-18T15:30-10:00", "America/Anchorage"),  # with seconds in the database
    ("2025-08-15", "America/Anchorage"),
]


@pytest.mark.parametrize(("start", "zone"), FITS)
def test_offsets_that_the_place_had(start: str, zone: str) -> None:
    assert told(placed(start, zone)) == []


WRONG = {
    ("2025-08-15T11:10-09:00", "America/Anchorage"): (
        "start: 2025-08-15T11:10-09:00: America/Anchorage had the offset -08:00 then",
        "write 2025-08-15T11:10-08:00, or 2025-08-15T12:10-08:00 if it is the time that is wrong",
    ),
    ("2025-01-15T11:10-08:00", "America/Anchorage"): (
        "start: 2025-01-15T11:10-08:00: America/Anchorage had the offset -09:00 then",
        "write 2025-01-15T11:10-09:00, or 2025-01-15T10:10-09:00 if it is the time that is wrong",
    ),
    ("2025-08-15T11:10+00:00", "America/Anchorage"): (
        "start: 2025-08-15T11:10+00:00: America/Anchorage had the offset -08:00 then",
        "write 2025-08-15T11:10-08:00, or 2025-08-15T03:10-08:00 if it is the time that is wrong",
    ),
    ("2025-03-09T02:30-09:00", "America/Anchorage"): (
        "start: 2025-03-09T02:30-09:00: clocks in America/Anchorage skipped this time",
        "write 2025-03-09T03:30-08:00",
    ),
    ("2025-08-15T11:10+03:00", "Europe/Berlin"): (
        "start: 2025-08-15T11:10+03:00: Europe/Berlin had the offset +02:00 then",
        "write 2025-08-15T11:10+02:00, or 2025-08-15T10:10+02:00 if it is the time that is wrong",
    ),
}


@pytest.mark.parametrize(("given", "said"), WRONG.items())
def test_offsets_that_the_place_did_not_have(given: tuple[str, str], said: tuple[str, str]) -> None:
    (problem,) = told(placed(*given))
    assert (problem.message, problem.hint) == said
    assert (problem.path, problem.mark) == (EVENT, (3, 8))
    for cure in said[1].removeprefix("write ").split(", or "):
        assert told(placed(cure.split(" if ")[0], given[1])) == []


def test_a_zone_comes_from_the_place_around_and_the_event_s_own_goes_before() -> None:
    late = {**placed("2025-08-15T11:10+02:00"), PLACE: FILES[PLACE]}
    around = put(AROUND, "name: Place Two\n", "name: Place Two\ntime_zone: Europe/Berlin\n")
    assert told({**late, AROUND: around}) == []
    assert len(told(late)) == 1
    own = placed("2025-08-15T11:10+02:00", more="time_zone: Europe/Berlin\n")
    assert told(own) == []


def test_places_in_a_circle_have_no_zone() -> None:
    circle = put(AROUND, "name: Place Two\n", "name: Place Two\ncontained_in: place-one\n")
    found = examined({**placed("2025-08-15T11:10+02:00"), PLACE: FILES[PLACE], AROUND: circle})
    assert {"circular-reference", "impossible-time"} <= {p.code for p in found.problems}


@pytest.mark.parametrize(
    ("start", "fine"),
    [
        ("2025-08-15T11:10-08:00", True),
        ("2025-01-15T11:10-09:00", True),
        ("2025-08-15T11:10+00:00", True),
        ("2025-08-15T19:10Z", True),
        ("2025-08-15T11:10-09:00", False),  # the site's first zone in winter
        ("2025-01-15T11:10-08:00", False),
        ("2025-08-15T21:10+02:00", False),
    ],
)
def test_where_no_zone_is_known_the_site_s_own_are_taken(start: str, fine: bool) -> None:
    found = told({**placed(start), PLACE: FILES[PLACE]})
    assert (found == []) == fine
    for problem in found:
        assert "none of the site's time zones had on that day" in problem.message
        utc = problem.hint.rpartition("UTC: ")[2]
        assert told({**placed(utc), PLACE: FILES[PLACE]}) == []
        assert "give time_zone: here or in the place" in problem.hint


def test_a_quotation_has_the_zone_of_its_occasion() -> None:
    said = put(QUOTE, "said_on: 2025-08-15\n", "said_on: 2025-08-15T11:20-09:00\n")
    (problem,) = told({**placed("2025-08-15T11:10-08:00"), QUOTE: said})
    assert problem.message.startswith("said_on: 2025-08-15T11:20-09:00: America/Anchorage had")


def test_moments_of_sources_and_corrections_are_checked_too() -> None:
    source = put(SOURCE, "issued: 2025-08-16\n", "issued: 2025-08-16T10:00+05:30\n")
    (problem,) = told({SOURCE: source})
    assert problem.message.startswith("issued: 2025-08-16T10:00+05:30 has an offset that none")
    assert problem.hint == "write it in UTC: 2025-08-16T04:30Z"


@pytest.mark.parametrize("zone", ["Anchorage", "America/Ankorage", "AKDT", "../etc/passwd"])
def test_what_is_no_zone(zone: str) -> None:
    found = examined(placed("2025-08-15", zone)).problems
    assert [(p.code, p.path) for p in found if p.code != "unknown-reference"] == [
        ("bad-value", PLACE)
    ]


FUTURE = {
    "an event": (EVENT, "start: 2025-08-15T11:10-08:00", "start: 2099-08-15T11:10-08:00"),
    "words": (QUOTE, "said_on: 2025-08-15\nevent: event-one", "said_on: 2099-08-15"),
    "a source": (SOURCE, "issued: 2025-08-16", "issued: 2099-08-16"),
    "reading it": (SOURCE, "issued: 2025-08-16", "accessed: 2099-08-16"),
    "a correction": (SOURCE, "issued: 2025-08-16",
                     "corrections: [{on: 2099-01-01, was: a, now: b, why: c.}]"),
    "a withdrawal": ("content/terms/term-one.md", "name: T",
                     "withdrawn: {on: 2099, why: c.}\nname: T"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "line", "instead"), FUTURE.values(), ids=FUTURE)
def test_what_has_happened_is_not_to_come(path: str, line: str, instead: str) -> None:
    changes = {path: put(path, line, instead)}
    if path == EVENT:
        changes[QUOTE] = put(QUOTE, "said_on: 2025-08-15\nevent: event-one\n", "")
    found = [p for p in told(changes) if "has not come yet" in p.message]
    assert [p.path for p in found] == [path]
    assert "2099" in found[0].message


def test_tomorrow_may_have_begun_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clocks, "today", lambda: date(2025, 8, 15))
    assert told({}) == []  # its source is of 16 August
    monkeypatch.setattr(clocks, "today", lambda: date(2025, 8, 14))
    assert {p.path for p in told({})} == {SOURCE}


@pytest.mark.parametrize("status", ["planned", "postponed", "cancelled"])
def test_what_was_planned_may_lie_ahead(status: str) -> None:
    changes = placed("2099-08-15T11:10-08:00", more=f"status: {status}\n")
    assert told(changes) == []


PRINTED = [
    ("2025-08-15", "2025-08-16", True),
    ("2025-08-15", "2025-08-15", True),
    ("2025-08-15", "2025-08", True),
    ("2025-08-15", "2025-08-14", False),
    ("2025-08-15", "2025-07", False),
    ("2025-08-15", "2024", False),
    ("2025-08-15", "2025-08-15T19:05Z", False),  # five minutes before it began
    ("2025-08-15", "2025-08-15T19:15Z", True),
    ("2025-08-15T11:20-08:00", "2025-08-15T19:15Z", False),
]


@pytest.mark.parametrize(("said", "issued", "fine"), PRINTED)
def test_no_source_prints_words_before_they_were_said(said: str, issued: str, fine: bool) -> None:
    changes = {
        **placed("2025-08-15T11:10-08:00"),
        QUOTE: put(QUOTE, "said_on: 2025-08-15\n", f"said_on: {said}\n"),
        SOURCE: put(SOURCE, "issued: 2025-08-16", f"issued: {issued}"),
    }
    found = told(changes)
    assert (found == []) == fine
    for problem in found:
        assert problem.path == QUOTE
        assert problem.message.startswith("evidence.0.source: source-one was published on")


def test_where_no_place_is_known_a_day_may_have_begun_in_any_zone_of_the_site() -> None:
    early = put(SOURCE, "issued: 2025-08-16", "issued: 2025-08-14")
    said = put(QUOTE, "event: event-one\n", "")
    assert told({SOURCE: early, QUOTE: said}) == []
    early = put(SOURCE, "issued: 2025-08-16", "issued: 2025-08-13")
    assert len(told({SOURCE: early, QUOTE: said})) == 1


ORDER = {
    "a role": ("content/people/speaker-one.md", "from: 2020, to: 2024-12",
               "from: 2025, to: 2024-12", "to"),
    "an event": (EVENT, "place: place-one", "end: 2025-08-15T18:00Z\nplace: place-one", "end"),
    "a reading": (SOURCE, "issued: 2025-08-16", "issued: 2025-08-16\naccessed: 2025-08-15",
                  "read on"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "line", "instead", "said"), ORDER.values(), ids=ORDER)
def test_nothing_ends_before_it_begins(path: str, line: str, instead: str, said: str) -> None:
    found = [p for p in told({path: put(path, line, instead)}) if p.code == "time-order"]
    assert [p.path for p in found] == [path]
    assert "before" in found[0].message
    assert said in found[0].message or said in found[0].hint


def test_a_moment_has_an_offset() -> None:
    changes = placed("2025-08-15T11:10")
    (problem,) = told(changes)
    assert (problem.code, problem.path) == ("bad-date", EVENT)
    assert "has no offset from UTC" in problem.message
