"""Which rule a quotation breaks whose words stand in a source all the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace

from summitry.proof import marks, match
from summitry.proof.closest import MOST_SAID
from summitry.proof.marks import Piece, Word
from summitry.proof.passages import Limits, Passage, Rule


def broken(pieces: list[Piece], passages: Sequence[Passage], limits: Limits) -> str:
    """The rule that a quotation breaks, or the rules if there are several; "" for none.

    A rule is named only if the words stand once it alone is forgiven, or all are.
    """
    for rules in (*({rule} for rule in Rule), set(Rule)):
        found = match.find(pieces, passages, replace(limits, forgiven=frozenset(rules)))
        if found:
            best = min(found, key=lambda one: (len(one.faults), one.cost))
            return "; ".join(list(dict.fromkeys(best.faults))[:MOST_SAID])
    parts = _parts(pieces)
    if len(parts) > 1 and all(match.find(list(part), passages, limits) for part in parts):
        return "its parts stand in another order, or too far apart"
    return _across(pieces, passages, limits)


def _parts(pieces: list[Piece]) -> list[list[Piece]]:
    """The quotation between its omissions."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, Word):
            found[-1].append(piece)
            if marks.ELLIPSIS.search(piece.token.after):
                plain = marks.ELLIPSIS.sub("", piece.token.after)
                found[-1][-1] = replace(piece, token=piece.token._replace(after=plain))
                found.append([])
        elif isinstance(piece, marks.Gap):
            found.append([])
    return [part for part in found if part]


def _across(pieces: list[Piece], passages: Sequence[Passage], limits: Limits) -> str:
    """Whether the words run on from one paragraph into the next, or into several."""
    for run in _consecutive(passages):
        both = Passage(run[0].paragraph, [token for passage in run for token in passage.tokens])
        found = match.find(pieces, [both], limits) if len(run) > 1 else []
        if found:
            _, start, end = both.span(found[0].parts[0])
            ends = list(accumulate(len(passage.tokens) for passage in run))
            first = run[bisect_right(ends, start)].paragraph
            last = run[bisect_right(ends, end - 1)].paragraph
            return f"the words run from paragraph {first} into {last}; mark each break with […]"
    return ""


def _consecutive(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Passages in runs of paragraphs that follow one another."""
    runs: list[list[Passage]] = []
    for passage in passages:
        if runs and runs[-1][-1].paragraph + 1 == passage.paragraph:
            runs[-1].append(passage)
        else:
            runs.append([passage])
    return runs
