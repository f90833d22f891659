"""What has to be said wherever the words of a quotation go: none of it may be left behind.

A page says how far words are proven, who translated them, what an editor's marks did to them and
that sources print other words. A description, a copied quotation, a picture, a feed or an embed
travels without the page, so each says the same, from here.
"""

from __future__ import annotations

from msgspec import Struct

from summitry.content.kinds import Quote
from summitry.content.kinds.pieces import Voice
from summitry.words.catalogue import Words, capital
from summitry.words.sentences import ended


def state(words: Words, slug: str, origins: int, *, original: bool) -> str:
    """How far words are proven: `Words found in two independent reports`.

    `original` says that the words of the original were found, not those of their translation.
    """
    key = f"state.original-{slug}" if original else f"state.{slug}"
    return words.count(key, origins) if slug == "reports" else words(key)


def voice(words: Words, speaker: Voice) -> tuple[str, str]:
    """What stands where a speaker's name and role would, for words that no named person spoke."""
    if speaker.sign:
        return words("quote.lettering-on", what=speaker.sign), ""
    if speaker.nickname:
        return words("quote.nickname-by", who=speaker.nickname), ""
    who = capital(speaker.document or speaker.unnamed or "")
    return who, words("quote.unnamed") if speaker.unnamed else ""


def translated(words: Words, quote: Quote) -> str:
    """`From Russian, official translation (the ministry)`, or "" where nothing was translated."""
    if not quote.translation:
        return ""
    said = words(f"translation.{quote.translation.kind}")
    if quote.translation.kind != "ours":
        said = words("quote.translator", translation=said, who=quote.translation.by)
    if quote.original:
        language = words.language_name(quote.original.language)
        return words("quote.translated-from", language=language, translation=said)
    return capital(said)


class Told(Struct, frozen=True):
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
        return " ".join(map(ended, self.parts))
