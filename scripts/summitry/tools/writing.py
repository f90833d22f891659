"""How the commands read and write files, and how they say that something cannot be done."""

from __future__ import annotations

import os
from pathlib import Path


class WorkshopError(Exception):
    """A command that cannot be carried out; the message says why and what to do."""


MAX_FILE = 5_000_000  # bytes


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises WorkshopError where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except OSError as error:
        raise WorkshopError(f"{path.name} cannot be read: {error.strerror}") from None
    if len(raw) > MAX_FILE:
        raise WorkshopError(
            f"{path.name} is larger than {MAX_FILE // 1000} kB: save the article's text alone"
        )
    return raw


def read_file(path: Path) -> str:
    """A text file in UTF-8. Raises WorkshopError."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WorkshopError(f"{path.name} is not UTF-8: save it as UTF-8") from None


def place_in(root: Path, name: str) -> Path:
    """Where a file of a project is written. Raises WorkshopError where a link leads out of it."""
    path = root / name
    if not path.parent.resolve().is_relative_to(root.resolve()) or path.is_symlink():
        raise WorkshopError(f"{name} lies behind a link: put the folder or file itself there")
    return path


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
