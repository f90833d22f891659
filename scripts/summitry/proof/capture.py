"""A capture: what a source's text was on a day, as one commitment a paragraph.

A capture holds no text. It says when, how and by whom the text was taken, and for each
paragraph its number of words and the root of its word tree; a paragraph of fewer than
`MIN_WORDS` words has no root, because whoever guesses its few words could confirm the guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from summitry.proof import records, unspaced, word_tree
from summitry.proof.records import RecordError
from summitry.proof.text import Token, hard_wrapped, lines, normal_form, tokens

MIN_WORDS = 12  # of a paragraph that gets a root
MAX_CHARACTERS, MAX_LINE, MAX_WORDS = 600_000, 100_000, 120_000
MAX_ROOTS = 3_000
"""Of a text that is captured: characters, those of a line, words, and paragraphs with a root, each
of which takes 0.1 s on purpose. A book of 300 pages has less."""
MAX_MARKS = 30  # on one letter (Unicode's own, UAX 15): to put them in order takes their square
METHODS = ("pasted", "html", "url")
EXTENTS = ("whole", "excerpt")
NEWEST = word_tree.SLOW  # the version by which new captures are made
_LABEL = "summitry/1/capture"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)
_PART = "give the part of it that is quoted, with --excerpt"
_TAGS = re.compile(r"</?(?:p|div|html|head|body|article|span|br|li|h[1-6])\b[^<>]*>", re.I)
_SENTENCE_END = re.compile(r"[.?!…。！？][\"')\]]*$")


class CaptureError(ValueError):
    """A text that cannot be captured; the message says why and what to do."""


class CapturedParagraph(NamedTuple):
    """A paragraph's number of words and, from `MIN_WORDS` words, the root of its tree."""

    words: int
    root: bytes | None = None
    version: int = 1  # of the format by which the root was made

    def holds(self, words: Sequence[Token]) -> bool:
        """Whether the root is that of these words, all of the paragraph's."""
        if self.root is None or self.words != len(words):
            return False
        return word_tree.root(words, self.version) == self.root


