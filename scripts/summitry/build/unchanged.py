"""Whether a build would make what is published already: then there is nothing to do.

A record in the cache says from which inputs the published site was made and what is in it. Both
are read again and compared byte for byte by their hashes, so a changed file, on either side,
a lost record or one of another version means a build.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_RECORD = "published.json"
_SKIPPED = ("__pycache__", ".pyc")


def fingerprint(folders: Iterable[Path], values: Iterable[str]) -> str:
    """A hash of every file below `folders` (files may be named too) and of some values."""
    found = hashlib.sha256()
    for value in values:
        _add(found, value.encode())
    for folder in folders:
        for path in _files(folder):
            _add(found, str(path.relative_to(folder.parent)).encode())
            _add(found, path.read_bytes())
        _add(found, b"")
    return found.hexdigest()


def _add(to: hashlib._Hash, part: bytes) -> None:
    to.update(len(part).to_bytes(8, "big") + part)


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        yield from [folder] if folder.is_file() else []
        return
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.endswith(_SKIPPED))
        yield from (Path(base, name) for name in sorted(names) if not name.endswith(_SKIPPED))


def is_published(cache_dir: Path, inputs: str, site: Path) -> bool:
    """Whether `site` is what was last made, from these inputs."""
    try:
        record = json.loads((cache_dir / _RECORD).read_bytes())
        if record["inputs"] != inputs or record["site"] != str(site):
            return False  # without a look at all that is published
        return bool(record["outputs"] == _of_site(site))
    except (OSError, ValueError, LookupError, TypeError):
        return False


def remember(cache_dir: Path, inputs: str, site: Path) -> None:
    """Note that `site` was made from these inputs."""
    record = {"inputs": inputs, "site": str(site), "outputs": _of_site(site)}
    temporary = cache_dir / f"{_RECORD}.{os.getpid()}"
    temporary.write_text(json.dumps(record), "utf-8")
    temporary.replace(cache_dir / _RECORD)


def _of_site(site: Path) -> str:
    if site.is_symlink() or not site.is_dir():
        raise FileNotFoundError(site)
    return fingerprint([site], [])
