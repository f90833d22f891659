"""The words of the interface in a language: each by its key, from a file in `catalogues/`.

Plurals, lists, numbers, dates and names of languages come from CLDR, by Babel. English is the
catalogue that says which keys there are; it stands in for what another language lacks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup
from msgspec import Struct

from summitry.content.values import When
from summitry.words.sentences import with_stops

FOLDER = Path(__file__).parent / "catalogues"
ENGLISH = "en"
Forms = Mapping[str, str]
"""A text that counts: its forms by CLDR's category of plurals."""


class Catalogue(Struct, frozen=True):
    """What a file says: the texts by key, and how the language writes what is between them.

    `day` and `month` are CLDR patterns, where those of the locale do not fit into sentences.
    """

    name: str
    native: bool
    locale: Locale
    small: bool
    numbers: tuple[str, ...] = ()
    day: str = ""
    month: str = ""
    texts: Mapping[str, str | Forms] = {}


@cache
def catalogue(language: str) -> Catalogue | None:
    """The catalogue of a language by its BCP 47 tag, or of the language without its region."""
    for name in (language, language.partition("-")[0]):
        path = FOLDER / f"{name.lower()}.toml"
        if name.replace("-", "").isalnum() and path.is_file():
            return _read(tomllib.loads(path.read_text("utf-8")))
    return None


def _read(data: dict[str, Any]) -> Catalogue:
    sections = {name: value for name, value in data.items() if isinstance(value, dict)}
    head = {name: value for name, value in data.items() if name not in sections}
    texts = {f"{s}.{key}": text for s, keys in sections.items() for key, text in keys.items()}
    locale = Locale.parse(head.pop("locale"), sep="-")
    return Catalogue(
        **head | {"numbers": tuple(head.get("numbers", ()))}, locale=locale, texts=texts
    )


def _english() -> Catalogue:
    found = catalogue(ENGLISH)
    if found is None:
        raise FileNotFoundError(f"{FOLDER} has no {ENGLISH}.toml")
    return found


