"""Lines of text, kerned, the same on every machine.

Pillow's own layout rounds every advance to a whole pixel and ignores the kerning of modern fonts,
which shows at once in a headline ("AV", "To", "Путин"). Its other layout engine depends on the
system. So the positions are computed here from the font's own tables (advance widths, and the pair
adjustments of `GPOS`), and Pillow draws one letter at a time.

Two ways to draw: `write` puts letters on a canvas that the caller draws at three times the final
size and reduces (maps, figures); `stamp` puts whole-pixel letters on the final size (cards).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont
from msgspec import Struct
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from summitry.pictures import fonts, scripts
from summitry.pictures.palette import Colour
from summitry.pictures.scripts import Glyph

_SPACES = {
    "\u202f": 0.16,
    "\u2009": 0.16,
    "\u200a": 0.08,
    "\u2060": 0.0,
    "\ufeff": 0.0,
    "\u00ad": 0.0,
    scripts.RTL_MARK: 0.0,
}
"""Blank characters that the font lacks (or should not show), and their widths in ems."""

_STAND_INS = {"\u2011": "-"}
"""Characters that the font lacks, and those that look the same."""


class Face(Struct, frozen=True):
    """A weight at a size. `size` is the em in pixels of the canvas that is drawn on."""

    weight: fonts.Weight
    size: int

    def scaled(self, times: int) -> Face:
        """The same weight on a canvas `times` as large."""
        return Face(self.weight, self.size * times)


class _Metrics(Struct, frozen=True):
    """A font's advance widths in ems, its glyph names, and its pair adjustment tables."""

    advances: dict[str, float]
    glyphs: dict[str, str]
    pairs: tuple[Any, ...]
    em: int


@lru_cache(maxsize=8)
def _metrics(weight: fonts.Weight) -> _Metrics:
    with TTFont(fonts.path(weight), lazy=True) as opened:
        em = opened["head"].unitsPerEm
        glyphs = {chr(code): name for code, name in opened.getBestCmap().items()}
        widths = opened["hmtx"]
        advances = {character: widths[name][0] / em for character, name in glyphs.items()}
        table = opened["GPOS"].table
        wanted = sorted(
            {
                index
                for record in table.FeatureList.FeatureRecord
                if record.FeatureTag == "kern"
                for index in record.Feature.LookupListIndex
            }
        )
        lookups = [table.LookupList.Lookup[index] for index in wanted]
        pairs = tuple(
            sub for lookup in lookups if lookup.LookupType == 2 for sub in lookup.SubTable
        )
    return _Metrics(advances, glyphs, pairs, em)


def _adjustment(sub: Any, left: str, right: str) -> int | None:
    """What one pair table says of two glyphs, in font units; None if it does not know them."""
    if left not in sub.Coverage.glyphs:
        return None
    if sub.Format == 1:
        records = sub.PairSet[sub.Coverage.glyphs.index(left)].PairValueRecord
        values = [record.Value1 for record in records if record.SecondGlyph == right]
        return (values[0].XAdvance if values[0] else 0) if values else None
    second = sub.ClassDef2.classDefs.get(right, 0)
    if second == 0:
        return None
    first = sub.ClassDef1.classDefs.get(left, 0)
    value = sub.Class1Record[first].Class2Record[second].Value1
    return getattr(value, "XAdvance", 0) if value else 0


_READING = threading.Lock()
"""Held while a pair is looked up: fontTools unpacks a table when it is first asked, and cards are
drawn in several threads."""


@lru_cache(maxsize=8192)
def kerning(weight: fonts.Weight, left: str, right: str) -> float:
    """How far the font moves `right` towards `left`, in ems (mostly negative or 0)."""
    metrics = _metrics(weight)
    glyphs = metrics.glyphs.get(left), metrics.glyphs.get(right)
    if glyphs[0] is None or glyphs[1] is None:
        return 0.0
    with _READING:
        for sub in metrics.pairs:
            found = _adjustment(sub, glyphs[0], glyphs[1])
            if found is not None:
                return found / metrics.em
    return 0.0


