"""Who spoke when at an event: a bar for each turn on minutes from the beginning of the first.

Only how long each turn was is known. So a bar begins where the one before ends, and every moment
that follows from that alone is drawn as an open end; the sentences beside the drawing say so.
"""

from __future__ import annotations

from msgspec import Struct

from summitry.content.blocks import Turns
from summitry.content.kinds import Event
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.amounts import label, ticks
from summitry.pages.context import Scope
from summitry.pages.views import people
from summitry.words import dates
from summitry.words.catalogue import Words


class Minute(Struct, frozen=True):
    """A mark of the scale: where, in percent of the width, and its label."""

    at: float
    label: str


class TurnView(Struct, frozen=True):
    """A turn: whose, how long in words, its bar in percents of the width, and what that shows."""

    speaker: for_templates.PersonView
    minutes: str
    left: float
    width: float
    drawn: str
    sources: list[for_templates.SourceView]


class TurnsView(Struct, frozen=True):
    """The turns of an event on one scale, with what is told of it. `id` begins the ids in it."""

    id: str
    name: str
    marks: list[Minute]
    turns: list[TurnView]
    told: str


def of_block(scope: Scope, block: Turns) -> TurnsView:
    """The turns at the event of a block."""
    return turns(scope, block.of, scope.of(block.of, Event))


def turns(scope: Scope, ref: Ref, event: Event) -> TurnsView:
    """The turns at an event, which has some, in their order."""
    words = scope.words
    whole = sum(turn.minutes for turn in event.turns)
    marks = ticks(0, whole, "minutes")
    found, begun = [], 0.0
    for turn in event.turns:
        ended = begun + turn.minutes
        ends = sorted(_at(words, minute, marks[-1]) for minute in (begun, ended))
        speaker = people.person(scope, turn.speaker)
        found.append(
            TurnView(
                speaker,
                label(words, turn.minutes, "minutes"),
                ends[0],
                round(ends[1] - ends[0], 2),
                words(
                    "turns.bar",
                    name=speaker.name,
                    first=label(words, begun, "minutes"),
                    last=label(words, ended, "minutes"),
                ),
                [scope.source(item.source) for item in turn.evidence],
            )
        )
        begun = ended
    return TurnsView(
        scope.own_id(f"turns-{ref.id}"),
        event.name,
        [Minute(_at(words, n, marks[-1]), label(words, n, "minutes")) for n in marks],
        found,
        _told(scope, event, whole),
    )


def _at(words: Words, minute: float, last: float) -> float:
    """Percent of the width, in the page's direction; a margin at both ends, as labels need room."""
    share = minute / last
    return round(9 + 82 * (1 - share if words.rtl else share), 2)


def _told(scope: Scope, event: Event, whole: float) -> str:
    words = scope.words
    time = dates.shown(words, event, scope.library.clocks(event)).text
    known = event.start.moment is not None and event.precision == "exact"
    told = [
        words("turns.about"),
        words("turns.total", total=label(words, whole, "minutes")),
        words("turns.begun" if known else "turns.begun-open", time=time),
    ]
    return " ".join(told)
