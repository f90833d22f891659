"""What depends on the page that a piece of HTML stands in: links, and the numbers of sources.

A card, a paragraph or an entry is the same wherever it stands, but for three things: its links are
relative to the page, its sources are numbered in the order in which the page shows them, and its id
gets a number where it stands in the page again. So
pieces are made with marks in their place, once, and a page is put together from them at the end.
The marks are characters that contributors' text cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summitry.content import routes

WIDE = "\ue014"
"""Stands before what needs the full width of a page, such as cards in columns."""
REACH = "\ue015"
"""Stands for how far the sources of the page reach."""
NOTICE = "\ue016"
"""Stands where a page says, while serving, what is wrong with the site."""
_LINK, _SOURCE = "\ue010{}\ue011", "\ue012{}\ue013"
_LINKS = re.compile("\ue010([^\ue011]*)\ue011")
_BACK = "\ue016{}\ue017"
_BACKS = re.compile("\ue016([^\ue017]*)\ue017")
_MARKERS = re.compile('<a class="cite" href="#source-\ue012([^\ue013]*)\ue013"')
MOST_BACK = 6  # links from a source to where the page cites it
_OWN = "\ue018{}\ue019"
_OWNED = re.compile("\ue018([^\ue019]*)\ue019")
_LABELLED = 'aria-labelledby="'  # what stands before an id where it is named first
_SOURCES = re.compile("\ue012([^\ue013]*)\ue013")
_HEADINGS = re.compile('<h[1-6] id="([^"\ue018]+)"')


def link(address: str) -> str:
    """The mark for a link to an address of the site."""
    return _LINK.format(address)


def number(source: str) -> str:
    """The mark for the number of a source."""
    return _SOURCE.format(source)


def back(source: str) -> str:
    """The mark for the links from a source's entry to where the page cites it."""
    return _BACK.format(source)


def own(name: str) -> str:
    """The mark for an id: a card may stand in a page twice, or beside a heading of this name, and
    an id may not. What bears the id is labelled by it first."""
    return _OWN.format(name)


def cited(html: str) -> list[str]:
    """The ids of the sources in a piece of HTML, in the order in which a reader meets them."""
    return list(dict.fromkeys(_SOURCES.findall(html)))


def assembled(html: str, here: str, sources: Sequence[str], reach: str = "") -> str:
    """The HTML of the page at address `here`, whose sources are numbered in the given order.

    `reach` says in words how far these reach.
    """
    numbers = {source: str(place) for place, source in enumerate(sources, 1)}
    links: dict[str, str] = {}
    counts = dict.fromkeys(_HEADINGS.findall(html), 1)

    def label(found: re.Match[str]) -> str:
        name, begins = found[1], found.string.endswith(_LABELLED, 0, found.start())
        counts[name] = counts.get(name, 0) + begins
        return f"{name}--{counts[name]}" if counts[name] > 1 else name

    def take(found: re.Match[str]) -> str:
        address = found[1]
        if address not in links:
            links[address] = routes.relative(address, here)
        return links[address]

    html = _OWNED.sub(label, html)
    html = _led_back(html.replace(REACH, reach).replace(WIDE, ""), numbers)
    return _SOURCES.sub(lambda found: numbers[found[1]], _LINKS.sub(take, html))


def _led_back(html: str, numbers: Mapping[str, str]) -> str:
    """The HTML with an id for each marker, and the links that lead back to these."""
    times: dict[str, int] = {}

    def name(found: re.Match[str]) -> str:
        times[found[1]] = times.get(found[1], 0) + 1
        number = numbers[found[1]]
        return f'<a class="cite" href="#source-{number}" id="cite-{number}-{times[found[1]]}"'

    def lead(found: re.Match[str]) -> str:
        number = numbers[found[1]]
        before = f'<span class="visually-hidden">[{number}] </span>'
        return " ".join(
            f'<a href="#cite-{number}-{time}">{before}{time}</a>'
            for time in range(1, min(times.get(found[1], 0), MOST_BACK) + 1)
        )

    return _BACKS.sub(lead, _MARKERS.sub(name, html))
