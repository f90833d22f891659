"""The picture of a quotation, for sharing: 1200 x 630 pixels, at most 24 kB.

Sizes and margins come from "Quote picture" in the reader-experience document. The citation and its
state stand inside the picture, because pictures are passed on without their page.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from . import fonts, typeset
from .look import AURORA, NIGHT, PROVEN, SECONDARY, TEXT, Colour, blend
from .metadata import About, png
from .quotemarks import quoted
from .typeset import Face

WIDTH, HEIGHT = 1200, 630
MARGIN = 92
ROOM = WIDTH - 2 * MARGIN
LARGEST, SMALLEST, STEP = 92, 44, 2
LEADING = 1.16
"""Line height of the words, in ems."""

LIMIT = 24_000
"""The most bytes that a picture may take."""

_CAPITALS, _DESCENDERS = 0.67, 0.2
"""How far the typeface's capitals and descenders reach from the baseline, in ems."""

_BASELINE = HEIGHT - 66
"""The last line's baseline: the state of proof and the site's name."""

_NAME, _ROLE, _SETTING, _SMALL = (
    Face("semibold", 40),
    Face("regular", 32),
    Face("regular", 28),
    Face("semibold", 26),
)

_Levels = tuple[int, int, int, int]
_INKS = (TEXT, AURORA, SECONDARY, PROVEN)
_FINENESS: tuple[tuple[_Levels, float, int], ...] = (
    ((13, 7, 7, 4), 1.0, 6),
    ((8, 4, 4, 4), 0.91, 6),
    ((6, 3, 3, 3), 0.875, 6),
    ((4, 2, 2, 2), 0.785, 8),
    ((3, 2, 2, 2), 0.735, 8),
)
"""How many shades each ink gets between ground and full strength (32 colours with the ground, or
16 and fewer, which is four bits a pixel, where the words are many); what share of the bytes of the
first way that takes, as measured; and how hard to compress (zlib's level)."""

_Patch = tuple[Image.Image, tuple[int, int], Colour]
"""A coverage (mode L), where its corner stands, and its ink."""

_ANY = bytes([0] + [255] * 255)


class DoesNotFitError(ValueError):
    """The text is too long for the picture. The message says by how much, and what to do."""


DoesNotFit = DoesNotFitError
"""The name by which other rooms and the documents know it."""


@dataclass(frozen=True)
class QuoteCard:
    """What the picture of a quotation shows.

    words: verbatim, without outer quotation marks (a pair that is there is not doubled).
    setting: date and place, and the language if translated. state: the state of proof in words;
    `proven` chooses its shape and colour. quote_language: the tag of the language the words are
    in. left_out: whether words were left out; then `abridged` is shown. source_url and rights go
    into the file's metadata, not into the picture.
    """

    words: str
    speaker: str
    role: str
    setting: str
    state: str
    proven: bool
    site: str
    quote_language: str
    left_out: bool
    source_url: str
    rights: str
    abridged: str = "Abridged"


@dataclass(frozen=True)
class SocialCard:
    """The picture of a page without a quotation: its title, one line about it, the site's name."""

    title: str
    line: str
    site: str


@dataclass(frozen=True)
class _Item:
    """One line of text: where its baseline starts, in pixels of the finished picture."""

    text: str
    x: float
    baseline: float
    face: Face
    ink: Colour


def _lines(text: str, face: Face, what: str) -> list[str]:
    lines = typeset.wrap(text, face, ROOM)
    if lines is None or len(lines) > 2:
        raise DoesNotFitError(f"the {what} is too long for two lines of the picture: shorten it")
    return lines


def _too_long(text: str, face: Face, count: int) -> DoesNotFitError:
    """The error for words that need more than `count` lines at the smallest size."""
    lines = typeset.fill(text, face, ROOM)
    if lines is None:
        return DoesNotFitError(
            "one word alone is wider than the picture: choose an excerpt without it"
        )
    fits = len(" ".join(lines[:count]))
    return DoesNotFitError(
        f"the words are about {max(len(text) - fits, 1)} characters too long for the picture, "
        f"which holds about {fits}: choose a shorter excerpt"
    )


