"""Words in YAML as their author wrote them, what YAML would do to them, and the cure.

YAML takes ` #` for a comment, `: ` for a key and `[`, `*` or `@` for marks of its own. The
cure is the same words in quotation marks.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from summitry.proof.characters import named

Kind = Literal["words", "quoted", "brackets", "remark"]


class Written(Struct, frozen=True):
    """Something as it was written: from `start` to `end`, and the words that it means.

    `at` is where YAML would cut it or misread it, if it would; `why` says how. A remark is a
    comment that shares its line with what no quotation marks protect.
    """

    start: int
    end: int
    words: str
    kind: Kind = "words"
    at: int = -1
    why: str = ""

    @property
    def unsafe(self) -> bool:
        """Whether YAML cannot read it as it is meant."""
        return self.at >= 0


def quoted(words: str) -> str:
    """Words as a YAML scalar in quotation marks. A tab between them is a blank."""
    words = re.sub(r"[ \t]*\t[ \t]*", " ", words)
    if "\n" in words:
        escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return "'" + words.replace("'", "''") + "'" if '"' in words or "\\" in words else f'"{words}"'


_WHYS = {
    "#": (
        "cut-value",
        "YAML takes # and what follows for a comment, as stands on a line of its own",
    ),
    ",": ("cut-value", "YAML takes the comma for the end of the value"),
    "remark": ("cut-value", "a comment stands behind what is not in quotation marks"),
    "shallow": ("cut-value", "YAML takes this line for a comment and leaves it out"),
    "": ("cut-value", "YAML does not read here what stands here"),
    "&": ("yaml-feature", "YAML takes & for the mark of an anchor"),
    "*": ("yaml-feature", "YAML takes * for the mark of an alias"),
    "!": ("yaml-feature", "YAML takes ! for the mark of a tag"),
    ":": ("yaml-syntax", "YAML takes the colon for the end of a key"),
    "[": ("yaml-syntax", "YAML takes [ for the beginning of a list"),
    "{": ("yaml-syntax", "YAML takes { for the beginning of a mapping"),
    "keyless": ("yaml-syntax", "the line has no colon behind its key"),
    "within": ("yaml-syntax", "a comment stands within a value, which YAML ends before it"),
    "unclosed": ("yaml-syntax", "the quotation mark that begins the value is never closed"),
    "after": ("yaml-syntax", "words follow the quotation mark that closes the value"),
}


def told(one: Written) -> tuple[str, str, str]:
    """The code, the message and the cure of something that YAML misreads."""
    other = "yaml-syntax", f"YAML does not let a value begin with {one.why}"
    code, message = _WHYS.get(one.why, other)
    if one.why == "shallow":
        return code, message, "indent it like the lines above it"
    if one.why == "within":
        return code, message, "put the comment above the key"
    if one.why == "keyless":
        return (code, *_keyless(one.words, message))
    if one.kind == "remark":
        return code, message, "put the comment on a line of its own"
    if one.kind == "brackets" and (whole := _closed(one.words)):
        what = "list" if one.why == "[" else "mapping"
        message = f"the {what} that begins here, or something in it, is never closed"
        words = "" if "{" in whole else f"; or, if these are words, {quoted(one.words)}"
        return code, message, f"write {whole}{words}"
    return code, message, f"write it in quotes: {quoted(one.words)}"


def _keyless(words: str, message: str) -> tuple[str, str]:
    """What is wrong with a line without a key, and the cure; a colon of another script is named."""
    if found := _OTHER_COLON.match(words):
        key, sign, value = found.groups()
        return f"{named(sign)} stands behind the key for a colon", f"write {key}: {value}"
    return message, "write `key: value`; or indent it, if it belongs to the line above"


_OTHER_COLON = re.compile(
    r"([\w-]+)\s*([\uff1a\ufe55\ufe13\ua789\u2236\u05c3\u02d0])\s*(.*)", re.DOTALL
)
_PAIRS = {"[": "]", "{": "}"}
_SIGN = re.compile(r"""[\[\]{}]|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")


def _closed(words: str) -> str:
    """The words with every bracket closed; "" if nothing lacks."""
    waiting, made, last = list[str](), "", 0
    for sign in _SIGN.finditer(words):
        made += words[last : sign.start()]
        last = sign.end()
        if sign[0] in _PAIRS:
            waiting.append(_PAIRS[sign[0]])
        elif sign[0] in waiting:
            while (closing := waiting.pop()) != sign[0]:
                made += closing
        made += sign[0]
    made += words[last:].rstrip() + "".join(reversed(waiting))
    return re.sub(r"^([\[{]) ", r"\1", made) if made != words.rstrip() else ""


def mended(text: str, found: list[Written]) -> str:
    """The text with what was found in quotation marks, and remarks left out; lines stay."""
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        lines = "\n" * text.count("\n", one.start, one.end)
        left_out = one.kind == "remark" or one.why == "keyless"
        new = "" if left_out else quoted(one.words)
        text = text[: one.start] + new + lines + text[one.end :]
    return text


def folded(raw: str) -> str:
    """The words of lines as YAML folds them: a break is a space, an empty line a break."""
    first, *rest = [line.strip() for line in raw.strip().split("\n")]
    words, empty = first, 0
    for line in rest:
        if not line:
            empty += 1
            continue
        words += ("\n" * empty or " ") + line
        empty = 0
    return words
