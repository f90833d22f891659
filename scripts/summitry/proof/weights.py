"""Words that weigh: negations and numbers, which no editor may put in, leave out or replace.

The words are in `word_lists.json`, by language, with their origin. Those of every language
count in every source, except where one means something else in the source's language.
"""

from __future__ import annotations

import importlib.resources
import json
import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from summitry.proof.text import Token, fold, normal_form
from summitry.proof.unspaced import UNSPACED


class Weight(Enum):
    """What a word does to a sentence. `TURNING` words refuse, deny, fail, or nearly do."""

    NEGATION = "negations"
    TURNING = "turning"
    NUMBER = "numbers"
    ORDINAL = "ordinals"

    @property
    def negates(self) -> bool:
        """Whether the word turns what is said into its opposite."""
        return self in (Weight.NEGATION, Weight.TURNING)


class Weighed(Struct, frozen=True):
    """A word that weighs: its place among those asked about, as written, and how."""

    start: int
    end: int
    word: str
    weight: Weight


# Prefixes that Arabic and Hebrew write together with a word.
_CLITICS = re.compile("[והבלמשכ]{1,2}|[وفبلكس]{0,2}(?:ال)?")
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u0652\u0670\u0640]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Two letters or more, or V or X alone; I alone is a word, and C, D and M abbreviate too much.
_ROMAN = re.compile(r"(?=[IVXLC]{2}|[VX]\b)(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_PREFIXES = ("un", "im", "il", "ir", "non", "dis", "mis", "anti")  # of English words
_COMPOUNDING = ("de", "it", "nl")  # languages that write a number as one word
_LONGEST = 4  # characters of a word without blanks


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, dict[str, str]]]:
    file = importlib.resources.files(__package__).joinpath("word_lists.json")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(file.read_text("utf-8"))
    return found


@lru_cache(maxsize=64)
def _lists(language: str) -> tuple[dict[str, Weight], dict[str, Weight]]:
    """The words, and the stems of words, that weigh in a source of a language."""
    data, elsewhere = _data()["languages"], _data()["elsewhere"]
    words: dict[str, Weight] = {}
    stems: dict[str, Weight] = {}
    for weight in reversed(Weight):  # a negation before anything else
        for name, found in data.items():
            for word in found.get(weight.value, "").split():
                if name != language and language in str(elsewhere.get(word, "")).split():
                    continue
                if word.endswith("*"):
                    stems[fold(normal_form(word[:-1]))] = weight
                else:
                    words[fold(normal_form(word))] = weight
    for name, found in data.items():  # what a language itself says of a word
        if name == language:
            for weight in reversed(Weight):
                own = found.get(weight.value, "").split()
                words.update({fold(w): weight for w in own if not w.endswith("*")})
    return words, stems


@lru_cache(maxsize=1)
def _beginnings() -> tuple[str, ...]:
    """With what a number of several parts begins."""
    return ("ein", "een", *_parts())


@lru_cache(maxsize=1)
def _compound() -> re.Pattern[str]:
    ends = "|".join(sorted(_parts(), key=lambda word: (-len(word), word)))
    return re.compile(f"(?:ein|een|{ends})(?:und|en|ën)?(?:(?:{ends})(?:und|en|ën)?)+")


def _parts() -> set[str]:
    return {
        word
        for name in _COMPOUNDING
        for kind in (Weight.NUMBER, Weight.ORDINAL)
        for word in _data()["languages"][name][kind.value].split()
        if len(word) > 2
    }


def primary(language: str) -> str:
    """The language of a BCP 47 tag, without its region and script."""
    return language.partition("-")[0].lower()


def of_word(word: str, language: str = "") -> Weight | None:
    """How a word weighs in a source of a language, or None; of any if "" is given."""
    return _of_word(word, primary(language))


@lru_cache(maxsize=20_000)
def _of_word(word: str, language: str) -> Weight | None:
    plain = unicodedata.normalize("NFKC", _SELECTORS.sub("", word))
    key = normal_form(_POINTS.sub("", fold(plain)))
    if any(char.isnumeric() for char in plain) or _ROMAN.fullmatch(plain):
        return Weight.NUMBER
    parts = [part for part in re.split(r"[^\w']+", key) if part]
    for part in [key, *parts]:
        if found := _of_part(part, language):
            return found
    return None


def _of_part(part: str, language: str) -> Weight | None:
    words, stems = _lists(language)
    forms = [part, part.removesuffix("'s"), *_bare(part)]
    head, mark, tail = part.partition("'")
    if mark and tail:  # n'est, dell'uno
        forms += [head + mark, tail]
    for form in forms:
        if form in words:
            return words[form]
    if part.endswith("n't"):
        return Weight.NEGATION
    for form in forms:
        for length in range(3, len(form) + 1):
            if form[:length] in stems:
                return stems[form[:length]]
    is_like = len(part) < 60 and part.startswith(_beginnings())  # the pattern takes long to compile
    return Weight.NUMBER if is_like and _compound().fullmatch(part) else None


def _bare(part: str) -> list[str]:
    """A word without the prefixes that Arabic and Hebrew may have written with it."""
    most = _CLITICS.match(part)
    return [part[i:] for i in range(1, most.end() + 1) if len(part) - i > 1] if most else []


def weigh(tokens: Sequence[Token], language: str = "") -> list[Weighed]:
    """The words that weigh among some that stand in a row.

    Characters of scripts without blanks are read together: 拒绝, ない.
    """
    found: list[Weighed] = []
    for i, token in enumerate(tokens):
        if weight := of_word(token.word, language):
            found.append(Weighed(i, i + 1, token.word, weight))
        if not UNSPACED.match(token.word):
            continue
        for size in range(2, _LONGEST + 1):
            word = "".join(t.word for t in tokens[i : i + size])
            if i + size > len(tokens):
                break
            if weight := _lists(primary(language))[0].get(word):
                found.append(Weighed(i, i + size, word, weight))
    return found


def disguised(tokens: Sequence[Token], language: str = "") -> str:
    """What words that an editor put in read as, if they weigh only so: n-o-t, nöt, un.

    They are read without accents, blanks and punctuation, and as a prefix of the next word.
    """
    joined = "".join(token.word for token in tokens)
    letters = unicodedata.normalize("NFD", joined)
    plain = unicodedata.normalize("NFC", "".join(char for char in letters if char.isalpha()))
    if plain in _PREFIXES and primary(language) in ("", "en"):
        return plain
    weight = of_word(plain, language) if plain != joined or len(tokens) > 1 else None
    return plain if weight else ""


@lru_cache(maxsize=20_000)
def listed(word: str, kind: str) -> bool:
    """Whether a list of any language but those of weights has a word: magnitudes, continuing."""
    key = fold(word)
    for found in _data()["languages"].values():
        for one in found.get(kind, "").split():
            if key == one or (one.endswith("*") and key.startswith(one[:-1])):
                return True
    return False
