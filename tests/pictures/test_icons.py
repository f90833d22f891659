"""The site's icon."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image
from summitry.pictures import icons
from summitry.pictures.palette import AURORA, NIGHT

FILES = {name: make() for name, make in icons.files().items()}


def opened(name: str) -> Image.Image:
    return Image.open(io.BytesIO(FILES[name]))


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("icon-192.png", 192),
        ("icon-512.png", 512),
        ("icon-maskable-512.png", 512),
        ("apple-touch-icon.png", 180),
    ],
)
def test_each_file_has_the_size_in_its_name(name: str, size: int) -> None:
    image = opened(name)
    assert (image.format, image.size) == ("PNG", (size, size))
    found = image.convert("RGB").getcolors(100_000) or []
    assert {AURORA, NIGHT} <= {colour for _, colour in found}


def test_the_same_bytes_each_time() -> None:
    assert {name: make() for name, make in icons.files().items()} == FILES


def test_systems_that_cut_icons_get_a_square_without_holes() -> None:
    for name in ("icon-maskable-512.png", "apple-touch-icon.png"):
        assert opened(name).mode == "RGB"
    corner = opened("icon-192.png").convert("RGBA").getpixel((0, 0))
    assert isinstance(corner, tuple)
    assert corner[3] == 0


def test_the_point_lies_in_the_part_of_a_maskable_icon_that_is_kept() -> None:
    """A circle of 40 % of the width around the middle (W3C manifest, "Icon masks")."""
    image = opened("icon-maskable-512.png").convert("RGB")
    spots = [(x, y) for y in range(512) for x in range(512) if image.getpixel((x, y)) == AURORA]
    assert spots
    assert max(((x - 255.5) ** 2 + (y - 255.5) ** 2) ** 0.5 for x, y in spots) <= 0.4 * 512


def test_it_can_be_told_in_sixteen_pixels() -> None:
    """The point is most of what is bright, and it stands apart from the net."""
    image = icons.image(16).convert("RGB")
    green = [(x, y) for y in range(16) for x in range(16) if image.getpixel((x, y)) == AURORA]
    assert len(green) >= 9
    found = image.getcolors(256) or []
    others = [c for _, c in found if isinstance(c, tuple) and c[1] - c[0] < 60]
    assert max(c[1] for c in others) < AURORA[1] - 60


def test_the_old_file_has_three_sizes() -> None:
    assert opened("favicon.ico").info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_drawing_as_svg_is_the_same_drawing() -> None:
    root = ElementTree.fromstring(FILES["icon.svg"])
    assert root.get("viewBox") == "0 0 32 32"
    fills = {element.get("fill") for element in root.iter()}
    assert {"#0b2630", "#8fe0c0"} <= fills
    for element in root.iter():  # nothing runs and nothing is fetched
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "circle", "rect", "clipPath"}
        assert not [name for name in element.attrib if "href" in name or name.startswith("on")]
