"""The licence of a site's own words: stated wherever a program or reader looks, or nowhere."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from small_site import OPTIONS, examined
from summitry.build import downloads
from summitry.content.options import Options
from summitry.data.linked import Linked, PageFacts
from summitry.data.setting import Setting

ABOUT = PageFacts("story/", "A story", "What it says.")


def claims(license: str, rights: str = "") -> dict[str, Any]:
    """What the page and the data of the small site say of their licence."""
    options = OPTIONS.model_copy(update={"license": license, "rights": rights})
    library = examined(options=options).library
    assert library is not None
    setting = Setting("Site One", "https://site.example/")
    files = dict(downloads.every(library, setting))
    data = json.loads(files["data/explainer.json"])
    raw = files["data/explainer.sqlite"]
    assert isinstance(raw, bytes)
    with sqlite3.connect(":memory:") as database:
        database.deserialize(raw)
        rows = dict(database.execute("SELECT name, value FROM about").fetchall())
    make = Linked(library, setting, pictures=None)  # type: ignore[arg-type]  # none are asked for
    nodes = make.page(ABOUT, make.story(library.stories["story.md"], ABOUT))["@graph"]
    said = {node["@type"]: node.get("license") for node in nodes}
    assert {name: data.get(name) for name in ("license", "rights")} == {
        name: rows.get(name) for name in ("license", "rights")
    }
    return {"data": data.get("license"), "rights": data.get("rights"), **said}


def test_a_licence_stands_everywhere_and_its_words_are_the_sites() -> None:
    said = claims("CC-BY-SA-4.0", "Ours: CC BY-SA.")
    address = "https://creativecommons.org/licenses/by-sa/4.0/"
    assert {said["data"], said["WebPage"], said["Article"]} == {address}
    excluded = "Quotations and passages of sources belong to those who spoke or wrote them."
    assert said["rights"] == f"Ours: CC BY-SA. {excluded}"
    assert claims("CC-BY-SA-4.0")["rights"] == f"CC BY-SA 4.0. {excluded}"


def test_without_one_nothing_is_claimed() -> None:
    assert set(claims("").values()) == {None}


def test_no_licence_is_in_the_code(other: Path) -> None:
    """The other site sets none. Its one picture has its own, which pages that show it state."""
    assert Options().license == ""
    site = other / "site"
    assert "license" not in json.loads((site / "data/explainer.json").read_text("utf-8"))
    texts = [page.read_text("utf-8") for page in site.rglob("*.html")]
    plain = [text for text in texts if "about-picture" not in text and "ImageObject" not in text]
    assert len(plain) > 20
    assert not [text for text in plain if "CC BY" in text or "creativecommons" in text]
