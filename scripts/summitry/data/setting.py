"""What pages need to know besides content: where the site stands, and what git says of it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from summitry.data.history import UNKNOWN, History
from summitry.words.catalogue import Words, words_of


def nowhere(path: str) -> str:
    """No address: where a site has no repository, no file can be changed there."""
    del path
    return ""


class Setting(Struct, frozen=True):
    """The site's name and its address with one slash at the end.

    `edit_url` gives the address where a file of the project can be changed, or "".
    """

    name: str
    url: str
    description: str = ""
    language: str = "en"
    edit_url: Callable[[str], str] = nowhere
    history: History = UNKNOWN

    @property
    def words(self) -> Words:
        """The words of the site's language."""
        return words_of(self.language)
