"""Dates and times as readers see them."""

from __future__ import annotations

import pytest
from summitry.content.kinds import Event
from summitry.content.options import Clocks, Zone
from summitry.content.values import when
from summitry.words import dates
from summitry.words.catalogue import Words

ANCHORAGE = Zone(name="America/Anchorage", label="Anchorage")
UTC = Zone(name="UTC", label="UTC")
MOSCOW = Zone(name="Europe/Moscow", label="Moscow")
KYIV = Zone(name="Europe/Kyiv", label="Kyiv")
ENGLISH = Words()
ZONES = [ANCHORAGE, UTC, MOSCOW, KYIV]


def shown_in(words: Words, event: Event, zones: list[Zone]) -> dates.Shown:
    return dates.shown(words, event, Clocks(zones, abroad=False))


def event(start: str, **more: str) -> Event:
    evidence = [{"source": "s", "says": "x"}]
    return Event.model_validate({"name": "E", "start": start, "evidence": evidence, **more})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025", "2025"),
        ("2025-08", "August 2025"),
        ("2025-08-05", "5 August 2025"),
        ("2025-08-15T23:30-08:00", "15 August 2025"),
    ],
)
def test_a_date_is_as_exact_as_it_was_written(text: str, words: str) -> None:
    assert ENGLISH.long(when(text)) == words


def test_a_moment_is_shown_in_the_local_zone_first() -> None:
    shown = shown_in(ENGLISH, event("2025-08-15T19:10Z"), ZONES)
    assert shown.text == "15 August 2025, 11:10"
    assert shown.elsewhere == "19:10 UTC, 22:10 Moscow and Kyiv"
    assert (shown.second, shown.machine) == ("19:10 UTC", "2025-08-15T19:10Z")


def test_another_day_elsewhere_is_said() -> None:
    shown = shown_in(ENGLISH, event("2025-08-15T22:30-08:00"), ZONES[:3])
    assert shown.text == "15 August 2025, 22:30"
    assert shown.elsewhere == "06:30 on 16 August 2025 UTC, 09:30 on 16 August 2025 Moscow"


def test_the_local_day_need_not_be_the_written_one() -> None:
    shown = shown_in(ENGLISH, event("2025-08-16T02:00+03:00"), ZONES[:1])
    assert (shown.text, shown.elsewhere) == ("15 August 2025, 15:00", "")


def test_zones_follow_summer_time() -> None:
    assert shown_in(ENGLISH, event("2025-01-15T12:00Z"), [KYIV]).clock == "14:00"
    assert shown_in(ENGLISH, event("2025-07-15T12:00Z"), [KYIV]).clock == "15:00"


def test_labels_follow_summer_time() -> None:
    zones = [UTC, Zone(name="America/Anchorage", label="Anchorage (AKDT)")]
    winter = shown_in(ENGLISH, event("2025-01-15T12:00Z"), zones)
    summer = shown_in(ENGLISH, event("2025-07-15T12:00Z"), zones)
    assert winter.elsewhere == "03:00 Anchorage (AKST)"
    assert summer.elsewhere == "04:00 Anchorage (AKDT)"


@pytest.mark.parametrize(
    ("precision", "clock"),
    [
        ("exact", "11:00–13:30"),
        ("about", "about 11:00–13:30"),
        ("between", "some time between 11:00 and 13:30"),
        ("reported-at", "reported at 11:00–13:30"),
    ],
)
def test_how_well_a_span_is_known(precision: str, clock: str) -> None:
    made = event("2025-08-15T11:00-08:00", end="2025-08-15T21:30Z", precision=precision)
    assert shown_in(ENGLISH, made, ZONES).clock == clock


def test_a_zone_that_shows_the_same_time_is_left_out_as_long_as_it_does() -> None:
    london = Zone(name="Europe/London", label="London")
    zones = [london, UTC, MOSCOW]
    winter, summer = (shown_in(ENGLISH, event(f"2025-{m}-15T12:00Z"), zones) for m in ("01", "07"))
    assert (winter.elsewhere, winter.second) == ("15:00 Moscow", "15:00 Moscow")
    assert (summer.elsewhere, summer.second) == ("12:00 UTC, 15:00 Moscow", "12:00 UTC")
    night = event("2025-03-30T00:30Z", end="2025-03-30T01:30Z")  # summer time begins in between
    assert shown_in(ENGLISH, night, [london, UTC]).elsewhere == "00:30–01:30 UTC"
    abroad = dates.shown(ENGLISH, event("2025-07-15T12:00Z"), Clocks([MOSCOW, UTC, KYIV], True))
    assert (abroad.clock, abroad.elsewhere) == ("15:00 Moscow and Kyiv", "12:00 UTC")


