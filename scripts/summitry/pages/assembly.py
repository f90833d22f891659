"""What depends on the page that a piece of HTML stands in: links, and the numbers of sources.

A card, a paragraph or an entry is the same wherever it stands, but for two things: its links are
relative to the page, and its sources are numbered in the order in which the page shows them. So
pieces are made with marks in their place, once, and a page is put together from them at the end.
The marks are characters that contributors' text cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitry.content import routes

WIDE = "\ue014"
"""Stands before what needs the full width of a page, such as cards in columns."""
REACH = "\ue015"
"""Stands for how far the sources of the page reach."""
NOTICE = "\ue016"
"""Stands where a page says, while serving, what is wrong with the site."""
_LINK, _SOURCE = "\ue010{}\ue011", "\ue012{}\ue013"
_LINKS = re.compile("\ue010([^\ue011]*)\ue011")
_SOURCES = re.compile("\ue012([^\ue013]*)\ue013")


def link(address: str) -> str:
    """The mark for a link to an address of the site."""
    return _LINK.format(address)


def number(source: str) -> str:
    """The mark for the number of a source."""
    return _SOURCE.format(source)


def cited(html: str) -> list[str]:
    """The ids of the sources in a piece of HTML, in the order in which a reader meets them."""
    return list(dict.fromkeys(_SOURCES.findall(html)))


def assembled(html: str, here: str, sources: Sequence[str], reach: str = "") -> str:
    """The HTML of the page at address `here`, whose sources are numbered in the given order.

    `reach` says in words how far these reach.
    """
    numbers = {source: str(place) for place, source in enumerate(sources, 1)}
    links: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        address = found[1]
        if address not in links:
            links[address] = routes.relative(address, here)
        return links[address]

    html = html.replace(REACH, reach).replace(WIDE, "")
    return _SOURCES.sub(lambda found: numbers[found[1]], _LINKS.sub(take, html))
