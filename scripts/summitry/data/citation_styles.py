"""How APA's and Chicago's styles print a work on the web.

What is cited here is of a few kinds with a few fields (see `bibliography`), so the styles' rules
for them are written out. Processors of CSL were tried on the first site's 777 items: the two that
come as small packages put the title twice or lose its marks, and the one that does not weighs
245 MB with its styles. Terms and dates are those of the site's language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup, escape

from summitry.data.bibliography import Item
from summitry.data.headlines import headline
from summitry.pictures import quotemarks
from summitry.words.catalogue import Words

_EMPHASIS = Markup("<em>{}</em>")
_PERIODICAL = frozenset({"article-newspaper", "article-magazine", "article", "post-weblog"})
# Of a periodical or site without an author, Chicago puts its name first; of a blog, the title.
_LEADS = frozenset({"article-newspaper", "article-magazine", "article", "broadcast", "webpage"})
_ENDED = re.compile(r"[.?!…][”’“»\"']*$")


def apa(item: Item, words: Words) -> Markup:
    """As the American Psychological Association's manual prints it (7th edition)."""
    kind, where = item["type"], item.get("container-title", "")
    title = escape(item["title"]) if where and kind != "webpage" else _emphasis(item["title"])
    if kind == "broadcast":
        title = Markup("{} [{}]").format(title, words("cite.broadcast"))
    when = Markup("({})").format(_year_first(item, words))
    by = _names(item, _initials, last=" & ")
    head = [escape(by), when, title] if by else [title, when]
    return _sentences([*head, _apa_where(item, words)]) + _retrieved(item, words)


def _apa_where(item: Item, words: Words) -> Markup:
    where = item.get("container-title", "")
    if item["type"] == "broadcast" and where:
        return escape(words("cite.inside", where=_emphasis(where)))
    return _emphasis(where) if item["type"] in _PERIODICAL else _house(item)


def _retrieved(item: Item, words: Words) -> Markup:
    """The address. Of what bears no date, the day on which it was read, where that is known."""
    address = item.get("URL", "")
    if not address:
        return Markup("")
    if "issued" in item or "accessed" not in item:
        return escape(f" {address}")
    read = words.printed_day(_day(item["accessed"]))
    return escape(" " + words("cite.retrieved", day=read, address=address))


def _year_first(item: Item, words: Words) -> str:
    """`2025, August 15`; of a report, which has no day, the year."""
    if "issued" not in item:
        return words("cite.undated")
    parts = _parts(item["issued"])
    if len(parts) == 1 or item["type"] == "report":
        return str(parts[0])
    return f"{parts[0]}, {words.printed_without_year(_day(item['issued']), len(parts) > 2)}"


def chicago(item: Item, words: Words) -> Markup:
    """As a bibliography of the Chicago Manual of Style prints it (notes and bibliography)."""
    where, by = _chicago_where(item), escape(_names(item, _inverted, last=_and(words)))
    leads = not by and where and item["type"] in _LEADS
    when, title = escape(_chicago_date(item, words)), _chicago_title(item, words)
    if leads:
        head = [where, title, when]
    else:
        place = Markup(", ").join(part for part in (where, when) if part)
        head = [by, title, place]
    if "issued" not in item and "accessed" in item:
        read = words.printed_day(_day(item["accessed"]))
        head.append(escape(words("cite.accessed", day=read)))
    return _sentences([*head, escape(item.get("URL", ""))])


def _chicago_where(item: Item) -> Markup:
    where = item.get("container-title", "")
    return _emphasis(where) if where and item["type"] != "webpage" else _house(item)


def _chicago_date(item: Item, words: Words) -> str:
    """The day. That it has none is not said of a page, as most pages have none."""
    if "issued" not in item:
        return "" if item["type"] == "webpage" else words("cite.undated")
    parts = _parts(item["issued"])
    if len(parts) == 1 or item["type"] == "report":
        return str(parts[0])
    return words.printed_day(_day(item["issued"]), exact=len(parts) > 2)


def _chicago_title(item: Item, words: Words) -> Markup:
    """In marks if it stands in something, with what ends it inside them, where marks do so."""
    title = item["title"]
    if item.get("language", "").partition("-")[0] == "en":
        title = headline(title)
    if "container-title" not in item and item["type"] != "webpage":
        return _emphasis(title)
    inner = quotemarks.nested(title, words.spoken)
    if _ENDED.search(inner):
        return escape(words("cite.titled", title=inner))
    ended = words("cite.titled-and-ended", title=inner)
    within = f"{inner}." in ended  # as in English, and then within inner marks too
    if within and inner.endswith("’") and "‘" in inner:
        ended = words("cite.titled", title=f"{inner[:-1]}.’")
    return escape(ended)


def _house(item: Item) -> Markup:
    return escape(item.get("container-title") or item.get("publisher") or "")


# Names: one text, or what CSL calls family and given.


def _names(item: Item, form: Callable[[dict[str, str], int], str], last: str) -> str:
    shown = [form(one, place) for place, one in enumerate(item.get("author") or ())]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])},{last}{shown[-1]}"


def _initials(name: dict[str, str], place: int) -> str:
    """`Author, A. B.`"""
    del place
    if "literal" in name:
        return name["literal"]
    letters = re.sub(r"([^\W\d_])[^\W\d_]*\.?", r"\1.", name.get("given", ""))
    return ", ".join(part for part in (name.get("family", ""), letters) if part)


def _inverted(name: dict[str, str], place: int) -> str:
    """`Author, Ann`; those after the first as they are called."""
    if "literal" in name:
        return name["literal"]
    family, given = name.get("family", ""), name.get("given", "")
    parts = (given, family) if place else (family, given)
    return (" " if place else ", ").join(part for part in parts if part)


def _and(words: Words) -> str:
    return f" {words('cite.and')} "


# What both share


def _emphasis(text: str) -> Markup:
    return _EMPHASIS.format(text) if text else Markup("")


def _sentences(parts: Sequence[Markup]) -> Markup:
    """Each part with a stop, if it has none of its own. An address keeps no stop of APA's."""
    ended = [
        part if _ENDED.search(part.striptags()) else part + "." for part in parts if part.strip()
    ]
    return Markup(" ").join(ended)


def _parts(when: Item) -> list[int]:
    found: list[int] = when["date-parts"][0]
    return found


def _day(when: Item) -> date:
    year, month, day = (*_parts(when), 1, 1)[:3]
    return date(year, month, day)
