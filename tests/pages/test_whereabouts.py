"""What a place's page says and draws of where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from small_site import Read, examined, found
from test_site_pages import html

PLACE = "---\nname: {}\nlatitude: {}\nlongitude: {}\n{}---\n"
CLOSE: dict[str, str | bytes | None] = {
    "content/places/arena.md": PLACE.format("The Arena", 61.11, -149.9, "precision: about\n"),
    "content/places/hall.md": PLACE.format("The Hall", 61.2, -149.7, "contained_in: place-one\n"),
    "content/places/far-hall.md": PLACE.format(
        "A hall in Place Two", 55.72, 37.6, "contained_in: place-two\n"
    ),
    "content/places/place-one.md": PLACE.format("Place One", 61.2, -149.9, ""),
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def around(page: str) -> list[LexborNode]:
    return LexborHTMLParser(page).css(".around")


def told(node: LexborNode) -> list[str]:
    return [" ".join(one.text().split()) for one in node.css("li")]


def test_a_place_has_a_map_without_an_image(cache: Path) -> None:
    page = html(cache, "places/place-two/", {"content/images/map-one.md": None})
    (one,) = around(page)
    assert one.css_first("svg.map .main-name").text() == "Place Two"
    assert told(one) == ["Place One about 7,000 km"]  # no compass leads that far
    note = one.css_first("figcaption").text()
    assert "No borders are drawn" in note
    assert "straight lines from Place Two" in note
    ids = Read(page).ids
    assert len(ids) == len(set(ids))


def test_what_is_close_by_stands_in_a_plan_and_in_words(cache: Path) -> None:
    close, farther = around(html(cache, "places/place-one/", CLOSE))
    assert close.css_first("svg.vicinity") is not None
    assert told(close) == ["The Arena about 10 km to the south", "The Hall about 11 km to the east"]
    desc = close.css_first("desc").text()
    assert desc == (
        "From Place One: The Arena, about 10 km to the south; The Hall, about 11 km to the east."
    )
    assert "Hollow dots are approximate" in close.css_first("figcaption").text()
    # From afar a city stands for what is in it.
    assert farther.css_first("svg.map") is not None
    assert told(farther) == ["Place Two about 7,000 km"]


def test_how_far_a_place_is_from_what_it_is_in_is_not_told(cache: Path) -> None:
    (one,) = around(html(cache, "places/hall/", CLOSE))
    assert told(one)[0] == "The Arena about 15 km to the south-west"
    assert not [line for line in told(one) if line.startswith("Place One")]


STORY = "# S\n\nIt was so. [@source-one]\n\n```plan\nof: [hall, place-one, arena]\n```\n"


def test_a_page_may_have_a_plan_of_places(cache: Path) -> None:
    (one,) = around(html(cache, "story/", {**CLOSE, "docs/story.md": STORY}))
    assert [node.text() for node in one.css("svg.vicinity .roomy .name")] == [
        "The Hall", "Place One", "The Arena",
    ]  # fmt: skip
    assert one.css_first("svg .roomy .key").text().endswith(" km")
    assert told(one) == [
        "Place One about 11 km to the west",
        "The Arena about 15 km to the south-west",
    ]
    assert "straight lines from The Hall" in one.css_first("figcaption").text()


def test_a_plan_takes_two_places_with_coordinates() -> None:
    bare = "---\nname: The Hall\n---\n"
    changes = {**CLOSE, "docs/story.md": STORY, "content/places/hall.md": bare}
    assert found(examined(changes).problems) == [(6, 6, "bad-fence")]
    one = STORY.replace("[hall, place-one, arena]", "[arena]")
    assert found(examined({**CLOSE, "docs/story.md": one}).problems)[0][:2] == (6, 5)


def test_approximate_coordinates_are_shown_so(cache: Path) -> None:
    page = html(cache, "places/arena/", CLOSE)
    assert "about 61.11° N, 149.90° W" in page


def test_a_place_without_coordinates_has_no_map(cache: Path) -> None:
    bare = "---\nname: Place Two\n---\n"
    changes: dict[str, str | bytes | None] = {
        "content/places/place-two.md": bare, "content/images/map-one.md": None,
    }  # fmt: skip
    assert not around(html(cache, "places/place-two/", changes))


def test_on_the_own_site_every_position_has_a_map(built: Path) -> None:
    for file in sorted((built / "places").glob("*/index.html")):
        page = LexborHTMLParser(file.read_text("utf-8"))
        has = any(one.text() == "Position" for one in page.css("dl.keys dt"))
        assert bool(page.css(".around svg.map")) == has, file
