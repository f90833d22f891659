"""Characters that have no business in contributors' text.

Rules from UTS #39 and UAX #9 as the project applies them: bidi controls, tag characters,
controls, private use and U+FFFD are refused; zero-width characters only stand where a
script needs them; a word does not mix Latin with Cyrillic or Greek letters; no mark strikes
a letter through, and none carries more marks than its script needs. Nothing is ever altered
here, only named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_HIDDEN = re.compile(
    "["
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # controls, but tab, LF and CR
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\u034f\u115f\u1160\u2800\u3164\uffa0"  # what shows nothing
    "\ufff9-\ufffd\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    "]"
)
# U+200C and U+200D join letters in Arabic and Indic scripts and emoji; elsewhere they hide.
_JOINER = re.compile("[\u200c\u200d]")
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
    label = unicodedata.name(char, "a control character")
    return f"U+{ord(char):04X} ({label.lower()})"


def _joiner_needed(text: str, at: int) -> bool:
    near = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return any(unicodedata.category(c) == "So" or _script_needs_joiner(c) for c in near)


def _script_needs_joiner(char: str) -> bool:
    name = unicodedata.name(char, "")
    return name.startswith(("ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "SINHALA", "MALAYALAM"))


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
    if text.isascii() and not _HIDDEN.search(text):
        return
    for match in _HIDDEN.finditer(text):
        yield Suspicion(match.start(), "hidden-character", f"hidden character {named(match[0])}")
    for match in _JOINER.finditer(text):
        if not _joiner_needed(text, match.start()):
            yield Suspicion(
                match.start(), "hidden-character", f"hidden character {named(match[0])}"
            )
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
