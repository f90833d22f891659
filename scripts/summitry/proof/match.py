"""Finds where a quotation stands in passages of a source, exactly.

A passage is a paragraph, of which some words may be hidden: the whole text has none hidden,
a proof hides all but its own. Nothing here is fuzzy: a match follows the rules for omissions,
brackets and punctuation, or there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from summitry.proof.marks import ELLIPSIS, Bracket, Gap, Piece, Word, weighty
from summitry.proof.punctuation import begins, calls, ends_sentence, junction, stops
from summitry.proof.text import IN, OUT, UNKNOWN, Token

MAX_GAPS = 3
MAX_GAP = 60  # words
MIN_PART = 2  # words between omissions
MAX_REPLACED = 3  # words of the source in whose place a bracket stands
MAX_STEPS = 30_000  # of one search; a quotation in an article takes a few hundred
SHOWN_GAP = 3  # an omission this short is opened, so that nobody leaves out a “not”


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
    """A change marked with brackets: what was put in, and the source's words there.

    At an end of a quotation it cannot be told what the bracket stands for: `beside` is the
    source's next word in the same sentence.
    """

    inserted: str
    replaced: str
    beside: str = ""


@dataclass(slots=True)
class Match:
    """Where a quotation stands: parts as (passage, start, end), words counted from 0."""

    parts: list[tuple[int, int, int]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def cost(self) -> tuple[int, int]:
        """By what matches are compared: words left out, then brackets."""
        return sum(self.gaps), len(self.edits)


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
    core = _Search(pieces[first : last + 1], passages, limits)
    keys = core.first.keys
    found = []
    for at, passage in enumerate(passages):
        for start, token in enumerate(passage.tokens):
            if token is not None and token.key in keys:
                match = core.run(at, start)
                if match and (match := _with_ends(match, lead, tail, passages, limits)):
                    found.append(match)
    return sorted(found, key=lambda match: match.cost)


def _with_ends(
    match: Match,
    lead: list[Piece],
    tail: list[Piece],
    passages: Sequence[Passage],
    limits: Limits,
) -> Match | None:
    """A match with the brackets before and after its words.

    What such a bracket stands for cannot be told from the words. So the source's word beside
    it, unless a sentence ends between them, is opened and shown, and must not be weighty.
    """
    edits = list(match.edits)
    for side, outer in (("before", lead), ("after", tail)):
        for piece in outer:
            if not isinstance(piece, Bracket):
                continue  # an omission at an end leaves nothing out that is claimed
            beside = piece is (outer[-1] if side == "before" else outer[0])
            token = _beside(match, side, passages) if beside else None
            if token is not None and token.word == "":
                return None  # it is hidden
            said = [*piece.tokens, *([token] if token else [])]
            if not limits.weighty and any(weighty(word) for word in said):
                return None
            if token:
                match = _widened(match, side)
            edit = Edit(piece.text, "", token.word if token else "")
            edits = [edit, *edits] if side == "before" else [*edits, edit]
    return replace(match, edits=edits)


def _beside(match: Match, side: str, passages: Sequence[Passage]) -> Token | None:
    """The source's word beside a match in the same sentence; an empty one if it is hidden."""
    passage, start, _ = match.parts[0]
    if side == "after":
        passage, _, start = match.parts[-1]
    at = start - 1 if side == "before" else start
    tokens = passages[passage].tokens
    if not 0 <= at < len(tokens):
        return None
    edge = tokens[at] if side == "before" else tokens[start - 1]
    if edge is not None and ends_sentence(edge):
        return None
    return tokens[at] or Token("", "", "")


def _widened(match: Match, side: str) -> Match:
    parts = list(match.parts)
    if side == "before":
        passage, start, end = parts[0]
        parts[0] = (passage, start - 1, end)
    else:
        passage, start, end = parts[-1]
        parts[-1] = (passage, start, end + 1)
    return replace(match, parts=parts)


@dataclass(frozen=True, slots=True)
class _State:
    """Which piece is to be matched next, and where; what was found so far."""

    piece: int
    passage: int
    at: int  # the word of the passage
    match: Match
    part: int = 0  # words found since the last omission
    last: Token | None = None  # the word found last


