"""Editorial marks in a quotation: what is left out, put in, or spelt anew.

A quotation is read as words, omissions (`…`, `[…]`) and brackets (`[the president]`). What
an ellipsis means is not known from the quotation alone: it may stand in the source.
"""

from __future__ import annotations

import re

from msgspec import Struct

from summitry.proof import characters
from summitry.proof.reading import split_all
from summitry.proof.text import Token, fold, lines, normal_form, split_chunk
from summitry.proof.unspaced import CHARACTERS

ELLIPSIS = re.compile(r"\.{3,}")
MAX_WORDS = 200  # of a quotation that is compared; five times what may be quoted
# An omission in brackets, or words in brackets that stand by themselves.
_MARK = re.compile(
    r"(\[ ?\.{3,} ?\]|\( ?\.{3,} ?\)"
    rf"|(?:(?<!\w)|(?<=[{CHARACTERS}]))\[[^\[\]]*\](?:(?!\w)|(?=[{CHARACTERS}])))"
)
_INNER = re.compile(r"\[([^\[\]]*)\]")
_ENDINGS = frozenset({"s", "es", "d", "ed", "ing", "n", "en", "'s", "ly"})


class Word(Struct, frozen=True):
    """A word of the quotation; `keys` are the forms in which the source may have it."""

    token: Token
    keys: frozenset[str]
    edited: bool = False


class Gap(Struct, frozen=True):
    """An omission marked with brackets."""


class Bracket(Struct, frozen=True):
    """Words in brackets: put in, or in place of the source's."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words in the bracket."""
        return " ".join(token.word for token in self.tokens)


Piece = Word | Gap | Bracket


def unreadable(words: str) -> str:
    """Why words cannot be compared at all, or ""."""
    for finding in characters.findings(words):
        if finding.code != "not-nfc":
            return finding.message
    if reason := _brackets(normal_form(" ".join(lines(words)))):
        return reason
    made = pieces(words)
    found = sum(not isinstance(piece, Gap) for piece in made)
    if found > MAX_WORDS:
        return f"it has {found} words; more than {MAX_WORDS} are not compared"
    if not any(isinstance(piece, Word) for piece in made):
        return "there is no word in it" if words.strip() else "it is empty"
    return ""


def _brackets(normal: str) -> str:
    """Why the brackets of a quotation in normal form cannot be read, or ""."""
    for finding in characters.findings(_INNER.sub(r"\1", normal)):
        if finding.code == "mixed-scripts":
            return finding.message
    others = _INNER.sub(" ", normal)
    for inside in _INNER.findall(normal):
        if not _tokens(inside) and not ELLIPSIS.fullmatch(inside.strip()):
            return "a bracket holds no word"
        if letter := characters.look_alike(inside, others):
            return f"in a bracket stands {characters.named(letter)}, which passes for another"
    return ""


def pieces(quotation: str) -> list[Piece]:
    """A quotation as words, omissions and brackets, in their order."""
    found: list[Piece] = []
    for i, part in enumerate(_MARK.split(normal_form(" ".join(lines(quotation))))):
        if i % 2 == 0:
            found += [_word(token) for token in _tokens(part)]
        elif inside := _tokens(part[1:-1]):
            last = found[-1] if found else None
            if isinstance(last, Bracket):  # two in a row stand for one passage
                found[-1] = Bracket((*last.tokens, *inside))
            else:
                found.append(Bracket(tuple(inside)))
        elif not (found and isinstance(found[-1], Gap)):  # in a row they are one, as dots are
            found.append(Gap())
    return found


def literal(quotation: str) -> list[Piece]:
    """A quotation all of whose brackets and ellipses stand in the source."""
    normal = normal_form(" ".join(lines(quotation)))
    return [Word(token, frozenset({token.key})) for token in _tokens(normal)]


def _tokens(normal: str) -> list[Token]:
    """The words of a part in normal form; punctuation that stands alone joins a neighbour."""
    found: list[Token] = []
    waiting = ""
    for chunk in normal.split(" "):
        before, word, after = split_chunk(chunk)
        if word:
            found.append(Token(waiting + before, word, after))
            waiting = ""
        elif found:
            found[-1] = found[-1]._replace(after=found[-1].after + chunk)
        else:
            waiting += chunk
    return split_all(found)


def _word(token: Token) -> Word:
    """A word, and the source's forms of it where a bracket stands inside."""
    chunk = token.before + token.word + token.after
    marks = _INNER.findall(chunk)
    if not marks or split_chunk(_INNER.sub("", chunk))[1] == "":
        return Word(token, frozenset({token.key}))
    whole = split_chunk(_INNER.sub(r"\1", chunk))
    keys = {token.key, fold(whole[1])}
    if chunk.endswith("]") or chunk.rstrip(".,;:!?\"'").endswith("]"):
        ending = marks[-1].casefold()
        if ending in _ENDINGS:
            keys.add(fold(split_chunk(_INNER.sub("", chunk))[1]))
    plain = Token(whole[0], whole[1], whole[2])
    return Word(plain, frozenset(keys), edited=True)
