"""Archived copies of sources: found or made at the Wayback Machine, and written down.

The address of a copy goes into the source's front matter as one line; nothing else in the file
changes. Only copies of the very page will do, and of a day on which it was published.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlsplit

from msgspec import Struct

from summitry.checks.sources import page_of
from summitry.content.files import Tree
from summitry.content.kinds import Source
from summitry.content.library import Item, build
from summitry.content.values import Ref
from summitry.content.webaddress import day_of_copy, fault_of_archive
from summitry.tools import fetch
from summitry.tools.fetch import FetchError, Wanted
from summitry.tools.workshop import Workshop
from summitry.tools.writing import WorkshopError, place_in, write_whole

FINDS, MAKES = "https://archive.org", "https://web.archive.org"
_COPY = re.compile(r"/web/\d{14}(?:[a-z]{2}_)?/.+", re.ASCII)
_JSON = ("application/json", "text/json", "text/javascript")
_SLOW = 60.0  # seconds: the archive fetches the page before it answers
_PLAIN = re.compile(r"https?://[^\s#\"'\\]*[^\s#\"'\\:]")  # what YAML reads as it is


class Archive(Struct, frozen=True):
    """Where copies are found and made: the Wayback Machine, or one at an address of one's own."""

    base: str = ""

    def find(self, url: str, day: str) -> str:
        """The address of the copy nearest to a day, or "". Raises FetchError."""
        near = f"&timestamp={day.replace('-', '')}" if day else ""
        asked = f"{self.base or FINDS}/wayback/available?url={quote(url, safe='')}{near}"
        page = fetch.fetch(asked, wanted=self._wanted(_JSON), max_bytes=100_000)
        try:
            closest = json.loads(page.html)["archived_snapshots"].get("closest", {})
            found = closest["url"] if closest.get("available") is True else ""
            status = str(closest.get("status", "200"))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            host = urlsplit(asked).hostname
            raise FetchError(f"{host} answered what cannot be read; try again later") from None
        return _address(found) if isinstance(found, str) and status == "200" else ""

    def make(self, url: str) -> str:
        """The address of a copy made now, or "" where it is not there yet. Raises FetchError."""
        wanted = self._wanted(("text/html", "text/plain", *_JSON))
        page = fetch.fetch(f"{self.base or MAKES}/save/{url}", wanted=wanted, timeout=_SLOW)
        return _address(page.url)

    def _wanted(self, types: tuple[str, ...]) -> Wanted:
        home = urlsplit(self.base).netloc
        return Wanted(types, home=home, arrived=lambda url: bool(_COPY.search(url)))


def _address(url: str) -> str:
    """A copy's address as readers follow it, by https and at the archive's own host."""
    found = _COPY.search(url)
    return MAKES + found[0] if found else ""


def lacking(workshop: Workshop, names: tuple[str, ...]) -> list[str]:
    """The sources to look for: those named, or all that are captured and have no copy yet."""
    if names:
        return list(dict.fromkeys(names))
    return [
        name
        for name in sorted(workshop.ledger.captures)
        if (source := workshop.source(name)[1]).url
        and not source.archive_url
        and not source.withdrawn
    ]


def copy_of(archive: Archive, workshop: Workshop, name: str, may_make: bool) -> str:
    """The address of a copy of a source's page.

    Raises WorkshopError where there is none that will do, and FetchError.
    """
    _, source = workshop.source(name)
    if source.archive_url:
        raise WorkshopError(f"it has an archived copy already: {source.archive_url}")
    if not source.url:
        raise WorkshopError("it has no url, of which a copy could be made")
    captures = workshop.ledger.captures.get(name, [])
    read = source.accessed or source.issued
    day = captures[0].date[:10] if captures else read.text if read and read.unit == "day" else ""
    found = archive.find(source.url, day)
    if found and not _fault(source, found):
        return found
    why = _fault(source, found) if found else "the archive has no copy"
    if not may_make:
        raise WorkshopError(f"{why}: run it without --dry-run and --no-save to make one")
    made = archive.make(source.url) or archive.find(source.url, "")
    if not made:
        raise WorkshopError("the archive was asked and has no copy yet: try again in some minutes")
    if fault := _fault(source, made):
        raise WorkshopError(
            f"{fault}: look at {made}, and write archive_url: by hand if it is right"
        )
    return made


def _fault(source: Source, copy: str) -> str:
    """What is wrong with a copy, or ""."""
    if fault := fault_of_archive(copy):
        return f"the address of the copy {fault}"
    if page_of(copy) != page_of(source.url or ""):
        return "the copy is of another page"
    day = day_of_copy(copy)
    if source.issued and source.issued.unit == "day" and day < source.issued.text:
        return f"the copy is of {day or 'no day'}, before the page was published"
    return ""


def write(workshop: Workshop, name: str, copy: str) -> None:
    """Write the address of a copy into a source's front matter. Raises WorkshopError."""
    item, source = workshop.source(name)
    raw = workshop.library.tree.texts[item.path]
    new = _with_line(raw, item, copy)
    read = build(
        Tree({item.path: new}), workshop.library.content_dir, workshop.library.docs_dir
    ).items.get(Ref("sources", name))
    after = read.entity if read else None
    kept = isinstance(after, Source) and str(after.archive_url) == copy
    if not kept or not read or read.document.body != item.document.body:
        raise WorkshopError(f"write it by hand below url: in {item.path}: archive_url: {copy}")
    told = {**source.model_dump(), "archive_url": None}
    if isinstance(after, Source) and {**after.model_dump(), "archive_url": None} != told:
        raise WorkshopError(f"write it by hand below url: in {item.path}: archive_url: {copy}")
    write_whole(place_in(workshop.root, item.path), new)
    workshop.library.tree.texts[item.path] = new


def _with_line(raw: bytes, item: Item, copy: str) -> bytes:
    """The file with one line more, behind the address of the page and whatever belongs to it."""
    lines = raw.splitlines(keepends=True)
    at = item.document.marks.key(("url",)).line
    while at < len(lines) and lines[at][:1] in (b" ", b"\t"):
        at += 1
    end = b"\r\n" if lines[at - 1].endswith(b"\r\n") else b"\n"
    value = copy if _PLAIN.fullmatch(copy) else json.dumps(copy)
    lines.insert(at, f"archive_url: {value}".encode() + end)
    return b"".join(lines)
