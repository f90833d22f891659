"""What stands right beside a quotation, or what only an editor states of it, reaches readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_site import FILES, checked, examined
from summitry.content.files import read_tree
from summitry.content.library import build
from summitry.content.values import Ref
from summitry.data.quotations import told
from summitry.proof import speakers
from summitry.tools.prover import Taking
from summitry.tools.workshop import Proven, Workshop
from summitry.words.catalogue import Words

ARTICLE = """\
“We will open the gate on the 14th of May, and nobody will pay for it twice,” Ada Norin told \
reporters on the quay of the old town, where a small crowd had waited since the early morning.
“The bridge is safe for all of us,” said the mayor, who had walked over it with her dog in the \
rain. “It will fall within the year and take the road with it,” said the mason, who had \
built the arch.
"""
ENGLISH = Words()
QUOTE, NEWS = "content/quotes/gate-words.md", "content/sources/gate-news.md"
NEWS_TEXT = """---
type: article
title: Gate News
publisher: Paper Two
url: https://two.example/gate
issued: 2025-08-15
---
"""


def quoting(words: str, more: str = "") -> str:
    return (
        f"---\ntitle: On the gate\ntext: {words}\nspeaker: speaker-one\nlanguage: en\n"
        f"evidence:\n  - source: gate-news\n{more}---\n"
    )


def proving(root: Path, quote: str) -> tuple[Proven, dict[str, Any]]:
    """What `summitry prove` makes of a quotation from the article, and the files after it."""
    for path, text in {**FILES, NEWS: NEWS_TEXT, QUOTE: quote}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    library = build(read_tree(root, "content", "docs"), "content", "docs")
    workshop = Workshop(library, root, lambda line: None)
    workshop.capture("gate-news", ARTICLE, Taking(date="2025-08-16", method="pasted", by="A. B."))
    article = workshop.text_of("gate-news")
    assert article is not None
    made = workshop.prove([library.items[Ref("quotes", "gate-words")]], {"gate-news": article})
    return made, dict(library.tree.texts)


def test_a_negation_beside_the_words_is_opened_and_told_wherever_they_go(tmp_path: Path) -> None:
    made, files = proving(tmp_path, quoting("will pay for it twice"))
    assert made.problems == []
    (note,) = [p for p in examined(files).problems if p.code == "negation-beside"]
    assert note.note
    assert note.message == "a negation stands just before: “nobody”"
    assert note.hint == 'take it in: nobody will pay for it twice,"'
    said = told(ENGLISH, checked(files), Ref("quotes", "gate-words"))
    assert said.beside == "A negation stands just before: “nobody”"
    assert said.beside in said.text
    assert b'"words": "nobody will pay for it twice' in files[QUOTE.replace(".md", ".proof.json")]


def test_with_the_negation_there_is_nothing_to_tell(tmp_path: Path) -> None:
    _, files = proving(tmp_path, quoting("nobody will pay for it twice"))
    assert [p for p in examined(files).problems if p.code == "negation-beside"] == []
    assert told(ENGLISH, checked(files), Ref("quotes", "gate-words")).beside == ""


SPEAKERS = "The bridge is safe […] It will fall within the year"


def test_two_speakers_need_an_editor_to_say_that_they_are_one(tmp_path: Path) -> None:
    made, _ = proving(tmp_path, quoting(SPEAKERS))
    (problem,) = made.problems
    assert speakers.QUOTATIONS in problem.message


def test_what_an_editor_states_of_the_speaker_is_told(tmp_path: Path) -> None:
    made, files = proving(tmp_path, quoting(SPEAKERS, "    same_speaker: true\n"))
    assert made.problems == []
    said = told(ENGLISH, checked(files), Ref("quotes", "gate-words"))
    assert said.beside.lower() == speakers.STATED.lower()
    assert said.changed == "Abridged"


@pytest.mark.parametrize("stated", ["same_speaker: false", ""])
def test_it_is_not_stated_by_itself(tmp_path: Path, stated: str) -> None:
    _, files = proving(tmp_path, quoting(SPEAKERS, "    same_speaker: true\n"))
    changed = quoting(SPEAKERS, f"    {stated}\n" if stated else "")
    found = [p for p in examined({**files, QUOTE: changed}).problems if not p.note]
    assert any(speakers.QUOTATIONS in p.message for p in found)
