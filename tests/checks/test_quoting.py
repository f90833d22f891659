"""Quotations stand in what is linked or cited; paragraphs and statements name a source."""

from __future__ import annotations

import time

import pytest
from small_site import FILES, tree
from summitry.checks.backing import Passages
from summitry.checks.citing import citing_problems, coverage
from summitry.checks.ledger import build as build_ledger
from summitry.checks.quoting import quotations
from summitry.content.earlier import Earlier
from summitry.content.library import Library, build
from summitry.content.problems import Problem

PAGE, P = "docs/page.md", "content/people/p.md"
EARLIER = Earlier()  # as while serving: what stays as it is in each case is not read again
QUOTE = "[q](../content/quotes/quote-one.md)"
CITED = "[@source-one]"
ITALICS = (
    "write the source's words, or link the quote or cite the source that has them here or in "
    "evidence, or write *italics* if nobody’s words are quoted"
)
RUSSIAN = (
    "---\ntitle: In Russian\ntext: Good day dear neighbour my friend\nspeaker: speaker-two\n"
    "language: en\n"
    "original: {text: Добрый день… дорогой сосед, language: ru}\n"
    "evidence: [{source: source-ru}]\n---\n"
)
SOURCE_RU = "---\ntype: webpage\ntitle: '[A page about a greeting]'\n---\n"


def library(files: dict[str, str | None]) -> Library:
    extra = {"content/quotes/ru.md": RUSSIAN, "content/sources/source-ru.md": SOURCE_RU}
    return build(tree({**extra, **files}), "content", "docs", EARLIER)


def prose_problems(made: Library) -> list[Problem]:
    """What is wrong with quotations and with citing, without notes."""
    found = quotations(made, Passages(made, build_ledger(made, EARLIER)), EARLIER).problems
    return [p for p in [*found, *citing_problems(made)] if not p.note]


def problems(path: str, text: str) -> list[tuple[int, int, str]]:
    """What is wrong with one file of the small project."""
    made = library({path: text})
    assert made.problems == []
    found = sorted(p for p in prose_problems(made) if p.path == path)
    return [(*p.mark, p.code) for p in found]


def quoting(text: str) -> list[tuple[int, int, str]]:
    """What is wrong with a page that need not cite."""
    return problems(PAGE, f"---\nsourcing: none\n---\n{text}")


BACKED = {
    "a linked quote": f"“had ‘some’ words” {QUOTE}",
    "in other letters and marks": f"“HAD, «some» – *words*.” {QUOTE}",
    "another wording of a linked quote": f"“had many words” {QUOTE}",
    "a linked fact": "“some words” [f](../content/facts/fact-one.md)",
    "an answer of a linked fact": "“two hours” [f](../content/facts/question-one.md#x)",
    "a linked event": "“some words” [e](../content/events/event-one.md)",
    "a linked place": "“some words” [p](../content/places/place-one.md)",
    "a linked term": "“some words” [t](../content/terms/term-one.md)",
    "a linked source": "“two hours” [s](../content/sources/source-two.md)",
    "a link by its label": "“some words” [t]\n\n[t]: ../content/terms/term-one.md",
    "a cited source": f"“some words” {CITED}",
    "a cited source that prints the quote": f"“words of a sign” {CITED}",
    "one of two cited sources": "“two hours” [@source-one, para. 5; @source-two, p. 3]",
    "the original of a quote": "“добрый день… дорогой” [@source-ru]",
    "the translation of a quote": "«Дорогой сосед» and “dear neighbour” [@source-ru]",
    "words left out": "“good day … neighbour my”, “... Good day ...” [q](../content/quotes/ru.md)",
    "a link within": f"“had ‘[some](../content/quotes/quote-one.md)’ words” {CITED}",
    "a citation within": f"“some {CITED} words”",
    "over lines": f"“some\nwords” {CITED}",
    "over lines of a quotation": f"> “some\n> words” {CITED}",
    "one word where nothing is cited": "“One” and «3,000» and “U.S.” and “…” and “ ”",
    "a title": f"“Source One” {CITED} and “source two.” [@source-two]",
    "marks in code that do not pair": "``“ ` `` and `“` and `\"` and `don't`",
    "marks in a fence that do not pair": "```text\na “b\n```",
    "a link's title": f'[a](page.md "some words") {CITED}',
    "italics and single marks": "*a b* and ’tis, it’s, the ’90s",
    "a heading and what stands below it": f"# “Some words”\n\n## And more\n\nx\n\ny {CITED}",
    "the head of a table": f"| “some words” | b |\n|---|---|\n| c {CITED} | d |",
    "an item": f"- x\n- “some words” {CITED}",
    "within one another": f"“had «some» words” {QUOTE}",
    "by their names": f"&ldquo;had &lsquo;some&rsquo; words&rdquo; {QUOTE}",
}


