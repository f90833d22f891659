"""The last look: every built page is read once before it is published.

It finds dead links and anchors, and markup that must not be there whatever made it: event
handlers, scripts in the page, schemes other than http, https and mailto, anything loaded
from another host, the same id twice.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from summitry.content.problems import Mark, Problem

_LOADS = {("script", "src"), ("img", "src"), ("link", "href"), ("source", "src"), ("iframe", "src"),
          ("video", "src"), ("audio", "src"), ("object", "data"), ("embed", "src"),
          ("image", "href"), ("image", "xlink:href")}  # fmt: skip
_ADDRESSES = {"href", "xlink:href", "src", "data", "action", "formaction", "poster"}
# In SVG: what holds HTML again, and what changes attributes (a link's target among them) later.
_REFUSED = {"base", "iframe", "object", "embed", "applet", "frame", "foreignobject",
            "set", "animate", "animatetransform", "animatemotion"}  # fmt: skip
_PAINTED = {"fill", "stroke", "mask", "filter", "clip-path", "marker-start", "marker-mid",
            "marker-end"}  # fmt: skip
_NOT_LOADED = {"canonical", "alternate", "license", "prev", "next", "author"}
_SCHEMES = {"", "http", "https", "mailto"}
_SEPARATE = ("pagefind/",)  # written by the search tool, not by templates


@dataclass(slots=True)
class _Page:
    path: str
    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, Mark]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the ids and links of a page, and what it must not hold."""

    def __init__(self, page: _Page, inline_scripts: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.inline_scripts = page, inline_scripts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        mark = Mark(line, column + 1)
        values = {name: value or "" for name, value in attrs}
        if tag in _REFUSED or (tag == "meta" and _leads_away(values)):
            self._refuse(mark, f"<{tag}> stands in the page")
            return
        if tag == "style" and not self.inline_scripts:
            self._refuse(mark, "a style sheet stands in the page")
        for name, value in values.items():
            if name.startswith("on") or name in ("style", "srcdoc", "ping"):
                self._refuse_attribute(mark, tag, name)
            self._address(tag, name, value, values, mark)
            if name in _PAINTED and "url(" in value.lower():
                self._paint(tag, name, value, mark)
        # Data is not run, whatever it says.
        data = values.get("type") == "application/ld+json"
        if tag == "script" and "src" not in values and not self.inline_scripts and not data:
            self._refuse(mark, "a script stands in the page")
        self._identify(values.get("id"), mark)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _identify(self, name: str | None, mark: Mark) -> None:
        if name is None:
            return
        if name in self.page.ids:
            self._refuse(mark, f"the id {name} stands twice")
        self.page.ids.add(name)

    def _address(self, tag: str, name: str, value: str, values: dict[str, str], mark: Mark) -> None:
        if name in ("srcset", "imagesrcset"):
            for part in value.split(","):
                self._address(tag, "src", part.split()[0] if part.split() else "", values, mark)
            return
        if name not in _ADDRESSES:
            return
        try:
            parts = urlsplit(value.strip())
        except ValueError:
            self._refuse(mark, f"<{tag} {name}> is not an address")
            return
        loaded = ((tag, name) in _LOADS or name == "poster" or tag == "use") and (
            values.get("rel", "") not in _NOT_LOADED
        )
        if parts.scheme == "data" and tag in ("link", "img"):
            return
        if parts.scheme.lower() not in _SCHEMES:
            self._refuse(mark, f"<{tag} {name}> uses the scheme {parts.scheme}:")
        elif parts.netloc and loaded:
            self._refuse(mark, f"<{tag}> loads from another host, {parts.netloc}")
        elif not parts.scheme and not parts.netloc:
            self.page.links.append((value.strip(), mark))

    def _paint(self, tag: str, name: str, value: str, mark: Mark) -> None:
        """SVG may paint with what stands in the same page, by its id alone."""
        if found := re.fullmatch(r"url\((#[\w-]+)\)", value):
            self.page.links.append((found[1], mark))
        else:
            self._refuse(mark, f"<{tag} {name}> is painted from elsewhere, {value}")

    def _refuse_attribute(self, mark: Mark, tag: str, name: str) -> None:
        if name.startswith("on"):
            self._refuse(mark, f"an event handler {name} stands on <{tag}>")
        elif name != "style" or not self.inline_scripts:
            self._refuse(mark, f"the attribute {name} stands on <{tag}>")

    def _refuse(self, mark: Mark, message: str) -> None:
        self.page.problems.append(Problem(self.page.path, mark, "forbidden-markup", message))


def _leads_away(values: dict[str, str]) -> bool:
    """Whether a `<meta>` refreshes to anything but a page of the same site."""
    if values.get("http-equiv", "").lower() != "refresh":
        return False
    target = re.fullmatch(r"0; url=([\w./-]+)", values.get("content", ""))
    return target is None or target[1].startswith("/")


def inspect(
    site: Path, base_path: str = "/", inline_scripts: tuple[str, ...] = ()
) -> list[Problem]:
    """Read every page below `site`. `base_path` is the path of the site's own address.

    The pages named in `inline_scripts` may hold scripts of the theme's.
    """
    pages = {page.path: page for page in _read(site, inline_scripts)}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    problems = [problem for page in pages.values() for problem in page.problems]
    for page in pages.values():
        for target, mark in page.links:
            if wrong := _dead(page, target, base_path, pages, files):
                problems.append(Problem(page.path, mark, "dead-link", wrong))
    return sorted(problems)


def _read(site: Path, inline_scripts: tuple[str, ...]) -> Iterator[_Page]:
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name.startswith(_SEPARATE):
            continue
        page = _Page(name)
        allowed = name in inline_scripts
        reader = _Reader(page, allowed)
        reader.feed(path.read_text("utf-8"))
        reader.close()
        yield page


def _dead(
    page: _Page, target: str, base_path: str, pages: dict[str, _Page], files: set[str]
) -> str:
    """Why a link leads nowhere, or ""."""
    parts = urlsplit(target)
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(base_path):
            return f"{target} leads out of the site"
        goal = path.removeprefix(base_path)
    else:
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        goal += "/" if path.endswith("/") and goal != "." else ""
    file = page.path if not path else _file(goal)
    if file.startswith("../"):
        return f"{target} leads out of the site"
    if file not in files and not file.startswith(_SEPARATE):
        return f"{target} leads to {file}, which is not there"
    anchor = unquote(parts.fragment)
    if anchor and ":~:" not in anchor and file in pages and anchor not in pages[file].ids:
        return f"{target}: there is no #{anchor} on that page"
    return ""


def _file(goal: str) -> str:
    if goal in ("", ".", "./"):
        return "index.html"
    return f"{goal}index.html" if goal.endswith("/") else goal
