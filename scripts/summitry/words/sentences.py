"""Texts that become sentences: with a stop at the end, and with no more than one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

_STOPS = (".", "?", "!", "…", "。", "؟")
_CLOSING = "”“’»›\"'」"  # a stop before a bracket may be that of a word such as etc.
_CITE = '<a class="cite"'
_VALUE_AND_STOP = re.compile(r"\{(\w+)\}\.(?=\s|\Z)")


def ended(text: str) -> str:
    """A text as a sentence: with its own stop, or with one, before the markers that cite for it.

    Markup stays markup. A text of nothing stays so.
    """
    said = _before_cites(text) if isinstance(text, Markup) else text.rstrip()
    seen = said.striptags() if isinstance(said, Markup) else said
    if not seen or seen.rstrip(_CLOSING).endswith(_STOPS):
        return text
    return said + "." + text[len(said) :].rstrip()


def _before_cites(text: Markup) -> Markup:
    """What stands before the markers at the end of a text."""
    said = text.rstrip()
    while said.endswith("</a>"):
        start = said.rfind("<a")
        if not said.startswith(_CITE, start):
            break
        said = said[:start].rstrip()
    return said


def with_stops(text: str, values: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    """A text to fill in and its values: where a stop follows a value, the value has it.

    So what ends in a stop of its own, such as `N. N.`, gets no second one.
    """
    found = {name: values.get(name) for name in _VALUE_AND_STOP.findall(text)}
    own = {name: ended(value) for name, value in found.items() if isinstance(value, str) and value}
    if not own:
        return text, values
    bare = _VALUE_AND_STOP.sub(lambda m: f"{{{m[1]}}}" if m[1] in own else m[0], text)
    return bare, {**values, **own}
