"""The picture of a page, for services that show links: 1200 x 630 pixels, in few colours.

It has the sheet of the quotation's picture: night ground, the same typeface, the site's name at
the bottom. Text is never cut. Long text is set smaller; what then does not fit leaves fields out,
the least important first, and a title that does not fit alone is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image, ImageChops

from summitry.pictures import locator_map_layout, locator_map_pixels, photos, typeset
from summitry.pictures.card_sheet import (
    BASELINE,
    CAPITALS,
    DESCENDERS,
    HEIGHT,
    LEADING,
    MARGIN,
    ROOM,
    SMALL,
    WIDTH,
    Bar,
    DoesNotFitError,
    Sheet,
    SheetLine,
    painted,
    right,
)
from summitry.pictures.metadata import Packet, png
from summitry.pictures.palette import (
    AURORA,
    DISPUTED,
    GRATICULE,
    LAND,
    NIGHT,
    SECONDARY,
    TEXT,
    WHITE,
    Colour,
    Frame,
    blend,
)
from summitry.pictures.scripts import RTL_MARK
from summitry.pictures.typeset import Face

LARGEST, SMALLEST, STEP = 84, 36, 4
"""Sizes of the title."""

_RULE = BASELINE - 60
_HEIGHT = _RULE - 36 - MARGIN
_READING = 1.32
"""Line height of the text under the title, in ems."""

LIMIT = 30_000
"""Bytes; a larger picture is compressed harder. Level 4 takes two thirds of the time of 6 for a
file larger by a twentieth, and there are hundreds of cards."""

_SHADES = 15
"""With the ground, what four bits a pixel can tell apart."""

_CHART = Frame(660, HEIGHT, 24)
_PHOTO = (620, 530)
"""The photograph beside the text, in pixels; its credit stands under it."""

_FADE = 170
_COLUMN = 440
"""The map's frame, over how many pixels its left edge fades, and the room of text beside it."""

_BRIGHT = [max(0, min(255, (value - 80) * 4)) for value in range(256)]


class Chart(Struct, frozen=True):
    """The map beside the text: its places, the ways between them, and what is seen on it."""

    places: tuple[locator_map_layout.MapPlace, ...]
    routes: tuple[locator_map_layout.Route, ...]
    alt: str


class Photograph(Struct, frozen=True):
    """The photograph beside the text: its file and that file's hash, the point around which it is
    cut, as shares of its sides, its credit with the licence, and what is seen on it."""

    path: Path
    digest: str
    at: tuple[float, float]
    credit: str
    alt: str


class SocialCard(Struct, frozen=True):
    """What the picture of a page shows, from top to bottom.

    kicker: a short line above the title. strong: a line under it, such as a role. text: a
    sentence. rows: answers to a question, or times of day with what happened; the first of a
    pair is the time, or empty. foot: a state in words or what kind of page it is; `shape` is the
    state's shape, and disputed makes both amber. about goes into the file.
    """

    title: str
    site: str
    about: Packet
    kicker: str = ""
    strong: str = ""
    text: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    foot: str = ""
    shape: str = ""
    disputed: bool = False
    chart: Chart | None = None
    photo: Photograph | None = None

    @property
    def alt(self) -> str:
        """The text of the picture, in its order. What was left out for want of room is in it."""
        rows = "; ".join(" ".join(part for part in row if part) for row in self.rows)
        parts = [self.kicker, self.title, self.strong, self.text, rows, self.foot, self.site]
        parts += [self.chart.alt] if self.chart else []
        parts += [self.photo.alt, self.photo.credit] if self.photo else []
        ended = [p if p.endswith((".", "?", "!")) else f"{p}." for p in parts if p]
        return " ".join(ended)

    def with_about(self, about: Packet) -> SocialCard:
        """The same card, whose file says `about` of itself."""
        return replace(self, about=about)


