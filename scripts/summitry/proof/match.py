"""Finds where a quotation stands in passages of a source, exactly.

Nothing here is fuzzy: a match follows the rules for omissions, brackets and punctuation
(`search`), for what stands at its ends and for case, or there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from msgspec.structs import replace

from summitry.proof import edges
from summitry.proof.cases import differing
from summitry.proof.marks import Bracket, Piece, Word
from summitry.proof.passages import Edit, Limits, Match, Passage, Rule
from summitry.proof.punctuation import ends_sentence
from summitry.proof.search import SHOWN_GAP, PieceSearch
from summitry.proof.text import Token


def find(
    pieces: list[Piece], passages: Sequence[Passage], limits: Limits | None = None
) -> list[Match]:
    """Every place where a quotation stands, best first, in the order of the passages."""
    limits = limits or Limits()
    places = [i for i, piece in enumerate(pieces) if isinstance(piece, Word)]
    if not places:
        return []
    first, last = places[0], places[-1]
    lead, tail = pieces[:first], pieces[last + 1 :]
    core = PieceSearch(pieces[first : last + 1], passages, limits)
    keys = core.first.keys
    found: list[Match] = []
    for at, passage in enumerate(passages):
        for start, token in enumerate(passage.units):
            if token is not None and token.key in keys:
                whole = (_complete(match, lead, tail, core) for match in core.run(at, start))
                found += islice((match for match in whole if match), 1)
    return sorted(found, key=lambda match: match.cost)


def _complete(
    match: Match, lead: list[Piece], tail: list[Piece], core: PieceSearch
) -> Match | None:
    """A match with what stands at its ends, if all rules for whole quotations hold."""
    if why := differing(match.cases, core.limits.language):
        if not core.limits.forgives(Rule.CASE):
            return None
        match = match.at_fault(why)
    for passage, at, why in match.unquoted:
        part = next(p for p in match.parts if p[0] == passage and p[1] < at < p[2])
        if _partner(core.passages[passage].units, part, at):
            if not core.limits.forgives(Rule.PUNCTUATION):
                return None
            match = match.at_fault(why)
        match = replace(match, notes=[*match.notes, why])
    bare = _with_ends(match, lead, tail, core)
    return _with_edges(bare, lead, tail, core) if bare else None


def _partner(units: Sequence[Token | None], part: tuple[int, int, int], at: int) -> bool:
    """Whether the partner of a mark of quotation before the word at `at` is in the part too."""
    _, start, end = part
    run = [token for token in units[start:end] if token]
    here = at - start
    closes, opens = '"' in run[here - 1].after, '"' in run[here].before
    opened = any('"' in token.before for token in run[1:here])
    closed = any('"' in token.after for token in run[here:-1])
    return (closes and opens) or (closes and opened) or (opens and closed)


def _with_ends(
    match: Match, lead: list[Piece], tail: list[Piece], core: PieceSearch
) -> Match | None:
    """A match with the brackets before and after its words.

    What such a bracket stands for cannot be told from the words. So the source's word beside
    it, unless a sentence ends between them, is opened and shown, and must not weigh.
    """
    for side, outer in (("before", lead), ("after", tail)):
        for piece in outer:
            if not isinstance(piece, Bracket):
                continue  # an omission at an end leaves nothing out that is claimed
            beside = piece is (outer[-1] if side == "before" else outer[0])
            token = _beside(match, side, core.passages) if beside else None
            if token is not None and token.word == "":
                return None  # it is hidden
            weighed = core.bracketed(match, piece, [token] if token else [])
            if weighed is None:
                return None
            match = _widened(weighed, side, 1) if token else weighed
            edit = Edit(piece.text, "", token.word if token else "")
            edits = [edit, *match.edits] if side == "before" else [*match.edits, edit]
            match = replace(match, edits=edits)
    return match


def _beside(match: Match, side: str, passages: Sequence[Passage]) -> Token | None:
    """The source's word beside a match in the same sentence; an empty one if it is hidden."""
    passage, start, _ = match.parts[0]
    if side == "after":
        passage, _, start = match.parts[-1]
    at = start - 1 if side == "before" else start
    tokens = passages[passage].units
    if not 0 <= at < len(tokens):
        return None
    edge = tokens[at] if side == "before" else tokens[start - 1]
    if edge is not None and ends_sentence(edge):
        return None
    return tokens[at] or Token("", "", "")


def _with_edges(
    match: Match, lead: list[Piece], tail: list[Piece], core: PieceSearch
) -> Match | None:
    """A match with the negations that stand beside it, if it cuts no number.

    Where a bracket stands at an end, the word beside it is known already.
    """
    language = core.limits.language
    notes, ends = list(match.notes), (match.parts[0], match.parts[-1])
    for side, outer in (("before", lead), ("after", tail)):
        if any(isinstance(piece, Bracket) for piece in outer):
            continue
        if side == "before":
            units = core.passages[ends[0][0]].units
            edge = edges.before(units, ends[0][1], core.first.token, language)
        else:
            units = core.passages[ends[1][0]].units
            edge = edges.after(units, ends[1][2], core.last.token, language)
        if edge.broken:
            if not core.limits.forgives(Rule.EDGE):
                return None
            match = match.at_fault(edge.broken)
        if edge.note:
            notes.append(edge.note)
            match = _widened(match, side, edge.reach)
    told = notes[len(match.notes) :]
    telling = [*match.telling, *told]
    return replace(match, notes=notes, telling=telling, beside=len(told))


def _widened(match: Match, side: str, count: int) -> Match:
    parts = list(match.parts)
    if side == "before":
        passage, start, end = parts[0]
        parts[0] = (passage, start - count, end)
    else:
        passage, start, end = parts[-1]
        parts[-1] = (passage, start, end + count)
    return replace(match, parts=parts)


def spans(match: Match, passages: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """What must be opened to show a match, in words of the format: its parts, short omissions."""
    found = [match.parts[0]]
    for gap, (passage, start, end) in zip(match.gaps, match.parts[1:], strict=True):
        last, first, _ = found[-1]
        if gap > SHOWN_GAP:
            found.append((passage, start, end))
        elif passage == last:
            found[-1] = (passage, first, end)
        else:
            found[-1] = (last, first, len(passages[last].units))
            found.append((passage, 0, end))
    return [passages[part[0]].span(part) for part in found]
