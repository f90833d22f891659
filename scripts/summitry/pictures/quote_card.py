"""The picture of a quotation, for sharing: 1200 x 630 pixels, at most 24 kB.

The citation and its state stand inside the picture, because pictures are passed on without their
page.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from summitry.pictures import fonts, typeset
from summitry.pictures.card_sheet import (
    BASELINE,
    CAPITALS,
    DESCENDERS,
    LEADING,
    MARGIN,
    ROOM,
    SMALL,
    WIDTH,
    DoesNotFitError,
    Sheet,
    SheetLine,
    block,
    painted,
    right,
)
from summitry.pictures.metadata import Packet, packet, png
from summitry.pictures.palette import AURORA, PROVEN, SECONDARY, TEXT, Colour
from summitry.pictures.quotemarks import quoted
from summitry.pictures.scripts import RTL_MARK
from summitry.pictures.typeset import Face

LARGEST, SMALLEST, STEP = 92, 44, 2
LIMIT = 24_000
"""The most bytes that a picture may take, its metadata included."""

_NAME, _ROLE, _SETTING = Face("semibold", 40), Face("regular", 32), Face("regular", 28)
_INKS = (TEXT, AURORA, SECONDARY, PROVEN)
_FINENESS: tuple[tuple[tuple[int, int, int, int], float, int], ...] = (
    ((13, 7, 7, 4), 1.0, 6),
    ((8, 4, 4, 4), 0.91, 6),
    ((6, 3, 3, 3), 0.875, 6),
    ((4, 2, 2, 2), 0.785, 8),
    ((3, 2, 2, 2), 0.735, 8),
)
"""How many shades each ink gets between ground and full strength (32 colours with the ground, or
16 and fewer, which is four bits a pixel, where the words are many); what share of the bytes of the
first way that takes, as measured; and how hard to compress (zlib's level)."""


class QuoteCard(Struct, frozen=True):
    """What the picture of a quotation shows.

    words: verbatim, without outer quotation marks (a pair that is there is not doubled).
    setting: date and place, and the language if translated. state: the state of proof in words,
    `shape` the name of its shape, `proven` chooses its colour. quote_language: the tag of the
    language the words are in. changed: `Abridged` or `Edited` where an editor's marks changed
    the words, else empty. note: who translated and who prints the words, and whether wordings
    differ, in sentences without a last full stop. about goes into the file, not into the picture.
    """

    words: str
    speaker: str
    role: str
    setting: str
    state: str
    shape: str
    proven: bool
    site: str
    quote_language: str
    about: Packet
    changed: str = ""
    note: str = ""

    @property
    def alt(self) -> str:
        """The text of the picture, in its order."""
        who = ", ".join(part for part in (self.speaker, self.role) if part)
        rest = [self.setting, self.note, self.state, self.changed, self.site]
        return f"“{self.words}” — {'. '.join(part for part in [who, *rest] if part)}."


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


def _fit(text: str, weight: fonts.Weight, height: float, largest: int) -> tuple[Face, list[str]]:
    """The largest size, and the lines, at which `text` fits between the margins and in `height`."""
    for size in range(largest, SMALLEST - 1, -STEP):
        face = Face(weight, size)
        lines = typeset.fill(text, face, ROOM)
        if lines is not None and block(len(lines), size) <= height:
            return face, typeset.wrap(text, face, ROOM) or lines
    count = int((height / SMALLEST - CAPITALS - DESCENDERS) / LEADING) + 1
    raise _too_long(text, Face(weight, SMALLEST), max(1, count))


def _state(sheet: Sheet, card: QuoteCard) -> None:
    """The last line: the state of proof, whether the words were changed, and the site's name."""
    name = SheetLine(card.site, right(card.site, SMALL), BASELINE, SMALL, TEXT)
    face = Face("regular", SMALL.size)
    changed = typeset.width(card.changed, face) + 24 if card.changed else 0.0
    ink = PROVEN if card.proven else SECONDARY
    end = sheet.foot(card.state, card.shape, ink, name.x - 24 - changed)
    if card.changed:
        sheet.items.append(SheetLine(card.changed, end + 24, BASELINE, face, TEXT))
    sheet.items.append(name)


def _footer(sheet: Sheet, card: QuoteCard) -> float:
    """The lines under the rule, set upwards from the last one; returns the rule's height."""
    _state(sheet, card)
    baseline = float(BASELINE)
    for text, what in ((card.note, "source"), (card.setting, "date and place")):
        for line in reversed(_lines(text, _SETTING, what) if text else []):
            baseline -= 39
            sheet.items.append(SheetLine(line, MARGIN, baseline, _SETTING, SECONDARY))
    baseline -= 43
    name_end = MARGIN + typeset.width(card.speaker, _NAME)
    if name_end > WIDTH - MARGIN:
        raise DoesNotFitError(
            "the speaker's name is too long for a line of the picture: shorten it"
        )
    if not card.role:
        pass
    elif name_end + 16 + typeset.width(card.role, _ROLE) <= WIDTH - MARGIN:
        sheet.items.append(SheetLine(card.role, name_end + 16, baseline, _ROLE, SECONDARY))
    else:
        for line in reversed(_lines(card.role, _ROLE, "role")):
            sheet.items.append(SheetLine(line, MARGIN, baseline, _ROLE, SECONDARY))
            baseline -= 43
    sheet.items.append(SheetLine(card.speaker, MARGIN, baseline, _NAME, AURORA))
    sheet.rule(baseline - 60)
    return baseline - 60


def _words(card: QuoteCard, rule: float, largest: int) -> Iterator[SheetLine]:
    """The words between the top margin and the rule, the opening mark hanging in the margin.

    Words that leave room stand a little above the middle of it.
    """
    opening, words = quoted(typeset.prepare(card.words), card.quote_language)
    height = rule - 36 - MARGIN
    face, lines = _fit(words, "regular", height, largest)
    first = round(MARGIN + (height - block(len(lines), face.size)) * 0.3 + face.size * CAPITALS)
    rtl = lines[0].startswith(RTL_MARK)
    outside = WIDTH - MARGIN if rtl else MARGIN - typeset.width(opening, face)
    yield SheetLine(RTL_MARK + opening if rtl else opening, outside, first, face, TEXT)
    for number, line in enumerate(lines):
        left = right(line, face) if rtl else MARGIN
        yield SheetLine(line, left, first + round(number * face.size * LEADING), face, TEXT)


def _encode(sheet: Sheet, about: Packet) -> bytes | None:
    """The file, with as many shades as fit into LIMIT bytes; None if none does.

    Long words make large files. The finest rendering tells which coarser one is worth trying, so
    that hardly any card is encoded three times.
    """
    coverages = sheet.coverages()
    finest, said = 0, len(packet(about).encode("utf-8"))
    for counts, share, effort in _FINENESS:
        if finest * share > (LIMIT - said) * 1.01:
            continue
        levels: dict[Colour, int] = dict(zip(_INKS, counts, strict=True))
        content = png(painted(coverages, levels), about, effort)
        finest = finest or len(content) - said
        if len(content) <= LIMIT:
            return content
    return None


def draw(card: QuoteCard) -> bytes:
    """The quotation's picture as a PNG of at most 32 colours and LIMIT bytes.

    Raises DoesNotFit, a ValueError: nothing is ever cut off to make it fit.
    """
    foot = Sheet()
    rule = _footer(foot, card)
    largest = LARGEST
    while largest >= SMALLEST:
        words = list(_words(card, rule, largest))
        content = _encode(replace(foot, items=[*words, *foot.items]), card.about)
        if content:
            return content
        largest = words[0].face.size - STEP  # smaller letters have shorter edges: fewer bytes
    raise DoesNotFitError(
        f"the picture takes more than the {LIMIT} bytes that are allowed: choose a shorter excerpt"
    )
