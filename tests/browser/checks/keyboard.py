"""Checks with the keyboard alone."""

from __future__ import annotations

from typing import Any

from checks.visit import Visit

STOPS = 40

# What is remembered of a stop: how it looks with focus, and later how it looks without.
_LEFT = """
const element = document.activeElement;
const memory = (window.stopsOfThisCheck ??= {elements: [], looks: []});
const look = (one) => {
    const style = getComputedStyle(one);
    return [style.boxShadow, style.backgroundColor, style.borderTopColor, style.borderBottomColor,
        style.textDecorationLine, style.color].join('|');
};
const before = memory.elements.at(-1);
if (before && before !== element) memory.looks[memory.elements.length - 1].without = look(before);
"""

_STOP = """
if (!element || element === document.body || element === document.documentElement) return null;
if (memory.elements.includes(element)) return null;
memory.elements.push(element);
memory.looks.push({with: look(element), without: null});
"""

_SEEN = """
const boxes = [...element.getClientRects()];
let part = {width: 0, height: 0};
for (const box of boxes) {
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
    if (Math.min(width, height) > Math.min(part.width, part.height)) part = {width, height};
}
const style = getComputedStyle(element);
const line = channels(style.outlineColor);
const ring = style.outlineStyle === 'auto' || (style.outlineStyle !== 'none'
    && parseFloat(style.outlineWidth) >= 2 && line[3] > 0.5
    && contrast(line, behind(element.parentElement)) >= 3);
return {called: called(element), name: named(element), ring, ...part};
"""


def skip_link(visit: Visit) -> list[str]:
    """3. First Tab reaches "Skip to content"; Enter moves focus into main."""
    page = visit.page
    visit.rewind()
    page.keyboard.press("Tab")
    first = visit.ask("return document.activeElement ? named(document.activeElement) : ''")
    if first != "Skip to content":
        return [f"the first Tab reaches “{first}”, not “Skip to content”"]
    if not visit.ask("return shown(document.activeElement)"):
        return ["“Skip to content” is not shown when it has focus"]
    page.keyboard.press("Enter")
    inside = visit.ask("return Boolean(document.activeElement.closest('main, [role=\"main\"]'))")
    return [] if inside else ["Enter on “Skip to content” does not move focus into main"]


def stops(visit: Visit) -> list[str]:
    """4. First 40 Tab stops: in the viewport, ≥ 2 × 2 px, named, visible focus.

    Shift+Tab reverses them.
    """
    page = visit.page
    visit.rewind()
    page.evaluate("delete window.stopsOfThisCheck")
    seen: list[dict[str, Any]] = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = visit.ask(_LEFT + _STOP + _SEEN)
        if stop is None:
            break
        seen.append(stop)
    if not seen:
        return ["Tab reaches nothing"]
    # Whoever shows focus in another way than by an outline looks different without it.
    changed = visit.ask(
        "document.activeElement.blur();"
        + _LEFT
        + "return memory.looks.map((one) => one.with !== one.without);"
    )
    faults = []
    for stop, different in zip(seen, changed, strict=True):
        if stop["width"] < 2 or stop["height"] < 2:
            faults.append(f"off screen or too small with focus: {stop['called']}")
        if not stop["name"]:
            faults.append(f"a stop without a name: {stop['called']}")
        if not stop["ring"] and not different:
            faults.append(f"focus cannot be seen: {stop['called']}")
    return faults + _backwards(visit, len(seen))


def _backwards(visit: Visit, count: int) -> list[str]:
    visit.page.evaluate(
        """() => {
            const memory = window.stopsOfThisCheck;
            memory.elements.at(-1).focus();
            memory.back = [];
            document.addEventListener('focusin', (event) => memory.back.push(event.target));
        }"""
    )
    for _ in range(count - 1):
        visit.page.keyboard.press("Shift+Tab")
    wrong = visit.ask(
        """const {elements, back} = window.stopsOfThisCheck;
        const missed = elements.slice(0, -1).reverse().find((one, n) => one !== back[n]);
        return missed ? called(missed) : '';"""
    )
    return [f"Shift+Tab does not go back to {wrong}"] if wrong else []
