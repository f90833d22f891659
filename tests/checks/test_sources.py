"""One page in two files is a problem; one publisher without origins is a note."""

from __future__ import annotations

import pytest
from small_site import FILES, examined
from summitry.checks.checked import CheckedLibrary
from summitry.checks.sources import page_of
from summitry.checks.support import Status
from summitry.content.kinds import Fact
from summitry.content.problems import Problem
from summitry.content.values import Ref

SAME = [
    "https://one.example/page",
    "http://one.example/page",
    "https://www.one.example/page/",
    "https://ONE.example:443/page",
    "https://m.one.example/page",
    "https://one.example/page#part",
    "https://one.example/page?utm_source=x&fbclid=y",
    "https://one.example/p%61ge",
    "https://one.example/page/index.html",
    "https://one.example/page/amp",
    "https://web.archive.org/web/20250816/https://one.example/page",
    "https://archive.ph/2025/http://one.example/page",
]
OTHER = [
    "https://one.example/page2",
    "https://one.example/page?id=2",
    "https://two.example/page",
    "https://one.example/Page",
    "https://one.example/",
]


def source(text: str) -> str:
    return f"---\ntype: article\n{text}---\n"


def told(changes: dict[str, str], code: str = "same-source") -> list[Problem]:
    return [p for p in examined(dict(changes)).problems if p.code == code]


TWIN = "content/sources/twin.md"


@pytest.mark.parametrize("address", SAME)
@pytest.mark.parametrize("field", ["url", "archive_url"])
def test_one_page_under_two_addresses(address: str, field: str) -> None:
    if field == "archive_url" and "archive" not in address:
        address = f"https://web.archive.org/web/2025/{address}"
    found = told({TWIN: source(f"title: Another title\n{field}: {address}\n")})
    assert [(p.path, p.mark.line, p.note) for p in found] == [(TWIN, 4, False)]
    assert found[0].message == f"{field}: source-one has the same address: one page counts once"


@pytest.mark.parametrize("address", OTHER)
def test_two_pages(address: str) -> None:
    assert told({TWIN: source(f"title: Another title\nurl: {address}\n")}) == []
    assert page_of(address) != page_of(SAME[0])


@pytest.mark.parametrize(
    ("title", "publisher", "issued", "same"),
    [
        ("Source One", "Paper One", "", True),
        ("source one!", "The PAPER One", "issued: 2025-08-16\n", True),
        ("Source One", "Paper One", "issued: 2025\n", True),  # which may be the same day
        ("Source One", "Paper One", "issued: 2025-08-17\n", False),  # a paper of every day
        ("Source One", "Paper Two", "", False),
        ("Source Two", "Paper One", "", False),
    ],
)
def test_one_title_of_one_publisher(title: str, publisher: str, issued: str, same: bool) -> None:
    more = f"publisher: {publisher}\n{issued}url: https://else.example/x\n"
    found = told({TWIN: source(f"title: {title}\n{more}")})
    assert [p.message for p in found] == [
        "title: source-one has the same title and publisher: one page counts once"
    ] * same


def test_the_cure_followed_to_the_letter_mends() -> None:
    twin = {TWIN: source("title: A\nurl: https://one.example/page\n")}
    fact = "content/facts/fact-one.md"
    cites = {fact: FILES[fact].replace("source-two", "twin")}
    (problem,) = told(twin | cites)
    assert problem.hint == "keep one file, with the other's id in formerly:, and cite source-one"
    kept = "content/sources/source-one.md"
    mended = FILES[kept].replace("issued:", "formerly: [twin]\nissued:")
    assert told({kept: mended, fact: FILES[fact].replace("source-two", "source-one")}) == []


def test_what_was_withdrawn_is_nobody_s_twin() -> None:
    gone = source("title: A\nurl: https://one.example/page\nwithdrawn: {on: 2025-09, why: So.}\n")
    assert told({TWIN: gone}) == []


def test_one_publisher_without_origin_is_one_group_and_a_note() -> None:
    fact = "content/facts/fact-one.md"
    changes = {
        TWIN: source("title: Another\npublisher: paper one\nurl: https://one.example/2\n"),
        fact: FILES[fact].replace("source-two", "twin"),
    }
    verdict = examined(dict(changes))
    library = verdict.library
    assert isinstance(library, CheckedLibrary)
    stated = library.item(Ref("facts", "fact-one")).entity
    assert isinstance(stated, Fact)
    assert library.support(stated).status is Status.SINGLE
    notes = told(changes, "shared-publisher")
    assert [(p.path, p.note) for p in notes] == [
        ("content/sources/source-one.md", True),
        (TWIN, True),
    ]
    assert notes[1].message == "publisher: this counts as one with source-one, of one house"
    named = {TWIN: changes[TWIN].replace("title:", "origin: desk-two\ntitle:")}
    assert told(changes | named, "shared-publisher") == notes[:1]
    one = "content/sources/source-one.md"
    both = {one: FILES[one].replace("issued:", "origin: desk-one\nissued:"), **named}
    assert told(changes | both, "shared-publisher") == []
    library = examined(dict(changes | both)).library
    assert library is not None
    assert library.support(stated).status is Status.CORROBORATED
