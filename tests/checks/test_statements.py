"""What a second reader reads: which statements there are, their hashes, how they are told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from small_site import FILES, PASSAGE, READ
from summitry.checks.statements import BOOKKEEPING, Statement, digest, stated, statements
from summitry.content.files import Tree, read_tree
from summitry.content.kinds import KINDS
from summitry.content.library import Library, build
from summitry.tools.sheets import sheet

RECORD = "tests/review.csv"
HEAD = "id,hash,verdict,date,by\n"
FACT, QUESTION, QUOTE = (
    "content/facts/fact-one.md", "content/facts/question-one.md", "content/quotes/quote-one.md"
)  # fmt: skip
STORY = "docs/story.md"
Changes = dict[str, str | None]


def tree_of(root: Path, changes: Changes | None = None, record: str | None = HEAD) -> Tree:
    """The small project with some files changed, written to a folder and read again."""
    for path, text in {**FILES, RECORD: record, **(changes or {})}.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        else:
            (root / path).unlink(missing_ok=True)
    return read_tree(root, "content", "docs", RECORD)


def library_of(root: Path, changes: Changes | None = None, record: str | None = HEAD) -> Library:
    return build(tree_of(root, changes, record), "content", "docs", READ)


def hashes(root: Path, changes: Changes | None = None) -> dict[str, list[str]]:
    """The hashes of all statements by id, in the order of their places."""
    kept: dict[str, list[str]] = {}
    for one in statements(library_of(root, changes)):
        kept.setdefault(one.id, []).append(one.hash)
    return kept


def texts(root: Path, changes: Changes | None = None, path: str = STORY) -> list[str]:
    """The statements of a page as a second reader sees them."""
    library = library_of(root, changes)
    return [sheet(library, one).statement for one in statements(library) if one.path == path]


# The hash of an entity

# Each kind with every field; several times where fields exclude one another.
BASES: dict[str, list[dict[str, Any]]] = {
    "people": [{"name": "A Other", "summary": "S"}],
    "places": [{"name": "A", "latitude": "1", "longitude": "2"}],
    "events": [{"name": "A", "start": "2025-01", "end": "2025-03",
                "evidence": [{"source": "source-one"}]}],
    "quotes": [{"title": "A", "text": "T", "speaker": "speaker-one", "language": "en",
                "evidence": [{"source": "source-one"}]}],
    "facts": [
        {"statement": "A", "evidence": [{"source": "source-one"}]},
        {"question": "A?", "positions": [
            {"value": "B", "amount": {"value": "1"}, "evidence": [{"source": "source-one"}]},
            {"value": "C", "evidence": [{"source": "source-one"}]}],
         "unit": "minutes", "we_use": "B",
         "because": {"text": "T", "evidence": [{"source": "source-one"}]}},
        {"question": "A?", "positions": [
            {"value": "B", "evidence": [{"source": "source-one"}]},
            {"value": "C", "evidence": [{"source": "source-one"}]}],
         "unresolved": {"who_could_settle": "T", "read_up_to": "2026"}},
    ],
    "sources": [{"type": "article", "title": "A"}],
    "images": [
        {"title": "A", "drawn": "locator-map", "alt": "L", "caption": "C", "creator": "M",
         "credit": "R", "license": "CC0-1.0"},
        {"title": "A", "file": "a.png", "alt": "L", "caption": "C", "creator": "M",
         "credit": "R", "license": "CC0-1.0"},
    ],
    "terms": [{"name": "A", "definition": "D", "evidence": [{"source": "source-one"}]}],
}  # fmt: skip
EVIDENCE = [{"source": "source-two", "says": "So it says."}]
# Values of many forms: for each field one that it takes is looked for.
VALUES: list[Any] = [
    "Other", "2025-02", "de", "12", "other", "C", "https://other.example/", "people/speaker-two",
    "https://archive.ph/other", "Europe/Vienna", "50% 30%",
    ["people/speaker-two"], ["https://other.example/"], ["Other"], ["other"], EVIDENCE,
    {"text": "Other", "evidence": EVIDENCE}, {"who_could_settle": "Other", "read_up_to": "2026"},
    {"text": "Слова", "language": "ru"}, {"by": "Other", "kind": "media"},
    {"on": "2025-02-03", "where": "Other", "for": "Other"},
    {"on": "2025-02-03", "why": "Other"}, {"on": "2025", "why": "Other"},
    [{"on": "2025", "was": "A", "now": "B", "why": "Other"}],
    [{"title": "Other", "evidence": EVIDENCE}], [{"name": "Other", "evidence": EVIDENCE}],
    [{"person": "speaker-two", "part": "present"}],
    [{"speaker": "speaker-two", "minutes": "4", "evidence": EVIDENCE}],
    [{"label": "Other", "through": ["a", "b"], "evidence": EVIDENCE}],
    [{"value": "B", "amount": {"value": "1"}, "evidence": EVIDENCE},
     {"value": "Other", "evidence": EVIDENCE}],
]  # fmt: skip
FIELDS = [(kind, name) for kind, model in KINDS.items() for name in model.model_fields]


def choices(annotation: Any) -> Iterator[Any]:
    """The words among which a field lets one choose."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for inner in get_args(annotation):
        yield from choices(inner)


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_each_field_that_states_something_changes_the_hash(kind: str, name: str) -> None:
    model, info = KINDS[kind], KINDS[kind].model_fields[name]
    tried = 0
    for base in BASES[kind]:
        old = model.model_validate(base)
        for value in (*choices(info.annotation), *VALUES):
            try:
                new = model.model_validate({**base, info.alias or name: value})
            except ValidationError:
                continue
            if getattr(new, name) != getattr(old, name):
                same = digest(stated(new)) == digest(stated(old))
                assert same == (name in BOOKKEEPING), value
                tried += 1
    assert tried, "add a base or a value that this field can have"


