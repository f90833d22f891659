"""Characters that hide or mislead: named, placed, never changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summitry.proof.characters import findings


def seen(text: str) -> list[tuple[int, str]]:
    return [(found.offset, found.code) for found in findings(text)]


@pytest.mark.parametrize(
    "hidden",
    [
        "\u202e",  # right-to-left override
        "\u2066",  # isolate
        "\u200b",  # zero-width space
        "\u00ad",  # soft hyphen
        "\ufeff",  # byte-order mark inside
        "\ufffd",  # replacement character
        "\ue000",  # private use
        "\U000e0041",  # tag letter
        "\U00100000",  # private use, plane 16
        "\x00",
        "\x1b",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2800",  # a pattern of Braille without a dot
        "\u3164",  # a letter that shows nothing
        "\u034f",
        "\u206a",
        "\u17b4",  # a vowel that shows nothing
        "\u180e",
        "\ufe0e",  # a selector behind a letter that has one form
        "\ufff0",
        "\uffff",  # no character
        "\ufdd0",
        "\U0001fffe",
        "\U0001bca0",
        "\U0001d173",
        "\U000e0100",
    ],
)
def test_hidden_characters_are_refused_where_they_stand(hidden: str) -> None:
    assert seen(f"ab{hidden}cd") == [(2, "hidden-character")]


def test_the_message_names_the_character() -> None:
    (found,) = findings("a\u202eb")
    assert found.message == "hidden character U+202E (right-to-left override)"
    (control,) = findings("a\x1bb")
    assert control.message == "hidden character U+001B (a control character)"


@pytest.mark.parametrize(
    "fine",
    [
        "tab\tand\r\nline",
        "“quoted” «слова» „Worte“ — 10 °C…",
        "Київ і Москва",
        "می‌خواهم",  # Persian needs U+200C
        "👩‍🚀",  # U+200D joins emoji
        "Zürich, naïve, łódź",
        "Putin и Трамп",  # two scripts, but not in one word
        "Việt Nam, ǖ, i̇́",
        "ᾄειδε",  # Greek needs three marks
        "בְּרֵאשִׁית".replace("שִׁ", "ש"),
        "กี้ र्स्त्र्य",
        "1\ufe0f\u20e3",  # a key
        "సాఫ్ట్\u200cవేర్ ಸಾಫ್ಟ್\u200cವೇರ್",  # Telugu and Kannada keep letters of loan words apart
        "ភាសា\u200bខ្មែរ ภาษา\u200bไทย",  # where a line may break, in scripts without blanks
        "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ\u180bᠨ\u180eᠠ",  # forms of Mongolian letters
        "葛\U000e0100城市の辻\ufe00さん",  # forms of Han characters, in names
        "❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 👩🏽\u200d⚕\ufe0f 🙂\u200d↔\ufe0f ℹ\ufe0f ‼\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland's flag
        "a ≠ b",
    ],
)
def test_what_scripts_need_is_fine(fine: str) -> None:
    assert seen(fine) == []


@pytest.mark.parametrize("mark", ["\u0335", "\u0336", "\u0338", "\u20d2", "\u20e0", "\u0489"])
def test_letters_that_are_struck_through_are_refused_one_by_one(mark: str) -> None:
    assert [f for f in seen(f"no{mark}t{mark} so") if f[1] != "not-nfc"] == [
        (2, "hidden-character"),
        (4, "hidden-character"),
    ]
    (first, *_) = findings(f"t{mark}")
    assert f"U+{ord(mark):04X} (" in first.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("aq\u0301\u0302\u0303b", 4),
        ("é\u0302\u0303", 2),  # one mark is in the letter
        ("q" + "\u0323" * 30, 3),
        ("щ\u0301\u0302\u0303", 3),
        ("q\u05b0\u05b1\u05b2", 3),  # marks of another script
        ("5\u0301\u0302\u0303", 3),
        ("\u0301\u0302\u0303", 2),
    ],
)
def test_stacked_marks_are_refused_once_a_letter(text: str, place: int) -> None:
    found = [f for f in findings(text) if f.code == "hidden-character"]
    assert [f.offset for f in found] == [place]
    assert "more than 2 marks stand on one letter, among them U+0" in found[0].message


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_between_latin_letters_are_hidden(joiner: str) -> None:
    assert seen(f"pass{joiner}word") == [(4, "hidden-character")]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("😀\ufe0f\ufe0f", [2]),  # of as many a hidden text could be made
        ("م\u200c\u200c\u200cن", [2]),
        ("→\u200dword", [1]),
        ("1\ufe0f2", [1]),
        ("🏴\U000e0067\U000e0062\U000e0078\U000e007f", [1, 2, 3, 4]),  # no flag's name
    ],
)
def test_what_gives_no_form_is_hidden(text: str, places: list[int]) -> None:
    assert seen(text) == [(place, "hidden-character") for place in places]


def test_a_word_of_two_scripts_is_named_with_its_letters() -> None:
    (found,) = findings("So said Рutin")
    assert (found.offset, found.code) == (8, "mixed-scripts")
    assert "U+0420 (cyrillic capital letter er)" in found.message
    assert "U+0075 (latin small letter u)" in found.message


def test_greek_and_latin_in_one_word() -> None:
    assert seen("αbc") == [(0, "mixed-scripts")]


def test_letters_and_accents_stored_apart() -> None:
    assert seen("caf\u0065\u0301") == [(3, "not-nfc")]
    assert seen("café") == []


def test_findings_of_different_kinds_come_together() -> None:
    text = "a\u202eb Рutin"
    assert seen(text) == [(1, "hidden-character"), (4, "mixed-scripts")]


@given(st.text())
def test_offsets_lie_inside_the_text(text: str) -> None:
    assert all(0 <= found.offset < len(text) for found in findings(text))


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_printable_ascii_is_never_suspicious(text: str) -> None:
    assert seen(text) == []
