"""What belongs to one site and not to the generator: the plugin's options in mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails

from summitry.content import licences, zones
from summitry.content.problems import nearest, suggestion
from summitry.content.report import safe
from summitry.content.values import Ref, is_id

_ABBREVIATION = re.compile(r"\s*\(([A-Z]{2,5})\)")

_WITHIN = re.compile(r"[\w./%#-]*")
_MAILBOX = re.compile(r"[^\s@<>()\[\]\\,;:\"'?&%/]+@[^\W_][\w.-]*\.[^\W\d_]{2,}")
MOST_NAME = 200  # bytes of a file's or a folder's name; systems take 255


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Zone(_Part):
    """A time zone in which the site shows times."""

    name: str = Field(description="IANA name, such as Europe/Vienna.")
    label: str = Field(
        description="What readers call it, such as Vienna, or Vienna (CEST), which follows the day."
    )

    @field_validator("name")
    @classmethod
    def _known(cls, name: str) -> str:
        if hint := zones.wrong_name(name):
            raise ValueError(f"{name} is not a time zone; {hint}")
        return name

    @field_validator("label")
    @classmethod
    def _of_this_zone(cls, label: str, info: ValidationInfo) -> str:
        known = zones.abbreviations(info.data["name"]) if "name" in info.data else frozenset()
        for found in _ABBREVIATION.findall(label):
            if known and found not in known:
                names = " or ".join(sorted(known))
                raise ValueError(f"{info.data['name']} is never called {found}; write {names}")
        return label

    @property
    def info(self) -> ZoneInfo:
        """The zone's rules."""
        return ZoneInfo(self.name)

    @property
    def place(self) -> str:
        """The label whatever the day: `Vienna` of `Vienna (CEST)`."""
        known = zones.abbreviations(self.name)
        bare = _ABBREVIATION.sub(lambda m: "" if m[1] in known else m[0], self.label)
        return bare.strip() or self.label

    def label_at(self, moment: datetime) -> str:
        """The label at a moment: `Vienna (CEST)` in summer, `Vienna (CET)` in winter."""
        there = moment.astimezone(self.info).tzname() or ""
        known = zones.abbreviations(self.name)
        return re.sub(r"\b[A-Z]{2,5}\b", lambda m: there if m[0] in known else m[0], self.label)


class Clocks(Struct, frozen=True):
    """The zones in which times are told, in their order. `abroad`: the first is not the site's
    first, so times in it say which it is. A zone of no label has none on this site."""

    zones: Sequence[Zone]
    abroad: bool


class MenuItem(_Part):
    """An item of the header or the footer."""

    label: str = Field(description="The words of the link.")
    to: str = Field(description="An address from the site's root, such as quotes/; empty: home.")

    @field_validator("to")
    @classmethod
    def _within(cls, to: str) -> str:
        if to.startswith("/") or not _WITHIN.fullmatch(to):
            raise ValueError(
                f"{to:.80} is not an address from the site's root; write one such as quotes/"
            )
        return to


