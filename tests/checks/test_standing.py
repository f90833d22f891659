"""The state of proof of a quotation, from what was found on its evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import checked
from summitry.checks.checked import CheckedLibrary
from summitry.checks.standing import Standing, State, speaks
from summitry.content.kinds import Quote, Source
from summitry.content.kinds.pieces import Voice
from summitry.content.values import Ref
from summitry.data.quotations import state as in_words
from summitry.tools.prover import Taking
from summitry.words.catalogue import Words
from test_ledger import on_disk

SAID = "“We had a long talk, and it went well,” he said."
LEFT = "“We had a long talk about many things, and it went well,” he said."
TOLD = "We had a long talk, and it went well, he said."
ENDING = " Then all who had waited in the hall stood up, and the day was over for everybody there."
FILLER = (
    "\nNothing else was heard of it on that day or on the next one, so far as anybody knows." * 9
)
QUOTE = Ref("quotes", "long-talk")
RECORD = "form: transcript\nstanding: primary\n"


def source(more: str = "") -> str:
    return f"---\ntype: article\ntitle: News\nfound_at: Page 3\n{more}---\n"


def library(
    root: Path,
    sources: dict[str, tuple[str, str]],
    text: str = "We had a long talk, and it went well",
    more: str = "speaker: speaker-one\n",
    exact: str = "",
) -> CheckedLibrary:
    """The small project with a quotation, proven in the sources: their front matter and text."""
    evidence = "".join(f"  - {{source: {name}{exact}}}\n" for name in sources)
    files = {f"content/sources/{name}.md": source(more) for name, (more, _) in sources.items()}
    front = f"title: On a talk\ntext: {text}\n{more}language: en\nevidence:\n{evidence}"
    workshop = on_disk(root, {**files, f"content/{QUOTE}.md": f"---\n{front}---\n"})
    for name, (_, article) in sources.items():
        if article:
            told = Taking("2025-08-16", "pasted", "A. Reader")
            workshop.capture(name, article + ENDING + FILLER, told)
            words = workshop.text_of(name)
            assert words is not None
            workshop.prove([workshop.library.items[QUOTE]], {name: words})
    return checked(dict(workshop.library.tree.texts))


def state(made: CheckedLibrary) -> tuple[State, str]:
    found = made.standing(QUOTE)
    return found.state, in_words(Words(), found)


def proven_in(made: CheckedLibrary, source: str) -> list[bool]:
    """Whether each item of evidence from a source is proven."""
    found = made.ledger.findings.values()
    return [finding.proven for finding in found if finding.claim.source == source]


def test_words_that_no_proof_shows_are_transcribed(tmp_path: Path) -> None:
    made = library(tmp_path, {"one": (RECORD, ""), "two": ("", "")})
    assert state(made) == (State.TRANSCRIBED, "Transcribed, not yet proven")
    assert not made.standing(QUOTE).proven
    assert made.standing(QUOTE).found == ()


@pytest.mark.parametrize(
    ("form", "official"),
    [
        (RECORD, True),
        ("form: transcript\n", False),
        ("standing: primary\n", False),
        ("form: document\nstanding: primary\n", False),
        ("form: video\nstanding: primary\n", False),
    ],
)
def test_only_a_transcript_of_the_record_is_official(
    tmp_path: Path, form: str, official: bool
) -> None:
    made = library(tmp_path, {"one": (form, SAID)})
    if official:
        assert state(made) == (State.TRANSCRIPT, "Words found in a transcript")
    else:
        assert state(made) == (State.REPORT, "Words found in one report")


def test_an_official_transcript_that_is_not_proven_counts_for_nothing(tmp_path: Path) -> None:
    made = library(tmp_path, {"one": (RECORD, ""), "two": ("", SAID)})
    assert state(made) == (State.REPORT, "Words found in one report")


def test_independent_reports_are_counted_by_their_origins(tmp_path: Path) -> None:
    made = library(tmp_path, {"one": ("", SAID), "two": ("", SAID), "six": ("", SAID)})
    assert state(made) == (State.REPORTS, "Words found in three independent reports")
    assert made.standing(QUOTE).origins == 3


SHARED = {
    "a wire": ("wire: Agency\n", "wire: agency\n"),
    "an origin": ("origin: desk\n", "origin: desk\n"),
    "one from the other": ("", "derived_from: one\n"),
}


@pytest.mark.parametrize(("first", "second"), SHARED.values(), ids=SHARED)
def test_reports_of_one_origin_are_one(tmp_path: Path, first: str, second: str) -> None:
    made = library(tmp_path, {"one": (first, SAID), "two": (second, SAID)})
    assert state(made) == (State.REPORT, "Words found in one report")
    assert len(made.standing(QUOTE).found) == 2


def test_a_source_that_is_not_proven_is_no_report(tmp_path: Path) -> None:
    made = library(tmp_path, {"one": ("", SAID), "two": ("", "")})
    assert state(made) == (State.REPORT, "Words found in one report")


def test_many_reports_are_counted_in_figures() -> None:
    shown = [in_words(Words(), Standing(State.REPORTS, count, ())) for count in (10, 11)]
    assert shown == [
        "Words found in ten independent reports",
        "Words found in 11 independent reports",
    ]


def test_another_wording_counts_for_nothing(tmp_path: Path) -> None:
    exact = ", exact: We had a long talk about many things"
    made = library(tmp_path, {"one": (RECORD, LEFT), "two": ("", LEFT)}, exact=exact)
    assert proven_in(made, "one") == [True]
    assert state(made) == (State.TRANSCRIBED, "Transcribed, not yet proven")


TRANSLATED = (
    "speaker: speaker-one\noriginal: {text: 'У нас был долгий разговор, и он прошёл хорошо', "
    "language: ru}\ntranslation: {by: Summitry, kind: KIND}\n"
)
RUSSIAN = "«У нас был долгий разговор, и он прошёл хорошо», сказал он им."


def test_our_own_translation_is_proven_by_the_original(tmp_path: Path) -> None:
    more = TRANSLATED.replace("KIND", "ours")
    made = library(tmp_path, {"one": (RECORD, RUSSIAN)}, more=more)
    assert state(made) == (State.TRANSCRIPT, "Original words found in a transcript")


def test_of_another_s_translation_the_original_proves_nothing(tmp_path: Path) -> None:
    more = TRANSLATED.replace("KIND", "media")
    exact = ", exact: 'У нас был долгий разговор, и он прошёл хорошо'"
    made = library(tmp_path, {"one": (RECORD, RUSSIAN)}, more=more, exact=exact)
    assert proven_in(made, "one") == [True]
    assert state(made) == (State.TRANSCRIBED, "Transcribed, not yet proven")


CHANGES = {
    "nothing": ("We had a long talk, and it went well", {"one": LEFT, "two": SAID}, ""),
    "words left out": ("We had a long talk […] and it went well", {"one": LEFT}, "abridged"),
    "words put in": ("We had a long talk, and [the meeting] went well", {"one": SAID}, "edited"),
}


@pytest.mark.parametrize(("text", "articles", "said"), CHANGES.values(), ids=CHANGES)
def test_what_an_editor_s_marks_did_is_said(
    tmp_path: Path, text: str, articles: dict[str, str], said: str
) -> None:
    made = library(tmp_path, {name: ("", words) for name, words in articles.items()}, f"'{text}'")
    assert made.standing(QUOTE).proven
    assert made.standing(QUOTE).changed == said


def test_words_that_one_source_prints_as_shown_are_not_changed(tmp_path: Path) -> None:
    text = "'We had a long talk … and it went well'"
    whole = SAID.replace("talk, and", "talk … and")
    made = library(tmp_path, {"one": ("", LEFT), "two": ("", whole)}, text)
    kinds = {str(finding.verdict.kind) for finding in made.standing(QUOTE).found}
    assert kinds == {"abridged", "verbatim"}
    assert made.standing(QUOTE).changed == ""


# The reporter's words


def noted(made: CheckedLibrary) -> bool:
    quote = made.item(QUOTE).entity
    assert isinstance(quote, Quote)
    return speaks(quote, made.entities(Source), made.standing(QUOTE))


def test_words_outside_speech_marks_are_the_reporter_s(tmp_path: Path) -> None:
    assert noted(library(tmp_path, {"one": ("", TOLD)}))


def test_words_in_speech_marks_are_the_speaker_s(tmp_path: Path) -> None:
    assert not noted(library(tmp_path, {"one": ("", SAID)}))


def test_one_report_with_speech_marks_is_enough(tmp_path: Path) -> None:
    assert not noted(library(tmp_path, {"one": ("", TOLD), "two": ("", SAID)}))


def test_where_the_marks_do_not_pair_nothing_is_said(tmp_path: Path) -> None:
    assert not noted(library(tmp_path, {"one": ("", SAID + " “And so on.")}))


def test_a_transcript_needs_no_speech_marks(tmp_path: Path) -> None:
    assert not noted(library(tmp_path, {"one": ("form: transcript\n", TOLD)}))
    assert not noted(library(tmp_path, {"one": (RECORD, TOLD)}))


@pytest.mark.parametrize(("name", "spoken"), [(n, n == "unnamed") for n in Voice.model_fields])
def test_what_nobody_speaks_needs_no_speech_marks(tmp_path: Path, name: str, spoken: bool) -> None:
    more = f"speaker: {{{name}: somebody or something}}\n"
    assert noted(library(tmp_path, {"one": ("", TOLD)}, more=more)) == spoken


def test_words_that_are_not_proven_are_nobody_s_yet(tmp_path: Path) -> None:
    assert not noted(library(tmp_path, {"one": ("", "")}))
