"""Checks of what the page's script does: search, colours, copying; and of a page without it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Route, expect
from playwright.sync_api import TimeoutError as Late

from checks.visit import Visit


def _appears(thing: Locator, timeout: float) -> bool:
    try:
        thing.first.wait_for(state="visible", timeout=timeout)
    except Late:
        return False
    return True


def _vanishes(thing: Locator, timeout: float) -> bool:
    try:
        thing.wait_for(state="hidden", timeout=timeout)
    except Late:
        return False
    return True


def _search_name(visit: Visit) -> str:
    return f"{visit.site.say('frame.search')} {visit.site.say('frame.this-site')}"


def _search_button(visit: Visit) -> Locator:
    return visit.page.get_by_role("button", name=_search_name(visit), exact=True)


def search_dialog(visit: Visit) -> list[str]:
    """7. Button "Search this site" opens dialog "Search" and focuses its field.

    Escape closes and returns focus.
    """
    page = visit.page
    button = _search_button(visit)
    if not _appears(button, visit.patience):
        return [f"no button “{_search_name(visit)}”"]
    button.click()
    dialog = page.get_by_role("dialog", name=visit.site.say("frame.search"), exact=True)
    if not _appears(dialog, visit.patience):
        return [f"the button opens no dialog “{visit.site.say('frame.search')}”"]
    faults = []
    focused = "return document.activeElement?.matches('dialog input, [role=\"dialog\"] input')"
    if not visit.ask(focused):
        faults.append("the dialog does not focus its field")
    page.keyboard.press("Escape")
    if not _vanishes(dialog, visit.patience):
        return [*faults, "Escape does not close the dialog"]
    if not button.evaluate("element => element === document.activeElement"):
        faults.append("focus does not return to the button")
    return faults


# Types words, sends them off as Enter does, and tells the addresses of the answer, or null.
_ASK = """async (dialog, [wanted, patience]) => {
    const field = dialog.querySelector('input[type=search]');
    const results = dialog.querySelector('.results');
    const answered = () => new Promise((done) => {
        const seen = new MutationObserver(() => {
            if (!results.querySelector('.no-answer')) { seen.disconnect(); done(true); }
        });
        seen.observe(results, {childList: true});
        setTimeout(() => { seen.disconnect(); done(false); }, patience);
    });
    const told = [];
    for (const words of wanted) {
        // Something that only an answer takes away.
        results.innerHTML = '<hr class="no-answer">';
        field.value = words;
        const answer = answered();
        field.form.requestSubmit();
        told.push(await answer ? [...dialog.querySelectorAll('a')].map((link) => link.href) : null);
    }
    return told;
}"""


def search_results(visit: Visit, wanted: Iterable[tuple[str, set[str]]]) -> list[str]:
    """8. Searching a topic word, a surname and six words of a quote finds the right page first.

    `wanted` are words, and the paths of the pages that are right for them. The first are typed
    and sent off with Enter; the others, of which there are hundreds, within the page.
    """
    page = visit.page
    _search_button(visit).click()
    dialog = page.get_by_role("dialog", name=visit.site.say("frame.search"), exact=True)
    asked = list(wanted)
    for words, _ in asked[:1]:
        dialog.locator(".results").evaluate("e => { e.innerHTML = '<hr class=\"no-answer\">'; }")
        dialog.get_by_role("searchbox").fill(words)
        dialog.get_by_role("searchbox").press("Enter")
        if not _vanishes(dialog.locator(".no-answer"), visit.patience):
            return [f"“{words}”: no answer"]
    found = dialog.evaluate(_ASK, [[words for words, _ in asked], visit.patience])
    page.keyboard.press("Escape")
    return [
        fault
        for (words, goals), urls in zip(asked, found, strict=True)
        for fault in _not_first(words, goals, urls and [visit.site.path(url) for url in urls])
    ]


def asked_of(visit: Visit, asked: Sequence[str]) -> dict[str, list[str]]:
    """What the search of a page finds for words: paths, the first result first."""
    _search_button(visit).click()
    dialog = visit.page.get_by_role("dialog", name=visit.site.say("frame.search"), exact=True)
    found = dialog.evaluate(_ASK, [list(asked), visit.patience])
    visit.page.keyboard.press("Escape")
    return {
        words: [visit.site.path(url) for url in urls or ["no answer"]] if urls != [] else []
        for words, urls in zip(asked, found, strict=True)
    }


def search_answers(visit: Visit, wanted: Mapping[str, str]) -> list[str]:
    """35. A search answers questions and forgives slips, and says it where there is nothing.

    `wanted` has the path of the page that is to be first, or "" where nothing is to be found.
    Sources stand below all else.
    """
    faults = []
    for words, paths in asked_of(visit, list(wanted)).items():
        if paths[:1] != ([wanted[words]] if wanted[words] else []):
            faults.append(f"“{words}”: first is {paths[:1]}, not “{wanted[words]}”")
        below = [path.startswith("sources/") for path in paths]
        if below != sorted(below):
            faults.append(f"“{words}”: a source stands above other pages")
    return faults


def _not_first(words: str, goals: set[str], paths: list[str] | None) -> list[str]:
    if paths is None:
        return [f"“{words}”: no answer"]
    if goals & set(paths[:1]):
        return []
    place = next((n for n, path in enumerate(paths, 1) if path in goals), None)
    where = f"is number {place}" if place else "is not found"
    first = paths[0] if paths else "nothing"
    return [f"“{words}”: first is {first}; {min(goals)} {where}"]


def dark_colours(visit: Visit) -> list[str]:
    """9. "Dark colours" toggles `aria-pressed`, persists; unset, it follows the system."""
    page = visit.page
    page.emulate_media(color_scheme="light")
    page.evaluate("localStorage.clear()")
    page.reload()
    button = page.get_by_role("button", name="Dark colours", exact=True)
    if not _appears(button, visit.patience):
        return ["no button “Dark colours”"]
    faults = []

    def dark() -> bool:
        """The page is dark and the button pressed."""
        return _becomes(visit, button, pressed=True)

    def light() -> bool:
        return _becomes(visit, button, pressed=False)

    if not light():
        faults.append("unset, in a light system, it is pressed or the page is dark")
    page.emulate_media(color_scheme="dark")
    if not dark():
        faults.append("unset, it does not follow the system into the dark")
    page.emulate_media(color_scheme="light")
    button.click()
    if not dark():
        faults.append("a click does not press it and darken the page")
    page.reload()
    if not dark():
        faults.append("the choice does not persist")
    button.click()
    if not light():
        faults.append("a second click does not undo the first")
    page.evaluate("localStorage.clear()")
    return faults


def _becomes(visit: Visit, button: Locator, pressed: bool) -> bool:
    """Whether the button and the page agree; a change of the system is told a moment later."""
    for _ in range(0, int(visit.patience), 50):
        dark = visit.ask("return luminance(behind(document.body))") < 0.2
        if (button.get_attribute("aria-pressed"), dark) == (str(pressed).lower(), pressed):
            return True
        visit.page.wait_for_timeout(50)
    return False


def copying(visit: Visit) -> list[str]:
    """12. "Copy quote" puts words, speaker, date, source and permalink on the clipboard.

    It says so in a `status`; denied, it says that.
    """
    page = visit.page
    quote = page.locator("article.quote").first
    button = quote.get_by_role("button", name="Copy quote")
    if not _appears(button, visit.patience):
        return ["no button “Copy quote”"]
    wanted: dict[str, str] = quote.evaluate(
        """(quote) => {
            const text = (query) => quote.querySelector(query)?.textContent.trim() ?? '';
            const link = quote.querySelector('[id^="quote-"] a[href]');
            return {words: text('blockquote p'), speaker: text('.speaker :is(a, b)'),
                date: text('time[datetime]'), source: text('cite'),
                permalink: link?.href ?? document.querySelector('link[rel="canonical"]').href};
        }"""
    )
    path = wanted["permalink"].replace(visit.site.address, visit.site.published)
    wanted["permalink"] = path
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said = _said_after(visit, button)
    copied = page.evaluate("navigator.clipboard.readText()")
    faults = [f"the {name} is not copied: “{text}”" for name, text in wanted.items()
              if text not in copied]  # fmt: skip
    if "copied" not in said.lower():
        faults.append(f"the status does not say that it was copied: “{said}”")
    _deny_writing(page)
    said = _said_after(visit, button)
    if not said:
        faults.append("denied, it says nothing")
    elif "copied" in said.lower():
        faults.append(f"denied, it says “{said}”")
    return faults


def _deny_writing(page: Page) -> None:
    """The page again, in a place that may not write to the clipboard."""

    def refuse(route: Route) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "permissions-policy": "clipboard-write=()"}
        route.fulfill(response=answer, headers=headers)

    page.route(page.url, refuse)
    page.reload()
    page.unroute(page.url)


def _said_after(visit: Visit, button: Locator) -> str:
    status = visit.page.locator("[role=status]:visible, [role=status]").last
    status.evaluate("element => { element.textContent = ''; }")
    button.click()
    try:
        expect(status).not_to_be_empty(timeout=visit.patience)
    except AssertionError:
        return ""
    return str(status.inner_text())


_PARTS = """
const body = document.querySelector('main');
const words = [], hidden = [];
const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement;
    if (!node.data.trim() || own.closest('[aria-hidden="true"], title, desc')) continue;
    if (own.closest('button, script, template, noscript')) continue;
    (own.checkVisibility({visibilityProperty: true}) ? words : hidden).push(squeezed(node.data));
}
return JSON.stringify({ // a page has thousands of these
    words, hidden,
    dead: all('button, [role="button"], summary').filter((e) => shown(e)
        && !(e.type === 'submit' && e.form?.action)
        && !e.matches('details > summary:first-child')).map(called), // opens by itself
    links: all('a[href]').filter((e) => e.checkVisibility()).map((e) => e.href),
});
"""


@contextmanager
def _scriptless(visit: Visit) -> Iterator[Page]:
    if visit.plain:
        yield visit.plain
        return
    browser, size = visit.page.context.browser, visit.page.viewport_size
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport=size)
    try:
        yield context.new_page()
    finally:
        context.close()


def without_script(visit: Visit) -> list[str]:
    """23. Script off: everything readable and reachable, no dead buttons."""
    with _scriptless(visit) as page:
        # Where no script runs, a page that is resized is as one that is opened in that size.
        page.set_viewport_size(visit.page.viewport_size)
        if page.url != visit.page.url:
            page.goto(visit.page.url, wait_until="load")
        plain = json.loads(Visit(page, visit.site).ask(_PARTS))
    full = json.loads(visit.ask(_PARTS))
    faults = [f"a dead button: {name}" for name in plain["dead"]]
    # What nobody is shown, as a drawing's other layout, is not hidden for want of script.
    hidden = {*plain["hidden"]} - {*full["hidden"]}
    faults += [f"hidden without script: “{text}”" for text in sorted(hidden)]
    added = {*full["words"]} - {*plain["words"]}
    faults += [f"only there with script: “{text}”" for text in sorted(added)]
    lost = set(full["links"]) - set(plain["links"])
    return faults + [f"reached with script only: {url}" for url in sorted(lost)]
