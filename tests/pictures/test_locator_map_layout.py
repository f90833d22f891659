"""The locator map, its projection and its coastlines."""

from __future__ import annotations

import json
import math
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from summitry.pictures import land, projection, sphere
from summitry.pictures.locator_map_layout import MapPlace, Route, layout
from summitry.pictures.locator_map_pixels import draw
from summitry.pictures.locator_map_svg import marks
from summitry.pictures.map_labels import NoRoomError
from summitry.pictures.palette import AURORA, DOTTED, LAND, NIGHT, WHITE, Box, Frame

PLACES = [
    MapPlace("Anchorage", 61.2181, -149.9003, True),
    MapPlace("Moscow", 55.7558, 37.6173, False),
    MapPlace("Magadan", 59.5612, 150.8301, False),
    MapPlace("Washington", 38.8977, -77.0365, False),
    MapPlace("Kyiv", 50.45, 30.52, False),
]
ROUTES = [
    Route(
        "By way of Magadan", ((55.7558, 37.6173), (59.5612, 150.8301), (61.2181, -149.9003)), False
    ),
    Route("Direct", ((38.8977, -77.0365), (61.2181, -149.9003)), True),
]
SOUTH = [
    MapPlace("Canberra", -35.3, 149.1, True),
    MapPlace("Ushuaia", -54.8, -68.3, False),
    MapPlace("Cape Town", -33.9, 18.4, False),
]
FRAMES = [Frame(1120, 900, 26), Frame(720, 640, 24)]

LAND_POINTS = [(64, 100), (66.5, -175.5), (68.5, 178), (75, -40), (64, -152), (50, 30), (45, -100)]
SEA_POINTS = [
    (85, 0),
    (88, 170),
    (72, -170),
    (55, -175),
    (57, 179),
    (62, -33),
    (47, -38),
    (41.5, 51),
]


def near(image: Image.Image, point: tuple[float, float] | None) -> tuple[int, int, int] | None:
    """The colour at a point; None outside the frame."""
    if point is None or not (0 <= point[0] < image.width and 0 <= point[1] < image.height):
        return None
    value = image.getpixel((int(point[0]), int(point[1])))
    assert isinstance(value, tuple)
    return value[0], value[1], value[2]


def distance(a: tuple[int, int, int], b: tuple[int, int, int]) -> int:
    return max(abs(x - y) for x, y in zip(a, b, strict=True))


def close(found: tuple[int, int, int] | None, wanted: tuple[int, int, int]) -> bool:
    return found is not None and distance(found, wanted) < 8


@pytest.mark.parametrize("frame", FRAMES)
def test_land_is_land_and_sea_is_sea(frame: Frame) -> None:
    fitted = layout(PLACES, [], frame).projection
    image = draw(PLACES, [], frame)
    assert image.size == (frame.width, frame.height)
    assert image.mode == "RGB"
    seen = 0
    for points, colour, other in ((LAND_POINTS, LAND, NIGHT), (SEA_POINTS, NIGHT, LAND)):
        for point in points:
            found = near(image, fitted.point(*point))
            if found is not None:
                seen += 1
                assert distance(found, colour) < distance(found, other), point
    assert seen > 11


def test_southern_map_fills_antarctica_and_not_the_rest() -> None:
    frame = Frame(800, 640, 20)
    fitted = layout(SOUTH, [], frame).projection
    image = draw(SOUTH, [], frame)
    for point, colour in (((-89, 0), LAND), ((-80, 60), LAND), ((-25, 134), LAND)):
        found = near(image, fitted.point(*point))
        assert found is not None
        assert distance(found, colour) < 12, point
    for point in ((-55, 179), (-55, -179), (-50, 60), (-60, -120)):
        found = near(image, fitted.point(*point))
        assert found is not None
        assert distance(found, NIGHT) < 30, point


def share_of_land(image: Image.Image) -> float:
    counted = image.getcolors(1_000_000) or []
    return sum(n for n, colour in counted if colour == LAND) / (image.width * image.height)


def test_beyond_the_horizon_there_is_night() -> None:
    places = [
        MapPlace("A", 1, 104, True),
        MapPlace("B", 0, -78, False),
        MapPlace("C", -1, 37, False),
    ]
    image = draw(places, [], Frame(900, 640, 20))
    corners = [(1, 1), (898, 1), (1, 638), (898, 638)]
    assert [near(image, corner) for corner in corners] == [NIGHT] * 4
    assert 0.05 < share_of_land(image) < 0.5


