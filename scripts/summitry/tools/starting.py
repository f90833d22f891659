"""`summitry init`: a site of one's own that passes its check, from a few answers.

What it writes says of nothing but the answers that it is so: every sentence begins with the word
for example, in the language of the site, and rests on a source that says that it stands in for
one.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from textwrap import wrap
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from summitry import GUIDE, __version__
from summitry.content import json_schema
from summitry.content.options import Options
from summitry.content.scalars import quoted
from summitry.content.values import MAX_ID, when
from summitry.words.catalogue import ENGLISH, words_of

FOLDER = Path(__file__).parent / "starter"
_FILES = FOLDER / "files"
_DOT = "dot-"  # stands in for the dot of a name, which tools would take for their own
_LEADER, _PLACE = "LEADER", "PLACE"  # in names of files: a file for each, by its id
_TEN = time(10)
# Pages of the guide that hold for any site, and those that are written for a new one.
_OF_GUIDE = (
    *("start.md", "writing.md", "pages.md", "proving.md", "photographs.md", "problems.md"),
    *("editors.md", "hosting.md"),
)
_OWN_GUIDE = ("index.md", "fields.md")
_COMMANDS = {
    ".venv/bin/summitry": "summitry",
    "make check": "summitry check",
    "make serve": "mkdocs serve",
    "make build": "mkdocs build",
    "make capture-tools": "pip install 'summitry[capture]'",
}
# Latin letters that Unicode does not part into a letter and a mark, as names are usually written.
_STROKES = str.maketrans(
    {"ð": "d", "đ": "d", "þ": "th", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i", "ħ": "h",
     "ŋ": "ng", "ŧ": "t", "ə": "e", "ĸ": "k", "ŀ": "l", "ŉ": "n"}
)  # fmt: skip
_LINK = re.compile(r"(?<![!`])\[([^\]\n]+)\]\(([\w./-]+\.md)(?:#[\w-]+)?\)")
# What is of the first site alone: where it has an example, and what was measured there.
_EXAMPLES = "| one of this site |\n"
_MEASURED = re.compile(r"^(#+) (?:What was measured|Large sites: building)\n.*?(?=^#)", re.M | re.S)
_WIDE = 96  # characters of a line of mkdocs.yml


class Leader(Struct, frozen=True):
    """Somebody who leads a side, by the name and the label of the side that were given."""

    id: str
    name: str
    side: str
    side_label: str


class LocalTime(Struct, frozen=True):
    """A time zone by its IANA name, and what readers call it."""

    name: str
    label: str


class Beginning(Struct, frozen=True):
    """What was asked: of the meeting, its place, its people, and the language of the site."""

    summit: str
    title: str
    first_day: date
    last_day: date
    place: str
    latitude: float
    longitude: float
    zones: Sequence[LocalTime]
    leaders: Sequence[Leader]
    language: str


def slug(text: str, otherwise: str) -> str:
    """An id from a name in Latin letters; `otherwise` where it has none."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:MAX_ID].strip("-")
    latin = sum(letter.isascii() for letter in bare if letter.isalpha())
    return found if latin * 2 > sum(letter.isalpha() for letter in bare) else otherwise


def leaders(given: Sequence[tuple[str, str]]) -> list[Leader]:
    """Leaders from names and labels of their sides, each with ids of their own."""
    found = list[Leader]()
    sides = dict[str, str]()
    for number, (name, label) in enumerate(given, 1):
        own = slug(name, f"leader-{number}")
        if any(one.id == own for one in found):
            own = f"{own}-{number}"
        side = sides.setdefault(label, slug(label, f"side-{number}"))
        found.append(Leader(own, name, side, label))
    return found


def city(zone: str, language: str, told: Sequence[str] = ()) -> str:
    """What a language calls the place of a time zone: `Wien`.

    With the accents that it has in what was told of the summit: `Reykjavík`.
    """
    name = words_of(language).city(zone)
    for text in told:
        if found := re.search(rf"\b{re.escape(_bare(name))}\b", _bare(text)):
            return unicodedata.normalize("NFC", text)[slice(*found.span())]
    return name


def _bare(text: str) -> str:
    """A text without the accents of its letters, as long as it was."""
    letters = unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in letters)