class Capture(Struct, frozen=True):
    """What a source's text was on a day. `date` tells the captures of one source apart."""

    source: str
    date: str  # 2026-11-22, or 2026-11-22T14:05:00Z where a day has more than one
    method: str
    extractor: str
    url: str
    by: str
    extent: str
    paragraphs: tuple[CapturedParagraph, ...]
    confirmed_on: tuple[str, ...] = ()
    changed_on: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is of the whole text, not of an excerpt."""
        return self.extent == "whole"

    @property
    def version(self) -> int:
        """The version of the format by which its text was read."""
        return max((paragraph.version for paragraph in self.paragraphs), default=1)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return sum(paragraph.words for paragraph in self.paragraphs)

    def paragraph(self, number: int) -> CapturedParagraph | None:
        """The paragraph of a number, counted from 1."""
        return self.paragraphs[number - 1] if 1 <= number <= len(self.paragraphs) else None

    def find(self, root: bytes) -> int:
        """The number of the first paragraph with a root, or 0."""
        for number, paragraph in enumerate(self.paragraphs, 1):
            if paragraph.root == root:
                return number
        return 0

    def place(self, words: Sequence[Token]) -> int:
        """The number of the first paragraph whose root is that of these words, or 0."""
        roots: dict[int, bytes] = {}  # by version: each is made once, however many could be it
        for number, paragraph in enumerate(self.paragraphs, 1):
            if paragraph.root is None or paragraph.words != len(words):
                continue
            if paragraph.version not in roots:
                roots[paragraph.version] = word_tree.root(words, paragraph.version)
            if paragraph.root == roots[paragraph.version]:
                return number
        return 0

    def missing_from(self, other: Capture) -> list[int]:
        """The numbers of the paragraphs whose roots another capture does not have."""
        there = {paragraph.root for paragraph in other.paragraphs}
        pairs = enumerate(self.paragraphs, 1)
        return [number for number, p in pairs if p.root is not None and p.root not in there]

    @property
    def digest(self) -> bytes:
        """Over everything but later confirmations, so that nothing can be moved or changed."""
        told = (self.date, self.method, self.extractor, self.url, self.by, self.extent)
        found = sha256(b"".join(word_tree.field(part) for part in (_LABEL, self.source, *told)))
        found.update(len(self.paragraphs).to_bytes(4, "big"))
        for paragraph in self.paragraphs:
            found.update(
                paragraph.words.to_bytes(4, "big") + word_tree.field(paragraph.root or b"")
            )
        return found.digest()


def paragraph_of(words: Sequence[Token], version: int | None = None) -> CapturedParagraph:
    """The paragraph that a capture holds for these words; by the older format if none is given."""
    version = version or unspaced.version_of(words)
    if len(words) < MIN_WORDS:
        return CapturedParagraph(len(words))
    return CapturedParagraph(len(words), word_tree.root(words, version), version)


def read_text(
    text: str, extent: str = "whole", version: int = NEWEST
) -> list[tuple[str, list[Token]]]:
    """The paragraphs of an article's text, each with its line as written.

    They are read by version 2 or 3 of the format, or by 1 to compare them with an older capture.
    Of an excerpt the first and the last are left out unless they are whole. Raises
    CaptureError where lines are not paragraphs, or there is nothing to capture.
    """
    text = in_bounds(text)
    if len(_TAGS.findall(text)) > 1:
        raise CaptureError(
            "this is HTML and not the text of an article: give it with --html, or copy the text "
            "as the page shows it"
        )
    if hard_wrapped(text):
        raise CaptureError(
            "the lines end inside sentences, so they are not paragraphs: paste the text from "
            "the page itself, or join the lines of each paragraph"
        )
    read = tokens if version == 1 else unspaced.tokens
    found, room = list[tuple[str, list[Token]]](), MAX_WORDS
    for line in lines(text):
        if words := read(line):
            found.append((line, words))
            room -= len(words)
        if room < 0:
            raise CaptureError(f"the text has more than {MAX_WORDS} words: {_PART}")
    if sum(len(words) >= MIN_WORDS for _, words in found) > MAX_ROOTS:
        raise CaptureError(
            f"the text has more than {MAX_ROOTS} paragraphs of {MIN_WORDS} words or more: {_PART}"
        )
    if extent == "excerpt":
        if found and not _begins(found[0][0]):
            found = found[1:]
        if found and not _SENTENCE_END.search(normal_form(found[-1][0])):
            found = found[:-1]
    if not any(len(words) >= MIN_WORDS for _, words in found):
        raise CaptureError(f"no paragraph of the text has {MIN_WORDS} words or more")
    return found


def in_bounds(text: str) -> str:
    """A text in Unicode's form NFC, where reading it takes time by its length alone.

    Raises CaptureError where it is too long, or a line is, or marks without end stand on a letter.
    """
    if len(text) > MAX_CHARACTERS:
        raise CaptureError(f"the text has {len(text)} characters, limit {MAX_CHARACTERS}: {_PART}")
    if max(map(len, lines(text))) > MAX_LINE:
        raise CaptureError(
            f"a line of the text has more than {MAX_LINE} characters: give each paragraph a line "
            "of its own"
        )
    marks = 0
    for char in text:
        marks = marks + 1 if char > "\u02ff" and unicodedata.combining(char) else 0
        if marks > MAX_MARKS:
            raise CaptureError(
                f"more than {MAX_MARKS} marks stand on one letter, among them U+{ord(char):04X}: "
                "take them out of the text"
            )
    return unicodedata.normalize("NFC", text)


def _begins(line: str) -> bool:
    """Whether a line looks like the beginning of a paragraph and not the rest of one."""
    first = normal_form(line).lstrip("\"'([—- ")[:1]
    return bool(first) and not first.islower() and not normal_form(line).startswith("...")


def newest_first(captures: Iterable[Capture]) -> list[Capture]:
    """Captures in the order in which a file keeps them."""
    return sorted(captures, key=lambda capture: capture.date, reverse=True)


def load(raw: bytes, source: str) -> list[Capture]:
    """The captures in a file, newest first. Raises RecordError."""
    data = records.keys(records.load(raw), ("version", "source", "captures"))
    named = records.text(data, "source")
    if named != source:
        raise RecordError(f"these are captures of {named[:80]}, not of {source}")
    found = [_read(item, source) for item in records.items(data, "captures")]
    if not found:
        raise RecordError("there is no capture in it")
    dates = [capture.date for capture in found]
    if dates != sorted(set(dates), reverse=True):
        raise RecordError("the captures do not stand newest first, each with a date of its own")
    return found


def _read(item: Any, source: str) -> Capture:
    needed = ("date", "method", "extractor", "url", "by", "extent", "digest", "paragraphs")
    data = records.keys(item, needed, ("confirmed_on", "changed_on"))
    capture = Capture(
        source=source,
        date=records.text(data, "date"),
        method=records.text(data, "method"),
        extractor=records.text(data, "extractor"),
        url=records.text(data, "url"),
        by=records.text(data, "by"),
        extent=records.text(data, "extent"),
        paragraphs=tuple(_paragraph(row) for row in records.items(data, "paragraphs")),
        confirmed_on=tuple(records.texts(data, "confirmed_on")),
        changed_on=tuple(records.texts(data, "changed_on")),
    )
    for day in (capture.date, *capture.confirmed_on, *capture.changed_on):
        if not is_date(day):
            raise RecordError(f"“{day[:30]}” is not a date of a capture")
    if capture.method not in METHODS or capture.extent not in EXTENTS:
        raise RecordError(f"the capture of {capture.date} has no known method or extent")
    if records.decode(records.text(data, "digest"), word_tree.HASH_SIZE) != capture.digest:
        raise RecordError(
            f"the capture of {capture.date} is not as it was written: its digest does not fit "
            "its source, date, method or paragraphs"
        )
    return capture


def is_date(text: str) -> bool:
    """Whether a text is a day, or a second of one in UTC, that there was."""
    try:
        year = datetime.fromisoformat(text).year
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text)) and 1900 <= year <= 2999


def _paragraph(row: Any) -> CapturedParagraph:
    version = 1
    if isinstance(row, list) and len(row) == 3 and _is_version(row[2]):
        row, version = row[:2], row[2]
    if isinstance(row, list) and len(row) == 2 and isinstance(row[1], str):
        words = records.number(row[0], "the number of words")
        if words < MIN_WORDS:
            raise RecordError(f"a paragraph of {words} words has a root")
        return CapturedParagraph(words, records.decode(row[1], word_tree.HASH_SIZE), version)
    words = records.number(row, "the number of words")
    if not 0 < words < MIN_WORDS:
        raise RecordError(f"a paragraph of {words} words has no root")
    return CapturedParagraph(words)


def _is_version(value: Any) -> bool:
    """Whether a value names a version that is written out; the first is not."""
    return (
        isinstance(value, int) and not isinstance(value, bool) and value in word_tree.VERSIONS[1:]
    )


def _row(paragraph: CapturedParagraph) -> int | list[int | str]:
    """A paragraph as it stands in its file: version 1 is not written out."""
    if paragraph.root is None:
        return paragraph.words
    root = records.encode(paragraph.root)
    later = [paragraph.version] if paragraph.version > 1 else []
    return [paragraph.words, root, *later]


def dump(captures: Sequence[Capture]) -> str:
    """Captures of one source as the text of their file."""
    rows = []
    for capture in newest_first(captures):
        row: dict[str, Any] = {
            "date": capture.date,
            "method": capture.method,
            "extractor": capture.extractor,
            "url": capture.url,
            "by": capture.by,
            "extent": capture.extent,
            "digest": records.encode(capture.digest),
            "paragraphs": [_row(paragraph) for paragraph in capture.paragraphs],
        }
        if capture.confirmed_on:
            row["confirmed_on"] = list(capture.confirmed_on)
        if capture.changed_on:
            row["changed_on"] = list(capture.changed_on)
        rows.append(row)
    return records.dump({"version": 1, "source": captures[0].source, "captures": rows}, "captures")


def confirmed(capture: Capture, again: Capture) -> Capture:
    """A capture with the word of a later one: the same paragraphs stood there, or not."""
    if capture.missing_from(again):
        return replace(capture, changed_on=(*capture.changed_on, again.date))
    return replace(capture, confirmed_on=(*capture.confirmed_on, again.date))
