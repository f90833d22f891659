"""Time zones of the tz database: their names, and what they are called on a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from summitry.content.problems import nearest

_LANGUAGES = ("en", "de", "uk", "ru", "fr", "es", "it", "pl")
_ALIKE = 0.75  # of two names: Viena and Vienna are, Moskau and Minsk are not
_YEARS = range(2000, 2038)  # over which names of a zone are looked for


def wrong_name(name: str) -> str:
    """How to mend a name that is no zone of the tz database; "" if it is one."""
    if name in _names():
        return ""
    region, _, city = name.rpartition("/")
    called = city.replace("_", " ").casefold()
    if meant := _cities().get(called):
        return f"did you mean {meant}?"
    there = {one: zone for one, zone in _cities().items() if zone.startswith(f"{region}/")}
    near = nearest(called, there or _cities(), _ALIKE)
    return f"did you mean {_cities()[near]}?" if near else "use an IANA name, such as Europe/Vienna"


@cache
def _names() -> frozenset[str]:
    """The names of the tz database, for which Python walks through its folders each time."""
    return frozenset(available_timezones())


@cache
def _cities() -> dict[str, str]:
    """The zone of each city that names one, as the tz database and some languages call it."""
    found: dict[str, str] = {}
    known = sorted(_names())
    for zone in known:
        found.setdefault(zone.rpartition("/")[2].replace("_", " ").casefold(), zone)
    for language in _LANGUAGES:
        for zone, names in Locale(language).time_zones.items():
            if zone in known and "city" in names:
                found.setdefault(names["city"].casefold(), zone)
    return found


@cache
def abbreviations(name: str) -> frozenset[str]:
    """The abbreviations in letters that a zone had in recent years: AKST and AKDT."""
    zone = ZoneInfo(name)
    days = (datetime(year, month, 1, tzinfo=UTC) for year in _YEARS for month in (1, 7))
    names = {day.astimezone(zone).tzname() or "" for day in days}
    return frozenset(name for name in names if name.isalpha())


def offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    """A zone's offset from UTC at a moment."""
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def shown(difference: timedelta) -> str:
    """An offset as dates have it: `-08:00`."""
    minutes = round(difference.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