@pytest.mark.parametrize("text", BACKED.values(), ids=BACKED)
def test_quotations_that_are_backed(text: str) -> None:
    assert quoting(text) == []


UNBACKED = {
    "nothing linked or cited": ("“some words”", (4, 1)),
    "straight marks": ('x "some words"', (4, 3)),
    "guillemets": ("x\ny «some words»", (5, 3)),
    "German marks": ("„some words“", (4, 1)),
    "Polish marks": ("„some words”", (4, 1)),
    "over lines": ("x “some\nwords”", (4, 3)),
    "by their names": ("x &quot;some words&quot;", (4, 3)),
    "a person": ("“other words” [p](../content/people/speaker-one.md)", (4, 1)),
    "another page": ("“some words” [p](story.md) [q](https://x.example)", (4, 1)),
    "another source": ("“some words” [@source-two]", (4, 1)),
    "a wording that the cited source does not have": ("“had some words” [@source-two]", (4, 1)),
    "what another paragraph cites": (f"“some words”\n\nx {CITED}", (4, 1)),
    "what another item cites": (f"- “some words”\n- x {CITED}", (4, 3)),
    "what another row cites": (f"a | b\n--|--\n“some words” | c\nd | {CITED}", (6, 1)),
    "what stands above a heading": (f"x {CITED}\n\n## “Some words”", (6, 4)),
    "what a quotation cites above": (f"> some words {CITED}\n\n> “some words”", (6, 3), (6, 3)),
    "other words": (f"“no words” {QUOTE}", (4, 1)),
    "part of a word": (f"“ome word” {QUOTE}", (4, 1)),
    "words of two texts": (f"“words we” {QUOTE}", (4, 1)),
    "not in a row": (f"“had words” {QUOTE}", (4, 1)),
    "in another order": (f"“words … we” {QUOTE}", (4, 1)),
    "words left out of two texts": (f"“some … many” {QUOTE}", (4, 1)),
    "a gap that is not shown": ("“день дорогой” [@source-ru]", (4, 1)),
    "Cyrillic": ("«Доброе утро» [@source-ru]", (4, 1)),
    "one of two": (f"“some words” and “no words” {CITED}", (4, 18)),
    "within another": (f"“some «no words»” {CITED}", (4, 1), (4, 7)),
    "a title of ours": ("“A page about a greeting” [@source-ru]", (4, 1)),
    "part of a title": ("“Source One and more” [@source-one]", (4, 1)),
    "the title of a source that is not cited": ("“Source One”", (4, 1)),
    "words around code": ("“some `x` words”", (4, 1)),
    "a heading": ("# A “some words” b", (4, 5)),
}


@pytest.mark.parametrize("case", UNBACKED.values(), ids=UNBACKED)
def test_quotations_that_nothing_backs(case: tuple[str, *tuple[tuple[int, int], ...]]) -> None:
    text, *places = case
    assert quoting(text) == [(*place, "unbacked-quotation") for place in places]


