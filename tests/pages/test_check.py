"""The form in which readers check a text, and what links to its page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import ROOT
from small_site import OPTIONS, examined
from summitry.content.options import Options
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate
from summitry.words.catalogue import Words
from test_ledger import HARBOUR, Files, proven

FORM = "---\nsourcing: none\n---\n# Check\n\n## Compare\n\n```check\n```\n"
LINKED = OPTIONS.model_copy(update={"check_page": "check/"})
LINK = '<a href="../../check/">Check it yourself</a>'


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return proven(tmp_path_factory.mktemp("harbour"), HARBOUR)


def pages(cache: Path, files: Files, options: Options = LINKED, language: str = "en") -> Pages:
    library = examined({**files, "docs/check.md": FORM}, options=options).library
    assert library is not None
    pictures = illustrate(library, cache, "Site", "https://site.example/", language)
    setting = Setting("Site", "https://site.example/", language=language)
    return Pages(library, pictures, [ROOT / "overrides"], setting)


def html(made: Pages, url: str) -> str:
    return next(spec for spec in made.every() if spec.url == url).make().html


@pytest.mark.parametrize("language", ["en", "de", "uk", "ru"])
def test_the_form_brings_its_words_in_the_language_of_the_site(
    tmp_path: Path, language: str
) -> None:
    page = html(pages(tmp_path, {}, language=language), "check/")
    found = re.search(r'<script type="application/json">(.+?)</script>', page)
    assert found
    data, words = json.loads(found[1]), Words(language)
    assert data["locale"] == words.spoken
    assert data["texts"]["check.none"] == words("check.none")
    assert data["texts"]["kind.quotes"] == words("kind.quotes")
    script = (ROOT / "overrides/assets/check.js").read_text("utf-8")
    assert set(re.findall(r"'(check\.[a-z]+)'", script)) <= data["texts"].keys()
    assert words("check.needs").replace('"', "&#34;") in page


def test_the_form_is_dead_until_its_script_comes_and_sends_nothing(tmp_path: Path) -> None:
    page = html(pages(tmp_path, {}), "check/")
    form = page[page.index("<form") : page.index("</form>")]
    assert form.startswith("<form><fieldset disabled>")
    assert not re.search(r"\b(?:name|action|method|style|on[a-z]+)=", form)
    assert '<script type="module" src="../assets/check.js"></script>' in page
    assert 'data-level="3"' in page  # below the heading that the author wrote


@pytest.mark.parametrize("url", ["quotes/harbour-day/", "sources/harbour-news/"])
def test_what_is_proven_links_the_form_where_the_site_has_one(
    tmp_path: Path, kept: Files, url: str
) -> None:
    assert html(pages(tmp_path, kept), url).count(LINK) == 1
    assert LINK not in html(pages(tmp_path, kept, OPTIONS), url)


@pytest.mark.parametrize("url", ["quotes/quote-one/", "sources/source-one/"])
def test_what_is_not_proven_does_not(tmp_path: Path, kept: Files, url: str) -> None:
    assert LINK not in html(pages(tmp_path, kept), url)


def test_the_script_is_on_no_other_page(tmp_path: Path) -> None:
    made = pages(tmp_path, {})
    assert [spec.url for spec in made.every() if "check.js" in spec.make().html] == ["check/"]
