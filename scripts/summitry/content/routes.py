"""Where everything is: entity and page → address, file → entity. Nothing else knows a path.

Addresses are relative to the site's root, without a leading slash, with a trailing one:
`people/<id>/`. `relative` makes them links, so the site works under a sub-path.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote as _quote

from summitry.content.kinds import KINDS
from summitry.content.values import Ref

TIMELINE = "timeline/"
EVIDENCE = "evidence.json"
EVIDENCE_TITLES = "evidence-titles.json"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
HEADERS = "_headers"
DATA_JSON = "data/explainer.json"
DATA_SQLITE = "data/explainer.sqlite"
FINDER = "assets/finder.json"
MANIFEST = "manifest.webmanifest"
PROGRAMS = (EVIDENCE, EVIDENCE_TITLES, FEED, SITEMAP, DATA_JSON, DATA_SQLITE)
"""Files for programs, to which pages may link."""


def url(ref: Ref) -> str:
    """The address of an entity's page."""
    return f"{ref.kind}/{ref.id}/"


def index_url(kind: str) -> str:
    """The address of the index of a kind."""
    return f"{kind}/"


def quotes_by(person: str) -> str:
    """The address of the list of a person's quotations."""
    return f"quotes/by/{person}/"


def quotes_on(topic: str) -> str:
    """The address of the list of quotations on a topic."""
    return f"quotes/on/{topic}/"


def quotes_in(state: str) -> str:
    """The address of the list of quotations in a state of proof."""
    return f"quotes/state/{state}/"


def facts_on(topic: str) -> str:
    """The address of the list of facts on a topic."""
    return f"facts/on/{topic}/"


def facts_in(status: str) -> str:
    """The address of the list of facts of a status."""
    return f"facts/state/{status}/"


def timeline_on(topic: str) -> str:
    """The address of the timeline of a topic."""
    return f"{TIMELINE}on/{topic}/"


def csv_url(table: str) -> str:
    """The address of a table as a CSV file."""
    return f"data/{table}.csv"


def is_made(path: str) -> bool:
    """Whether an address is that of a file for programs, which pages may link to."""
    return path in PROGRAMS or (path.startswith("data/") and path.endswith(".csv"))


def embed_url(quote: str) -> str:
    """The address of a quotation for other sites to embed."""
    return f"quotes/{quote}/embed/"


def oembed_url(ref: Ref) -> str:
    """The address of what oEmbed says of an entity's page."""
    return f"{url(ref)}oembed.json"


def pack_of(topic: str) -> str:
    """The address of all quotations on a topic as one file: pictures and texts."""
    return f"{quotes_on(topic)}quotations.zip"


def card_of(ref: Ref) -> str:
    """The address of the picture for sharing of an entity."""
    folder = "" if ref.kind == "quotes" else f"{ref.kind}/"
    return f"assets/cards/{folder}{ref.id}.png"


def card_of_page(address: str) -> str:
    """The address of the picture for sharing of any other page."""
    return f"assets/cards/pages/{address.rstrip('/') or 'index'}.png"


def icon(file: str) -> str:
    """The address of a file of the site's icon; programs look for one of them at the root."""
    return file if file == "favicon.ico" else f"assets/{file}"


def story_url(path: str) -> str:
    """The address of a narrative page from its path within `docs/`, as MkDocs makes it."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"


def relative(target: str, here: str) -> str:
    """A link from the page at address `here` to `target` (an address, maybe with #anchor)."""
    path, mark, anchor = target.partition("#")
    base = here if here.endswith("/") or not here else posixpath.dirname(here) + "/"
    link = _steps(path.rstrip("/"), base.rstrip("/"))
    if path.endswith("/") or not path:
        link = "./" if link == "." else f"{link}/"
    return _quote(link, safe="/.-_~") + (mark + anchor)


def _steps(goal: str, start: str) -> str:
    """The way from a folder to a file or folder, both from the site's root: `../../a`."""
    above, below = start.split("/") if start else [], goal.split("/") if goal else []
    if ".." in below:
        return posixpath.relpath(goal, start or ".")
    shared = 0
    while shared < min(len(above), len(below)) and above[shared] == below[shared]:
        shared += 1
    return "/".join([".."] * (len(above) - shared) + below[shared:]) or "."


def between(source_path: str, goal: str) -> str:
    """How a file of the project links to another: the opposite of `resolve`."""
    return posixpath.relpath(goal, posixpath.dirname(source_path))


@lru_cache(1 << 16)
def entity_of(path: str, content_dir: str) -> Ref | None:
    """The entity whose file `path` is (relative to the project), if it lies in content."""
    prefix = f"{content_dir}/"
    if not path.startswith(prefix) or not path.endswith(".md"):
        return None
    kind, _, name = path.removeprefix(prefix).removesuffix(".md").partition("/")
    return Ref(kind, name) if kind in KINDS and "/" not in name else None


@lru_cache(1 << 16)
def resolve(target: str, source_path: str) -> str:
    """The project path that a relative link in the file at `source_path` means."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source_path), target))
