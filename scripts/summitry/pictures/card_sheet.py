"""The sheet that pictures for sharing are set on: night ground, margins, ink, a foot line, a file.

A sheet is a list of items (lines of text), shapes and bars with their ink. It is painted with a
palette of few shades, because the ground and the letters of a card need no more, and because a
file of sixteen colours takes half the time and the bytes of one with two hundred and fifty-six.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw

from summitry.pictures import shapes, typeset
from summitry.pictures.palette import AURORA, NIGHT, Colour, blend
from summitry.pictures.typeset import Face

WIDTH, HEIGHT = 1200, 630
"""What services that show links ask for: 1.91 to 1."""

MARGIN = 92
ROOM = WIDTH - 2 * MARGIN
LEADING = 1.16
"""Line height of large text, in ems."""

CAPITALS, DESCENDERS = 0.67, 0.2
"""How far the typeface's capitals and descenders reach from the baseline, in ems."""

BASELINE = HEIGHT - 66
"""The last line's baseline: the state or the kind, and the site's name."""

SMALL = Face("semibold", 26)
"""The face of the last line."""
SMALLEST_STATE = 20
"""In pixels: a state is as long as its language makes it, and is set smaller where it must be."""

_SHAPE = 24
_INDENT = 34


class DoesNotFitError(ValueError):
    """The text is too long for the picture. The message says by how much, and what to do."""


DoesNotFit = DoesNotFitError
"""The name by which other rooms and the documents know it."""


class SheetLine(Struct, frozen=True):
    """One line of text: where its baseline starts, in pixels of the finished picture."""

    text: str
    x: float
    baseline: float
    face: Face
    ink: Colour


class Bar(Struct, frozen=True):
    """A filled rectangle (left, top, right, bottom; ends included), in a share of its ink."""

    box: tuple[int, int, int, int]
    ink: Colour
    strength: float = 1.0


class Sheet(Struct):
    """What stands on a card. `shapes` are names of `shapes.draw`, corners and inks."""

    items: list[SheetLine] = []
    bars: list[Bar] = []
    shapes: list[tuple[str, tuple[int, int], Colour]] = []

    def rule(self, y: float, right: int = WIDTH - MARGIN) -> None:
        """A thin line from the left margin to `right`."""
        top = round(y)
        self.bars.append(Bar((MARGIN, top, right - 1, top + 1), AURORA, 0.43))

    def foot(self, state: str, shape: str, ink: Colour, limit: float) -> float:
        """The last line's left part, its shape first; returns where it ends.

        Raises DoesNotFit if it does not end left of `limit`.
        """
        start = float(MARGIN)
        if shape:
            self.shapes.append((shape, (MARGIN, BASELINE - 21), ink))
            start += _INDENT
        for size in range(SMALL.size, SMALLEST_STATE - 1, -1):
            face = Face(SMALL.weight, size)
            end = start + typeset.width(state, face)
            if end <= limit:
                self.items.append(SheetLine(state, start, BASELINE, face, ink))
                return end
        raise DoesNotFitError("the state and the site's name do not fit on one line: shorten them")

    def coverages(self) -> dict[Colour, Image.Image]:
        """For each ink, in a fixed order, how much of each pixel it covers (mode L)."""
        found: dict[Colour, Image.Image] = {}
        used = [item.ink for item in self.items] + [bar.ink for bar in self.bars]
        for ink in sorted({*used, *(ink for *_, ink in self.shapes)}):
            found[ink] = Image.new("L", (WIDTH, HEIGHT), 0)
        for bar in self.bars:
            ImageDraw.Draw(found[bar.ink]).rectangle(bar.box, fill=round(bar.strength * 255))
        for item in self.items:
            typeset.stamp(found[item.ink], (item.x, item.baseline), item.text, item.face)
        for name, corner, ink in self.shapes:
            found[ink].paste(shapes.draw(name, _SHAPE), corner)
        return found


def painted(coverages: Mapping[Colour, Image.Image], levels: Mapping[Colour, int]) -> Image.Image:
    """The picture (mode P) with each ink in as many shades as `levels` says."""
    colours = [*NIGHT]
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    for ink, count in levels.items():
        first = len(colours) // 3
        steps = [round(value * count / 255) for value in range(256)]
        for step in range(1, count + 1):
            colours += blend(NIGHT, ink, step / count)
        box = coverages[ink].getbbox() if ink in coverages else None
        if box:
            shades = [first + step - 1 if step else 0 for step in steps]
            # No two inks meet in a pixel, so the larger of the two numbers is the one that counts.
            inked = coverages[ink].crop(box).point(shades)
            picture.paste(ImageChops.lighter(picture.crop(box), inked), box)
    picture.putpalette(colours)
    return picture


def block(count: int, size: int) -> float:
    """From the top of the first line's capitals to the last line's descenders, in pixels."""
    return size * (CAPITALS + (count - 1) * LEADING + DESCENDERS)


def right(text: str, face: Face) -> float:
    """Where a line starts that ends at the right margin."""
    return WIDTH - MARGIN - typeset.width(text, face)
