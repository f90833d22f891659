"""How the commands read and write files, and how they say that something cannot be done."""

from __future__ import annotations

import os
from pathlib import Path


class WorkshopError(Exception):
    """A command that cannot be carried out; the message says why and what to do."""


def read_file(path: Path) -> str:
    """A text file in UTF-8. Raises WorkshopError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WorkshopError(f"{path.name} is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise WorkshopError(f"{path.name} cannot be read: {error.strerror}") from None


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file so that it is never there half: beside it first, then in its place."""
    beside = path.with_name(f".{path.name}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise WorkshopError(f"{path.name} cannot be written: {error.strerror}") from None
