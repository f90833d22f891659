"""Additions and corrections as an Atom feed."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import feedparser
from small_site import checked, person
from summitry.data.feed import MOST, NAMESPACE, atom
from summitry.data.history import UNKNOWN, History
from summitry.data.setting import Setting

SITE = "https://site.example/x/"
P = "content/people/speaker-two.md"
DAYS = {
    date(2025, 8, 20): {"content/quotes/quote-one.md": True, "content/facts/fact-one.md": False},
    date(2025, 8, 16): {"content/facts/question-one.md": True, P: True, "docs/story.md": True},
}
CORRECTED = "corrections: [{on: 2025-09-01, was: Old & < b, now: New, why: Misread.}]\n"


def made(history: History = UNKNOWN, changes: dict[str, str | bytes | None] | None = None) -> str:
    return atom(checked(changes), Setting("Site & One", SITE, history=history))


def test_it_holds_what_the_standard_asks_for() -> None:
    """RFC 4287, section 4.1: each element as often as it must or may be."""
    root = ElementTree.fromstring(made(History(DAYS), {P: person(CORRECTED)}))
    name = f"{{{NAMESPACE}}}"
    assert root.tag == f"{name}feed"
    dated = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
    for one in (root, *root.findall(f"{name}entry")):
        for child in ("id", "title", "updated"):
            assert len(one.findall(f"{name}{child}")) == 1
        assert dated.fullmatch(one.findtext(f"{name}updated") or "")
        links = [link.get("href", "") for link in one.findall(f"{name}link")]
        assert links
        assert all(link.startswith(SITE) for link in links)
    assert root.findtext(f"{name}author/{name}name") == "Site & One"
    assert [link.get("rel") for link in root.findall(f"{name}link")] == ["self", "alternate"]
    ids = [one.text for one in root.iter(f"{name}id")]
    assert len(ids) == len(set(ids))


def test_a_feed_reader_reads_it_newest_first() -> None:
    read = feedparser.parse(made(History(DAYS), {P: person(CORRECTED)}))
    assert not read.bozo
    assert [(entry.title, entry.updated[:10]) for entry in read.entries] == [
        ("Corrected, person: Speaker", "2025-09-01"),
        ("Added, quote: On the talks", "2025-08-20"),
        ("Added, article: A story", "2025-08-16"),
        ("Added, fact: How long did it last?", "2025-08-16"),
        ("Added, person: Speaker", "2025-08-16"),
    ]
    assert read.feed.updated == "2025-09-01T00:00:00Z"
    assert read.entries[0].summary == "Here stood: Old & < b. Now: New. Misread."
    assert read.entries[1].summary == (
        "“We had “some” words” Transcribed, not yet proven. Wordings differ."
    )
    assert read.entries[3].summary == "Sources disagree: An hour; Two hours"


def test_an_id_stays_when_more_is_corrected() -> None:
    twice = CORRECTED.replace("}]", "}, {on: 2025-09-01, was: New, now: Newer, why: Again.}]")
    once = [e.id for e in feedparser.parse(made(changes={P: person(CORRECTED)})).entries]
    both = [e.id for e in feedparser.parse(made(changes={P: person(twice)})).entries]
    assert set(once) < set(both)


def test_without_changes_there_is_an_empty_feed() -> None:
    read = feedparser.parse(made())
    assert not read.bozo
    assert read.entries == []
    assert read.feed.updated == "2025-08-15T00:00:00Z"


def test_it_does_not_grow_without_end() -> None:
    extra = {f"content/people/p{n}.md": person() for n in range(MOST + 5)}
    read = feedparser.parse(made(History({date(2025, 8, 16): dict.fromkeys(extra, True)}), extra))
    assert len(read.entries) == MOST
