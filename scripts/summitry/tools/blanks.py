"""A file to fill in for each kind: its fields as the model has them, what is required first.

Fields, their forms and what they mean come from the model's JSON Schema. What stands here is what
a model cannot say: an example of a text, and which of two fields a beginner wants.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from textwrap import wrap
from typing import Any

from msgspec import Struct

from summitry.checks.clocks import today
from summitry.checks.placeholders import stands_in
from summitry.content import zones
from summitry.content.kinds import KINDS, Entity, Event, Place
from summitry.content.library import Library
from summitry.content.options import Options
from summitry.content.scalars import quoted

_SHOWN = 5  # ids that are offered
# Needed by the rules of a kind or a part, though no single field of it is required.
_NEEDED = {
    "people": ("evidence",),
    "places": (),
    "facts": ("statement", "evidence"),
    "images": ("drawn", "depicts"),
    "sources": ("url",),
    "Evidence": ("says",),
}
# Instead of what the schema would give; a kind's own before that of all.
_EXAMPLES = {
    "people.name": "Ann Example",
    "people.family": "Example",
    "people.given": "Ann",
    "people.short": "Ann",
    "places.name": "Example Bay",
    "events.name": "Example: the delegations arrive",
    "terms.name": "Example term",
    "quotes.title": "Example: on the weather",
    "quotes.text": "we came by sea because the sea was calm",
    "quotes.speaker": "{unnamed: a delegate}",
    "sources.title": "Example: talks end after two hours",
    "sources.author": "Ann Example",
    "sources.url": "https://news.example/talks-end",
    "images.title": "Example: the harbour",
    "images.license": "CC-BY-4.0",
    "images.creator": "Ann Example",
    "images.credit": "Ann Example",
    "images.alt": "Example: what is to be seen.",
    "images.file": "harbour.jpg",
    "images.focus": "50% 30%",
    "images.caption": "Example: who does what, where and when. [@SOURCE]",
    "facts.unit": "minutes",
    "facts.question": "Example: how long did it last?",
    "facts.we_use": "Two hours",
    "language": "en",
    "same_as": "[https://www.wikidata.org/wiki/Q4115189]",
    "acquire_license_page": "https://news.example/licence",
    "formerly": "[old-id]",
    "value": "Two hours",
    "part": "present",
}
# What the site's main event gives: a time of its first day, in the site's first zone.
_MOMENTS = {"start": time(10), "end": time(11)}
_ON_THE_DAY = ("issued", "said_on", "taken_on", "date", "on")
_TODAY = ("accessed", "read_up_to")
_ARCHIVE = "https://web.archive.org/web/{day:%Y%m%d}000000/https://news.example/talks-end"
_TEXT = "Example: …"
_OPTIONAL = "Not required. Take away the # before what you fill in; delete the rest."
_WIDE = 98  # characters of a line
_PLAIN = re.compile(r"[\[{]|(?!.*(: | #))[\w-]")  # YAML takes it as it is
_LISTED = {"topic": "topics", "side": "sides", "part": "parts"}  # keys of mkdocs.yml


class Blank(Struct, frozen=True):
    """What a file to fill in is made from: the site's ids and lists, and the new thing's id."""

    library: Library
    options: Options
    kind: str
    id: str

    @property
    def text(self) -> str:
        """The file."""
        schema = KINDS[self.kind].model_json_schema(by_alias=True)
        fields, parts = schema["properties"], schema.get("$defs", {})
        needed = KINDS[self.kind].when_needed
        wanted = (*schema.get("required", ()), *_NEEDED.get(self.kind, ()))
        lines = ["---"]
        for key in dict.fromkeys(wanted):
            lines += self._field(key, fields[key], parts, needed.get(key, ""))
        lines += ["", f"# {_OPTIONAL}", ""]
        for key in (one for one in fields if one not in wanted):
            rows = self._field(key, fields[key], parts, needed.get(key, ""))
            lines += [row if row.startswith("# ") else f"#{row}" for row in rows]
        return "\n".join((*lines, "---", ""))

    def _field(
        self, key: str, field: dict[str, Any], parts: dict[str, Any], when: str = ""
    ) -> Iterator[str]:
        """A field with what it is, when it is needed, what could stand there, and an example."""
        form = _form(field)
        about = field.get("description") or form.get("description", "")
        about += f" Needed: {when}." if when else ""
        yield from wrap(about, _WIDE, initial_indent="# ", subsequent_indent="# ")
        near = self._offered(key, form)
        if near:
            yield f"# There are: {', '.join(near)}"
        elif (refers := _refers(form)) and refers != "any" and key != "speaker":
            yield f"# There is none yet: summitry new {refers} ID"
        if "enum" in form:
            yield f"# One of: {', '.join(form['enum'])}"
        part = _part(form, parts)
        if part is None:
            yield f"{key}: {self._example(key, form, near)}"
            return
        yield f"{key}:"
        inner = list(self._part(part, parts))
        opening = next(n for n, line in enumerate(inner) if not line.startswith("#"))
        for number, line in enumerate(inner):
            listed = form.get("type") == "array" and number >= opening
            yield ("  - " if listed and number == opening else "    " if listed else "  ") + line

    def _part(self, part: dict[str, Any], parts: dict[str, Any]) -> Iterator[str]:
        """The fields that a part needs."""
        of_quotation = self.kind == "quotes" and part["title"] == "Evidence"
        more = () if of_quotation else _NEEDED.get(part["title"], ())
        for key in (*part.get("required", ()), *more):
            yield from self._field(key, part["properties"][key], parts)
        if more == _NEEDED["Evidence"]:
            yield "# Or instead of says: exact: with the source's own words, which can be proven."

    def _example(self, key: str, form: dict[str, Any], near: Sequence[str]) -> str:
        found = _EXAMPLES.get(f"{self.kind}.{key}") or _EXAMPLES.get(key) or self._of_site(key)
        if found and not near:
            source = next(iter(self._near("sources")), "sources-id")
            filled = found.replace("SOURCE", source)
            return filled if _PLAIN.match(filled) else quoted(filled)
        refers = _refers(form)
        value = next(iter(near), "") or next(iter(form.get("enum", ())), "")
        value = value or form.get("const", "")
        value = value or (f"{refers}-id" if refers else quoted(_TEXT))
        if form.get("type") in ("boolean", "integer"):
            value = "true" if form["type"] == "boolean" else "1"
        return f"[{value}]" if form.get("type") == "array" else value

    def _of_site(self, key: str) -> str:
        """A day, a time or a position as the main event has it; "" for other keys."""
        main = self.library.items.get(self.options.main) if self.options.main else None
        event = main.entity if main and isinstance(main.entity, Event) else None
        day = min(event.start.first, today()) if event else today()
        zone = self.options.time_zones[0].info if self.options.time_zones else UTC
        if key in _MOMENTS:
            at = datetime.combine(day, _MOMENTS[key], zone)
            return f"{at:%Y-%m-%dT%H:%M}{zones.shown(at.utcoffset() or timedelta(0))}"
        if key in ("latitude", "longitude"):
            where = self.library.items.get(event.place) if event and event.place else None
            return str(getattr(where.entity, key, None) or "0.0") if where else "0.0"
        found = dict.fromkeys(_ON_THE_DAY, str(day)) | dict.fromkeys(_TODAY, str(today()))
        found["time_zone"] = str(zone)
        found["archive_url"] = _ARCHIVE.format(day=day)
        return found.get(key, "")

    def _offered(self, key: str, form: dict[str, Any]) -> list[str]:
        """What may stand there of what the site has: the nearest to the new id first."""
        if key in _LISTED:
            return list(getattr(self.options, _LISTED[key]))
        refers = _refers(form)
        if key == "depicts":
            return [f"places/{one}" for one in self._near("places", drawable=True)]
        if not refers or (self.kind, key) == ("quotes", "speaker"):
            return []
        if refers == "any":
            return [
                f"{kind}/{one}" for kind in ("events", "people") for one in self._near(kind)[:2]
            ]
        return self._near(refers)

    def _near(self, kind: str, drawable: bool = False) -> list[str]:
        """Ids of a kind, the site's own before those that stand in for such, of each the nearest to
        the new one first; of places those that a map can show."""
        items = self.library.of_kind(kind)
        kept = [one for one in items if not drawable or _has_coordinates(one.entity)]
        known = sorted(one.ref.id for one in kept)
        near = difflib.get_close_matches(self.id, known, n=_SHOWN, cutoff=0.3)
        ranked = [*near, *(one for one in known if one not in near)]
        examples = {one.ref.id for one in kept if stands_in(self.library, one)}
        return sorted(ranked, key=lambda one: one in examples)[:_SHOWN]


def _has_coordinates(entity: Entity) -> bool:
    return isinstance(entity, Place) and entity.latitude is not None


def _refers(form: dict[str, Any]) -> str:
    """The kind to which a field refers, `any` or ""."""
    found: str = form.get("x-refers-to") or form.get("items", {}).get("x-refers-to", "")
    return found


def _form(field: dict[str, Any]) -> dict[str, Any]:
    """What a value of a field looks like, where it may also be left out."""
    forms = field.get("anyOf") or field.get("oneOf") or [field]
    return next(one for one in forms if one.get("type") != "null")


def _part(form: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any] | None:
    """The part that a value is, or of which it is a list."""
    name = (form.get("$ref") or form.get("items", {}).get("$ref", "")).rpartition("/")[2]
    return parts.get(name)
