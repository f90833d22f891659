"""Text fragments: which words a link finds, as browsers look for them."""

from __future__ import annotations

import pytest
from summitry.proof import fragment
from summitry.proof.text import tokens

LINES = [
    "“The gate’s open,” said the keeper — and all of those who had waited for it went in.",
    "The gate was shut again in the evening, and it stays shut until the next market day.",
    "The gate was shut again in the end; the well-known keeper, Ada & Co. of Westmark, left.",
]


def made(line: int, words: str) -> tuple[str, ...]:
    """The fragment of words of a line; the words are given as they are compared."""
    found = tokens(LINES[line])
    keys, wanted = [token.key for token in found], words.casefold().split()
    start = next(i for i in range(len(keys)) if keys[i : i + len(wanted)] == wanted)
    return fragment.make(LINES, line, found, start, start + len(wanted))


def test_a_short_passage_is_given_in_full() -> None:
    assert made(1, "it stays shut until the next market day") == (
        "it stays shut until the next market day",
    )
    assert made(2, "westmark") == ("Westmark",)


def test_of_a_long_passage_the_ends_are_given() -> None:
    words = "evening and it stays shut until the next market"
    assert made(1, words) == ("evening, and it stays", "until the next market")


def test_words_are_as_the_source_prints_them() -> None:
    assert made(0, "the gate's open said the keeper") == ("The gate’s open,” said the keeper",)
    assert made(0, "the keeper and all of those") == ("the keeper — and all of those",)
    assert made(2, "keeper ada & co of westmark") == ("keeper, Ada & Co. of Westmark",)


def test_words_that_a_browser_would_find_before_are_given_at_greater_length() -> None:
    assert made(2, "the gate was shut again in the end the well-known") == (
        "The gate was shut again in the end; the well-known",
    )
    assert made(1, "the gate was shut again in the evening and it stays") == (
        "The gate was shut",
        "evening, and it stays",
    )


def test_words_that_stand_earlier_too_get_none() -> None:
    assert made(2, "the gate was shut again") == ()
    assert made(1, "the gate was shut again") == ("The gate was shut again",)
    assert made(1, "gate") == ()  # “gate’s” begins with it, and a browser stops there


def test_a_browser_takes_whole_words_only() -> None:
    lines = ["They went inland.", "They went in at once, as they had wanted to."]
    assert fragment.make(lines, 1, tokens(lines[1]), 0, 3) == ("They went in",)


def test_case_counts_for_no_browser() -> None:
    lines = ["THE GATE was shut.", "The gate was open, as we all know, for a day."]
    assert fragment.make(lines, 1, tokens(lines[1]), 0, 2) == ()


def test_blanks_of_every_kind_are_one() -> None:
    lines = ["The gate\u00a0 was\topen, as they all say."]
    assert fragment.make(lines, 0, tokens(lines[0]), 0, 4) == ("The gate was open",)


ODD = {
    "an ellipsis before a mark": "She said…“no” to all of them",
    "an ellipsis before money": "It cost 5…$9 for all of them",
    "dots with blanks before a mark": "She said. . .“no” to all of them",
    "a soft hyphen": "The har\u00adbour was shut to all of them",
    "a hidden character between letters": "The har\u200bbour was shut to all of them",
    "a dash of another kind": "The well\u2011known keeper left all of them",
    "marks of another kind": "The gate`s keeper left all of them",
    "a prime": "It is 5′ by 6″ and so for all of them",
    "letters of two forms": "Ἀθῆναι said to all of them",
    "a long s": "The ﬁrﬅ of all of them",
    "a letter that grows in lower case": "The İlk of all of them",
    "a letter that grows when folded": "The Straße of all of them",
    "no blank after a dash": "The gate—open —was shut to all of them",
    "a number with signs": "It was -5° and $3.50% of them",
}


@pytest.mark.parametrize("line", ODD.values(), ids=ODD)
def test_odd_characters_break_nothing(line: str) -> None:
    found = tokens(line)
    for start in range(len(found)):
        for end in range(start + 1, len(found) + 1):
            parts = fragment.make([line], 0, found, start, end)
            assert not parts or fragment.belongs(parts, found[start:end])


# Links


@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("well-known", "well%2Dknown"),
        ("one, two", "one%2C%20two"),
        ("Ada & Co", "Ada%20%26%20Co"),
        ("the gate’s “end”", "the%20gate%E2%80%99s%20%E2%80%9Cend%E2%80%9D"),
        ("50 % #1?/=+", "50%20%25%20%231%3F%2F%3D%2B"),
    ],
)
def test_signs_that_mean_something_in_an_address_are_written_by_their_codes(
    part: str, written: str
) -> None:
    assert fragment.link("https://a.example/", [part]) == f"https://a.example/#:~:text={written}"


def test_the_parts_of_a_link() -> None:
    link = "https://a.example/x#:~:text=one,two"
    assert fragment.link("https://a.example/x", ["one", "two"]) == link
    anchored = "https://a.example/x#part:~:text=one"
    assert fragment.link("https://a.example/x#part", ["one"]) == anchored
    assert fragment.link("https://a.example/x", []) == "https://a.example/x"
    assert fragment.link("", ["one"]) == ""


def test_words_that_are_not_proven_are_linked_as_they_were_transcribed() -> None:
    assert fragment.of_words("“We will see,”") == ("We will see",)
    long = "“one two three four five six seven eight nine.”"
    assert fragment.of_words(long) == ("one two three four", "six seven eight nine")


# What belongs to a proof

WORDS = tokens(LINES[1])[3:10]  # shut again in the evening, and it


@pytest.mark.parametrize(
    "parts",
    [
        ["shut again in the evening, and it"],
        ["Shut again – in the evening and it"],
        ["shut", "it"],
        ["shut again in", "evening, and it"],
        ["shut again in the evening", "the evening, and it"],
        ["shut again in the evening, and it", "shut again in the evening, and it"],
    ],
)
def test_the_words_or_the_first_and_last_of_them_belong(parts: list[str]) -> None:
    assert fragment.belongs(parts, WORDS)


@pytest.mark.parametrize(
    "parts",
    [
        ["shut again in the evening, and it stays"],
        ["was shut again in the evening, and it"],
        ["shut again in"],
        ["shut again", "it stays"],
        ["was shut", "and it"],
        ["again", "it"],
        ["shut", "and"],
        [""],
        ["", ""],
        ["shut", ""],
    ],
)
def test_other_words_do_not_belong(parts: list[str]) -> None:
    assert not fragment.belongs(parts, WORDS)
