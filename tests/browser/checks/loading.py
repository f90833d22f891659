"""Checks of what a page loads, weighs and says to machines; and of links through the site."""

from __future__ import annotations

import gzip
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from PIL import Image
from playwright.sync_api import Error, Page, Response
from selectolax.lexbor import LexborHTMLParser

from checks.visit import Site, Visit

CARD = (1200, 630)
# Bodies that are small already; a server sends them as they are.
_PACKED = (".woff2", ".png", ".webp", ".jpg", ".jpeg", ".avif", ".gif", ".gz")


def quiet(visit: Visit) -> list[str]:
    """27. No off-origin request, cookie or console error."""
    own = (visit.site.address, "data:", "blob:")
    faults = [
        f"a request to another host: {u}" for u in visit.heard.requests if not u.startswith(own)
    ]
    faults += visit.heard.complaints
    return faults + [f"a cookie: {cookie['name']}" for cookie in visit.page.context.cookies()]


def described(visit: Visit) -> list[str]:
    """28. Unique title and description; absolute `og:image` 1200 × 630 that exists; canonical."""
    said: dict[str, Any] = visit.ask(
        """const content = (query) => document.querySelector(query)?.getAttribute('content') ?? '';
        return {
            title: squeezed(document.title),
            description: squeezed(content('meta[name="description"]')),
            image: content('meta[property="og:image"]'),
            width: content('meta[property="og:image:width"]'),
            height: content('meta[property="og:image:height"]'),
            canonical: document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? '',
        };"""
    )
    if visit.path == "404.html":
        # It stands at every address that is none: nothing can be said of it but its name.
        return [] if said["title"] else ["no title"]
    faults = [f"no {name}" for name in ("title", "description") if not said[name]]
    address = visit.site.published + visit.path
    if said["canonical"] != address:
        faults.append(f"canonical is “{said['canonical']}”, not {address}")
    return faults + _card(visit.site, said)


def _card(site: Site, said: dict[str, Any]) -> list[str]:
    if not said["image"].startswith(site.published):
        return [f"og:image is not an absolute address of this site: “{said['image']}”"]
    file = site.file(said["image"])
    if not file.is_file():
        return [f"og:image does not exist: {said['image']}"]
    with Image.open(file) as picture:
        size = picture.size
    faults = [] if size == CARD else [f"og:image is {size[0]} × {size[1]}, not 1200 × 630"]
    if (said["width"], said["height"]) != tuple(map(str, size)):
        faults.append(f"og:image is said to be {said['width']} × {said['height']}")
    return faults


@dataclass
class Weight:
    """What a page brought along. Kinds are those of Playwright: document, stylesheet, font …"""

    sizes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def weigh(self, response: Response) -> None:
        """Count a response as a server would send it: text compressed, the rest as it is."""
        url = response.url
        if not url.startswith("http"):
            return
        body = response.body()
        packed = urlsplit(url).path.endswith(_PACKED)
        self.sizes[url] = len(body if packed else gzip.compress(body, 6))
        self.kinds[url] = response.request.resource_type

    def of(self, *kinds: str) -> int:
        """Bytes of some kinds of response, or of all."""
        return sum(s for url, s in self.sizes.items() if not kinds or self.kinds[url] in kinds)


def weighed(page: Page, url: str) -> Weight:
    """What a page brings along for a reader who reads it to the end. The page must be fresh."""
    weight, answers = Weight(), list[Response]()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(url, wait_until="networkidle")
    for answer in answers:
        try:
            weight.weigh(answer)
        except Error:
            continue  # a redirect or a failed request has no body
    return weight


def light(page: Page, url: str, limit: int = 200_000) -> list[str]:
    """29. Home under 200 kB compressed with fonts."""
    weight = weighed(page, url)
    if weight.of() < limit:
        return []
    largest = sorted(weight.sizes.items(), key=lambda one: -one[1])[:3]
    return [f"{weight.of()} bytes, not under {limit}: {largest}"]


