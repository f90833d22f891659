"""Who sat in a room: the tables, and the names as lists."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from small_site import FILES, OPTIONS, Read, examined, found, person
from test_site_pages import html

EVENT = "content/events/event-one.md"
PLANNED = "content/events/planned.md"
SPEAKER = "content/people/speaker-two.md"
STORY = "# S\n\nIt was so. [@source-one]\n\n```rooms\nof: [planned, event-one]\n```\n"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(
    ("status", "said"),
    [("cancelled", "Planned; did not take place"), ("postponed", "Planned; put off")],
)
def test_a_room_has_its_sides_and_says_whether_it_was(cache: Path, status: str, said: str) -> None:
    event = (
        FILES[EVENT]
        .replace("place: place-one\n", f"place: place-one\nstatus: {status}\n")
        .replace("part: in-the-room}]", "part: in-the-room}, {person: speaker-two, part: present}]")
    )
    story = "# S\n\nIt was so. [@source-one]\n\n```rooms\nof: [event-one]\n```\n"
    page = html(cache, "story/", {EVENT: event, "docs/story.md": story})
    assert re.findall(r'<p class="group">(.+?)</p>', page) == ["Side One", "Others"]
    assert said in page
    assert "Second Role" in page  # of the day
    assert said in html(cache, "timeline/", {EVENT: event})
    assert said in html(cache, "events/event-one/", {EVENT: event})
    held = html(cache, "story/", {"docs/story.md": story})
    assert "Took place" in held
    assert "Planned" not in held


def test_a_room_needs_somebody_in_it() -> None:
    story = "# S\n\nIt was so. [@source-one]\n\n```rooms\nof: [event-two]\n```\n"
    problems = examined({"docs/story.md": story}).problems
    assert found(problems) == [(6, 6, "bad-fence")]
    assert problems[0].message == "events/event-two has no participants to show"


def meetings(cache: Path, *names: str) -> str:
    """A page with a meeting that was planned for the two speakers and others, and one held."""
    changes: dict[str, str | bytes | None] = {"docs/story.md": STORY}
    many = ["{person: speaker-one, part: present}", "{person: speaker-two, part: present}"]
    for number, name in enumerate(names):
        text = person("side: side-one\n" if number % 2 else "").replace("Speaker", name, 1)
        changes[f"content/people/p{number}.md"] = text
        many.append(f"{{person: p{number}, part: present}}")
    changes[PLANNED] = (
        FILES[EVENT]
        .replace("Event One", "The plan & lunch")
        .replace("place: place-one\n", "status: cancelled\n")
        .replace("participants: [{person: speaker-one, part: in-the-room}]",
                 f"participants: [{', '.join(many)}]")
    )  # fmt: skip
    return html(cache, "story/", changes)


def tables(page: str) -> list[ElementTree.Element]:
    return [
        ElementTree.fromstring(found)
        for found in re.findall(r'<svg class="tabletop .*?</svg>', page, re.DOTALL)
    ]


def test_tables_show_everybody_of_a_side_on_its_edge(cache: Path) -> None:
    planned, _, held, _ = tables(meetings(cache))
    assert [text.text for text in planned.iter("text")] == [
        "Side One", "Others", "Speaker One", "Speaker Two",
    ]  # fmt: skip
    assert [text.text for text in held.iter("text")] == ["Side One", "Speaker One"]
    left, right = planned.findall("circle")
    assert left.get("cy") == right.get("cy")
    assert float(left.get("cx", "")) < float(right.get("cx", ""))
    (same,) = held.findall("circle")
    assert (same.get("cx"), same.get("cy")) == (left.get("cx"), left.get("cy"))
    assert planned.get("width") == held.get("width")


def caption(page: str) -> str:
    return re.findall(r'</div>\s*<p class="meta">(.+?)</p>', page, re.DOTALL)[0]


def test_a_caption_says_what_is_shown(cache: Path) -> None:
    assert caption(meetings(cache)) == (
        "Tables seen from above: Side One on the left, Others on the right. "
        "Dashed: only planned. "
        "The drawings show who was named, in one order, and not who sat where."
    )
    story = "# S\n\nIt was so. [@source-one]\n\n```rooms\nof: [%s]\n```\n"
    alone = html(cache, "story/", {"docs/story.md": story % "event-one"})
    assert caption(alone) == (
        "The table seen from above. "
        "The drawing shows who was named, in one order, and not who sat where."
    )
    of_two = FILES[EVENT].replace(
        "part: in-the-room}]", "part: present}, {person: speaker-two, part: present}]"
    )
    of_three = of_two.replace("}]", "}, {person: third, part: present}]", 1)
    options = OPTIONS.model_copy(update={"sides": {"side-one": "Side One", "side-two": "Side Two"}})
    files = {
        EVENT: of_two, PLANNED: of_three.replace("Event One", "The other"),
        "content/people/third.md": person("side: side-two\n").replace("Speaker", "Third", 1),
        "docs/story.md": story % "event-one, planned",
    }  # fmt: skip
    assert caption(html(cache, "story/", files, options)) == (
        "Tables seen from above. At long tables: Side One on the left, Others on the right. "
        "At round ones each side has its name. "
        "The drawings show who was named, in one order, and not who sat where."
    )


def test_a_table_has_a_name_and_says_who_is_there(cache: Path) -> None:
    planned, small, held, _ = tables(meetings(cache))
    for drawn, title, told in (
        (
            planned,
            "The plan & lunch: planned; did not take place",
            "Side One: Speaker One. Others: ",
        ),
        (small, "The plan & lunch: planned; did not take place", "Side One: Speaker One. Others: "),
        (held, "Event One: took place", "Side One: Speaker One."),
    ):
        assert drawn.get("role") == "img"
        ids = [child.get("id") or "" for child in drawn if child.tag in ("title", "desc")]
        assert drawn.get("aria-labelledby") == " ".join(ids)
        assert drawn.findtext("title") == title
        assert told in (drawn.findtext("desc") or "")
    page = meetings(cache)
    assert len(Read(page).ids) == len(set(Read(page).ids))
    assert re.findall(r'<figure class="plan(.*?)">', page) == [" planned", ""]


def test_nobody_sits_on_another_and_all_is_inside(cache: Path) -> None:
    names = ["Ann Aa", "Bo Bb", "Cy Cc", "Di Dd", "Ed Averylongsurnamethatneedsroom"]
    for drawn in tables(meetings(cache, *names)):
        width, height = float(drawn.get("width", "")), float(drawn.get("height", ""))
        places = [
            (float(c.get("cx", "")), float(c.get("cy", "")), float(c.get("r", "")))
            for c in drawn.findall("circle")
        ]
        for (ax, ay, r), (bx, by, _) in combinations(places, 2):
            assert abs(ax - bx) > 2 * r or abs(ay - by) > 2 * r
        for x, y, r in places:
            assert r < x < width - r
            assert r < y < height - r
        for text in drawn.iter("text"):
            x = float(text.get("x", ""))
            assert 0 < x < width
            if text.get("text-anchor") == "end":
                assert x > 5 * len(text.text or "")


def test_short_names_are_never_the_same(cache: Path) -> None:
    planned, small, *_ = tables(meetings(cache, "Sue One", "Steve Ox", "Susie Oz"))
    assert {"Sue One", "Steve Ox", "Susie Oz"} <= {text.text for text in planned.iter("text")}
    assert {"SOn", "StO", "SOz", "ST"} <= {text.text for text in small.iter("text")}


def test_more_than_two_sides_sit_round_a_table(cache: Path) -> None:
    """And two sides where the page asks for it."""
    story = STORY.replace("of: [planned, event-one]", "of: [event-one]\ntable: round")
    page = html(cache, "story/", {"docs/story.md": story})
    board = tables(page)[0].find("rect")
    assert board is not None
    assert float(board.get("rx", "")) * 2 == float(board.get("width", ""))
    assert "on the left" not in page
    assert '<div class="plans broad">' in page
    assert "The table seen from above." in page
    assert '<div class="facing many">' in page


def test_tables_with_short_names_stand_beside_each_other(cache: Path) -> None:
    people = {
        path: FILES[path].replace("name: Speaker", f"family: {family}\nname: Speaker")
        for path, family in ((SPEAKER, "Two"), ("content/people/speaker-one.md", "One"))
    }
    two = "part: in-the-room}, {person: speaker-two, part: present}]"
    changes: dict[str, str | bytes | None] = {
        **people,
        EVENT: FILES[EVENT].replace("part: in-the-room}]", two),
        "docs/story.md": STORY.replace("of: [planned, event-one]", "of: [event-one]"),
    }
    assert '<div class="plans">' in html(cache, "story/", changes)
