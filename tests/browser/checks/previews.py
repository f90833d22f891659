"""Check 10: the previews of links, measured with a clock.

The clock is the page's own, which the check turns on: what a preview does at which moment does
not depend on how busy the machine is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Late

from checks.visit import Visit

KINDS = "people|places|terms|sources|quotes|facts|events"
EARLIEST, LATEST = 400, 900  # ms from the pointer's arrival to the preview
STEP = 50  # ms by which the clock is turned on while something is awaited
GONE = 700  # ms by which a preview that is left has closed: 300 of grace, and some to spare

# Notes when the pointer or the focus comes to a link, and when a tooltip is first seen.
_CLOCK = """
const link = document.querySelector('[data-of-this-check]');
const clock = (window.clockOfThisCheck = {});
const begin = () => { clock.begin ??= performance.now(); };
link.addEventListener('pointerover', begin, {once: true});
link.addEventListener('focus', begin, {once: true});
(function look() {
    const open = all('[role="tooltip"]').find(shown);
    if (open && clock.begin) { clock.end = performance.now(); return; }
    if (window.clockOfThisCheck === clock) requestAnimationFrame(look);
})();
"""

# The clock stands still while something is fetched: that takes as long as it takes.
_FETCHES = """
const fetched = window.fetch;
const underWay = (window.fetchesOfThisCheck = new Set());
window.fetch = (...asked) => {
    const answer = fetched(...asked).then(async (got) => new Response(await got.blob(), got));
    underWay.add(answer);
    return answer.finally(() => underWay.delete(answer));
};
"""

_OPEN = "const open = all('[role=\"tooltip\"]').filter(shown);"


def previews(visit: Visit) -> list[str]:
    """10. Preview: hover shows a tooltip between 400 and 900 ms, survives moving onto it.

    Escape closes, focus opens, touch navigates.
    """
    with again(visit) as timed:
        timed.page.clock.install()
        timed.page.add_init_script(_FETCHES)
        timed.page.goto(visit.page.url)
        timed.page.clock.pause_at(timed.page.evaluate("Date.now() + 1000"))
        if not _choose(timed):
            return ["no link to a person, term, place, source, quote, fact or event in main"]
        faults = _hover(timed, timed.page)
        if "hovering shows no tooltip" in faults:
            return faults
        faults += _focus(timed, timed.page)
    with again(visit, has_touch=True) as touched:
        touched.page.goto(visit.page.url)
        return faults + _touch(touched)


@contextmanager
def again(visit: Visit, **options: Any) -> Iterator[Visit]:
    """An empty window as large as the one that is visited, for the same page."""
    browser = visit.page.context.browser
    assert browser is not None
    context = browser.new_context(viewport=visit.page.viewport_size, **options)
    try:
        yield Visit(context.new_page(), visit.site, patience=visit.patience)
    finally:
        context.close()


def _choose(visit: Visit) -> bool:
    """Mark the link that is tried: the first in main, moved into the middle of the screen."""
    return bool(
        visit.ask(
            """
            const link = all('main a[href]').filter(shown).find((a) =>
                new RegExp(`/(${arg})/[^/]+/$`).test(a.pathname)
                && a.pathname !== location.pathname && !a.querySelector('img, svg'));
            if (!link) return false;
            link.dataset.ofThisCheck = '';
            link.scrollIntoView({block: 'center'});
            return true;
            """,
            KINDS,
        )
    )


def _open(visit: Visit) -> int:
    return int(visit.ask(f"{_OPEN} return open.length;"))


def _pass(page: Page, time: int) -> None:
    """Turn the page's clock on, and have what is fetched by then answered."""
    page.clock.run_for(time)
    page.evaluate("async () => { await Promise.allSettled([...fetchesOfThisCheck]); }")


def _rest(page: Page) -> None:
    """The pointer in a corner, nothing focused, nothing open."""
    page.mouse.move(1, 1)
    page.evaluate("document.activeElement?.blur()")
    _pass(page, GONE)


def _wait(visit: Visit, count: int, timeout: int = LATEST + 400) -> bool:
    waited = 0
    while _open(visit) != count and waited < timeout:
        _pass(visit.page, STEP)
        waited += STEP
    return _open(visit) == count


