"""`summitry picture add`: a photograph with its author, date, licence and description.

From Wikimedia Commons all of these are asked of its API. Of a file at any other address nobody says
them, so whoever adds it does. What has no free licence is refused: the site republishes it.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import click
import nh3
import yaml
from msgspec import Struct
from msgspec.structs import replace

from summitry.checks.rules import examine
from summitry.content.files import may_be_id, read_tree
from summitry.content.options import Options
from summitry.host.configuration import Site, read_site
from summitry.tools import fetch
from summitry.tools.command import SettingsError, config_option
from summitry.tools.evidence_commands import Clean
from summitry.tools.fetch import FetchError, Wanted
from summitry.tools.writing import place_in

COMMONS = "https://commons.wikimedia.org"
_FILES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_MOST = 30_000_000  # bytes of a file
_FREE = re.compile(r"(?:cc-)?by(?:-sa)?-[1-4]\.[05]", re.IGNORECASE)
_PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/mark/1.0/"
_FREE_PAGE = re.compile(
    r"https?://creativecommons\.org/(?:licenses/by(?:-sa)?/[1-4]\.[05]|publicdomain/(?:zero|mark)/1\.0)"
    r"(?:/[a-z.-]+)?/?"
)
_DAY = re.compile(r"\b(1[89]|20)\d\d-\d\d-\d\d\b")


class UnfitPictureError(Exception):
    """A picture that cannot be taken; the message says why and what would help."""


class Picture(Struct, frozen=True):
    """A picture to be added: where its file is, and what is said of it. `page` is its own page."""

    file: str
    page: str = ""
    title: str = ""
    creator: str = ""
    license: str = ""
    description: str = ""
    taken_on: str = ""


def free(name: str) -> str:
    """A licence as the front matter names it. Raises UnfitPictureError for one that is not free."""
    bare = name.strip().lower().replace(" ", "-")
    if bare in ("cc0", "cc0-1.0", "cc-zero"):
        return "CC0-1.0"
    if bare.startswith(("pd", "public-domain")):
        return _PUBLIC_DOMAIN
    if _FREE.fullmatch(bare):
        return f"CC-{bare.removeprefix('cc-').upper()}"
    if _FREE_PAGE.fullmatch(name.strip()):
        return name.strip()
    said = f"“{name}” is no free licence" if name.strip() else "no licence is stated"
    raise UnfitPictureError(
        f"{said}: this site may show CC0, CC BY, CC BY-SA and what is in the public domain; "
        "find another picture, or ask its author"
    )


def on_commons(address: str) -> str:
    """The name of a file on Wikimedia Commons that an address means, or ""."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if parts.hostname == "upload.wikimedia.org" and "/commons/" in path:
        pieces = path.split("/")
        return pieces[-2] if "thumb" in pieces else pieces[-1]
    found = re.search(r"/wiki/(?:File|Datei|Файл):(.+)", path)
    return found[1] if found and (parts.hostname or "").endswith("wikimedia.org") else ""


