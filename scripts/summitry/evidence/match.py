"""Finds where a quotation stands in passages of a source, exactly.

A passage is a paragraph, of which some words may be hidden: the whole text has none hidden,
a proof hides all but its own. Nothing here is fuzzy: a match follows the rules for omissions,
brackets and punctuation, or there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from summitry.evidence.marks import ELLIPSIS, Bracket, Gap, Piece, Word, weighty
from summitry.evidence.text import UNKNOWN, Token

MAX_GAPS = 3
MAX_GAP = 60  # words
MIN_PART = 2  # words between omissions
MAX_REPLACED = 3  # words of the source in whose place a bracket stands
MAX_STEPS = 30_000  # of one search; a quotation in an article takes a few hundred
SHOWN_GAP = 3  # an omission this short is opened, so that nobody leaves out a “not”

_FREE = str.maketrans("", "", ",;:—- ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, counted from 1: its words, None where one is hidden."""

    paragraph: int
    tokens: Sequence[Token | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules allow; loosened only to say which rule a quotation breaks."""

    least_gap: int = 1
    most_gap: int = MAX_GAP
    gaps: int = MAX_GAPS
    part: int = MIN_PART
    replaced: int = MAX_REPLACED
    strict: bool = True  # about punctuation that ends a sentence
    weighty: bool = False  # whether negations and numbers may be left out or replaced


@dataclass(frozen=True, slots=True)
class Edit:
    """A change marked with brackets: what was put in, and the source's words there."""

    inserted: str
    replaced: str


@dataclass(slots=True)
class Match:
    """Where a quotation stands: parts as (passage, start, end), words counted from 0."""

    parts: list[tuple[int, int, int]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    speech: list[str] = field(default_factory=list)  # of each word that was found

    @property
    def cost(self) -> tuple[int, int]:
        """By what matches are compared: words left out, then brackets."""
        return sum(self.gaps), len(self.edits)


def find(
    pieces: list[Piece], passages: Sequence[Passage], limits: Limits | None = None
) -> list[Match]:
    """Every place where a quotation stands, best first, in the order of the passages."""
    limits = limits or Limits()
    first = next((i for i, piece in enumerate(pieces) if isinstance(piece, Word)), None)
    if first is None:
        return []
    found = []
    search = _Search(pieces, passages, limits)
    for at, passage in enumerate(passages):
        for start, token in enumerate(passage.tokens):
            if token is not None and token.key in _keys(pieces[first]):
                match = search.run(first, at, start)
                if match:
                    found.append(match)
    return sorted(found, key=lambda match: match.cost)


def _keys(piece: Piece) -> frozenset[str]:
    return piece.keys if isinstance(piece, Word) else frozenset()


@dataclass(frozen=True, slots=True)
class _State:
    """Which piece is to be matched next, and where; what was found so far."""

    piece: int
    passage: int
    at: int  # the word of the passage
    match: Match
    part: int = 0  # words found since the last omission


class _Search:
    """A depth-first search; a state that failed is not tried again, from whatever start.

    It takes a bounded number of steps, so that no text can make it run for ever: past that
    nothing more is found.
    """

    def __init__(self, pieces: list[Piece], passages: Sequence[Passage], limits: Limits) -> None:
        self.pieces, self.passages, self.limits = pieces, passages, limits
        self.failed: set[tuple[int, int, int, int, int]] = set()
        self.steps = 0

    def run(self, first: int, passage: int, start: int) -> Match | None:
        match = Match(parts=[(passage, start, start)])
        if first:
            bracket = self.pieces[first - 1]
            before = self._token(passage, start - 1)
            if isinstance(bracket, Bracket):
                said = before if before and not _ends_sentence(before) else None
                edited = self._edit(match, bracket, [said] if said else [])
                if edited is None:
                    return None
                match = edited
                match.parts = [(passage, start - 1 if said else start, start)]
        return self._word(_State(first, passage, start, match))

    def _token(self, passage: int, at: int) -> Token | None:
        tokens = self.passages[passage].tokens
        return tokens[at] if 0 <= at < len(tokens) else None

    def _word(self, state: _State) -> Match | None:
        """Match a word, then whatever follows it."""
        key = (
            state.piece, state.passage, state.at, len(state.match.gaps), min(state.part, 3),
        )  # fmt: skip
        self.steps += 1
        if key in self.failed or self.steps > MAX_STEPS:
            return None
        word, token = self.pieces[state.piece], self._token(state.passage, state.at)
        if not isinstance(word, Word) or token is None or token.key not in word.keys:
            return None
        match = _with_word(state, word, token)
        after = replace(state, match=match, at=state.at + 1, part=state.part + 1)
        found = next(self._after(after, word, token), None)
        if found is None:
            self.failed.add(key)
        return found

    def _after(self, state: _State, word: Word, token: Token) -> Iterator[Match]:
        """Every way to go on after a word."""
        following = self.pieces[state.piece + 1] if state.piece + 1 < len(self.pieces) else None
        if following is None:
            if self._part_long(state) and self._same_end(word, token):
                yield state.match
        elif isinstance(following, Word):
            yield from self._adjacent(state, word, token, following)
        elif isinstance(following, Gap):
            yield from self._gap(replace(state, piece=state.piece + 2), word, token)
        else:
            yield from self._bracket(replace(state, piece=state.piece + 1), word, token)

    def _adjacent(
        self, state: _State, word: Word, token: Token, following: Word
    ) -> Iterator[Match]:
        mine = word.token.after + following.token.before
        onward = replace(state, piece=state.piece + 1)
        beside = self._token(state.passage, state.at)
        if beside is not None:
            same, note = _junction(mine, token.after + beside.before)
            if same or not self.limits.strict:
                match = state.match
                if note:
                    text = f"punctuation after “{word.token.word}” differs from the source"
                    match = replace(match, notes=[*match.notes, text])
                if found := self._word(replace(onward, match=match)):
                    yield found
        if ELLIPSIS.search(mine):
            yield from self._gap(onward, word, token)

    def _gap(self, state: _State, word: Word, token: Token) -> Iterator[Match]:
        """Leave out words, in this paragraph or into the next of the same speech."""
        limits = self.limits
        if state.piece >= len(self.pieces):  # an omission at the end leaves nothing out
            if self._part_long(state) and self._same_end(word, token):
                yield state.match
            return
        if len(state.match.gaps) >= limits.gaps or not self._part_long(state):
            return
        if not self._same_end(word, token):
            return
        here = len(self.passages[state.passage].tokens)
        for skipped in range(limits.least_gap, min(limits.most_gap, here - state.at - 1) + 1):
            if found := self._leap(state, state.passage, state.at + skipped, skipped):
                yield found
        beyond = state.passage + 1
        if not self._follows(beyond, state.passage):
            return
        for at in range(limits.most_gap - (here - state.at) + 1):
            first = self._token(beyond, at)
            goes_on = first is not None and _one_speech(token, first)
            if goes_on and (found := self._leap(state, beyond, at, here - state.at + at)):
                yield found

    def _follows(self, beyond: int, passage: int) -> bool:
        if beyond >= len(self.passages):
            return False
        return self.passages[beyond].paragraph == self.passages[passage].paragraph + 1

    def _leap(self, state: _State, passage: int, at: int, skipped: int) -> Match | None:
        piece = self.pieces[state.piece]
        token = self._token(passage, at)
        bracket = isinstance(piece, Bracket)
        if not bracket and (token is None or token.key not in _keys(piece)):
            return None
        if skipped <= SHOWN_GAP and not self._may_leave_out(state, passage, at):
            return None
        match = replace(
            state.match,
            gaps=[*state.match.gaps, skipped],
            parts=[*state.match.parts, (passage, at, at)],
        )
        onward = replace(state, match=match, passage=passage, at=at, part=0)
        if isinstance(piece, Bracket):
            return next(self._bracket(onward, None, None), None)
        return self._word(onward)

    def _may_leave_out(self, state: _State, passage: int, at: int) -> bool:
        """A short omission is open to view, and holds no negation or number."""
        if passage == state.passage:
            left_out = list(self.passages[passage].tokens[state.at : at])
        else:
            left_out = [*self.passages[state.passage].tokens[state.at :]]
            left_out += self.passages[passage].tokens[:at]
        known = [word for word in left_out if word is not None]
        heavy = any(weighty(word) for word in known)
        return len(known) == len(left_out) and (self.limits.weighty or not heavy)

    def _bracket(self, state: _State, word: Word | None, token: Token | None) -> Iterator[Match]:
        """Words in brackets: as the source prints them, put in, or in place of a few."""
        bracket = self.pieces[state.piece]
        if not isinstance(bracket, Bracket):
            return
        if word and token and not self._same_end(word, token):
            return
        last = state.piece + 1 >= len(self.pieces)
        printed = self._printed(state, bracket)
        if printed:
            if last:
                yield printed.match
            elif found := self._word(replace(printed, piece=state.piece + 1)):
                yield found
        if last:
            end = token is not None and _ends_sentence(token)
            said = None if end else self._token(state.passage, state.at)
            match = self._edit(state.match, bracket, [said] if said else [])
            if match and self._part_long(state):
                yield _stretched(match, state.at + (1 if said else 0))
            return
        replaced: list[Token] = []
        for count in range(self.limits.replaced + 1):
            match = self._edit(state.match, bracket, replaced)
            if match:
                onward = replace(
                    state, piece=state.piece + 1, at=state.at + count,
                    match=_stretched(match, state.at + count),
                )  # fmt: skip
                yield from self._onward(onward)
            hidden = self._token(state.passage, state.at + count)
            if hidden is None:
                return
            replaced.append(hidden)

    def _onward(self, state: _State) -> Iterator[Match]:
        """What follows a bracket: a word, an omission, or another bracket."""
        piece = self.pieces[state.piece]
        if isinstance(piece, Word):
            if found := self._word(state):
                yield found
        elif isinstance(piece, Bracket):
            yield from self._bracket(state, None, None)

    def _printed(self, state: _State, bracket: Bracket) -> _State | None:
        """The source itself prints the bracket."""
        count = len(bracket.tokens)
        theirs = [self._token(state.passage, state.at + i) for i in range(count)]
        if any(t is None or t.key != b.key for t, b in zip(theirs, bracket.tokens, strict=True)):
            return None
        if not (theirs[0] and "[" in theirs[0].before and theirs[-1] and "]" in theirs[-1].after):
            return None
        match = _stretched(state.match, state.at + count)
        return replace(state, match=match, at=state.at + count, part=state.part + count)

    def _edit(self, match: Match, bracket: Bracket, replaced: list[Token]) -> Match | None:
        if not self.limits.weighty and any(weighty(t) for t in (*bracket.tokens, *replaced)):
            return None
        edit = Edit(bracket.text, " ".join(token.word for token in replaced))
        return replace(match, edits=[*match.edits, edit], parts=list(match.parts))

    def _part_long(self, state: _State) -> bool:
        """Whether a part between omissions is long enough to be compared."""
        return not self._has_gap() or state.part >= self.limits.part

    def _has_gap(self) -> bool:
        return any(
            isinstance(p, Gap) or (isinstance(p, Word) and ELLIPSIS.search(p.token.after))
            for p in self.pieces[:-1]
        )

    def _same_end(self, word: Word, token: Token) -> bool:
        """At an end only a question or an exclamation counts."""
        return not self.limits.strict or _calls(word.token.after) == _calls(token.after)


def spans(match: Match, passages: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """What must be opened to show a match: its parts, and short omissions between them."""
    found = [match.parts[0]]
    for gap, (passage, start, end) in zip(match.gaps, match.parts[1:], strict=True):
        last, first, _ = found[-1]
        if gap > SHOWN_GAP:
            found.append((passage, start, end))
        elif passage == last:
            found[-1] = (passage, first, end)
        else:
            found[-1] = (last, first, len(passages[last].tokens))
            found.append((passage, 0, end))
    return found


def _with_word(state: _State, word: Word, token: Token) -> Match:
    notes = state.match.notes
    if word.token.word != token.word and not word.edited:
        notes = [*notes, f"case differs: “{word.token.word}”, the source has “{token.word}”"]
    edits = state.match.edits
    if word.edited:
        edits = [*edits, Edit(word.token.word, token.word)]
    match = replace(state.match, notes=notes, edits=edits)
    return replace(_stretched(match, state.at + 1), speech=[*match.speech, token.speech])


def _stretched(match: Match, end: int) -> Match:
    passage, start, _ = match.parts[-1]
    return replace(match, parts=[*match.parts[:-1], (passage, start, end)])


def _calls(punctuation: str) -> str:
    return "".join(char for char in punctuation if char in "?!")


def _ends_sentence(token: Token) -> bool:
    return any(char in ".?!" for char in token.after)


def _junction(mine: str, theirs: str) -> tuple[bool, bool]:
    """Whether punctuation between two words is the same, and whether to note a difference."""
    a, b = mine.replace("'", '"'), theirs.replace("'", '"')
    if a == b:
        return True, False
    return a.translate(_FREE) == b.translate(_FREE), True


def _one_speech(before: Token, after: Token) -> bool:
    """Whether two paragraphs go on in one speech, as far as the marks tell."""
    return before.speech == after.speech or UNKNOWN in (before.speech, after.speech)
