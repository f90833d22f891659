"""Where seats stand in a drawing of a table from above: a long one with two edges, or a round one.

Two sides face each other across a long table. One side, or three and more, sit round a table, so
that nobody is put on the side of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, sqrt

from msgspec import Struct

from summitry.pictures import typeset
from summitry.pictures.typeset import Face

SIZE = 13
"""The em of words beside a table, in units of the drawing."""
BROAD = 240
"""How wide a drawing may be, in units, that stands beside two others with letters of 12 px."""
LONGEST = 84
"""How long a line beside a seat may be, in units, where its words allow it."""


class Seat(Struct, frozen=True):
    """Somebody at a meeting, with the role of that day, initials, and the name beside a seat."""

    name: str
    href: str
    role: str
    initials: str
    lines: tuple[str, ...]


Sides = Sequence[tuple[str, Sequence[Seat]]]
"""The sides of a meeting by their names, each with its people."""


class Chair(Struct, frozen=True):
    """A seat at the table: its middle in units of the drawing, and on which half it is.

    `lines` are what stands beside it, each with the height of its middle.
    """

    x: float
    y: float
    right: bool
    seat: Seat
    lines: tuple[tuple[float, str], ...]


class Head(Struct, frozen=True):
    """A side's name over its seats."""

    x: float
    y: float
    right: bool
    text: str


class Plan(Struct, frozen=True):
    """A table in a frame of `width` by `height` units; it stands at `left` and `top`.

    With `names`, they stand beside the seats; without, a seat holds initials and there are no
    heads. `across` and `along` are the table's size, `radius` that of a seat.
    """

    names: bool
    round: bool
    width: int
    height: float
    left: int
    top: float
    across: int
    along: float
    radius: int
    chairs: list[Chair]
    heads: list[Head]


class _Form(Struct, frozen=True):
    """How a drawing is measured, in units: `pitch` is from one seat to the next."""

    names: bool
    left: int
    across: int
    radius: int
    pitch: float


class _Row(Struct, frozen=True):
    """A row of one half of a table: a seat, a side's name over its seats, or room between sides."""

    seat: Seat | None = None
    head: str = ""


def lines(text: str, *, bold: bool = False) -> tuple[str, ...]:
    """A name as it stands beside a seat, in as many lines as it takes."""
    room = max(LONGEST, *(ceil(width(word, bold=bold)) for word in text.split()))
    return tuple(typeset.wrap(text, _face(bold=bold), room) or [text])


def width(text: str, *, bold: bool = False) -> float:
    """How long words are beside a table, in units."""
    return typeset.width(text, _face(bold=bold))


def _face(*, bold: bool) -> Face:
    return Face("semibold" if bold else "regular", SIZE)


def edges(meetings: Sequence[Sequence[str]]) -> dict[str, bool]:
    """Which sides sit on the left edge (False) and which on the right, the same in all meetings.

    A meeting of two sides that would have to change edges is left for a round table.
    """
    found: dict[str, bool] = {}
    for sides in meetings:
        if len(sides) == 2:
            first, second = sides
            edge = found.get(first, not found.get(second, True))
            if found.get(second, not edge) != edge:
                found |= {first: edge, second: not edge}
    return found


def is_long(sides: Sequence[str], edge: dict[str, bool]) -> bool:
    """Whether a meeting's sides fit along the edges of a long table, one side along each."""
    apart = [edge[side] for side in sides if side in edge]
    return 0 < len(sides) == len(apart) == len(set(apart))


def plans(
    sides: Sides, edge: dict[str, bool], beside: int, *, round_: bool, near_round: bool = False
) -> tuple[Plan, Plan]:
    """A table for wide places, with names, and for narrow ones, with initials.

    `beside` is how much room names have on each side. A long table `near_round` ones, which are
    broader, has a frame as broad as theirs, so that all are shown to one scale.
    """
    most = max((len(seat.lines) for _, seats in sides for seat in seats), default=1)
    pitch = 25 + 16 * (most - 1)
    broad, narrow = (60, 52) if round_ else (40, 30)
    more = (10, 11) if near_round and not round_ else (0, 0)
    roomy = _Form(True, beside + 28 + more[0], broad, 8, pitch)
    tight = _Form(False, 38 + more[1], narrow, 16, 37)
    if round_:
        return _round(sides, roomy), _round(sides, tight)
    return _long(sides, edge, roomy), _long(sides, edge, tight)


