"""What a phone shows of the site among its own."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image
from summitry.build import webmanifest
from summitry.content import routes
from summitry.pictures import icons


def made(name: str = "The meeting, explained", description: str = "What was said.") -> Any:
    return json.loads(webmanifest.as_json(name, description, "en"))


def test_it_has_the_members_that_the_specification_names() -> None:
    found = made()
    assert found["name"] == "The meeting, explained"
    assert found["short_name"] == "The meeting"
    assert found["description"] == "What was said."
    assert found["lang"] == "en"
    assert found["display"] in ("browser", "minimal-ui")
    for colour in (found["theme_color"], found["background_color"]):
        assert len(colour) == 7
        assert int(colour.removeprefix("#"), 16) >= 0


def test_it_works_under_a_sub_path() -> None:
    found = made()
    for address in (found["start_url"], found["scope"], *(i["src"] for i in found["icons"])):
        assert not address.startswith("/")
        assert ":" not in address


@pytest.mark.parametrize("icon", made()["icons"], ids=lambda icon: icon["src"])
def test_each_icon_exists_with_its_size_and_kind(icon: dict[str, str]) -> None:
    files = {routes.icon(name): make for name, make in icons.files().items()}
    content = files[icon["src"]]()
    assert icon["purpose"] in ("any", "maskable")
    if icon["sizes"] == "any":
        assert icon["type"] == "image/svg+xml"
        assert content.startswith(b"<svg")
        return
    with Image.open(io.BytesIO(content)) as image:
        assert f"{image.width}x{image.height}" == icon["sizes"]
        assert Image.MIME[image.format or ""] == icon["type"]


def test_there_is_one_for_systems_that_cut_and_two_sizes_for_those_that_do_not() -> None:
    found = {(icon["purpose"], icon["sizes"]) for icon in made()["icons"]}
    assert found >= {("any", "192x192"), ("any", "512x512"), ("maskable", "512x512")}


def test_what_is_not_given_is_left_out() -> None:
    assert "description" not in made(description="")
    assert made(name="Plain")["short_name"] == "Plain"