def still(page: Page, url: str, limit: float = 0.05) -> list[str]:
    """29. CLS < 0.05, from the first paint to the end of the page."""
    page.add_init_script(
        """window.shiftsOfThisCheck = [];
        new PerformanceObserver((list) => {
            for (const one of list.getEntries()) {
                if (one.hadRecentInput) continue;
                window.shiftsOfThisCheck.push([one.value, one.startTime,
                    one.sources.map((source) => source.node?.className ?? '').join(' ')]);
            }
        }).observe({type: 'layout-shift', buffered: true});"""
    )
    page.goto(url, wait_until="networkidle")
    page.evaluate(
        """async () => {
            for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
                scrollTo(0, y);
                await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 20)));
            }
        }"""
    )
    shifts: list[tuple[float, float, str]] = page.evaluate("window.shiftsOfThisCheck")
    moved = sum(value for value, _, _ in shifts)
    return [f"the layout shifts by {moved:.3f}: {shifts[:3]}"] if moved >= limit else []


@dataclass(frozen=True)
class _Document:
    """The ids, links, title and description of a page."""

    ids: frozenset[str]
    links: tuple[tuple[str, str, str], ...]  # attribute, address, words
    title: str
    description: str
    moved: bool


def _document(text: str) -> _Document:
    """A page, read by a parser in C: a site has hundreds of thousands of tags."""
    tree = LexborHTMLParser(text)
    title, described = tree.css_first("head > title"), tree.css_first('meta[name="description"]')
    links = [
        (name, one.attributes[name] or "", one.text() if one.tag == "a" else "")
        for one in tree.css("[href], [src]")
        for name in ("href", "src")
        if name in one.attributes and one.attributes.get("rel") != "canonical"
    ]
    named = (
        one.attributes.get(name) for one in tree.css("[id], [name]") for name in ("id", "name")
    )
    return _Document(
        ids=frozenset(name for name in named if name),
        links=tuple(links),
        title=title.text(strip=True) if title else "",
        description=(described.attributes.get("content") or "") if described else "",
        moved=tree.css_first('meta[http-equiv="refresh" i]') is not None,
    )


@cache
def _documents(folder: Path) -> dict[str, _Document]:
    """The pages of a folder, which is read once."""
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*.html"))}
    return {
        name: _document(file.read_text("utf-8"))
        for name, file in files.items()
        if not name.startswith("pagefind/")
    }


def unique_descriptions(folder: Path) -> list[str]:
    """28. Unique title and description, over all pages of a site."""
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, page in _documents(folder).items():
        if page.moved:
            continue  # it sends readers on to the page whose title it has
        seen["title", page.title].append(name)
        seen["description", page.description].append(name)
    return [
        f"{len(pages)} pages have the {what} “{text}”: {', '.join(pages[:3])}"
        for (what, text), pages in seen.items()
        if len(pages) > 1
    ]


def links(folder: Path, published: str, edit: str, repository: Path) -> list[str]:
    """30. Every internal link and fragment resolves.

    "Suggest a change" points at a file that exists: `edit` is the address below which the files
    of `repository` are edited.
    """
    pages, faults = _documents(folder), []
    for name, page in pages.items():
        for attribute, link, words in page.links:
            if words.strip() == "Suggest a change" or link.startswith(edit):
                wrong = _edited(link, edit, repository)
            else:
                wrong = _lost(folder, pages, published, name, attribute, link)
            if wrong:
                faults.append(f"{name}: {link} {wrong}")
    return faults


def _edited(link: str, edit: str, repository: Path) -> str:
    if not link.startswith(edit):
        return "is no place to change a file"
    file = repository / unquote(link.removeprefix(edit))
    return "" if file.is_file() else "would change a file that does not exist"


def _lost(
    folder: Path, pages: dict[str, _Document], published: str, name: str, attribute: str, link: str
) -> str:
    """Why a link of a page leads nowhere within the site, or ""."""
    parts = urlsplit(urljoin(published + name, link))
    whole = parts._replace(query="", fragment="").geturl()
    if not whole.startswith(published):
        off = parts.netloc == urlsplit(published).netloc and not urlsplit(link).netloc
        return "leaves the site" if off and parts.scheme != "mailto" else ""
    path = unquote(whole.removeprefix(published))
    goal = f"{path}index.html" if path.endswith("/") or not path else path
    if goal not in pages and not (folder / goal).is_file():
        return "leads to a page that does not exist"
    anchor = unquote(parts.fragment).partition(":~:")[0]
    if attribute == "href" and anchor and goal in pages and anchor not in pages[goal].ids:
        return "leads to a place that does not exist on that page"
    return ""
