"""Where a place is: a map around it, a plan of what lies close by, and in words what is near.

What words say and drawings show are the same places. Distances and directions come from the
coordinates in the places' own files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from math import floor, log10

from msgspec import Struct

from summitry.checks.whereabouts import Whereabouts
from summitry.content.blocks import PlacePlan
from summitry.content.kinds import Place
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.drawings import Drawing
from summitry.pictures import place_map, sphere
from summitry.pictures.locator_map_layout import MapPlace
from summitry.words.catalogue import Words
from summitry.words.sentences import ended

CLOSE = 30.0
"""Up to how many kilometres away something is close by, and has its place in a plan."""

_PLAN = 2  # other places are the fewest for a plan: two dots tell no more than the words
_MOST = 6  # places in a list, and fewer where another list is before it
_FARTHER = 4
_DIRECTED = 2000.0
"""Up to how many kilometres a direction is told: where the shortest way begins is no compass's way
to what lies on the other side of the globe."""

_COMPASS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


class NearView(Struct, frozen=True):
    """A place, and how far away it is and where, in words."""

    name: str
    href: str
    away: str


class Surroundings(Struct, frozen=True):
    """Places in the order of their distance, with a drawing where there is one; what it shows and
    does not, in sentences."""

    heading: str
    drawn: for_templates.DrawnView | None
    places: list[NearView]
    told: str
    credit: str


def around(scope: Scope, ref: Ref) -> list[Surroundings]:
    """What lies around a place: close by, and farther away; nothing where it has no position."""
    known = {one.ref: one for one in scope.library.positions()}
    if ref not in known:
        return []
    here, holding = known.pop(ref), _holding(scope, ref)
    others = _by_distance(here, (one for one in known.values() if one.ref not in holding))
    close = [one for one in others if _kilometres(here, one) <= CLOSE]
    farther = _whole([one for one in others if _kilometres(here, one) > CLOSE])
    words = scope.words
    if len(close) < _PLAN:
        near = [*close, *farther][:_MOST]
        return [_map(scope, here, near, words("near.nearest"), measured=True)]
    return [
        _plan(scope, here, close[:_MOST], words("near.close")),
        _map(scope, here, farther[:_FARTHER], words("near.farther")),
    ]


def plan(scope: Scope, block: PlacePlan) -> Surroundings:
    """The plan of a block: its places, measured from the first."""
    known = {one.ref: one for one in scope.library.positions()}
    here, *others = [known[ref] for ref in dict.fromkeys(block.of)]
    return _plan(scope, here, _by_distance(here, others), "")


def _whole(far: list[Whereabouts]) -> list[Whereabouts]:
    """From afar a city stands for what is in it."""
    there = {one.ref for one in far}
    return [one for one in far if one.within not in there]


def _holding(scope: Scope, ref: Ref) -> set[Ref]:
    """What a place is part of: how far it is from that says nothing."""
    found: set[Ref] = set()
    while (within := scope.of(ref, Place).contained_in) and within not in found:
        found.add(within)
        ref = within
    return found


def _by_distance(here: Whereabouts, others: Iterable[Whereabouts]) -> list[Whereabouts]:
    return sorted(others, key=lambda one: (_kilometres(here, one), one.ref))


def _direction(one: Whereabouts) -> sphere.Vector:
    return sphere.vector(one.latitude, one.longitude)


def _kilometres(here: Whereabouts, there: Whereabouts) -> float:
    return sphere.distance(_direction(here), _direction(there))


def away(words: Words, here: Whereabouts, there: Whereabouts) -> str:
    """How far away one place is from another and where: `about 420 km to the north`.

    Two digits count: coordinates are points in places that are larger.
    """
    kilometres = _kilometres(here, there)
    if kilometres < 1:
        return words("near.less", distance=words("near.kilometres", number="1"))
    whole = round(kilometres, min(0, 1 - floor(log10(kilometres))))
    number = words("near.kilometres", number=words.number(whole))
    told = words("near.about", distance=number)
    if kilometres > _DIRECTED:
        return told
    eighth = round(sphere.bearing(_direction(here), _direction(there)) / 45) % 8
    return words("near.way", distance=told, direction=words(f"near.{_COMPASS[eighth]}"))


def _views(scope: Scope, here: Whereabouts, others: Sequence[Whereabouts]) -> list[NearView]:
    return [NearView(one.name, scope.link(one.ref), away(scope.words, here, one)) for one in others]


def _described(words: Words, here: Whereabouts, views: Sequence[NearView]) -> str:
    """The same as a sentence, for who cannot see the drawing."""
    found = [words("near.of-name", name=one.name, distance=one.away) for one in views]
    listed = words("sign.semicolon").join(found)
    middle = words("near.from", name=here.name)
    return ended(f"{middle} {listed}") if found else ""


def _mark(one: Whereabouts, main: bool) -> MapPlace:
    return MapPlace(one.name, one.latitude, one.longitude, main, one.approximate)


def _map(
    scope: Scope,
    here: Whereabouts,
    others: Sequence[Whereabouts],
    heading: str,
    *,
    measured: bool = False,
) -> Surroundings:
    words, views = scope.words, _views(scope, here, others)
    unit = words("near.kilometres", number="{}")
    marks = tuple(_mark(one, main=False) for one in others)
    title = words("near.map", name=here.name)
    given = title, _described(words, here, views), _mark(here, main=True), marks, unit
    drawn = _drawn(scope, here.ref, Drawing(repr(given), partial(place_map.draw, *given)))
    told = [words("near.map-note", name=here.name)] if drawn else []
    told += [words("near.measured", name=here.name)] if others and measured else []
    credit = words("near.credit-land")
    return Surroundings(heading if others else "", drawn, views, " ".join(told), credit)


def _plan(
    scope: Scope, here: Whereabouts, others: Sequence[Whereabouts], heading: str
) -> Surroundings:
    words, views = scope.words, _views(scope, here, others)
    unit = words("near.kilometres", number="{}")
    marks = (_mark(here, main=True), *(_mark(one, main=False) for one in others))
    title = words("near.plan", name=here.name)
    given = title, _described(words, here, views), marks, unit, words("near.letter")
    drawn = _drawn(scope, here.ref, Drawing(repr(given), partial(place_map.plan, *given)))
    told = [words("near.plan-note")] if drawn else []
    told += [words("near.rough")] if drawn and any(one.rough for one in marks) else []
    told.append(words("near.measured", name=here.name))
    return Surroundings(heading, drawn, views, " ".join(told), words("near.credit"))


def _drawn(scope: Scope, ref: Ref, drawing: Drawing) -> for_templates.DrawnView | None:
    made = scope.illustrations.own(drawing)
    if not made.forms:
        return None
    return for_templates.DrawnView(
        id=scope.own_id(f"around-{ref.id}"),
        kind=made.kind,
        title=made.title,
        description=made.description,
        forms=made.forms,
        moments=[],
    )