def _long(sides: Sides, edge: dict[str, bool], form: _Form) -> Plan:
    """Seats downwards along both edges, in the order of the data."""
    top = 26 if form.names else 2
    chairs: list[Chair] = []
    heads: list[Head] = []
    for side, seats in sides:
        right = edge[side]
        x = form.left + form.across + form.radius + 4 if right else form.left - form.radius - 4
        if form.names:
            heads.append(
                Head(form.left + form.across if right else form.left, top - 10, right, side)
            )
        for n, seat in enumerate(seats):
            chairs.append(_chair(x, top + 4 + n * form.pitch + form.pitch / 2, right, seat))
    along = 8 + max(len(seats) for _, seats in sides) * form.pitch
    return _plan(form, top, along, chairs, heads, round_=False)


def _round(sides: Sides, form: _Form) -> Plan:
    """Seats round a table with round ends, in the order of the data: down its left half, then its
    right one.

    They stand at equal heights, so that no name touches another.
    """
    halves = _halves(sides, form)
    rows = max(map(len, halves))
    gap = form.radius + 4
    # The line on which the seats stand: half its width and height, and half its straight part.
    wide = form.across / 2 + gap
    high = max(wide, rows * form.pitch / 2)
    straight, middle = high - wide, high + (form.pitch / 2 if form.names else form.radius / 2)
    chairs: list[Chair] = []
    heads: list[Head] = []
    for right, half in zip((False, True), halves, strict=True):
        for n, row in enumerate(half):
            down = (n - (len(half) - 1) / 2) * form.pitch
            out = sqrt(wide**2 - max(0, abs(down) - straight) ** 2)
            x = form.left + form.across / 2 + (out if right else -out)
            if row.seat:
                chairs.append(_chair(x, middle + down, right, row.seat))
            elif row.head:
                heads.append(Head(x, middle + down + 4.5, right, row.head))
    top = middle - high + gap
    return _plan(form, top, 2 * (high - gap), chairs, heads, round_=True)


def _plan(
    form: _Form, top: float, along: float, chairs: list[Chair], heads: list[Head], *, round_: bool
) -> Plan:
    # Seats of a round table reach beyond it.
    below = top if round_ else 2
    return Plan(
        form.names, round_, 2 * form.left + form.across, top + along + below, form.left, top,
        form.across, along, form.radius, chairs, heads,
    )  # fmt: skip


def _chair(x: float, y: float, right: bool, seat: Seat) -> Chair:
    above = 16 * (len(seat.lines) - 1) / 2
    at = tuple((y + 4.5 - above + 16 * n, line) for n, line in enumerate(seat.lines))
    return Chair(x, y, right, seat, at)


def _halves(sides: Sides, form: _Form) -> tuple[list[_Row], list[_Row]]:
    """The rows of the left half and of the right one: whole sides, or the one side in two."""
    if len(sides) == 1:
        ((_, seats),) = sides
        half = (len(seats) + 1) // 2
        return [_Row(seat) for seat in seats[:half]], [_Row(seat) for seat in seats[half:]]
    cuts = range(1, len(sides))
    halves = ((_rows(sides[:n], form), _rows(sides[n:], form)) for n in cuts)
    return min(halves, key=lambda two: max(map(len, two)))


def _rows(sides: Sides, form: _Form) -> list[_Row]:
    return list(_each_row(sides, form))


def _each_row(sides: Sides, form: _Form) -> Iterator[_Row]:
    for n, (side, seats) in enumerate(sides):
        if form.names:
            yield _Row(head=side)
        elif n:
            yield _Row()
        yield from map(_Row, seats)
