"""The user's own secret, by which what a build kept is told from what somebody put in its place.

It stands outside every project, in the user's own cache folder, so nobody who sends a change, or a
folder, can know it.
"""

from __future__ import annotations

import os
import secrets
from functools import cache

from platformdirs import user_cache_path

_SIZE = 32  # bytes


@cache
def own() -> bytes | None:
    """The secret, made when it is first wanted, or None where none can be kept."""
    file = user_cache_path("summitry", appauthor=False) / "key"
    try:
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary = file.with_name(f"key-{os.getpid()}-{secrets.token_hex(4)}")
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as new:
                new.write(secrets.token_bytes(_SIZE))
            temporary.replace(file)
        found = file.read_bytes()
    except OSError:
        return None
    return found if len(found) == _SIZE else None
