"""What YAML's parser says of a text that it cannot read, in words for whoever wrote it."""

from __future__ import annotations

import re

_QUOTES = "write the value in quotation marks"
_BESIDE = "indent it like the lines beside it, and write `key: value`"
# By what is in the parser's own words, those of libyaml and those in Python; the first counts.
_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"escape", "this is no escape within double quotation marks",
     "type the character itself; or write single quotation marks, if \\ is to be seen"),
    (r"quoted scalar", "the quotation mark that begins the value is never closed", "close it"),
    (r"'\\t' that cannot start", "a tab stands in the indentation", "indent with spaces"),
    (r"cannot start any token", "no value begins with this character", _QUOTES),
    (r"anchor|alias", "& and * are marks of YAML", _QUOTES),
    (r"tag|directive", "! and % are marks of YAML", _QUOTES),
    (r"block scalar", "| and > are marks of YAML", _QUOTES),
    (r"plain scalar", "a colon stands here where no key can end", _QUOTES),
    (r"mapping values", "a colon stands here where no key can end", _QUOTES),
    (r"sequence entries", "a dash begins an item here where there can be none",
     "write each item on a line of its own, as far right as the others"),
    (r"simple key|expected ':'", "the line has no colon behind its key",
     "write `key: value`; or indent it, if it belongs to the line above"),
    (r"block collection|block sequence", "the line is no item of the list above it",
     "begin it with a dash, as far right as the items above"),
    (r"block mapping", "the line does not belong to the keys above it", _BESIDE),
    (r"flow mapping", "what stands in braces goes on here without a comma, or is not closed",
     "write a comma between its parts, and } behind the last"),
    (r"flow sequence", "what stands in brackets goes on here without a comma, or is not closed",
     "write a comma between its items, and ] behind the last"),
    (r"flow node|block node", "a value is missing here, or a bracket or comma is too many",
     "write the value, or delete the bracket or comma"),
    (r"document", "the keys end here", _BESIDE),
)  # fmt: skip


def told(context: str, problem: str) -> tuple[str, str]:
    """What is wrong and how to mend it, by the context and the problem that the parser names."""
    said = f"{context} {problem}"
    for words, message, hint in _WORDS:
        if re.search(words, said):
            return message, hint
    return "YAML cannot read this line", f"{_BESIDE}, and {_QUOTES} if it has marks of its own"