def test_the_message_has_the_first_words_and_the_ways_to_mend_it() -> None:
    made = library({PAGE: "“one [two](page.md)\nthree four `x` five six seven” [@source-two]"})
    (problem,) = prose_problems(made)[-1:]
    assert problem.message == (
        "nothing that is linked or cited here has the words “one two three four x five …”"
    )
    assert problem.cure == ITALICS


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a\n“b c", (5, 1), "the quotation mark “ that opens here is never closed"),
        ("a “b\n\nc”", (4, 3), "the quotation mark “ that opens here is never closed"),
        ("- «a\n- b", (4, 3), "the quotation mark « that opens here is never closed"),
        ('"a" b "c', (4, 7), 'the quotation mark " that opens here is never closed'),
        ("a 〟", (4, 3), "the quotation mark 〟 closes nothing"),
        ("«" * 5 + "»" * 5, (4, 5), "more than 4 quotations stand within one another"),
    ],
)
def test_marks_that_do_not_pair(text: str, place: tuple[int, int], message: str) -> None:
    made = library({PAGE: f"---\nsourcing: none\n---\n{text}"})
    found = sorted(p for p in prose_problems(made) if p.path == PAGE)
    assert (*found[0].mark, found[0].code, found[0].message) == (
        *place, "unbalanced-marks", message
    )  # fmt: skip


def test_many_marks_in_one_paragraph_are_read_in_one_pass() -> None:
    line = '"no words here" ' * 500
    for text in (f"{line}\n" * 2, "“" * 9_000, "“a b" * 2_000, "# “a b”\n" * 9_000):
        made = library({PAGE: text})
        began = time.process_time()
        assert any(problem.path == PAGE for problem in prose_problems(made))
        assert time.process_time() - began < 2


# Front matter and bodies.

FACT = (
    "---\nstatement: {statement}\nabout: [people/speaker-one]\nlabel: {label}\n"
    "evidence: [{{source: source-one, exact: exact words, says: {says}}}]\n---\n{body}"
)


def fact(statement: str = "So.", label: str = "L", says: str = "S.", body: str = "") -> str:
    return FACT.format(statement=statement, label=label, says=says, body=body)


@pytest.mark.parametrize(
    "text",
    [
        fact(statement="He said “exact words”."),
        fact(label="The «exact words»"),
        fact(says="Has “exact words”."),
        fact(statement="“had ‘some’ words” [q](../quotes/quote-one.md)."),
        fact(statement="“two hours” [@source-two]."),
        fact(statement="Of `“exact words”` and *c d*"),
        fact(body="“exact words” [@source-two]"),
        fact(body="# “Exact words”\n\n“two hours” [@source-two]"),
    ],
)
def test_an_entity_may_quote_its_own_passages(text: str) -> None:
    assert problems("content/facts/f.md", text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (fact(statement="He said “no words”."), (2, 12)),
        (fact(label="The «two hours» [@source-two]"), (4, 8)),  # plain text cites nothing
        (fact(says="Has “two hours”."), (5, 59)),
        (fact(body="x [@source-one]\n\nand “two hours” [@source-one]"), (9, 5)),
        (fact(statement="So. [@source-two]", body="“two hours” [@source-one]"), (7, 1)),
    ],
)
def test_an_entity_may_quote_nothing_else(text: str, place: tuple[int, int]) -> None:
    assert problems("content/facts/f.md", text) == [(*place, "unbacked-quotation")]


def test_plain_fields_know_no_italics() -> None:
    made = library({"content/facts/f.md": fact(label="“no words”")})
    (problem,) = [p for p in prose_problems(made) if p.path == "content/facts/f.md"]
    assert "or leave out the marks if nobody’s words are quoted" in problem.cure


def test_a_quote_holds_its_own_words() -> None:
    text = FILES["content/quotes/quote-one.md"]
    context = "context: He spoke to [the other](../people/speaker-two.md)."
    assert context in text
    good = text.replace(context, "context: Some pages have “many words” for “some words”.")
    bad = text.replace(context, "context: Some pages have “no words”.")
    assert problems("content/quotes/quote-one.md", good) == []
    assert problems("content/quotes/quote-one.md", bad) == [(9, 10, "unbacked-quotation")]
    assert problems("content/quotes/ru.md", RUSSIAN + "«Добрый день» [@source-one]") == []


def test_a_source_holds_what_was_taken_from_it() -> None:
    text = "---\ntype: speech\ntitle: T “u v” w\npublisher: P Q\nquality: {}\n---\n"
    path = "content/sources/source-two.md"
    assert problems(path, text.format("It has “two hours” and “we had many”.")) == []
    assert problems(path, text.format("“some words”")) == [(5, 10, "unbacked-quotation")]


