"""Who gives which answer: a table of sources and disputed questions, one origin in one frame."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from small_site import Read, examined, found
from test_site_pages import html

PASSAGE = "evidence: [{source: %s, says: So it says.}]"
STORY = "# S\n\nIt was so. [@source-one]\n\n```voices\nof: [question-one, question-two]\n```\n"
SECOND = "content/facts/question-two.md"
CHANGES: dict[str, str | bytes | None] = {
    "docs/story.md": STORY,
    # Copies the first source; the third stands alone.
    "content/sources/source-copy.md": "---\ntype: article\ntitle: A copy\npublisher: Paper Two\n"
    "url: https://two.example/page\nderived_from: source-one\n---\n",
    "content/sources/source-three.md": "---\ntype: article\ntitle: Source Three\n"
    "publisher: Paper Three\nurl: https://three.example/page\n---\n",
    "content/facts/question-one.md": "---\nquestion: How long did it last?\npositions:\n"
    f"  - {{value: An hour, {PASSAGE % 'source-one'}}}\n"
    "  - value: Two hours\n    evidence: [{source: source-copy, says: So it says.}, "
    "{source: source-two, says: So it says.}]\n"
    f"we_use: An hour\nbecause: {{text: It says so., {PASSAGE % 'source-one'}}}\n---\n",
    SECOND: "---\nquestion: Where was it?\npositions:\n"
    f"  - {{value: Here, {PASSAGE % 'source-three'}}}\n"
    "  - value: There\n    evidence: [{source: source-copy, says: So it says.}, "
    "{source: source-two, says: So it says.}]\n"
    f"we_use: Here\nbecause: {{text: It says so., {PASSAGE % 'source-three'}}}\n---\n",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return html(tmp_path_factory.mktemp("cache"), "story/", CHANGES)


def text(node: object) -> str:
    return " ".join(node.text().split())  # type: ignore[attr-defined]


def test_each_cell_says_the_answer_of_its_source(page: str) -> None:
    table = LexborHTMLParser(page).css_first(".voices table")
    assert table is not None
    heads = [text(one) for one in table.css("thead th[scope=col]")]
    assert heads == ["Source", "1 How long did it last?", "2 Where was it?"]
    rows = {
        re.split(r"[:\s]", text(row.css_first("th")))[1]: [text(cell) for cell in row.css("td")]
        for row in table.css("tbody tr:has(th[scope=row])")
    }
    assert rows == {
        "One": ["AA: An hour", "no answer"],
        "Two": ["BB: Two hours", "BB: There"],
        "not": ["BB: Two hours", "BB: There"],  # Publisher not stated
        "Three": ["no answer", "AA: Here"],
    }
    assert len(Read(page).ids) == len(set(Read(page).ids))


def test_sources_of_one_origin_stand_in_one_frame(page: str) -> None:
    tree = LexborHTMLParser(page)
    frames = tree.css(".voices .one-voice")
    assert [text(one.css_first("th[scope=rowgroup]")) for one in frames] == ["2 sources, one voice"]
    assert [text(one) for one in frames[0].css("th[scope=row] a:first-child")] == [
        "Paper One: Source One",
        "Paper Two: A copy",
    ]
    alone = [len(body.css("tr")) for body in tree.css(".voices tbody:not(.one-voice)")]
    assert alone == [1, 1]


def test_it_says_in_sentences_what_it_shows(page: str) -> None:
    tree = LexborHTMLParser(page)
    said = text(tree.css_first(".voices caption"))
    assert said.startswith("4 sources answer one or more of these questions, and go back to 3")
    assert said.endswith("More than one answer to the same question is given by: Paper One.")
    counted = [text(one) for one in tree.css(".points .meta")]
    assert counted == [
        "1 source, 1 voice", "2 sources, 2 voices", "1 source, 1 voice", "2 sources, 2 voices"
    ]  # fmt: skip
    # The frame and the wire have both questions in common, and an answer to both.
    assert [text(one) for one in tree.css(".pairs li")] == [
        "The same answer to 2 of 2: Paper One and Wire"
    ]


def test_it_takes_disputed_questions_alone_and_six_at_most() -> None:
    for of, column in (("[fact-one]", 6), ("[" + "question-one, " * 7 + "]", 5)):
        story = f"# S\n\nIt was so. [@source-one]\n\n```voices\nof: {of}\n```\n"
        problems = examined({"docs/story.md": story}).problems
        assert found(problems)[0][:2] == (6, column), problems
    problems = examined(
        {
            "docs/story.md": STORY.replace("question-two", "fact-one"),
        }
    ).problems
    assert problems[0].message == "facts/fact-one is no question with answers that differ"


def test_on_the_own_site_every_disputed_question_is_in_a_table(built: Path) -> None:
    tree = LexborHTMLParser((built / "source-by-source/index.html").read_text("utf-8"))
    shown = {one.attributes["href"] for one in tree.css(".points > li > a")}
    index = LexborHTMLParser((built / "disputed-and-unknown/index.html").read_text("utf-8"))
    listed = {
        one.attributes["href"] or ""
        for one in index.css("main a[href^='../facts/']")
        if (built / (one.attributes["href"] or "")[3:] / "index.html")
        .read_text("utf-8")
        .count('class="dispute"')
    }
    assert shown == listed - {"../facts/"}
