"""The style sheets of pages: each part has its styles beside it, and they are joined here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from pathlib import Path

SHEETS = {
    "assets/summitry.css": "styles/summitry.css",
    "assets/guide.css": "styles/guide.css",
}
"""The style sheets of reader pages and contributors', each with the file that imports the others
in the order in which they apply.
"""
_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)


def joined(overrides: Sequence[Path], entry: str = "styles/summitry.css") -> str:
    """A style sheet with what it imports in the place of each import.

    `overrides` are the folders of templates, the first one first: a site may have a file of its
    own in place of one of ours. Raises FileNotFoundError for a file that none of them has.
    """
    return _read(overrides, entry)


def text(overrides: Sequence[Path], name: str) -> str:
    """A file beside templates, as it is. Raises FileNotFoundError as `joined` does."""
    path = next((folder / name for folder in overrides if (folder / name).is_file()), None)
    if path is None:
        raise FileNotFoundError(f"{name} is a part of pages and is in no folder")
    return path.read_text("utf-8")


def _read(overrides: Sequence[Path], name: str) -> str:
    place = posixpath.dirname(name)

    def take(found: re.Match[str]) -> str:
        return _read(overrides, posixpath.normpath(posixpath.join(place, found[1])))

    return _IMPORT.sub(take, text(overrides, name))
