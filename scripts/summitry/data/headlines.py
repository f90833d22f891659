"""English titles with capitals, as Chicago's style prints them: *The Day in Two Parts*."""

from __future__ import annotations

import re

# What stays small within a title: articles, and short conjunctions and prepositions. Those that a
# title uses as adverbs more often (up, off, over) have their capital.
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on",
     "onto", "or", "per", "the", "to", "via", "vs", "with")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[:?!.—–]\s*|[“‘\"(\[«]|^['’])\W*$")


def headline(title: str) -> str:
    """A title in capitals, but for small words within it. Words with a capital stay as they are."""
    words = list(_WORD.finditer(title))
    found, last = list[str](), 0
    for number, word in enumerate(words):
        found += title[last : word.start()], _cased(title, word, number == len(words) - 1)
        last = word.end()
    return "".join((*found, title[last:]))


def _cased(title: str, word: re.Match[str], final: bool) -> str:
    text = word[0]
    if text != text.lower():
        return text
    first = bool(_BEGINS.search(title[: word.start()]))
    if text in _SMALL and not first and not final:
        return text
    return text[0].upper() + text[1:]
