"""Quotations that try to say what the source does not, and honest ones like them."""

from __future__ import annotations

import pytest
from summitry.proof import verdict
from summitry.proof.passages import Passage
from summitry.proof.text import paragraphs
from summitry.proof.verdict import Kind

SOURCE = """\
We surrender nothing to you, and I would never say that we trust you or would surrender it today.
It fell to −40 degrees, and ₽500 million were paid for it, by 5 people, one of them said.
He asked: why did the guest say “next time in Moscow”? Nobody knew that.
Should we agree now? We will see what the others say of it before the day is over.
“We agree on much of it,” one of the two said to 10 people. “But not on all of it,” he added then.
We will agree to all of it, and we will sign what the others have signed before us there.
"""
WRONG = {
    "single words glued to marks": "We …trust …surrender …today",
    "a minus": "It fell to 40 degrees",
    "a minus at the start": "40 degrees",
    "another money": "₴500 million were paid for it",
    "per mille": "by 5‰ people",
    "a circled no": "ⓃⓄ We will agree to all of it",
    "a negation with a selector": "We will [no\ufe0et] agree to all of it",
    "a raised negation": "We will [ⁿᵒᵗ] agree to all of it",
    "a negation behind a stroke": "We will [and/not] agree to all of it",
    "a fraction": "We will agree to [½] all of it",
    "a plural number": "We will agree to [thousands] of it",
    "a bracket over the end of a question": "Should we agree [and] will see",
    "a bracket without a word": "We will [!] agree to all of it",
}
RIGHT = {
    "the reporter's own question mark": "next time in Moscow",
    "a speech that the reporter interrupts": "agree on much of it … But not on all of it",
    "the minus": "It fell to -40 degrees",
    "the money": "₽500 million were paid",
}


def judge(words: str) -> verdict.Verdict:
    return verdict.judge(words, [Passage(n, p) for n, p in enumerate(paragraphs(SOURCE), 1)])


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_what_the_source_does_not_say_does_not_stand(words: str) -> None:
    assert not judge(words).kind.stands


@pytest.mark.parametrize("words", RIGHT.values(), ids=RIGHT)
def test_what_it_says_does(words: str) -> None:
    assert judge(words).kind.stands, judge(words).reason


def test_a_quotation_longer_than_any_is_not_compared() -> None:
    found = judge(" ".join(["so"] * 5000))
    assert found.kind is Kind.UNREADABLE
    assert "5000 words" in found.reason


def test_words_of_endless_length_take_no_time() -> None:
    passages = [Passage(1, paragraphs("a" * 100_000 + "b and eleven more words to fill it up")[0])]
    assert verdict.judge("a" * 50_000 + "c", passages).kind is Kind.ABSENT
