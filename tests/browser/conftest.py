"""The built site in Chromium: the system's, or Playwright's own where there is none."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright
from running import PUBLISHED, served

# No sandbox: CI runs as root. The rest keeps Chromium from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The system's Chromium, or None: then Playwright uses the one it installed."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after its file: while Playwright runs, nothing else can run an event loop here."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below the path of its own address, as its 404 page expects."""
    root = tmp_path_factory.mktemp("host")
    path = urlsplit(PUBLISHED["SITE_URL"]).path.strip("/")
    (root / path).parent.mkdir(parents=True)
    (root / path).symlink_to(built)
    with served(root) as base:
        yield f"{base}{path}/"