class Words:
    """The words of one language: `words("quote.context")`, `words.count("counted.facts", 3)`."""

    def __init__(self, language: str = ENGLISH) -> None:
        """Any BCP 47 tag will do: what no catalogue has is said in English."""
        english, own = _english(), catalogue(language)
        self.language = language
        self._own = own or english
        self._texts = {**english.texts, **self._own.texts}
        self.missing = sorted(english.texts.keys() - (own.texts.keys() if own else set()))
        self._english = english
        # What pages say over and over, as it was said first.
        self._said: dict[str, str] = {}
        self._days: dict[tuple[date, str, Locale], str] = {}

    @property
    def spoken(self) -> str:
        """The tag of the language in which the interface speaks: not always the site's."""
        return str(self._own.locale).replace("_", "-")

    @property
    def rtl(self) -> bool:
        """Whether the site's language is written from right to left."""
        return _direction(self.language) == "rtl"

    def turned(self, tag: str) -> str:
        """`ltr` or `rtl` for a language that is not written the way the site's is, else ""."""
        other = _direction(tag)
        return other if other != _direction(self.language) else ""

    @property
    def notes(self) -> list[str]:
        """What an editor should know of these words."""
        if self._own is self._english and self.missing:
            return [f"no catalogue is in {self.language}: the words of the interface are English"]
        found = []
        if self.missing:
            keys = ", ".join(self.missing)
            found.append(f"the interface is English where {self._own.name} lacks words: {keys}")
        if not self._own.native:
            found.append(f"nobody whose language is {self._own.name} has read the interface yet")
        return found

    # Texts

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values; markup if one of them is. Raises KeyError."""
        if not values and (said := self._said.get(key)) is not None:
            return said
        text = self._texts[key]
        if not isinstance(text, str):
            raise KeyError(f"{key} counts something")
        found = _filled(text, values)
        if not values:
            self._said[key] = found
        return found

    def count(self, key: str, number: int, **values: object) -> str:
        """The text of a key that counts, in the form for `number`. Raises KeyError."""
        forms, source = self._texts[key], self._source(key)
        if isinstance(forms, str):
            raise KeyError(f"{key} counts nothing")
        form = forms[source.locale.plural_form(number)]
        spelt = source.numbers[number] if 0 <= number < len(source.numbers) else number
        return _filled(form, {"count": number, "spelt": spelt, **values})

    def _source(self, key: str) -> Catalogue:
        return self._own if key in self._own.texts else self._english

    @cached_property
    def script(self) -> dict[str, str | Forms]:
        """What the page's script says, by the names in [script]; it chooses forms by `locale`."""
        found = self.sections("script")
        return {
            "locale": self.spoken,
            **{key.removeprefix("script."): text for key, text in found.items()},
        }

    def sections(self, *names: str) -> dict[str, str | Forms]:
        """The texts of some sections by key, for a script of its own."""
        kept = tuple(f"{name}." for name in names)
        return {key: text for key, text in self._texts.items() if key.startswith(kept)}

    @property
    def letters(self) -> Iterator[str]:
        """Every text, for a typeface that is to have all their letters."""
        for text in self._texts.values():
            yield from [text] if isinstance(text, str) else text.values()

    def small(self, name: str) -> str:
        """A name of a kind or page inside a sentence: `people`, but `Personen`."""
        return name.lower() if self._own.small else name

    # What CLDR knows

    def list(self, items: Sequence[str]) -> str:
        """`a, b and c`."""
        return format_list(items, locale=self._own.locale)

    def row(self, parts: Iterable[str]) -> str:
        """What there is of some parts, with commas: `a, b, c`."""
        return self("sign.comma").join(part for part in parts if part)

    def number(self, value: float, decimals: int | None = None) -> str:
        """`1,500`, with as many decimals as it has, or exactly as many as are asked for."""
        pattern = "#,##0." + ("#" * 6 if decimals is None else "0" * decimals)
        return format_decimal(value, pattern, self._own.locale)

    def day(self, value: date) -> str:
        """`15 August 2025`."""
        return self._date(value, self._own.day or "long", self._own.locale)

    def _date(self, value: date, form: str, locale: Locale) -> str:
        key = value, form, locale
        if key not in self._days:
            self._days[key] = format_date(value, form, locale)
        return self._days[key]

    def long(self, when: When) -> str:
        """A date in words, as exact as it was written; the time of a moment is left out."""
        if when.unit == "year":
            return str(when.first.year)
        if when.unit != "month":
            return self.day(when.first)
        if self._own.month:
            return self._date(when.first, self._own.month, self._own.locale)
        return format_skeleton("yMMMM", when.first, locale=self._own.locale)

    def span(self, first: When, last: When) -> str:
        """`11–12 October 1986`: from one date to another, as CLDR shortens them in one year.

        Two of other exactness, or of two years, stand in full.
        """
        same = "day" if "month" not in (units := {_unit(first), _unit(last)}) else "month"
        if units != {same} or first.first.year != last.first.year:
            return self("time.to", first=self.long(first), last=self.long(last))
        if first.first == last.first:
            return self.long(first)
        field = "M" if first.first.month != last.first.month else "d"
        own = self._own.month if same == "month" else self._own.day
        patterns = self._own.locale.interval_formats["yMMMM" if same == "month" else "yMMMd"][field]
        days = zip((first.first, last.first), patterns, strict=True)
        return "".join(
            format_date(day, _in_full(pattern, own, close=field == "d"), self._own.locale)
            for day, pattern in days
        )

    def city(self, zone: str) -> str:
        """The city by which CLDR calls a time zone: `Berlin` of Europe/Berlin."""
        return get_timezone_location(ZoneInfo(zone), locale=self._own.locale, return_city=True)

    def printed_day(self, value: date, exact: bool = True) -> str:
        """`August 15, 2025`, or without its day: as bibliographies print it."""
        if exact:
            return self._date(value, "long", self._bibliographic)
        return format_skeleton("yMMMM", value, locale=self._bibliographic)

    def printed_without_year(self, value: date, exact: bool = True) -> str:
        """`August 15`, or the month alone."""
        if exact:
            return format_skeleton("MMMMd", value, locale=self._bibliographic)
        return format_date(value, "LLLL", self._bibliographic)

    @cached_property
    def _bibliographic(self) -> Locale:
        """The locale, but for English America's, whose styles of citing are."""
        return Locale("en", "US") if self._own.locale.language == ENGLISH else self._own.locale

    def language_name(self, tag: str) -> str:
        """`Russian`, `Traditional Chinese`: the interface's name of a language, or CLDR's English
        one where it has no other; the tag of what CLDR does not know."""
        language, *more = tag.split("-")
        forms = [f"{language}_{part}" for part in more] + [language]
        known = (one.locale.languages for one in (self._own, self._english))
        return next((names[form] for names in known for form in forms if form in names), tag)


@cache
def _direction(tag: str) -> str:
    """`ltr` or `rtl`; a language that CLDR does not know is written from left to right."""
    try:
        return str(Locale.parse(tag, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _filled(text: str, values: Mapping[str, object]) -> str:
    text, values = with_stops(text, values)
    markup = any(isinstance(value, Markup) for value in values.values())
    return (Markup(text) if markup else text).format(**values)  # noqa: S704  # a text of ours


def _unit(when: When) -> str:
    return "day" if when.unit == "minute" else when.unit


def _in_full(pattern: str, own: str, close: bool) -> str:
    """A part of CLDR's pattern with the month in full and the year as the catalogue's own has it.

    CLDR's thin spaces would be no blank to who searches the page: days stand `close` to the dash.
    """
    pattern = re.sub(r"(?<![ML])(M|L)\1\1(?![ML])", r"\1\1\1\1", pattern)
    if year := own[own.find("y") :] if own else "":
        pattern = re.sub(r"y.*", lambda _: year, pattern)
    return pattern.replace("\u2009", "" if close else " ")


@cache
def words_of(language: str) -> Words:
    """The words of a language, read once."""
    return Words(language)


def capital(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
