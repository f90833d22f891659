"""The map of one place anywhere on the globe, and the plan of places close together."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

import pytest
from summitry.pictures import place_map, projection, sphere
from summitry.pictures.locator_map_layout import MapPlace, graticule
from summitry.pictures.palette import Box
from summitry.pictures.scale_bar import scale_bar
from summitry.pictures.vector import Drawn
from test_drawings import boxes, groups

CITIES = {
    "Reykjavík": (64.1466, -21.9426),
    "Singapore": (1.3521, 103.8198),
    "Helsinki": (60.1699, 24.9384),
    "Vienna": (48.2082, 16.3738),
    "Suva": (-18.1416, 178.4419),
    "Apia": (-13.8333, -171.75),
    "Canberra": (-35.2809, 149.13),
}
# What a map of each takes in: of two cities beyond 180 degrees each sees the other.
SEEN = {
    "Reykjavík": ["Helsinki", "Vienna"],
    "Singapore": [],
    "Helsinki": ["Vienna", "Reykjavík"],
    "Vienna": ["Helsinki"],
    "Suva": ["Apia"],
    "Apia": ["Suva"],
    "Canberra": ["Suva"],
}


def mark(name: str, main: bool = False) -> MapPlace:
    return MapPlace(name, *CITIES[name], main)


@cache
def of(name: str) -> Drawn:
    here = sphere.vector(*CITIES[name])
    others = sorted(
        (mark(one) for one in CITIES if one != name),
        key=lambda one: sphere.distance(here, sphere.vector(one.latitude, one.longitude)),
    )
    return place_map.draw("T", "D", mark(name, main=True), others, "{} km")


@pytest.mark.parametrize("name", CITIES)
def test_a_place_is_in_the_middle_with_what_is_near(name: str) -> None:
    drawn = of(name)
    for group, width, height in groups(drawn):
        found = boxes(group)
        assert [text for text, _ in found if text in CITIES] == [name, *SEEN[name]]
        for text, box in found:
            assert box.inside(width, height, 2), text
        for (one, a), (other, b) in combinations(found, 2):
            assert not a.overlaps(b), (one, other)
        (x, y), *spots = [
            (float(circle.get("cx", "")), float(circle.get("cy", "")))
            for circle in group.iter("circle")
        ]
        assert (x, y) == pytest.approx((width / 2, height / 2), abs=0.1)
        for other, (left, top) in zip(SEEN[name], spots, strict=True):  # where a compass has it
            there = sphere.vector(*CITIES[other])
            turn = math.radians(sphere.bearing(sphere.vector(*CITIES[name]), there))
            assert math.cos(math.atan2(left - x, y - top) - turn) > 0.999
    assert 'class="land" fill-rule="evenodd" d="M' in drawn.forms[0].ground


def test_a_map_is_small_and_has_no_more_than_it_needs() -> None:
    for name in CITIES:
        form = of(name).forms[0]
        assert len(form.ground + form.marks) < 14_000, name
    assert of.__wrapped__("Vienna") == of("Vienna")


def test_where_no_shore_is_near_the_view_is_wider() -> None:
    """The point of the globe that is farthest from any sea still has a shore in its map."""
    inland = MapPlace("Inland", 46.28, 86.67, True)
    drawn = place_map.draw("T", "D", inland, [], "{} km")
    land = re.search(r'class="land" fill-rule="evenodd" d="([^"]*)"', drawn.forms[0].ground)
    assert land is not None
    assert len(re.findall(r"M", land[1])) > 1 or land[1].count(" ") > 8
    words = [text.text for group, _, _ in groups(drawn) for text in group.iter("text")]
    assert words.count("Inland") == 2


def test_a_name_without_room_leaves_the_words_alone() -> None:
    endless = MapPlace("x" * 90, 48.2, 16.4, True)
    assert place_map.draw("T", "D", endless, [], "{} km").forms == ()
    assert place_map.plan("T", "D", [endless], "{} km", "N").forms == ()


PLAN = [
    MapPlace("The base", 61.25, -149.81, True),
    MapPlace("A rather long name of a junction of two streets", 61.195, -149.869, False, True),
    MapPlace("The arena", 61.189, -149.813, False),
    MapPlace("Beside the arena", 61.18905, -149.81305, False),
]


def test_a_plan_is_drawn_in_scale() -> None:
    drawn = place_map.plan("T", "D", PLAN, "{} km", "N")
    assert drawn.forms[0].ground == ""
    for group, width, height in groups(drawn):
        spots = [
            (float(one.get("cx", "")), float(one.get("cy", ""))) for one in group.iter("circle")
        ]
        assert len(spots) == 3  # two that touch are one
        bar = next(one for one in group.iter("path") if one.get("class") == "bar")
        long = float(re.search(r"h([\d.]+)", bar.get("d", ""))[1])  # type: ignore[index]
        stands_for = next(text for text, _ in boxes(group) if text.endswith(" km"))
        pixels = long / float(stands_for.split(" ", maxsplit=1)[0])
        for (one, a), (other, b) in combinations(zip(PLAN, spots, strict=False), 2):
            away = sphere.distance(
                sphere.vector(one.latitude, one.longitude),
                sphere.vector(other.latitude, other.longitude),
            )
            assert math.dist(a, b) == pytest.approx(away * pixels, rel=0.01)
        for text, box in boxes(group):
            assert box.inside(width, height, 2), text
        assert "N" in [text for text, _ in boxes(group)]
        for (one, a), (other, b) in combinations(boxes(group), 2):
            assert not a.overlaps(b), (one, other)
    classes = [one.get("class") for one in ElementTree.fromstring(
        f"<svg>{drawn.forms[0].marks}</svg>").iter("circle")]  # fmt: skip
    assert classes == ["dot main-dot", "dot open", "dot"] * 2


def test_a_name_stands_nearest_to_its_own_dot() -> None:
    """A long name above its dot would reach over to the next one, and be taken for its name."""
    spots = [
        ("Joint Base Elmendorf-Richardson", 61.25, -149.81, True),
        ("Fort Richardson National Cemetery", 61.271, -149.672, False),
        ("Anchorage", 61.2181, -149.9003, False),
        ("Seward Highway and Northern Lights Boulevard", 61.195, -149.869, False),
        ("Alaska Airlines Center", 61.189, -149.813, False),
    ]
    drawn = place_map.plan("T", "D", [MapPlace(*one) for one in spots], "{} km", "N")
    for group, _, _ in groups(drawn):
        dots = [(float(o.get("cx", "")), float(o.get("cy", ""))) for o in group.iter("circle")]
        assert len(dots) == len(spots)
        found = [(text, box) for text, box in boxes(group) if text != "N" and " km" not in text]
        for text, box in found:
            near = [(min(max(x, box.left), box.right), min(max(y, box.top), box.bottom))
                    for x, y in dots]  # fmt: skip
            own = min(range(len(dots)), key=lambda n: math.dist(dots[n], near[n]))
            assert text in spots[own][0], text


def test_a_scale_bar_is_round_and_fits() -> None:
    frame = place_map.FRAMES[0]
    for reach in (0.0001, 0.003, 0.05, 0.4):
        fitted = projection.around(
            sphere.vector(1.35, 103.8), reach, Box(0, 0, frame.width, frame.height)
        )
        bar = scale_bar(fitted, frame, "{} km")
        words = re.search(r">([\d.]+) km<", bar.markup)
        assert words is not None
        assert words[1].strip("0.")[0] in "125"
        assert bar.box.inside(frame.width, frame.height, 2)


def test_distances_and_directions() -> None:
    reykjavik, vienna = (sphere.vector(*CITIES[name]) for name in ("Reykjavík", "Vienna"))
    suva, apia = (sphere.vector(*CITIES[name]) for name in ("Suva", "Apia"))
    assert sphere.distance(reykjavik, vienna) == pytest.approx(2894, abs=15)
    assert sphere.distance(suva, apia) == pytest.approx(1148, abs=15)
    assert sphere.bearing(suva, apia) == pytest.approx(66, abs=2)
    assert sphere.bearing(apia, suva) == pytest.approx(244, abs=2)


@pytest.mark.parametrize(
    "names", [("Helsinki", "Vienna"), ("Suva", "Apia"), ("Singapore", "Canberra")]
)
def test_a_locator_map_is_centred_on_its_places(names: tuple[str, str]) -> None:
    """Not nearer to a pole, but where they lie around it."""
    one, other = (sphere.vector(*CITIES[name]) for name in names)
    fitted = projection.fit([one, other], one, Box(0, 0, 1120, 900))
    half = sphere.angle(one, other) / 2
    assert sphere.angle(fitted.centre, one) == pytest.approx(half, abs=1e-6)
    assert sphere.angle(fitted.centre, other) == pytest.approx(half, abs=1e-6)


def test_places_around_a_pole_have_a_polar_map() -> None:
    around = [sphere.vector(60, longitude) for longitude in (0, 120, -120)]
    assert projection.fit(around, around[0], Box(0, 0, 900, 900)).centre[2] > 0.99


@pytest.mark.parametrize("name", [*CITIES, "A pole"])
def test_the_net_of_degrees_fills_the_map(name: str) -> None:
    """No part of the frame is without it, at the antimeridian and around a pole too."""
    spot = CITIES.get(name, (89.5, 10.0))
    frame = place_map.FRAMES[0]
    box = Box(0, 0, frame.width, frame.height)
    fitted = projection.around(sphere.vector(*spot), math.radians(12), box)
    points = [
        point for line in graticule(fitted, frame) for point in line if point and box.holds(*point)
    ]
    for left in range(0, frame.width, 280):
        for top in range(0, frame.height, 320):
            cell = Box(left, top, left + 280, top + 320)
            assert sum(cell.holds(*point) for point in points) > 5, (left, top)
