"""What a correction says: what stood somewhere and what stands there now."""

from __future__ import annotations

from summitry.content.kinds.pieces import Correction
from summitry.words.catalogue import Words

_ENDS = (".", "?", "!", "”", "“", "»")


def told(words: Words, one: Correction) -> str:
    """What stood there and what stands there now, in two sentences."""
    pairs = (("foot.was", one.was), ("foot.now", one.now))
    return " ".join(
        f"{words(key, text=text)}{'' if text.endswith(_ENDS) else '.'}" for key, text in pairs
    )
