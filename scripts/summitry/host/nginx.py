"""What nginx is told of a built site."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

from summitry.build import policy
from summitry.content.targets import MARKER
from summitry.host.configuration import Site


class NotBuiltError(Exception):
    """There is no site in a folder; the message says how to make one."""


_PACKED = {".html", ".css", ".js", ".json", ".csv", ".svg", ".xml", ".webmanifest"}
_LEAST = 500  # bytes; less is not worth the header


def pack(folder: Path) -> int:
    """Write a `.gz` beside each file that packs well, so that nginx need not. Returns how many.

    The same site gives the same bytes. The next build replaces the folder, and these with it.
    """
    _require(folder)
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in _PACKED]
    found = [path for path in found if path.is_file() and path.stat().st_size >= _LEAST]
    for path in found:
        packed = gzip.compress(path.read_bytes(), 9, mtime=0)
        path.with_name(f"{path.name}.gz").write_bytes(packed)
    return len(found)


def configured(site: Site, folder: Path) -> str:
    """A configuration of nginx for a site that was built in a folder. Raises `NotBuiltError`."""
    _require(folder)
    return policy.as_nginx(folder.resolve(), urlsplit(site.url).path)


def _require(folder: Path) -> None:
    if not (folder / MARKER).is_file():
        raise NotBuiltError(f"no site was built in {folder}: say make build first")
