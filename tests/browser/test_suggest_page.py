"""A quotation or a correction written in a form: the Markdown that it makes passes the check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from checks import layout, structure
from checks.visit import Site, Visit, darkened, sized
from conftest import Screen
from jsonschema import Draft7Validator
from playwright.sync_api import Locator, Page, expect
from running import PUBLISHED, copy_of
from small_site import FILES
from summitry.checks.rules import examine
from summitry.content import front_matter, json_schema
from summitry.content.files import read_tree
from summitry.content.problems import Problem
from summitry.host.configuration import read_site
from test_check_page import checking, window

__all__ = ["checking", "window"]  # fixtures
pytestmark = pytest.mark.browser

SUGGEST = "suggest/?file=content/quotes/long-winter.md"
QUOTATION = {
    "title": "On the # gate: yes",
    "text": 'It is shut "for good", he said: no more',
    "speaker": "Ada Norin",
    "said_on": "2025-04-05",
    "language": "en",
    "source": "https://news.example/gate?a=1",
    "source-title": "The gate: no",
    "publisher": "Gate News",
    "issued": "2025-04-06",
}


@pytest.fixture
def visit(window: Screen, checking: Site) -> Visit:
    return window.open(checking, SUGGEST)


def form(page: Page, number: int) -> Locator:
    return page.locator(".suggest form").nth(number)


def fill(page: Page, number: int, values: dict[str, str]) -> str:
    """Fill in a form, ask for the Markdown, and give what is said."""
    for name, value in values.items():
        field = form(page, number).locator(f"[data-field={name}]")
        field.fill(value)
    form(page, number).get_by_role("button").click()
    said = page.locator(".suggest .answer")
    assert layout.on_a_line_of_its_own(said)
    return said.inner_text()


def made(page: Page) -> dict[str, str]:
    """The text of each file that was made, by its path."""
    sections = page.locator(".suggest .found section").all()
    return {one.locator("h3").inner_text(): one.locator("code").inner_text() for one in sections}


def problems(folder: Path, files: dict[str, str]) -> list[Problem]:
    """What the check says of the site with these files in it."""
    root = copy_of("checking", folder)
    for path, text in files.items():
        (root / path).write_text(text, "utf-8")
    site = read_site(root / "mkdocs.yml")
    tree = read_tree(root, "content", "docs")
    return [p for p in examine(tree, "docs", site.options, root).problems if not p.note]


def test_a_new_quotation_and_its_source_pass_the_check_as_they_are(
    visit: Visit, tmp_path: Path
) -> None:
    assert fill(visit.page, 0, QUOTATION).startswith("The quotation and its source are two files.")
    files = made(visit.page)
    source, quote = "content/sources/gate-news-the-gate-no.md", "content/quotes/on-the-gate-yes.md"
    assert [*files] == [source, quote]
    assert "speaker: ada-norin\n" in files[quote]
    assert problems(tmp_path, files) == []
    links = visit.page.locator(".suggest .found a").all()
    for link, (path, text) in zip(links, files.items(), strict=True):
        address = urlsplit(link.get_attribute("href") or "")
        folder, _, name = path.rpartition("/")
        assert (
            f"https://{address.netloc}{address.path}"
            == f"{PUBLISHED['REPO_URL']}/new/main/{folder}/"
        )
        assert parse_qs(address.query) == {"filename": [name], "value": [text]}


def test_a_source_that_is_known_is_named_and_somebody_unnamed_speaks(
    visit: Visit, tmp_path: Path
) -> None:
    known = {**QUOTATION, "source": "The harbour of Westmark opens again", "speaker": "a reporter"}
    fields = {k: v for k, v in known.items() if k not in ("source-title", "publisher", "issued")}
    assert fill(visit.page, 0, fields).startswith("The quotation is one file.")
    (text,) = made(visit.page).values()
    assert "  - source: harbour-news\n" in text
    assert 'speaker:\n  unnamed: "a reporter"\n' in text
    expect(visit.page.locator(".new-source")).to_be_hidden()


def test_a_correction_is_lines_for_the_front_matter_of_the_page_one_comes_from(
    visit: Visit, tmp_path: Path
) -> None:
    path = "content/quotes/long-winter.md"
    expect(form(visit.page, 1).locator("[data-field=file]")).to_have_value(path)
    said = {"was": "A: b # c", "now": "C", "why": "The record says so.", "source": "harbour-news"}
    assert path in fill(visit.page, 1, said)
    (lines,) = made(visit.page).values()
    link = visit.page.locator(".suggest .found a").get_attribute("href")
    assert link == f"{PUBLISHED['REPO_URL']}/edit/main/{path}"
    whole = (copy_of("checking", tmp_path / "whole") / path).read_text("utf-8")
    head, _, rest = whole.removeprefix("---\n").partition("---\n")
    assert problems(tmp_path, {path: f"---\n{head}{lines}---\n{rest}"}) == []


def test_what_is_missing_or_wrong_is_named_by_its_field(visit: Visit) -> None:
    told = fill(visit.page, 0, {"title": "A", "source": "no address", "source-title": "B"})
    assert "“The words, as the source prints them” is missing." in told
    assert (
        "“Which source prints them: its title from the list, or the address of a page” cannot"
        in told
    )
    assert made(visit.page) == {}
    wrong = visit.page.locator(".suggest [aria-invalid=true]")
    assert wrong.count() == 4  # words, speaker, language, source
    expect(
        form(visit.page, 0).locator("[data-field=text], [data-field=source]").first
    ).to_be_visible()
    assert visit.page.evaluate("document.activeElement.ariaInvalid") == "true"


def test_an_address_cannot_make_the_form_name_a_file_elsewhere(
    window: Screen, checking: Site
) -> None:
    page = window.open(checking, "suggest/?file=https://evil.example/a.md").page
    expect(form(page, 1).locator("[data-field=file]")).to_have_value("")


def test_each_page_of_content_leads_to_the_form_with_its_file(checking: Site) -> None:
    page = (checking.folder / "quotes/long-winter/index.html").read_text("utf-8")
    assert 'href="../../suggest/?file=content/quotes/long-winter.md"' in page
    assert "suggest/?file" not in (checking.folder / "suggest/index.html").read_text("utf-8")


def test_without_script_there_is_a_link_and_nothing_that_seems_to_work(visit: Visit) -> None:
    visit.plain.goto(visit.page.url)
    link = visit.plain.locator(".suggest .needs a").first
    new = f"{PUBLISHED['REPO_URL']}/new/main/content/quotes/"
    assert link.get_attribute("href") == new
    assert not visit.plain.locator(".suggest fieldset:enabled").count()


def test_nothing_is_wrong_with_what_was_made_in_a_narrow_window(visit: Visit) -> None:
    with sized(visit.page, 390), darkened(visit.page):
        fill(visit.page, 0, QUOTATION)
        assert not layout.reflow(visit)
        assert not structure.axe(visit)


# The schema in the browser

CASES: list[tuple[str, dict[str, Any]]] = [
    (path.split("/")[1], {**(front_matter.read(path, text.encode()).document.data), **more})
    for path, text in FILES.items()
    if path.startswith("content/")
    for more in ({}, {"no": "x"}, {"evidence": []}, {"title": ["x"]}, {"speaker": {"a": "b"}})
]


def test_the_browser_s_reading_of_the_schemas_is_python_s(visit: Visit) -> None:
    """Of every file of the small site, sound and broken."""
    schemas = {name: json_schema.schema(name) for name, _ in CASES}
    script = """async ([base, schemas, cases]) => {
      const { faults } = await import(base + 'assets/schema.js');
      return cases.map(([name, data]) => !faults(schemas[name], data).length);
    }"""
    base = visit.site.address
    told = visit.page.evaluate(script, [base, schemas, [list(case) for case in CASES]])
    valid = {name: Draft7Validator(schema) for name, schema in schemas.items()}
    wanted = [valid[name].is_valid(data) for name, data in CASES]
    assert told == wanted
    assert {True, False} == set(wanted)


def test_the_browser_knows_every_keyword_of_the_schemas(visit: Visit) -> None:
    script = """async (base) => {
      const { KNOWN, SAID } = await import(base + 'assets/schema.js');
      return [...KNOWN, ...SAID];
    }"""
    known = set(visit.page.evaluate(script, visit.site.address))
    used: set[str] = set()

    def walk(part: Any, names: bool = False) -> None:
        if isinstance(part, dict):
            used.update(() if names else part)
            for key, value in part.items():
                walk(value, not names and key in ("properties", "definitions"))
        elif isinstance(part, list):
            for one in part:
                walk(one)

    for name in json_schema.MODELS:
        walk(json.loads(json_schema.as_file(name)))
    assert used <= known
