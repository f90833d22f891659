"""What belongs to one site and not to the generator: the plugin's options in mkdocs.yml."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from summitry.content import zones
from summitry.content.problems import nearest, suggestion
from summitry.content.report import safe
from summitry.content.values import Ref, is_id

_ABBREVIATION = re.compile(r"\s*\(([A-Z]{2,5})\)")

_WITHIN = re.compile(r"[\w./%#-]*")
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
                raise ValueError(f"{info.data['name']} is never called {found}, but {names}")
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


class MenuItem(_Part):
    """An item of the header or the footer."""

    label: str = Field(description="The words of the link.")
    to: str = Field(description="An address from the site's root, such as quotes/; empty: home.")

    @field_validator("to")
    @classmethod
    def _within(cls, to: str) -> str:
        if to.startswith("/") or not _WITHIN.fullmatch(to):
            raise ValueError(f"{to:.80} is not an address from the site's root, such as quotes/")
        return to


class Options(_Part):
    """The options of the `summitry` plugin. An unknown one is an error."""

    content_dir: str = Field("content", description="The folder of the entities.")
    cache_dir: str = Field(".cache/summitry", description="Where drawn pictures are kept.")
    main_event: str = Field("", description="The id of the event that the site explains.")
    time_zones: list[Zone] = Field([], description="The first is the local one.")
    sides: dict[str, str] = Field({}, description="Sides that a person can be on, with labels.")
    parts: dict[str, str] = Field({}, description="Parts that a person can have in an event.")
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
    rights: str = Field("", description="One sentence in the footer on reuse.")
    search: bool = Field(True, description="Whether the search index is made.")

    @field_validator("contact_email", "rights", mode="before")
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
            raise ValueError(f"{value:.80} is not a folder inside the project")
        return str(path)

    @field_validator("review")
    @classmethod
    def _is_record(cls, value: str) -> str:
        path = PurePosixPath(value)
        outside = path.is_absolute() or ".." in path.parts or not value.isprintable()
        if value and (outside or path.suffix != ".csv" or len(path.name.encode()) > MOST_NAME):
            raise ValueError(f"{value:.80} is not a .csv file inside the project")
        return str(path) if value else ""

    @field_validator("allowed_signers", "stamp_authorities")
    @classmethod
    def _is_file_inside(cls, value: str) -> str:
        path = PurePosixPath(value)
        if value and (path.is_absolute() or ".." in path.parts or not value.isprintable()):
            raise ValueError(f"{value:.80} is not a file inside the project")
        return str(path) if value else ""

    @field_validator("main_event")
    @classmethod
    def _is_id(cls, value: str) -> str:
        if value and not is_id(value):
            raise ValueError(f"{value} is not an id of an event")
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
    def main(self) -> Ref | None:
        """The event that the site explains."""
        return Ref("events", self.main_event) if self.main_event else None


def read_options(raw: dict[str, object]) -> tuple[Options | None, list[tuple[str, str]]]:
    """Check the options. Returns them, or what is wrong as (option, message) pairs."""
    try:
        return Options.model_validate(raw), []
    except ValidationError as error:
        return None, [_explain(d["loc"], d["type"], d["msg"]) for d in error.errors()]


def _explain(loc: tuple[str | int, ...], kind: str, message: str) -> tuple[str, str]:
    where = ".".join(str(part) for part in loc)
    if kind == "extra_forbidden":
        near = nearest(str(loc[-1]), Options.model_fields)
        return where, "unknown option" + (f"; did you mean {near}?" if near else "")
    return where, safe(message.removeprefix("Value error, "))
