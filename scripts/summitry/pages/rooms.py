"""Who sat, or was to sit, in a room: a table seen from above, and the names as lists.

Nobody's place at the table is known. People stand in the order of the data, each side along its
edge, with the same size and colour for all; the template says so beside the drawing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil

from summitry.content.kinds import Event, Person
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.views.events import status
from summitry.pictures import typeset
from summitry.pictures.typeset import Face
from summitry.words import dates

_SIZE = 13
"""The em of words beside a table, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a meeting, with the role of that day, and two short forms of the name."""

    name: str
    href: str
    role: str
    initials: str
    short: str


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat at the table: its middle in units of the drawing, and on which edge it is."""

    x: float
    y: float
    right: bool
    seat: Seat


@dataclass(frozen=True, slots=True)
class Head:
    """A side's name over its seats."""

    x: float
    y: float
    right: bool
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A table in a frame of `width` by `height` units, its left edge at `left`.

    With `names`, they stand beside the seats; without, a seat holds initials and there are no
    heads. `radius` is that of a seat.
    """

    names: bool
    width: int
    height: int
    left: int
    top: int
    across: int
    radius: int
    chairs: list[Chair]
    heads: list[Head]


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting, held or only planned, with those of each side and its plans.

    `id` begins the ids in it, and stands on the page once.
    """

    id: str
    name: str
    href: str
    held: bool
    status: str  # in words, where it was only planned
    when: str
    note: str
    sides: list[tuple[str, list[Seat]]]
    sources: list[for_templates.SourceView]
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomPlans:
    """Meetings side by side; `left` and `right` are the sides that stand there in every plan."""

    rooms: list[Room]
    left: list[str]
    right: list[str]


def rooms(scope: Scope, refs: list[Ref]) -> RoomPlans:
    """Meetings, drawn to one scale, each side on the same edge in all of them."""
    events: list[Event] = [scope.of(ref, Event) for ref in refs]
    people = dict.fromkeys(one.person for event in events for one in event.participants)
    names = [scope.of(ref, Person).name for ref in people]
    forms = dict(zip(names, zip(_initials(names), _short(names), strict=True), strict=True))
    found = [_room(scope, ref, forms) for ref in refs]
    sides = list(dict.fromkeys(side for room in found for side, _ in room.sides))
    right = sides[1::2]
    words = [_width(short) for _, short in forms.values()]
    words += [_width(side, bold=True) - 28 for side in sides]
    beside = ceil(max(64, *words))
    drawn = [replace(r, plans=(_named(r, right, beside), _initialled(r, right))) for r in found]
    return RoomPlans(drawn, sides[0::2], right)


def _short(names: list[str]) -> list[str]:
    """Last names; where two are the same, the first letter before them."""
    last = [name.split()[-1] for name in names]
    count = Counter(last)
    return [
        one if count[one] == 1 else f"{name[0]}. {one}"
        for name, one in zip(names, last, strict=True)
    ]


def _initials(names: list[str]) -> list[str]:
    """Initials; where two are the same, with the second letter of the first name."""
    found = [for_templates.initials(name) for name in names]
    count = Counter(found)
    return [
        one if count[one] == 1 else f"{name[:2]}{one[1:]}"
        for name, one in zip(names, found, strict=True)
    ]


def _width(text: str, *, bold: bool = False) -> float:
    """In units of a plan with names."""
    return typeset.width(text, Face("semibold" if bold else "regular", _SIZE))


def _room(scope: Scope, ref: Ref, forms: dict[str, tuple[str, str]]) -> Room:
    event: Event = scope.of(ref, Event)
    options = scope.library.options
    sides: dict[str, list[Seat]] = {}
    for one in event.participants:
        person: Person = scope.of(one.person, Person)
        role = person.role_on(event.start.first)
        seat = Seat(person.name, scope.link(one.person), role, *forms[person.name])
        side = options.sides.get(person.side or "", scope.words("plan.others"))
        sides.setdefault(side, []).append(seat)
    return Room(
        scope.own_id(f"room-{ref.id}"),
        event.name,
        scope.link(ref),
        event.status == "held",
        status(scope.words, event),
        dates.shown(scope.words, event, options.time_zones).text,
        event.summary or "",
        list(sides.items()),
        [scope.source(item.source) for item in event.evidence],
    )


def _named(room: Room, right: list[str], beside: int) -> Plan:
    """For wide places: last names beside the seats, the sides' names over them."""
    return _plan(room, right, names=True, left=beside + 28, across=40, radius=8, pitch=25)


def _initialled(room: Room, right: list[str]) -> Plan:
    """For narrow places: seats large enough for initials."""
    return _plan(room, right, names=False, left=38, across=30, radius=16, pitch=37)


def _plan(
    room: Room, right: list[str], *, names: bool, left: int, across: int, radius: int, pitch: int
) -> Plan:
    """Seats downwards along both edges, in the order of the data; a further side follows below."""
    top = 26 if names else 2
    chairs: list[Chair] = []
    heads: list[Head] = []
    rows = {False: 0, True: 0}
    for side, seats in room.sides:
        edge = side in right
        if rows[edge]:
            rows[edge] += 1  # a gap, in which the further side's name has room
        x = left + across + radius + 4 if edge else left - radius - 4
        if names:
            over = top + rows[edge] * pitch if rows[edge] else top - 10
            heads.append(Head(left + across if edge else left, over, edge, side))
        for seat in seats:
            y = top + 4 + rows[edge] * pitch + pitch / 2
            chairs.append(Chair(x, y, edge, seat))
            rows[edge] += 1
    height = top + 8 + max(rows.values()) * pitch
    return Plan(names, 2 * left + across, height + 2, left, top, across, radius, chairs, heads)
