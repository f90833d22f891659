"""What is meant by a date of another form, and where nothing is guessed."""

from __future__ import annotations

import pytest
from small_site import FILES, OPTIONS, examined
from summitry.content.meant_dates import FORMS, OFFSET, meant


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1986-10-11 10:30", f"1986-10-11T10:30{OFFSET}"),
        ("1986-10-11T10:30", f"1986-10-11T10:30{OFFSET}"),
        ("1986-10-11 9:05+0300", "1986-10-11T09:05+03:00"),
        ("1986-10-11 10:30 UTC", "1986-10-11T10:30Z"),
        ("11 October 1986", "1986-10-11"),
        ("October 11, 1986", "1986-10-11"),
        ("11 October 1986, 10:30", f"1986-10-11T10:30{OFFSET}"),
        ("11. Oktober 1986", "1986-10-11"),
        ("11 октября 1986", "1986-10-11"),
        ("11 жовтня 1986", "1986-10-11"),
        ("Oct 1986", "1986-10"),
        ("11.10.1986", "1986-10-11"),
        ("1986/10/1", "1986-10-01"),
        ("1986-9-1", "1986-09-01"),
    ],
)
def test_what_is_meant_is_written(text: str, right: str) -> None:
    assert meant(text) == f"write {right}"


@pytest.mark.parametrize(
    "text",
    ["10/11/1986", "31 June 1986", "soon", "", "1986-10 10:30", "1986-10-11 25:00", "11 1986",
     "3 May 4 1986", "1986-13-11", "10:30"],
)  # fmt: skip
def test_nothing_is_guessed(text: str) -> None:
    assert meant(text) == FORMS


def test_the_offset_is_that_of_the_site_on_that_day() -> None:
    path = "content/events/event-one.md"
    for given, offset in (("2025-08-15 11:10", "-08:00"), ("2025-01-15T11:10", "-09:00")):
        text = FILES[path].replace("2025-08-15T11:10-08:00", given)
        found = [one for one in examined({path: text}).problems if one.code == "bad-date"]
        moment = given.replace(" ", "T")
        assert [one.hint for one in found] == [
            f"write {moment}{offset} (the offset of {OPTIONS.time_zones[0].place})"
        ]
