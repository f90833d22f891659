"""Which folders a build may write: never one that holds what somebody made.

A build replaces its target whole, so a wrong word in mkdocs.yml could delete the project.
The target must lie apart from every folder that matters and be reached without symbolic
links. It must also be new, empty, or marked as the site of an earlier build.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePath

from msgspec import Struct
from platformdirs import user_cache_path

from summitry.content import secret

MARKER = ".summitry-site"
MARKED = "Made by summitry. The next build replaces this folder whole: keep nothing here.\n"
# Folders of a project that are nobody's option.
KEPT = (".git", ".github", ".ci", ".venv", ".sources", "requirements", "scripts", "tests")

SITE_CURE = "name a folder that only builds write, such as site"
_CACHE_CURE = "name a folder that only builds write, such as .cache/summitry"
_NAME = 32  # letters of the name that a cache has
_OF_CACHE = re.compile(  # the first; the others stood there before caches had names
    r"[0-9a-f]{32}|[0-9a-f]{2}|templates-[a-z]+-[0-9a-f]+|(?:passed|published)\.json(?:\.[\d-]+)?"
    r"|(?:pages|documents|passed|earlier|search)\.sqlite(?:-journal)?|search\.jsonl(?:\.\d+)?"
)


class Wrong(Struct, frozen=True):
    """Why an option's folder cannot be written, and what to do."""

    option: str
    message: str
    cure: str


class Folders(Struct, frozen=True):
    """A project's folders. `matter` says by name which must not be written; paths may be missing.

    `root` is the project as it was reached, which may itself go through symbolic links.
    """

    root: Path
    site: Path
    cache: Path
    matter: Mapping[str, Path]


def wrongs(folders: Folders, with_site: bool = True) -> Iterator[Wrong]:
    """What is wrong with the folders that a build writes, before anything is written.

    Serving writes its site elsewhere, hence `with_site`.
    """
    matter = {**{name: folders.root / name for name in KEPT}, **folders.matter}
    if why := _misplaced(folders.cache, folders.root, matter) or _no_cache(folders.cache):
        yield Wrong("cache_dir", f"cache_dir: {why}", _CACHE_CURE)
    if not with_site:
        return
    if why := _misplaced(folders.site, folders.root, {**matter, "cache_dir": folders.cache}):
        yield Wrong("site_dir", f"site_dir: {why}", SITE_CURE)
    elif why := not_ours(folders.site):
        cure = f"move what is in {folders.site.name} elsewhere and delete it, or {SITE_CURE}"
        yield Wrong("site_dir", f"site_dir: {why}", cure)


def not_ours(folder: Path) -> str:
    """Why a folder may hold what no build wrote, or "": it is absent, empty or marked."""
    try:
        if folder.is_symlink():
            return f"{folder.name} is a symbolic link"
        if not folder.exists():
            return ""
        if not folder.is_dir():
            return f"{folder.name} is not a folder"
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        return f"{folder.name} cannot be read: {error.strerror}"
    if not names:
        return ""
    if MARKER not in names or (folder / MARKER).is_symlink():
        return f"{folder.name} holds files and no mark of a build, so they may be somebody's"
    hidden = sorted(name for name in names if name.startswith(".") and name != MARKER)
    return f"{folder.name} holds {hidden[0]}, which no build writes" if hidden else ""


def _misplaced(folder: Path, root: Path, matter: Mapping[str, Path]) -> str:
    """Why a folder cannot be written where it is, or ""."""
    try:
        if linked := _linked(folder, root):
            return f"{linked} is a symbolic link"
        place, top = _key(folder), _key(root)
        if top.is_relative_to(place):
            return f"{folder.name or folder} is the project itself or holds it"
        for name, path in matter.items():
            there = _key(path)
            if there == place:
                return f"this is the folder of {name}"
            if there.is_relative_to(place):
                return f"{folder.name} holds {name}"
            if place.is_relative_to(there) and there != top:
                return f"{folder.name} lies in the folder of {name}"
    except OSError as error:
        return f"{folder.name:.40} cannot be reached: {error.strerror}"
    except (RuntimeError, ValueError) as error:  # a loop of links, a character that no name has
        return f"{folder.name:.40} cannot be reached: {error}"
    return ""


def _linked(folder: Path, root: Path) -> str:
    """The folder or one above it, within the project, that is a symbolic link."""
    tops = {root, root.resolve()}
    for path in (folder, *folder.parents):
        if path in tops:
            return ""
        if path.is_symlink() and (path == folder or tops & set(path.parents)):
            return path.name
    return ""


def _key(path: Path) -> PurePath:
    """A place as file systems tell it apart that know neither case nor forms of accents."""
    return PurePath(unicodedata.normalize("NFC", str(path.resolve())).casefold())


def _no_cache(folder: Path) -> str:
    """Why a folder is not one of cached files, or ""."""
    try:
        for path in (folder, *folder.parents):
            if path.exists() and not path.is_dir():
                return f"{path.name} is not a folder"
        held = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    except OSError as error:
        return f"{folder.name} cannot be read: {error.strerror}"
    other = next((name for name in held if not _OF_CACHE.fullmatch(name)), "")
    return f"{folder.name} holds {other}, which no build writes" if other else ""


# Where sources may only be read


def cache_folder(root: Path, cache_dir: str) -> Path:
    """Where is kept what a project came to: in the project, below what its option says.

    Its name there is made of the user's own secret: what is kept is trusted (it is drawn, shown and
    run), so whoever sends a change must not be able to put something there. Where the project may
    only be read, it is kept in the user's own cache folder; where that may not be written either,
    or there is no secret, in a folder that goes with this run.
    """
    if (known := secret.own()) is None:
        return Path(_of_this_run().name)
    inside = root / cache_dir
    if _can_be_made(inside):
        return inside / hmac.digest(known, b"cache", "sha256").hex()[:_NAME]
    name = hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]
    own = user_cache_path("summitry", appauthor=False) / "projects" / name
    return own if _can_be_made(own) else Path(_of_this_run().name)


def _can_be_made(folder: Path) -> bool:
    """Whether a folder may be written, or made where the nearest one above it may."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


@cache
def _of_this_run() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="summitry-")
