"""Strict JSON for captures and proofs: what is read is exactly what was written, or refused.

These files are written by the commands, and their readers trust nothing: no unknown or
doubled key, no number that is not whole, no other spelling of the same bytes.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from itertools import accumulate, pairwise
from typing import Any

MAX_RECORD = 2_000_000  # bytes
MAX_NUMBER = 1 << 24

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


# How Python's reader begins what it says, and what we say.
_FAULTS = (
    ("Expecting value", "a value is missing"),
    ("Expecting ',' delimiter", "a comma or a bracket is missing"),
    ("Expecting ':' delimiter", "a colon is missing"),
    ("Expecting property name", "a name is missing, or a comma is too many"),
    ("Illegal trailing comma", "a comma is too many"),
    ("Extra data", "something stands behind its end"),
    ("Unterminated string", "a quotation mark is not closed"),
    ("Invalid control character", "a character stands in it that has to be escaped"),
    ("Invalid \\", "a backslash stands before what it cannot escape"),
)


class RecordError(ValueError):
    """A record that cannot be read; the message says why, `line` where, counted from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        # What is quoted is a stranger's: half of a character, or a line of its own, is shown so.
        shown = message.encode("utf-8", "backslashreplace").decode("utf-8")
        self.message = _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", shown)
        self.line = line
        super().__init__(self.message)


def _json_fault(message: str) -> str:
    """What is wrong with a text that is no JSON, by how Python's reader says it."""
    known = (ours for theirs, ours in _FAULTS if message.startswith(theirs))
    return next(known, "it cannot be read")


def encode(raw: bytes) -> str:
    """Bytes as base64 for URLs (RFC 4648, section 5), without padding."""
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def decode(text: str, size: int) -> bytes:
    """The `size` bytes that `encode` wrote; any other spelling of them is refused."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:
        raw = b""
    if len(raw) != size or encode(raw) != text:
        raise RecordError(f"“{text[:50]}” is not {size} bytes in base64")
    return raw


def load(raw: bytes) -> dict[str, Any]:
    """The JSON object in a file."""
    if len(raw) > MAX_RECORD:
        raise RecordError(f"the file has {len(raw)} bytes, limit {MAX_RECORD}")
    try:
        data = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_pairs,
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        raise RecordError(f"this is not JSON: {_json_fault(error.msg)}", error.lineno) from None
    except UnicodeDecodeError:
        raise RecordError("the file is not UTF-8") from None
    except RecursionError:
        raise RecordError("brackets stand too deep within one another") from None
    if not isinstance(data, dict):
        raise RecordError("the file does not hold a JSON object")
    if data.get("version") is True or data.get("version") != 1:
        raise RecordError("the version is not 1, the only one that this program reads")
    return data


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RecordError("a key stands twice")
    return found


def _refuse(text: str) -> Any:
    raise RecordError(f"{text[:20]} is not a whole number")


def _whole(text: str) -> int:
    if len(text) > 8 or not 0 <= int(text) <= MAX_NUMBER:
        raise RecordError(f"{text[:20]} is out of range")
    return int(text)


def keys(data: Any, needed: tuple[str, ...], allowed: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object that has all `needed` keys and no others but `allowed`."""
    if not isinstance(data, dict):
        raise RecordError("an object is missing")
    for key in needed:
        if key not in data:
            raise RecordError(f"the key {key} is missing")
    for key in data:
        if key not in needed and key not in allowed:
            raise RecordError(f"{key[:40]} is not a key here")
    return data


def text(data: dict[str, Any], key: str) -> str:
    """A string at a key."""
    value = data.get(key, "")
    if not isinstance(value, str):
        raise RecordError(f"{key} is not text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise RecordError(f"{key} holds half of a character") from None
    return value


def number(value: Any, name: str) -> int:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise RecordError(f"{name} is not a whole number")
    return value


def items(data: dict[str, Any], key: str) -> list[Any]:
    """A list at a key, empty where it is absent."""
    value = data.get(key, [])
    if not isinstance(value, list):
        raise RecordError(f"{key} is not a list")
    return value


def texts(data: dict[str, Any], key: str) -> list[str]:
    """A list of strings at a key."""
    return [text({key: value}, key) for value in items(data, key)]


def lines_of_items(raw: bytes, key: str = "source") -> list[int]:
    """The line on which each object with a key stands, counted from 1."""
    content = raw.decode("utf-8", "replace")
    places = [match.start() for match in re.finditer(rf'(?<!\\)"{key}"\s*:', content)]
    breaks = [content.count("\n", start, end) for start, end in pairwise([0, *places])]
    return [line + 1 for line in accumulate(breaks)]


def dump(data: dict[str, Any], rows: str) -> str:
    """An object as JSON in which each item of the list at `rows` has a line of its own."""
    head = {key: value for key, value in data.items() if key != rows}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in data[rows])
    return f'{start}, "{rows}": [\n{body}\n]}}\n' if data[rows] else f'{start}, "{rows}": []}}\n'
