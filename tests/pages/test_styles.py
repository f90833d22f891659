"""Styles lie beside what they style and are joined into one sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import ROOT
from summitry.pages.styles import SHEETS, joined

ENTRY = SHEETS["assets/summitry.css"]

OVERRIDES = ROOT / "overrides"


def test_every_style_sheet_beside_a_template_is_in_the_joined_one() -> None:
    sheet = joined([OVERRIDES])
    assert "@import" not in sheet
    for path in OVERRIDES.rglob("*.css"):
        name = path.relative_to(OVERRIDES).as_posix()
        if name not in SHEETS.values() and not name.startswith("assets/"):
            assert path.read_text("utf-8") in sheet, name


def test_imports_are_followed_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "kinds").mkdir()
    (tmp_path / ENTRY).write_text('a {}\n@import "../kinds/b.css";\nd {}\n')
    (tmp_path / "kinds/b.css").write_text('@import "../styles/c.css";\nb {}\n')
    (tmp_path / "styles/c.css").write_text("c {}\n")
    assert joined([tmp_path]) == "a {}\nc {}\nb {}\nd {}\n"


def test_a_site_may_have_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/palette.css").write_text(":root { --mine: 1 }\n")
    sheet = joined([tmp_path, OVERRIDES])
    assert sheet.startswith("/*")
    assert "--mine" in sheet
    assert "--ground" not in sheet.partition("*, ::before")[0]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / ENTRY).write_text('@import "gone.css";\n')
    with pytest.raises(FileNotFoundError, match=re.escape("styles/gone.css")):
        joined([tmp_path])


def test_directions_are_logical() -> None:
    """`left` and `right` would be wrong where a language is written from right to left."""
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)\b|(?<![\w-])(?:left|right):|"
        r"text-align: (?:left|right)|float: (?:left|right)"
    )
    sheet = re.sub(r"/\*.*?\*/", "", joined([OVERRIDES]), flags=re.S)
    # Rules for that direction alone may say `left`: in them it is known which side that is.
    everywhere = re.sub(r'^:where\(\[dir="rtl"\]\) [^{]*\{[^}]*\}', "", sheet, flags=re.M)
    assert not physical.findall(everywhere)


def test_no_shorthand_gives_the_two_sides_of_a_line_differently() -> None:
    """`padding: 0 0 0 1rem` would stay where it is on a page from right to left."""
    four = re.compile(r"(?:padding|margin|inset|border-width):([^;{}]+)")
    sides = [
        re.findall(r"[^\s()]+(?:\([^)]*\))?", value) for value in four.findall(joined([OVERRIDES]))
    ]
    assert not [one for one in sides if len(one) == 4 and one[1] != one[3]]
