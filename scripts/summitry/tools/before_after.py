"""The site before and after a change: both are built, and pages that read otherwise are shown."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from summitry.content import report
from summitry.data.history import git

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect

WIDTH, HIGHEST = 1280, 6000  # pixels of a picture of a page
MOST = 24  # pages of which pictures are taken; the others are listed

CHANGED, ADDED, REMOVED = "changed", "new", "gone"
_HASHED = re.compile(r"\.[0-9a-f]{8,64}(?=\.\w+)")  # of what is in a file, in its name
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class NotShownError(Exception):
    """The sites cannot be built or shown; the message says why and what to do."""


# Building


@contextmanager
def checked_out(root: Path, commit: str, folder: Path) -> Iterator[Path]:
    """The project as a commit has it, in a work tree of its own, with its history."""
    tree = folder / "tree"
    git(root, "worktree", "add", "--quiet", "--force", "--detach", str(tree), commit)
    if not (tree / ".git").exists():
        raise NotShownError(f"git cannot check out {commit[:12]} beside this: is it read-only?")
    try:
        yield tree / git(root, "rev-parse", "--show-prefix").decode("utf-8", "replace").strip()
    finally:
        git(root, "worktree", "remove", "--force", str(tree))


def build(config_file: Path, site: Path) -> None:
    """Build a site as `mkdocs build` does, by the project's own generator if it has one.

    Raises NotShownError.
    """
    root = config_file.parent
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    if (root / "scripts" / "summitry").is_dir():
        env["PYTHONPATH"] = str(root / "scripts")
    command = ["mkdocs", "build", "--quiet", "-f", str(config_file), "-d", str(site)]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=root, env=env, capture_output=True, check=False
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise NotShownError(f"the site cannot be built: {said}")


# Comparing


def changed_pages(before: Path, after: Path) -> list[tuple[str, str]]:
    """The pages that read otherwise, by address, each with how: new, gone or changed."""
    then, now = _pages(before), _pages(after)
    found = []
    for address in sorted(then.keys() | now.keys()):
        if address not in then or address not in now:
            found.append((address, REMOVED if address in then else ADDED))
        elif _matter(then[address]) != _matter(now[address]):
            found.append((address, CHANGED))
    return found


def _pages(site: Path) -> dict[str, Path]:
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): path
        for path in site.rglob("*.html")
    }


def _matter(page: Path) -> str:
    """What a page says: its main part, whatever its frame and the names of its files are."""
    text = page.read_text("utf-8")
    main = LexborHTMLParser(text).css_first("main")
    return _HASHED.sub("", (main.html if main else None) or text)


# Showing


def picture(before: Path, after: Path, shown: Sequence[tuple[str, str]], folder: Path) -> None:
    """Take pictures of changed pages, and write `pages.html`, which shows them.

    Raises NotShownError where no browser is at hand.
    """
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    with _browser() as browser:
        for name, site, missing in (("before", before, ADDED), ("after", after, REMOVED)):
            with served(site) as url:
                for number, (address, how) in enumerate(shown, 1):
                    if how != missing:
                        _take(browser, url + address, folder / _file(number, name))
    rows = [_row(number, address, how) for number, (address, how) in enumerate(shown, 1)]
    (folder / "pages.html").write_text(_SHEET.format(rows="\n".join(rows)), "utf-8")


def _file(number: int, name: str) -> str:
    return f"pages/{number:02}-{name}.png"


def _row(number: int, address: str, how: str) -> str:
    sides = [
        f'<td><img src="{_file(number, name)}" alt="{name}"></td>'
        if how != missing
        else "<td></td>"
        for name, missing in (("before", ADDED), ("after", REMOVED))
    ]
    named = html.escape(report.safe(address or "index.html"))
    return f"<tr><th colspan=2>{named} ({how})</th></tr><tr>{''.join(sides)}</tr>"


_SHEET = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Pages before and after</title>
<style>table, img {{ width: 100% }} td {{ width: 50%; vertical-align: top }}</style>
<table><caption>Before on the left, after on the right</caption>
{rows}
</table></html>
"""


def chromium() -> str | None:
    """The system's Chromium, or None: then Playwright uses the one it installed.

    The headless shell first, which Playwright's own is too: it draws no window around pages.
    """
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def _browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        said = "pictures of pages need Playwright: pip install 'summitry[pages]', or --pictures 0"
        raise NotShownError(said) from None
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        except Error as error:
            said = "there is no Chromium: install one, or say where by CHROMIUM=/path"
            raise NotShownError(f"{said} ({error.message.splitlines()[0]})") from None
        with opened:
            yield opened


def _take(browser: Browser, url: str, file: Path) -> None:
    """A picture of a whole page, as far as that is not too high, without movement."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 800}, reduced_motion="reduce")
    page.goto(url)
    height = min(int(page.evaluate("document.documentElement.scrollHeight")), HIGHEST)
    clip: FloatRect = {"x": 0, "y": 0, "width": WIDTH, "height": height}
    page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")
    page.close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served over HTTP on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
