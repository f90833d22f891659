"""Narrative pages: their HTML in the template of their layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from summitry.content.library import Story
from summitry.pages.assembly import WIDE
from summitry.pages.context import Scope
from summitry.pages.spec import Content
from summitry.pages.views import images

_HEADING = re.compile(r"^\s*<h1\b.*?</h1>", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"(</h2>\s*)<p>")


def render(env: Environment, scope: Scope, story: Story) -> Content:
    """The page of a story. The guide's pages are laid out by the theme alone."""
    rendered = scope.markdown(story.document.body)
    if story.meta.layout == "guide":
        return Content(rendered.html, rendered.headings)
    figure = images.figure(scope, story.meta.figure) if story.meta.figure else None
    values: dict[str, Any] = {"page": scope, "meta": story.meta, "figure": figure}
    if story.meta.layout == "home":
        sections = [_Section(html) for html in rendered.sections[1:]]
        values |= {"lead": Markup(_lede(rendered.sections[0])), "sections": sections}
        return Content(env.get_template("stories/home.html").render(values), rendered.headings)
    heading = _HEADING.match(rendered.html)
    end = heading.end() if heading else 0
    values["head"], values["lead"] = Markup(rendered.html[:end]), Markup(rendered.html[end:])
    values["contents"] = [_Heading(one) for one in _second_level(rendered.headings)]
    return Content(env.get_template("stories/story.html").render(values), rendered.headings)


class _Heading:
    """A second-level heading as the contents of its page name it."""

    def __init__(self, heading: Mapping[str, Any]) -> None:
        self.id, self.name = heading["id"], Markup(heading["name"])


def _second_level(headings: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in headings:
        if one["level"] == 2:
            yield one
        yield from _second_level(one["children"])


class _Section:
    """A section of home: its HTML, and whether it takes the full width."""

    def __init__(self, html: str) -> None:
        self.html = Markup(_FIRST_PARAGRAPH.sub(r'\1<p class="intro">', html, count=1))
        self.wide = WIDE in html  # others set their heading beside
        found = re.match(r'<h2 id="([^"]+)"', html)
        self.anchor = found[1] if found else ""


def _lede(html: str) -> str:
    return html.replace("<p>", '<p class="lede">')