@settings(max_examples=60, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(70, 150))
def test_clipping_keeps_the_right_side(latitude: float, longitude: float, reach: float) -> None:
    """The clipped rings enclose what of the land lies within the horizon, no more and no less."""
    centre = sphere.vector(latitude, longitude)
    horizon = sphere.Horizon(centre, math.radians(reach))
    clipped = horizon.clip(land.directions())
    cap = 2 * math.pi * (1 - math.cos(math.radians(reach)))
    areas = [sphere.encloses(ring) for ring in clipped]
    total = sum(area if area < 2 * math.pi else area - 4 * math.pi for area in areas)
    beyond = sphere.Horizon((-centre[0], -centre[1], -centre[2]), math.pi - math.radians(reach))
    others = [sphere.encloses(ring) for ring in beyond.clip(land.directions())]
    rest = sum(area if area < 2 * math.pi else area - 4 * math.pi for area in others)
    everything = 0.2887 * 4 * math.pi
    assert -0.01 < total < cap
    assert total + rest == pytest.approx(everything, abs=0.06)
    for ring in clipped:
        assert all(sphere.angle(centre, v) < math.radians(reach) + 1e-6 for v in ring)


def test_coastlines_hold_the_land_of_the_earth() -> None:
    areas = [sphere.encloses(ring) for ring in land.directions()]
    total = sum(area if area < 2 * math.pi else area - 4 * math.pi for area in areas)
    assert total / (4 * math.pi) == pytest.approx(0.29, abs=0.005)
    assert all(len(ring) > 2 for ring in land.polygons())


def topology(arcs: list[list[list[int]]], numbers: list[list[int]]) -> dict[str, Any]:
    return {
        "transform": {"scale": [0.001, 0.001], "translate": [10, 20]},
        "arcs": arcs,
        "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": numbers}]}},
    }


def test_topojson_is_decoded_and_turned() -> None:
    square = [[0, 0], [0, 5004], [5000, 0], [0, -5004], [-5000, 0]]
    rings = land.from_topojson(topology([square], [[0]]))
    assert len(rings) == 1
    assert sorted(rings[0]) == [(10.0, 20.0), (10.0, 25.0), (15.0, 20.0), (15.0, 25.0)]
    assert sphere.encloses([sphere.vector(y, x) for x, y in rings[0]]) < 1
    assert land.from_topojson(topology([square], [[~0]]))[0][0] in rings[0]
    hole = [[1000, 1000], [1000, 0], [0, 1000], [-1000, 0], [0, -1000]]
    lake = land.from_topojson(topology([square, hole], [[0], [1]]))[1]
    assert sphere.encloses([sphere.vector(y, x) for x, y in lake]) > 12
    with pytest.raises(ValueError, match="Point"):
        broken = topology([square], [[0]])
        broken["objects"]["land"]["geometries"][0]["type"] = "Point"
        land.from_topojson(broken)


def test_converter_writes_what_is_read(tmp_path: Any) -> None:
    square = [[0, 0], [0, 5000], [5000, 0], [0, -5000], [-5000, 0]]
    source, target = tmp_path / "in.json", tmp_path / "out.json"
    source.write_text(json.dumps(topology([square], [[0]])), "utf-8")
    assert land.main([str(source), str(target)]) == 0
    assert json.loads(target.read_text("utf-8"))["rings"][0].__len__() == 8
    assert land.main([]) == 2


@pytest.mark.parametrize("frame", FRAMES)
def test_labels_stand_clear(frame: Frame) -> None:
    plan = layout(PLACES, ROUTES, frame)
    boxes = [label.box for label in plan.labels]
    assert [" ".join(label.lines) for label in plan.labels] == [place.name for place in PLACES]
    for a, b in combinations(boxes, 2):
        assert not a.overlaps(b, 1)
    for box in boxes:
        assert box.inside(frame.width, frame.height, 6)
        assert box.bottom - box.top >= 12
        for other in (*plan.dots, *(row.box for row in plan.key)):
            assert not box.overlaps(other)
    for dot in plan.dots:
        assert dot.inside(frame.width, frame.height, frame.label_size)
        assert not any(dot.overlaps(row.box) for row in plan.key)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-80, 80), st.floats(-180, 180)), min_size=1, max_size=6, unique=True
    )
)
def test_any_places_are_shown_or_refused(spots: list[tuple[float, float]]) -> None:
    frame = Frame(1000, 800, 16)
    places = [MapPlace(f"Place {i}", lat, lon, i == 0) for i, (lat, lon) in enumerate(spots)]
    try:
        plan = layout(places, [], frame)
    except NoRoomError:
        return
    for a, b in combinations([label.box for label in plan.labels], 2):
        assert not a.overlaps(b)
    for dot in plan.dots:
        assert dot.inside(frame.width, frame.height)
    for label, own in zip(plan.labels, plan.dots, strict=True):
        others = [apart(label.box, dot) for dot in plan.dots if dot is not own]
        if label.lead:
            (x, y), end = label.lead
            assert own.holds(x, y)
            assert label.box.holds(*end)
        else:
            assert min(others, default=math.inf) > apart(label.box, own)


