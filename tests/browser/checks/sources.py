"""Check 34: what a marker says of its source, and the list of sources at the end of a page."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import TimeoutError as Late

from checks.previews import again
from checks.visit import Visit

MOST_OPEN = 12  # entries of a list that stand open
SOON = 3_000  # ms; a card has something to fetch

_LIST = """
const entries = all('ol.sources > li[id]');
const markers = all('a.cite[href^="#"]');
return {
    open: entries.filter(shown).length,
    lost: entries.filter((entry) => !all('a[href^="#"]', entry).some((back) => {
        const marker = document.getElementById(back.getAttribute('href').slice(1));
        return marker && markers.includes(marker) && marker.hash === `#${entry.id}`;
    })).map(called),
    folded: entries.find((entry) => !shown(entry) && entry.closest('details'))?.id ?? '',
    title: squeezed(document.querySelector(markers.find(shown)?.hash || 'none')
        ?.querySelector('cite')?.textContent ?? ''),
};
"""


def sources_in_reach(visit: Visit) -> list[str]:
    """34. A marker shows what its source is, on hover and on touch; lists of sources are short.

    Each entry leads back to where the page cites it; an entry that is folded opens for its marker.
    """
    found: dict[str, Any] = visit.ask(_LIST)
    faults = [f"no way back to a marker: {entry}" for entry in found["lost"]]
    if found["open"] > MOST_OPEN:
        faults.append(f"{found['open']} sources stand open")
    if not found["title"]:
        return [*faults, "no marker leads to a source with a title"]
    faults += _hovered(visit, found["title"])
    if found["folded"]:
        marker = visit.page.locator(f'a.cite[href="#{found["folded"]}"]').first
        marker.evaluate("one => one.closest('details')?.setAttribute('open', '')")  # by its reader
        marker.click()
        if not visit.ask("return shown(document.getElementById(arg))", found["folded"]):
            faults.append("a marker does not open the entry that it leads to")
    with again(visit, has_touch=True) as touched:
        touched.page.goto(visit.page.url)
        return faults + _touched(touched, found["title"])


def _hovered(visit: Visit, title: str) -> list[str]:
    visit.page.locator("a.cite:visible").first.hover()
    card = visit.page.get_by_role("tooltip").filter(has_text=title.strip("“”"))
    with suppress(Late):
        card.wait_for(state="visible", timeout=min(SOON, visit.patience))
        visit.page.mouse.move(1, 1)
        return []
    return ["hovering a marker does not show the title of its source"]


def _touched(visit: Visit, title: str) -> list[str]:
    page = visit.page
    page.locator("a.cite:visible").first.tap()
    card = page.get_by_role("dialog").filter(has_text=title.strip("“”"))
    try:
        card.wait_for(state="visible", timeout=min(SOON, visit.patience))
    except Late:
        return ["touching a marker shows no card with the title of its source"]
    faults = [] if card.get_by_role("link").count() else ["the card leads nowhere"]
    card.get_by_role("button", name="Close").click()
    if card.is_visible():
        faults.append("the card does not close")
    if not visit.ask("return document.activeElement.matches('a.cite')"):
        faults.append("the focus does not go back to the marker")
    return faults
