"""Names in our own words are spelt as the person's file spells them."""

from __future__ import annotations

import pytest
from small_site import FILES, examined, person

STORY, P = "docs/story.md", "content/people/p.md"
LAVROV = person("aliases: [Sergey Lavrow, Seryozha, S. L.]\n").replace(
    "name: Speaker", "name: Sergei Lavrov"
)


def problems(changes: dict[str, str | bytes | None]) -> list[tuple[str, int, str]]:
    found = examined({P: LAVROV, **changes}).problems
    return [(p.path, p.mark.line, p.message) for p in found if p.code == "name-spelling"]


def told(text: str) -> list[str]:
    return [m for _, _, m in problems({STORY: f"# S\n\n{text} [@source-one]\n"})]


@pytest.mark.parametrize(
    "text",
    ["Sergei Lavrov came.", "Seryozha came.", "The page has “Sergey Lavrow” and “Sergey”.",
     "Sergeyev and LAVROW came."],
)  # fmt: skip
def test_spellings_that_are_fine(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("Sergey came.", ["“Sergey” is spelt “Sergei” on this site"]),
     ("Lavrow’s plane, and Lavrow.", ["“Lavrow” is spelt “Lavrov” on this site"]),
     ("*Sergey* [Lavrow](../content/people/p.md)",
      ["“Lavrow” is spelt “Lavrov” on this site", "“Sergey” is spelt “Sergei” on this site"])],
)  # fmt: skip
def test_spellings_that_are_not_ours(text: str, words: list[str]) -> None:
    assert sorted(told(text)) == words


REAGAN = person().replace("name: Speaker", "name: Ronald Reagan")


def slips(text: str, more: str = "") -> list[str]:
    changes: dict[str, str | bytes | None] = {
        "content/people/r.md": REAGAN, STORY: f"# S\n\n{text} [@source-one]\n",
    }  # fmt: skip
    if more:
        changes["content/people/other.md"] = person().replace("name: Speaker", f"name: {more}")
    return [message for _, _, message in problems(changes)]


@pytest.mark.parametrize("word", ["Raegan", "Reegan", "Reagban", "Regan", "Reagen"])
def test_a_slip_of_the_finger_is_told(word: str) -> None:
    assert slips(f"Ronald {word} came.") == [f"“{word}” is spelt “Reagan” on this site"]


def test_a_long_name_is_known_alone() -> None:
    told = ["“Raegan” is spelt “Reagan” on this site"]
    assert slips("Raegan’s plane. Raegan came.") == told
    assert slips("The Raegan plan") == told


@pytest.mark.parametrize(
    "text",
    ["Ronald Reagan came, with Reagan’s men.", "Both Reagans came.", "Der Plan Reagans.",
     "“Ronald Raegan” is printed there.", "A reagen is no name.", "Ronald Dragan came.",
     "Reaganite and Reaganomics.", "Donald Regan came."],
)  # fmt: skip
def test_what_is_no_slip(text: str) -> None:
    text += " [quote](../content/quotes/quote-one.md)" if "printed" in text else ""
    assert [m for m in slips(text) if "Reagan" in m] == []


def test_who_has_a_file_is_somebody_else() -> None:
    assert slips("Donald Regan came.", "Donald Regan") == []
    assert slips("Ronald Regan came.", "Donald Regan") == []


def test_another_person_may_be_called_so() -> None:
    other = person().replace("name: Speaker", "name: Sergey Other")
    assert problems({STORY: "# S\n\nSergey. [@source-one]\n", "content/people/q.md": other}) == []


def test_every_place_of_our_words_is_read() -> None:
    fact = FILES["content/facts/fact-one.md"].replace("They met on one day.", "Sergey met them.")
    story = "---\ntitle: On Sergey\n---\n# Sergey\n\nIt was. [@source-one]\n"
    event = FILES["content/events/event-one.md"].replace("start:", "summary: Lavrow.\nstart:", 1)
    changes: dict[str, str | bytes | None] = {
        "content/facts/fact-one.md": fact, STORY: story, "content/events/event-one.md": event,
    }  # fmt: skip
    assert [(path, line) for path, line, _ in problems(changes)] == [
        ("content/events/event-one.md", 3),
        ("content/facts/fact-one.md", 2),
        (STORY, 2),
        (STORY, 4),
    ]