def test_how_an_authors_name_falls_into_parts_is_no_statement() -> None:
    plain, parted = (
        KINDS["sources"].model_validate({"type": "article", "title": "A", "author": author})
        for author in ("Ann Lee, Bo Ek", [{"given": "Ann", "family": "Lee"}, "Bo Ek"])
    )
    assert digest(stated(plain)) == digest(stated(parted))


def test_bookkeeping_is_of_fields_that_there_are() -> None:
    page = {"layout", "sourcing", "figure"}
    assert {name for _, name in FIELDS} >= BOOKKEEPING - page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("source: source-one, exact: some words", "source: source-two, exact: some words"),
        ("exact: some words", "exact: many words"),
        ("says: So it says.", "says: So it is."),
        ("says: So it says.", "says: So it says., paragraph: 3"),
    ],
)
def test_each_part_of_evidence_changes_the_hash(tmp_path: Path, old: str, new: str) -> None:
    before, after = FILES[FACT], FILES[FACT].replace(old, new)
    assert before != after
    assert hashes(tmp_path)["facts/fact-one"] != hashes(tmp_path, {FACT: after})["facts/fact-one"]


def test_the_evidence_within_an_answer_counts_too(tmp_path: Path) -> None:
    after = FILES[QUESTION].replace("exact: two hours", "exact: two long hours")
    before = hashes(tmp_path)
    assert hashes(tmp_path, {QUESTION: after}) != before


def test_the_body_counts_and_what_it_rests_on(tmp_path: Path) -> None:
    path = "content/people/speaker-one.md"
    named = "people/speaker-one"
    linked = {path: FILES[path] + "\nHe said [this](../facts/fact-one.md).\n"}
    before, after = hashes(tmp_path), hashes(tmp_path, linked)
    assert before[named] != after[named]
    stated_otherwise = FILES[FACT].replace("on one day", "on two days")
    assert hashes(tmp_path, {**linked, FACT: stated_otherwise})[named] != after[named]
    better_known = FILES[FACT].replace("says: So it says.", "says: So it is.")
    assert hashes(tmp_path, {**linked, FACT: better_known})[named] == after[named]


def test_what_was_withdrawn_needs_no_reading(tmp_path: Path) -> None:
    path = "content/terms/term-one.md"
    gone = FILES[path].replace("---\nname", "---\nwithdrawn: {on: 2025-09, why: Wrong.}\nname")
    assert "terms/term-one" in hashes(tmp_path)
    assert "terms/term-one" not in hashes(tmp_path, {path: gone})


