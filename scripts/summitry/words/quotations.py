"""What has to be said wherever the words of a quotation go: none of it may be left behind.

A page says how far words are proven, who translated them, what an editor's marks did to them and
that sources print other words. A description, a copied quotation, a picture, a feed or an embed
travels without the page, so each says the same, from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from summitry.content.kinds import Quote
from summitry.words import vocabulary

WORDINGS_DIFFER = "Wordings differ"
_TRANSLATIONS = {
    "official": "official translation",
    "interpreter": "as interpreted",
    "media": "translation in the media",
    "ours": "translation by this site",
}


def translated(quote: Quote) -> str:
    """`From Russian, official translation (the ministry)`, or "" where nothing was translated."""
    if not quote.translation:
        return ""
    said = _TRANSLATIONS[quote.translation.kind]
    if quote.translation.kind != "ours":
        said += f" ({quote.translation.by})"
    if quote.original:
        return f"From {vocabulary.language(quote.original.language)}, {said}"
    return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class Told:
    """What is true of displayed words, each part in words or "".

    state: how far they are proven. translation: who translated them. changed: `Abridged` or
    `Edited` where an editor's marks did that. beside: a negation that stands right beside the
    words, or what only an editor states of them. differ: that sources print other words.
    """

    state: str
    translation: str = ""
    changed: str = ""
    beside: str = ""
    differ: str = ""

    @property
    def parts(self) -> list[str]:
        """What there is to say, in the order in which a page says it."""
        every = (self.translation, self.state, self.changed, self.beside, self.differ)
        return [part for part in every if part]

    @property
    def text(self) -> str:
        """All of it in sentences: `From Russian, translation by this site. Wordings differ.`"""
        return "".join(f"{part}. " for part in self.parts).rstrip()