def _to_link(page: Page) -> None:
    box = page.locator("[data-of-this-check]").evaluate(
        """link => {
            const box = link.getClientRects()[0];
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    page.mouse.move(*box)


def _scroll(page: Page) -> None:
    """Scroll with the wheel, until the page has been told."""
    page.evaluate(
        """() => { window.scrollOfThisCheck = new Promise(
            (told) => addEventListener('scroll', told, {once: true})); }"""
    )
    page.mouse.wheel(0, 40)
    page.evaluate("async () => { await scrollOfThisCheck; }")


def _hover(visit: Visit, page: Page) -> list[str]:
    faults = []
    _rest(page)
    if visit.ask(
        "return document.querySelector('[data-of-this-check]').hasAttribute('aria-describedby')"
    ):
        faults.append("the link is described before anything is shown")
    visit.ask(_CLOCK)
    _to_link(page)
    if not _wait(visit, 1):
        return ["hovering shows no tooltip"]
    _pass(page, STEP)  # so that the clock of the check has seen it, too
    took = page.evaluate("clockOfThisCheck.end - clockOfThisCheck.begin")
    if not EARLIEST <= took <= LATEST:
        faults.append(f"the tooltip is shown after {took:.0f} ms, not {EARLIEST} to {LATEST}")
    if not visit.ask(
        f"{_OPEN} const by = document.querySelector('[data-of-this-check]')"
        ".getAttribute('aria-describedby'); return Boolean(by) && by === open[0].id;"
    ):
        faults.append("the link is not described by the tooltip while it is open")
    if not visit.ask(f"{_OPEN} return squeezed(open[0].textContent).length > 0;"):
        faults.append("the tooltip is empty")
    x, y = visit.ask(
        f"{_OPEN} const box = open[0].getBoundingClientRect();"
        "return [box.x + box.width / 2, box.y + box.height / 2];"
    )
    page.mouse.move(x, y, steps=4)
    _pass(page, GONE)
    if not _open(visit):
        faults.append("it does not survive moving onto it")
    page.mouse.move(1, 1)
    if not _wait(visit, 0, GONE):
        faults.append("it does not close when it is left")
    for what, act in (
        ("Escape", lambda: page.keyboard.press("Escape")),
        ("scrolling", lambda: _scroll(page)),
    ):
        _rest(page)
        _to_link(page)
        if _wait(visit, 1):
            act()
            if not _wait(visit, 0, 250):
                faults.append(f"{what} does not close it")
    return faults


def _focus(visit: Visit, page: Page) -> list[str]:
    _rest(page)
    # Focus as the keyboard gives it: from the stop before, by Tab.
    visit.ask(
        """const stops = all('a[href], button, input, [tabindex="0"]')
            .filter((e) => e.checkVisibility());
        const link = document.querySelector('[data-of-this-check]');
        stops[stops.indexOf(link) - 1]?.focus({preventScroll: true});"""
    )
    page.keyboard.press("Tab")
    if not _wait(visit, 1):
        return ["focus does not open it"]
    page.keyboard.press("Escape")
    faults = [] if _wait(visit, 0, 250) else ["Escape does not close it for the keyboard"]
    if not visit.ask("return document.activeElement.matches('[data-of-this-check]')"):
        faults.append("Escape takes the focus from the link")
    return faults


def _touch(visit: Visit) -> list[str]:
    page = visit.page
    _choose(visit)
    link = page.locator("[data-of-this-check]")
    goal = str(link.evaluate("link => link.href"))
    page.evaluate(
        """() => { window.addEventListener('pagehide', () => {
            const open = [...document.querySelectorAll('[role="tooltip"]')]
                .some((one) => one.checkVisibility());
            sessionStorage.setItem('open', String(open));
        }); }"""
    )
    link.tap()
    try:
        page.wait_for_url(lambda url: _whole(url) == _whole(goal), timeout=visit.patience)
    except Late:
        return ["touch does not follow the link"]
    if page.evaluate("sessionStorage.getItem('open')") == "true":
        return ["touch shows a preview"]
    return []


def _whole(url: str) -> str:
    """The address of a page, not of a place in it."""
    return re.sub("#.*", "", url)
