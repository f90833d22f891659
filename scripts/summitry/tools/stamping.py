"""Asking an authority for a time stamp (RFC 3161) over the digest of a capture."""

from __future__ import annotations

from urllib.parse import urlsplit

from summitry.content.commands import more_tools
from summitry.proof import stamps
from summitry.proof.capture import Capture
from summitry.proof.stamps import MAX_TOKEN, Stamp, StampError, StampToolsMissingError
from summitry.tools import fetch
from summitry.tools.fetch import FetchError, Wanted
from summitry.tools.writing import WorkshopError

AUTHORITY = "https://freetsa.org/tsr"  # asks for no account
_ASKED, _ANSWERED = "application/timestamp-query", "application/timestamp-reply"


def stamp(capture: Capture, authority: str, private: bool) -> Stamp:
    """The time stamp of a capture by the authority at an address.

    `private` says that whoever runs this gave that address, so that it may be in a private
    network. Raises WorkshopError where the answer is none, and FetchError.
    """
    host = urlsplit(authority).netloc
    try:
        body, nonce = stamps.request(capture.digest)
        wanted = Wanted((_ANSWERED,), body, _ASKED, home=host if private else "")
        page = fetch.fetch(authority, wanted=wanted, max_bytes=MAX_TOKEN)
        return stamps.read_answer(capture.source, capture.digest, page.html, nonce)
    except StampToolsMissingError:
        raise WorkshopError(f"time stamps need rfc3161-client; {more_tools()}") from None
    except StampError as error:
        raise FetchError(
            f"the answer of {host} is no time stamp: {error}; try again, or another authority "
            "with --at"
        ) from None
