"""The eight kinds: their rules, and what is said where front matter does not fit."""

from __future__ import annotations

import pytest
from small_site import FILES, PASSAGE
from summitry.content.front_matter import read
from summitry.content.kinds import KINDS, Person, Quote
from summitry.content.problems import Problem
from summitry.content.schema import evidence_of, fields_at, parse, prose_of, references
from summitry.content.values import Ref, when

EVENT = f"name: E\nstart: 2025-08-15\nevidence: {PASSAGE}\n"
QUOTE = f"title: T\ntext: Words\nspeaker: who\nlanguage: en\nevidence: {PASSAGE}\n"
IMAGE = (
    "title: T\ndrawn: locator-map\nalt: A\ncaption: C\ncreator: M\ncredit: D\nlicense: CC0-1.0\n"
)
ANSWERS = f"positions: [{{value: A, evidence: {PASSAGE}}}, {{value: B, evidence: {PASSAGE}}}]\n"
REASON = f"because: {{text: So., evidence: {PASSAGE}}}\n"


def parsed(kind: str, front: str) -> tuple[object, list[Problem]]:
    document = read("x.md", f"---\n{front}---\n".encode()).document
    assert document is not None
    return parse(KINDS[kind], document)


def problems(kind: str, front: str) -> list[tuple[int, int, str, str]]:
    return [(*p.mark, p.code, p.cure) for p in parsed(kind, front)[1]]


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("content/")])
def test_every_kind_is_read(path: str) -> None:
    kind = path.split("/")[1]
    document = read(path, FILES[path].encode()).document
    assert document is not None
    entity, found = parse(KINDS[kind], document)
    assert found == []
    assert type(entity) is KINDS[kind]
    assert entity.title


WRONG = {
    "unknown key": ("people", "name: N\nsummary: S\nimag: x\n",
                    (4, 1, "unknown-key", "did you mean image?")),
    "misspelt required key": ("people", "name: N\nsumary: S\n",
                              (3, 1, "unknown-key", "did you mean summary?")),
    "unknown key inside": ("events", EVENT + "participants: [{person: a, part: b, prat: c}]\n",
                           (5, 37, "unknown-key", "did you mean part?")),
    "missing key": ("people", "name: N\n", (2, 1, "missing-key", "add summary:")),
    "missing key inside": ("events", EVENT + "participants:\n  - person: a\n",
                           (6, 5, "missing-key", "add part:")),
    "no evidence": ("quotes", QUOTE.replace(PASSAGE, "[]"),
                    (6, 11, "no-evidence", "Say which source it rests on.")),
    "evidence is a word": ("events", EVENT.replace(PASSAGE, "x"),
                           (4, 11, "bad-value", "begin each item with a dash")),
    "unknown choice": ("events", EVENT + "precision: abuot\n",
                       (5, 12, "unknown-choice", "did you mean about?")),
    "family name of somebody else": (
        "people", "name: Ronald Reagan\nsummary: S\nfamily: Raegan\n",
        (4, 9, "bad-value", "did you mean Reagan?")),
    "part of a family name": (
        "people", "name: Ronald Reagan\nsummary: S\nfamily: Reag\n",
        (4, 9, "bad-value", "did you mean Reagan?")),
    "author's part misspelt": (
        "sources", "type: report\ntitle: T\nauthor:\n  - A B\n  - {familly: C, given: D}\n",
        (6, 6, "unknown-key", "did you mean family?")),
    "one author's part missing": (
        "sources", "type: report\ntitle: T\nauthor: {given: D}\n",
        (4, 1, "missing-key", "add family:")),
    "licence misspelt": (
        "images", IMAGE.replace("CC0-1.0", "CC-BY-5.0"),
        (8, 10, "bad-value", "write CC-BY-4.0, or the licence’s address, https://…")),
    "licence in other letters": (
        "images", IMAGE.replace("CC0-1.0", "cc-by-sa-3.0"),
        (8, 10, "bad-value", "write CC-BY-SA-3.0")),
    "end before start": ("events", EVENT + "end: 2025-08-14\n",
                         (5, 6, "time-order", "Correct the one of the two times that is wrong.")),
    "between without end": ("events", EVENT + "precision: between\n",
                            (5, 12, "missing-key", "add end:")),
    "one coordinate": ("places", "name: N\nlatitude: 1\n", (2, 1, "bad-value", "give both")),
    "two voices": ("quotes", QUOTE.replace("who", "{sign: a, unnamed: b}"),
                   (4, 10, "bad-value", "keep one")),
    "misspelt voice": ("quotes", QUOTE.replace("who", "{unnamd: b}"),
                       (4, 11, "unknown-key", "did you mean unnamed?")),
    "neither statement nor question": ("facts", "topic: t\n",
                                       (2, 1, "missing-key", "give one of them")),
    "statement without evidence": ("facts", "statement: S\n",
                                   (2, 1, "no-evidence", "add evidence: with a source")),
    "one position": ("facts", f"question: Q\npositions: [{{value: A, evidence: {PASSAGE}}}]\n",
                     (3, 12, "position", "add positions:")),
    "the same position twice": ("facts", "question: Q\n" + ANSWERS.replace("B", "A"),
                                (3, 12, "position", "join them")),
    "neither used nor open": ("facts", "question: Q\n" + ANSWERS,
                              (2, 1, "position", "give we_use: and because:, or unresolved:")),
    "an answer nobody gives": ("facts", f"question: Q\n{ANSWERS}{REASON}we_use: C\n",
                               (5, 9, "position", "repeat a position's value")),
    "an answer without reason": ("facts", f"question: Q\n{ANSWERS}we_use: A\n",
                                 (4, 9, "position", "add because: with evidence")),
    "drawn and a file": ("images", IMAGE + "file: a.png\n",
                         (2, 1, "missing-key", "give one of them")),
    "alt repeats the caption": ("images", IMAGE.replace("alt: A", "alt: c."),
                                (2, 1, "bad-value", "say in alt what is visible")),
    "alt too long": ("images", IMAGE.replace("alt: A", "alt: " + "a" * 126),
                     (4, 6, "bad-value", "shorten it")),
    "one place is no journey": ("images", f"{IMAGE}journeys: [{{label: A, through: [a], "
                                f"evidence: {PASSAGE}}}]\n",
                                (9, 32, "bad-value",
                                 "add what is missing, each item behind a dash")),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "front", "problem"), WRONG.values(), ids=WRONG)