def test_the_hash_is_of_json_that_others_can_make(tmp_path: Path) -> None:
    path = "content/terms/term-one.md"
    text = (
        "---\nname: Caf\u00e9\nabbreviation: C\naliases: [K]\ndefinition: What  *it*\n  means.\n"
        "evidence: [{source: source-one, says: So.}]\n---\nOne\nline. [@source-two]\n\nTwo.\n"
    )
    data = (
        '{"fields":{"abbreviation":"C","definition":"What *it* means.","evidence":'
        '[{"says":"So.","source":"source-one"}],"name":"Café"},"sources":["source-two"],'
        '"states":{},"texts":["One line. [@source-two]","Two."]}'
    )
    expected = hashlib.sha256(data.encode()).hexdigest()[:16]
    assert hashes(tmp_path, {path: text})["terms/term-one"] == [expected]


BODY = "Words that\nstand *here*.\n\n> quoted on\n> two lines\n\n- an item\n"


KEYS = ("name: N", "definition: D e f", f"evidence: {PASSAGE}", "abbreviation: A")


@cache
def of_keys(root: Path, lines: tuple[str, ...]) -> list[str]:
    """The hashes of a term with its keys in some order, in a site at `root`."""
    text = "\n".join(["---", *lines, "---", BODY])
    return hashes(root, {"content/terms/t.md": text})["terms/t"]