def apart(box: Box, dot: Box) -> float:
    """How far the edge of a dot is from a box."""
    x, y = (dot.left + dot.right) / 2, (dot.top + dot.bottom) / 2
    near = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    return math.dist((x, y), near) - (dot.right - dot.left) / 2


def test_where_no_name_can_be_nearest_to_its_own_dot_a_line_leads_to_it() -> None:
    """Five dots in a cross: that in the middle has another on each side."""
    spots = [(60, 10), (61, 10), (59, 10), (60, 12), (60, 8)]
    places = [MapPlace("A city", lat, lon, i == 0) for i, (lat, lon) in enumerate(spots)]
    fitted = projection.around(sphere.vector(60, 10), math.radians(8), Box(0, 0, 1120, 640))
    plan = layout(places, [], Frame(1120, 640, 24), fitted)
    drawn = marks(plan, Frame(1120, 640, 24), [])
    assert [bool(label.lead) for label in plan.labels] == [True, False, False, False, False]
    assert drawn.count('class="lead"') == 1


def test_north_is_up_at_the_main_place() -> None:
    fitted = layout(PLACES, ROUTES, FRAMES[0]).projection
    here, there = fitted.point(61.2181, -149.9003), fitted.point(62.2181, -149.9003)
    assert here is not None
    assert there is not None
    assert there[1] < here[1]
    assert abs(there[0] - here[0]) < 1


def test_equal_areas() -> None:
    fitted = projection.fit(
        [sphere.vector(0, 0), sphere.vector(70, 120)], (0, 0, 1), Box(0, 0, 900, 900)
    )

    def area(latitude: float, longitude: float) -> float:
        d = 0.01 / math.cos(math.radians(latitude))
        corners = [fitted.point(latitude, longitude), fitted.point(latitude, longitude + d)]
        corners.append(fitted.point(latitude + 0.01, longitude))
        a, b, c = (corner or (0.0, 0.0) for corner in corners)
        return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))

    assert area(10, 20) == pytest.approx(area(75, -100), rel=0.01)
    assert area(10, 20) == pytest.approx(area(40, 150), rel=0.01)


def test_marks_are_drawn_where_they_belong() -> None:
    frame = FRAMES[0]
    plan = layout(PLACES, ROUTES, frame)
    image = draw(PLACES, ROUTES, frame)
    for dot, place in zip(plan.dots, PLACES, strict=True):
        middle = ((dot.left + dot.right) / 2, (dot.top + dot.bottom) / 2)
        assert close(near(image, middle), AURORA if place.main else WHITE)
    solid, dotted = plan.lines
    assert close(near(image, solid[len(solid) // 4]), AURORA)
    shades = [near(image, point) for point in dotted]
    assert any(close(shade, DOTTED) for shade in shades)
    assert sum(shade is not None and distance(shade, LAND) < 25 for shade in shades) > 5
    assert [row.text for row in plan.key] == ["By way of Magadan", "Direct"]
    assert plan.key[-1].box.inside(frame.width, frame.height, 4)


def test_great_circle_goes_over_the_north() -> None:
    way = sphere.great_circle(sphere.vector(50, 0), sphere.vector(50, 180), math.radians(1))
    assert max(v[2] for v in way) == pytest.approx(1, abs=1e-3)
    assert all(sphere.angle(a, b) < math.radians(1.01) for a, b in pairwise(way))
    with pytest.raises(ValueError, match="opposite"):
        sphere.great_circle(sphere.vector(0, 0), sphere.vector(0, 180), 0.1)


def test_same_pixels_each_time() -> None:
    assert draw(PLACES, ROUTES, FRAMES[1]).tobytes() == draw(PLACES, ROUTES, FRAMES[1]).tobytes()


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one place"):
        draw([], [], FRAMES[0])
    with pytest.raises(ValueError, match="latitude 91"):
        draw([MapPlace("X", 91, 0, True)], [], FRAMES[0])
    with pytest.raises(ValueError, match="12 px"):
        Frame(700, 600, 11)
    crowd = [MapPlace("A rather long name", 60 + i / 1e5, 10, False) for i in range(60)]
    with pytest.raises(NoRoomError):
        draw(crowd, [], Frame(300, 300, 20))
