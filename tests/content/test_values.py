"""Single values: what is taken, what is refused, and with which words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from summitry.content import zones
from summitry.content.kinds.pieces import AnyRef, PersonRef
from summitry.content.values import (
    Date,
    Focus,
    Id,
    Language,
    Latitude,
    Line,
    Longitude,
    Point,
    Prose,
    Ref,
    Url,
    When,
    Whole,
    is_id,
    when,
)


def read(kind: object, value: object) -> object:
    return TypeAdapter(kind).validate_python(value)


def refused(kind: object, value: object) -> tuple[str, str, str]:
    """Code, message and hint with which a value is refused."""
    with pytest.raises(ValidationError) as error:
        read(kind, value)
    (detail,) = error.value.errors()
    context = detail["ctx"]
    return context["code"], context["text"], context["hint"]


@pytest.mark.parametrize("name", ["a", "a-b", "2025-08", "x" * 80])
def test_ids(name: str) -> None:
    assert is_id(name)
    assert read(Id, name) == name


@pytest.mark.parametrize("name", ["", "A", "a--b", "-a", "a-", "a_b", "é", "x" * 81, "a/b", "a b"])
def test_what_is_no_id(name: str) -> None:
    assert not is_id(name)
    assert refused(Id, name)[0] == "bad-value"


def test_references() -> None:
    assert read(PersonRef, "one") == Ref("people", "one")
    assert read(PersonRef, "people/one") == Ref("people", "one")
    assert read(AnyRef, "events/one") == Ref("events", "one")
    assert refused(PersonRef, "events/one")[::2] == ("wrong-kind", "write an id of people")
    assert refused(AnyRef, "one") == (
        "bad-value", "“one” names no kind", "write kind/id, such as people/…"
    )  # fmt: skip
    assert refused(PersonRef, "One.md")[0] == "bad-value"


@pytest.mark.parametrize("value", [None, ["a"], {"a": "b"}])
@pytest.mark.parametrize("kind", [Id, PersonRef, Line, Prose, Language, Url, Latitude, Whole, Date])
def test_lists_mappings_and_nothing_are_no_single_value(kind: object, value: object) -> None:
    assert refused(kind, value)[0] == "bad-value"


@pytest.mark.parametrize("text", ["1 < 2", "AT&T", "a * b", "[in brackets]", "it’s “so”", "C#"])
def test_lines_are_plain_text(text: str) -> None:
    assert read(Line, f" {text} ") == text


@pytest.mark.parametrize(
    "text", ["<b>x", "</p>", "<!-- x", "<?php", "[a](b)", "[a][b]", "`x`", "**x**", "# x"]
)
def test_markup_in_a_line(text: str) -> None:
    assert refused(Line, text)[0] == "markup-in-text"


def test_a_line_is_one_line_and_says_something() -> None:
    assert refused(Line, "a\nb")[1] == "the text has more than one line"
    assert refused(Line, "  ")[1] == "the value is empty"


def test_prose_is_one_paragraph() -> None:
    assert read(Prose, " a *b*\n  [c](d.md) ") == "a *b* [c](d.md)"
    assert refused(Prose, "\n")[0] == "bad-value"


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (Latitude, "-90", -90.0),
        (Latitude, "61.25", 61.25),
        (Longitude, "180", 180.0),
        (Whole, "7", 7),
    ],
)
def test_numbers(kind: object, text: str, number: float) -> None:
    assert read(kind, text) == number


@pytest.mark.parametrize("text", ["1_0", "1e1", "+1", "0x10", "nan", "inf", "", "1,5", "61.", " 1"])
def test_what_python_takes_for_a_number_and_we_do_not(text: str) -> None:
    assert refused(Latitude, text)[0] == "bad-value"


def test_numbers_outside_their_range() -> None:
    assert refused(Latitude, "90.1") == (
        "out-of-range", "90.1 is outside its range", "degrees north lies between -90 and 90"
    )  # fmt: skip
    assert refused(Longitude, "-180.5")[0] == "out-of-range"
    assert refused(Whole, "0")[0] == "bad-value"


@pytest.mark.parametrize("text", ["en", "pt-BR", "zh-Hant", "sr-Latn-RS", "mkd"])
def test_languages(text: str) -> None:
    assert read(Language, text) == text


@pytest.mark.parametrize("text", ["english", "EN", "en_US", "e", ""])
def test_what_is_no_language(text: str) -> None:
    assert refused(Language, text)[0] == "bad-value"


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "ftp://x", "//x", "https://", "https://a b", 'https://a"b', "x"]
)
def test_what_is_no_web_address(text: str) -> None:
    assert refused(Url, text)[::2] == ("bad-value", "write https://…")


@pytest.mark.parametrize(
    ("text", "unit", "first", "last"),
    [
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-08-15", "day", date(2025, 8, 15), date(2025, 8, 15)),
        ("2025-08-15T23:30-08:00", "minute", date(2025, 8, 15), date(2025, 8, 15)),
    ],
)
def test_dates(text: str, unit: str, first: date, last: date) -> None:
    read_in = when(text)
    assert (read_in.unit, read_in.first, read_in.last, str(read_in)) == (unit, first, last, text)


@pytest.mark.parametrize(
    "text",
    ["2025-02-30", "2025-13", "0000", "15 August 2025", "2025-8-15", "2025-08-15T25:00Z",
     "1755284400", "2025-08-15T11:10", "2025-08-15 11:10Z", "2025-08-15T11:10-24:00", ""],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    code, message, hint = refused(Date, text)
    assert code == "bad-date"
    assert f"“{text}”" in message
    assert hint.startswith("write ")


def test_before_is_certain_only() -> None:
    def before(a: str, b: str) -> bool:
        return when(a).before(when(b))

    assert before("2024", "2025-01-01")
    assert not before("2025", "2025-08-15")
    assert before("2025-08-15T11:10-08:00", "2025-08-15T19:11Z")
    assert not before("2025-08-15T11:10-08:00", "2025-08-15T19:10Z")


YEARS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@given(YEARS, YEARS)
def test_days_sort_as_dates_do(a: date, b: date) -> None:
    ones: tuple[When, When] = when(a.isoformat()), when(b.isoformat())
    assert (ones[0].order < ones[1].order) == (a < b)
    assert ones[0].before(ones[1]) == (a < b)


@pytest.mark.parametrize("text", ["２０２５", "2025-08-１5", "0001-01-01", "9999-12-31"])
def test_other_digits_and_the_ends_of_the_calendar_are_no_dates(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        when(text)


@pytest.mark.parametrize("offset", ["-08:75", "+15:00"])
def test_there_is_no_such_offset(offset: str) -> None:
    with pytest.raises(PydanticCustomError):
        when(f"2025-08-15T10:00{offset}")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Europe/Moskau", "did you mean Europe/Moscow?"),
     ("Europe/Viena", "did you mean Europe/Vienna?"),
     ("Wien", "did you mean Europe/Vienna?"), ("Europe/Kyev", "did you mean Europe/Kyiv?"),
     ("Nowhere/Xyzzy", "use an IANA name, such as Europe/Vienna"), ("Asia/Tokyo", "")],
)  # fmt: skip
def test_a_city_is_known_by_its_name_in_other_languages(name: str, hint: str) -> None:
    assert zones.wrong_name(name) == hint


@pytest.mark.parametrize("text", ["50% 30%", "0% 100%"])
def test_a_point_of_a_picture_is_read_as_shares(text: str) -> None:
    point = read(Focus, text)
    assert isinstance(point, Point)
    assert f"{point.across:.0%} {point.down:.0%}" == str(point) == text


@pytest.mark.parametrize("text", ["", "50%", "50 30", "50%,30%", "101% 5%", "-1% 5%"])
def test_what_is_no_point_of_a_picture_is_refused(text: str) -> None:
    assert refused(Focus, text or "top")[::2] == (
        "bad-value",
        "write how far across and how far down, such as 50% 30%",
    )
