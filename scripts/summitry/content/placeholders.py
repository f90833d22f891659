"""What `summitry init` and `summitry new` write to be replaced, and how it is known.

Such a text begins with the word for example, in a language of the interface, and a colon; what can
have no colon, such as a name or an address, is one of the values below. `.example` is a domain that
nobody can have, so no source stands at such an address.
"""

from __future__ import annotations

import re

WORDS = ("Example", "Beispiel", "Приклад", "Пример")
VALUES = frozenset(
    {
        "Ann Example",
        "Example Bay",
        "Example term",
        "Beispielbegriff",
        "Слово для прикладу",
        "Слово для примера",
        "we came by sea because the sea was calm",
        "https://news.example/talks-end",
        "https://news.example/licence",
    }
)
_TEXT = re.compile(rf"\[?(?:{'|'.join(WORDS)}): ")
# A file without one of these has none: looked for first, as most files have none.
_ANY = re.compile("|".join(map(re.escape, (*(f"{word}: " for word in WORDS), *VALUES))).encode())


def is_placeholder(text: str) -> bool:
    """Whether a text stands there to be replaced."""
    return text in VALUES or bool(_TEXT.match(text))


def may_hold(raw: bytes) -> bool:
    """Whether a file can hold such a text: none without it does."""
    return bool(_ANY.search(raw))
