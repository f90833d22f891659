"""Checks of what a page is made of: landmarks, headings, names, references."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from checks.visit import Visit

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The rules of axe whose answer depends on colours.
COLOURS = ["color-contrast", "link-in-text-block"]
_AXE = Axe()
# Contrast and the size of targets take axe most of its time. Words and targets that look as others
# of the page do, in all that stands around them too, are as these are: of a hundred rows of a list,
# one is looked at, with all that is in it. (Check 22 measures every target.)
_ALIKE = [*COLOURS, "target-size"]
_RUN = """async ([alike, asked]) => {
    const look = (e, names) => {
        const style = getComputedStyle(e);
        return names.map((name) => style[name]).join();
    };
    const around = new Map([[null, '']]);
    const within = (e) => {
        if (!around.has(e)) {
            around.set(e, [within(e.parentElement), e.localName, e.getAttribute('class'), look(e, [
                'color', 'backgroundColor', 'backgroundImage', 'opacity', 'filter', 'mixBlendMode',
                'position', 'textDecoration', 'borderBottom', 'display', 'visibility',
            ])].join('|'));
        }
        return around.get(e);
    };
    const looks = new Map();
    const says = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const targets = 'a[href], button, input, select, textarea, summary';
    for (const e of document.body.querySelectorAll('*')) {
        if (!says(e) && !e.matches(targets)) continue;
        const mine = within(e) + look(e, ['fontSize', 'fontWeight', 'textShadow']);
        if (!looks.has(mine)) looks.set(mine, e);
    }
    const marked = [...looks.values()].flatMap((e) => [e, ...e.querySelectorAll('*')]);
    for (const e of marked) e.setAttribute('data-look', '');
    // Where axe itself looks for what a rule is about, among what is marked alone.
    const links = {'link-in-text-block': 'a[href][data-look], [role=link][data-look]'};
    axe.configure({rules: alike.map((id) => ({id, selector: links[id] ?? '[data-look]'}))});
    const on = Object.fromEntries(alike.map((id) => [id, {enabled: true}]));
    const {violations} = await axe.run(document, {
        runOnly: asked, rules: on, resultTypes: ['violations'],
    });
    for (const e of marked) e.removeAttribute('data-look');
    return violations;
}"""


def bring_axe(page: Page) -> None:
    """Have axe in every page that is opened from now on: it is sent once, and not to each."""
    page.add_init_script(_AXE.axe_script)


def axe(visit: Visit) -> list[str]:
    """1. axe (WCAG 2.0–2.2 A/AA + best practice): no violation on any page type."""
    return _told(axe_violations(visit))


def axe_colours(visit: Visit) -> list[str]:
    """1, what colours can change of it: contrast, and links among words."""
    return _told(axe_violations(visit, colours_alone=True))


def _told(violations: dict[str, list[str]]) -> list[str]:
    return [
        f"axe {rule}: {nodes[0]}" + (f" and {len(nodes) - 1} more" if len(nodes) > 1 else "")
        for rule, nodes in violations.items()
    ]


def _named(target: list[object]) -> str:
    """An element as axe names it, without the mark by which it was chosen."""
    return " ".join(map(str, target)).replace('[data-look=""]', "")


def axe_violations(visit: Visit, colours_alone: bool = False) -> dict[str, list[str]]:
    """For each rule of axe that is violated, the elements that violate it."""
    if visit.page.evaluate("typeof axe === 'undefined'"):
        visit.page.evaluate(_AXE.axe_script)
    found: list[dict[str, Any]] = visit.page.evaluate(
        _RUN, [_ALIKE, COLOURS if colours_alone else TAGS]
    )
    return {one["id"]: [_named(node["target"]) for node in one["nodes"]] for one in found}


def landmarks(visit: Visit) -> list[str]:
    """2. One `h1`, `main`, `banner`, `contentinfo`; no skipped heading level."""
    wanted = ["h1", "main"] + (["banner", "contentinfo"] if visit.chrome else [])
    found: list[str] = visit.ask(
        """
        const apart = 'article, aside, main, nav, section';
        const places = {
            h1: all('h1'),
            main: all('main, [role="main"]'),
            banner: all('header, [role="banner"]').filter(
                (e) => e.role === 'banner' || !e.parentElement.closest(apart)),
            contentinfo: all('footer, [role="contentinfo"]').filter(
                (e) => e.role === 'contentinfo' || !e.parentElement.closest(apart)),
        };
        const faults = [];
        for (const name of arg) {
            const count = places[name].filter((e) => e.checkVisibility()).length;
            if (count !== 1) faults.push(`${count} ${name} instead of one`);
        }
        let last = 0;
        for (const heading of all('h1, h2, h3, h4, h5, h6, [role="heading"]')) {
            if (!heading.checkVisibility()) continue;
            const level = Number(heading.ariaLevel ?? heading.tagName[1]);
            if (level > last + 1) {
                faults.push(`heading level ${level} after ${last}: ${called(heading)}`);
            }
            last = level;
        }
        return faults;
        """,
        wanted,
    )
    return found


def tabindex(visit: Visit) -> list[str]:
    """5. No positive `tabindex`."""
    found: list[str] = visit.ask(
        """return all('[tabindex]').filter((e) => Number(e.getAttribute('tabindex')) > 0)
            .map((e) => `positive tabindex: ${called(e)}`);"""
    )
    return found


def menu(visit: Visit) -> list[str]:
    """6. Navigation "Main" has five links; `aria-current` says where one is.

    It is "page" on those five pages, "true" on the section's link on pages below them, none
    elsewhere.
    """
    menus: list[list[dict[str, Any]]] = visit.ask(
        """return all('nav, [role="navigation"]').filter((e) => named(e) === arg && shown(e))
            .map((nav) => all('a[href]', nav).map((a) => (
                {name: named(a), to: a.href, current: a.getAttribute('aria-current')})));""",
        main := visit.site.say("frame.main"),
    )
    if len(menus) != 1:
        return [f"{len(menus)} navigations “{main}” instead of one"]
    links = menus[0]
    faults = [] if len(links) == 5 else [f"{len(links)} links in Main instead of five"]
    goals = {visit.site.path(link["to"]): link for link in links}
    expected = _section(visit, set(goals))
    for goal, link in goals.items():
        wanted = ("page" if goal == visit.path else "true") if goal == expected else None
        if link["current"] != wanted:
            faults.append(f"aria-current of “{link['name']}” is {link['current']}, not {wanted}")
    return faults


def _section(visit: Visit, goals: set[str]) -> str | None:
    if visit.path in goals:
        return visit.path
    for start, section in visit.site.belongs.items():
        of_story = visit.path == start and start in visit.site.story
        if of_story or (visit.path.startswith(start) and visit.path != start):
            return section
    below = [goal for goal in goals if goal and visit.path.startswith(goal)]
    return below[0] if below else None


def references(visit: Visit) -> list[str]:
    """11. `aria-describedby` never dangles; nor do the other references by id."""
    found: list[str] = visit.ask(
        """
        const names = ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-details',
            'aria-owns', 'aria-activedescendant', 'aria-errormessage', 'for'];
        const faults = [];
        for (const name of names) {
            for (const element of all(`[${name}]`)) {
                const ids = element.getAttribute(name).split(/\\s+/).filter(Boolean);
                const lost = ids.filter((id) => !document.getElementById(id));
                if (!ids.length || lost.length) {
                    faults.push(`${name} of ${called(element)} names nothing: ${lost.join(' ')}`);
                }
            }
        }
        return faults;
        """
    )
    return found


def unique_names(visit: Visit) -> list[str]:
    """13. Link and button names unique where targets differ."""
    found: list[str] = visit.ask(
        """
        const targets = new Map();
        for (const element of all('a[href], button, [role="button"], [role="link"]')) {
            if (!shown(element) && !element.matches(':focus')) continue;
            const name = named(element);
            const {href, dataset, ariaExpanded} = element;
            const controls = element.getAttribute('aria-controls');
            const target = href ?? JSON.stringify([dataset, ariaExpanded, controls]);
            const kind = element.href ? 'links' : 'buttons';
            const key = `${kind} named “${name}”`;
            targets.set(key, (targets.get(key) ?? new Set()).add(target));
        }
        return [...targets].filter(([, goals]) => goals.size > 1)
            .map(([key, goals]) => `${goals.size} ${key}: ${[...goals].slice(0, 3).join(', ')}`);
        """
    )
    return found
