"""A summit of two days, and events in other places than the site's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_site import FILES, PASSAGE, Read, checked
from summitry.content.kinds import Event
from summitry.words import dates
from summitry.words.catalogue import Words
from test_site_pages import html

EVENT, MAP = "content/events/event-one.md", "content/images/map-one.md"


def event(name: str, start: str, more: str = "place: place-one\n") -> str:
    return f"---\nname: {name}\nstart: {start}\n{more}evidence: {PASSAGE}\n---\n"


ZONED = "latitude: 61.2\nlongitude: -149.9\ntime_zone: America/Anchorage\n"
SUMMIT: dict[str, str | bytes | None] = {
    EVENT: FILES[EVENT].replace("T11:10-08:00", "\nend: 2025-08-16"),
    "content/events/first.md": event("The first talk", "2025-08-15T10:00-08:00"),
    "content/events/dinner.md": event(
        "The dinner", "2025-08-15T22:30-08:00", "end: 2025-08-16T01:10-08:00\nplace: place-one\n"
    ),
    "content/events/second.md": event("The second talk", "2025-08-16T09:00-08:00"),
    "content/events/address.md": event(
        "The address", "2025-08-18T20:00-04:00", "place: white-house\n"
    ),
    "content/events/call.md": event(
        "The call", "2025-08-17T02:00+02:00", "time_zone: Europe/Berlin\n"
    ),
    "content/places/place-one.md": FILES["content/places/place-one.md"].replace(
        "contained_in: place-two\n", "time_zone: America/Anchorage\n"
    ),
    "content/places/washington.md": "---\nname: Washington\ntime_zone: America/New_York\n---\n",
    "content/places/white-house.md": "---\nname: White House\ncontained_in: washington\n---\n",
    MAP: FILES[MAP]
    .replace("locator-map", "day-timeline")
    .replace("places/place-one, places/place-two", "events/first, events/dinner, events/second"),
    "docs/story.md": "# A story\n\nIt was so. [@source-one]\n\n"
    "[the days](../content/images/map-one.md)\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_second_day_is_a_day_of_the_summit(cache: Path) -> None:
    page = html(cache, "timeline/", SUMMIT)
    phases = re.split(r"<h2[^>]*>", page)[1:]
    names = {part.partition("<")[0]: part for part in phases}
    assert list(names) == ["Before", "On those days", "After", "Sources"]
    assert "The second talk" in names["On those days"]
    assert "The address" in names["After"]
    told = html(cache, "timeline/", {EVENT: FILES[EVENT]})
    assert "On the day<" in told
    assert "On those days" not in told


def test_the_days_of_the_summit_have_headings_and_their_events_clock_times(cache: Path) -> None:
    page = html(cache, "timeline/", SUMMIT)
    told = page.partition(">On those days</h2>")[2].partition("</section>")[0]
    seen = re.findall(r'<h3 class="group">(.+?)<|<time [^>]*>(.+?)<', told)
    assert ["".join(one) for one in seen] == [
        "15–16 August 2025",
        "15 August 2025", "10:00", "22:30 to 01:10 on 16 August 2025",
        "16 August 2025", "09:00",
    ]  # fmt: skip
    assert '<h3 class="group">' not in html(cache, "timeline/")


def test_what_is_said_of_the_day_is_said_of_days_where_there_are_more(cache: Path) -> None:
    one, two = ({EVENT: FILES[EVENT]}, SUMMIT)
    assert "Roles are as they were on the day." in html(cache, "people/", one)
    assert "Roles are as they were on the first day." in html(cache, "people/", two)
    assert "<dt>Role on the day</dt>" in html(cache, "people/speaker-one/", one)
    assert "<dt>Role on the first day</dt>" in html(cache, "people/speaker-one/", two)


def test_a_block_of_a_day_has_what_lasts_on_it(cache: Path) -> None:
    block = "# A story\n\nIt was so. [@source-one]\n\n```timeline\nfrom: 2025-08-16\nto: %s\n```\n"
    names = [
        re.findall(
            r"<h\d><a [^>]*>(.+?)<", html(cache, "story/", SUMMIT | {"docs/story.md": block % to})
        )
        for to in ("2025-08-16", "2025-08-17")
    ]
    assert names[0] == ["Event One", "The dinner", "The second talk"]
    assert names[1] == [*names[0], "The call"]


def test_people_stand_in_the_order_of_the_main_event(cache: Path) -> None:
    named = "participants: [{person: speaker-one, part: in-the-room}]"
    both = "participants: [{person: %s, part: present}, {person: %s, part: present}]"
    for order in (("speaker-two", "speaker-one"), ("speaker-one", "speaker-two")):
        page = html(cache, "people/", {EVENT: FILES[EVENT].replace(named, both % order)})
        assert re.findall(r'person-name"><a href="([\w-]+)/', page) == [*order]


def test_an_event_is_headed_with_the_time_and_day_of_its_own_place(cache: Path) -> None:
    page = html(cache, "timeline/", SUMMIT)
    assert "18 August 2025, 20:00 Washington</time>" in page
    assert "16:00 Anchorage, 00:00 on 19 August 2025 UTC" in page
    assert "17 August 2025, 02:00 Berlin</time>" in page  # as CLDR calls the zone
    assert "10:00</time>" in page
    assert "Clock times are Anchorage time. Those of UTC follow where they differ. An" in page
    assert "An event elsewhere" not in html(cache, "timeline/")
    own = html(cache, "events/address/", SUMMIT)
    assert "<dt>Date</dt><dd>18 August 2025, 20:00 Washington</dd>" in own
    assert "<dt>Anchorage</dt><dd>15 August 2025, 10:00</dd>" in html(
        cache, "events/first/", SUMMIT
    )


def test_a_zone_of_the_site_keeps_its_label() -> None:
    library = checked({
        **SUMMIT, "content/places/washington.md": "---\nname: Washington\ntime_zone: UTC\n---\n",
        "content/events/address.md": event("A", "2025-08-18T20:00Z", "place: white-house\n"),
    })  # fmt: skip
    address: Event = library.entities(Event)["address"]
    shown = dates.shown(Words(), address, library.clocks(address))
    assert (shown.text, shown.elsewhere) == ("18 August 2025, 20:00 UTC", "12:00 Anchorage")


def test_each_day_of_the_figure_has_its_heading_and_spans_end_after_midnight(cache: Path) -> None:
    page = html(cache, "story/", SUMMIT)
    headings = re.findall(r"(1\d August 2025, Anchorage time)", Read(page).text)
    assert set(headings) == {"15 August 2025, Anchorage time", "16 August 2025, Anchorage time"}
    assert "22:30 to 01:10 on 16 August 2025" in page
    assert page.index(">The dinner<") < page.index(">16 August 2025, Anchorage time<")
