"""The words by which a text says that there is none of something, or one alone, or none before.

Such a statement is true only of what was looked through, so a search has to stand behind it.
The lists name phrases, one by one, that speak of a record (`no page`, `the only`, `for the first
time`). Plain negation, degree and order are left out: `did not come`, `only a part` and `landed
first` are borne out by a source that says them, as anything else is. `never` is left out for
the same reason, and superlatives such as `largest`.

All lists are looked through, whatever the language of a text: no phrase of one is anything in
another. A phrase is a regular expression that begins and ends at the edge of a word; `…` in it
stands for a few words with no comma or stop among them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct

KEPT = 1 << 16  # texts of which it is known, while serving, what stands in them
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_A_FEW = r"[^.,;:?!]{1,60}?"  # what `…` stands for


class Sense(Struct, frozen=True):
    """One way to say a negative.

    `phrases` by language ask for a search. `said` are words with which a source's own passage
    says the same, in any language, so that the statement is the source's and asks for none.
    """

    phrases: dict[str, tuple[str, ...]]
    said: tuple[str, ...]


_PAPERS_EN = (
    "(?:pages?|sources?|reports?|accounts?|records?|texts?|transcripts?|documents?|"
    "published \\w+|evidence|explanation|answer|photographs?|pictures?|recordings?)"
)
_PAPERS_DE = "(?:Seiten?|Quellen?|Berichte?|Aufzeichnung(?:en)?|Texte?|Dokumente?|Belege?|Angaben)"
_PAPERS_UK = "(?:сторін\\w+|джерел\\w+|повідомлен\\w+|запис\\w*|текст\\w*|документ\\w*|доказ\\w*)"
_PAPERS_RU = "(?:страниц\\w*|источник\\w*|сообщени\\w+|запис\\w+|текст\\w*|документ\\w*|доказ\\w+)"

_NONE = {
    "en": (
        # Who quotes nobody and names no source is told of one page, which can be read.
        "(?<!name )(?<!names )(?<!quote )(?<!quotes )nobody",
        "no one",
        "(?<!names )(?<!gives )(?<!cites )no (?:other |official |public )?" + _PAPERS_EN,
        "(?:no|none|neither|nothing)…(?:was|were|be) found",
        "found (?:no|none|nothing)",
        "not (?:been |yet )?(?:published|released|made public|found)",
        "never (?:been )?(?:published|released|made public)",
        "unpublished",
        "(?:is|are|was|were) not (?:yet )?known",
        "nothing is known",
        "unknown",
    ),
    "de": (
        "niemand(?:em|en)?",
        "keine?[rsmn]? (?:andere[nrs]? |amtliche[nrs]? )?" + _PAPERS_DE,
        "kein…gefunden",
        "nicht (?:veröffentlicht|bekannt|gefunden)",
        "nie veröffentlicht",
        "unveröffentlicht\\w*",
        "unbekannt",
    ),
    "uk": (
        "ніхто",
        "нікого",
        "жодн\\w+ (?:інш\\w+ )?" + _PAPERS_UK,
        "жодн\\w+…не знайдено",
        "не (?:було )?(?:опубліков\\w+|оприлюдн\\w+|знайден\\w+|відом\\w+)",
        "невідом\\w+",
    ),
    "ru": (
        "никто",
        "никого",
        "ни од(?:ин|н\\w+) (?:друг\\w+ )?" + _PAPERS_RU,
        "не (?:был\\w* )?(?:опубликован\\w*|обнародован\\w*|найден\\w*|известн\\w*)",
        "неизвестн\\w+",
    ),
}
_ONLY = {
    "en": (
        "the only",
        "only one",
        "the one (?:official |public )?" + _PAPERS_EN,
        "the sole",
        "only…(?:mentions|prints|speaks of|says so)",
        "(?:it|he|she|they) alone",
    ),
    "de": (
        "(?:der|die|das|dem|den|des) einzigen?",
        "nur eine?[rsmn]?",
        "als einzige[rsn]?",
    ),
    "uk": ("єдин(?:ий|а|е|і|ого|ої|ому|им|ою)", "(?:лише|тільки) од\\w+"),
    "ru": ("единственн\\w+", "(?:лишь|только) од\\w+"),
}
_FIRST = {
    "en": (
        "for the first time",
        "first time",
        "first[- ]ever",
        "never before",
        "unprecedented",
        # One of several in a row is counted, not claimed: `the first of the two`.
        "(?:the|his|her|its|their) first"
        "(?! (?:of|is|was|days?|rounds?|two|three|articles?|sentences?|parts?|half|page))",
        "first…(?:since|ever)",
        "first…in…(?:years|months|decades|weeks)",
        "first…to (?:visit|meet|enter|set foot|return|travel|speak|do so)",
    ),
    "de": (
        "erstmals",
        "(?:zum|das) erste[ns]? Mal",
        "(?:der|die|das|dem|den|sein|ihr|seine|ihre) ersten?r?…seit",
        "noch nie",
        "beispiellos\\w*",
    ),
    "uk": ("[ву]перше", "перш(?:ий|а|е|ого|ої|им|ою)…(?:з|із|від|за)", "ніколи раніше"),
    "ru": ("впервые", "перв(?:ый|ая|ое|ого|ой|ым)…(?:с|со|за)", "никогда (?:раньше|прежде)"),
}

SENSES = {
    "none": Sense(_NONE, tuple(phrase for found in _NONE.values() for phrase in found)),
    "only": Sense(
        _ONLY,
        ("only", "sole", "alone", "einzig\\w*", "nur", "лише", "тільки", "єдин\\w+",
         "лишь", "только", "единственн\\w+"),
    ),
    "first": Sense(
        _FIRST,
        ("first", "never", "unprecedented", "erst\\w*", "перш\\w+", "[ву]перше", "перв\\w+",
         "впервые", "nie"),
    ),
}  # fmt: skip


class Negative(NamedTuple):
    """A phrase found in a text, where, and in which of the senses."""

    start: int
    text: str
    sense: str

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    each = "|".join(phrase.replace("…", rf"\b{_A_FEW}\b") for phrase in phrases)
    return re.compile(rf"\b(?:{each})\b", re.IGNORECASE)


@cache
def _asked() -> dict[str, re.Pattern[str]]:
    return {
        name: _pattern(tuple(phrase for found in sense.phrases.values() for phrase in found))
        for name, sense in SENSES.items()
    }


@cache
def _asked_in_latin() -> dict[str, re.Pattern[str]]:
    """For a text in small letters that has no Cyrillic ones: less than half of the work."""
    return {
        name: re.compile(_pattern((*sense.phrases["en"], *sense.phrases["de"])).pattern.lower())
        for name, sense in SENSES.items()
    }


@cache
def _said() -> dict[str, re.Pattern[str]]:
    return {name: _pattern(sense.said) for name, sense in SENSES.items()}


@lru_cache(KEPT)
def negatives(text: str) -> tuple[Negative, ...]:
    """The negatives of a text, in their order."""
    small, is_plain = text.lower(), not _CYRILLIC.search(text)
    if not is_plain or len(small) != len(text) or "ſ" in text:  # which is an s whatever its case
        small, is_plain = text, False
    found = [
        Negative(match.start(), text[match.start() : match.end()], name)
        for name, pattern in (_asked_in_latin() if is_plain else _asked()).items()
        for match in pattern.finditer(small)
    ]
    return tuple(sorted(found))


def says(passage: str, sense: str) -> bool:
    """Whether a source's own words say something in a sense."""
    return bool(_said()[sense].search(passage))