class _Column(Struct):
    """Lines set under one another; `y` is how far down they reach, in pixels.

    Only the column that is shown is `balanced`: that takes longer, and as many lines.
    """

    room: float
    balanced: bool
    y: float = 0.0
    items: list[SheetLine] = []
    bars: list[Bar] = []

    def add(
        self, text: str, face: Face, ink: Colour, gap: float, leading: float, indent: float = 0.0
    ) -> bool:
        """Set a paragraph `gap` pixels under the last one; False if a word is too wide."""
        broken = typeset.wrap if self.balanced else typeset.fill
        lines = broken(text, face, self.room - indent)
        if lines is None:
            return False
        first = self.y + (gap if self.items else 0.0) + face.size * CAPITALS
        for number, line in enumerate(lines):
            baseline = first + round(number * face.size * leading)
            left = MARGIN + indent
            if line.startswith(RTL_MARK):
                left = MARGIN + self.room - typeset.width(line, face)
            self.items.append(SheetLine(line, left, baseline, face, ink))
            self.y = baseline + face.size * DESCENDERS
        return True

    def moved(self, down: float) -> tuple[list[SheetLine], list[Bar]]:
        """Everything, `down` pixels lower."""
        items = [replace(item, baseline=round(item.baseline + down)) for item in self.items]
        off = round(down)
        boxes = [(bar, bar.box) for bar in self.bars]
        bars = [replace(b, box=(x, y + off, r, z + off)) for b, (x, y, r, z) in boxes]
        return items, bars


def _between(low: int, value: float, high: int) -> int:
    return max(low, min(high, round(value)))


def _rows(column: _Column, rows: tuple[tuple[str, str], ...], size: int) -> bool:
    """Times with what happened, or answers, each beside a bar: none stands out."""
    face, bold = Face("regular", size), Face("semibold", size)
    wide = max(typeset.width(time, bold) for time, _ in rows)
    indent = wide + size if wide else 22.0
    for number, (time, text) in enumerate(rows):
        gap = size * (0.9 if number == 0 else 0.36 if wide else 0.62)
        top = column.y + gap
        if not column.add(text, face, TEXT, gap, _READING, indent):
            return False
        if time:
            column.items.append(SheetLine(time, MARGIN, top + size * CAPITALS, bold, AURORA))
        else:
            box = (MARGIN, round(top - size * 0.1), MARGIN + 3, round(column.y))
            column.bars.append(Bar(box, SECONDARY))
    return True


def _column(card: SocialCard, size: int, room: float, balanced: bool = False) -> _Column | None:
    """The text with its title at `size`; None if a word is wider than the room."""
    column = _Column(room, balanced)
    reading = _between(30, size * 0.44, 36)
    wanted = [
        (card.kicker, Face("semibold", 28), AURORA, 0.0, 1.3),
        (card.title, Face("semibold", size), TEXT, max(size * 0.42, 28), LEADING),
        (card.strong, Face("regular", _between(32, size * 0.5, 42)), TEXT, size * 0.4, _READING),
        (card.text, Face("regular", reading), SECONDARY, size * 0.36, _READING),
    ]
    for text, face, ink, gap, leading in wanted:
        if text and not column.add(text, face, ink, gap, leading):
            return None
    if card.rows and not _rows(column, card.rows, _between(26, size * 0.52, 38)):
        return None
    return column


def _less(card: SocialCard) -> Iterator[SocialCard]:
    """The card, then with one field less each time, the least important first."""
    yield card
    for fewer in (
        replace(card, text=""),
        replace(card, text="", kicker=""),
        replace(card, text="", kicker="", strong=""),
        replace(card, text="", kicker="", strong="", rows=()),
    ):
        if fewer != card:
            yield fewer
            card = fewer


def _fitted(card: SocialCard, room: float) -> _Column:
    for fewer in _less(card):
        for size in range(LARGEST, SMALLEST - 1, -STEP):
            column = _column(fewer, size, room)
            if column is not None and column.y <= _HEIGHT:
                return _column(fewer, size, room, balanced=True) or column
    raise DoesNotFitError(
        "the title is too long for the picture of its page, or has a word that is: shorten it"
    )


