"""Who gives which answer to disputed questions: a row for each source, one origin after another.

A table, so that a screen reader reads each cell with its source and its question. Sources that go
back to one newsroom or document are one voice, and a reader sees which rows are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from string import ascii_uppercase

from markupsafe import Markup
from msgspec import Struct

from summitry.content.blocks import Voices
from summitry.content.kinds import Fact, Source
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.words.catalogue import Words

_LAST = "~"  # after every letter


class AnswerView(Struct, frozen=True):
    """An answer with the letter that stands for it, and how many sources and origins give it.

    `value` says of words in it that nothing proves that they are not proven yet.
    """

    letter: str
    value: Markup
    counted: str = ""


class PointView(Struct, frozen=True):
    """A disputed question with its number in the table and its answers."""

    number: int
    question: str
    href: str
    answers: list[AnswerView]


class VoiceRow(Struct, frozen=True):
    """A source, and what it answers to each question: nothing, one answer, or several."""

    source: for_templates.SourceView
    cells: list[list[AnswerView]]

    @property
    def letters(self) -> list[str]:
        """The letters in each cell."""
        return ["".join(one.letter for one in cell) for cell in self.cells]


class VoiceView(Struct, frozen=True):
    """An origin: its sources in rows, and where there are several what says that they are one.

    `name` is what it is called where it is compared with others.
    """

    name: str
    heading: str
    rows: list[VoiceRow]

    @property
    def answers(self) -> list[set[str]]:
        """The letters that any of its sources gives, for each question."""
        return [set().union(*cell) for cell in zip(*(r.letters for r in self.rows), strict=True)]

    @property
    def order(self) -> list[str]:
        """Those that answer the first question come first, by their answers, then the others."""
        return ["".join(sorted(one)) or _LAST for one in self.answers]


class VoiceTable(Struct, frozen=True):
    """The questions, the voices, and in sentences what the table shows.

    `pairs` are the voices that answer two or more of the same questions: in how many of these they
    agree, and which voices do.
    """

    points: list[PointView]
    voices: list[VoiceView]
    told: list[str]
    pairs: list[tuple[str, str]]


def voices(scope: Scope, block: Voices) -> VoiceTable:
    """The table of a block."""
    facts: list[Fact] = [scope.of(ref, Fact) for ref in block.of]
    points = [_point(scope, n, *one) for n, one in enumerate(zip(block.of, facts, strict=True), 1)]
    rows: dict[str, dict[str, VoiceRow]] = {}
    for column, fact in enumerate(facts):
        for answer, position in zip(points[column].answers, fact.positions, strict=True):
            for name in dict.fromkeys(item.source.id for item in position.evidence):
                of = rows.setdefault(scope.library.groups[name], {})
                if name not in of:
                    of[name] = VoiceRow(scope.source(Ref("sources", name)), [[] for _ in facts])
                of[name].cells[column].append(answer)
    found = sorted(
        (_voice(scope, of) for of in rows.values()),
        key=lambda one: (one.order, one.name.casefold()),
    )
    return VoiceTable(
        points,
        found,
        _told(scope.words, found, len(points)),
        _pairs(scope.words, found),
    )


def _point(scope: Scope, number: int, ref: Ref, fact: Fact) -> PointView:
    words, file = scope.words, scope.library.item(ref).path
    answers = [
        AnswerView(
            letter,
            scope.field(file, position.value),
            words(
                "voices.given",
                sources=words.count("counted.sources", len({e.source for e in position.evidence})),
                origins=words.count("voices.voices", scope.library.origins(position.evidence)),
            ),
        )
        for letter, position in zip(
            ascii_uppercase[: len(fact.positions)], fact.positions, strict=True
        )
    ]
    return PointView(number, fact.question or "", scope.link(ref), answers)


def _voice(scope: Scope, rows: dict[str, VoiceRow]) -> VoiceView:
    sources: list[Source] = [scope.of(Ref("sources", name), Source) for name in rows]
    name = _called(sources) or next(iter(rows.values())).source.publisher
    shown = sorted(
        rows.values(),
        key=lambda row: ([one or _LAST for one in row.letters], row.source.publisher.casefold()),
    )
    heading = ""
    if len(rows) > 1:
        known = _called(sources)
        key = "voices.one-named" if known else "voices.one"
        heading = scope.words.count(key, len(rows), name=known)
    return VoiceView(name, heading, shown)


def _called(sources: Iterable[Source]) -> str:
    """The agency whose copy the sources carry, or their publisher, where that is one; else ""."""
    kept = list(sources)
    for names in ({s.wire for s in kept} - {None}, {s.publisher for s in kept}):
        if len(names) == 1:
            return next(iter(names)) or ""
    return ""


def _told(words: Words, found: Sequence[VoiceView], questions: int) -> list[str]:
    """What the table shows: how many sources and voices, and whose sources differ."""
    count = sum(len(voice.rows) for voice in found)
    told = [
        words.count(
            "voices.about",
            questions,
            sources=words.count("counted.sources", count),
            voices=words.count("voices.voices", len(found)),
        )
    ]
    differing = [one.name for one in found if any(len(given) > 1 for given in one.answers)]
    if differing:
        told.append(words("voices.differ", names=words.list(list(dict.fromkeys(differing)))))
    return told


def _pairs(words: Words, found: Sequence[VoiceView]) -> list[tuple[str, str]]:
    """Voices with two questions or more in common: in how many they agree, and which they are."""
    groups: dict[tuple[int, int], list[str]] = {}
    for one, other in combinations(found, 2):
        common = [(a, b) for a, b in zip(one.answers, other.answers, strict=True) if a and b]
        if len(common) > 1:
            differing = sum(not a & b for a, b in common)
            pair = words.list([one.name, other.name])
            groups.setdefault((differing, -len(common)), []).append(pair)
    return [
        (
            words.count("voices.pair", -count, same=words.number(-count - differing)),
            words("sign.semicolon").join(groups[differing, count]),
        )
        for differing, count in sorted(groups)
    ]
