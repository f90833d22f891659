"""Verdicts in many languages, honest wordings and dishonest ones, and format version 2."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
import verifier
from hypothesis import given
from hypothesis import strategies as st
from running import ROOT
from summitry.proof import capture, proofs, unspaced, weights, word_tree
from summitry.proof.capture import Capture
from summitry.proof.passages import Passage
from summitry.proof.proofs import Proof
from summitry.proof.text import read, shown, tokens
from summitry.proof.verdict import Kind, Verdict, judge

VECTORS = json.loads((ROOT / "tests" / "verdicts.json").read_text(encoding="utf-8"))
TEXTS: dict[str, Any] = VECTORS["texts"]
EXAMPLES: list[dict[str, Any]] = VECTORS["examples"]
STANDING = [e for e in EXAMPLES if Kind(e["verdict"]).stands]


def verdict(example: dict[str, Any], **changes: Any) -> Verdict:
    text = TEXTS[example["text"]]
    found = unspaced.paragraphs("\n".join(text["lines"]))
    passages = [Passage(n, words) for n, words in enumerate(found, 1)]
    stated = {"language": text["language"], "same_speaker": example.get("same_speaker", False)}
    return judge(example["words"], passages, **{**stated, **changes})


def name(example: dict[str, Any]) -> str:
    return f"{example['text']}: {example['what']}: {example['words']}"


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_words_have_this_verdict(example: dict[str, Any]) -> None:
    found = verdict(example)
    edits = [[e.inserted, e.replaced, *([e.beside] if e.beside else [])] for e in found.edits]
    assert (found.kind, list(found.gaps), edits) == (
        example["verdict"],
        example["gaps"],
        example["edits"],
    ), found.reason
    assert found.reason == example.get("reason", "")
    assert example.get("told", "") in ("", *found.notes)


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_a_language_that_is_not_known_makes_nothing_right(example: dict[str, Any]) -> None:
    """Without a language all words of all languages weigh; and cases weigh less in German."""
    if not Kind(example["verdict"]).stands and "case" not in example["what"]:
        assert not verdict(example, language="").kind.stands


def test_honest_and_dishonest_wordings_are_as_many() -> None:
    assert abs(2 * len(STANDING) - len(EXAMPLES)) <= 1
    assert len({example["text"] for example in STANDING}) >= 12


@pytest.mark.parametrize("example", EXAMPLES, ids=name)
def test_the_second_verifier_finds_the_same_words(example: dict[str, Any]) -> None:
    """Where words are as written or differ in a word; it knows no marks of editors."""
    stands = verifier.stands(example["words"], "\n".join(TEXTS[example["text"]]["lines"]))
    if example["what"].endswith("as written"):
        assert stands
    if example["what"] in ("another number", "another name", "the negation dropped or changed"):
        assert not stands


@pytest.mark.parametrize("example", VECTORS["lines"], ids=lambda e: e["what"])
def test_a_line_has_these_words_by_version_2(example: dict[str, Any]) -> None:
    found = unspaced.tokens(example["line"])
    assert [list(token) for token in found] == example["tokens"]
    assert [list(token) for token in verifier.tokens_2(example["line"])] == example["tokens"]
    assert read(shown(found), [token.speech for token in found]) == found


@pytest.mark.parametrize("example", VECTORS["paragraphs"], ids=lambda e: e["what"])
def test_a_paragraph_has_this_root_by_version_2(example: dict[str, Any]) -> None:
    words = unspaced.tokens(example["line"])
    assert unspaced.version_of(words) == 2
    assert len(words) == example["words"]
    assert word_tree.seed(words, 2).hex() == example["seed"]
    assert word_tree.root(words, 2).hex() == example["root"]
    assert verifier.root(verifier.tokens_2(example["line"]), 2).hex() == example["root"]


@given(st.text(alphabet="他說不「」『』“”\"'，。 aB5-—กไม่า\u0301[（）.", max_size=40))
def test_the_second_verifier_reads_lines_of_characters_alike(line: str) -> None:
    found = unspaced.tokens(line)
    assert [tuple(token) for token in found] == [tuple(t) for t in verifier.tokens_2(line)]
    assert read(shown(found), [token.speech for token in found]) == found


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF), max_size=40))
def test_other_lines_are_read_as_before(line: str) -> None:
    assert unspaced.tokens(line) == tokens(line)


def test_a_paragraph_of_characters_is_captured_and_proven() -> None:
    line = TEXTS["ja"]["lines"][0]
    words = unspaced.tokens(line)
    kept = Capture(
        "log", "2026-11-28", "pasted", "", "", "", "whole", (capture.paragraph_of(words),)
    )
    assert capture.load(capture.dump([kept]).encode(), "log") == [kept]
    opening = word_tree.open_words(words, 0, 16, 2)
    proof = Proof("log", "2026-11-28", 1, 1, tuple(words[:16]), opening)
    assert proofs.check(proof, [kept]) == (kept, "")
    verifier.check(proofs.as_data(proof), json.loads(capture.dump([kept])))
    opened = proofs.passages([proof], kept)
    assert judge("我々はこの船を売ることはできない", opened, whole=False).kind is Kind.VERBATIM
    # The same words under the other version are another commitment.
    older = Capture(
        "log", "2026-11-28", "pasted", "", "", "", "whole", (capture.paragraph_of(words, 1),)
    )
    assert proofs.check(proof, [older])[0] is None


def test_a_long_gap_that_no_proof_opens_is_told_apart() -> None:
    """A short one has to be opened; a longer one may stay hidden."""
    words = tokens("We agree " + " ".join(f"w{'x' * i}" for i in range(20)) + " on the rest of it")
    for hidden, stands in ((12, False), (13, True)):
        passage = Passage(1, [*words[:2], *[None] * hidden, *words[22:]])
        found = judge("We agree … on the rest", [passage], whole=False)
        assert found.kind.stands is stands
        if not stands:
            assert found.reason == "the proof does not open what a gap hides"


NEGATIONS = ("not", "never", "не", "ніколи", "kein", "jamás", "ne", "לא", "لن", "不", "δεν", "non")
NUMBERS = ("two", "thirteen", "1,200", ".5", "<7%", "IV", "три", "п'ять", "zwölf", "quince", "三")
NAMES = ("Finch", "Lebedeva", "Лебедева", "Wirtin", "Zofia", "Δήμος", "דוד", "سارة", "Nora")
PLAIN = ("boats", "sail", "море", "човен", "Hafen", "pan", "sel", "ים", "بحر", "船", "mare", "and")
WORDS = st.sampled_from(NEGATIONS + NUMBERS + NAMES + PLAIN)
WEIGHING = set(NEGATIONS + NUMBERS + NAMES)


@given(st.lists(WORDS, min_size=4, max_size=14), st.data())
def test_no_altered_number_negation_or_name_passes_as_verbatim(
    source: list[str], data: st.DataObject
) -> None:
    """One weighing word of a quotation is dropped, put in or exchanged."""
    start = data.draw(st.integers(0, len(source) - 2))
    end = data.draw(st.integers(start + 2, len(source)))
    quoted = source[start:end]
    at = data.draw(st.integers(0, len(quoted) - 1))
    other = data.draw(st.sampled_from(sorted(WEIGHING)))
    change = data.draw(st.sampled_from(["drop", "put in", "exchange"]))
    altered = list(quoted)
    if change == "put in":
        altered.insert(at, other)
    elif quoted[at] in WEIGHING:
        altered[at : at + 1] = [] if change == "drop" else [other]
    passages = [Passage(1, unspaced.tokens(" ".join(source)))]
    found = judge(" ".join(altered), passages)
    runs = [source[i : i + len(altered)] for i in range(len(source))]
    if altered not in runs:
        assert found.kind is not Kind.VERBATIM
    elif found.kind is Kind.VERBATIM:  # what stands there, beside a negation, is told
        places = [i for i, run in enumerate(runs) if run == altered]
        beside = [i for i in places if i and source[i - 1] in NEGATIONS]
        if len(beside) == len(places):
            assert any("a negation stands just" in note for note in found.notes)


@given(st.sampled_from(NUMBERS + NEGATIONS), st.sampled_from(NUMBERS + NEGATIONS))
def test_no_bracket_and_no_gap_changes_a_weighing_word(theirs: str, mine: str) -> None:
    passages = [Passage(1, unspaced.tokens(f"the old boats {theirs} sail on the open sea"))]
    for words in (
        f"the old boats [{mine}] sail on the open sea",
        "the old boats [surely] sail on the open sea",
        "the old boats … sail on the open sea",
        f"[{mine}] sail on the open sea",
    ):
        assert not judge(words, passages).kind.stands


def test_the_lists_of_words_are_in_normal_form() -> None:
    lists, elsewhere = weights._data()["languages"], weights._data()["elsewhere"]
    for language, kinds in lists.items():
        for words in kinds.values():
            for word in words.split():
                assert unicodedata.is_normalized("NFC", word), (language, word)
    known = {w for kinds in lists.values() for words in kinds.values() for w in words.split()}
    assert set(elsewhere) <= known
    assert {x for languages in elsewhere.values() for x in str(languages).split()} <= set(lists)


@pytest.mark.parametrize(
    ("word", "language", "weight"),
    [
        ("due", "it", weights.Weight.NUMBER),
        ("due", "en", None),
        ("no", "es", weights.Weight.NEGATION),
        ("no", "pt", None),
        ("sin", "es-AR", weights.Weight.NEGATION),
        ("fünfunddreißig", "de", weights.Weight.NUMBER),
        ("einander", "de", None),
        ("ושלוש", "he", weights.Weight.NUMBER),
        ("فلن", "ar", weights.Weight.NEGATION),
        ("isn't", "en", weights.Weight.NEGATION),
        ("refusal", "en", weights.Weight.TURNING),
        ("XIV", "en", weights.Weight.NUMBER),
        ("I", "en", None),
        ("٢٥", "ar", weights.Weight.NUMBER),
    ],
)
def test_a_word_weighs_by_its_language(
    word: str, language: str, weight: weights.Weight | None
) -> None:
    assert weights.of_word(word, language) is weight