def _sheet(card: SocialCard) -> Sheet:
    sheet, room = Sheet(), _COLUMN if card.chart or card.photo else ROOM
    column = _fitted(card, room)
    sheet.items, sheet.bars = column.moved(MARGIN + (_HEIGHT - column.y) * 0.3)
    sheet.rule(_RULE, MARGIN + room)
    name = SheetLine(card.site, right(card.site, SMALL), BASELINE, SMALL, TEXT)
    if card.chart or card.photo:
        name = replace(name, x=MARGIN)
    elif card.foot:
        sheet.foot(card.foot, card.shape, DISPUTED if card.disputed else SECONDARY, name.x - 24)
    sheet.items.append(name)
    if card.photo:
        sheet.items += _credited(card.photo.credit)
    return sheet


def _credited(credit: str) -> list[SheetLine]:
    """The credit under the photograph, in as many lines as it takes: it is never cut."""
    face = Face("regular", 18)
    lines = typeset.wrap(credit, face, _PHOTO[0] - MARGIN)
    if lines is None or len(lines) > 3:
        raise DoesNotFitError("the credit of the photograph is too long for a picture: shorten it")
    first = _PHOTO[1] + 34
    return [
        SheetLine(text, WIDTH - _PHOTO[0], first + number * 24, face, SECONDARY)
        for number, text in enumerate(lines)
    ]


def _beside(sheet: Sheet, photo: Photograph) -> Image.Image:
    """The text beside the photograph, which fills the right of the sheet down to its credit."""
    ground = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    shown = photos.cut(photos.load(photo.path), _PHOTO, photo.at).convert("RGBA")
    ground.paste(shown, (WIDTH - _PHOTO[0], 0), shown)
    for ink, coverage in sheet.coverages().items():
        ground.paste(ink, (0, 0), coverage)
    return ground.quantize(256, dither=Image.Dither.FLOYDSTEINBERG)


def _levels(inks: list[Colour]) -> dict[Colour, int]:
    """As many shades for each ink as there are; the title's has what the others leave."""
    few = 3
    return {ink: _SHADES - few * (len(inks) - 1) if ink == TEXT else few for ink in inks}


def _on_map(sheet: Sheet, chart: Chart) -> Image.Image:
    """The text on a ground into which the map fades; land runs off the other three edges."""
    ground = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    drawn = locator_map_pixels.draw(chart.places, chart.routes, _CHART)
    mask = Image.new("L", drawn.size, 255)
    mask.paste(Image.linear_gradient("L").rotate(90).resize((_FADE, HEIGHT)), (0, 0))
    # What is brighter than land (names, dots, ways) does not fade.
    mask = ImageChops.lighter(mask, drawn.convert("L").point(_BRIGHT))
    ground.paste(drawn, (WIDTH - drawn.width, 0), mask)
    for ink, coverage in sheet.coverages().items():
        ground.paste(ink, (0, 0), coverage)
    return ground.quantize(palette=_chart_palette(), dither=Image.Dither.NONE)


def _chart_palette() -> Image.Image:
    """What the map and the text on it need: the plain colours, and the shades between two."""
    pairs = ((NIGHT, LAND, 24), (NIGHT, TEXT, 8), (NIGHT, AURORA, 6), (LAND, TEXT, 4))
    colours = [NIGHT, LAND, GRATICULE, WHITE, blend(LAND, GRATICULE, 0.5)]
    for low, high, steps in (*pairs, (LAND, AURORA, 3)):
        colours += [blend(low, high, step / steps) for step in range(1, steps + 1)]
    spare = [NIGHT] * (256 - len(colours))
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in (*colours, *spare) for value in colour])
    return palette


def draw(card: SocialCard) -> bytes:
    """The picture as a PNG: 16 colours, some 50 with a map, 256 with a photograph.

    Raises DoesNotFit if the title, the foot line or a credit is too long, `BadImageError` for a
    photograph that is none, and `map_labels.NoRoomError` if the map's names cannot be set; all
    are ValueErrors.
    """
    sheet = _sheet(card)
    if card.photo:
        return png(_beside(sheet, card.photo), card.about, effort=9)
    if card.chart:
        return png(_on_map(sheet, card.chart), card.about, effort=9)
    coverages = sheet.coverages()
    picture = painted(coverages, _levels(list(coverages)))
    content = png(picture, card.about, effort=4)
    return content if len(content) <= LIMIT else png(picture, card.about, effort=9)
