"""`summitry picture add`, asking Commons on this machine, and what it refuses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from PIL import Image
from serving import Answer, Site, answer
from summitry.tools.cli import main
from summitry.tools.pictures import UnfitPictureError, free, on_commons
from test_ledger import HARBOUR, project

SOURCE = "harbour-news"
NAME = "Harbour_at_dawn.jpg"
PAGE = f"https://commons.wikimedia.org/wiki/File:{NAME}"
ASKED = (
    "/w/api.php?action=query&format=json&prop=imageinfo&iiprop=url%7Cextmetadata"
    "&titles=File%3AHarbour%20at%20dawn.jpg"
)
SAID = {
    "Artist": '<a href="//x">A. Photographer</a>',
    "License": "cc-by-sa-4.0",
    "ImageDescription": "<p>Two ships lie in the harbour.</p>",
    "DateTimeOriginal": "2025-08-15 07:30:00",
}


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (640, 400), "#075568").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("harbour"), HARBOUR)


@pytest.fixture
def site(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = Path(shutil.copytree(first, tmp_path / "site"))
    monkeypatch.chdir(copied)
    return copied


@pytest.fixture
def web() -> Iterator[Site]:
    web = Site()
    thread = Thread(target=web.serve_forever, args=(0.01,))
    thread.start()
    web.pages["/harbour.jpg"] = answer(picture(), kind="image/jpeg")
    web.pages[ASKED] = commons(web)
    yield web
    web.shutdown()
    web.server_close()
    thread.join()


def commons(web: Site, **more: str) -> Answer:
    said = {key: {"value": value} for key, value in {**SAID, **more}.items()}
    info = {"url": web.url("/harbour.jpg"), "descriptionurl": PAGE, "extmetadata": said}
    data = {"query": {"pages": {"7": {"imageinfo": [info]}}}}
    return answer(json.dumps(data).encode(), kind="application/json")


def add(web: Site, address: str, *more: str, code: int = 0) -> str:
    words = ["picture", "add", address, "--id", "harbour", "--at", web.url("/"), *more]
    if "--source" not in more:
        words += ["--source", SOURCE]
    if "--alt" not in more:
        words += ["--alt", "Two ships, seen from above"]
    done = CliRunner().invoke(main, words)
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    assert done.exit_code == code, done.output
    return done.output


def test_a_picture_of_commons_comes_with_all_that_is_to_be_said(site: Path, web: Site) -> None:
    assert "A. Photographer, CC-BY-SA-4.0" in add(web, PAGE)
    folder = site / "content" / "images"
    assert (folder / "harbour.jpg").read_bytes() == picture()
    assert (folder / "harbour.md").read_text("utf-8") == (
        "---\n"
        "title: Harbour at dawn\n"
        "file: harbour.jpg\n"
        "alt: Two ships, seen from above\n"
        "caption: Two ships lie in the harbour. [@harbour-news]\n"
        "creator: A. Photographer\n"
        "credit: A. Photographer, CC BY-SA 4.0\n"
        "license: CC-BY-SA-4.0\n"
        f"acquire_license_page: {PAGE}\n"
        "taken_on: '2025-08-15'\n"
        "---\n"
    )
    done = CliRunner().invoke(main, ["check"])
    assert "content/images/harbour" not in done.output


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"License": "cc-by-nc-4.0"}, "“cc-by-nc-4.0” is no free licence"),
        ({"License": "", "LicenseUrl": ""}, "no licence is stated"),
        ({"NonFree": "true"}, "not free"),
        ({"Artist": ""}, "give --creator"),
        ({"ImageDescription": ""}, "give --caption"),
    ],
)
def test_what_is_not_free_or_not_known_is_refused(
    site: Path, web: Site, more: dict[str, str], why: str
) -> None:
    web.pages[ASKED] = commons(web, **more)
    assert why in add(web, PAGE, code=1)
    assert not list((site / "content").glob("images/harbour.*"))


def test_a_plain_address_says_nothing_of_its_licence(site: Path, web: Site) -> None:
    address = web.url("/harbour.jpg")
    assert "no licence is stated" in add(web, address, code=1)
    told = ("--license", "CC-BY-4.0", "--creator", "B. Writer", "--caption", "Ships at anchor.")
    add(web, address, *told)
    text = (site / "content/images/harbour.md").read_text("utf-8")
    assert "license: CC-BY-4.0\n" in text
    assert "credit: B. Writer, CC BY 4.0\n" in text


def test_what_is_no_picture_is_refused(site: Path, web: Site) -> None:
    web.pages["/harbour.jpg"] = answer(b"<html>", kind="image/jpeg")
    assert "no JPEG, PNG or WebP" in add(web, PAGE, code=1)


def test_what_the_check_refuses_is_taken_away_again(site: Path, web: Site) -> None:
    said = add(web, PAGE, "--alt", "x" * 200, code=1)
    assert "the picture was not added: alt has more than 125 characters" in said
    assert not list((site / "content").glob("images/harbour.*"))


def test_one_that_is_there_stays(site: Path, web: Site) -> None:
    add(web, PAGE)
    assert "there is a picture harbour already" in add(web, PAGE, code=1)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("cc0", "CC0-1.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa-3.0", "CC-BY-SA-3.0"),
        ("pd", "https://creativecommons.org/publicdomain/mark/1.0/"),
        (
            "https://creativecommons.org/licenses/by/4.0/deed.de",
            "https://creativecommons.org/licenses/by/4.0/deed.de",
        ),
    ],
)
def test_free_licences_have_one_name(said: str, named: str) -> None:
    assert free(said) == named


@pytest.mark.parametrize("said", ["", "cc-by-nd-4.0", "all rights reserved", "https://x.example/"])
def test_others_are_refused(said: str) -> None:
    with pytest.raises(UnfitPictureError):
        free(said)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (PAGE, NAME),
        ("https://upload.wikimedia.org/wikipedia/commons/a/ab/X.png", "X.png"),
        ("https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/X.png/640px-X.png", "X.png"),
        ("https://elsewhere.example/wiki/File:X.png", ""),
    ],
)
def test_addresses_of_commons_are_known(address: str, name: str) -> None:
    assert on_commons(address) == name


def test_a_caption_without_a_source_is_refused(site: Path, web: Site) -> None:
    assert "the caption names no source" in add(web, PAGE, "--source", "", code=1)
