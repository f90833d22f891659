"""The sheet that pictures for sharing are set on: night ground, margins, ink, a foot line, a file.

A sheet is a list of items (lines of text), shapes and bars with their ink. It is painted with a
palette of few shades, because the ground and the letters of a card need no more, and because a
file of sixteen colours takes half the time and the bytes of one with two hundred and fifty-six.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from . import shapes, typeset
from .look import AURORA, NIGHT, Colour, blend
from .typeset import Face

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

_SHAPE = 24
_INDENT = 34
_ANY = bytes([0] + [255] * 255)


class DoesNotFitError(ValueError):
    """The text is too long for the picture. The message says by how much, and what to do."""


DoesNotFit = DoesNotFitError
"""The name by which other rooms and the documents know it."""


@dataclass(frozen=True)
class Item:
    """One line of text: where its baseline starts, in pixels of the finished picture."""

    text: str
    x: float
    baseline: float
    face: Face
    ink: Colour


@dataclass(frozen=True)
class Bar:
    """A filled rectangle (left, top, right, bottom; ends included), in a share of its ink."""

    box: tuple[int, int, int, int]
    ink: Colour
    strength: float = 1.0


@dataclass
class Sheet:
    """What stands on a card. `shapes` are names of `shapes.draw`, corners and inks."""

    items: list[Item] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    shapes: list[tuple[str, tuple[int, int], Colour]] = field(default_factory=list)

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
        self.items.append(Item(state, start, BASELINE, SMALL, ink))
        end = start + typeset.width(state, SMALL)
        if end > limit:
            raise DoesNotFitError(
                "the state and the site's name do not fit on one line: shorten them"
            )
        return end

    def inks(self) -> list[Colour]:
        """Every ink that is used, in a fixed order."""
        used = [item.ink for item in self.items] + [bar.ink for bar in self.bars]
        return sorted({*used, *(ink for *_, ink in self.shapes)})

    def coverages(self) -> Iterable[tuple[Image.Image, tuple[int, int], Colour]]:
        """Lines and shapes as patches (mode L: how much of a pixel is ink), corners and inks."""
        for item in self.items:
            yield (*_coverage(item), item.ink)
        for name, corner, ink in self.shapes:
            yield shapes.draw(name, _SHAPE), corner, ink

    def painted(self, levels: Mapping[Colour, int]) -> Image.Image:
        """The picture (mode P) with each ink in as many shades as `levels` says."""
        colours = [*NIGHT]
        shades: dict[Colour, bytes] = {}
        for ink, count in levels.items():
            first = len(colours) // 3
            steps = [round(value * count / 255) for value in range(256)]
            shades[ink] = bytes(first + step - 1 if step else 0 for step in steps)
            for step in range(1, count + 1):
                colours += blend(NIGHT, ink, step / count)
        picture = Image.new("P", (WIDTH, HEIGHT), 0)
        picture.putpalette(colours)
        pen = ImageDraw.Draw(picture)
        for bar in self.bars:
            pen.rectangle(bar.box, fill=shades[bar.ink][round(bar.strength * 255)])
        for patch, at, ink in self.coverages():
            inked = patch.point(shades[ink])
            picture.paste(inked, at, inked.point(_ANY))
        return picture

    def stamped(self, ground: Image.Image) -> None:
        """Set everything on `ground` (mode RGB), in full colour."""
        pen = ImageDraw.Draw(ground)
        for bar in self.bars:
            pen.rectangle(bar.box, fill=blend(NIGHT, bar.ink, bar.strength))
        for patch, at, ink in self.coverages():
            ground.paste(ink, at, patch)


def _coverage(item: Item) -> tuple[Image.Image, tuple[int, int]]:
    left, top = int(item.x) - 4, int(item.baseline) - item.face.size
    reach = int(typeset.width(item.text, item.face)) + 10
    patch = Image.new("L", (reach, item.face.size * 4 // 3), 0)
    typeset.stamp(patch, (item.x - left, round(item.baseline) - top), item.text, item.face)
    return patch, (left, top)


def block(count: int, size: int) -> float:
    """From the top of the first line's capitals to the last line's descenders, in pixels."""
    return size * (CAPITALS + (count - 1) * LEADING + DESCENDERS)


def right(text: str, face: Face) -> float:
    """Where a line starts that ends at the right margin."""
    return WIDTH - MARGIN - typeset.width(text, face)
