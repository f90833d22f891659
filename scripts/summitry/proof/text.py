"""The normal form of a text, its paragraphs and its words.

Two copies of one text differ in quotation marks, dashes and blanks and still say the same.
Here they become the same sequence of tokens, by the rules of "How the proof works", format
version 1. Nothing but the standard library is used, so that a verifier can be written twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

IN, OUT, UNKNOWN = "in", "out", "unknown"  # of speech marks

# Unicode's White_Space and the characters that end a line, written out so that no version of
# Unicode or of a language changes them.
_BLANKS = "\t\x20\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
SINGLE_MARKS = "'‘’‚‛′ʼʹ`´‹›＇"
DOUBLE_MARKS = '"“”„‟″«»〝〞〟＂'
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
LONG_DASHES = "\u2014\u2015\u2e3a\u2e3b"
SEPARATOR = "—"

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_BLANK = re.compile(f"[{_BLANKS}]+")
_MARKS = str.maketrans(dict.fromkeys(SINGLE_MARKS, "'") | dict.fromkeys(DOUBLE_MARKS, '"'))
_SEPARATORS = re.compile(
    # an em dash, or several dashes in its place
    rf"[{HYPHENS}{LONG_DASHES}]*[{LONG_DASHES}][{HYPHENS}{LONG_DASHES}]*|[{HYPHENS}]{{2,}}"
    rf"|(?:(?<= )|^)[{HYPHENS}](?= |$)"  # any dash with blanks around it
    r"|(?<= )[\u2012\u2013\u2212](?=[^ \d])|[\u2012\u2013\u2212](?= )"  # with one blank
)
_SEPARATOR_RUN = re.compile(rf" *{SEPARATOR}(?: *{SEPARATOR})* *")
_HYPHEN = re.compile(f"[{HYPHENS}]")
_ELLIPSIS = re.compile(r"…|(?<!\.)\. \. \.(?!\.)")
_INNER_ELLIPSIS = re.compile(r"(?<=\w)(\.{3,})(?=\w)")
_SHARP = re.compile("[ßẞ]|[^ßẞ]+")
HEBREW = str.maketrans("\u05f3\u05f4", "'\"")  # geresh, gershayim
_LONG_LINE = 40  # characters; shorter lines are headings and items of lists
# At a word's edges, besides letters, marks and numbers: signs of money, of mathematics and
# others (a rouble is not a hryvnia, an emoji says something), and these.
_KEPT = frozenset("%‰&@#")
_SIGNS = frozenset({"Sc", "Sm", "So"})
_NO_SIGNS = frozenset("<=>|~")  # of mathematics by their category, and mostly ornament
_OPENERS = frozenset(" ([{")


class Token(NamedTuple):
    """A word with the punctuation before and after it, and whether it stands in speech marks."""

    before: str
    word: str
    after: str
    speech: str = UNKNOWN

    @property
    def key(self) -> str:
        """The word as it is compared: without regard to case."""
        return fold(self.word)


def fold(word: str) -> str:
    """A word as it is compared: without regard to case, but ß is not ss.

    The marks of Hebrew abbreviations are those that a keyboard writes for them.
    """
    folded = word.casefold() if word.isascii() else _SHARP.sub(_folded, word)
    return folded.translate(HEBREW)


def _folded(match: re.Match[str]) -> str:
    return "ß" if match[0] in "ßẞ" else match[0].casefold()


def lines(text: str) -> list[str]:
    """The lines of a text, by every character that ends one."""
    return _BREAKS.split(text)


@lru_cache(1 << 13)
def normal_form(line: str) -> str:
    """A line in normal form: chunks between single blanks, a separator standing alone."""
    line = _INVISIBLE.sub("", unicodedata.normalize("NFC", line))
    line = unicodedata.normalize("NFC", line).translate(_MARKS)  # what was kept apart joins
    line = _BLANK.sub(" ", line).strip(" ")
    line = _ELLIPSIS.sub("...", line)
    line = _INNER_ELLIPSIS.sub(r"\1 ", line)
    line = _SEPARATORS.sub(SEPARATOR, line)
    line = _SEPARATOR_RUN.sub(f" {SEPARATOR} ", line).strip(" ")
    return _HYPHEN.sub("-", line)


def _is_word_character(char: str) -> bool:
    category = unicodedata.category(char)
    sign = category in _SIGNS and char not in _NO_SIGNS
    return sign or category[0] in "LMN" or char in _KEPT


def split_chunk(chunk: str) -> tuple[str, str, str]:
    """A chunk as (punctuation before, word, punctuation after); the word may be empty."""
    start, end = 0, len(chunk)
    while start < end and not _is_word_character(chunk[start]):
        start += 1
    while end > start and not _is_word_character(chunk[end - 1]):
        end -= 1
    return chunk[:start], chunk[start:end], chunk[end:]


def tokens(line: str) -> list[Token]:
    """The words of one line of text, with the state of speech at each."""
    normal = normal_form(line)
    speech = _speech(normal)
    found: list[Token] = []
    waiting, position = "", 0
    for chunk in normal.split(" "):
        before, word, after = split_chunk(chunk)
        if word:
            found.append(Token(waiting + before, word, after, speech[position + len(before)]))
            waiting = ""
        elif found and not _opens(chunk, speech[position : position + len(chunk)]):
            # a mark that stands alone belongs to the word before it
            found[-1] = found[-1]._replace(after=found[-1].after + chunk)
        else:
            waiting += chunk
        position += len(chunk) + 1
    if found and waiting:  # marks that open a quotation of no words
        found[-1] = found[-1]._replace(after=found[-1].after + waiting)
    return found


def _opens(chunk: str, speech: list[str]) -> bool:
    """Whether a chunk without a word opens a quotation, and so belongs to what follows."""
    return any(char == '"' and state == IN for char, state in zip(chunk, speech, strict=True))


def _speech(normal: str) -> list[str]:
    """For each character, whether it stands in double quotation marks.

    A mark opens at the start and after a blank or an opening bracket, and closes elsewhere.
    Where that does not come out even, nothing is said about the whole line.
    """
    inside, states = False, []
    for i, char in enumerate(normal):
        if char == '"':
            opens = i == 0 or normal[i - 1] in _OPENERS
            if opens == inside:
                return [UNKNOWN] * len(normal)
            inside = opens
        states.append(IN if inside else OUT)
    return [UNKNOWN] * len(normal) if inside else states


def paragraphs(text: str) -> list[list[Token]]:
    """The paragraphs of a text: its lines that hold a word."""
    return [words for line in lines(text) if (words := tokens(line))]


def shown(words: Iterable[Token]) -> str:
    """Tokens as a line: one chunk a word, one blank between. `read` is its inverse."""
    return " ".join(t.before + t.word + t.after for t in words)


def read(line: str, speech: Iterable[str]) -> list[Token]:
    """Tokens from what `shown` wrote and the state of speech at each.

    Raises ValueError where the line is not one that `shown` writes.
    """
    states = list(speech)
    chunks = line.split(" ") if line else []
    if len(chunks) != len(states):
        raise ValueError(f"{len(chunks)} words and {len(states)} states of speech")
    found = [Token(*split_chunk(chunk), state) for chunk, state in zip(chunks, states, strict=True)]
    if not all(token.word for token in found):
        raise ValueError("punctuation stands alone")
    return found


def words(text: str) -> list[str]:
    """The words of a text as they are compared, whatever its lines."""
    return [token.key for line in lines(text) for token in tokens(line)]


@lru_cache(1 << 15)
def length(text: str) -> int:
    """How many words a text has."""
    return len(words(text))


def hard_wrapped(text: str) -> bool:
    """Whether line ends stand inside sentences, so that lines are not paragraphs."""
    found = lines(text)
    breaks = [(a.rstrip(), b.lstrip()) for a, b in pairwise(found)]
    breaks = [(a, b) for a, b in breaks if b and len(a) >= _LONG_LINE]
    inside = sum(a[-1].isalnum() or a[-1] == "," for a, b in breaks if b[0].islower())
    return inside >= 3 and inside * 5 >= len(breaks)


def positions(line: str, found: list[Token]) -> list[tuple[int, int]]:
    """Where each token's word stands in the line as written, as (start, end) in characters."""
    at, places = 0, []
    for token in found:
        match = _written(token.word).search(line, at)
        if match is None:
            raise ValueError(f"“{token.word}” is not in the line")
        places.append(match.span())
        at = match.end()
    return places


def _written(word: str) -> re.Pattern[str]:
    """Every way in which a line may write a word of the normal form."""
    hidden = f"[{INVISIBLE}]*"
    parts = re.split(r"(\.\.\.)", word)
    written = [
        r"(?:\.\.\.|…|\. \. \.)" if part == "..." else hidden.join(map(_variants, part))
        for part in parts
        if part
    ]
    return re.compile(hidden.join(written))


def _variants(char: str) -> str:
    known = {"'": SINGLE_MARKS, '"': DOUBLE_MARKS, "-": HYPHENS}
    if char in known:
        return f"[{re.escape(known[char])}]"
    return re.escape(char)