@settings(max_examples=30, deadline=None)
@given(st.permutations(KEYS))
def test_the_order_of_keys_does_not_count(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    root = tmp_path_factory.getbasetemp() / "keys"
    assert of_keys(root, tuple(lines)) == of_keys(root, KEYS)


WORDS = ["It", "*was*", "so,", "and", "[as](../content/facts/fact-one.md)", "so. [@source-one]"]


@cache
def of_page(root: Path, text: str) -> str:
    """The hash of the one statement of a page, in a site at `root`."""
    (root / "docs").mkdir(parents=True, exist_ok=True)
    (root / "docs/page.md").write_bytes(text.encode())
    (one,) = [one for one in statements(library_of(root)) if one.id == "docs/page.md"]
    return one.hash


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([" ", "\n", "  ", " \n", "\n "]), min_size=5, max_size=5),
    st.sampled_from(["", "> "]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_where_lines_break_does_not_count(
    tmp_path_factory: pytest.TempPathFactory, gaps: list[str], quoted: str, line: str
) -> None:
    root = tmp_path_factory.getbasetemp() / "lines"
    text = "".join(word + gap for word, gap in zip(WORDS, [*gaps, ""], strict=True))
    wrapped = f"# Page\n\n{quoted}{text}\n".replace("\n ", f"\n{quoted} ").replace("\n", line)
    assert of_page(root, wrapped) == of_page(root, f"# Page\n\n{' '.join(WORDS)}\n")


# Paragraphs of pages

PAGE = """\
---
title: A page
description: What it tells.
eyebrow: Above
layout: article
---
# A heading

A paragraph with `code` and [a link](../content/facts/fact-one.md). [@source-two]

[a card](../content/facts/fact-one.md)

- An item. [@source-one]
- Another one. [@source-one; @source-two, para. 3]

| Head | Head |
|---|---|
| A row | of words [@source-one] |

```timeline
from: 2025
```
"""


def test_each_paragraph_item_and_row_is_a_statement(tmp_path: Path) -> None:
    assert texts(tmp_path, {STORY: PAGE}) == [
        "title: A page\ndescription: What it tells.\neyebrow: Above",
        "A paragraph with code and a link [1]. [2]",
        "An item. [1]",
        "Another one. [1; 2]",
        "| A row | of words [1] |",
    ]


def test_statements_stand_where_they_begin(tmp_path: Path) -> None:
    every = statements(library_of(tmp_path, {STORY: PAGE}))
    ours = [one for one in every if one.id == STORY]
    assert [one.mark for one in ours] == [(2, 1), (9, 1), (13, 3), (14, 3), (18, 1)]
    assert {one.path for one in ours} == {STORY}
    assert ours[1].texts == (
        "A paragraph with `code` and [a link](../content/facts/fact-one.md). [@source-two]",
    )


def test_what_need_not_cite_is_no_statement(tmp_path: Path) -> None:
    guide = PAGE.replace("layout: article", "layout: article\nsourcing: none")
    assert texts(tmp_path, {STORY: guide}) == []
    assert texts(tmp_path, {STORY: "# Page\n\n[card](../content/facts/fact-one.md)\n"}) == []


def test_the_same_paragraph_twice_is_read_once(tmp_path: Path) -> None:
    assert texts(tmp_path, {STORY: "It was so. [@source-one]\n\n" * 2}) == ["It was so. [1]"]


def changed(root: Path, changes: Changes) -> list[int]:
    """Which statements of the page are others, by their numbers, after a change elsewhere."""
    before = hashes(root, {STORY: PAGE})[STORY]
    after = hashes(root, {STORY: PAGE, **changes})[STORY]
    assert len(before) == len(after)
    return [i for i, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1]


TOUCHED = [0, 1]  # what stands above the page rests on all of it; the first paragraph on a fact


def test_a_fact_that_states_something_else_changes_the_paragraphs_that_link_it(
    tmp_path: Path,
) -> None:
    other = FILES[FACT].replace("on one day", "on two days")
    assert changed(tmp_path, {FACT: other}) == TOUCHED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - {source: source-two, says: So it says.}", "  - {source: source-two, exact: so it}"),
        ("evidence:\n", "evidence:\n  - {source: source-two, says: More.}\n"),
        ("topic: talks", "label: A day"),
        ("---\nstatement", "---\nsummary: In short.\nstatement"),
    ],
)
def test_the_evidence_of_a_linked_fact_does_not(tmp_path: Path, old: str, new: str) -> None:
    assert old in FILES[FACT]
    assert changed(tmp_path, {FACT: FILES[FACT].replace(old, new, 1)}) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "counts"),
    [
        (QUESTION, "How long did it last?", "How long was it?", True),
        (QUESTION, "value: An hour", "value: One hour", True),
        (QUESTION, "we_use: Two hours", "we_use: An hour", True),
        (QUESTION, "The record says so.", "The minutes say so.", False),
        (QUESTION, "exact: two hours", "exact: for two hours", False),
        (QUOTE, "some” words", "few” words", True),
        (QUOTE, "speaker: speaker-one", "speaker: speaker-two", True),
        (QUOTE, "said_on: 2025-08-15", "said_on: 2025-08-16", True),
        (QUOTE, "He spoke to", "This was to", False),
        (QUOTE, "exact: We had many words", "exact: We had words", False),
    ],
)
def test_what_a_question_and_a_quotation_state(
    tmp_path: Path, path: str, old: str, new: str, counts: bool
) -> None:
    page = f"It was [so](../{path}).\n"
    before = hashes(tmp_path, {STORY: page})[STORY]
    assert old in FILES[path]
    after = hashes(tmp_path, {STORY: page, path: FILES[path].replace(old, new)})[STORY]
    assert (before != after) == counts


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("A page", "The page", 0),
        ("What it tells", "What it says", 0),
        ("with `code`", "with *code*", 1),
        ("An item. [@source-one]", "An item. [@source-two]", 2),
        ("para. 3", "para. 4", 3),
        ("A row", "One row", 4),
    ],
)
def test_a_change_of_words_or_sources_is_one_of_that_statement(
    tmp_path: Path, old: str, new: str, number: int
) -> None:
    assert changed(tmp_path, {STORY: PAGE.replace(old, new, 1)}) == [number]


def test_how_a_page_is_laid_out_is_not_read(tmp_path: Path) -> None:
    other = PAGE.replace("layout: article", "layout: home\nfigure: map-one")
    assert changed(tmp_path, {STORY: other.replace("# A heading", "# Another")}) == []


