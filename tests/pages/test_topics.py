"""Facts and events by topic: pages that filter without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import ROOT
from small_site import FILES, OPTIONS, Read, examined
from summitry.content.options import Options
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate
from summitry.pages.spec import PageSpec

EVENT = "content/events/event-one.md"
FACTS = {
    f"content/facts/fact-{name}.md": FILES["content/facts/fact-one.md"]
    .replace("They met on one day.", f"They met {name}.")
    .replace("topic: talks", "topic: talks\nweight: minor" if name == "minor" else "topic: talks")
    for name in ("a", "b", "c", "d", "e", "f", "minor")
}
CHANGES: dict[str, str | bytes | None] = {
    EVENT: FILES[EVENT].replace("start:", "topic: talks\nstart:"),
    **FACTS,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PageSpec]:
    options: Options = OPTIONS.model_copy(update={"day_page": "story/"})
    library = examined(CHANGES, options=options).library
    assert library is not None
    url = "https://site.example/x/"
    pictures = illustrate(library, tmp_path_factory.mktemp("cache"), "Site One", url)
    overrides: list[Path] = [ROOT / "overrides"]
    pages = Pages(library, pictures, overrides, Setting("Site One", url))
    return {spec.url: spec for spec in pages.every()}


def test_each_topic_and_status_has_a_page(site: dict[str, PageSpec]) -> None:
    lists = {url for url in site if re.match(r"(facts|timeline)/(on|state)/", url)}
    assert lists == {
        "facts/on/talks/",
        "facts/state/corroborated/",
        "facts/state/disputed/",
        "timeline/on/talks/",
    }
    assert site["facts/on/talks/"].title == "Facts on: The talks"
    assert site["facts/on/talks/"].section == "facts/"


def test_the_index_shows_the_weightiest_and_leads_to_the_rest(site: dict[str, PageSpec]) -> None:
    page = site["facts/"].make().html
    topic = page[page.index("The talks</h2>") :]
    assert topic.count('class="fact brief') == 6
    assert "They met minor." not in topic
    assert re.search(r'<a href="on/talks/">All 8 on: The talks</a>', topic)


def test_details_stand_last_on_the_page_of_a_topic(site: dict[str, PageSpec]) -> None:
    page = site["facts/on/talks/"].make().html
    assert page.count('class="fact brief') == 8
    assert page.index("Details</h2>") < page.index("They met minor.")


def test_each_entry_has_a_link_to_itself(site: dict[str, PageSpec]) -> None:
    for url in ("facts/", "facts/on/talks/", "timeline/", "timeline/on/talks/"):
        page = site[url].make().html
        goals = re.findall(r'class="anchor" href="#([^"]*)"', page)
        assert goals, url
        assert set(goals) <= set(Read(page).ids), url


def test_events_of_the_day_lead_to_the_page_that_tells_it(site: dict[str, PageSpec]) -> None:
    page = site["timeline/on/talks/"].make().html
    assert re.search(r'id="event-event-one".*href="\.\./\.\./\.\./story/"', page, re.DOTALL)
    assert "told" not in site["timeline/"].make().html.partition('id="event-event-two"')[2][:600]


def test_a_topic_of_an_event_is_one_of_the_sites() -> None:
    wrong = {EVENT: FILES[EVENT].replace("start:", "topic: tolks\nstart:")}
    (problem,) = (p for p in examined(wrong).problems if not p.note)
    assert problem.code == "unknown-choice"
