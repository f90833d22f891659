"""Other scripts in pictures: which font, in which order, joined how, broken where."""

from __future__ import annotations

import unicodedata

import pytest
from PIL import Image, ImageDraw
from summitry.pictures import scripts, typeset
from summitry.pictures.scripts import RTL_MARK, Glyph, lacking, shaped
from summitry.pictures.typeset import Face

HEBREW, ARABIC = "שלום", "محادثات"
FACE = Face("regular", 40)


def families(text: str) -> list[str]:
    """The families that draw a line, from left to right, each once in a row."""
    found: list[str] = []
    for glyph in shaped(text, "regular"):
        if not found or found[-1] != glyph.family:
            found.append(glyph.family)
    return found


def numbers(text: str) -> list[int]:
    return [glyph.number for glyph in shaped(text, "regular")]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        (ARABIC, "Arabic"), ("رئیس‌جمهور", "Arabic"), (HEBREW, "Hebrew"), ("会談は", "JP"),
        ("대통령 大統領", "KR"), ("总统说", "SC"), ("ไม่มี", "Thai"), ("समझौता", "Devanagari"),
        ("ስምምነት", "Ethiopic"), ("ကြိုး", "Myanmar"), ("កិច្ចព្រមព្រៀង", "Khmer"),
    ],
)  # fmt: skip
def test_each_script_has_a_font_that_has_all_of_it(text: str, family: str) -> None:
    assert not lacking(text)
    assert families(text) == [family]
    assert 0 not in numbers(text)


def test_what_is_written_from_right_to_left_is_set_so() -> None:
    assert numbers(HEBREW) == [shaped(letter, "regular")[0].number for letter in reversed(HEBREW)]
    assert families(f"{HEBREW} Putin") == ["", "Hebrew"]
    assert families(f"Putin {HEBREW}") == ["", "Hebrew"]
    number = [shaped(digit, "regular")[0].number for digit in "2025"]
    line = numbers(f"{HEBREW} 2025")
    assert line[: len(number)] == number, "figures are read from left to right"


def test_brackets_turn_round() -> None:
    opening, closing = (shaped(f"{mark}{HEBREW}", "regular")[-1].number for mark in "()")
    assert numbers(f"({HEBREW})")[-1] == opening
    assert opening != closing


def test_arabic_letters_join() -> None:
    alone = {number for letter in "بتن" for number in numbers(letter)}
    assert set(numbers("بتن")) - alone, "forms that stand in words alone"
    assert typeset.width("بتن", FACE) < sum(typeset.width(letter, FACE) for letter in "بتن") * 0.8


def test_a_joiner_separates_and_is_not_seen() -> None:
    together, apart = (shaped(text, "regular") for text in ("میخ", "می‌خ"))
    assert [g.number for g in together] != [g.number for g in apart if g.advance]
    assert not lacking("می‌خ")


def test_weights_differ() -> None:
    widths = [typeset.width("会談", Face(weight, 40)) for weight in ("regular", "semibold")]
    assert widths[0] == widths[1] == 80  # of these letters each is as wide as its em
    inks = []
    for weight in ("regular", "bold"):
        canvas = Image.new("L", (100, 60), 0)
        typeset.stamp(canvas, (5, 45), "会談", Face(weight, 40))
        inks.append(sum(canvas.tobytes()))
    assert inks[1] > inks[0] * 1.1


def test_what_no_font_has_is_named_and_drawn_as_a_box() -> None:
    assert lacking("A \U0001f600 არ b") == {"\U0001f600", "ა", "რ"}
    (box,) = shaped("\U0001f600", "regular")
    assert (box.family, box.number) == ("", 0)
    assert scripts.coverage(box, 40) is not None


@pytest.mark.parametrize("strange", ["\u0378", "\U000e0fff"])
def test_what_unicode_does_not_name_is_a_box_between_letters_of_any_direction(strange: str) -> None:
    for text in (strange, f"a{strange}b", f"م{strange}م"):
        assert len(shaped(text, "regular")) == len(text)


def test_letters_of_the_typeface_are_set_as_before() -> None:
    assert not any(isinstance(letter, Glyph) for letter, _ in typeset._placed("Žé Путин", FACE))
    alone = typeset.width("Putin", FACE)
    mixed = typeset.width("Putin 会", FACE) - typeset.width("会", FACE) - typeset.width(" ", FACE)
    assert mixed == pytest.approx(alone, abs=0.2)


def test_lines_break_where_each_script_may() -> None:
    text = "大統領は「合意に至るまで合意はない」と述べた。"
    lines = typeset.fill(text, FACE, 240) or []
    assert "".join(lines) == text
    assert len(lines) > 3
    assert not any(line[0] in "」。、" or line[-1] == "「" for line in lines)
    thai = typeset.fill("ประธานาธิบดีกล่าวว่าจะไม่มีข้อตกลง", FACE, 200) or []
    assert len(thai) > 1
    assert not any(unicodedata.combining(line[0]) or line[0] in "ะาำ" for line in thai)
    assert typeset.fill("합의는 없다고 말했다", FACE, 150) == ["합의는", "없다고", "말했다"]


def test_each_line_of_a_paragraph_from_right_to_left_says_so() -> None:
    lines = typeset.fill(f"{ARABIC} {ARABIC} Vladimir Putin {ARABIC}", FACE, 240) or []
    assert len(lines) > 1
    assert all(line.startswith(RTL_MARK) for line in lines)
    assert families(f"{RTL_MARK}Putin {ARABIC}") == ["Arabic", ""]
    assert not (typeset.fill(f"Putin {ARABIC}", FACE, 900) or [""])[0].startswith(RTL_MARK)


def test_a_halo_is_wider_than_its_letters() -> None:
    boxes = []
    for halo in (None, (4, (255, 255, 255))):
        canvas = Image.new("RGB", (120, 80))
        typeset.write(ImageDraw.Draw(canvas), (20, 60), "会", FACE, (255, 0, 0), halo)
        boxes.append(canvas.getbbox() or (0, 0, 0, 0))
    assert boxes[1][0] == boxes[0][0] - 4
    assert boxes[1][2] == boxes[0][2] + 4
