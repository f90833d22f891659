"""The typeface: what it covers, its subsets, and the setting of lines."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont
from summitry.pictures import fonts, typeset
from summitry.pictures.quotemarks import quoted
from summitry.pictures.typeset import Face

WEIGHTS: tuple[fonts.Weight, ...] = ("regular", "semibold", "bold", "italic")
RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю"
UKRAINIAN = "Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів"


@pytest.mark.parametrize("weight", WEIGHTS)
def test_files_come_from_the_package(weight: fonts.Weight) -> None:
    path = fonts.path(weight)
    assert path.suffix == ".ttf"
    assert "font_source_serif_pro" in path.parts


def test_layout_engine_is_pillows_own() -> None:
    assert fonts.font("regular", 40).layout_engine == ImageFont.Layout.BASIC


def test_cyrillic_is_there_except_in_italic() -> None:
    assert fonts.covers(RUSSIAN + UKRAINIAN) == set()
    assert fonts.covers(RUSSIAN, "bold") == set()
    assert "щ" in fonts.covers("щ", "italic")
    assert fonts.covers("a\u202fb\n中") == {"\u202f", "中"}


def test_subset_holds_what_was_asked_and_no_more() -> None:
    made = fonts.subset("regular", ["Trump", "Путин", "中"])
    assert made[:4] == b"wOF2"
    assert len(made) < 8_000
    with TTFont(io.BytesIO(made)) as opened:
        shown = {chr(code) for code in opened.getBestCmap()}
        changed = opened["head"].modified
    assert shown == set("TrumpПутин")
    with TTFont(fonts.path("regular")) as original:
        assert changed == original["head"].modified


def test_the_ellipsis_is_as_wide_as_its_three_stops() -> None:
    """Drawn by what draws in browsers: the original says that it is as wide as one."""
    for weight in WEIGHTS:
        with TTFont(io.BytesIO(fonts.subset(weight, "….Ä"))) as opened:
            opened.flavor = None
            plain = io.BytesIO()
            opened.save(plain)
        plain.seek(0)
        face = ImageFont.truetype(plain, 1000, layout_engine=ImageFont.Layout.BASIC)
        assert face.getlength("…") > 2.5 * face.getlength(".")


def test_subset_is_the_same_each_time_whatever_the_order() -> None:
    assert fonts.subset("bold", "abcабв") == fonts.subset("bold", ["вба", "c", "b", "aa"])


def test_subset_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the characters"):
        fonts.subset("italic", "щ")


def test_kerning_comes_from_the_font() -> None:
    face = Face("regular", 100)
    apart = typeset.width("A", face) + typeset.width("V", face)
    assert typeset.width("AV", face) < apart - 3
    assert typeset.kerning("regular", "Г", "о") < 0
    assert typeset.kerning("regular", "n", "n") == 0


def test_blanks_that_the_font_lacks_have_stand_ins() -> None:
    assert typeset.width("a\u202fb\u2011c", Face("regular", 20)) > 0


def test_wrapping_is_balanced_and_keeps_every_word() -> None:
    text = "one two three four five six seven eight nine ten"
    face = Face("regular", 30)
    full = typeset.fill(text, face, 400) or []
    even = typeset.wrap(text, face, 400) or []
    assert " ".join(even) == text
    assert len(even) == len(full) == 2
    widths = [typeset.width(line, face) for line in even]
    assert max(widths) < max(typeset.width(line, face) for line in full)
    assert max(widths) - min(widths) < 100 < 400 - typeset.width(full[-1], face)


def test_wrapping_breaks_where_it_may() -> None:
    face = Face("regular", 30)
    assert typeset.wrap("word—word", face, 120) == ["word—", "word"]
    assert typeset.wrap("word\u00a0word", face, 120) is None
    assert typeset.wrap("", face, 120) == []
    lines = typeset.wrap("Очень приятно видеть Вас в добром здравии", face, 330) or []
    assert not any(line.endswith(" в") for line in lines)


def test_a_stamped_letter_is_the_same_pixels_anywhere() -> None:
    layer = Image.new("L", (200, 60), 0)
    typeset.stamp(layer, (10.4, 40.0), "n", Face("regular", 40))
    typeset.stamp(layer, (110.2, 40.0), "n", Face("regular", 40))
    assert layer.crop((0, 0, 100, 60)).getextrema() == (0, 255)
    assert layer.crop((0, 0, 100, 60)).tobytes() == layer.crop((100, 0, 200, 60)).tobytes()


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("Yes.", "en", "“Yes.”"),
        ("Да.", "ru", "«Да.»"),
        ("Ja.", "de-AT", "„Ja.“"),
        ("Oui.", "fr", "«\u202fOui.\u202f»"),
        ("Ano.", "cs", "“Ano.”"),
        ("“Yes.”", "en", "“Yes.”"),
        ("«Да.»", "ru", "«Да.»"),
        ('"Yes."', "en", "“Yes.”"),
        ("“Yes,” he said, “now.”", "en", "“\u200a‘Yes,’ he said, ‘now.’\u200a”"),
        ("He said “yes”", "en", "“He said ‘yes’\u200a”"),
        ("«Да» и «нет»", "ru", "«\u200a„Да“ и „нет“\u200a»"),
        ("‘No,’ he said.", "en", "“\u200a‘No,’ he said.”"),
        ('6" or “so', "en", '“6" or “so”'),
        ("Don’t", "en", "“Don’t”"),
    ],
)
def test_quotation_marks(words: str, language: str, expected: str) -> None:
    opening, rest = quoted(words, language)
    if words == "Don’t" or expected.endswith("said.”"):
        assert (opening + rest).replace("\u200a”", "”") == expected
    else:
        assert opening + rest == expected