def prepare(text: str) -> str:
    """Text as it is drawn: composed (NFC), every run of white space one space.

    Spaces that do not break are kept. What is drawn never changes what is stored: cards carry the
    words as given in their metadata.
    """
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


Letter = str | Glyph
"""A character of the typeface, or a letterform of another script."""


def _placed(text: str, face: Face) -> Iterator[tuple[Letter, float]]:
    """Each letter with the x at which it starts, then an empty one at the end of the line."""
    if fonts.covers(text, face.weight) - set(_SPACES) - set(_STAND_INS):
        yield from _shaped(text, face)
        return
    metrics = _metrics(face.weight)
    pen = 0.0
    previous = ""
    for given in text:
        character = _STAND_INS.get(given, given)
        if previous:
            pen += kerning(face.weight, previous, character) * face.size
        yield character, pen
        blank = _SPACES.get(character)
        pen += (metrics.advances[character] if blank is None else blank) * face.size
        previous = character
    yield "", pen


def _shaped(text: str, face: Face) -> Iterator[tuple[Letter, float]]:
    """The same for a line with letters of other scripts."""
    pen = 0.0
    for glyph in scripts.shaped(text, face.weight):
        yield glyph, pen + glyph.x * face.size
        pen += glyph.advance * face.size
    yield "", pen


def width(text: str, face: Face) -> float:
    """The advance of one line in pixels."""
    *_, (_, end) = _placed(text, face)
    return end


def write(
    canvas: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    face: Face,
    fill: Colour | int,
    halo: tuple[int, Colour] | None = None,
) -> float:
    """Draw one line and return its advance in pixels.

    `at` is where the line starts on its baseline. `halo` is a border in pixels and its colour, to
    keep letters readable on a busy ground.
    """
    drawn = fonts.font(face.weight, face.size)
    glyphs = list(_placed(text, face))
    y = round(at[1])
    for border, ink in [halo, (0, fill)] if halo else [(0, fill)]:
        for letter, x in glyphs[:-1]:
            spot = (round(at[0] + x), y)
            if isinstance(letter, Glyph):
                _bitmap(canvas, spot, letter, face, ink, border)
            elif letter not in _SPACES and letter not in " \u00a0":
                canvas.text(spot, letter, ink, drawn, "ls", stroke_width=border)
    return glyphs[-1][1]


def _bitmap(
    canvas: ImageDraw.ImageDraw,
    at: tuple[int, int],
    glyph: Glyph,
    face: Face,
    ink: Colour | int,
    border: int,
) -> None:
    """Draw a letterform of another script, thicker by `border` pixels on every side."""
    if found := scripts.coverage(glyph, face.size):
        picture, left, top = found
        if border:
            picture = ImageOps.expand(picture, border).filter(ImageFilter.MaxFilter(2 * border + 1))
        y = at[1] + top - border - round(glyph.y * face.size)
        canvas.bitmap((at[0] + left - border, y), picture, ink)


STAMP_TIMES = 3
"""How much larger than the picture a stamped letter is drawn before it is reduced."""


