"""Letters that the typeface lacks: other scripts, shaped by HarfBuzz, from the Noto families (OFL).

A line is put in the order in which it is seen (Unicode's bidirectional algorithm), cut into runs of
one font, and each run is shaped: Arabic letters join, marks stand where they belong. The fonts come
as packages, so that a picture is the same on every machine. What no font has is drawn as a box;
so are Chinese, Japanese and Korean where their package, which is large, is not installed.
"""

from __future__ import annotations

import importlib.resources
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import uharfbuzz
from bidi import algorithm
from msgspec import Struct
from PIL import Image

from summitry.pictures import fonts

_CHOOSING = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_EXTRA = "cjk"
"""The part of the families that is an extra of this package, by the same name."""
_FAMILIES = {
    "rtl": ("Arabic", "Hebrew"),
    "cjk": ("JP", "KR", "SC", "TC"),
    "sea": ("Thai", "Lao", "Khmer", "Myanmar"),
    "south_asia": ("Devanagari", "Bengali", "Tamil", "Telugu"),
    "africa": ("Ethiopic",),
}
_WEIGHTS: dict[fonts.Weight, int] = {"regular": 400, "semibold": 600, "bold": 700, "italic": 400}
_HAN_BY_NEIGHBOUR = (("HIRAGANA", "JP"), ("KATAKANA", "JP"), ("HANGUL", "KR"))
_EAST_ASIAN = re.compile("CJK|HIRAGANA|KATAKANA|HANGUL|BOPOMOFO|IDEOGRAPHIC|FULLWIDTH")
RTL_MARK = "\u200f"
"""Before a line of a paragraph that is written from right to left: it is not seen."""


class Glyph(Struct, frozen=True):
    """A letterform of a font, with what it moves the pen and where it stands from it, in ems."""

    family: str
    weight: fonts.Weight
    number: int
    advance: float
    x: float
    y: float


def packages() -> list[str]:
    """The packages of fonts that are installed."""
    return [f"justmytype-intl-{part.replace('_', '-')}" for part in _FAMILIES if _installed(part)]


def _installed(part: str) -> bool:
    return part != _EXTRA or find_spec(f"justmytype_intl_{part}") is not None


def _files() -> Iterator[tuple[str, Path]]:
    """Each family, in the order in which they are asked, and its file."""
    for part, families in _FAMILIES.items():
        if not _installed(part):
            continue
        folder = importlib.resources.files(f"justmytype_intl_{part}") / "fonts" / "ofl"
        for family in families:
            name = f"notosans{family.lower()}"
            yield family, next(Path(str(folder / name)).glob("*.ttf"))


@lru_cache(maxsize=1)
def _faces() -> dict[str, uharfbuzz.Face]:
    """Every family's font. The typeface itself is the family ""."""
    found = {family: uharfbuzz.Blob.from_file_path(path) for family, path in _files()}
    return {family: uharfbuzz.Face(blob) for family, blob in found.items()}


@lru_cache(maxsize=64)
def _repertoire(family: str) -> frozenset[int]:
    return frozenset(_faces()[family].unicodes) if family in _faces() else frozenset()


@lru_cache(maxsize=64)
def _font(family: str, weight: fonts.Weight) -> uharfbuzz.Font:
    if not family:
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(fonts.path(weight))))
    found = uharfbuzz.Font(_faces()[family])
    found.set_variations({"wght": _WEIGHTS[weight]})
    return found


def is_rtl(text: str) -> bool:
    """Whether a text is written from right to left: its first letter with a direction says so."""
    return bool(algorithm.get_base_level(text))


def lacking(text: str) -> set[str]:
    """The characters of a text that are drawn as boxes, because no font has them."""
    strange = {c for c in fonts.covers(text) if not _unseen(c)}
    return {c for c in strange if not any(ord(c) in _repertoire(family) for family in _faces())}


def extra_for(characters: Iterable[str]) -> str:
    """The extra of this package that would draw some of these, or "" """
    names = (unicodedata.name(character, "") for character in characters)
    return "" if _installed(_EXTRA) or not any(map(_EAST_ASIAN.match, names)) else _EXTRA


def _unseen(character: str) -> bool:
    """Whether a character shapes others and has no form of its own (or is a blank)."""
    return unicodedata.category(character) in ("Cf", "Zs", "Cc") or bool(_CHOOSING.match(character))


