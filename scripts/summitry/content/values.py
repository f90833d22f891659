"""The forms that a single value may take: ids, references, dates, addresses, plain text.

Every scalar arrives as a string. Each form below checks it by a pattern of our own before
pydantic sees it (pydantic takes `1_0` for a number and seconds since 1970 for a date), and
raises `PydanticCustomError(code, message, {"hint": …})`, where code is one of
`problems.CATALOGUE`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

from msgspec import Struct
from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from summitry.content import languages, licences, webaddress, zones
from summitry.content.meant_dates import FORMS, meant

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_ID = 80  # characters
_ID = re.compile(ID_PATTERN)
_TAG = re.compile(r"<[A-Za-z/!?]")
_MARKDOWN = re.compile(r"\]\(|\]\[|`|\*\*|!\[|^#{1,6} ", re.MULTILINE)
_NUMBER = re.compile(r"^-?\d{1,4}(\.\d{1,8})?$", re.ASCII)
_WHOLE = re.compile(r"^[1-9]\d{0,4}$", re.ASCII)
_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$", re.ASCII)
_TIME = re.compile(r"^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?$", re.ASCII)
# Editors read YAML with types of their own, so a year or a date may look like a number there.
_SCALAR: dict[str, Any] = {"type": ["string", "integer", "number"]}


IN_QUOTES = "write it in quotes"  # the schema knows of what


def wrong(code: str, message: str, hint: str = "", at: str = "") -> PydanticCustomError:
    """An error that pydantic carries out with its location; `at` names a key below that."""
    return PydanticCustomError(
        "summitry", "{text}", {"code": code, "text": message, "hint": hint, "at": at}
    )


def is_id(text: str) -> bool:
    """Whether `text` can be an id: lower-case letters, digits and single hyphens."""
    return bool(_ID.match(text)) and len(text) <= MAX_ID


class Ref(NamedTuple):
    """A reference to an entity: its kind (a folder's name) and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.id}"


@lru_cache(1 << 16)
def ref_of(name: str) -> Ref:
    """The reference that has a name: the opposite of `str`."""
    kind, _, rest = name.partition("/")
    return Ref(kind, rest)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        raise wrong("bad-value", "the value is empty", "write a value or delete the key")
    shape = "a list" if isinstance(value, list) else "a mapping"
    raise wrong("bad-value", f"{shape} stands where a single value is expected", IN_QUOTES)


class RefersTo:
    """Marks a field as a reference to an entity of `kind`, or of any kind.

    Of one kind contributors write an id, of any kind `kind/id`.
    """

    def __init__(self, kind: str | None = None) -> None:
        self.kind = kind

    def read(self, value: object) -> Ref:
        """Read what a contributor wrote."""
        if isinstance(value, Ref):
            return value
        text = _text(value)
        given, slash, name = text.rpartition("/")
        if self.kind is None and not slash:
            raise wrong("bad-value", f"“{text}” names no kind", "write kind/id, such as people/…")
        found = given or (self.kind or "")
        if self.kind is not None and found != self.kind:
            hint = f"write an id of {self.kind}"
            raise wrong("wrong-kind", f"“{text}” is not one of {self.kind}", hint)
        if not is_id(name):
            raise wrong("bad-value", f"“{name}” is not an id", "use a file's name without .md")
        return Ref(found, name)

    def write(self, ref: Ref) -> str:
        """Write a reference as a contributor would."""
        return str(ref) if self.kind is None else ref.id

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        del source, handler
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> JsonSchemaValue:
        del schema, handler
        pattern = r"^[a-z]+/[a-z0-9-]+$" if self.kind is None else ID_PATTERN
        return {**_SCALAR, "pattern": pattern, "x-refers-to": self.kind or "any"}


def _line(value: object) -> str:
    text = _text(value).strip()
    if not text:
        raise wrong("bad-value", "the value is empty", "write a value or delete the key")
    if "\n" in text:
        raise wrong("bad-value", "the text has more than one line", "write it on one line")
    if _TAG.search(text) or _MARKDOWN.search(text):
        raise wrong("markup-in-text", "markup stands in a plain-text field", "write plain words")
    return text


class ProseText(str):
    """Prose in front matter: one paragraph of inline Markdown, checked like a page's.

    `file` is where it stands, as links in it are read from there; the library says it.
    """

    __slots__ = ("file",)
    file: str


def _prose(value: object) -> ProseText:
    text = " ".join(_text(value).split())
    if not text:
        raise wrong("bad-value", "the text is empty", "write it or delete the key")
    return ProseText(text)


def _without(fault: Callable[[str], tuple[str, str]]) -> Callable[[object], str]:
    """Reads a text that has no fault: `fault` says what is wrong, or "", and how to mend it."""

    def read(value: object) -> str:
        text = _text(value)
        message, hint = fault(text)
        if message:
            raise wrong("bad-value", message, hint)
        return text

    return read


class Address(str):
    """A web address; whether it is that of a public page is looked at in the checks."""

    __slots__ = ()


class ArchiveAddress(Address):
    """The address of an archived copy."""

    __slots__ = ()


def _address(of: type[Address]) -> Callable[[object], Address]:
    def read(value: object) -> Address:
        text = _text(value)
        if webaddress.fault(text) == webaddress.NONE:
            raise wrong("bad-value", f"“{text}” {webaddress.NONE}", "write https://…")
        return of(text)

    return read


def _time_zone(value: object) -> str:
    text = _text(value)
    if hint := zones.wrong_name(text):
        raise wrong("bad-value", f"“{text}” is not a time zone", hint)
    return text


def _number(low: float, high: float, unit: str) -> Callable[[object], float]:
    def check(value: object) -> float:
        text = _text(value)
        if not _NUMBER.match(text):
            raise wrong("bad-value", f"“{text}” is not a number", f"write {unit}, such as 61.25")
        if not low <= float(text) <= high:
            hint = f"{unit} lies between {low:g} and {high:g}"
            raise wrong("out-of-range", f"{text} is outside its range", hint)
        return float(text)

    return check


def _point(value: object) -> Point:
    text = _text(value)
    found = re.match(_POINT, text)
    if not found:
        hint = "write how far across and how far down, such as 50% 30%"
        raise wrong("bad-value", f"“{text}” is not a point of a picture", hint)
    return Point(text, int(found[1]) / 100, int(found[2]) / 100)


def _whole(value: object) -> int:
    text = _text(value)
    if not _WHOLE.match(text):
        raise wrong("bad-value", f"“{text}” is not a whole number from 1", "count from 1")
    return int(text)


def _an_id(value: object) -> str:
    text = _text(value)
    if not is_id(text):
        raise wrong("bad-value", f"“{text}” is not an id", "lower-case letters, digits, hyphens")
    return text


class Point(Struct, frozen=True):
    """A point of a picture as written; `across` and `down` are shares of its sides, 0 to 1."""

    text: str
    across: float
    down: float

    def __str__(self) -> str:
        return self.text


class When(Struct, frozen=True):
    """A date of EDTF level 0: a year, a month, a day, or a moment with its UTC offset.

    `first` is the earliest day it can mean; `moment` is set for a moment only, in the
    offset that was written, which is the local time of the place.
    """

    text: str
    unit: str  # "year", "month", "day" or "minute"
    first: date
    last: date
    moment: datetime | None = None

    @property
    def order(self) -> tuple[date, datetime]:
        """What to sort by: the day as written, then the moment, undated times first."""
        earliest = datetime.min.replace(tzinfo=UTC)
        return (self.first, self.moment.astimezone(UTC) if self.moment else earliest)

    def before(self, other: When) -> bool:
        """Whether this certainly lies before `other`."""
        if self.moment and other.moment:
            return self.moment < other.moment
        return self.last < other.first

    def __str__(self) -> str:
        return self.text


def when(value: object) -> When:
    """Read a date or a moment. A moment needs its offset from UTC."""
    if isinstance(value, When):
        return value
    text = _text(value)
    try:
        if match := _TIME.match(text):
            return _moment(text, match)
        if match := _DATE.match(text):
            return _date(text, match)
    except PydanticCustomError:  # a ValueError too, which says all that is to be said
        raise
    except ValueError as error:
        raise wrong("bad-date", f"“{text}” is not a date: {error}", FORMS) from None
    raise wrong("bad-date", f"“{text}” is not a date", meant(text))


def _date(text: str, match: re.Match[str]) -> When:
    year = _year(match[1])
    if not match[2]:
        return When(text, "year", date(year, 1, 1), date(year, 12, 31))
    month = int(match[2])
    if not match[3]:
        first = _day(year, month, 1)
        return When(text, "month", first, date(year, month, calendar.monthrange(year, month)[1]))
    day = _day(year, month, int(match[3]))
    return When(text, "day", day, day)


def _moment(text: str, match: re.Match[str]) -> When:
    year = _year(match[1])
    month, day, hour, minute = (int(part) for part in match.groups()[1:5])
    if match[7] is None:
        raise wrong("bad-date", f"“{text}” has no offset from UTC", meant(text))
    zone = timezone(_offset(match[7]))
    _day(year, month, day)
    if hour > 23 or minute > 59 or int(match[6] or 0) > 59:
        raise ValueError("clocks have no such time")
    moment = datetime(year, month, day, hour, minute, int(match[6] or 0), tzinfo=zone)
    return When(text, "minute", moment.date(), moment.date(), moment)


def _day(year: int, month: int, day: int) -> date:
    """A day of the calendar. Raises ValueError with what there is not."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"{year}-{month:02} has no day {day}")
    return date(year, month, day)


def _year(text: str) -> int:
    """A year of recorded diplomacy: far from the ends of the calendar in every time zone."""
    year = int(text)
    if not 1000 <= year <= 2999:
        raise ValueError("the year is not between 1000 and 2999")
    return year


def _offset(text: str) -> timedelta:
    if text == "Z":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 14 or minutes > 59:
        raise ValueError("there is no such offset from UTC")
    return (-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)


Id = Annotated[str, BeforeValidator(_an_id), WithJsonSchema({**_SCALAR, "pattern": ID_PATTERN})]
Line = Annotated[str, BeforeValidator(_line), WithJsonSchema(_SCALAR)]
Prose = Annotated[ProseText, PlainValidator(_prose), WithJsonSchema(_SCALAR)]
Language = Annotated[str, BeforeValidator(_without(languages.fault)), WithJsonSchema(_SCALAR)]
_ADDRESS = WithJsonSchema({**_SCALAR, "format": "uri"})
Url = Annotated[Address, PlainValidator(_address(Address)), _ADDRESS]
ArchiveUrl = Annotated[ArchiveAddress, PlainValidator(_address(ArchiveAddress)), _ADDRESS]
_POINT = r"^(100|\d\d?)% (100|\d\d?)%$"
Focus = Annotated[
    Point,
    PlainValidator(_point),
    PlainSerializer(str),
    WithJsonSchema({**_SCALAR, "pattern": _POINT}),
]
License = Annotated[str, BeforeValidator(_without(licences.fault)), WithJsonSchema(_SCALAR)]
TimeZone = Annotated[str, BeforeValidator(_time_zone), WithJsonSchema(_SCALAR)]
Latitude = Annotated[
    float, BeforeValidator(_number(-90, 90, "degrees north")), WithJsonSchema(_SCALAR)
]
Longitude = Annotated[
    float, BeforeValidator(_number(-180, 180, "degrees east")), WithJsonSchema(_SCALAR)
]
Amount = Annotated[float, BeforeValidator(_number(0, 1e9, "a number")), WithJsonSchema(_SCALAR)]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema(_SCALAR)]
Date = Annotated[When, PlainValidator(when), PlainSerializer(str), WithJsonSchema(_SCALAR)]
