"""Addresses: made in one place, and links that hold under any sub-path."""

from __future__ import annotations

from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summitry.content import routes
from summitry.content.kinds import KINDS
from summitry.content.values import Ref

PIECE = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
PAGE = st.lists(PIECE, max_size=4).map(lambda pieces: "".join(f"{piece}/" for piece in pieces))
FILE = st.tuples(PAGE, PIECE).map(lambda pair: f"{pair[0]}{pair[1]}.png")


@given(st.one_of(PAGE, FILE), PAGE, st.sampled_from(["", "#a-b"]))
def test_a_relative_link_leads_back(target: str, here: str, anchor: str) -> None:
    for root in ("https://x.example/", "https://x.example/sub/path/"):
        link = routes.relative(target + anchor, here)
        assert not link.startswith("/")
        assert urljoin(root + here, link) == root + target + anchor


@given(st.lists(st.text(alphabet="aй :?#&%+\"<'", min_size=1, max_size=5), min_size=1, max_size=3))
def test_odd_names_survive(pieces: list[str]) -> None:
    target = "".join(f"{piece.replace('#', 'x')}/" for piece in pieces)
    link = routes.relative(target, "people/one/")
    assert unquote(urljoin("https://x.example/people/one/", link)) == f"https://x.example/{target}"


@pytest.mark.parametrize(
    ("target", "here", "link"),
    [
        ("people/a/", "quotes/b/", "../../people/a/"),
        ("people/a/", "people/a/", "./"),
        ("people/a/#roles", "people/a/", "./#roles"),
        ("", "people/a/", "../../"),
        ("", "", "./"),
        ("people/", "", "people/"),
        ("assets/cards/q.png", "quotes/q/", "../../assets/cards/q.png"),
        ("people/a/", "404.html", "people/a/"),
        ("people/a/", "x/y.html", "../people/a/"),
    ],
)
def test_relative_links(target: str, here: str, link: str) -> None:
    assert routes.relative(target, here) == link


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("about/index.md", "about/"),
        ("the-day.md", "the-day/"),
        ("about/how.md", "about/how/"),
    ],
)
def test_addresses_of_pages_are_those_of_mkdocs(path: str, address: str) -> None:
    assert routes.story_url(path) == address


@pytest.mark.parametrize("kind", KINDS)
def test_an_entity_has_an_address_below_its_index(kind: str) -> None:
    ref = Ref(kind, "one")
    assert routes.url(ref) == f"{routes.index_url(kind)}one/"
    assert routes.entity_of(f"content/{kind}/one.md", "content") == ref
    assert routes.entity_of(f"my/content/{kind}/one.md", "my/content") == ref


@pytest.mark.parametrize(
    "path",
    ["docs/people/one.md", "content/one.md", "content/poeple/one.md", "content/people/one.txt",
     "content/people/deep/one.md", "contents/people/one.md", "x/content/people/one.md"],
)  # fmt: skip
def test_what_is_no_entity(path: str) -> None:
    assert routes.entity_of(path, "content") is None


@pytest.mark.parametrize(
    ("target", "source", "goal"),
    [
        ("../people/a.md", "content/quotes/q.md", "content/people/a.md"),
        ("a.md", "content/people/b.md", "content/people/a.md"),
        ("../../content/people/a.md", "docs/about/x.md", "content/people/a.md"),
        ("./x/../y.md", "docs/z.md", "docs/y.md"),
        ("../../../etc/passwd", "docs/z.md", "../../etc/passwd"),
    ],
)
def test_links_between_files(target: str, source: str, goal: str) -> None:
    assert routes.resolve(target, source) == goal
