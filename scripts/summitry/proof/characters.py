"""Characters that have no business in contributors' text.

Rules from UTS #39 and UAX #9 as the project applies them: bidi controls, tag characters,
controls, private use and U+FFFD are refused; characters without a form of their own only stand
where a script or a sign needs them; a word does not mix Latin with Cyrillic or Greek letters; no
mark strikes a letter through, and none carries more marks than its script needs. Nothing is ever
altered here, only named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_BREAKS = str.maketrans("", "", "\t\n\r")
# Whatever Unicode lets programs ignore, controls, and code points that are no characters.
_HIDDEN = re.compile(
    "["
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # controls, but tab, LF and CR
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\ufdd0-\ufdef\ufff0-\uffff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000)
    )
    + "]"
)
# Scripts in which a character without a form of its own may give one to the letters beside it.
_JOINED = (
    "ADLAM", "ARABIC", "BALINESE", "BENGALI", "CHAKMA", "DEVANAGARI", "GUJARATI", "GURMUKHI",
    "JAVANESE", "KANNADA", "KHMER", "MALAYALAM", "MANDAIC", "MONGOLIAN", "MYANMAR", "NKO", "ORIYA",
    "PHAGS-PA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "TIBETAN",
)  # fmt: skip
_UNSPACED = ("BALINESE", "JAVANESE", "KHMER", "LAO", "MYANMAR", "NEW TAI", "TAI", "THAI", "TIBETAN")
_NEEDED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("\u200c\u200d", _JOINED),
    ("\u200b", _UNSPACED),
    ("\u180b\u180c\u180d\u180e\u180f", ("MONGOLIAN",)),
    ("\u034f", ("HEBREW",)),
)
_SELECTED = ("CJK", "FULLWIDTH", "IDEOGRAPHIC", "MYANMAR", "PHAGS-PA")
_SIGNS = "\u203c\u2049\u2139\u3030\u303d"  # emoji that are no symbols in Unicode's sense
# The flags of England, Scotland and Wales: a flag, and its name in tags.
_NAMES = ("gbeng", "gbsct", "gbwls")
_TAGGED = "|".join("".join(chr(0xE0000 + ord(letter)) for letter in name) for name in _NAMES)
_FLAG = re.compile(f"\U0001f3f4(?:{_TAGGED})\U000e007f")
_OVERLAYS = 1  # the combining class of marks that strike a letter through
_KEY = "\u20e3"  # frames digits, as keys
_FEW_MARKS = {"LATIN": 2, "CYRILLIC": 2, "GREEK": 3}  # that a letter of a script can need
_MOST_MARKS = 4
_WORD = re.compile(r"[^\W\d_]+")
# Blocks of phonetic letters, but the ə of Azerbaijani; small capitals; Cherokee and Lisu.
_IMITATING = re.compile(
    "[\u0250-\u0258\u025a-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f"
    "\u13a0-\u13ff\uab70-\uabbf\ua4d0-\ua4ff]"
)
# Latin, Cyrillic and Greek letters that read as letters of another of the three.
_SHARED = frozenset(
    "aceijopsvxyABCEHIJKMNOPSTXYZавгеикмнопрстухѕіјһԁԛԝАВЕЗІЈКМНОРСТУХЅαβγηικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


class Suspicion(NamedTuple):
    """Something suspicious in a text: its offset in characters, a problem code, the words."""

    offset: int
    code: str
    message: str


def named(char: str) -> str:
    """A character by its code point and name."""
    kind = unicodedata.category(char)
    other = {"Cn": "no character", "Co": "for private use"}.get(kind, "a control character")
    return f"U+{ord(char):04X} ({unicodedata.name(char, other).lower()})"


def _needed(text: str, at: int) -> bool:
    """Whether what has no form of its own gives one to what it stands beside."""
    char, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return _selects(char, before, after)
    if char == "\u200d" and _is_sign(after) and (_is_sign(before) or before == "\ufe0f"):
        return True
    scripts = next((names for chars, names in _NEEDED if char in chars), ())
    return any(
        unicodedata.name(c, "").startswith(scripts) for c in (before, after) if c and scripts
    )


def _selects(char: str, before: str, after: str) -> bool:
    """Whether a selector chooses between forms of the character before it."""
    han = unicodedata.name(before, "").startswith(_SELECTED) if before else False
    if char > "\ufe0f" or han:
        return han
    key = before != "" and before in "0123456789#*" and after == _KEY
    return key or (before != "" and (_is_sign(before) or before in _SIGNS))


def _is_sign(char: str) -> bool:
    return char > "\x7f" and unicodedata.category(char)[0] == "S"


def _scripts(word: str) -> dict[str, str]:
    """The scripts of a word that are easily confused, each with its first letter."""
    found: dict[str, str] = {}
    for char in word:
        script = unicodedata.name(char, "").partition(" ")[0]
        if script in _SCRIPTS:
            found.setdefault(script, char)
    return found


def look_alike(word: str, others: str) -> str:
    """The first letter of a word that passes for another letter, or "".

    A whole word of one script may read as a word of the script of the `others` around it; and
    small capitals, raised, turned and phonetic letters read as plain ones.
    """
    for char in word:
        if _IMITATING.match(char) or (char.isalpha() and _compatible(char)):
            return char
    mine = {script for part in _WORD.findall(word) for script in _scripts(part)}
    theirs = {script for part in _WORD.findall(others) for script in _scripts(part)}
    if len(mine) != 1 or not theirs or mine & theirs:
        return ""
    letters = [char for char in word if char.isalpha()]
    return letters[0] if all(char in _SHARED for char in letters) else ""


def _compatible(char: str) -> bool:
    """Whether a letter is a form of others, such as a mathematical or circled one."""
    plain = unicodedata.normalize("NFKC", char)
    return plain != char and plain.isascii()


def findings(text: str) -> Iterator[Suspicion]:
    """Everything suspicious in `text`, in order of kind, then of place."""
    if text.isascii() and text.translate(_BREAKS).isprintable():  # most are, and this is quickest
        return
    flags = {at for flag in _FLAG.finditer(text) for at in range(*flag.span())}
    for match in _HIDDEN.finditer(text):
        if match.start() not in flags and not _needed(text, match.start()):
            message = f"hidden character {named(match[0])}"
            yield Suspicion(match.start(), "hidden-character", message)
    yield from _marks(text)
    for match in _WORD.finditer(text):
        scripts = _scripts(match[0])
        if len(scripts) > 1:
            letters = ", ".join(named(char) for char in scripts.values())
            yield Suspicion(
                match.start(), "mixed-scripts", f"the word “{match[0]}” mixes scripts: {letters}"
            )
    if not unicodedata.is_normalized("NFC", text):
        at = _first_not_nfc(text)
        since = f", from {named(text[at])} on" if at < len(text) else ""
        yield Suspicion(at, "not-nfc", f"the text is not in Unicode form NFC{since}")


def _marks(text: str) -> Iterator[Suspicion]:
    """Marks that strike a letter through or frame it, and more of them than it can need."""
    base, count = -1, 0  # where the letter stands, and how many marks on it are told or counted
    for at, char in enumerate(text):
        kind = unicodedata.category(char) if char > "\u02ff" else ""
        if kind not in ("Mn", "Me"):
            base, count = at, 0
            continue
        if unicodedata.combining(char) == _OVERLAYS or (kind == "Me" and char != _KEY):
            yield Suspicion(at, "hidden-character", f"a letter is struck through by {named(char)}")
        letter = text[base] if base >= 0 else " "
        count += 1 if count else 1 + _composed(letter)
        most = _FEW_MARKS.get(unicodedata.name(letter, "").partition(" ")[0], _MOST_MARKS)
        most = most if letter.isalpha() else 2
        if count == most + 1:
            message = f"more than {most} marks stand on one letter, among them {named(char)}"
            yield Suspicion(at, "hidden-character", message)


def _composed(letter: str) -> int:
    """How many marks a letter holds in itself."""
    return len(unicodedata.normalize("NFD", letter)) - 1


def _first_not_nfc(text: str) -> int:
    normal = unicodedata.normalize("NFC", text)
    pairs = zip(text, normal, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), len(normal))
