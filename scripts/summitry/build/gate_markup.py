"""What the markup of a built page or picture holds, as a browser reads it.

Pages are parsed as HTML5 prescribes and pictures as XML, so that nothing is hidden in what
one parser reads and another does not.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from urllib.parse import urlsplit
from xml.etree import ElementTree

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from summitry.build.policy import named
from summitry.content.problems import START, Mark, Problem
from summitry.content.strict_yaml import mark_at

_ADDRESSES = {"href", "xlink:href", "src", "data", "action", "formaction", "poster", "background"}
_FOLLOWED = {("a", "href"), ("area", "href"), ("a", "xlink:href"), ("form", "action"),
             ("button", "formaction"), ("input", "formaction")}  # fmt: skip
# In SVG: what holds HTML again, and what changes attributes (a link's target among them) later.
# A template holds what is not parsed yet.
_REFUSED = {"base", "iframe", "object", "embed", "applet", "frame", "frameset", "foreignobject",
            "portal", "template", "set", "animate", "animatetransform", "animatemotion",
            "plaintext", "handler", "listener"}  # fmt: skip
_UNDER_POLICY = {"script", "style", "link", "body"}  # every page has a body, written or not
_PAINTED = {"fill", "stroke", "mask", "filter", "clip-path", "marker-start", "marker-mid",
            "marker-end", "cursor"}  # fmt: skip
_NOT_LOADED = {"canonical", "alternate", "license", "prev", "next", "author"}
_SCHEMES = {"", "http", "https", "mailto"}
_RAW = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|title|textarea)\b[^>]*>.*?(?=</\1|$)", re.DOTALL | re.I
)
_LOADING = re.compile(r"""(?:@import\s+(?:url\(\s*)?|url\(\s*)["']?([^"')\s;]*)""", re.IGNORECASE)
_END_TAG = re.compile(r"</(?:noscript|script|style|title|textarea)|-->", re.IGNORECASE)
_NAMES = {"{http://www.w3.org/1999/xlink}": "xlink:", "{http://www.w3.org/2000/svg}": "",
          "{http://www.w3.org/XML/1998/namespace}": "xml:"}  # fmt: skip


Spot = tuple[str, int]
"""An element: its tag, and which of its tags it is, from 1."""


class Markup(Struct):
    """A page or picture: its ids, where it leads within the site, and what it must not hold."""

    path: str
    text: str
    ids: set[str] = set()
    links: list[tuple[str, Spot]] = []
    problems: list[Problem] = []

    def mark(self, spot: Spot) -> Mark:
        """Where an element begins. A browser adds some that are not written: those are nowhere."""
        masked = _RAW.sub(_blank, self.text)
        tags = re.finditer(rf"<(?:\w+:)?{re.escape(spot[0])}(?=[\s/>]|$)", masked, re.IGNORECASE)
        found = next(islice(tags, spot[1] - 1, None), None)
        return mark_at(self.text, found.start()) if found else START


def _blank(raw: re.Match[str]) -> str:
    """A comment, or the tag of a script with what stands in it, without further tags."""
    return raw[0][0] + re.sub("<", " ", raw[0][1:])


def page(path: str, text: str, policy: str = "") -> Markup:
    """Read a page. It states `policy`, if one is given, before anything is loaded."""
    read = _Elements(Markup(path, text), policy)
    root = LexborHTMLParser(text).root
    for node in root.traverse() if root else ():
        given = {name.lower(): value or "" for name, value in node.attributes.items()}
        tag = (node.tag or "").lower()
        read.element(tag, given, (node.text() or "") if tag == "script" else "")
    return read.into


def picture(path: str, text: str) -> Markup:
    """Read an SVG file, which may hold its own styles."""
    read = _Elements(Markup(path, text), page=False)
    if doctype := re.search(r"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet", text, re.IGNORECASE):
        message = f"{doctype[0]} stands in the picture"
        read.into.problems.append(_forbidden(path, mark_at(text, doctype.start()), message))
        return read.into
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # without a DOCTYPE there is no entity
    except ElementTree.ParseError as error:
        mark = Mark(error.position[0], error.position[1] + 1)
        read.into.problems.append(_forbidden(path, mark, f"it is not XML: {error.msg}"))
        return read.into
    for node in root.iter():
        if not isinstance(node.tag, str):  # a comment
            continue
        values = {_short(name).lower(): value for name, value in node.attrib.items()}
        read.element(_short(node.tag).lower(), values)
        if _short(node.tag) == "style" and (found := style(path, node.text or "").problems):
            read.refuse(found[0].message)
    return read.into


def style(path: str, text: str) -> Markup:
    """Read a style sheet: what it loads stands beside it or in it."""
    into = Markup(path, text)
    for found in re.finditer(
        r"""(?:@import\s+(?:url\(\s*)?|url\(\s*)["']?([^"')\s;]*)""", text, re.IGNORECASE
    ):
        parts = urlsplit(found[1])
        if parts.netloc or parts.scheme not in ("", "data"):
            message = f"the style sheet loads from another host, {parts.netloc or parts.scheme}"
            into.problems.append(_forbidden(path, mark_at(text, found.start()), message))
    return into


class _Elements:
    """Looks at elements in their order, and finds the place of one that is wrong."""

    def __init__(self, into: Markup, policy: str = "", page: bool = True) -> None:
        self.into, self.page = into, page
        self.policy = policy
        self.awaited = policy  # until the page has stated it
        self.seen: Counter[str] = Counter()
        self.tag = ""

    @property
    def _spot(self) -> Spot:
        return self.tag, self.seen[self.tag]

    def element(self, tag: str, values: dict[str, str], text: str = "") -> None:
        """Look at the next element; `text` is what stands in a script."""
        self.tag = tag
        self.seen[tag] += 1
        if tag in _REFUSED or (tag == "meta" and _leads_away(values)):
            self.refuse(f"<{tag}> stands in the page")
            return
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.awaited = "" if values.get("content") == self.awaited else self.awaited
        elif tag in _UNDER_POLICY and self.awaited:
            self.awaited = ""
            self.refuse(f"no content policy stands before <{tag}>")
        if tag == "style" and self.page:
            self.refuse("a style sheet stands in the page")
        # Data is not run, whatever it says.
        data = values.get("type") in ("application/ld+json", "application/json")
        sourced = "src" in values
        if tag == "script" and not sourced and not data and named(text) not in self.policy:
            self.refuse("a script stands in the page")
        for name, value in values.items():
            if _END_TAG.search(value):  # an end to one who does not read what it stands in
                self.refuse(f"an end tag stands in the attribute {name} of <{self.tag}>")
            self._attribute(name, value, values)
        if (own := values.get("id")) is not None:
            if own in self.into.ids:
                self.refuse(f"the id {own} stands twice")
            self.into.ids.add(own)

    def _attribute(self, name: str, value: str, values: dict[str, str]) -> None:
        if name.startswith("on"):
            self.refuse(f"an event handler {name} stands on <{self.tag}>")
        elif name in ("srcdoc", "ping") or name == "style":
            self.refuse(f"the attribute {name} stands on <{self.tag}>")
        elif name in ("srcset", "imagesrcset"):
            for part in filter(str.strip, value.split(",")):
                self._address("src", part.split()[0], values)
        elif name in _ADDRESSES:
            self._address(name, value, values)
        elif name in _PAINTED and "url(" in value.lower():
            self._paint(name, value)

    def _address(self, name: str, value: str, values: dict[str, str]) -> None:
        # Browsers leave out spaces around an address, and breaks and tabs within it.
        value = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33))))
        try:
            parts = urlsplit(value)
        except ValueError:
            self.refuse(f"<{self.tag} {name}> is not an address")
            return
        rel = values.get("rel", "").lower()
        loaded = (self.tag, name) not in _FOLLOWED and rel not in _NOT_LOADED
        if parts.scheme == "data" and (self.tag == "img" or (self.tag == "link" and "icon" in rel)):
            return
        if parts.scheme.lower() not in _SCHEMES:
            self.refuse(f"<{self.tag} {name}> uses the scheme {parts.scheme}:")
        elif (parts.netloc or value.startswith(("//", "\\", "/\\"))) and loaded:
            self.refuse(f"<{self.tag}> loads from another host, {parts.netloc}")
        elif not parts.scheme and not parts.netloc:
            self.into.links.append((value, self._spot))

    def _paint(self, name: str, value: str) -> None:
        """SVG may paint with what stands in the same page, by its id alone."""
        if found := re.fullmatch(r"url\((#[\w-]+)\)", value):
            self.into.links.append((found[1], self._spot))
        else:
            self.refuse(f"<{self.tag} {name}> is painted from elsewhere, {value}")

    def refuse(self, message: str) -> None:
        """Note what must not be there."""
        mark = self.into.mark(self._spot)
        self.into.problems.append(_forbidden(self.into.path, mark, message))


def _forbidden(path: str, mark: Mark, message: str) -> Problem:
    return Problem(path, mark, "forbidden-markup", message)


def _short(name: str) -> str:
    """A name of XML as HTML writes it: of SVG bare, of others with their usual prefix."""
    space, brace, local = name.rpartition("}")
    return _NAMES.get(space + brace, "") + local


def _leads_away(values: dict[str, str]) -> bool:
    """Whether a `<meta>` refreshes to anything but a page of the same site."""
    if values.get("http-equiv", "").lower() != "refresh":
        return False
    target = re.fullmatch(r"0; url=([\w./-]+)", values.get("content", ""))
    return target is None or target[1].startswith("/")
