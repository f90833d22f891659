"""Who sat, or was to sit, in a room: a table seen from above, and the names as lists.

Nobody's place at the table is known. People stand in the order of the data, each side together,
with the same size and colour for all; the template says so beside the drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from summitry.content.blocks import Rooms
from summitry.content.kinds import Event, Person
from summitry.content.values import Ref
from summitry.pages import for_templates, seating
from summitry.pages.context import Scope
from summitry.pages.seating import Plan, Seat
from summitry.pages.views.events import status
from summitry.words import dates
from summitry.words.catalogue import Words


class Room(Struct, frozen=True):
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


class RoomPlans(Struct, frozen=True):
    """Meetings side by side; `caption` says which sides stand where, and what the drawings are.

    `broad` where names are so long that fewer tables stand beside each other.
    """

    rooms: list[Room]
    caption: str
    broad: bool = False


def rooms(scope: Scope, block: Rooms) -> RoomPlans:
    """Meetings, drawn to one scale, each side on the same edge of all long tables."""
    events: list[Event] = [scope.of(ref, Event) for ref in block.of]
    people = dict.fromkeys(one.person for event in events for one in event.participants)
    forms = _forms({ref: scope.of(ref, Person) for ref in people})
    found = [_room(scope, ref, forms) for ref in block.of]
    sides = [[side for side, _ in room.sides] for room in found]
    edge = {} if block.table == "round" else seating.edges(sides)
    names = dict.fromkeys(side for row in sides for side in row)
    words = [seating.width(line) for _, lines in forms.values() for line in lines]
    words += [seating.width(side, bold=True) - 28 for side in names]
    beside = ceil(max(64, *words))
    round_ = [not seating.is_long(row, edge) for row in sides]
    drawn = [
        replace(
            room,
            plans=seating.plans(room.sides, edge, beside, round_=here, near_round=any(round_)),
        )
        for room, here in zip(found, round_, strict=True)
    ]
    at_edge = tuple([one for one in names if edge.get(one) is at] for at in (False, True))
    said = _caption(scope.words, found, at_edge, any(round_))
    broad = any(plan.width > seating.BROAD for room in drawn for plan in room.plans)
    return RoomPlans(drawn, said, broad)


def _caption(
    words: Words, rooms: Sequence[Room], at_edge: tuple[list[str], ...], any_round: bool
) -> str:
    """What stands under the drawings: of sides and of what was only planned where there is some."""
    count = len(rooms)
    left, right = map(words.row, at_edge)
    if right and not any_round:
        told = [words.count("plan.sides", count, left=left, right=right)]
    else:
        told = [words.count("plan.above", count)]
        told += [words("plan.mixed", left=left, right=right)] if right else []
    if not all(room.held for room in rooms):
        told.append(words("plan.planned"))
    return " ".join([*told, words.count("plan.note", count)])


def _forms(people: dict[Ref, Person]) -> dict[Ref, tuple[str, tuple[str, ...]]]:
    """Initials, and the lines of the short name, of each person; no two have the same lines."""
    some = list(people.values())
    each = zip(_initials(some), map(seating.lines, _short(some)), strict=True)
    return dict(zip(people, each, strict=True))


def _short(people: Sequence[Person]) -> list[str]:
    """What people are called; where two are the same, with the first letter of the given name,
    or in full."""
    called = _apart([person.called for person in people], [_with_letter(one) for one in people])
    return _apart(called, [person.name for person in people])


def _apart(texts: list[str], longer: list[str]) -> list[str]:
    """The texts, those that are the same in their longer form."""
    count = Counter(texts)
    return [one if count[one] == 1 else other for one, other in zip(texts, longer, strict=True)]


def _with_letter(person: Person) -> str:
    """`R. Reagan`; the whole name where it is not known what is the family name."""
    others = person.given or person.name.replace(person.family or "", "").strip()
    return f"{others[0]}. {person.family}" if person.family and others else person.name


def _initials(people: Sequence[Person]) -> list[str]:
    """Initials; where two are the same, with the second letter of the first name, or of the
    last one."""
    found = [for_templates.initials(one.name, one.family or "") for one in people]
    last = [(one.family or one.name.split()[-1])[1:2] for one in people]
    first = [f"{one.name[:2]}{two[1:]}" for one, two in zip(people, found, strict=True)]
    other = [f"{two}{more}" for two, more in zip(found, last, strict=True)]
    return _apart(_apart(found, first), other)


def _room(scope: Scope, ref: Ref, forms: dict[Ref, tuple[str, tuple[str, ...]]]) -> Room:
    event: Event = scope.of(ref, Event)
    options = scope.library.options
    sides: dict[str, list[Seat]] = {}
    for one in event.participants:
        person: Person = scope.of(one.person, Person)
        role = person.role_on(event.start.first)
        seat = Seat(person.name, scope.link(one.person), role, *forms[one.person])
        side = options.sides.get(person.side or "", scope.words("plan.others"))
        sides.setdefault(side, []).append(seat)
    return Room(
        scope.own_id(f"room-{ref.id}"),
        event.name,
        scope.link(ref),
        event.status == "held",
        status(scope.words, event),
        dates.shown(scope.words, event, scope.library.clocks(event)).text,
        event.summary or "",
        list(sides.items()),
        [scope.source(item.source) for item in event.evidence],
    )
