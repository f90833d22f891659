"""Two pages at one address are a problem that names both, at the contributor's file."""

from __future__ import annotations

import pytest
from small_site import FILES, examined

PAGE = "# A page\n\nIt was so. [@source-two]\n"


def said(*paths: str) -> list[tuple[str, str, str]]:
    """What is said of pages that are added to the small site."""
    found = examined(dict.fromkeys(paths, PAGE)).problems
    return [(p.path, p.code, p.message) for p in found if not p.note]


def too(other: str, address: str) -> str:
    return f"{other} makes the page at this address, /{address}, too"


MADE = "a page that the build makes itself has this address"


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["docs/README.md"], too("docs/index.md", "")),
        (["docs/story/index.md"], too("docs/story.md", "story/")),
        (["docs/story/README.md"], too("docs/story.md", "story/")),
        (["docs/Story.md"], "docs/Story.md makes the page at this address, /story/, too"),
        (["docs/people/speaker-one.md"],
         too("content/people/speaker-one.md", "people/speaker-one/")),
        (["docs/people/speaker-one/index.md"],
         too("content/people/speaker-one.md", "people/speaker-one/")),
        (["docs/quotes/quote-one/embed.md"],
         too("content/quotes/quote-one.md", "quotes/quote-one/embed/")),
        (["docs/quotes.md"], MADE),
        (["docs/quotes/index.md"], MADE),
        (["docs/quotes/README.md"], MADE),
        (["docs/timeline.md"], MADE),
        (["docs/people/README.md"], MADE),
        (["docs/Timeline.md"], MADE),
        (["docs/quotes/by/speaker-one.md"],
         "the build makes its own pages and files below quotes/by/"),
        (["docs/quotes/state/proven.md"],
         "the build makes its own pages and files below quotes/state/"),
        (["docs/pagefind.md"], "the build makes its own pages and files below pagefind/"),
        (["docs/assets/x.md"], "the build makes its own pages and files below assets/"),
    ],
)  # fmt: skip
def test_a_page_in_the_place_of_another(paths: list[str], message: str) -> None:
    at_fault = "docs/story.md" if paths == ["docs/Story.md"] else paths[0]
    assert said(*paths) == [(at_fault, "duplicate-id", message)]


@pytest.mark.parametrize(
    "name",
    ["with space", "q&a", "it's", "evidence.json", "ü", "a.b", "-x", "x/a b/c", "a%20b", "a#b",
     "a?b", "sitemap.xml/index"],
)  # fmt: skip
def test_names_that_no_address_can_hold(name: str) -> None:
    ((path, code, _),) = said(f"docs/{name}.md")
    assert (path, code) == (f"docs/{name}.md", "bad-id")


@pytest.mark.parametrize(
    "name", ["a-b", "A_b", "2025", "x/y/z", "people/others", "events/index-of", "story/more"]
)
def test_names_that_are_fine(name: str) -> None:
    assert said(f"docs/{name}.md") == []


def test_a_site_has_a_first_page() -> None:
    found = [p for p in examined({"docs/index.md": None}).problems if not p.note]
    assert [(p.path, p.code) for p in found] == [("docs/index.md", "no-first-page")]
    assert examined({"docs/index.md": None, "docs/README.md": FILES["docs/index.md"]}).library


def test_an_old_id_is_that_of_one_thing() -> None:
    two = "content/people/speaker-two.md"
    old = FILES[two].replace("summary:", "formerly: [speaker-uno, was, was]\nsummary:")
    found = [p for p in examined({two: old}).problems if not p.note]
    assert [(p.path, *p.mark, p.code, p.message) for p in found] == [
        (two, 3, 12, "duplicate-id",
         "content/people/speaker-one.md claims the address of people/speaker-uno too"),
        (two, 3, 30, "duplicate-id",
         "content/people/speaker-two.md claims the address of people/was too"),
    ]  # fmt: skip


def test_an_old_id_is_not_the_address_of_a_page() -> None:
    found = [p for p in examined({"docs/people/speaker-uno.md": PAGE}).problems if not p.note]
    assert [(p.path, p.code, p.message) for p in found] == [
        ("content/people/speaker-one.md", "duplicate-id",
         "docs/people/speaker-uno.md claims the address of people/speaker-uno too"),
    ]  # fmt: skip
