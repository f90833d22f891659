"""What a map is measured by: a bar that stands for a round number of kilometres, and north."""

from __future__ import annotations

from msgspec import Struct

from summitry.pictures import sphere, typeset
from summitry.pictures.locator_map_layout import key_face
from summitry.pictures.outline import number
from summitry.pictures.palette import Box, Frame
from summitry.pictures.projection import Projection
from summitry.pictures.vector import TextLine

_ROUND = (500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1)
"""What a bar may stand for, in kilometres."""

_SHARE = 0.2
"""How much of the frame's width a bar takes at most."""


class Aid(Struct, frozen=True):
    """Something to measure by: the box that it takes with its words, and its markup."""

    box: Box
    markup: str


def north(frame: Frame, letter: str) -> Aid:
    """An arrow upwards at the lower right of a frame, under a letter."""
    face = key_face(frame)
    half = face.size * 0.3
    x, bottom = frame.width - frame.label_size, frame.height - frame.label_size * 0.7
    top = bottom - face.size
    words = TextLine(letter, x, top - face.size * 0.25, face, "key", "middle")
    wide = typeset.width(letter, face) / 2
    way = f"M{number(x)} {number(bottom)}V{number(top)}m-{number(half)} {number(half)}"
    tip = f"l{number(half)}-{number(half)} {number(half)} {number(half)}"
    return Aid(
        Box(x - max(half, wide), top - face.size * 1.2, x + max(half, wide), bottom),
        f'<path class="bar" d="{way}{tip}"/>{words.markup}',
    )


def scale_bar(fitted: Projection, frame: Frame, unit: str) -> Aid:
    """The longest bar that fits; `unit` says a number of kilometres, as `{} km`."""
    pixels = fitted.scale / sphere.EARTH  # to a kilometre
    fits = (one for one in _ROUND if one * pixels <= frame.width * _SHARE)
    kilometres = next(fits, _ROUND[-1])
    face, long = key_face(frame), kilometres * pixels
    left, bottom = frame.label_size * 0.8, frame.height - frame.label_size * 0.7
    high = face.size * 0.35
    words = TextLine(
        unit.format(f"{kilometres:g}"), left + long + face.size * 0.5, bottom, face, "key"
    )
    right = words.x + typeset.width(words.text, face)
    tick = number(high)
    way = f"M{number(left)} {number(bottom - high)}v{tick}h{number(long)}v-{tick}"
    return Aid(
        Box(left, bottom - face.size, right, bottom + face.size * 0.3),
        f'<path class="bar" d="{way}"/>{words.markup}',
    )
