"""What pages say of themselves in schema.org's words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from running import ROOT
from small_site import FILES, PASSAGE, checked, person
from summitry.data.history import History
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate

SITE = "https://site.example/x/"
P = "content/people/speaker-two.md"
# What schema.org or those who read it ask of each type.
REQUIRED: dict[str, set[str]] = {
    "Person": {"name", "description", "url"},
    "Place": {"name", "url"},
    "Event": {"name", "startDate", "eventStatus", "url"},
    "Quotation": {"text", "inLanguage", "citation", "creativeWorkStatus", "url"},
    "Claim": {"name", "creativeWorkStatus", "url"},
    "ImageObject": {"contentUrl", "creditText", "copyrightNotice", "license", "creator", "caption",
                    "acquireLicensePage", "width", "height", "url"},
    "DefinedTerm": {"name", "description", "inDefinedTermSet", "url"},
    "Article": {"headline", "author", "publisher", "citation"},
    "NewsArticle": {"name"}, "CreativeWork": {"name"}, "BlogPosting": {"name"},
}  # fmt: skip


def graphs(tmp_path: Path, changes: dict[str, str | bytes | None] | None = None) -> dict[str, Any]:
    """The nodes of each page by type."""
    library = checked(changes)
    pictures = illustrate(library, tmp_path, "Site One", SITE)
    history = History({date(2025, 8, 20): {P: True, "docs/story.md": True}})
    setting = Setting("Site One", SITE, "What it is.", history=history)
    found = {}
    for spec in Pages(library, pictures, [ROOT / "overrides"], setting).every():
        if spec.linked:
            made = json.loads(json.dumps(spec.linked()))
            assert made["@context"] == "https://schema.org"
            found[spec.url] = {node["@type"]: node for node in made["@graph"]}
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return graphs(tmp_path_factory.mktemp("cache"))


def test_every_page_says_what_it_is_and_where(site: dict[str, Any]) -> None:
    for url, nodes in site.items():
        page = nodes.get("WebPage") or nodes["CollectionPage"]
        assert page["@id"] == page["url"] == SITE + url
        assert page["name"]
        assert page["isPartOf"]["@id"] == nodes["WebSite"]["@id"]
        assert ("BreadcrumbList" in nodes) == (url != "")
        if url:
            steps = nodes["BreadcrumbList"]["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert steps[0]["item"] == SITE
            assert steps[-1]["item"] == SITE + url


MAIN = {
    "people/speaker-one/": "Person",
    "places/place-one/": "Place",
    "events/event-one/": "Event",
    "quotes/quote-one/": "Quotation",
    "facts/fact-one/": "Claim",
    "facts/question-one/": "Claim",
    "sources/source-one/": "Article",
    "images/map-one/": "ImageObject",
    "terms/term-one/": "DefinedTerm",
    "story/": "Article",
    "": "Event",
}


@pytest.mark.parametrize(("url", "kind"), MAIN.items(), ids=MAIN)
def test_the_thing_has_what_its_type_requires(site: dict[str, Any], url: str, kind: str) -> None:
    node = site[url][kind]
    wanted = {"name", "url"} if url.startswith("sources/") else REQUIRED[kind]
    assert wanted <= node.keys()
    assert site[url]["WebPage"]["mainEntity"] == {"@id": node["@id"]}


def test_nothing_empty_is_said_and_every_address_is_whole(site: dict[str, Any]) -> None:
    def walk(value: Any) -> None:
        assert value not in (None, "", [], {})
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in ("url", "@id", "contentUrl", "item"):
                    assert str(inner).startswith("https://"), value
                walk(inner)
        if isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(site)


def test_no_rating_of_claims_is_published(site: dict[str, Any]) -> None:
    assert "ClaimReview" not in json.dumps(site)


def test_a_quotation_names_speaker_source_and_state(site: dict[str, Any]) -> None:
    node = site["quotes/quote-one/"]["Quotation"]
    assert node["creator"]["name"] == "Speaker One"
    assert [one["name"] for one in node["citation"]] == ["Source One", "Source Two"]
    assert node["creativeWorkStatus"] == "Transcribed, not yet proven. Wordings differ."
    assert node["dateCreated"] == "2025-08-15"
    sign = site["quotes/quote-two/"]["Quotation"]
    assert "creator" not in sign
    assert sign["creditText"] == "Lettering on the backdrop"


@pytest.mark.parametrize(
    ("part", "status", "there"),
    [
        ("in-the-room", "held", True),
        ("present", "held", False),  # a part that the site's option does not name
        ("in-the-room", "cancelled", False),
        ("in-the-room", "planned", False),
        ("in-the-room", "postponed", False),
    ],
)
def test_only_who_was_there_attended(tmp_path: Path, part: str, status: str, there: bool) -> None:
    path = "content/events/event-one.md"
    event = FILES[path].replace("part: in-the-room", f"part: {part}")
    found = graphs(tmp_path, {path: event.replace("place:", f"status: {status}\nplace:")})
    named = [one["name"] for one in found["events/event-one/"]["Event"].get("attendee", [])]
    assert named == ["Speaker One"] * there


def test_a_question_shows_all_its_answers(site: dict[str, Any]) -> None:
    node = site["facts/question-one/"]["Claim"]
    assert [part["text"] for part in node["hasPart"]] == ["An hour", "Two hours"]
    assert [len(part["appearance"]) for part in node["hasPart"]] == [1, 2]


def test_what_a_source_does_not_state_is_left_out(site: dict[str, Any]) -> None:
    node = site["sources/source-one/"]["Article"]
    assert node["datePublished"] == "2025-08-16"
    assert "creditText" not in node
    assert "author" not in node


def test_a_picture_carries_credit_and_licence(site: dict[str, Any]) -> None:
    node = site["images/map-one/"]["ImageObject"]
    assert node["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert node["contentUrl"].startswith(f"{SITE}assets/figures/map-one")


def test_pages_say_when_they_changed(site: dict[str, Any]) -> None:
    assert site["people/speaker-two/"]["WebPage"]["dateModified"] == "2025-08-20"
    assert "dateModified" not in site["people/speaker-one/"]["WebPage"]
    assert site["people/"]["CollectionPage"]["dateModified"] == "2025-08-20"


def test_corrections_are_comments_on_the_page(tmp_path: Path) -> None:
    corrected = "corrections: [{on: 2025-09-01, was: Old, now: New, why: Misread.}]\n"
    node = graphs(tmp_path, {P: person(corrected)})["people/speaker-two/"]["WebPage"]
    assert node["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Here stood: Old. Now: New. Misread.",
            "dateCreated": "2025-09-01",
        }
    ]


@pytest.mark.parametrize(
    ("status", "said", "before"),
    [
        ("held", "EventScheduled", None),
        ("planned", "EventScheduled", None),
        ("postponed", "EventPostponed", "2021-06"),
        ("cancelled", "EventCancelled", None),
    ],
)
def test_what_became_of_an_event(
    tmp_path: Path, status: str, said: str, before: str | None
) -> None:
    event = f"---\nname: E\nstart: 2021-06\nstatus: {status}\nevidence: {PASSAGE}\n---\n"
    found = graphs(tmp_path, {"content/events/event-two.md": event})
    node = found["events/event-two/"]["Event"]
    assert node["eventStatus"] == f"https://schema.org/{said}"
    assert (node["startDate"], node.get("previousStartDate")) == ("2021-06", before)


def test_a_cancelled_event_and_a_translation(tmp_path: Path) -> None:
    event = f"---\nname: E\nstart: 2021-06\nstatus: cancelled\nevidence: {PASSAGE}\n---\n"
    quote = FILES["content/quotes/quote-two.md"].replace(
        "language: en\n",
        "language: en\noriginal: {text: Слова знака, language: ru}\n"
        "translation: {by: A, kind: ours}\n",
    )
    found = graphs(
        tmp_path, {"content/events/event-two.md": event, "content/quotes/quote-two.md": quote}
    )
    assert found["events/event-two/"]["Event"]["eventStatus"].endswith("EventCancelled")
    original = found["quotes/quote-two/"]["Quotation"]["translationOfWork"]
    assert (original["text"], original["inLanguage"]) == ("Слова знака", "ru")
