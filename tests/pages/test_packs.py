"""All quotations on a topic as one file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from running import ROOT
from small_site import checked
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate

SITE = "https://site.example/x/"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    library = checked()
    pictures = illustrate(library, tmp_path_factory.mktemp("cache"), "Site One", SITE)
    assert not pictures.everything()
    overrides: list[Path] = [ROOT / "overrides"]
    return Pages(library, pictures, overrides, Setting("Site One", SITE))


def test_a_pack_has_pictures_and_texts_of_its_topic(pages: Pages) -> None:
    ((address, content),) = pages.packs()
    assert address == "quotes/on/talks/quotations.zip"
    with ZipFile(BytesIO(content)) as pack:
        assert pack.namelist() == ["quotations.txt", "quote-one.png"]
        texts = pack.read("quotations.txt").decode()
        assert pack.read("quote-one.png").startswith(b"\x89PNG")
    assert "Speaker One" in texts
    assert f"{SITE}quotes/quote-one/" in texts


def test_it_is_the_same_whenever_it_is_made(pages: Pages) -> None:
    assert dict(pages.packs()) == dict(pages.packs())
