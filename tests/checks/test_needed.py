"""What the reference says is needed, and when: left out, each is a problem; otherwise it is not."""

from __future__ import annotations

from functools import cache

import pytest
from small_site import FILES, PASSAGE, examined, person
from summitry.content.kinds import KINDS
from summitry.content.problems import Problem
from summitry.content.schema import part_in
from summitry.pages.reference import reference_rows

P, PL, E = "content/people/p.md", "content/places/p.md", "content/events/e.md"
F, Q, S = "content/facts/f.md", "content/quotes/quote-one.md", "content/sources/source-three.md"
I1 = "content/images/map-one.md"
TWO = f"positions: [{{value: A, evidence: {PASSAGE}}}, {{value: B, evidence: {PASSAGE}}}]\n"
SETTLED = f"we_use: A\nbecause: {{text: So., evidence: {PASSAGE}}}\n"
AMOUNT = TWO.replace("value: A", "value: A, amount: {value: 1}")
USED = {"docs/p.md": "# P\n\nIt was. [@source-three]\n"}


def front(text: str) -> str:
    return f"---\n{text}---\n"


# By the field: its file, without what is needed and with it.
NEEDED: dict[str, tuple[str, str, str]] = {
    "Evidence.exact": (P, person("evidence: [{source: source-one}]\n"), person()),
    "Evidence.says": (P, person("evidence: [{source: source-one}]\n"),
                      person("evidence: [{source: source-one, says: So.}]\n")),
    "Voice.unnamed": (Q, FILES[Q].replace("speaker-one", "{}"),
                      FILES[Q].replace("speaker-one", "{unnamed: a man}")),
    "Voice.sign": (Q, FILES[Q].replace("speaker-one", "{}"),
                   FILES[Q].replace("speaker-one", "{sign: a wall}")),
    "Voice.nickname": (Q, FILES[Q].replace("speaker-one", "{}"),
                       FILES[Q].replace("speaker-one", "{nickname: men}")),
    "Voice.document": (Q, FILES[Q].replace("speaker-one", "{}"),
                       FILES[Q].replace("speaker-one", "{document: a book}")),
    "Quantity.value": (F, front(f"question: Q?\nunit: m\n{AMOUNT}{SETTLED}").replace("{value: 1}",
                       "{}"), front(f"question: Q?\nunit: m\n{AMOUNT}{SETTLED}")),
    "Quantity.min": (F, front(f"question: Q?\nunit: m\n{AMOUNT}{SETTLED}").replace("{value: 1}",
                     "{}"), front(f"question: Q?\nunit: m\n{AMOUNT}{SETTLED}").replace(
                     "{value: 1}", "{min: 1}")),
    "Quantity.max": (F, front(f"question: Q?\nunit: m\n{AMOUNT}{SETTLED}").replace("{value: 1}",
                     "{}"), front(f"question: Q?\nunit: m\n{AMOUNT}{SETTLED}").replace(
                     "{value: 1}", "{max: 1}")),
    "Person.evidence": (P, front("name: N\nsummary: S.\n"), person()),
    "Place.latitude": (PL, front("name: N\nlongitude: 1\n"),
                       front("name: N\nlongitude: 1\nlatitude: 1\n")),
    "Place.longitude": (PL, front("name: N\nlatitude: 1\n"),
                        front("name: N\nlongitude: 1\nlatitude: 1\n")),
    "Place.evidence": (PL, front("name: N\nsummary: S.\n"),
                       front(f"name: N\nsummary: S.\nevidence: {PASSAGE}\n")),
    "Event.end": (E, front(f"name: N\nstart: 2025\nprecision: between\nevidence: {PASSAGE}\n"),
                  front(f"name: N\nstart: 2025\nend: 2026\nprecision: between\n"
                        f"evidence: {PASSAGE}\n")),
    "Fact.statement": (F, front(f"evidence: {PASSAGE}\n"),
                       front(f"statement: So.\nevidence: {PASSAGE}\n")),
    "Fact.question": (F, front(f"{TWO}{SETTLED}"), front(f"question: Q?\n{TWO}{SETTLED}")),
    "Fact.evidence": (F, front("statement: So.\n"),
                      front(f"statement: So.\nevidence: {PASSAGE}\n")),
    "Fact.positions": (F, front(f"question: Q?\n{SETTLED}"),
                       front(f"question: Q?\n{TWO}{SETTLED}")),
    "Fact.unit": (F, front(f"question: Q?\n{AMOUNT}{SETTLED}"),
                  front(f"question: Q?\nunit: m\n{AMOUNT}{SETTLED}")),
    "Fact.we_use": (F, front(f"question: Q?\n{TWO}"), front(f"question: Q?\n{TWO}{SETTLED}")),
    "Fact.unresolved": (F, front(f"question: Q?\n{TWO}"), front(
        f"question: Q?\n{TWO}unresolved: {{who_could_settle: A., read_up_to: 2026-01-01}}\n")),
    "Fact.because": (F, front(f"question: Q?\n{TWO}we_use: A\n"),
                     front(f"question: Q?\n{TWO}{SETTLED}")),
    "Quote.chosen": (Q, FILES[Q].replace("chosen: Both have as many words.\n", ""), FILES[Q]),
    "Source.url": (S, front("type: article\ntitle: T\n"),
                   front("type: article\ntitle: T\nurl: https://three.example/a\n")),
    "Source.archive_url": (S, front("type: article\ntitle: T\n"), front(
        "type: article\ntitle: T\n"
        "archive_url: https://web.archive.org/web/20250816000000/https://three.example/a\n")),
    "Source.publisher": (S, front("type: article\ntitle: T\nissued: 2025\n"),
                         front("type: article\ntitle: T\nissued: 2025\npublisher: Paper Three\n")),
    "Source.issued": (S, front("type: article\ntitle: T\npublisher: Paper Three\n"),
                      front("type: article\ntitle: T\nissued: 2025\npublisher: Paper Three\n")),
    "Source.found_at": (S, front("type: article\ntitle: T\n"),
                        front("type: article\ntitle: T\nfound_at: Box 3\n")),
    "Image.file": (I1, FILES[I1].replace("drawn: locator-map\n", ""), ""),
    "Image.drawn": (I1, FILES[I1].replace("drawn: locator-map\n", ""), FILES[I1]),
    "Image.depicts": (I1, FILES[I1].partition("depicts")[0] + "---\n", FILES[I1]),
}  # fmt: skip


def stated() -> set[str]:
    """Every field of which the model says when it is needed."""
    models = {*KINDS.values()}
    while more := {
        inner
        for model in models
        for info in model.model_fields.values()
        if (inner := part_in(info.annotation)) and inner not in models
    }:
        models |= more
    return {f"{model.__name__}.{key}" for model in models for key in model.when_needed}


@cache
def said(path: str, text: str) -> list[Problem]:
    """What is wrong with the small project with a file of this text; several fields share one."""
    more = USED if path == S else {}
    return [p for p in examined({**more, path: text}).problems if not p.note]


def test_each_is_tried() -> None:
    assert stated() == NEEDED.keys()


@pytest.mark.parametrize("field", NEEDED)
def test_what_is_needed_is_asked_for_and_enough(field: str) -> None:
    path, without, given = NEEDED[field]
    assert said(path, without)
    if given:  # a photograph needs its file
        assert said(path, given) == []


def test_the_reference_says_so() -> None:
    rows = {row.name: row.needed for kind in ("facts", "people") for row in reference_rows(kind)}
    assert rows["evidence.exact"] == "this or `says`, except in a quote"
    assert rows["unresolved"] == "with `question`: this or `we_use`"
    assert rows["evidence"] == "yes"
