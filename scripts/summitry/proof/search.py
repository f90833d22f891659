"""The search for a quotation in passages, word by word, by the rules for its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from summitry.proof import speakers
from summitry.proof.marks import ELLIPSIS, Bracket, Gap, Piece, Word
from summitry.proof.passages import (
    MAX_GAP,
    MAX_GAPS,
    MAX_INSERTED,
    MAX_REPLACED,
    MIN_PART,
    Case,
    Edit,
    Limits,
    Match,
    Passage,
    Rule,
    size,
)
from summitry.proof.punctuation import begins, calls, free, junction, named, stops, unquoted
from summitry.proof.text import IN, OUT, UNKNOWN, Token
from summitry.proof.weights import Weight, disguised, weigh

MAX_STEPS = 30_000  # of one search; a quotation in an article takes a few hundred
SHOWN_GAP = 12  # an omission this short is opened, so that nobody leaves out a “not” unseen
SHORT_GAP = 3  # in one this short a number weighs too
_LONGEST = 400  # words left out, when it is asked which rule is broken
_MANY = 40  # omissions, likewise
_LARGEST = 12  # words of the source in whose place a bracket stands, likewise


class _SearchState(NamedTuple):
    """Which piece is to be matched next, and where; what was found so far."""

    piece: int
    passage: int
    at: int  # the word of the passage
    match: Match
    part: int = 0  # words found since the last omission
    last: Token | None = None  # the word found last


class PieceSearch:
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
        return _word(self.pieces[0])

    @property
    def last(self) -> Word:
        """The word that ends it."""
        return _word(self.pieces[-1])

    def run(self, passage: int, start: int) -> Iterator[Match]:
        """Every match that begins at a word of a passage: those that leave out least come first."""
        token, mine = self._token(passage, start), self.first.token
        match: Match | None = Match(parts=[(passage, start, start)])
        if token and begins(mine) != begins(token):
            why = f"before “{mine.word}” stands {named(mine.before)}, the source has "
            match = self._forgiven(match, Rule.PUNCTUATION, why + named(token.before))
        if match:
            yield from self._word(_SearchState(0, passage, start, match))

    def bracketed(self, match: Match, bracket: Bracket, replaced: Sequence[Token]) -> Match | None:
        """A match in which a bracket stands for some of the source's words, or for none."""
        found: Match | None = match
        if size(bracket.tokens) > MAX_INSERTED:
            why = f"a bracket puts in more than {MAX_INSERTED} words"
            found = self._forgiven(found, Rule.BRACKET, why)
        if size(replaced) > MAX_REPLACED:
            why = f"a bracket stands for more than {MAX_REPLACED} words"
            found = self._forgiven(found, Rule.BRACKET, why)
        for words, does in ((bracket.tokens, "puts in"), (replaced, "stands for")):
            if heavy := weigh(words, self.limits.language):
                why = f"a bracket {does} *{heavy[0].word}*"
                found = self._forgiven(found, Rule.WEIGHT, why)
        if word := disguised(bracket.tokens, self.limits.language):
            found = self._forgiven(found, Rule.WEIGHT, f"a bracket puts in *{word}*")
        return found

    def _forgiven(self, match: Match | None, rule: Rule, why: str) -> Match | None:
        """A match that breaks a rule, which is none unless the rule is forgiven."""
        return match.at_fault(why) if match and self.limits.forgives(rule) else None

    def _token(self, passage: int, at: int) -> Token | None:
        tokens = self.passages[passage].units
        return tokens[at] if 0 <= at < len(tokens) else None

    def _word(self, state: _SearchState) -> Iterator[Match]:
        """Match a word, then whatever follows it."""
        key = (
            state.piece, state.passage, state.at, len(state.match.gaps), min(state.part, 3),
        )  # fmt: skip
        self.steps += 1
        if key in self.failed or self.steps > MAX_STEPS:
            return
        word, token = self.pieces[state.piece], self._token(state.passage, state.at)
        if not isinstance(word, Word) or token is None or token.key not in word.keys:
            return
        match = self._with_word(state, word, token)
        if match is None:
            return
        after = state._replace(match=match, at=state.at + 1, part=state.part + 1, last=token)
        failed = True
        for found in self._after(after, word, token):
            failed = False
            yield found
        if failed:
            self.failed.add(key)

    def _with_word(self, state: _SearchState, word: Word, token: Token) -> Match | None:
        """A match with one word more, if what brackets add to it does not weigh."""
        match: Match | None = _stretched(state.match, state.at + 1)
        if match is None or not word.edited:
            case = Case(word.token.word, token.word, first=state.part == 0)
            return replace(match, cases=[*match.cases, case]) if match else None
        match = replace(match, edits=[*match.edits, Edit(word.token.word, token.word)])
        if word.token.key != token.key:
            for whole in (word.token, token):
                if heavy := weigh([whole], self.limits.language):
                    why = f"a bracket makes or unmakes *{heavy[0].word}*"
                    match = self._forgiven(match, Rule.WEIGHT, why)
        return match

    def _after(self, state: _SearchState, word: Word, token: Token) -> Iterator[Match]:
        """Every way to go on after a word."""
        onward = state._replace(piece=state.piece + 1)
        if onward.piece == len(self.pieces):
            if (ended := self._part_ended(state)) and (ended := self._ended(ended, word, token)):
                yield ended.match
        elif isinstance(following := self.pieces[onward.piece], Word):
            yield from self._adjacent(state, word, token, following)
        elif (isinstance(following, Gap) or stops(word.token) == stops(token)) and (
            ended := self._ended(onward, word, token)
        ):
            yield from self._onward(ended)

    def _onward(self, state: _SearchState) -> Iterator[Match]:
        """Go on with whatever piece it is: a word, an omission or a bracket."""
        piece = self.pieces[state.piece]
        if isinstance(piece, Bracket):
            yield from self._bracket(state, piece)
        elif isinstance(piece, Gap):
            yield from self._gap(state._replace(piece=state.piece + 1))
        else:
            yield from self._word(state)

    def _adjacent(
        self, state: _SearchState, word: Word, token: Token, following: Word
    ) -> Iterator[Match]:
        mine = word.token.after + following.token.before
        onward = state._replace(piece=state.piece + 1)
        beside = self._token(state.passage, state.at)
        if beside is not None:
            theirs = token.after + beside.before
            figures = token.word[-1].isnumeric() and beside.word[0].isnumeric()
            same, note = junction(mine, theirs, figures)
            match: Match | None = state.match
            text = ""
            if note or not same:
                text = f"after “{word.token.word}” stands {named(mine)}, "
                text += f"the source has {named(theirs)}"
            if note:
                match = replace(state.match, notes=[*state.match.notes, text])
            if not same and junction(mine, unquoted(theirs), figures)[0]:
                # a mark whose partner lies outside the words; `match` looks for it
                lacks = (state.passage, state.at, text)
                match = replace(state.match, unquoted=[*state.match.unquoted, lacks])
            elif not same:
                match = self._forgiven(match, Rule.PUNCTUATION, text)
            if match:
                yield from self._word(onward._replace(match=match))
        if ELLIPSIS.search(mine) and (ended := self._ended(onward, word, token)):
            yield from self._gap(ended)

    def _ended(self, state: _SearchState, word: Word, token: Token) -> _SearchState | None:
        """At an end only a question or an exclamation counts."""
        mine, theirs = calls(word.token.after), calls(token.after)
        if mine == theirs:
            return state
        why = f"after “{word.token.word}” stands {named(mine)}, the source has {named(theirs)}"
        match = self._forgiven(state.match, Rule.PUNCTUATION, why)
        return state._replace(match=match) if match else None

    def _part_ended(self, state: _SearchState) -> _SearchState | None:
        """A part between omissions is long enough to be compared."""
        if not self.omits or state.part >= MIN_PART:
            return state
        why = "a part of a single word between omissions cannot be compared"
        match = self._forgiven(state.match, Rule.PART, why)
        return state._replace(match=match) if match else None

    def _gap(self, state: _SearchState) -> Iterator[Match]:
        """Leave out words, in this paragraph or into the next."""
        ended = self._part_ended(state)
        if ended is None or len(state.match.gaps) >= self._most_gaps():
            return
        if len(state.match.gaps) >= self.limits.gaps:
            match = ended.match.at_fault(f"there are more than {MAX_GAPS} omissions")
            ended = ended._replace(match=match)
        here = len(self.passages[state.passage].units)
        least = 0 if self.limits.forgives(Rule.NOTHING_OMITTED) else 1
        most = _LONGEST if self.limits.forgives(Rule.GAP) else MAX_GAP
        for skipped in range(least, min(most, here - state.at - 1) + 1):
            yield from self._leap(ended, state.passage, state.at + skipped, skipped)
        beyond = state.passage + 1
        if not self._follows(beyond, state.passage):
            return
        for at in range(most - (here - state.at) + 1):
            first = self._token(beyond, at)
            if first and state.last and _one_state(state.last, first):
                yield from self._leap(ended, beyond, at, here - state.at + at)

    def _most_gaps(self) -> int:
        return _MANY if self.limits.forgives(Rule.GAPS) and self.limits.gaps else self.limits.gaps

    def _follows(self, beyond: int, passage: int) -> bool:
        if beyond >= len(self.passages):
            return False
        return self.passages[beyond].paragraph == self.passages[passage].paragraph + 1

    def _leap(self, state: _SearchState, passage: int, at: int, skipped: int) -> Iterator[Match]:
        piece, token = self.pieces[state.piece], self._token(passage, at)
        if isinstance(piece, Word) and (token is None or token.key not in piece.keys):
            return
        match = self._left_out(state, passage, at, skipped)
        if match is None:
            return
        match = replace(match, gaps=[*match.gaps, skipped], parts=[*match.parts, (passage, at, at)])
        onward = state._replace(match=match, passage=passage, at=at, part=0)
        yield from self._onward(onward)

    def _left_out(self, state: _SearchState, passage: int, at: int, skipped: int) -> Match | None:
        """What an omission leaves out is open to view, and does not weigh."""
        own, other = self.passages[state.passage].units, self.passages[passage].units
        left_out = own[state.at : at] if own is other else [*own[state.at :], *other[:at]]
        match: Match | None = state.match
        if skipped == 0 and own is other:
            why = "the mark of omission stands where the source leaves nothing out"
            match = match.at_fault(why) if match else None
        if skipped > MAX_GAP and match:
            match = match.at_fault(f"an omission leaves out more than {MAX_GAP} words")
        if skipped <= SHOWN_GAP and not all(left_out):
            match = self._forgiven(match, Rule.HIDDEN, "the proof does not open what a gap hides")
        if match and not all(left_out):
            notes = [*match.notes, f"the {skipped} words left out are not open to view here"]
            match = replace(match, notes=notes)
        if heavy := self._hidden(state, [token for token in left_out if token], skipped):
            match = self._forgiven(match, Rule.WEIGHT, f"a gap hides *{heavy}*")
        return self._one_speaker(match, state, passage, at) if match else None

    def _hidden(self, state: _SearchState, left_out: list[Token], skipped: int) -> str:
        """A word that weighs among those left out: a negation; in a short gap any."""
        spoken = state.last is not None and state.last.speech == IN
        # “A,” one said. “B”: what the reporter says between two parts of a speech may go
        own = [token for token in left_out if not (spoken and token.speech == OUT)]
        for one in weigh(own, self.limits.language):
            if one.weight is Weight.NEGATION or skipped <= SHORT_GAP:
                return one.word
        return ""

    def _one_speaker(
        self, match: Match, state: _SearchState, passage: int, at: int
    ) -> Match | None:
        own, other = self.passages[state.passage].units, self.passages[passage].units
        if passage == state.passage:
            joined = speakers.within(own, state.at, at)
        else:
            joined = speakers.across(own, state.at, other, at)
        if joined.broken and self.limits.same_speaker:
            notes, told = [*match.notes, speakers.STATED], [*match.telling, speakers.STATED]
            return replace(match, notes=notes, telling=told)
        if joined.broken:
            return self._forgiven(match, Rule.SPEAKERS, joined.broken)
        return replace(match, notes=[*match.notes, joined.note]) if joined.note else match

    def _bracket(self, state: _SearchState, bracket: Bracket) -> Iterator[Match]:
        """Words in brackets: as the source prints them, put in, or in place of a few."""
        if printed := self._printed(state, bracket):
            yield from self._onward(printed._replace(piece=state.piece + 1))
        replaced: list[Token] = []
        most = _LARGEST if self.limits.forgives(Rule.BRACKET) else 2 * MAX_REPLACED
        while len(replaced) <= most:
            if match := self._edited(state, bracket, replaced):
                match = _stretched(match, state.at + len(replaced))
                at = state.at + len(replaced)
                yield from self._onward(state._replace(piece=state.piece + 1, at=at, match=match))
            hidden = self._token(state.passage, state.at + len(replaced))
            if hidden is None or stops(hidden):  # no bracket stands for the end of a sentence
                return
            replaced.append(hidden)

    def _edited(self, state: _SearchState, bracket: Bracket, replaced: list[Token]) -> Match | None:
        match: Match | None = self.bracketed(state.match, bracket, replaced)
        following = self.pieces[state.piece + 1]
        mine = bracket.tokens[-1].after
        mine += following.token.before if isinstance(following, Word) else ""
        if match and replaced and free(replaced[-1].after) != free(mine):
            why = f"a bracket stands for {named(replaced[-1].after)} too"
            match = self._forgiven(match, Rule.PUNCTUATION, why)
        if match is None:
            return None
        edit = Edit(bracket.text, " ".join(token.word for token in replaced))
        return replace(match, edits=[*match.edits, edit], parts=list(match.parts))

    def _printed(self, state: _SearchState, bracket: Bracket) -> _SearchState | None:
        """The source itself prints the bracket."""
        count = len(bracket.tokens)
        theirs = [self._token(state.passage, state.at + i) for i in range(count)]
        if any(t is None or t.key != b.key for t, b in zip(theirs, bracket.tokens, strict=True)):
            return None
        if not (theirs[0] and "[" in theirs[0].before and theirs[-1] and "]" in theirs[-1].after):
            return None
        match = _stretched(state.match, state.at + count)
        return state._replace(match=match, at=state.at + count, part=state.part + count)


def _word(piece: Piece) -> Word:
    if not isinstance(piece, Word):
        raise TypeError("a search begins and ends with a word")
    return piece


def _stretched(match: Match, end: int) -> Match:
    passage, start, _ = match.parts[-1]
    return replace(match, parts=[*match.parts[:-1], (passage, start, end)])


def _one_state(before: Token, after: Token) -> bool:
    """Whether two paragraphs go on in one state of speech, as far as the marks tell."""
    return before.speech == after.speech or UNKNOWN in (before.speech, after.speech)