class _Search:
    """A depth-first search for pieces that begin and end with a word.

    A state that failed is not tried again, from whatever start. The steps are bounded, so
    that no text can make it run for ever: past that nothing more is found.
    """

    def __init__(self, pieces: list[Piece], passages: Sequence[Passage], limits: Limits) -> None:
        self.pieces, self.passages, self.limits = pieces, passages, limits
        self.failed: set[tuple[int, int, int, int, int]] = set()
        self.steps = 0
        self.omits = any(
            isinstance(p, Gap) or (isinstance(p, Word) and ELLIPSIS.search(p.token.after))
            for p in pieces[:-1]
        ) or any(isinstance(p, Word) and ELLIPSIS.search(p.token.before) for p in pieces[1:])

    @property
    def first(self) -> Word:
        """The word that begins it."""
        word = self.pieces[0]
        if not isinstance(word, Word):
            raise TypeError("a search begins with a word")
        return word

    def run(self, passage: int, start: int) -> Match | None:
        """The match that begins at a word of a passage."""
        token = self._token(passage, start)
        mine = self.first.token
        if self.limits.strict and token and begins(mine) != begins(token):
            return None
        return self._word(_State(0, passage, start, Match(parts=[(passage, start, start)])))

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
        after = replace(state, match=match, at=state.at + 1, part=state.part + 1, last=token)
        found = next(self._after(after, word, token), None)
        if found is None:
            self.failed.add(key)
        return found

    def _after(self, state: _State, word: Word, token: Token) -> Iterator[Match]:
        """Every way to go on after a word."""
        onward = replace(state, piece=state.piece + 1)
        if onward.piece == len(self.pieces):
            if self._part_long(state) and self._same_end(word, token):
                yield state.match
        elif isinstance(following := self.pieces[onward.piece], Word):
            yield from self._adjacent(state, word, token, following)
        elif self._same_end(word, token) and stops(word.token) == stops(token):
            yield from self._onward(onward)

    def _onward(self, state: _State) -> Iterator[Match]:
        """Go on with whatever piece it is: a word, an omission or a bracket."""
        piece = self.pieces[state.piece]
        if isinstance(piece, Bracket):
            yield from self._bracket(state, piece)
        elif isinstance(piece, Gap):
            yield from self._gap(replace(state, piece=state.piece + 1))
        elif found := self._word(state):
            yield found

    def _adjacent(
        self, state: _State, word: Word, token: Token, following: Word
    ) -> Iterator[Match]:
        mine = word.token.after + following.token.before
        onward = replace(state, piece=state.piece + 1)
        beside = self._token(state.passage, state.at)
        if beside is not None:
            same, note = junction(mine, token.after + beside.before)
            if same or not self.limits.strict:
                match = state.match
                if note:
                    text = f"punctuation after “{word.token.word}” differs from the source"
                    match = replace(match, notes=[*match.notes, text])
                if found := self._word(replace(onward, match=match)):
                    yield found
        if ELLIPSIS.search(mine) and self._same_end(word, token):
            yield from self._gap(onward)

    def _gap(self, state: _State) -> Iterator[Match]:
        """Leave out words, in this paragraph or into the next of the same speech."""
        limits = self.limits
        if len(state.match.gaps) >= limits.gaps or not self._part_long(state):
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
            goes_on = first and state.last and _one_speech(state.last, first)
            if goes_on and (found := self._leap(state, beyond, at, here - state.at + at)):
                yield found

    def _follows(self, beyond: int, passage: int) -> bool:
        if beyond >= len(self.passages):
            return False
        return self.passages[beyond].paragraph == self.passages[passage].paragraph + 1

    def _leap(self, state: _State, passage: int, at: int, skipped: int) -> Match | None:
        piece, token = self.pieces[state.piece], self._token(passage, at)
        if isinstance(piece, Word) and (token is None or token.key not in piece.keys):
            return None
        if skipped <= SHOWN_GAP and not self._may_leave_out(state, passage, at):
            return None
        match = replace(
            state.match,
            gaps=[*state.match.gaps, skipped],
            parts=[*state.match.parts, (passage, at, at)],
        )
        onward = replace(state, match=match, passage=passage, at=at, part=0)
        return next(self._onward(onward), None)

    def _may_leave_out(self, state: _State, passage: int, at: int) -> bool:
        """A short omission is open to view, and holds no negation or number."""
        if passage == state.passage:
            left_out = list(self.passages[passage].tokens[state.at : at])
        else:
            left_out = [*self.passages[state.passage].tokens[state.at :]]
            left_out += self.passages[passage].tokens[:at]
        known = [word for word in left_out if word is not None]
        # “A,” one said. “B”: what the reporter says between two parts of a speech may be left out
        spoken = state.last is not None and state.last.speech == IN
        heavy = any(weighty(word) for word in known if not (spoken and word.speech == OUT))
        return len(known) == len(left_out) and (self.limits.weighty or not heavy)

    def _bracket(self, state: _State, bracket: Bracket) -> Iterator[Match]:
        """Words in brackets: as the source prints them, put in, or in place of a few."""
        if printed := self._printed(state, bracket):
            yield from self._onward(replace(printed, piece=state.piece + 1))
        replaced: list[Token] = []
        for count in range(self.limits.replaced + 1):
            if match := self._edit(state.match, bracket, replaced):
                match = _stretched(match, state.at + count)
                onward = replace(state, piece=state.piece + 1, at=state.at + count, match=match)
                yield from self._onward(onward)
            hidden = self._token(state.passage, state.at + count)
            if hidden is None or stops(hidden):  # no bracket stands for the end of a sentence
                return
            replaced.append(hidden)

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
        return not self.omits or state.part >= self.limits.part

    def _same_end(self, word: Word, token: Token) -> bool:
        """At an end only a question or an exclamation counts."""
        return not self.limits.strict or calls(word.token.after) == calls(token.after)


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
    return _stretched(replace(state.match, notes=notes, edits=edits), state.at + 1)


def _stretched(match: Match, end: int) -> Match:
    passage, start, _ = match.parts[-1]
    return replace(match, parts=[*match.parts[:-1], (passage, start, end)])


def _one_speech(before: Token, after: Token) -> bool:
    """Whether two paragraphs go on in one speech, as far as the marks tell."""
    return before.speech == after.speech or UNKNOWN in (before.speech, after.speech)
