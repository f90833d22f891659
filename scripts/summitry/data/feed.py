"""Additions and corrections as an Atom feed (RFC 4287), the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import Fact, Quote, Term
from summitry.content.kinds.pieces import Correction
from summitry.content.library import STORIES
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.data import changes
from summitry.data.changes import Change, What
from summitry.data.quotations import told
from summitry.data.setting import Setting
from summitry.words import corrections
from summitry.words.catalogue import Words

MOST = 50  # entries; who comes rarely finds all on the page of changes
NAMESPACE = "http://www.w3.org/2005/Atom"
_TOLD = (What.ADDED, What.CORRECTED, What.WITHDRAWN)  # a change that says nothing is not news


def atom(library: CheckedLibrary, setting: Setting) -> str:
    """The feed; its ids are addresses that never change."""
    told = (c for c in changes.every(library, setting.history) if c.what in _TOLD)
    found = list(islice(told, MOST))
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": setting.language})
    _text(feed, "id", setting.url + routes.FEED)
    _text(feed, "title", setting.words("change.feed", site=setting.name))
    _text(feed, "updated", _moment(_newest(found, library)))
    _author(feed, setting)
    SubElement(feed, "link", {"rel": "self", "href": setting.url + routes.FEED})
    page = setting.url + library.options.changes_page
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for change in found:
        _entry(feed, library, setting, change)
    indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, "unicode") + "\n"


def _entry(feed: Element, library: CheckedLibrary, setting: Setting, change: Change) -> None:
    address = setting.url + _address(change.ref)
    number = f"-{change.number}" if change.number else ""
    words, what = setting.words, change.what.value
    told = {
        "what": words(f"what.{what}"),
        "kind": words.small(words(f"kind.{change.ref.kind}")),
        "title": _title(library, change.ref),
    }
    entry = SubElement(feed, "entry")
    _text(entry, "id", f"{address}#{what}-{change.day}{number}")
    _text(entry, "title", words("change.entry", **told))
    _text(entry, "updated", _moment(change.day))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    SubElement(entry, "category", {"term": what})
    _text(entry, "summary", _summary(words, library, change))


def _address(ref: Ref) -> str:
    return routes.story_url(ref.id) if ref.kind == STORIES else routes.url(ref)


def _title(library: CheckedLibrary, ref: Ref) -> str:
    if ref.kind == STORIES:
        return library.stories[ref.id].title
    return plain(library.item(ref).entity.title)


def _summary(words: Words, library: CheckedLibrary, change: Change) -> str:
    one = change.notice
    if isinstance(one, Correction):
        return f"{corrections.told(words, one)} {plain(one.why)}"
    if one is not None:
        return f"{words('what.withdrawn')}: {plain(one.why)}"
    return _gist(words, library, change.ref)


def _gist(words: Words, library: CheckedLibrary, ref: Ref) -> str:
    """What somebody who reads the feed alone should know of an addition."""
    if ref.kind == STORIES:
        return library.stories[ref.id].meta.description or library.stories[ref.id].title
    entity = library.item(ref).entity
    match entity:
        case Quote():
            quoted = words("sign.quoted", text=entity.text)
            return f"{quoted} {told(words, library, ref).text}"
        case Fact() if entity.question:
            answers = words("sign.semicolon").join(one.value for one in entity.positions)
            return words("support.answers", answers=answers)
        case Term():
            return plain(entity.definition)
    return entity.summary or plain(entity.title)


def _author(feed: Element, setting: Setting) -> None:
    _text(SubElement(feed, "author"), "name", setting.name)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _moment(day: date) -> str:
    """RFC 3339; git's days and those of corrections have no hour that a reader would need."""
    return f"{day.isoformat()}T00:00:00Z"


def _newest(found: Iterable[Change], library: CheckedLibrary) -> date:
    """The day of the newest entry; where there is none, that of the event or, at last, 1970."""
    main = library.main_event
    otherwise = main.start.last if main else date(1970, 1, 1)
    return max((change.day for change in found), default=otherwise)