def test_a_span_is_a_span_in_every_zone() -> None:
    shown = shown_in(ENGLISH, event("2025-08-15T11:00-08:00", end="2025-08-15T21:30Z"), ZONES)
    assert shown.elsewhere == "19:00–21:30 UTC, 22:00–00:30 Moscow and Kyiv"
    assert shown.second == "19:00–21:30 UTC"


def test_events_without_a_time() -> None:
    assert shown_in(ENGLISH, event("2025-08-15"), ZONES).text == "15 August 2025"
    assert (
        shown_in(ENGLISH, event("2025-08-15", precision="about"), ZONES).text
        == "about 15 August 2025"
    )
    assert shown_in(ENGLISH, event("2025", end="2025-08"), ZONES).text == "2025 to August 2025"
    assert shown_in(ENGLISH, event("2025", end="2025"), ZONES).text == "2025"
    assert shown_in(ENGLISH, event("2025"), ZONES).elsewhere == ""


def test_a_site_without_zones_shows_days() -> None:
    assert shown_in(ENGLISH, event("2025-08-15T11:10-08:00"), []).text == "15 August 2025"


@pytest.mark.parametrize(
    ("start", "more", "text"),
    [
        (
            "2025-08-15T15:00-08:00",
            {"end": "2025-08-17T01:00-08:00"},
            "15 August 2025, 15:00 to 01:00 on 17 August 2025",
        ),
        (
            "2025-08-15T15:00-08:00",
            {"end": "2025-08-17", "precision": "between"},
            "15 August 2025, some time between 15:00 and 17 August 2025",
        ),
        (
            "2025-08-15",
            {"end": "2025-08-17", "precision": "between"},
            "some time between 15 August 2025 and 17 August 2025",
        ),
        ("2025-08-15", {"end": "2025-08-17"}, "15–17 August 2025"),
        ("2025-08-15", {"end": "2025-08-17", "precision": "about"}, "about 15–17 August 2025"),
    ],
)
def test_spans_over_days(start: str, more: dict[str, str], text: str) -> None:
    assert shown_in(ENGLISH, event(start, **more), ZONES).text == text


def test_zones_that_agree_stand_together_wherever_they_are_listed() -> None:
    london = Zone(name="Europe/London", label="London")
    moment = when("2025-01-15T12:00Z").moment
    assert (
        dates.elsewhere(ENGLISH, moment, [UTC, MOSCOW, london])
        == "12:00 UTC and London, 15:00 Moscow"
    )


def test_a_time_elsewhere_says_where() -> None:
    made = event("2025-08-16T20:00-04:00")
    named = Zone.model_construct(name="America/New_York", label="Washington")
    shown = dates.shown(ENGLISH, made, Clocks([named, *ZONES], abroad=True))
    assert shown.text == "16 August 2025, 20:00 Washington"
    assert shown.elsewhere.startswith("16:00 Anchorage, 00:00 on 17 August 2025 UTC")
    bare = Zone.model_construct(name="Europe/Berlin", label="")
    for language, city in (("en", "Berlin"), ("uk", "Берлін"), ("ru", "Берлин")):
        clock = dates.shown(Words(language), made, Clocks([bare], abroad=True)).clock
        assert clock in (f"02:00 {city}", f"02:00 ({city})")


SPANS = {
    ("1986-10-11", "1986-10-12"): {
        "en": "11–12 October 1986",
        "de": "11.–12. Oktober 1986",
        "uk": "11–12 жовтня 1986 року",
        "ru": "11—12 октября 1986 года",
    },
    ("1986-10-31", "1986-11-01"): {
        "en": "31 October – 1 November 1986",
        "de": "31. Oktober – 1. November 1986",
        "uk": "31 жовтня\xa0— 1 листопада 1986 року",
        "ru": "31 октября — 1 ноября 1986 года",
    },
    ("1986-12-31", "1987-01-01"): {
        "en": "31 December 1986 to 1 January 1987",
        "de": "31. Dezember 1986 bis 1. Januar 1987",
    },
    ("1986-10", "1986-11"): {
        "en": "October – November 1986",
        "de": "Oktober–November 1986",
        "ru": "октябрь\xa0— ноябрь 1986 года",
    },
    ("1986", "1986-11"): {"en": "1986 to November 1986"},
    ("1986-10-11", "1986-10-11"): {"en": "11 October 1986"},
}


def test_a_span_of_days_says_the_month_and_the_year_once() -> None:
    said = {
        ends: {language: Words(language).span(*map(when, ends)) for language in languages}
        for ends, languages in SPANS.items()
    }
    assert said == SPANS