class Options(_Part):
    """The options of the `summitry` plugin. An unknown one is an error."""

    content_dir: str = Field("content", description="The folder of the entities.")
    cache_dir: str = Field(".cache/summitry", description="Where drawn pictures are kept.")
    main_event: str = Field("", description="The id of the event that the site explains.")
    time_zones: list[Zone] = Field(
        [],
        description="The first is the local one; the second stands beside it in `day-timeline`. An "
        "event in another place is told in the time of that place, and then in these.",
    )
    sides: dict[str, str] = Field({}, description="Sides that a person can be on, with labels.")
    parts: dict[str, str] = Field(
        {},
        description="Parts that a person can have in an event. A label stands beside one person, "
        "and over the list of all who had that part.",
    )
    attended: list[str] = Field(
        [], description="The parts whose people were there, which `listed` or `planned` is not."
    )
    topics: dict[str, str] = Field({}, description="Topics of quotes and facts, with labels.")
    menu: list[MenuItem] = Field([], max_length=5, description="The header's items.")
    story: list[MenuItem] = Field(
        [], description="The story's pages in order: for the footer, the list, next and previous."
    )
    story_page: str = Field(
        "", description="The address of the page that begins the story; empty: the first page."
    )
    footer: list[MenuItem] = Field([], description="The footer's items.")
    outlets: dict[str, str] = Field(
        {},
        description="What a publisher or agency is that belongs to a state or is paid by one, such "
        "as `TASS: Russian state agency`. It stands wherever such a source is named.",
    )
    searched_for_days: int = Field(
        180, ge=1, description="How many days a search stands before it is to be made again."
    )
    review: str = Field("", description="The record of the second reading, a .csv; empty: none.")
    allowed_signers: str = Field(
        "", description="Who may sign confirmations, as ssh-keygen's ALLOWED SIGNERS; empty: none."
    )
    stamp_authorities: str = Field(
        "", description="Certificates of the time stamp authorities trusted, in PEM; empty: none."
    )
    proof_page: str = Field("", description="The address of the page on how the proof works.")
    check_page: str = Field(
        "", description="The address of the page on which readers check a text (block `check`)."
    )
    suggest_page: str = Field(
        "",
        description="The address of the page on which readers write a quotation or a correction "
        "(block `suggest`).",
    )
    day_page: str = Field(
        "", description="The address of the page that tells the day of the main event."
    )
    changes_page: str = Field("", description="The address of the page on what changed.")
    contact_email: str = Field("", description="Where readers report errors.")
    license: str = Field(
        "",
        description="The licence of the site's own text and data: an SPDX id, such as `CC-BY-4.0`, "
        "or an address, which data and pages state for programs; empty: none is stated.",
    )
    rights: str = Field(
        "",
        description="The same in words: one sentence in the footer, in the data and in pictures of "
        "quotations; else the licence's name.",
    )
    search: bool = Field(True, description="Whether the search index is made.")

    @field_validator("contact_email", "license", "rights", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        """A variable of the environment that is set and empty arrives as None."""
        return "" if value is None else value

    @field_validator("content_dir", "cache_dir")
    @classmethod
    def _inside(cls, value: str) -> str:
        path = PurePosixPath(value)
        strange = not value.isprintable() or any(len(p.encode()) > MOST_NAME for p in path.parts)
        if path.is_absolute() or ".." in path.parts or not path.parts or strange:
            raise ValueError(
                f"{value:.80} is not a folder inside the project; write its path from here"
            )
        return str(path)

    @field_validator("review")
    @classmethod
    def _is_record(cls, value: str) -> str:
        path = PurePosixPath(value)
        outside = path.is_absolute() or ".." in path.parts or not value.isprintable()
        if value and (outside or path.suffix != ".csv" or len(path.name.encode()) > MOST_NAME):
            raise ValueError(
                f"{value:.80} is not a .csv file inside the project; write one such as review.csv"
            )
        return str(path) if value else ""

    @field_validator("allowed_signers", "stamp_authorities")
    @classmethod
    def _is_file_inside(cls, value: str) -> str:
        path = PurePosixPath(value)
        if value and (path.is_absolute() or ".." in path.parts or not value.isprintable()):
            raise ValueError(
                f"{value:.80} is not a file inside the project; write its path from here"
            )
        return str(path) if value else ""

    @field_validator("contact_email")
    @classmethod
    def _is_mailbox(cls, value: str) -> str:
        if value and not _MAILBOX.fullmatch(value):
            raise ValueError(f"{value:.80} is not an e-mail address; write one such as desk@a.org")
        return value

    @field_validator("topics")
    @classmethod
    def _are_ids(cls, value: dict[str, str]) -> dict[str, str]:
        for key in value:
            if not is_id(key):
                raise ValueError(
                    f"{key:.80} cannot stand in an address; write lower-case letters, digits and "
                    "single hyphens"
                )
        return value

    @field_validator("license")
    @classmethod
    def _is_licence(cls, value: str) -> str:
        message, hint = licences.fault(value) if value else ("", "")
        if message:
            raise ValueError(f"{message}; {hint}")
        return value

    @field_validator("main_event")
    @classmethod
    def _is_id(cls, value: str) -> str:
        if value and not is_id(value):
            raise ValueError(f"{value} is not an id of an event; write its file's name without .md")
        return value

    @field_validator("attended")
    @classmethod
    def _known_parts(cls, value: list[str], info: ValidationInfo) -> list[str]:
        parts = info.data.get("parts", {})
        for part in value:
            if part not in parts:
                hint = suggestion(part, parts, f"parts: {', '.join(parts) or 'none so far'}")
                raise ValueError(f"{part} is not one of the parts; {hint}")
        return value

    @property
    def terms(self) -> str:
        """What may be done with the site's own text, in words; "" where nothing is stated."""
        return self.rights or licences.shown(self.license)

    @property
    def main(self) -> Ref | None:
        """The event that the site explains."""
        return Ref("events", self.main_event) if self.main_event else None


class WrongOption(NamedTuple):
    """What is wrong with an option: where, as `time_zones.1.label`, what, and how to mend it."""

    at: str
    message: str
    hint: str


def read_options(raw: dict[str, object]) -> tuple[Options | None, list[WrongOption]]:
    """Check the options. Returns them, or all that is wrong with them."""
    try:
        return Options.model_validate(raw), []
    except ValidationError as error:
        found = error.errors(include_url=False)
    misspelt = {(*d["loc"][:-1], nearest(str(d["loc"][-1]), _known_beside(d["loc"])))
                for d in found if d["type"] == "extra_forbidden"}  # fmt: skip
    return None, [_explain(d) for d in found if d["type"] != "missing" or d["loc"] not in misspelt]


def _explain(detail: ErrorDetails) -> WrongOption:
    """One error in our words; none of pydantic's reaches whoever wrote the option."""
    loc, context = detail["loc"], detail.get("ctx", {})
    at, name = ".".join(map(str, loc)), str(loc[-1]) if loc else ""
    match detail["type"]:
        case "extra_forbidden":
            known = _known_beside(loc)
            said = "this is no option", suggestion(name, known, f"options: {', '.join(known)}")
        case "missing":
            said = "it is missing", f"add {name}:"
        case "list_type":
            said = "this must be a list", "begin each item with a dash, or delete the line"
        case "dict_type" | "model_type":
            said = "this must be a mapping", "write its keys below it, each as `key: value`"
        case "string_type":
            said = "this must be text", "write it in quotation marks"
        case "bool_type" | "bool_parsing":
            said = "this is neither true nor false", "write true or false"
        case "int_type" | "int_parsing" | "int_from_float":
            said = "this is no whole number", "write a number in figures, such as 180"
        case "greater_than_equal":
            said = f"this is less than {context['ge']}", f"write {context['ge']} or more"
        case "too_long":
            most = context["max_length"]
            said = f"it has more than {most} items", f"keep {most} of them"
        case "value_error":
            what, _, hint = str(context["error"]).rpartition("; ")
            said = what, hint
        case _:
            said = "this cannot stand here", "write it as the reference of options says"
    return WrongOption(at, safe(said[0]), safe(said[1]))


def _known_beside(loc: tuple[str | int, ...]) -> list[str]:
    """The options that can stand where an unknown one does."""
    inner: dict[str, type[_Part]] = {
        "time_zones": Zone,
        "menu": MenuItem,
        "story": MenuItem,
        "footer": MenuItem,
    }
    model = inner.get(str(loc[0]), Options) if len(loc) > 1 else Options
    return list(model.model_fields)