def ask_commons(name: str, base: str = "") -> Picture:
    """What Commons says of a file. Raises FetchError and UnfitPictureError."""
    title = quote(f"File:{name.replace('_', ' ')}", safe="")
    asked = (
        f"{base or COMMONS}/w/api.php?action=query&format=json&prop=imageinfo"
        f"&iiprop=url%7Cextmetadata&titles={title}"
    )
    wanted = Wanted(("application/json",), home=urlsplit(base).netloc)
    answer = fetch.fetch(asked, wanted=wanted, max_bytes=1_000_000)
    try:
        (page,) = json.loads(answer.html)["query"]["pages"].values()
        if "imageinfo" not in page:
            raise UnfitPictureError(f"Commons has no file “{name}”; check the address")
        info = page["imageinfo"][0]
        said, file, own = info["extmetadata"], str(info["url"]), str(info["descriptionurl"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise FetchError("Commons answered what cannot be read; try again later") from None
    if _said(said, "NonFree").lower() == "true":
        raise UnfitPictureError(f"Commons marks “{name}” as not free; find another picture")
    day = _DAY.search(_said(said, "DateTimeOriginal"))
    return Picture(
        file=file,
        page=own,
        title=Path(name.replace("_", " ")).stem,
        creator=_said(said, "Artist"),
        license=_said(said, "License") or _said(said, "LicenseUrl"),
        description=_said(said, "ImageDescription"),
        taken_on=day[0] if day else "",
    )


def _said(metadata: dict[str, Any], key: str) -> str:
    """A value of Commons' metadata as plain text on one line."""
    value = str(metadata.get(key, {}).get("value", ""))
    return " ".join(html.unescape(nh3.clean(value, tags=set())).split())


def download(address: str, base: str = "") -> tuple[bytes, str]:
    """A picture's bytes, and the ending of its file. Raises FetchError."""
    wanted = Wanted(tuple(_FILES), home=urlsplit(base).netloc)
    raw = fetch.fetch(address, wanted=wanted, max_bytes=_MOST, timeout=60.0).html
    starts = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}
    ending = next((end for start, end in starts.items() if raw.startswith(start)), "")
    if not ending:
        raise FetchError("what is at that address is no JPEG, PNG or WebP; give the file's own")
    return raw, ending


def entity(picture: Picture, file: str, alt: str, depicts: tuple[str, ...]) -> str:
    """The front matter of the picture's file."""
    licence = free(picture.license)
    shown = licence.replace("CC-", "CC ").replace("-4.0", " 4.0").replace("-3.0", " 3.0")
    named = "public domain" if licence == _PUBLIC_DOMAIN else shown
    fields: dict[str, Any] = {
        "title": picture.title,
        "file": file,
        "alt": alt,
        "caption": picture.description,
        "creator": picture.creator,
        "credit": f"{picture.creator}, {named}",
        "license": licence,
    }
    if picture.page:
        fields["acquire_license_page"] = picture.page
    if depicts:
        fields["depicts"] = list(depicts)
    if picture.taken_on:
        fields["taken_on"] = picture.taken_on
    return f"---\n{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)}---\n"


@click.group("picture")
def picture_group() -> None:
    """Photographs."""


@picture_group.command("add")
@click.argument("address")
@click.option("--id", "name", required=True, help="Its id: letters, digits and hyphens.")
@click.option("--alt", required=True, help="What is visible, in 125 characters.")
@click.option("--caption", default="", help="Who does what, where, when; else its description.")
@click.option("--source", default="", help="The id of a source that the caption cites.")
@click.option("--title", default="", help="What it is; else the name of its file.")
@click.option("--creator", default="", help="Who made it, where Commons does not say so.")
@click.option("--license", "licence", default="", help="Its licence, where Commons does not say.")
@click.option("--depicts", multiple=True, help="What it shows, as kind/id. Can be repeated.")
@click.option("--at", "base", default="", hidden=True, help="Commons at another address.")
@config_option
def add(
    address: str,
    name: str,
    alt: str,
    caption: str,
    source: str,
    title: str,
    creator: str,
    licence: str,
    depicts: tuple[str, ...],
    base: str,
    config_file: Path,
) -> None:
    """Bring the picture at ADDRESS, on Wikimedia Commons or anywhere, with all that is to be said.

    What has no free licence, or names no author, is refused.
    """
    site = read_site(config_file)
    if site.problems or site.options is None:
        raise SettingsError(site)
    if not may_be_id(name):
        raise click.UsageError(f"{name} is no id; write letters a to z, digits and hyphens")
    folder = site.root / site.options.content_dir / "images"
    if (folder / f"{name}.md").exists():
        raise click.ClickException(f"there is a picture {name} already; choose another --id")
    try:
        commons = on_commons(address)
        found = ask_commons(commons, base) if commons else Picture(address)
        found = replace(
            found,
            title=title or found.title or name.replace("-", " ").capitalize(),
            description=_cited(caption or found.description, source),
            creator=creator or found.creator,
            license=licence or found.license,
        )
        _complete(found)
        raw, ending = download(found.file, base)
        text = entity(found, f"{name}{ending}", alt, depicts)
    except (UnfitPictureError, FetchError) as error:
        raise click.ClickException(str(error)) from None
    _write(site, site.options, (folder / f"{name}{ending}", raw), (folder / f"{name}.md", text))
    click.echo(f"added content/images/{name}.md: {found.creator}, {free(found.license)}")


def _cited(caption: str, source: str) -> str:
    return f"{caption} [@{source}]" if caption and source else caption


def _complete(picture: Picture) -> None:
    """Raises UnfitPictureError where something that has to be said is not known."""
    free(picture.license)
    if not picture.creator:
        raise UnfitPictureError("nobody is named as its author; give --creator")
    if not picture.description:
        raise UnfitPictureError("nothing says what it shows; give --caption")


def _write(
    site: Site, options: Options, picture: tuple[Path, bytes], about: tuple[Path, str]
) -> None:
    """Both files, or none: what the check refuses is taken away again."""
    with Clean():
        for path in (picture[0], about[0]):
            place_in(site.root, path.relative_to(site.root).as_posix())
    about[0].parent.mkdir(parents=True, exist_ok=True)
    picture[0].write_bytes(picture[1])
    about[0].write_text(about[1], "utf-8")
    tree = read_tree(site.root, options.content_dir, site.docs_dir, options.review)
    own = about[0].relative_to(site.root).as_posix()
    found = examine(tree, site.docs_dir, options, site.root).problems
    if wrong := [one for one in found if one.path == own and not one.note]:
        picture[0].unlink()
        about[0].unlink()
        said = "; ".join(f"{one.message} (fix: {one.cure})" for one in wrong)
        raise click.ClickException(f"the picture was not added: {said}")
