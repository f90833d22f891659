"""The built site in Chromium: the system's, or Playwright's own where there is none."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
from checks.visit import Heard, Site, Visit, Words
from playwright.sync_api import Browser, Page, sync_playwright
from running import PUBLISHED, ROOT
from summitry.content.kinds import Entity, Quote
from summitry.content.library import Library
from summitry.content.values import Ref
from summitry.host.configuration import read_site
from summitry.tools.before_after import chromium, served

# What Chromium leaves out. First the pages that it draws for the address bar of each window, which
# nobody sees and which cost as much as a page; then what Playwright leaves out, because this
# argument takes the place of Playwright's own.
FEATURES = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
# No sandbox: CI runs as root. The rest keeps Chromium from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(FEATURES)}",
]
Kind = TypeVar("Kind", bound=Entity)
HEIGHTS = {1280: 900, 390: 844}


# What the system sets interfaces in differs from one to the next by a sixth in width, and with it
# where lines and pages break; this typeface comes with Debian's Chromium.
FONTS = """<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{}</fontconfig>"""
INSTEAD = """<match target="pattern"><test name="family"><string>{}</string></test>
<edit name="family" mode="assign" binding="strong"><string>Liberation Sans</string></edit></match>
"""


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What has the browser set interfaces in one typeface, where the system has it."""
    if not any(Path("/usr/share/fonts").rglob("LiberationSans-Regular.ttf")):
        return {}
    file = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    names = ("system-ui", "sans-serif", "sans")
    file.write_text(FONTS.format("".join(map(INSTEAD.format, names))), "utf-8")
    return {"FONTCONFIG_FILE": str(file)}


@pytest.fixture(scope="module")
def browser(fonts: dict[str, str]) -> Iterator[Browser]:
    """Closed after its file: while Playwright runs, nothing else can run an event loop here."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(), args=ARGUMENTS, env={**os.environ, **fonts}
        )
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


def of_kind(library: Library, kind: type[Kind]) -> dict[str, Kind]:
    """The entities of a kind by their ids."""
    found = ((item.ref.id, item.entity) for item in library.items.values())
    return {name: entity for name, entity in found if isinstance(entity, kind)}


@pytest.fixture(scope="session")
def site(built: Path, address: str, library: Library) -> Site:
    """The repository's own site, and what its pages have to say."""
    quotes = {
        name: Words(
            text=quote.text,
            original=quote.original.text if quote.original else "",
            language=quote.language,
            dated=quote.said_on is not None,
            person=isinstance(quote.speaker, Ref),
        )
        for name, quote in of_kind(library, Quote).items()
    }
    options = read_site(ROOT / "mkdocs.yml").options
    story = tuple(item.to for item in options.story)
    return Site(
        folder=built,
        address=address,
        published=PUBLISHED["SITE_URL"],
        quotes=quotes,
        # Events are entries of the timeline, each with a page.
        belongs={"events/": "timeline/", **dict.fromkeys(story, options.story_page)},
        story=story,
        maps=frozenset({"", "images/locator-map/"}),
    )


@dataclass
class Screen:
    """A browser window of one width that shows page after page."""

    page: Page
    heard: Heard
    plain: Page

    def open(self, site: Site, path: str, **more: Any) -> Visit:
        """A page of a site, loaded anew."""
        self.heard.forget()
        self.page.goto(site.address + path, wait_until="load")
        return Visit(self.page, site, self.heard, plain=self.plain, **more)


@contextmanager
def screen(
    browser: Browser, width: int, *, within_policy: bool = True, plain: Page | None = None
) -> Iterator[Screen]:
    """A window of a fresh visitor, and one beside it without script: `plain`, or one of its own.

    Whatever was done in it, nothing went against the site's content policy.
    """
    viewport = {"width": width, "height": HEIGHTS[width]}
    with ExitStack() as opened:
        page = opened.enter_context(browser.new_context(viewport=viewport)).new_page()
        plain = plain or opened.enter_context(scriptless(browser, width))
        heard = Heard()
        heard.listen(page)
        yield Screen(page, heard, plain)
        assert not (within_policy and heard.violations), heard.violations


@contextmanager
def scriptless(browser: Browser, width: int) -> Iterator[Page]:
    """A window in which no script runs."""
    viewport = {"width": width, "height": HEIGHTS[width]}
    with browser.new_context(viewport=viewport, java_script_enabled=False) as context:
        yield context.new_page()
