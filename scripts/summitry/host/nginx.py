"""What nginx is told of a built site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from summitry.build import policy
from summitry.content.targets import MARKER
from summitry.host.configuration import Site


class NotBuiltError(Exception):
    """There is no site in a folder; the message says how to make one."""


def configured(site: Site, folder: Path) -> str:
    """A configuration of nginx for a site that was built in a folder. Raises `NotBuiltError`."""
    if not (folder / MARKER).is_file():
        raise NotBuiltError(f"no site was built in {folder}: say make build first")
    return policy.as_nginx(folder.resolve(), urlsplit(site.url).path)