@lru_cache(maxsize=4096)
def shaped(text: str, weight: fonts.Weight) -> tuple[Glyph, ...]:
    """The letterforms of a line, from left to right."""
    with _SHAPING:
        return tuple(_shaped(text, weight))


_SHAPING = threading.Lock()
"""Cards are drawn in several threads, and a font of HarfBuzz belongs to one at a time."""


def _shaped(text: str, weight: fonts.Weight) -> Iterator[Glyph]:
    for level, run in _runs(text):
        pieces = [(family, "".join(c for _, c in part)) for family, part in
                  groupby(_with_families(run, weight), key=lambda pair: pair[0])]  # fmt: skip
        for family, piece in reversed(pieces) if level % 2 else pieces:
            font = _font(family, weight)
            buffer = uharfbuzz.Buffer()
            buffer.add_str(piece)
            buffer.guess_segment_properties()
            buffer.direction = "rtl" if level % 2 else "ltr"
            uharfbuzz.shape(font, buffer)
            em = font.face.upem
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                shift = at.x_offset / em, at.y_offset / em
                yield Glyph(family, weight, info.codepoint, at.x_advance / em, *shift)


def _runs(text: str) -> list[tuple[int, str]]:
    """The runs of a line in the order in which they are seen, each with its level, odd for those
    that are read from right to left."""
    base = algorithm.get_base_level(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels(text, storage)
    for place, character in enumerate(storage["chars"]):
        character["place"] = place
        character["type"] = character["type"] or "L"  # of what Python's Unicode does not know yet
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage, False)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = {character["place"]: character["level"] for character in storage["chars"]}
    found, last = list[tuple[int, str]](), base
    for place, character in enumerate(text):  # a joiner, which has no level, goes with its letter
        last = levels.get(place, last)
        if found and found[-1][0] == last:
            found[-1] = (last, found[-1][1] + character)
        else:
            found.append((last, character))
    return _seen(found)


def _seen(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Runs in the order in which they are seen: from the highest level down, what is at least as
    high is turned round (rule L2)."""
    for level in range(max((one for one, _ in runs), default=0), 0, -1):
        ordered = list[tuple[int, str]]()
        for high, grouped in groupby(runs, key=lambda run: run[0] >= level):
            part = list(grouped)
            ordered += reversed(part) if high else part
        runs = ordered
    return runs


def _with_families(run: str, weight: fonts.Weight) -> Iterator[tuple[str, str]]:
    """Each character with the family that draws it: that of its neighbour, if it has it too."""
    here = _neighbours_family(run, weight)
    for character in run:
        here = _family(character, here, run, weight)
        yield here, character


def _neighbours_family(run: str, weight: fonts.Weight) -> str:
    """The family of the first letter of a run, for the marks before it."""
    first = next((c for c in run if unicodedata.category(c)[0] == "L"), "")
    return _family(first, "", run, weight) if first else ""


def _family(character: str, here: str, run: str, weight: fonts.Weight) -> str:
    letter = unicodedata.category(character)[0] == "L"
    own = not fonts.covers(character, weight)
    if letter and own:
        return ""
    if _unseen(character) or (ord(character) in _repertoire(here) if here else own):
        return here
    if own:
        return ""
    names = unicodedata.name(character, "")
    if names.startswith("CJK"):
        wanted = next((family for name, family in _HAN_BY_NEIGHBOUR if _has(run, name)), "SC")
        if ord(character) in _repertoire(wanted):
            return wanted
    return next((family for family in _faces() if ord(character) in _repertoire(family)), "")


def _has(run: str, name: str) -> bool:
    return any(unicodedata.name(character, "").startswith(name) for character in run)


@lru_cache(maxsize=2048)
def coverage(glyph: Glyph, size: int) -> tuple[Image.Image, int, int] | None:
    """A letterform at `size` pixels an em (mode L), its corner from the pen; None for a blank."""
    with _SHAPING:
        font = _font(glyph.family, glyph.weight)
        scale = size / font.face.upem
        pen = uharfbuzz.RasterDraw()
        pen.transform = (scale, 0, 0, scale, 0, 0)
        pen.draw_glyph(font, glyph.number)
        drawn = pen.render()
    extents = drawn.extents
    if not extents.width or not extents.height:
        return None
    room = extents.width, extents.height
    picture = Image.frombytes("L", room, drawn.buffer, "raw", "L", extents.stride, -1)
    return picture, extents.x_origin, -extents.y_origin - extents.height
