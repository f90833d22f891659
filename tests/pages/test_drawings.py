"""Figures as SVG: the map and the day inline, and as files that stand alone."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_site import FILES, Read
from summitry.pictures import day, locator_map_svg, outline, typeset, vector
from summitry.pictures.day_layout import Moment
from summitry.pictures.locator_map_layout import MapPlace, Route
from summitry.pictures.metadata import Packet
from summitry.pictures.palette import Box
from summitry.pictures.typeset import Face
from summitry.pictures.vector import Drawn
from test_day import CROWD
from test_locator_map_layout import PLACES, ROUTES
from test_site_pages import html

HOSTILE = "</text> <script> & “x”'"
ABOUT = Packet(title="T", description="D & D", creator="C", credit="Cr", rights="CC-BY-4.0")
SVG = "{http://www.w3.org/2000/svg}"
MAP = locator_map_svg.draw("The map", "What it shows", PLACES, ROUTES)
DAY = day.draw("The day", "What it shows", [("15 August", CROWD)])
BOTH = pytest.mark.parametrize("drawn", [MAP, DAY], ids=["map", "day"])


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def parsed(drawn: Drawn, number: int = 0) -> ElementTree.Element:
    form = drawn.forms[number]
    return ElementTree.fromstring(f"<svg>{form.ground}{form.marks}</svg>")


def boxes(parts: ElementTree.Element) -> list[tuple[str, Box]]:
    """Where each text of a group stands, by the letters' own widths."""
    found = []
    for text in parts.iter("text"):
        size = int(text.get("font-size", ""))
        face = Face("semibold" if text.get("font-weight") else "regular", size)
        width = typeset.width(text.text or "", face)
        share = {None: 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor")]
        left, base = float(text.get("x", "")) - width * share, float(text.get("y", ""))
        found.append((text.text or "", Box(left, base - size * 0.7, left + width, base)))
    return found


def groups(drawn: Drawn) -> list[tuple[ElementTree.Element, int, int]]:
    """What is shown together: the map's two sizes, the day's two forms."""
    if drawn.kind == "day":
        return [(parsed(drawn, n), f.width, f.height) for n, f in enumerate(drawn.forms)]
    form = drawn.forms[0]
    return [(group, form.width, form.height) for group in parsed(drawn).iter("g")]


@BOTH
def test_words_are_inside_and_apart(drawn: Drawn) -> None:
    shown = groups(drawn)
    assert len(shown) == 2
    for group, width, height in shown:
        found = boxes(group)
        assert len(found) > len(PLACES)
        for name, box in found:
            assert box.inside(width, height, 2), name
        for (one, a), (other, b) in combinations(found, 2):
            assert not a.overlaps(b), (one, other)


def test_words_are_large_enough() -> None:
    """At the narrowest place of each: a phone of 390 px with its margins, and the switch."""
    for (group, width, _), narrowest, least in zip(
        groups(MAP) + groups(DAY), (544, 350, 640, 350), (13, 12, 11.5, 12), strict=True
    ):
        sizes = [int(text.get("font-size", "")) for text in group.iter("text")]
        assert min(sizes) * narrowest / width >= least


def test_the_map_is_small() -> None:
    form = MAP.forms[0]
    assert len(gzip.compress((form.ground + form.marks).encode(), 9)) < 14_000


def test_dots_and_names_are_where_the_places_are() -> None:
    for group, width, height in groups(MAP):
        dots = [
            Box(x - r, y - r, x + r, y + r)
            for c in group.iter("circle")
            for x, y, r in [[float(c.get(key, "")) for key in ("cx", "cy", "r")]]
        ]
        assert len(dots) == len(PLACES)
        for dot in dots:
            assert dot.inside(width, height, 20)
            assert not any(dot.overlaps(box) for _, box in boxes(group))
    ways = [path.get("class") for path in parsed(MAP).findall("path")]
    assert ways == ["land", "grid", "way", "way dots"]


@BOTH
def test_the_same_bytes_each_time(drawn: Drawn) -> None:
    again = (
        locator_map_svg.draw("The map", "What it shows", PLACES, ROUTES)
        if drawn is MAP
        else day.draw("The day", "What it shows", [("15 August", CROWD)])
    )
    assert again == drawn
    assert vector.load(vector.dump(drawn)) == drawn
    assert vector.standalone(again, ABOUT) == vector.standalone(drawn, ABOUT)


@BOTH
def test_what_a_page_shows_has_no_ids_styles_and_addresses(drawn: Drawn) -> None:
    for form in drawn.forms:
        assert not re.search(r"\b(id|style|href|xmlns|on\w+)=|url\(", form.ground + form.marks)


@BOTH
def test_a_file_stands_alone(drawn: Drawn) -> None:
    data = vector.standalone(drawn, ABOUT)
    root = ElementTree.fromstring(data)
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert [child.tag.removeprefix(SVG) for child in root][:5] == [
        "title", "desc", "metadata", "style", "rect",
    ]  # fmt: skip
    named = {one.get("id"): one for one in root.iter() if one.get("id")}
    assert named[root.get("aria-labelledby")].text == drawn.title
    assert named[root.get("aria-describedby")].text == drawn.description
    style = root.findtext(f"{SVG}style") or ""
    assert style.count("data:font/woff2;base64,") == 2
    assert set(re.findall(r"url\(\"(\w+):", style)) == {"data"}
    assert not re.search(r"(?:href|src)=", data.decode())
    used = {name for one in root.iter() for name in (one.get("class") or "").split()}
    assert used - {"name"} <= set(re.findall(r"\.([a-z-]+)", style))
    assert not root.findall(f".//{SVG}g")  # names once, in the size for wide places


def test_names_of_which_the_typeface_has_no_letter_are_shown_by_readers_own_fonts() -> None:
    places = [MapPlace("الرياض", 24.7, 46.7, True), MapPlace("กรุงเทพ", 13.7, 100.5, False)]
    file = vector.standalone(locator_map_svg.draw("M", "D", places, []), ABOUT).decode()
    assert "@font-face" not in file
    assert "الرياض</text>" in file and ">กรุงเทพ</text>" in file


def test_hostile_names_are_words() -> None:
    places = [MapPlace(HOSTILE, 61.2, -149.9, True), MapPlace("B", 55.7, 37.6, False)]
    ways = [Route("<b>&", ((55.7, 37.6), (61.2, -149.9)), True)]
    moment = Moment("11:10", "<i>", HOSTILE, 670, None, False)
    for drawn, seen in (
        (locator_map_svg.draw(HOSTILE, HOSTILE, places, ways), {HOSTILE, "<b>&", "B"}),
        (day.draw(HOSTILE, HOSTILE, [("<u>", [moment])]), {"<u>", "<i>", "11:10"}),
    ):
        for number in range(len(drawn.forms)):
            root = parsed(drawn, number)
            words = [text.text or "" for text in root.iter("text")]
            assert seen <= set(words)
            assert HOSTILE in " ".join(words)  # in one line or in several
            assert not root.findall(".//script")
        file = ElementTree.fromstring(vector.standalone(drawn, Packet(title=HOSTILE)))
        assert file.findtext(f"{SVG}title") == HOSTILE
        assert not file.findall(f".//{SVG}script")


def test_hollow_marks_are_approximate_times() -> None:
    for number in range(2):
        marks = [rect.get("class") for rect in parsed(DAY, number).iter("rect")]
        assert Counter(marks) == {"ring": 7, "mark": 5, "mark open": 2}


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    about = Packet(title="a\x00b\x1b", description="c\ufffe")
    root = ElementTree.fromstring(vector.standalone(MAP, about))
    told = ["".join(one.itertext()) for one in root.iter() if one.tag.endswith(("}Alt", "}Alt"))]
    assert told == ["ab", "c"]


points = st.tuples(st.floats(-50, 150), st.floats(-50, 150))


@given(st.lists(points, min_size=3, max_size=12))
@settings(max_examples=200, deadline=None)
def test_a_cut_ring_lies_in_the_box(ring: list[tuple[float, float]]) -> None:
    box = Box(0, 0, 100, 100)
    kept = outline.cut_ring(ring, box)
    assert all(-1e-6 <= x <= 100 + 1e-6 and -1e-6 <= y <= 100 + 1e-6 for x, y in kept)
    if all(box.holds(*point) for point in ring):
        assert kept == ring


def test_a_ring_around_the_box_becomes_the_box() -> None:
    around = [(-50.0, -50.0), (150.0, -50.0), (150.0, 150.0), (-50.0, 150.0)]
    assert set(outline.cut_ring(around, Box(0, 0, 9, 9))) == {(0, 0), (9, 0), (9, 9), (0, 9)}
    assert outline.cut_ring([(20, 20), (30, 20), (30, 30)], Box(0, 0, 9, 9)) == []


def test_a_line_is_cut_into_pieces() -> None:
    line = [(-5.0, 1.0), (1.0, 1.0), None, (2.0, 1.0), (50.0, 1.0), (60.0, 1.0)]
    pieces = list(outline.cut_line(line, Box(0, 0, 9, 9)))
    assert pieces == [[(-5, 1), (1, 1)], [(2, 1), (50, 1)]]


@given(st.lists(points, min_size=2, max_size=30), st.floats(0.1, 20))
@settings(max_examples=200, deadline=None)
def test_simplified_lines_stay_near(line: list[tuple[float, float]], slack: float) -> None:
    kept = outline.simplified(line, slack)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert len(kept) <= len(line)
    for point in line:
        away = min(outline._away(point, a, b) for a, b in pairwise(kept))
        assert away <= slack**2 * 1.000001


@given(st.lists(points, min_size=2, max_size=30))
@settings(max_examples=200, deadline=None)
def test_path_data_leads_to_the_rounded_points(line: list[tuple[float, float]]) -> None:
    data = outline.path(line)
    if not data:
        assert len({(round(x, 1), round(y, 1)) for x, y in line}) == 1
        return
    start, steps = data.removeprefix("M").split("l")
    x, y = (float(n) for n in start.split(" "))
    reached = [(x, y)]
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", steps)]
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        reached.append((x, y))
    wanted = [p for i, p in enumerate(line) if i == 0 or _tenths(p) != _tenths(line[i - 1])]
    for (ax, ay), (bx, by) in zip(reached, wanted, strict=True):
        assert ax == pytest.approx(bx, abs=0.0501)
        assert ay == pytest.approx(by, abs=0.0501)


def _tenths(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def test_numbers_are_short() -> None:
    given_numbers = (0, -0.04, 0.5, -0.5, 10, 100.0, 10.25, -3.96)
    assert [outline.number(n) for n in given_numbers] == [
        "0", "0", ".5", "-.5", "10", "100", "10.2", "-4",
    ]  # fmt: skip


def test_a_page_shows_the_map_with_its_name_and_words(cache: Path) -> None:
    page = html(cache, "images/map-one/")
    (drawn,) = re.findall(r'<svg class="drawn map".*?</svg>', page, re.DOTALL)
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    ids = {one.get("id"): one.text for one in root if one.get("id")}
    told = [ids[name] for name in (root.get("aria-labelledby") or "").split()]
    assert told == ["Map One", "A map. Places: Place One and Place Two."]
    assert "61.2000° N, 149.9000° W" in page
    assert re.search(r'href="../../assets/figures/map-one.svg" download>Save picture', page)
    assert "<img" not in page


def test_the_same_map_twice_in_a_page_has_ids_of_its_own(cache: Path) -> None:
    link = "[the map](../content/images/map-one.md)\n\n"
    story = f"# S\n\nIt was so. [@source-one]\n\n{link}And so. [@source-one]\n\n{link}"
    page = Read(html(cache, "story/", {"docs/story.md": story}))
    assert len(page.ids) == len(set(page.ids))
    assert {"figure-map-one-title", "figure-map-one--2-title"} <= set(page.ids)


def test_home_fades_its_map_by_gradients_of_the_page(cache: Path) -> None:
    home = FILES["docs/index.md"].replace("eyebrow: Above", "eyebrow: Above\nfigure: map-one")
    page = html(cache, "", {"docs/index.md": home})
    used = re.findall(r'fill="url\(#(.+?)\)"', page)
    assert len(used) == 4
    assert set(used) <= set(Read(page).ids)
    assert "fade" not in html(cache, "images/map-one/")


def test_the_day_is_followed_by_the_same_moments_as_a_list(cache: Path) -> None:
    text = FILES["content/images/map-one.md"].replace("locator-map", "day-timeline")
    text = text.replace("places/place-one, places/place-two", "events/event-one")
    story = "# S\n\nIt was so. [@source-one]\n\n[the day](../content/images/map-one.md)\n"
    changes: dict[str, str | bytes | None] = {
        "content/images/map-one.md": text, "docs/story.md": story,
    }  # fmt: skip
    page = html(cache, "story/", changes)
    assert len(re.findall(r'<svg class="drawn day (?:roomy|tight)"', page)) == 2
    assert re.search(
        r'<ol class="visually-hidden"><li><time datetime="2025-08-15T11:10-08:00">'
        r"15 August 2025, 11:10</time>: Event One</li></ol>",
        page,
    )
    own = html(cache, "images/map-one/", changes)
    assert '<ol class="timeline">' in own
    assert 'visually-hidden"><li>' not in own