def _fit(text: str, weight: fonts.Weight, height: float) -> tuple[Face, list[str]]:
    """The largest size, and the lines, at which `text` fits between the margins and in `height`."""
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        face = Face(weight, size)
        lines = typeset.fill(text, face, ROOM)
        if lines is not None and _block(len(lines), size) <= height:
            return face, typeset.wrap(text, face, ROOM) or lines
    count = int((height / SMALLEST - _CAPITALS - _DESCENDERS) / LEADING) + 1
    raise _too_long(text, Face(weight, SMALLEST), max(1, count))


def _block(count: int, size: int) -> float:
    """From the top of the first line's capitals to the last line's descenders, in pixels."""
    return size * (_CAPITALS + (count - 1) * LEADING + _DESCENDERS)


def _footer(card: QuoteCard) -> tuple[list[_Item], float]:
    """The lines under the rule, set upwards from the last one, and the rule's height."""
    items = [_Item(card.site, _right(card.site, _SMALL), _BASELINE, _SMALL, TEXT)]
    items += _state(card, items[0].x)
    baseline = float(_BASELINE)
    for line in reversed(_lines(card.setting, _SETTING, "date and place")):
        baseline -= 39
        items.append(_Item(line, MARGIN, baseline, _SETTING, SECONDARY))
    baseline -= 43
    name_end = MARGIN + typeset.width(card.speaker, _NAME)
    if name_end > WIDTH - MARGIN:
        raise DoesNotFitError(
            "the speaker's name is too long for a line of the picture: shorten it"
        )
    if not card.role:
        pass
    elif name_end + 16 + typeset.width(card.role, _ROLE) <= WIDTH - MARGIN:
        items.append(_Item(card.role, name_end + 16, baseline, _ROLE, SECONDARY))
    else:
        for line in reversed(_lines(card.role, _ROLE, "role")):
            items.append(_Item(line, MARGIN, baseline, _ROLE, SECONDARY))
            baseline -= 43
    items.append(_Item(card.speaker, MARGIN, baseline, _NAME, AURORA))
    return items, baseline - 60


def _right(text: str, face: Face) -> float:
    return WIDTH - MARGIN - typeset.width(text, face)


def _state(card: QuoteCard, limit: float) -> list[_Item]:
    """The state of proof, and whether words were left out, left of `limit`."""
    ink = PROVEN if card.proven else SECONDARY
    start = MARGIN + 34.0
    items = [_Item(card.state, start, _BASELINE, _SMALL, ink)]
    end = start + typeset.width(card.state, _SMALL)
    if card.left_out:
        face = Face("regular", _SMALL.size)
        items.append(_Item(card.abridged, end + 24, _BASELINE, face, SECONDARY))
        end += 24 + typeset.width(card.abridged, face)
    if end + 24 > limit:
        raise DoesNotFitError("the state and the site's name do not fit on one line: shorten them")
    return items


def _shape(proven: bool) -> Image.Image:
    """The state's shape, so that it does not hang on colour: a check mark or an open circle."""
    large = Image.new("L", (24 * 4, 24 * 4), 0)
    pen = ImageDraw.Draw(large)
    if not proven:
        pen.ellipse((8, 12, 88, 92), outline=255, width=12)
        return large.reduce(4)
    points = [(10, 56), (36, 82), (86, 20)]
    pen.line(points, fill=255, width=15, joint="curve")
    for x, y in points:
        pen.ellipse((x - 7, y - 7, x + 7, y + 7), fill=255)
    return large.reduce(4)


