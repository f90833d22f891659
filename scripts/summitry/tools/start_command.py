"""The command `summitry init`: asks what it was not told, and writes a new site."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from summitry.content import languages, zones
from summitry.content.report import safe
from summitry.tools import starting
from summitry.tools.command import say
from summitry.tools.starting import Beginning, LocalTime
from summitry.words.catalogue import ENGLISH

_UNIVERSAL = "UTC"  # beside the zones of the place and of those who came
_MOST = 80  # characters of a name
_MARKS = frozenset('[]<>{}|`*_\\"“”„«»#')


def _name(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A name that can stand in a sentence. Raises click.BadParameter."""
    del context, parameter
    if value is None:
        return None
    text = " ".join(value.split())
    if not text or not text.isprintable() or len(text) > _MOST:
        raise click.BadParameter(f"write a name of 1 to {_MOST} characters")
    if strange := sorted(_MARKS & set(text)):
        raise click.BadParameter(f"write it without {' '.join(strange)}")
    return text


def _names(context: click.Context, parameter: click.Parameter, value: Sequence[str]) -> list[str]:
    return [_leader(context, parameter, one) for one in value]


def _leader(context: Any, parameter: Any, value: str) -> str:
    """A leader and the side, as `Name=Side`. Raises click.BadParameter."""
    text = _name(context, parameter, value) or ""
    if "" in _pair(text):
        raise click.BadParameter(
            f"write it as '{text.strip(' =')}=Side', with the side that is led"
        )
    return text


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    del context, parameter
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter("write a day as 2025-08-15") from None


def _language(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    del context, parameter
    if value is None:
        return None
    message, hint = languages.fault(value)
    if message:
        raise click.BadParameter(f"{message}; {hint}")
    return value


def _zones(context: click.Context, parameter: click.Parameter, value: Sequence[str]) -> list[str]:
    del context, parameter
    for one in value:
        if "," in one:
            raise click.BadParameter(f"{one}: write one zone at a time")
        if hint := zones.wrong_name(one.partition("=")[0].strip()):
            raise click.BadParameter(f"{one} is not a time zone; {hint}")
    return list(value)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--summit", callback=_name, help="What the meeting is called: 'Vienna summit'.")
@click.option(
    "--title",
    callback=_name,
    help="The site’s name; else the meeting’s with “explained”.",
)
@click.option("--day", callback=_day, help="Its day, or its first, as 2025-08-15.")
@click.option("--last-day", callback=_day, help="Its last day, if there are several.")
@click.option("--place", callback=_name, help="Where it is.")
@click.option("--latitude", type=click.FloatRange(-90, 90), help="Degrees north.")
@click.option("--longitude", type=click.FloatRange(-180, 180), help="Degrees east.")
@click.option(
    "--zone",
    "time_zones",
    multiple=True,
    callback=_zones,
    help="A time zone, the place's first: Europe/Vienna, or Europe/Vienna=Wien. UTC is added.",
)
@click.option(
    "--leader",
    "people",
    multiple=True,
    callback=_names,
    help="Who leads a side: 'Name=Side'. Repeatable, in the order to show.",
)
@click.option(
    "--language",
    callback=_language,
    help="Of the site: en, de, uk or ru, else en; with any other its interface is English.",
)
def init(folder: Path, people: list[str], time_zones: list[str], **given: Any) -> None:
    """Write a new site into FOLDER, which passes its check. Asks what it is not told."""
    if folder.exists() and any(one.name != ".git" for one in folder.iterdir()):
        message = f"{folder} is not empty: name a folder that is empty or does not exist yet"
        raise click.ClickException(safe(message))
    answers = _answers(people, time_zones, given)
    written = 0
    for name, text in starting.files(answers):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
        written += 1
    say(f"{written} files are in {folder}. Now:")
    say(f"  cd {folder}")
    say("  summitry check     # lists every problem")
    say("  mkdocs serve       # shows the site, again after every change")


_NEEDED = ("summit", "day", "place", "latitude", "longitude")


def _answers(people: list[str], time_zones: list[str], given: dict[str, Any]) -> Beginning:
    """The options, and answers to what they leave open."""
    told = people and time_zones and None not in [given[one] for one in _NEEDED]
    asking = _can_ask() and not told
    spoken = "In which language is the site (en, de, uk, ru; nothing: en)?"
    language = given["language"] or _or_else(asking, spoken, _language, ENGLISH)
    summit = _asked("--summit", given["summit"], "What is the meeting called?", _name)
    first = _asked("--day", given["day"], "On which day does it begin (2025-08-15)?", _day)
    ends = "On which day does it end (nothing: on the same)?"
    last = given["last_day"] or _or_else(asking, ends, _day, first)
    if last < first:
        raise click.UsageError("--last-day lies before --day")
    place = _asked("--place", given["place"], "Where is it?", _name)
    latitude = _asked("--latitude", given["latitude"], "How many degrees north?", _degrees(90))
    longitude = _asked("--longitude", given["longitude"], "How many degrees east?", _degrees(180))
    here = "In which time zone is that (Europe/Vienna)?"
    named = list(time_zones) or _row("--zone", here, "Which other zone is shown", _one_zone)
    named += [] if _UNIVERSAL in map(_zone_of, named) else [_UNIVERSAL]
    clocks = [LocalTime(_zone_of(one), _label(one, language, [summit, place])) for one in named]
    leads = "Who leads a side (Name=Side)?"
    pairs = [_pair(one) for one in people or _row("--leader", leads, "Who else", _leader)]
    return Beginning(
        summit=summit,
        title=given["title"] or "",
        first_day=first,
        last_day=last,
        place=place,
        latitude=latitude,
        longitude=longitude,
        zones=clocks,
        leaders=starting.leaders(pairs),
        language=language,
    )


def _can_ask() -> bool:
    return sys.stdin.isatty()


_Reader = Callable[[Any, Any, Any], Any]


def _asked(option: str, value: Any, question: str, read: _Reader) -> Any:
    """What was given, or the answer to a question on a terminal. Raises click.UsageError."""
    if value is not None:
        return value
    if not _can_ask():
        raise click.UsageError(f"{option} is missing, and nobody can be asked")
    return click.prompt(question, prompt_suffix=" ", value_proc=lambda text: read(None, None, text))


def _or_else(asking: bool, question: str, read: _Reader, otherwise: Any) -> Any:
    """The answer to a question that may be left open; where nobody is asked, what it comes to."""
    if not asking:
        return otherwise
    return click.prompt(
        question,
        default="",
        show_default=False,
        prompt_suffix=" ",
        value_proc=lambda text: read(None, None, text) if text.strip() else otherwise,
    )


def _row(option: str, question: str, more: str, read: _Reader) -> list[str]:
    """One answer, and others until there is none."""
    found = [_asked(option, None, question, read)]
    while answer := _or_else(True, f"{more} (nothing: that is all)?", read, ""):
        found.append(answer)
    return found


def _degrees(most: int) -> _Reader:
    bounds = click.FloatRange(-most, most)
    return lambda context, parameter, text: bounds.convert(text, parameter, context)


def _one_zone(context: Any, parameter: Any, text: str) -> str:
    return _zones(context, parameter, [text])[0]


def _zone_of(text: str) -> str:
    return text.partition("=")[0].strip()


def _label(text: str, language: str, told: Sequence[str]) -> str:
    """What readers call a zone: as it was told, else its place in their language."""
    name, label = _pair(text)
    return label or (name if name == _UNIVERSAL else starting.city(name, language, told))


def _pair(text: str) -> tuple[str, str]:
    name, _, label = (part.strip() for part in text.partition("="))
    return name, label
