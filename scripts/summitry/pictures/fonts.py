"""The typeface: Source Serif Pro, from the PyPI package `font-source-serif-pro` (OFL).

No font file stands in the repository and no font of the machine is used, so that pictures and
pages look the same wherever they are built.

What the files cover (counted in release 0.0.1 of the package): regular, semibold and bold carry
907 characters each, among them 150 of the Cyrillic block (Russian, Ukrainian and more), Greek and
Latin with its accents. **The italic carries 420 characters and no Cyrillic at all**, so Russian and
Ukrainian words are never set in italic. No weight has U+202F, U+2009 or U+2011 (narrow spaces and
the hyphen that does not break); `typeset` draws those with stand-ins.
"""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Literal

import uharfbuzz
from fontTools.ttLib import TTFont
from PIL import ImageFont

Weight = Literal["regular", "semibold", "bold", "italic"]
"""The four styles that the site uses."""

_FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl")
"""What stays of a font's layout (OpenType's tags)."""

_FILES: dict[Weight, str] = {
    "regular": "SourceSerifPro-Regular.ttf",
    "semibold": "SourceSerifPro-Semibold.ttf",
    "bold": "SourceSerifPro-Bold.ttf",
    "italic": "SourceSerifPro-It.ttf",
}


def path(weight: Weight) -> Path:
    """The TrueType file of a weight. Raises FileNotFoundError if the package lacks it."""
    folder = importlib.resources.files("font_source_serif_pro")
    found = Path(str(folder / "files" / _FILES[weight]))
    if not found.is_file():
        raise FileNotFoundError(f"the package font-source-serif-pro has no {found.name}")
    return found


@lru_cache(maxsize=64)
def font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """The weight at `size` pixels an em, for Pillow to draw.

    The layout engine is Pillow's own: the other one (raqm) asks the system's fribidi and lays
    lines out differently from machine to machine. Opening a file for each line would take longer
    than drawing it, so opened fonts are kept; they are never changed after.
    """
    return ImageFont.truetype(path(weight), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=len(_FILES))
def repertoire(weight: Weight) -> frozenset[str]:
    """Every character that the weight can show."""
    with TTFont(path(weight), lazy=True) as opened:
        return frozenset(chr(code) for code in opened.getBestCmap())


def covers(text: str, weight: Weight = "regular") -> set[str]:
    """The characters of `text` that the weight lacks: an empty set means that all can be shown.

    Line breaks are not counted, as they are not drawn.
    """
    return set(text) - repertoire(weight) - {"\n", "\r"}


def subset(weight: Weight, characters: Iterable[str]) -> bytes:
    """A woff2 with those of `characters` that the weight has, and the letterforms they need.

    `characters` may be any text or texts; order and repetition do not matter. Kerning, marks and
    the ordinary ligatures stay. The same characters give the same bytes on any day: the font keeps
    its own date of change. Raises ValueError if the weight has none of the characters.
    """
    # Imported here because it takes long, and a warm build finds its fonts in the cache.
    from fontTools.ttLib.tables._g_l_y_f import USE_MY_METRICS

    wanted = {character for text in characters for character in text} & repertoire(weight)
    if not wanted:
        raise ValueError(f"the {weight} weight has none of the characters asked for")
    asked = uharfbuzz.SubsetInput()
    asked.flags = uharfbuzz.SubsetFlags.NO_HINTING
    asked.unicode_set.update(ord(character) for character in wanted)
    features = asked.sets(uharfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG)
    features.clear()
    features.update(int.from_bytes(tag.encode(), "big") for tag in _FEATURES)
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path(weight)))
    written = io.BytesIO()
    with TTFont(
        io.BytesIO(uharfbuzz.subset(whole, asked).blob.data), recalcTimestamp=False
    ) as opened:
        # The ellipsis says that it is as wide as the stop it is made of; browsers believe it.
        shapes = opened["glyf"]
        for name in opened.getGlyphOrder():
            for part in getattr(shapes[name], "components", ()):
                part.flags &= ~USE_MY_METRICS
        opened.flavor = "woff2"
        opened.save(written)
    return written.getvalue()
