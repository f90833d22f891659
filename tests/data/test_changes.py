"""What changed: additions from git, corrections from the files, the date of each page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from small_site import PASSAGE, checked, person
from summitry.content.values import Ref
from summitry.data.changes import Change, Updates, What, corrections, every, grouped
from summitry.data.history import UNKNOWN, History

FIRST, SECOND = date(2025, 8, 16), date(2025, 8, 20)
P = "content/people/speaker-two.md"
CORRECTED = "corrections: [{on: 2025-09-01, was: Old, now: New, why: Misread.}, "
CORRECTED += "{on: 2025-09-01, was: New, now: Newer, why: Misread again.}]\n"
STORY = "---\ncorrections: [{on: 2025-10, was: A, now: B, why: 'See [it](index.md).'}]\n---\n"


def history(**days: list[str]) -> History:
    """Files added, or (with a mark) changed, on the first and second day."""
    found = {}
    for name, day in (("second", SECOND), ("first", FIRST)):
        paths = days.get(name, [])
        found[day] = {path.rstrip("*"): not path.endswith("*") for path in paths}
    return History(found)


def told(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.what.value, str(change.ref)) for change in changes]


def test_corrections_and_withdrawals_come_newest_first() -> None:
    made = checked(
        {
            P: person(CORRECTED),
            "content/terms/term-one.md": "---\nname: Term\ndefinition: It.\n"
            f"evidence: {PASSAGE}\nwithdrawn: {{on: 2025-09-02, why: Wrong.}}\n---\n",
            "docs/story.md": f"{STORY}# A story\n\n[one](../content/quotes/quote-one.md)\n",
        }
    )
    found = corrections(made)
    assert told(found) == [
        ("corrected", "stories/story.md"),
        ("withdrawn", "terms/term-one"),
        ("corrected", "people/speaker-two"),
        ("corrected", "people/speaker-two"),
    ]
    assert [change.number for change in found] == [1, 0, 2, 1]
    assert found[0].day == date(2025, 10, 1)


def test_additions_come_before_changes_and_what_is_told_first_first() -> None:
    made = checked()
    past = history(
        first=["content/quotes/quote-one.md", "content/facts/fact-one.md", "docs/story.md"],
        second=[
            "content/quotes/quote-one.proof.json",
            "content/sources/source-one.md",
            "content/people/gone.md",
            "README.md",
        ],
    )
    assert told(every(made, past)) == [
        ("added", "sources/source-one"),
        ("changed", "quotes/quote-one"),
        ("added", "stories/story.md"),
        ("added", "facts/fact-one"),
        ("added", "quotes/quote-one"),
    ]


def test_what_contributors_read_is_not_part_of_the_explainer() -> None:
    made = checked({"docs/guide.md": "---\nlayout: guide\nsourcing: none\n---\n# G\n"})
    assert every(made, history(first=["docs/guide.md"])) == []


def test_grouped_by_day_and_kind() -> None:
    made, path = checked(), "content/people/speaker-one.md"
    by_day = grouped(every(made, history(first=[path], second=[f"{path}*"])))
    assert [(day, {w: list(k) for w, k in kinds.items()}) for day, kinds in by_day] == [
        (SECOND, {What.CHANGED: ["people"]}),
        (FIRST, {What.ADDED: ["people"]}),
    ]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("docs/index.md", SECOND),
        ("content/quotes/quote-one.md", SECOND),  # a card
        ("content/quotes/quote-two.proof.json", SECOND),
        ("content/sources/source-two.md", None),  # only cited
    ],
)
def test_a_story_changes_with_what_it_shows(path: str, day: date | None) -> None:
    made = checked()
    assert Updates(made, history(second=[path])).of_story(made.stories["index.md"]) == day


@pytest.mark.parametrize(
    ("fence", "path"),
    [
        ("```timeline\nfrom: 2025\n```", "content/events/event-two.md"),
        ("```list\nof: people\n```", "content/people/speaker-two.md"),
        ("```list\nof: people\nonly: [speaker-two]\n```", "content/people/speaker-two.md"),
        ("```rooms\nof: [event-one]\n```", "content/events/event-one.md"),
    ],
)
def test_a_story_changes_with_what_it_draws(fence: str, path: str) -> None:
    made = checked({"docs/story.md": f"# A\n\n{fence}\n"})
    updates = Updates(made, history(second=[path], first=["docs/story.md"]))
    assert updates.of_story(made.stories["story.md"]) == SECOND
    assert (
        Updates(made, history(first=["docs/story.md"])).of_story(made.stories["story.md"]) == FIRST
    )


def test_a_link_shows_only_a_name() -> None:
    made = checked(
        {"docs/story.md": "# A\n\nSee [him](../content/people/speaker-two.md). [@source-two]\n"}
    )
    updates = Updates(made, history(second=[P], first=["docs/story.md"]))
    assert updates.of_story(made.stories["story.md"]) == FIRST


def test_an_entity_changes_with_its_files_and_an_index_with_its_kind() -> None:
    made = checked()
    past = history(first=[P], second=["content/quotes/quote-one.proof.json"])
    updates = Updates(made, past)
    assert updates.of(Ref("people", "speaker-two")) == FIRST
    assert updates.of(Ref("people", "speaker-one")) is None
    assert updates.of(Ref("quotes", "quote-one")) == SECOND
    assert updates.of_kinds("people") == FIRST
    assert updates.of_kinds("events") is None


def test_without_history_no_page_has_a_date(tmp_path: Path) -> None:
    made = checked()
    assert Updates(made, UNKNOWN).of_story(made.stories["index.md"]) is None
    assert every(made, UNKNOWN) == []


def test_a_photograph_belongs_to_its_entity(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "images"
    folder.mkdir(parents=True)
    Image.new("RGB", (40, 30)).save(folder / "photo.png")
    photo = "---\ntitle: P\nfile: photo.png\nalt: Grey.\ncaption: 'It. [@source-two]'\n"
    photo += "creator: A\ncredit: A\nlicense: CC-BY-4.0\n---\n"
    made = checked({"content/images/photo.md": photo}, tmp_path)
    updates = Updates(made, history(second=["content/images/photo.png"]))
    assert updates.of(Ref("images", "photo")) == SECOND