def test_one_mistake_is_one_problem(
    kind: str, front: str, problem: tuple[int, int, str, str]
) -> None:
    assert problems(kind, front) == [problem]


def test_several_mistakes_come_together() -> None:
    assert problems("places", "nam: N\nlatitude: 95\nlongitude: east\n") == [
        (3, 11, "out-of-range", "degrees north lies between -90 and 90"),
        (4, 12, "bad-value", "write degrees east, such as 61.25"),
        (2, 1, "unknown-key", "did you mean name?"),
    ]


def test_the_role_on_a_day_is_the_one_whose_span_holds_it() -> None:
    person = parsed("people", FILES["content/people/speaker-one.md"].split("---\n")[1])[0]
    assert isinstance(person, Person)
    assert person.role_on(when("2024-12-31").first) == "First Role"
    assert person.role_on(when("2025-01-01").first) == "Second Role"
    assert person.role_on(when("2019-12-31").first) == ""


def test_an_office_is_shown_with_its_body_unless_it_names_that() -> None:
    role = f"title: Head of Body, evidence: {PASSAGE}"
    for body, shown in (("Body", "Head of Body"), ("Court", "Head of Body, Court")):
        front = f"name: N\nsummary: S\nroles: [{{{role}, organisation: {body}}}]\n"
        person = parsed("people", front)[0]
        assert isinstance(person, Person)
        assert person.role_on(None) == shown


def test_a_voice_says_what_stands_for_a_name() -> None:
    def shown(voice: str) -> tuple[str, str]:
        quote = parsed("quotes", QUOTE.replace("who", voice))[0]
        assert isinstance(quote, Quote)
        assert not isinstance(quote.speaker, Ref)
        return quote.speaker.shown

    assert shown("{unnamed: a reporter}") == ("A reporter", "not named here")
    assert shown("{sign: the backdrop}") == ("Lettering on the backdrop", "")
    assert shown("{nickname: reporters}") == ("Nickname used by reporters", "")
    assert shown("{document: the licence}") == ("The licence", "")


MADE_WRONG = {
    "a list for a value": ("terms", f"name: [a]\ndefinition: D\nevidence: {PASSAGE}\n", "name"),
    "a mapping of lines": ("terms", f"name:\n  a: b\ndefinition: D\nevidence: {PASSAGE}\n", "name"),
    "a value for a list": ("terms", "name: N\ndefinition: D\nevidence: a\n", "evidence"),
    "a value for a mapping": ("terms", "name: N\ndefinition: D\nevidence: [a]\n", "item"),
    "an empty list": ("facts", f"question: Q\npositions: []\n{REASON}we_use: A\n", "positions"),
    "outer marks": ("quotes", QUOTE.replace("Words", "“Words”"), "text"),
    "a choice": ("events", f"{EVENT}status: helt\n", "status"),
    "a number": ("places", "name: P\nlatitude: x\nlongitude: 1\n", "latitude"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "front", "field"), MADE_WRONG.values(), ids=MADE_WRONG)
def test_a_refusal_names_the_field_and_has_a_cure_of_its_own(
    kind: str, front: str, field: str
) -> None:
    for problem in parsed(kind, front)[1]:
        assert field in problem.message
        assert problem.hint
        assert "hint" not in problem.cure


def test_parts_are_found_with_their_places_in_the_front_matter() -> None:
    quote = parsed("quotes", f"{QUOTE}context: See *it*.\n")[0]
    assert isinstance(quote, Quote)
    assert references(quote) == [
        (("speaker",), Ref("people", "who")),
        (("evidence", 0, "source"), Ref("sources", "source-one")),
    ]
    assert [(loc, item.exact) for loc, item in evidence_of(quote)] == [
        (("evidence", 0), "some words")
    ]
    assert prose_of(quote) == [(("context",), "See *it*.")]


def test_the_keys_that_may_stand_somewhere() -> None:
    assert fields_at(Person, ("roles", 0))[2:4] == ["from", "to"]
    assert "text" in fields_at(Quote, ("original",))
    assert fields_at(Quote, ())[-1] == "evidence"