@lru_cache(maxsize=2048)
def _stamp(character: str, face: Face) -> tuple[Image.Image, int, int]:
    """A letter's coverage (mode L), and where its corner lies from the pen, in whole pixels.

    Kept, because a build stamps the same few letters some hundred thousand times.
    """
    times = STAMP_TIMES
    drawn = fonts.font(face.weight, face.size * times)
    left, top, right, bottom = drawn.getbbox(character, anchor="ls")
    corner = int(left // times), int(top // times)
    size = int(-(-right // times)) - corner[0], int(-(-bottom // times)) - corner[1]
    large = Image.new("L", (max(1, size[0]) * times, max(1, size[1]) * times), 0)
    spot = (-corner[0] * times, -corner[1] * times)
    ImageDraw.Draw(large).text(spot, character, 255, drawn, "ls")
    return large.reduce(times), corner[0], corner[1]


def stamp(coverage: Image.Image, at: tuple[float, float], text: str, face: Face) -> None:
    """Add one line to `coverage` (mode L), every letter on a whole pixel.

    `at` is where the line starts on its baseline. The same letter is then the same pixels
    everywhere, which makes a card's file a fifth smaller; at the sizes of a card the half pixel
    that a letter may be off cannot be seen.
    """
    for letter, x in list(_placed(text, face))[:-1]:
        spot = round(at[0] + x), round(at[1])
        if isinstance(letter, Glyph):
            found = scripts.coverage(letter, face.size)
            spot = spot[0], spot[1] - round(letter.y * face.size)
        else:
            blank = letter in _SPACES or letter in " \u00a0"
            found = None if blank else _stamp(letter, face)
        if found:
            drawn, left, top = found
            coverage.paste(255, (spot[0] + left, spot[1] + top), drawn)


_WITHOUT_SPACES = (
    "[\u0e01-\u0e2e\u0e81-\u0eae\u1000-\u102a\u1780-\u17b3"  # Thai, Lao, Myanmar, Khmer
    "\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]"  # Japanese, Chinese; Korean has spaces
)
_CLOSING = (
    "(?:[\u1039\u17d2].|[\u0300-\u036f\u0e2f-\u0e3a\u0e45-\u0e4e\u0eaf-\u0ebd\u0ec6-\u0ece\u102b-\u1059"
    "\u17b4-\u17df、。，．！？：；）」』】〕〉》”’)\\]!?.,:;…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ])"
)
_OPENING = "[（「『【〔〈《“‘(\\[\u0e40-\u0e44\u0ec0-\u0ec4]"
_PART = re.compile(
    rf"{_OPENING}*{_WITHOUT_SPACES}{_CLOSING}* *"
    rf"|(?:(?<![^ ])[^\W\d] )*(?:(?!{_OPENING}*{_WITHOUT_SPACES})[^ ])+?"
    rf"(?:[\u2014\u2013](?=[^ ])| +|$|(?={_OPENING}*{_WITHOUT_SPACES}))"
)


@lru_cache(maxsize=1024)
def _measured(text: str, weight: fonts.Weight) -> tuple[tuple[str, float, float], ...]:
    """The parts of `text` between which a line may break, widths in ems with and without the space.

    A line may break after a space, or after a dash within a word, but not after a word of one
    letter (in Russian that is a fault); in scripts without spaces after each letter, but not
    before a mark that closes or after one that opens. One measurement serves all sizes.
    """
    parts = _PART.findall(text)
    em = Face(weight, 1)
    return tuple((part, width(part, em), width(part.rstrip(" "), em)) for part in parts)


def fill(text: str, face: Face, room: float) -> list[str] | None:
    """Break `text` into lines of at most `room` pixels, each as full as can be.

    None if one word alone is wider than `room`.
    """
    lines: list[str] = []
    used = room + 1
    for part, whole, bare in _measured(prepare(text), face.weight):
        if bare * face.size > room:
            return None
        if used + bare * face.size > room:
            lines.append("")
            used = 0.0
        lines[-1] += part
        used += whole * face.size
    before = scripts.RTL_MARK if scripts.is_rtl(text) else ""
    return [before + line.rstrip(" ") for line in lines]


def wrap(text: str, face: Face, room: float) -> list[str] | None:
    """Break `text` into as few lines of at most `room` pixels as it needs, and balance them.

    Balanced means: of the ways with that number of lines, the one whose longest line is shortest,
    so that no single word is left over. None if one word alone is wider than `room`.
    """
    best = fill(text, face, room)
    if best is None or len(best) < 2:
        return best
    low, high, count = room / 2, room, len(best)
    while high - low > 4:
        middle = (low + high) / 2
        tried = fill(text, face, middle)
        if tried is not None and len(tried) <= count:
            best, high = tried, middle
        else:
            low = middle
    return best
