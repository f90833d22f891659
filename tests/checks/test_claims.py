"""What evidence claims: which words are said to stand in which source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import checked
from summitry.checks.claims import Of, claims, same
from summitry.content.values import Ref
from summitry.words.comparing import compare


@pytest.mark.parametrize(
    "other",
    ["it's a TERM, okay?", "“It’s a term, okay?”", " It’s a  term; okay?", "It’s a te\xadrm okay?",
     "It’s a term — okay?"],
)  # fmt: skip
def test_case_outer_marks_and_most_punctuation_do_not_count(other: str) -> None:
    assert same("It’s a term, okay?", other)


@pytest.mark.parametrize(
    "other",
    ["its a term, okay?", "a term, okay?", "It’s a term", "", "It’s a “term”, okay?",
     "It’s a term, okay", "It’s a term? Okay?"],
)  # fmt: skip
def test_what_counts(other: str) -> None:
    assert not same("It’s a term, okay?", other)


def test_inner_punctuation_counts() -> None:
    assert not same("feel-out", "feel out")


def test_a_dash_that_stands_alone_is_no_word() -> None:
    assert same("yes no", "yes – no")


def test_an_editor_s_marks_are_words_of_the_displayed_text() -> None:
    assert same("he [Putin] said … no", "He [Putin] said … no")
    assert not same("he [Putin] said", "he said")
    assert not same("he said … no", "he said a lot and no")


WORDS = st.lists(st.sampled_from(["a", "B", "c,", "“d”", "e’f"]), max_size=8).map(" ".join)


@given(WORDS, WORDS)
def test_where_words_are_the_same_nothing_is_marked(displayed: str, other: str) -> None:
    if same(displayed, other):
        assert not any(run.differs for run in compare(displayed, other))


@given(WORDS.filter(bool))
def test_words_are_the_same_as_themselves(words: str) -> None:
    assert same(words, words)


def test_evidence_without_words_of_its_own_claims_those_displayed() -> None:
    made = claims(checked().item(Ref("quotes", "quote-one")).entity)
    assert [(claim.source, claim.words, claim.of, claim.words_at) for claim in made] == [
        ("source-one", "We had “some” words", Of.TEXT, ("text",)),
        ("source-two", "We had many words", Of.WORDING, ("evidence", 1, "exact")),
    ]


def test_what_a_source_says_in_our_words_claims_nothing() -> None:
    made = claims(checked().item(Ref("facts", "fact-one")).entity)
    assert [(claim.source, claim.words, claim.of) for claim in made] == [
        ("source-one", "some words", Of.PASSAGE)
    ]


QUOTE = """---
title: On the talks
text: We had some words
speaker: speaker-one
language: en
original: {{text: У нас были слова, language: ru}}
translation: {{by: not stated, kind: {kind}}}
evidence:
  - source: source-one
  - {{source: source-one, exact: "we had “some”, words!"}}
  - {{source: source-one, exact: "У нас, были слова"}}
  - {{source: source-two, exact: We had other words}}
chosen: They came first.
---
"""


def _of(kind: str) -> list[tuple[Of, str, tuple[str | int, ...]]]:
    library = checked({"content/quotes/q.md": QUOTE.format(kind=kind)})
    found = claims(library.item(Ref("quotes", "q")).entity)
    return [(claim.of, claim.words, claim.words_at) for claim in found]


def test_evidence_of_a_translation_claims_what_it_prints() -> None:
    assert _of("official") == [
        (Of.TEXT, "We had some words", ("text",)),
        (Of.WORDING, "we had “some”, words!", ("evidence", 1, "exact")),
        (Of.ORIGINAL, "У нас, были слова", ("evidence", 2, "exact")),
        (Of.WORDING, "We had other words", ("evidence", 3, "exact")),
    ]


def test_evidence_of_our_own_translation_claims_the_original() -> None:
    assert _of("ours")[0] == (Of.ORIGINAL, "У нас были слова", ("original", "text"))
    assert _of("ours")[1:] == _of("official")[1:]


def test_every_passage_of_an_entity_is_a_claim_with_its_place() -> None:
    person = checked().item(Ref("people", "speaker-one")).entity
    found = [claim for claim in claims(person) if claim.loc[0] == "roles"]
    assert [(claim.loc, claim.words_at, claim.of) for claim in found] == [
        (("roles", n, "evidence", 0), ("roles", n, "evidence", 0, "exact"), Of.PASSAGE)
        for n in (0, 1)
    ]
