"""What a check is given: a page that is open, and what is known of the site around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request
from summitry.words.catalogue import Words as Interface

HERE = Path(__file__).parent
# Functions that most checks need: is it shown, what is its name, how does it contrast.
LOOK = (HERE / "look.js").read_text("utf-8")


@dataclass(frozen=True)
class Words:
    """A quotation as its file has it. `original` is "" where nothing was translated."""

    text: str
    original: str = ""
    language: str = "en"
    dated: bool = True
    person: bool = True


@dataclass(frozen=True)
class Site:
    """A built site: where it is served, where it will be published, what it should say."""

    folder: Path
    address: str
    published: str
    quotes: Mapping[str, Words] = field(default_factory=dict)
    # Pages that belong to an item of the menu without lying below its address.
    belongs: Mapping[str, str] = field(default_factory=dict)
    maps: frozenset[str] = frozenset()
    # The story's pages in their order; they belong to an item of the menu too.
    story: tuple[str, ...] = ()
    # The words of its interface.
    say: Interface = field(default_factory=Interface)

    def path(self, url: str) -> str:
        """The address of a page relative to the site, from its full one."""
        return unquote(url.removeprefix(self.address).partition("#")[0].partition("?")[0])

    def file(self, url: str) -> Path:
        """The file behind a full address, whether served here or published there."""
        path = url.removeprefix(self.address).removeprefix(self.published)
        path = unquote(urlsplit(path).path)
        return self.folder / (f"{path}index.html" if path.endswith("/") or not path else path)


@dataclass
class Heard:
    """What a page asked for and complained of since it was opened."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    """What the content policy forbade: of every page, never forgotten."""

    def listen(self, page: Page) -> None:
        """Take down every request, console error and failure of a page from now on."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", self._said)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)

    def _failed(self, request: Request) -> None:
        # A page that is left aborts what it was still loading; nobody misses that.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} ({request.failure})")

    def forget(self) -> None:
        """Begin anew, for the next page."""
        self.requests.clear()
        self.complaints.clear()


@dataclass
class Visit:
    """A page being looked at. `chrome` is False where it has no header and footer by design.

    `plain` is a page of a browser without script, if there is one to use.
    """

    page: Page
    site: Site
    heard: Heard = field(default_factory=Heard)
    chrome: bool = True
    plain: Page | None = None
    patience: float = 10_000  # ms; what is not there by then is not there

    @property
    def path(self) -> str:
        """The page's address relative to the site."""
        return self.site.path(self.page.url)

    def ask(self, body: str, arg: Any = None) -> Any:
        """The value that JavaScript returns in the page; look.js is at hand."""
        return self.page.evaluate(f"async (arg) => {{ {LOOK}\n{body} }}", arg)

    def rewind(self) -> None:
        """Focus as after loading: nowhere, and the next Tab goes to the first stop."""
        self.page.evaluate(
            """() => {
                document.activeElement?.blur();
                const start = document.createElement('span');
                start.tabIndex = -1;
                document.body.prepend(start);
                start.focus({preventScroll: true});
                start.remove();
                scrollTo(0, 0);
            }"""
        )


@contextmanager
def emulated(page: Page, **media: Any) -> Iterator[None]:
    """A page with other media features for a while, e.g. `media="print"`."""
    page.emulate_media(**media)
    try:
        yield
    finally:
        page.emulate_media(**dict.fromkeys(media, "null"))


@contextmanager
def darkened(page: Page) -> Iterator[None]:
    """A page in dark colours for a while, and at once: no transition is under way."""
    with emulated(page, color_scheme="dark", reduced_motion="reduce"):
        yield


@contextmanager
def sized(page: Page, width: int) -> Iterator[None]:
    """A page in another width for a while."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": width, "height": before["height"]})
    try:
        yield
    finally:
        page.set_viewport_size(before)


@contextmanager
def styled(page: Page, css: str) -> Iterator[None]:
    """A page with further styles for a while. The site's policy lets none stand in the page."""
    sheet = page.evaluate_handle(
        """(css) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets.push(sheet);
            return sheet;
        }""",
        css,
    )
    try:
        yield
    finally:
        page.evaluate(
            "(sheet) => document.adoptedStyleSheets.splice("
            "document.adoptedStyleSheets.indexOf(sheet), 1)",
            sheet,
        )