def _coverage(item: _Item) -> tuple[Image.Image, tuple[int, int]]:
    """The line's own patch of the picture (mode L: how much of a pixel is ink), and its place."""
    left, top = int(item.x) - 4, int(item.baseline) - item.face.size
    reach = int(typeset.width(item.text, item.face)) + 10
    patch = Image.new("L", (reach, item.face.size * 4 // 3), 0)
    typeset.stamp(patch, (item.x - left, round(item.baseline) - top), item.text, item.face)
    return patch, (left, top)


def _patches(items: list[_Item], proven: bool | None) -> list[_Patch]:
    patches = [(*_coverage(item), item.ink) for item in items]
    if proven is not None:
        ink = PROVEN if proven else SECONDARY
        patches.append((_shape(proven), (MARGIN, _BASELINE - 21), ink))
    return patches


def _paint(patches: list[_Patch], rule: float, levels: _Levels) -> Image.Image:
    """The picture with each ink in as many shades as `levels` says."""
    colours = [*NIGHT]
    shades: dict[Colour, bytes] = {}
    for ink, count in zip(_INKS, levels, strict=True):
        first = len(colours) // 3
        steps = [round(value * count / 255) for value in range(256)]
        shades[ink] = bytes(first + step - 1 if step else 0 for step in steps)
        for step in range(1, count + 1):
            colours += blend(NIGHT, ink, step / count)
    picture = Image.new("P", (WIDTH, HEIGHT), 0)
    picture.putpalette(colours)
    top = round(rule)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + 1), fill=shades[AURORA][110])
    for patch, at, ink in patches:
        inked = patch.point(shades[ink])
        picture.paste(inked, at, inked.point(_ANY))
    return picture


def _encode(patches: list[_Patch], rule: float, about: About) -> bytes:
    """The file, with as many shades as fit into LIMIT bytes.

    Long words make large files. The finest rendering tells which coarser one is worth trying, so
    that hardly any card is encoded three times.
    """
    content, finest = b"", 0
    for levels, share, effort in _FINENESS:
        if finest * share > LIMIT * 1.01:
            continue
        content = png(_paint(patches, rule, levels), about, effort)
        finest = finest or len(content)
        if len(content) <= LIMIT:
            return content
    raise DoesNotFitError(
        f"the picture takes {max(len(content), finest)} bytes and {LIMIT} are allowed: "
        "choose a shorter excerpt"
    )


def _set(text: str, weight: fonts.Weight, rule: float) -> list[_Item]:
    """The large text between the top margin and the rule.

    Text that leaves room stands a little above the middle of it.
    """
    height = rule - 36 - MARGIN
    face, lines = _fit(text, weight, height)
    free = height - _block(len(lines), face.size)
    first = round(MARGIN + free * 0.3 + face.size * _CAPITALS)
    return [
        _Item(line, MARGIN, first + round(number * face.size * LEADING), face, TEXT)
        for number, line in enumerate(lines)
    ]


def _words(card: QuoteCard, rule: float) -> list[_Item]:
    """The words, the opening mark hanging in the margin."""
    opening, words = quoted(typeset.prepare(card.words), card.quote_language)
    items = _set(words, "regular", rule)
    first = items[0]
    hang = MARGIN - typeset.width(opening, first.face)
    return [_Item(opening, hang, first.baseline, first.face, TEXT), *items]


def draw(card: QuoteCard) -> bytes:
    """The quotation's picture as a PNG of at most 32 colours and LIMIT bytes.

    Raises DoesNotFit (nothing is ever cut off to make it fit) and `typeset.CannotDrawError` for
    characters that the typeface lacks; both are ValueErrors. The words in the metadata are the
    words as given.
    """
    items, rule = _footer(card)
    about = About(
        description=card.words, creator=card.speaker, source=card.source_url, rights=card.rights
    )
    return _encode(_patches(_words(card, rule) + items, card.proven), rule, about)


def draw_social(card: SocialCard) -> bytes:
    """The picture of a page without a quotation, as a PNG. Raises like `draw`."""
    items = [_Item(card.site, MARGIN, _BASELINE, _SMALL, TEXT)]
    baseline = float(_BASELINE)
    for line in reversed(_lines(card.line, _ROLE, "line")):
        baseline -= 46
        items.append(_Item(line, MARGIN, baseline, _ROLE, SECONDARY))
    rule = baseline - 60
    items += _set(card.title, "semibold", rule)
    about = About(description=card.title, creator=card.site)
    return _encode(_patches(items, None), rule, about)
