"""Time stamps (RFC 3161): an authority's word that a capture's digest existed at a moment.

The stamps of a source's captures stand beside them in `<id>.stamp.json`. What is stamped is the
32 bytes of a capture's digest. Reading needs nothing; verifying needs rfc3161-client, which is
looked for only when it is used, and the certificates of the authorities that a site trusts.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from summitry.proof import records, word_tree
from summitry.proof.capture import is_date
from summitry.proof.records import RecordError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

MAX_TOKEN = 60_000  # bytes
_MAX_NAME = 200  # characters
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_SHA256 = "2.16.840.1.101.3.4.2.1"


class StampToolsMissingError(Exception):
    """rfc3161-client is not installed."""


class StampError(ValueError):
    """A time stamp that is none of the capture; the message says why."""


class Clock(Enum):
    """What is known of a time stamp."""

    VERIFIED = "verified"  # by the certificates of the authorities that are trusted
    UNVERIFIED = "unverified"  # no library or no authorities here
    FOREIGN = "foreign"  # of an authority that is not among those trusted
    BROKEN = "broken"  # it is not what its record says, or no stamp of the capture


class Stamp(Struct, frozen=True):
    """A capture's digest, when it was stamped (UTC, to the second), by whose clock, and the answer.

    `answer` is the authority's TimeStampResp in DER. `at` and `clock` repeat what it says, so that
    it can be read where nothing can verify it.
    """

    source: str
    capture: bytes
    at: str
    clock: str
    answer: bytes

    @property
    def order(self) -> tuple[str, str, bytes]:
        """By what stamps are sorted in their file, the latest first."""
        return self.at, self.clock, self.capture


def load(raw: bytes, source: str) -> list[Stamp]:
    """The stamps in a file, the latest first. Raises RecordError."""
    data = records.keys(records.load(raw), ("version", "source", "stamps"))
    named = records.text(data, "source")
    if named != source:
        raise RecordError(f"these are time stamps of {named[:80]}, not of {source}")
    found = [_read(item, source) for item in records.items(data, "stamps")]
    if not found:
        raise RecordError("there is no time stamp in it")
    order = [one.order for one in found]
    if order != sorted(set(order), reverse=True):
        raise RecordError("the time stamps do not stand latest first, each once")
    return found


def _read(item: Any, source: str) -> Stamp:
    data = records.keys(item, ("capture", "at", "clock", "answer"))
    one = Stamp(
        source=source,
        capture=records.decode(records.text(data, "capture"), word_tree.HASH_SIZE),
        at=records.text(data, "at"),
        clock=records.text(data, "clock"),
        answer=_from_base64(records.text(data, "answer")),
    )
    if not (_MOMENT.fullmatch(one.at) and is_date(one.at)):
        raise RecordError(f"“{one.at[:30]}” is not the moment of a time stamp")
    if not one.clock.strip() or not one.clock.isprintable() or len(one.clock) > _MAX_NAME:
        raise RecordError(f"“{one.clock[:80]}” does not name whose clock it is")
    return one


def _from_base64(text: str) -> bytes:
    try:
        raw = b64decode(text, validate=True)
    except (NotBase64, ValueError):
        raw = b""
    if not 0 < len(raw) <= MAX_TOKEN or b64encode(raw).decode("ascii") != text:
        raise RecordError("the answer is not an authority's, in base64 on one line")
    return raw


def as_data(one: Stamp) -> dict[str, str]:
    """A stamp as it stands in its file."""
    return {
        "capture": records.encode(one.capture),
        "at": one.at,
        "clock": one.clock,
        "answer": b64encode(one.answer).decode("ascii"),
    }


def dump(stamps: Sequence[Stamp]) -> str:
    """Stamps of one source as the text of their file."""
    rows = [as_data(one) for one in sorted(stamps, key=lambda s: s.order, reverse=True)]
    return records.dump({"version": 1, "source": stamps[0].source, "stamps": rows}, "stamps")


# Asking and verifying


def request(digest: bytes) -> tuple[bytes, int]:
    """What to ask an authority for a capture's digest, and the number that it is to repeat.

    Raises StampToolsMissingError.
    """
    try:
        from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    except ImportError:
        raise StampToolsMissingError from None
    made = TimestampRequestBuilder().data(digest).hash_algorithm(HashAlgorithm.SHA256).build()
    return made.as_bytes(), made.nonce or 0


def read_answer(source: str, digest: bytes, answer: bytes, nonce: int) -> Stamp:
    """The stamp in an authority's answer to a request for a digest.

    Raises StampError where it is none, StampToolsMissingError.
    """
    found = _decoded(answer)
    at, clock = _told(found, digest)
    try:
        same = found.tst_info.nonce == nonce
    except Exception:  # it has none
        same = False
    if not same:
        raise StampError("it answers another question: its number is not the one that was sent")
    return Stamp(source, digest, at, clock, answer)


def verify(stamp: Stamp, authorities: bytes) -> Clock:
    """What a stamp is worth, offline; `authorities` are certificates in PEM, or b"".

    Raises StampError where the certificates cannot be read.
    """
    return _verified(stamp, authorities)


@cache
def _verified(stamp: Stamp, authorities: bytes) -> Clock:
    """The same, once in a run."""
    try:
        found = _decoded(stamp.answer)
        if _told(found, stamp.capture) != (stamp.at, stamp.clock):
            return Clock.BROKEN
    except StampToolsMissingError:
        return Clock.UNVERIFIED
    except StampError:
        return Clock.BROKEN
    if not authorities:
        return Clock.UNVERIFIED
    from rfc3161_client import VerificationError, VerifierBuilder

    trusted = certificates(authorities)
    verifier = VerifierBuilder(roots=trusted).build()
    try:
        verifier.verify_message(found, stamp.capture)
    except VerificationError:
        return Clock.FOREIGN
    except Exception:  # what reads certificates has exceptions of its own
        return Clock.BROKEN
    return Clock.VERIFIED


def certificates(pem: bytes) -> list[Any]:
    """The certificates in a file. Raises StampError, StampToolsMissingError."""
    try:
        from cryptography.x509 import load_pem_x509_certificates
    except ImportError:
        raise StampToolsMissingError from None
    try:
        return load_pem_x509_certificates(pem)
    except ValueError:
        raise StampError("there is no certificate in PEM in it") from None


def _decoded(answer: bytes) -> TimeStampResponse:
    try:
        from rfc3161_client import decode_timestamp_response
    except ImportError:
        raise StampToolsMissingError from None
    try:
        found = decode_timestamp_response(answer)
        status, granted = found.status, found.status in (0, 1)
    except Exception as error:  # a reader of DER in Rust: whatever it dislikes, it is no answer
        raise StampError(f"it is not an answer by RFC 3161 ({type(error).__name__})") from None
    if not granted:
        raise StampError(f"the authority refused (status {status})")
    return found


def _told(found: TimeStampResponse, digest: bytes) -> tuple[str, str]:
    """When and by whose clock, as an answer says. Raises StampError where it is of other bytes."""
    try:
        imprint = found.tst_info.message_imprint
        kind, hashed = imprint.hash_algorithm.dotted_string, imprint.message
        moment, clock = found.tst_info.gen_time, _clock(found)
    except StampError:
        raise
    except Exception as error:  # the same
        raise StampError(f"it cannot be read ({type(error).__name__})") from None
    if kind != _SHA256 or hashed != hashlib.sha256(digest).digest():
        raise StampError("it is of other bytes than the capture's digest")
    whole = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _second(whole), clock


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clock(found: TimeStampResponse) -> str:
    """The name in the certificate of who signed: its common name, else its organisation."""
    from cryptography.x509 import load_der_x509_certificate
    from cryptography.x509.oid import NameOID

    # A spare certificate is signed by nobody: one of the same number would lend another name.
    signers = [(one.issuer, one.serial_number) for one in found.signed_data.signer_infos]
    every = [load_der_x509_certificate(raw) for raw in found.signed_data.certificates]
    fitting = [one for one in every if (one.issuer, one.serial_number) in signers]
    if len(signers) != 1 or len(fitting) != 1:
        raise StampError("it does not hold the one certificate of who signed it")
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for part in fitting[0].subject.get_attributes_for_oid(oid):
            name = " ".join(str(part.value).split())
            if name and name.isprintable():
                return name[:_MAX_NAME]
    raise StampError("the certificate of who signed it names nobody")
