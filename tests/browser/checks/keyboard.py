"""Checks with the keyboard alone."""

from __future__ import annotations

from typing import Any

from checks.visit import Visit

STOPS = 40

# How an element looks, and how it looks with focus: whether it is on the screen, what it is called.
_LOOKS = """
const look = (one) => {
    const style = getComputedStyle(one);
    return [style.boxShadow, style.backgroundColor, style.borderTopColor, style.borderBottomColor,
        style.textDecorationLine, style.color].join('|');
};
const ringed = (one) => {
    const style = getComputedStyle(one);
    const line = channels(style.outlineColor);
    return style.outlineStyle === 'auto' || (style.outlineStyle !== 'none'
        && parseFloat(style.outlineWidth) >= 2 && line[3] > 0.5
        && contrast(line, behind(one.parentElement)) >= 3);
};
"""

# Each stop is measured when its key goes up: then the focus has moved, and the page has scrolled.
_WATCH = """
const part = (element) => {
    let largest = {width: 0, height: 0};
    for (const box of element.getClientRects()) {
        let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
        const clip = (edge) => {
            left = Math.max(left, edge.left); top = Math.max(top, edge.top);
            right = Math.min(right, edge.right); bottom = Math.min(bottom, edge.bottom);
        };
        clip({left: 0, top: 0, right: innerWidth, bottom: innerHeight});
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
            if (getComputedStyle(up).overflow !== 'visible' && up !== document.documentElement) {
                clip(up.getBoundingClientRect());
            }
            if (getComputedStyle(up).position === 'fixed') break;
        }
        const [width, height] = [right - left, bottom - top];
        if (Math.min(width, height) > Math.min(largest.width, largest.height)) {
            largest = {width, height};
        }
    }
    return largest;
};
const stopped = new AbortController();
const memory = (window.stopsOfThisCheck = {elements: [], stops: [], back: [], stopped});
const nowhere = [null, document.body, document.documentElement];
let ended = false;
window.addEventListener('keyup', ({key, shiftKey}) => {
    const element = document.activeElement;
    if (key !== 'Tab') return;
    if (shiftKey) { memory.back.push(element); return; }
    ended ||= nowhere.includes(element) || memory.elements.includes(element);
    if (ended) return;
    memory.elements.push(element);
    memory.stops.push({called: called(element), name: named(element), ring: ringed(element),
        look: look(element), ...part(element)});
}, {capture: true, signal: stopped.signal});
"""


def skip_link(visit: Visit) -> list[str]:
    """3. First Tab reaches "Skip to content"; Enter moves focus into main."""
    page = visit.page
    visit.rewind()
    page.keyboard.press("Tab")
    first = visit.ask("return document.activeElement ? named(document.activeElement) : ''")
    skip = visit.site.say("frame.skip")
    if first != skip:
        return [f"the first Tab reaches “{first}”, not “{skip}”"]
    if not visit.ask("return shown(document.activeElement)"):
        return [f"“{skip}” is not shown when it has focus"]
    page.keyboard.press("Enter")
    inside = visit.ask("return Boolean(document.activeElement.closest('main, [role=\"main\"]'))")
    return [] if inside else [f"Enter on “{skip}” does not move focus into main"]


def stops(visit: Visit) -> list[str]:
    """4. First 40 Tab stops: in the viewport, ≥ 2 × 2 px, named, visible focus.

    Shift+Tab reverses them.
    """
    visit.rewind()
    visit.ask(_LOOKS + _WATCH)
    for _ in range(STOPS):
        visit.page.keyboard.press("Tab")
    # Whoever shows focus in another way than by an outline looks different without it.
    seen: list[dict[str, Any]] = visit.ask(
        _LOOKS
        + """document.activeElement?.blur();
        const {elements, stops} = window.stopsOfThisCheck;
        return stops.map((stop, n) => ({...stop, differs: stop.look !== look(elements[n])}));"""
    )
    faults = [] if seen else ["Tab reaches nothing"]
    for stop in seen:
        if stop["width"] < 2 or stop["height"] < 2:
            faults.append(f"off screen or too small with focus: {stop['called']}")
        if not stop["name"]:
            faults.append(f"a stop without a name: {stop['called']}")
        if not stop["ring"] and not stop["differs"]:
            faults.append(f"focus cannot be seen: {stop['called']}")
    return faults + _backwards(visit, len(seen))


def _backwards(visit: Visit, count: int) -> list[str]:
    keyboard = visit.page.keyboard
    visit.page.evaluate("stopsOfThisCheck.elements.at(-1)?.focus()")
    keyboard.down("Shift")
    for _ in range(count - 1):
        keyboard.press("Tab")
    keyboard.up("Shift")
    wrong = visit.ask(
        """const {elements, back, stopped} = window.stopsOfThisCheck;
        stopped.abort();
        const missed = elements.slice(0, -1).reverse().find((one, n) => one !== back[n]);
        return missed ? called(missed) : '';"""
    )
    return [f"Shift+Tab does not go back to {wrong}"] if wrong else []


def focus(visit: Visit) -> list[str]:
    """4, what colours can change of it: the focus of the first 40 stops can be seen."""
    visit.rewind()
    visit.page.keyboard.press("Tab")  # so that the page takes the focus for that of a keyboard
    faults: list[str] = visit.ask(
        _LOOKS
        + """
        const stops = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
        const faults = [];
        for (const stop of all(stops).filter((e) => e.checkVisibility()).slice(0, arg)) {
            stop.focus({preventScroll: true});
            if (!stop.matches(':focus')) continue;
            const [ring, before] = [ringed(stop), look(stop)];
            stop.blur();
            if (!ring && before === look(stop)) {
                faults.push(`focus cannot be seen: ${called(stop)}`);
            }
        }
        return faults;
        """,
        STOPS,
    )
    return faults
