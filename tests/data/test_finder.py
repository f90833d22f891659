"""The small index that a search asks first."""

from __future__ import annotations

import json

from small_site import FILES, checked
from summitry.checks.statements import statements
from summitry.data.finder import as_json
from summitry.words.catalogue import Words

FACT, QUESTION = "content/facts/fact-one.md", "content/facts/question-one.md"
CHANGES: dict[str, str | bytes | None] = {
    FACT: FILES[FACT].replace("topic:", "asked_as: [When did they meet?]\nlabel: Day\ntopic:"),
    QUESTION: FILES[QUESTION].replace("positions:", "asked_as: [How long?]\npositions:"),
    "docs/story.md": "---\ndescription: All of it.\nasked_as: [What happened?]\n---\n"
    + FILES["docs/story.md"],
}


def entries() -> dict[str, list[object]]:
    found = json.loads(as_json(checked(CHANGES), Words()))
    return {address: [title, line, names, asked] for address, _, title, line, names, asked in found}


def test_people_are_known_by_each_of_their_names() -> None:
    assert entries()["people/speaker-one/"] == [
        "Speaker One",
        "One of the two.",
        ["Speaker One", "S. One"],
        [],
    ]


def test_facts_and_pages_are_known_by_what_is_asked() -> None:
    found = entries()
    assert found["facts/fact-one/"] == [
        "They met on one day.",
        "",
        [],
        ["Day", "When did they meet?"],
    ]
    assert found["facts/question-one/"][1] == "We use: Two hours"
    assert found["story/"] == ["A story", "All of it.", [], ["A story", "What happened?"]]


def test_lists_are_known_by_their_names() -> None:
    assert entries()["timeline/"][2] == ["Timeline"]
    assert entries()["people/"][1] == "People of this explainer: 2 in all."


def test_what_readers_ask_is_not_to_be_read_a_second_time() -> None:
    before = {one.key for one in statements(checked().raw)}
    plain = {**CHANGES, "docs/story.md": FILES["docs/story.md"]}
    plain[FACT] = FILES[FACT].replace("topic:", "asked_as: [When did they meet?]\ntopic:")
    assert {one.key for one in statements(checked(plain).raw)} == before
