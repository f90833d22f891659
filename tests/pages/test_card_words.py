"""What the pictures for sharing say: on a small site, and on the whole one."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from PIL import Image
from running import PUBLISHED, ROOT
from small_site import FILES, checked, disputed
from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import Fact, Quote
from summitry.content.values import Ref
from summitry.pages.card_words import Cards, draw
from summitry.pages.kinds import kind_pages
from summitry.pictures.metadata import XMP_KEY
from summitry.pictures.page_card import SocialCard
from summitry.pictures.quote_card import QuoteCard
from summitry.words.catalogue import Words

SITE = "https://site.example/x/"
Changes = dict[str, str | bytes | None]


def texts(changes: Changes | None = None) -> Cards:
    return Cards(checked(changes), "Site One, explained", SITE, kind_pages(), Words())


def social(ref: Ref, changes: Changes | None = None) -> SocialCard:
    card = texts(changes).entity(ref)
    assert isinstance(card, SocialCard)
    return card


def quote(change: str = "", to: str = "", name: str = "quote-one") -> QuoteCard:
    path = f"content/quotes/{name}.md"
    assert change in FILES[path]
    card = texts({path: FILES[path].replace(change, to)} if change else None).entity(
        Ref("quotes", name)
    )
    assert isinstance(card, QuoteCard)
    return card


def test_a_quotation_says_who_when_and_how_far_it_is_proven() -> None:
    card = quote()
    assert (card.words, card.speaker, card.role) == (
        "We had “some” words",
        "Speaker One",
        "Second Role",
    )
    assert (card.setting, card.changed) == ("15 August 2025", "")
    assert (card.state, card.shape, card.proven) == ("Transcribed, not yet proven", "open", False)


def test_the_speaker_is_not_named_as_the_maker_of_the_picture() -> None:
    about = quote().about
    assert about.creator == about.credit == about.licensor_name == "Site One, explained"
    assert "Speaker One, Second Role" in about.description
    assert about.headline == "Speaker One: On the talks"
    assert (about.source, about.supplier) == ("https://one.example/page", "Source One, Paper One")
    assert about.statement == about.licensor == f"{SITE}quotes/quote-one/"
    assert about.rights.startswith("The words are their speaker’s.")


def test_words_that_were_left_out_are_said_to_be() -> None:
    assert quote("We had “some” words", "We had […] words").changed == "Abridged"


@pytest.mark.parametrize(
    ("voice", "name", "where"),
    [
        ("{sign: the backdrop}", "Lettering", "On the backdrop"),
        ("{nickname: reporters}", "Nickname", "Used by reporters"),
        ("{unnamed: a reporter}", "A reporter", ""),
        ("{document: the licence}", "The licence", ""),
    ],
)
def test_words_that_no_named_person_spoke(voice: str, name: str, where: str) -> None:
    card = quote("{sign: the backdrop}", voice, "quote-two")
    assert (card.speaker, card.setting) == (name, where)


def test_what_was_withdrawn_is_not_spread() -> None:
    gone = "withdrawn: {on: 2026-01-02, why: It was wrong.}\n---\n"
    for path in ("content/quotes/quote-two.md", "content/facts/fact-one.md"):
        head, _, body = FILES[path].rpartition("---\n")
        changes: Changes = {path: head + gone + body}
        for other in ("docs/index.md", "docs/story.md"):
            changes[other] = FILES[other].partition("\n\n[")[0] + "\n"
        ref = Ref(*path.removeprefix("content/").removesuffix(".md").split("/"))
        card = social(ref, changes)
        assert card.title == "Withdrawn"
        assert "2 January 2026" in card.text
        assert "sign" not in card.alt
        assert "They met" not in card.alt


def test_a_fact_says_its_support_in_words() -> None:
    card = social(Ref("facts", "fact-one"))
    assert (card.title, card.kicker) == ("They met on one day.", "The talks")
    assert (card.foot, card.shape, card.disputed) == ("Two independent sources", "two", False)
    path = "content/facts/fact-one.md"
    one = FILES[path].replace("  - {source: source-two, says: So it says.}\n", "")
    card = social(Ref("facts", "fact-one"), {path: one})
    assert (card.foot, card.shape) == ("One independent source", "one")
    kin = FILES["content/sources/source-two.md"].replace(
        "wire: Wire", "wire: Wire\nderived_from: source-one"
    )
    card = social(Ref("facts", "fact-one"), {"content/sources/source-two.md": kin})
    assert (card.foot, card.shape) == ("Two sources with one origin", "one")


def test_a_question_shows_every_answer_and_prefers_none() -> None:
    card = social(Ref("facts", "question-one"))
    assert card.title == "How long did it last?"
    assert card.rows == (("", "An hour"), ("", "Two hours"))  # we use the second: not said here
    assert (card.foot, card.shape, card.disputed) == ("Sources disagree", "differ", True)


def test_a_person_has_the_role_of_the_day_and_a_part() -> None:
    card = social(Ref("people", "speaker-one"))
    assert (card.title, card.strong, card.text) == ("Speaker One", "Second Role", "One of the two.")
    assert (card.kicker, card.foot) == ("In the room", "Person")
    path = "content/people/speaker-one.md"
    told = FILES[path].replace("One of the two.", "Second Role, one of the two.")
    card = social(Ref("people", "speaker-one"), {path: told})
    assert (card.strong, card.text) == ("Second Role, one of the two.", "")


def test_other_kinds() -> None:
    event = social(Ref("events", "event-one"))
    assert (event.title, event.strong) == ("Event One", "15 August 2025, 11:10")
    term = social(Ref("terms", "term-one"))
    assert (term.title, term.text) == ("Term One", "What it means.")
    source = social(Ref("sources", "source-one"))
    assert (source.title, source.strong, source.text) == (
        "“Source One”",
        "Paper One",
        "Article, 16 August 2025",
    )
    assert social(Ref("places", "place-one")).foot == "Place"
    assert social(Ref("images", "map-one")).foot == "Picture"


@pytest.mark.parametrize(
    ("status", "foot"),
    [("cancelled", "Planned; did not take place"), ("postponed", "Planned; put off")],
)
def test_an_event_that_did_not_take_place_says_so(status: str, foot: str) -> None:
    path = "content/events/event-two.md"
    changes: Changes = {path: FILES[path].replace("start:", f"status: {status}\nstart:")}
    assert social(Ref("events", "event-two"), changes).foot == foot


def test_a_title_in_a_script_that_cannot_be_drawn_gives_way_to_its_publisher() -> None:
    path = "content/sources/source-one.md"
    changes: Changes = {path: FILES[path].replace("Source One", "会談").replace("---\n", "", 0)}
    card = social(Ref("sources", "source-one"), changes)
    assert (card.title, card.strong) == ("Paper One", "")
    assert draw(card)


def test_the_first_page_states_its_heading_beside_its_map() -> None:
    home = FILES["docs/index.md"].replace("eyebrow: Above", "eyebrow: Above\nfigure: map-one")
    made = texts({"docs/index.md": home})
    card = made.story(made.library.stories["index.md"])
    assert (card.title, card.kicker) == ("The site", "Above")
    assert card.chart is not None
    assert [place.name for place in card.chart.places] == ["Place One", "Place Two"]
    assert card.alt.endswith("A map.")
    assert not any(way.label for way in card.chart.routes)
    plain = texts()
    assert plain.story(plain.library.stories["index.md"]).chart is None


def test_a_narrative_page_has_its_title_and_description() -> None:
    story = FILES["docs/story.md"].replace(
        "# A story", "---\ndescription: What came *first*.\n---\n# A story"
    )
    made = texts({"docs/story.md": story})
    card = made.story(made.library.stories["story.md"])
    assert (card.title, card.text) == ("A story", "What came *first*.")


def test_the_timeline_lists_the_timed_moments_of_the_day_alone() -> None:
    path = "content/events/event-two.md"
    late = FILES[path].replace("2021-06", "2025-08-15T12:00-08:00")
    card = texts().timeline("Timeline", "Said.")
    assert card.rows == (("11:10", "Event One"),)
    assert card.foot == "15 August 2025, Anchorage time"
    rows = texts({path: late}).timeline("Timeline", "").rows
    assert rows == (("11:10", "Event One"), ("12:00", "Event Two"))
    for status in ("planned", "postponed", "cancelled"):
        other = late.replace("start:", f"status: {status}\nstart:")
        assert texts({path: other}).timeline("Timeline", "").rows == card.rows


# The site itself


QUOTES = sorted(path.stem for path in (ROOT / "content/quotes").glob("*.md"))


@pytest.fixture(scope="module")
def site_texts(checked_library: CheckedLibrary) -> Cards:
    address = PUBLISHED["SITE_URL"]
    return Cards(checked_library, "Alaska summit, explained", address, kind_pages(), Words())


def test_each_quotation_has_a_file(checked_library: CheckedLibrary) -> None:
    assert sorted(checked_library.entities(Quote)) == QUOTES


def drawn(built: Path, ref: Ref) -> bytes:
    """The picture as the built site has it."""
    return (built / routes.card_of(ref)).read_bytes()


@pytest.mark.parametrize("name", QUOTES)
def test_each_quotation_of_the_site_has_a_picture_as_specified(
    built: Path, site_texts: Cards, checked_library: CheckedLibrary, name: str
) -> None:
    card = site_texts.entity(Ref("quotes", name))
    assert isinstance(card, QuoteCard)
    content = drawn(built, Ref("quotes", name))
    assert len(content) <= 24_000
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "P")
    image.load()
    said = " ".join(ElementTree.fromstring(image.info[XMP_KEY]).itertext())
    quoted = checked_library.entities(Quote)[name]
    assert quoted.text in said
    assert card.speaker in said
    assert f"{PUBLISHED['SITE_URL']}quotes/{name}/" in said
    assert checked_library.options.rights in said
    assert card.about.source in said


@pytest.mark.parametrize("kind", ["people", "places", "events", "facts", "sources", "terms"])
def test_the_cards_of_a_kind_are_small_and_tell_disputed_questions_apart(
    built: Path, site_texts: Cards, checked_library: CheckedLibrary, kind: str
) -> None:
    questions = {item.ref for item in disputed(checked_library)}
    for item in checked_library.items(kind):
        card = site_texts.entity(item.ref)
        assert isinstance(card, SocialCard)
        assert card.disputed == (item.ref in questions)
        content = drawn(built, item.ref)
        assert len(content) <= 30_000, item.ref
        with Image.open(io.BytesIO(content)) as image:
            found = image.convert("RGB").getcolors(1000) or []
        amber = any(isinstance(c, tuple) and c[0] > c[2] + 25 for _, c in found)
        assert amber == card.disputed, item.ref


def test_every_answer_to_every_question_is_on_its_card(
    site_texts: Cards, checked_library: CheckedLibrary
) -> None:
    for item in disputed(checked_library):
        assert isinstance(item.entity, Fact)
        card = site_texts.entity(item.ref)
        assert isinstance(card, SocialCard)
        assert [text for _, text in card.rows] == [p.value for p in item.entity.positions]
        # All of it is shown: without its answers the picture is another.
        assert draw(card) != draw(replace(card, rows=card.rows[:-1])), item.ref


def test_the_card_of_the_first_page_is_light_enough(
    site_texts: Cards, checked_library: CheckedLibrary
) -> None:
    card = site_texts.story(checked_library.stories["index.md"])
    assert card.chart is not None
    assert len(draw(card)) <= 60_000