def test_labelled_links_count_by_what_they_lead_to(tmp_path: Path) -> None:
    page = "It was [so][f].\n\n[f]: ../content/facts/fact-one.md\n"
    other = page.replace("fact-one", "question-one")
    assert hashes(tmp_path, {STORY: page})[STORY] != hashes(tmp_path, {STORY: other})[STORY]
    (only,) = [s for s in statements(library_of(tmp_path, {STORY: page})) if s.id == STORY]
    assert only.texts == ("It was [so][f].",)


# The sheet


def one_of(root: Path, name: str, changes: Changes | None = None) -> tuple[Library, Statement]:
    library = library_of(root, changes)
    (one,) = [one for one in statements(library) if one.id == name]
    return library, one


def test_the_sheet_of_a_question(tmp_path: Path) -> None:
    library, one = one_of(tmp_path, "facts/question-one")
    text = f"""\
facts/question-one {one.hash}

question: How long did it last?
positions:
- value: An hour
  evidence: 1
- value: Two hours
  evidence: 2, 3
we_use: Two hours
because:
  text: The record says so.
  evidence: 4
about: Place One (places/place-one)

Evidence:
1. Paper One: Source One (secondary)
   “some words”
2. Source Two (primary)
   “two hours”
3. Paper One: Source One (secondary)
   “two”
4. Paper One: Source One (secondary)
   “some words”"""
    assert sheet(library, one).text == text


def test_the_sheet_of_a_quotation_gives_every_source_its_words(tmp_path: Path) -> None:
    library, one = one_of(tmp_path, "quotes/quote-one")
    made = sheet(library, one)
    assert "speaker: Speaker One (people/speaker-one)" in made.statement
    assert "context: He spoke to the other." in made.statement
    assert made.evidence == [
        {"ref": "sources/source-one", "publisher": "Paper One", "title": "Source One",
         "standing": "secondary", "exact": "We had “some” words"},
        {"ref": "sources/source-two", "title": "Source Two", "standing": "primary",
         "exact": "We had many words"},
    ]  # fmt: skip
    assert "topic" not in made.statement


def test_the_sheet_of_a_place_with_all_that_it_states(tmp_path: Path) -> None:
    library, one = one_of(tmp_path, "places/place-one")
    assert sheet(library, one).statement == (
        "name: Place One\nlatitude: 61.2\nlongitude: -149.9\n"
        "contained_in: Place Two (places/place-two)\nnames:\n- name: The Place\n  evidence: 1"
    )
    library, one = one_of(tmp_path, "places/place-two")
    assert sheet(library, one).text.endswith("\n\nEvidence: none")


def test_the_sheet_of_a_paragraph_says_what_its_links_state(tmp_path: Path) -> None:
    page = (
        "It [was](../content/facts/question-one.md) [so](../content/facts/fact-one.md), [he]"
        "(../content/people/speaker-one.md) [said](../content/quotes/quote-two.md) "
        "[this](../content/quotes/quote-one.md). [@source-one, para. 2; @source-two]\n"
    )
    library, one = one_of(tmp_path, STORY, {STORY: page})
    made = sheet(library, one)
    used = "Answers: An hour; Two hours. This site uses: Two hours."
    text = f"""\
{STORY} {one.hash}

It was [1] so [2], he said [3] this [4]. [5; 6]

Evidence:
1. facts/question-one states: How long did it last? {used}
2. facts/fact-one states: They met on one day.
3. quotes/quote-two states: “Words of a sign” — Lettering on the backdrop
4. quotes/quote-one states: “We had “some” words” — Speaker One, 2025-08-15
5. Paper One: Source One (secondary), para. 2
6. Source Two (primary)"""
    assert made.text == text
    assert made.data["path"] == STORY
    assert made.data["line"] == 1
    assert made.data["evidence"][4] == {
        "number": 5, "ref": "sources/source-one", "publisher": "Paper One",
        "title": "Source One", "standing": "secondary", "where": "para. 2",
    }  # fmt: skip


def test_every_statement_of_the_repository_has_a_sheet(library: Library) -> None:
    for one in statements(library):
        made = sheet(library, one)
        assert made.statement, one.id
        assert made.text.startswith(f"{one.id} {one.hash}\n\n")
        assert json.loads(json.dumps(made.data)) == made.data
