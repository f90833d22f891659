"""The colours and plain shapes that the pictures share.

Amber means that sources disagree and nothing else: only the card of a disputed question uses it.
"""

from __future__ import annotations

from msgspec import Struct

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""


def colour(notation: str) -> Colour:
    """Read `#RRGGBB`. Raises ValueError for anything else."""
    if len(notation) != 7 or notation[0] != "#":
        raise ValueError(f"not a colour of the form #RRGGBB: {notation!r}")
    return int(notation[1:3], 16), int(notation[3:5], 16), int(notation[5:7], 16)


def blend(ground: Colour, ink: Colour, share: float) -> Colour:
    """Mix `ink` into `ground`; `share` runs from 0 (ground alone) to 1 (ink alone)."""
    red, green, blue = (round(g + (i - g) * share) for g, i in zip(ground, ink, strict=True))
    return red, green, blue


NIGHT = colour("#0B2630")
TEXT = colour("#EEF4F5")
SECONDARY = colour("#B4C6CC")
AURORA = colour("#8FE0C0")
PROVEN = colour("#8AD6A4")
DISPUTED = colour("#F3B562")
LAND = colour("#1F4A57")
GRATICULE = colour("#18404C")
DOTTED = colour("#C9D8DC")
WHITE = colour("#FFFFFF")
PAPER = colour("#FFFFFF")
INK = colour("#0D1F28")
INK_SECONDARY = colour("#44565F")
LINE = colour("#075568")
HAIRLINE = colour("#C3CFD4")


class Box(Struct, frozen=True):
    """An upright rectangle in pixels; x grows to the right, y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box, gap: float = 0.0) -> bool:
        """Whether the two boxes come closer than `gap` pixels to one another."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def inside(self, width: float, height: float, margin: float = 0.0) -> bool:
        """Whether the box lies within a frame, `margin` pixels or more from its edge."""
        return (
            self.left >= margin
            and self.top >= margin
            and self.right <= width - margin
            and self.bottom <= height - margin
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in the box, its edge included."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Frame(Struct, frozen=True):
    """The size of a figure in pixels, and of its ordinary labels.

    `label_size` is the em of an ordinary label. Text in a figure is never under 12 pixels, so a
    smaller label is refused with a ValueError, as is a frame too small to hold anything.
    """

    width: int
    height: int
    label_size: int

    def __post_init__(self) -> None:
        if self.label_size < 12:
            raise ValueError(f"labels of {self.label_size} px: 12 px is the least that can be read")
        if self.width < 120 or self.height < 120:
            raise ValueError(f"a frame of {self.width} x {self.height} px is too small to draw in")
