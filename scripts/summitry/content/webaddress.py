"""Web addresses that may stand in public: of a page on a public host, and of no other place.

A reader's browser follows them, so none may carry a password, lead into the reader's own
network, or pretend to be an archive.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

ARCHIVES = (
    "archive.org", "archive.today", "archive.ph", "archive.is", "archive.li", "archive.fo",
    "archive.md", "archive.vn", "perma.cc", "webcitation.org", "ghostarchive.org", "megalodon.jp",
    "arquivo.pt", "webarchive.org.uk", "webarchive.nationalarchives.gov.uk", "webarchive.loc.gov",
)  # fmt: skip
"""Hosts that keep copies of other sites' pages; their own sub-domains count with them."""

_FORM = re.compile(r"https?://[^\s<>\"\\\x00-\x20\x7f]+", re.IGNORECASE)
_LABEL = re.compile(r"[^\W_](?:[^\W_]|-){0,62}(?<!-)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
_WITHIN = re.compile(r"(?:^|[.-])\d{1,3}(?:[.-]\d{1,3}){3}(?:[.-]|$)", re.ASCII)
_TOP = re.compile(r"[^\W\d_]{2,}|xn--[a-z0-9-]+")
# Names of a reader's own machine or network (RFC 6761, 6762, 8375), and of no host at all.
_OWN = {
    "localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private",
    "test", "invalid", "arpa",
}  # fmt: skip
_COPIED = re.compile(r"/(https?:/{1,2}.+)", re.IGNORECASE)
_COPIED_ON = re.compile(r"/(\d{4})(\d\d)(\d\d)\d{6}(?:[a-z]{2}_)?/", re.ASCII)
_AS_LATIN = frozenset("асеорхуіјѕһԁԛԝӏѵ")  # Cyrillic letters that read as a, c, e, o, p and others
MOST = 2000  # characters
NONE = "is not a web address"


@lru_cache(1 << 15)
def fault(address: str) -> str:
    """Why an address cannot stand, in words that follow “the address”; "" if it can."""
    if len(address) > MOST:
        return f"has {len(address)} characters, limit {MOST}"
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return NONE
    if "@" in parts.netloc:
        return "has a user name or password in it, which everybody could read"
    if not _FORM.fullmatch(address) or not host or port == 0:
        return NONE
    return _fault_of_host(host) or _fault_of_copy(host, parts.path)


def _fault_of_host(host: str) -> str:
    labels = host.split(".")
    if ":" in host or _NUMBER.fullmatch(labels[-1]) or _WITHIN.search(host):
        return f"has a number for a host: {host}"
    if labels[-1] in _OWN:
        return f"leads into a network of one's own: {host}"
    named = len(labels) > 1 and _TOP.fullmatch(labels[-1]) and len(host) < 254
    if not named or not all(map(_LABEL.fullmatch, labels)):
        return f"has no host's name: {host}"
    if unicodedata.normalize("NFKC", host) != host:
        return f"has a host in letters that stand for others: {host}"
    if any(map(_imitates, labels[:-1])) and labels[-1].isascii() and "xn--" not in labels[-1]:
        return f"has a host that reads as another: {host}"
    return f"only looks like an archive's: {host}" if _poses(host) else ""


def _imitates(label: str) -> bool:
    """Whether a label of a host, as browsers may show it, reads as Latin letters and is none."""
    try:
        shown = label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except ValueError:
        return False
    letters = {char for char in shown if char.isalpha()}
    return bool(letters) and letters <= _AS_LATIN


def _fault_of_copy(host: str, path: str) -> str:
    """An archive's address has that of the page within."""
    copied = _COPIED.search(path) if is_archive(host) else None
    why = fault(re.sub(r":/+", "://", copied[1], count=1)) if copied else ""
    return f"is of a copy whose address {why}" if why else ""


def is_archive(host: str) -> bool:
    """Whether a host is an archive or a part of one."""
    return any(host == known or host.endswith(f".{known}") for known in ARCHIVES)


def day_of_copy(address: str) -> str:
    """The day of an archived copy, as 2025-08-16, where its address says so; else ""."""
    found = _COPIED_ON.search(address)
    day = f"{found[1]}-{found[2]}-{found[3]}" if found else ""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return ""


def fault_of_archive(address: str) -> str:
    """Why an address is not that of an archived copy; "" if it is one."""
    why = fault(address)
    if why or is_archive((urlsplit(address).hostname or "").rstrip(".")):
        return why
    return "is of no archive that is known here"


def _poses(host: str) -> bool:
    """Whether a host has an archive's name within its own: web.archive.org.example."""
    if is_archive(host):
        return False
    inside = f".{host}."
    return any(f".{known}." in inside for known in ARCHIVES) or bool(
        re.search(r"(?:^|[.-])web[.-]?archive[.-]org(?:[.-]|$)", host)
    )
