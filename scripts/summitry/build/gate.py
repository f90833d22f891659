"""The last look at every file of the built site before it is published; what passed is known.

It finds dead links and anchors, files of a kind that a site does not hold, and markup that
must not be there whatever made it: event handlers, scripts in the page, schemes other than
http, https and mailto, anything loaded from another host, the same id twice, a page without
its content policy.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

from summitry.build import gate_markup
from summitry.build.cores import shared
from summitry.build.gate_markup import Markup
from summitry.build.gate_memory import Passed
from summitry.build.published import digest
from summitry.content import routes
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
    files = dict(sorted(_files(str(site))))
    read = list(_read(site, files, policy, base_path, passed, digests or {}))
    passed.write()
    pages = {one.path: one for one in read if one.path.endswith(".html")}
    problems = [problem for one in read for problem in one.problems]
    for one in read:
        for (target, spot), goal in zip(one.links, one.goals, strict=True):
            if wrong := _dead(target, goal, pages, files):
                one.text = one.text or (site / one.path).read_text("utf-8")
                problems.append(Problem(one.path, one.mark(spot), "dead-link", wrong))
    return sorted({*problems, *_strange(files)})


def _files(folder: str, at: str = "") -> Iterator[tuple[str, bool]]:
    """What is below a folder but folders, by its name in the site, and whether it is a link."""
    with os.scandir(folder) as held:
        entries = list(held)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{at}{entry.name}/")
        else:
            yield f"{at}{entry.name}", entry.is_symlink()


def inspect_index(site: Path) -> list[Problem]:
    """Look at what the search tool wrote: its own files and no others."""
    folder = site / _INDEX
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()]
    message = "the search tool writes no such file"
    strange = sorted(name for name in names if not _OF_INDEX.fullmatch(name))
    return [Problem(_INDEX + name, START, "stray-output", message) for name in strange]


def _strange(files: Mapping[str, bool]) -> Iterator[Problem]:
    """Files that a site does not hold, of those that there are and whether each is a link."""
    for name, is_link in files.items():
        file = name.rpartition("/")[2]
        if is_link:
            yield Problem(name, START, "stray-output", "this is a symbolic link")
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
) -> Iterator[Markup]:
    readers = {".svg": gate_markup.picture, ".css": gate_markup.style}
    waiting: list[tuple[str, str, str]] = []  # pages that did not pass before, by their names
    for name, is_link in files.items():
        ending = posixpath.splitext(name)[1]
        if (ending != ".html" and ending not in readers) or is_link:
            continue
        try:
            known, page = "", None
            if ending == ".html":
                of = digests.get(name) or digest((site / name).read_bytes())
                known = passed.name(name, of, policy, base_path)
                page = passed.page(name, known)
            text = "" if page else (site / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            found = Markup(name, "")
            message = "it cannot be read, or is not UTF-8"
            found.problems.append(Problem(name, START, "stray-output", message))
            yield found
            continue
        if page:
            yield page
        elif known:
            waiting.append((known, name, text))
        else:
            yield _leading(readers[ending](name, text), base_path)

    def look(some: Sequence[tuple[str, str, str]]) -> list[tuple[str, Markup]]:
        return [
            (known, _leading(gate_markup.page(name, text, policy), base_path))
            for known, name, text in some
        ]

    for known, page in chain.from_iterable(shared(look, waiting)):
        passed.keep(known, page)
        yield page


def _leading(read: Markup, base_path: str) -> Markup:
    read.goals = [_goal(read.path, target, base_path) for target, _ in read.links]
    return read


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


def _dead(
    target: str, goal: tuple[str, str], pages: dict[str, Markup], files: Mapping[str, bool]
) -> str:
    """Why a link leads nowhere, or ""."""
    file, anchor = goal
    if not file:
        return f"{target} leads out of the site"
    if file not in files and not file.startswith(_INDEX):
        return f"{target} leads to {file}, which is not there"
    if anchor and file in pages and anchor not in pages[file].ids:
        return f"{target}: there is no #{anchor} on that page"
    return ""


def _file(goal: str) -> str:
    if goal in ("", ".", "./"):
        return "index.html"
    return f"{goal}index.html" if goal.endswith("/") else goal
