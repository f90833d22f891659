"""Confirmations: a second person's word that their own copy of a source has the same paragraphs.

The confirmations of a source's captures stand beside them in `<id>.confirmation.json`. Each names
the capture by its digest, so that it says nothing of any other, and may carry an SSH signature.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from summitry.proof import records, word_tree
from summitry.proof.capture import Capture, is_date
from summitry.proof.records import RecordError

MEANS = ("text", "url", "html")
NOBODY = "not stated"  # what a capture says that does not name who took it
_LABEL = "summitry/1/confirmation"
_MAX_NAME = 200  # characters
_MAX_SIGNATURE = 20_000  # characters
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Confirmation(Struct, frozen=True):
    """Somebody found a capture's paragraphs in a copy of their own.

    `capture` is the digest of the capture, `on` a day, `means` one of `MEANS`. `signature` is an
    SSH signature over `record` in base64, without its armour, or "".
    """

    source: str
    capture: bytes
    by: str
    on: str
    means: str
    signature: str = ""

    @property
    def record(self) -> bytes:
        """What is signed: everything but the signature."""
        told = (_LABEL, self.source, self.capture, self.by, self.on, self.means)
        return b"".join(word_tree.field(part) for part in told)

    @property
    def order(self) -> tuple[str, str, bytes]:
        """By what confirmations are sorted in their file, the latest first."""
        return self.on, self.by, self.capture


def another(one: str, other: str) -> bool:
    """Whether two names are those of two people, as far as names can say."""
    return _letters(one) != _letters(other)


def is_name(text: str) -> bool:
    """Whether a text can be the name of who confirms: printable, no blanks around, somebody's."""
    told = text.isprintable() and text == text.strip() and bool(_letters(text))
    return told and len(text) <= _MAX_NAME and another(text, NOBODY)


def _letters(name: str) -> str:
    """A name without what two spellings of it differ in: case, blanks, forms of letters."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def stands_in(capture: Capture, copy: Capture) -> bool:
    """Whether a copy has every root of a capture, in the capture's order."""
    there = iter([paragraph.root for paragraph in copy.paragraphs])
    return all(p.root in there for p in capture.paragraphs if p.root is not None)


def load(raw: bytes, source: str) -> list[Confirmation]:
    """The confirmations in a file, the latest first. Raises RecordError."""
    data = records.keys(records.load(raw), ("version", "source", "confirmations"))
    named = records.text(data, "source")
    if named != source:
        raise RecordError(f"these are confirmations of {named[:80]}, not of {source}")
    found = [_read(item, source) for item in records.items(data, "confirmations")]
    if not found:
        raise RecordError("there is no confirmation in it")
    order = [one.order for one in found]
    if order != sorted(set(order), reverse=True):
        raise RecordError("the confirmations do not stand latest first, each once")
    return found


def _read(item: Any, source: str) -> Confirmation:
    data = records.keys(item, ("capture", "by", "on", "means"), ("signature",))
    one = Confirmation(
        source=source,
        capture=records.decode(records.text(data, "capture"), word_tree.HASH_SIZE),
        by=records.text(data, "by"),
        on=records.text(data, "on"),
        means=records.text(data, "means"),
        signature=records.text(data, "signature"),
    )
    if not is_name(one.by):
        raise RecordError(f"“{one.by[:80]}” does not name who confirmed")
    if not (_DAY.fullmatch(one.on) and is_date(one.on)):
        raise RecordError(f"“{one.on[:30]}” is not the day of a confirmation")
    if one.means not in MEANS:
        raise RecordError(f"“{one.means[:30]}” is not one of {', '.join(MEANS)}")
    if ("signature" in data) != bool(one.signature) or not _is_base64(one.signature):
        raise RecordError("the signature is not base64 on one line")
    return one


def _is_base64(text: str) -> bool:
    try:
        return len(text) <= _MAX_SIGNATURE and b64encode(b64decode(text, validate=True)) == (
            text.encode("ascii")
        )
    except (NotBase64, ValueError):
        return False


def as_data(one: Confirmation) -> dict[str, str]:
    """A confirmation as it stands in its file."""
    signed = {"signature": one.signature} if one.signature else {}
    capture = records.encode(one.capture)
    return {"capture": capture, "by": one.by, "on": one.on, "means": one.means, **signed}


def dump(confirmations: Sequence[Confirmation]) -> str:
    """Confirmations of one source as the text of their file."""
    rows = [as_data(one) for one in sorted(confirmations, key=lambda c: c.order, reverse=True)]
    head = {"version": 1, "source": confirmations[0].source, "confirmations": rows}
    return records.dump(head, "confirmations")
