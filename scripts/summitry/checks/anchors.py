"""Whether a link with `#` leads to a heading of the page that it names.

Headings are what a contributor's link leads to, and parts that templates name. Whether a page has
such a part only the built page knows, which the gate reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from summitry.content import routes
from summitry.content.anchors import ids_of, is_of_page
from summitry.content.library import Item, Library, Story
from summitry.content.problems import Problem, nearest
from summitry.content.prose import Link


def lost_anchors(library: Library) -> Iterator[Problem]:
    """A problem for each link whose heading is not there, at its line."""
    pages: dict[str, Item | Story] = {one.file: one for one in library.stories.values()}
    pages |= {item.path: item for item in library.items.values()}
    known: dict[str, list[str]] = {}
    for path, page in pages.items():
        for link in page.prose.links:
            address, mark, anchor = link.target.partition("#")
            goal = routes.resolve(address, path) if address else path
            if not mark or not anchor or goal not in pages or is_of_page(anchor):
                continue
            if goal not in known:
                known[goal] = ids_of(pages[goal].document.body)
            if unquote(anchor) not in known[goal]:
                yield _lost(path, link, unquote(anchor), known[goal])


def _lost(path: str, link: Link, anchor: str, ids: list[str]) -> Problem:
    message = f"“{link.target}” leads to #{anchor}, and no heading has that id"
    near = nearest(anchor, ids)
    hint = f"did you mean #{near}?" if near else "headings: " + ", ".join(f"#{i}" for i in ids[:8])
    return Problem(path, link.mark, "bad-link", message, hint if ids else "leave out the #")