IN_FIELDS = {
    "names": ("name: A “b c” d\nsummary: S\n", (2, 7)),
    "aliases": ("name: P\nsummary: S\naliases: [‘e f’]\n", (4, 11)),
    "corrections": (
        "name: P\nsummary: S\ncorrections: [{on: 2025, was: “a b”, now: b, why: c}]\n", (4, 31)
    ),
    "roles": (
        "name: P\nsummary: S\nroles: [{title: ”Lord of all”, "
        "evidence: [{source: source-one, exact: l m n}]}]\n", (4, 17)
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place"), IN_FIELDS.values(), ids=IN_FIELDS)
def test_no_field_may_quote_what_nothing_backs(text: str, place: tuple[int, int]) -> None:
    front = f"---\n{text}evidence: [{{source: source-one, exact: “g” h i}}]\n---\n"
    assert problems(P, front) == [(*place, "unbacked-quotation")]


def test_an_answer_that_is_repeated_is_told_once() -> None:
    path = "content/facts/question-one.md"
    text = FILES[path].replace("Two hours", "“No hours”")
    assert problems(path, text) == [(5, 13, "unbacked-quotation")]


def test_a_page_as_a_whole_backs_its_title_and_description() -> None:
    meta = "---\ntitle: On “some words”\ndescription: And “no words”\n---\nx\n\n- y [@source-one]\n"
    assert problems(PAGE, meta) == [(3, 14, "unbacked-quotation"), (5, 1, "uncited")]


# Sources.

CITING = {
    "a citation": f"So it was. {CITED}",
    "a quote": f"So {QUOTE} was.",
    "a fact": "So [it](../content/facts/fact-one.md) was.",
    "a fact by its label": "So [it][f] was.\n\n[f]: ../content/facts/fact-one.md",
    "on its own line": f"So it was.\n{CITED}",
    "beside code on its own line": f"So it\n`was`\nthen. {CITED}",
    "each item": f"- a {CITED}\n  - b {QUOTE}\n- [c](story.md)",
    "each row": f"a | b\n--|--\nc {CITED} | d\n{QUOTE} e | f",
    "a quotation": f"> Some words. {CITED}",
    "a continued item": f"- a {CITED}\n\n  b {CITED}",
}


@pytest.mark.parametrize("text", CITING.values(), ids=CITING)
def test_paragraphs_that_cite(text: str) -> None:
    assert problems(PAGE, text) == []
    assert coverage(library({PAGE: text}))[0] == coverage(library({PAGE: text}))[1]


SAYS_NOTHING = {
    "a heading": "# A heading\n\nAnother\n=======",
    "a fence": "```timeline\n```\n\n```\nx\n```",
    "a rule": "---\n\n***",
    "a card": "[a](../content/people/speaker-one.md)",
    "cards": "[a](../content/people/speaker-one.md)\n[b](../content/images/map-one.md)",
    "the way to other pages": "[Read on: the story](story.md)\n\n- [a](quotes/index.md)\n- [b](#x)",
    "links with signs between": "**[a](story.md)**, [b](index.md); [c](quotes/index.md).",
    "links whose addresses stand elsewhere": "[a][b], [b]\n\n[b]: story.md",
    "code": "`a b`",
}


@pytest.mark.parametrize("text", SAYS_NOTHING.values(), ids=SAYS_NOTHING)
def test_what_states_nothing(text: str) -> None:
    made = library({PAGE: f"\n{text}"})
    assert [p for p in prose_problems(made) if p.path == PAGE] == []
    assert coverage(made) == coverage(library({}))


UNCITED = {
    "plain words": ("x\n\nSo it\nwas.", (1, 1), (3, 1)),
    "a person": ("So [he](../content/people/speaker-one.md) was.", (1, 1)),
    "an event": ("So [it](../content/events/event-one.md) was.", (1, 1)),
    "a source's page": ("So [it](../content/sources/source-one.md) was.", (1, 1)),
    "another page": ("Read on: [a story](story.md).", (1, 1)),
    "another site": ("[So it was](https://x.example)", (1, 1)),
    "a citation in code": (f"So it was. `{CITED}`", (1, 1)),
    "what the next paragraph cites": (f"So it was.\n\nAnd. {CITED}", (1, 1)),
    "items": (f"- a\n- b {CITED}\n  - c", (1, 3), (3, 5)),
    "items below a paragraph": (f"So. {CITED}\n- a", (2, 3)),
    "rows": (f"a | b\n--|--\nc {CITED} | d\n e | f", (4, 2)),
    "a quotation": (f"So it was:\n\n> some words {CITED}", (1, 1)),
    "below a heading": ("# H\nSo it was.", (2, 1)),
}


@pytest.mark.parametrize("case", UNCITED.values(), ids=UNCITED)
def test_paragraphs_that_do_not_cite(case: tuple[str, *tuple[tuple[int, int], ...]]) -> None:
    text, *places = case
    assert problems(PAGE, text) == [(*place, "uncited") for place in places]


def test_a_page_may_say_that_it_cites_nothing() -> None:
    text = "---\nsourcing: none\n---\nSo it was.\n\n“no words”"
    assert problems(PAGE, text) == [(6, 1, "unbacked-quotation")]
    assert coverage(library({PAGE: text})) == coverage(library({}))


def test_how_many_paragraphs_cite() -> None:
    pages = {"docs/index.md": f"# H\n\na\n\nb {CITED}\n\n- c\n- d {QUOTE}\n\n[e](story.md)\n"}
    assert coverage(library({**pages, "docs/story.md": None})) == (2, 4)


def test_bodies_of_entities_cite_too() -> None:
    text = fact(body=f"So.\n\n- [a](../../docs/story.md)\n- b {CITED}\n- c")
    assert problems("content/facts/f.md", text) == [(7, 1, "uncited"), (11, 3, "uncited")]


def test_what_was_withdrawn_is_looked_at_too() -> None:
    text = fact(body="So.").replace("about:", "withdrawn: {on: 2025, why: Wrong.}\nabout:")
    assert problems("content/facts/f.md", text) == [(8, 1, "uncited")]


EVIDENCE = "evidence: [{source: source-one, says: x}]\n"
ROLE = f"roles:\n  - title: R\n    {EVIDENCE}"


@pytest.mark.parametrize(
    ("kind", "front", "expected"),
    [
        ("people", f"name: P\nsummary: S\n{EVIDENCE}", []),
        ("people", "name: P\nsummary: S\n", [(3, 10, "uncited")]),
        ("people", f"name: P\nsummary: S\n{ROLE}", [(3, 10, "uncited")]),
        ("places", f"name: P\nsummary: S\n{EVIDENCE}", []),
        ("places", "name: P\nsummary: S\n", [(3, 10, "uncited")]),
        ("places", "name: P\n", []),
        ("sources", "type: speech\ntitle: S\nsummary: T\nquality: Q\n", []),
    ],
)
def test_a_summary_rests_on_something(
    kind: str, front: str, expected: list[tuple[int, int, str]]
) -> None:
    assert problems(f"content/{kind}/p.md", f"---\n{front}---\n") == expected


IMAGE = (
    "---\ntitle: Map\ndrawn: locator-map\nalt: A map.\ncaption: {}\ncreator: C\ncredit: D\n"
    "license: CC-BY-4.0\ndepicts: [places/place-one]\n{}---\n"
)


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Where it was.", [(5, 10, "uncited")]),
        ("Where [he](../people/speaker-one.md) was.", [(5, 10, "uncited")]),
        ("Where it was. [@source-one]", []),
        ("Where [it](../events/event-one.md) was.", []),
        ("Where [it](../facts/fact-one.md) was.", []),
    ],
)
def test_a_caption_names_a_source(caption: str, expected: list[tuple[int, int, str]]) -> None:
    path = "content/images/i.md"
    assert problems(path, IMAGE.format(caption, "")) == expected
    way = f"journeys:\n  - label: A\n    through: [place-one, place-two]\n    {EVIDENCE}"
    assert problems(path, IMAGE.format(caption, way)) == []
