"""What somebody meant by a date of another form: `11 October 1986`, `1986-10-11 10:30`.

Only what has one meaning is guessed, so `10/11/1986` is not: it is two days in two countries.
"""

from __future__ import annotations

import re
from datetime import date, time
from functools import cache

from babel import Locale

OFFSET = "±hh:mm"
"""Stands in a hint for an offset from UTC that only the site's time zones tell."""
FORMS = f"write YYYY-MM-DD, YYYY-MM, YYYY, or YYYY-MM-DDThh:mm{OFFSET} with the offset from UTC"
_LANGUAGES = ("en", "de", "uk", "ru", "fr", "es", "it", "pl")  # in which months are known
_CLOCK = re.compile(r"[T,]?\s*(?:at )?(\d{1,2}):(\d\d)(?::\d\d)?$")
_OFFSET = re.compile(r"\s*(?:([+-])(\d\d):?(\d\d)|(Z|UTC|GMT))$")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
_IN_WORDS = re.compile(
    r"(?:(\d{1,2})\.?\s+)?(?:de\s+)?([^\W\d]+)\.?(?:\s+(\d{1,2}))?,?\s+(?:de\s+)?(\d{4})$"
)


def meant(text: str) -> str:
    """How to write a date: the one that is meant where that can be told, else the forms."""
    rest, offset = text.strip(), ""
    if rest and (found := _OFFSET.search(rest)) and ":" in rest[: found.start()]:
        offset = "Z" if found[4] else f"{found[1]}{found[2]}:{found[3]}"
        rest = rest[: found.start()]
    clock = _CLOCK.search(rest)
    day = _day((rest[: clock.start()] if clock else rest).strip().rstrip(","))
    if not day or (clock and len(day) < len("YYYY-MM-DD")):
        return FORMS
    if not clock:
        return f"write {day}"
    if int(clock[1]) > time.max.hour or int(clock[2]) > time.max.minute:
        return FORMS
    return f"write {day}T{int(clock[1]):02}:{clock[2]}{offset or OFFSET}"


def _day(text: str) -> str:
    """A day or a month as `1986-10-11` or `1986-10`; "" where it is none or could be two."""
    if found := _YEAR_FIRST.match(text):
        return _real(found[1], found[2], found[3])
    if found := _DAY_FIRST.match(text):
        return _real(found[3], found[2], found[1])
    if (found := _IN_WORDS.match(text)) and not (found[1] and found[3]):
        month = _months().get(found[2].casefold(), 0)
        return _real(found[4], str(month), found[1] or found[3])
    return ""


def _real(year: str, month: str, day: str | None) -> str:
    try:
        whole = date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return f"{whole}" if day else f"{whole:%Y-%m}"


@cache
def _months() -> dict[str, int]:
    """The names of months, whole and short, in some languages; none has two meanings there."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for form in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in form.get(width, {}).items():
                    found.setdefault(name.casefold().rstrip("."), number)
    return found