def files(answers: Beginning) -> Iterator[tuple[str, str]]:
    """Each file of a new site: its path and its text."""
    for name in json_schema.MODELS:
        yield f".vscode/schemas/{name}.json", json_schema.as_file(name)
    for name in _OF_GUIDE:
        yield f"docs/contribute/{name}", _adapted((GUIDE / name).read_text("utf-8"))
    env = _environment()
    values = _values(answers)
    for path in sorted(_FILES.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(_FILES).as_posix()
        template = env.get_template(name)
        shown = "/".join(re.sub(f"^{_DOT}", ".", part) for part in name.split("/"))
        if _LEADER in shown:
            for one in answers.leaders:
                own = {"name": one.name, "side": one.side}
                yield shown.replace(_LEADER, one.id), template.render(values | own)
        else:
            yield shown.replace(_PLACE, str(values["place_id"])), template.render(values)


def _adapted(page: str) -> str:
    """A page of the first site's guide for another: its commands are those of an installed package,
    and links to pages that the new site does not have are words."""
    for ours, theirs in _COMMANDS.items():
        page = page.replace(ours, theirs)

    def kept(link: re.Match[str]) -> str:
        return link[0] if link[2] in (*_OF_GUIDE, *_OWN_GUIDE) else link[1]

    return _LINK.sub(kept, _MEASURED.sub("", _without_examples(page)))


def _without_examples(page: str) -> str:
    """A page without the last column of tables that lead to examples of the first site."""
    lines, inside = list[str](), False
    for line in page.splitlines(keepends=True):
        inside = line.endswith(_EXAMPLES) or (inside and line.startswith("|"))
        lines.append(line.rstrip("\n").rstrip("|").rpartition("|")[0] + "|\n" if inside else line)
    return "".join(lines)


def _environment() -> Environment:
    env = Environment(  # noqa: S701  # makes YAML and Markdown, and no HTML
        loader=FileSystemLoader(_FILES),
        undefined=StrictUndefined,
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["yaml"] = quoted
    return env


def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))


def _values(answers: Beginning) -> dict[str, object]:
    texts, spoken = _texts(), answers.language.partition("-")[0]
    spoken = spoken if spoken in texts else ENGLISH
    say = texts[spoken]
    words = words_of(answers.language)
    place_id = slug(answers.place, "place")
    days = words.span(when(str(answers.first_day)), when(str(answers.last_day)))
    links = [f"[{one.name}](../content/people/{one.id}.md)" for one in answers.leaders]
    place = f"[{answers.place}](../content/places/{place_id}.md)"
    zone = ZoneInfo(answers.zones[0].name)
    moment = datetime.combine(answers.first_day, _TEN, zone)
    return {
        "say": say,
        "version": __version__,
        "summit": answers.summit,
        "title": answers.title or say["title"].format(summit=answers.summit),
        "first_day": answers.first_day,
        "last_day": answers.last_day,
        "days": days,
        "comma": words("sign.comma"),
        "place": answers.place,
        "place_id": place_id,
        "latitude": f"{answers.latitude:.4f}",
        "longitude": f"{answers.longitude:.4f}",
        "zones": answers.zones,
        "leaders": answers.leaders,
        "language": answers.language,
        "spoken": spoken,
        "today": datetime.now(UTC).date(),
        "moment": moment.isoformat(timespec="minutes"),
        "home": say["home"].format(people=words.list(links), place=place),
        "options": "\n".join(_options(answers, say)),
    }


def _options(answers: Beginning, say: dict[str, str]) -> Iterator[str]:
    """The plugin's options with what each is; those that the answers do not fill, as comments."""
    filled = dict(_filled(answers, say))
    for name, info in Options.model_fields.items():
        yield from (f"      # {line}" for line in wrap(info.description or "", _WIDE))
        default = info.get_default(call_default_factory=True)
        empty = str(default).lower() if isinstance(default, bool) else default or _none(default)
        yield from filled.get(name, [f"      # {name}: {empty}"])


def _none(default: object) -> str:
    return str(default) if default in ([], {}) else '""'


def _filled(answers: Beginning, say: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    words = words_of(answers.language)
    yield "main_event", ["      main_event: summit"]
    rows = [f"{{name: {one.name}, label: {quoted(one.label)}}}" for one in answers.zones]
    yield "time_zones", _list("time_zones", rows)
    yield "sides", _mapping("sides", {one.side: one.side_label for one in answers.leaders})
    yield "parts", _mapping("parts", {"leader": say["leader"]})
    yield "attended", ["      attended: [leader]"]
    yield "topics", _mapping("topics", {"talks": say["topic"]})
    menu = {say["story-label"]: "story/", words("kinds.quotes"): "quotes/"}
    menu[say["timeline"]] = "timeline/"
    menu |= {words(f"kinds.{kind}"): f"{kind}/" for kind in ("people", "sources")}
    yield "menu", _list("menu", [_item(*one) for one in menu.items()])
    yield "story", _list("story", [_item(say["story-label"], "story/")])
    more = {words(f"kinds.{kind}"): f"{kind}/" for kind in _IN_FOOTER}
    footer = {**more, say["about"]: "about/", "Contribute": "contribute/"}
    yield "footer", _list("footer", [_item(*one) for one in footer.items()])
    yield "changes_page", ["      changes_page: about/"]
    yield "contact_email", ["      contact_email: !ENV [CONTACT_EMAIL, '']"]
    yield "rights", [f"      rights: {quoted(say['rights'])}"]


_IN_FOOTER = ("facts", "events", "places", "images", "terms")


def _item(label: str, to: str) -> str:
    return f"{{label: {quoted(label)}, to: {to}}}"


def _list(name: str, rows: Sequence[str]) -> list[str]:
    return [f"      {name}:", *(f"        - {row}" for row in rows)]


def _mapping(name: str, pairs: dict[str, str]) -> list[str]:
    return [f"      {name}:", *(f"        {key}: {quoted(value)}" for key, value in pairs.items())]
