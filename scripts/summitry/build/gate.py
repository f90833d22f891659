"""The last look at every file of the built site before it is published; what passed is known.

It finds dead links and anchors, files of a kind that a site does not hold, and markup that
must not be there whatever made it: event handlers, scripts in the page, schemes other than
http, https and mailto, anything loaded from another host, the same id twice, a page without
its content policy.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

from summitry.build import gate_markup
from summitry.build.gate_markup import Markup
from summitry.build.gate_memory import Looked, Passed, SiteLink
from summitry.build.published import digest, marks_of
from summitry.content import routes
from summitry.content.cores import shared
from summitry.content.problems import START, Problem
from summitry.content.targets import MARKER

_INDEX = "pagefind/"  # written by the search tool, after the rest was looked at
# What pages, templates, pictures and data are published as; the case of letters counts.
_ENDINGS = {".html", ".css", ".js", ".map", ".png", ".jpg", ".webp", ".svg", ".ico", ".woff2",
            ".json", ".csv", ".sqlite", ".webmanifest"}  # fmt: skip
_PACK = re.compile(r"quotes/on/[a-z0-9-]+/quotations\.zip")  # the only archives that there are
_NAMED = {MARKER, routes.FEED, routes.SITEMAP, f"{routes.SITEMAP}.gz", routes.ROBOTS,
          routes.HEADERS}  # fmt: skip
_OF_INDEX = re.compile(
    r"pagefind(?:-entry\.json|(?:-[a-z-]+)?\.(?:js|css)|\.[a-z-]+_[0-9a-f]+\.pf_meta)"
    r"|wasm\.[a-z-]+\.pagefind|(?:fragment|index|filter)/[a-z-]+_[0-9a-f]+\.pf_(?:fragment|index|filter)"
)


def inspect(
    site: Path,
    base_path: str = "/",
    policy: str = "",
    cache_dir: Path | None = None,
    digests: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Read every page below `site`. `base_path` is the path of the site's own address.

    Every page must state `policy`, if one is given. What passed is kept in `cache_dir`, so that
    the next build reads what changed alone; `digests` has the hashes of files that are known.
    """
    passed = Passed.read(cache_dir)
    files = {name: mark is None for name, mark in sorted(marks_of(str(site)))}
    problems: list[Problem] = []
    ids: dict[str, frozenset[str]] = {}  # of each page
    anchored: list[tuple[str, SiteLink]] = []  # what leads to a place on a page
    dead: list[tuple[str, SiteLink, str]] = []
    for one in _read(site, files, policy, base_path, passed, digests or {}):
        problems += one.problems
        if one.path.endswith(".html"):
            ids[one.path] = one.ids
        for link in one.links:
            if wrong := _dead(link, files):
                dead.append((one.path, link, wrong))
            elif link.anchor:
                anchored.append((one.path, link))
    passed.write()
    for path, link in anchored:
        if link.anchor not in ids.get(link.file, (link.anchor,)):
            wrong = f"{link.target}: there is no #{link.anchor} on that page"
            dead.append((path, link, wrong))
    for path, link, wrong in dead:
        mark = Markup(path, (site / path).read_text("utf-8")).mark(link.spot)
        problems.append(Problem(path, mark, "dead-link", wrong))
    return sorted({*problems, *_strange(files)})


def inspect_index(site: Path) -> list[Problem]:
    """Look at what the search tool wrote: its own files and no others."""
    folder = site / _INDEX
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()]
    message = "the search tool writes no such file"
    strange = sorted(name for name in names if not _OF_INDEX.fullmatch(name))
    return [Problem(_INDEX + name, START, "stray-output", message) for name in strange]


def _strange(files: Mapping[str, bool]) -> Iterator[Problem]:
    """Files that a site does not hold, of those that there are and whether each is none."""
    for name, is_none in files.items():
        file = name.rpartition("/")[2]
        if is_none:
            message = "this is a symbolic link or not a regular file"
            yield Problem(name, START, "stray-output", message)
        elif name.startswith(_INDEX):
            message = "the folder of the search index has a file before the index is made"
            yield Problem(name, START, "stray-output", message)
        elif (
            name not in _NAMED
            and not _PACK.fullmatch(name)
            and (posixpath.splitext(file)[1] not in _ENDINGS or file.startswith("."))
        ):
            message = f"a site holds no file like {file}"
            yield Problem(name, START, "stray-output", message)


def _read(
    site: Path,
    files: Mapping[str, bool],
    policy: str,
    base_path: str,
    passed: Passed,
    digests: Mapping[str, str],
) -> Iterator[Looked]:
    readers = {".svg": gate_markup.picture, ".css": gate_markup.style}
    waiting: list[tuple[str, str]] = []  # pages that did not pass before, and their names there
    for name, is_none in files.items():
        ending = posixpath.splitext(name)[1]
        if ending in readers and not is_none:
            yield _looked(site, name, readers[ending], base_path)
        if ending != ".html" or is_none:
            continue
        known = ""
        with suppress(OSError):  # what cannot be read is told when it is looked at
            of = digests.get(name) or digest((site / name).read_bytes())
            known = passed.name(name, of, policy, base_path)
            if page := passed.page(name, known):
                yield page
                continue
        waiting.append((name, known))

    def look(some: Sequence[tuple[str, str]]) -> list[tuple[str, Looked]]:
        read = partial(gate_markup.page, policy=policy)
        return [(known, _looked(site, name, read, base_path)) for name, known in some]

    for known, found in chain.from_iterable(shared(look, waiting)):
        passed.keep(known, found)
        yield found


def _looked(site: Path, name: str, read: Callable[[str, str], Markup], base_path: str) -> Looked:
    """What a reader finds in a file, and where its links lead."""
    try:
        found = read(name, (site / name).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        message = "it cannot be read, or is not UTF-8"
        return Looked(name, frozenset(), [], [Problem(name, START, "stray-output", message)])
    links = [
        SiteLink(target, spot, *_goal(name, target, base_path)) for target, spot in found.links
    ]
    return Looked(name, frozenset(map(sys.intern, found.ids)), links, found.problems)


def _goal(page: str, target: str, base_path: str) -> tuple[str, str]:
    """The file and the anchor to which a link of a page leads; "" for what leads out of the site.

    An anchor that every page has, such as words to be found, is none.
    """
    parts = urlsplit(target)
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if path.startswith("/"):
        inside = path.startswith(base_path)
        file = _file(path.removeprefix(base_path)) if inside else ""
    else:
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        goal += "/" if path.endswith("/") and goal != "." else ""
        file = page if not path else _file(goal)
    return "" if file.startswith("../") else file, "" if ":~:" in anchor else anchor


def _dead(link: SiteLink, files: Mapping[str, bool]) -> str:
    """Why a link leads to no file, or ""."""
    if not link.file:
        return f"{link.target} leads out of the site"
    if link.file not in files and not link.file.startswith(_INDEX):
        return f"{link.target} leads to {link.file}, which is not there"
    return ""


def _file(goal: str) -> str:
    if goal in ("", ".", "./"):
        return "index.html"
    return f"{goal}index.html" if goal.endswith("/") else goal
