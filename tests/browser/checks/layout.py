"""Checks of how a page is set: narrow, with more space, in print, in forced colours, at rest."""

from __future__ import annotations

from playwright.sync_api import Locator

from checks.visit import Visit, emulated, sized, styled

NARROWEST = 320
PHONE = 600  # px; a window narrower than this is that of a phone
# WCAG 1.4.12
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""

_WIDE = """
const wide = document.documentElement.scrollWidth - innerWidth;
if (wide <= 0) return [];
const over = all('body *').filter(shown)
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
return [`${wide} px of sideways scroll ${arg}: ${over.slice(-1).map(called)}`];
"""

_CUT = """
return all('body *').filter((e) => {
    const style = getComputedStyle(e);
    if (!/hidden|clip/.test(style.overflow) || e.clientWidth <= 2 || !shown(e)) return false;
    const more = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
    return more && squeezed(e.innerText ?? '');
}).map((e) => `words are cut off ${arg}: ${called(e)}`);
"""


def reflow(visit: Visit) -> list[str]:
    """21. No sideways scroll at 320 px, nor with WCAG text spacing.

    A page at 320 px is the same in whichever window: it is looked at in that of a phone.
    """
    faults: list[str] = list(visit.ask(_WIDE, "as it is"))
    size = visit.page.viewport_size
    if size and size["width"] < PHONE:
        with sized(visit.page, NARROWEST):
            faults += visit.ask(_WIDE, f"at {NARROWEST} px")
            with styled(visit.page, SPACING):
                faults += visit.ask(_WIDE, f"with text spacing at {NARROWEST} px")
    with styled(visit.page, SPACING):
        faults += visit.ask(_WIDE, "with text spacing")
        faults += visit.ask(_CUT, "with text spacing")
    return faults


MOST = 48  # entries of a list under one heading


def lists(visit: Visit) -> list[str]:
    """36. Long lists: filters that are links, headings over few entries, an address for each.

    It is asked of the pages that hold nothing but a list.
    """
    found: list[str] = visit.ask(
        """
        const entries = all('.fact.brief, .timeline > .moment');
        const alone = document.querySelector(
            'main[data-list], main nav.filters, main .page-head .all');
        if (!alone || !entries.length) return [];
        const faults = [];
        if (!all('main nav.filters a[href], main .page-head .all a[href]').some(shown)) {
            faults.push('nothing filters this list');
        }
        for (const entry of entries) {
            const goals = all('a.anchor', entry).map(
                (a) => document.getElementById(a.hash.slice(1)));
            if (!goals.some((goal) => goal && (entry === goal || entry.contains(goal)))) {
                faults.push(`no link to this entry: ${called(entry)}`);
            }
        }
        let run = 0;
        for (const part of all('main :is(h2, h3.group, .fact.brief, .timeline > .moment)')) {
            run = part.matches('h2, .group') ? 0 : run + 1;
            if (run === arg + 1) faults.push(`more than ${arg} entries under one heading`);
        }
        return faults;
        """,
        MOST,
    )
    return found


def targets(visit: Visit) -> list[str]:
    """22. Targets ≥ 24 px, buttons ≥ 44 px high.

    A link in a line of text may be narrower than 24 px, as its words are; it is as high.
    """
    found: list[str] = visit.ask(
        """
        const faults = [];
        const links = 'a[href], button, input:not([type="hidden"]), select, textarea, summary';
        for (const target of all(`${links}, [role="button"], [tabindex="0"]`)) {
            if (!shown(target)) continue;
            const style = getComputedStyle(target);
            const boxes = [...target.getClientRects()];
            const width = Math.max(...boxes.map((b) => b.width));
            const height = Math.min(...boxes.filter((b) => b.width > 1).map((b) => b.height));
            const size = `${Math.round(width)} × ${Math.round(height * 10) / 10} px`;
            const button = target.matches('button, .button, [role="button"], input, summary');
            const inText = style.display === 'inline';
            if (height < 23.95 || (width < 23.95 && !inText)) {
                faults.push(`a target of ${size}: ${called(target)}`);
            } else if (button && height < 43.95) {
                faults.push(`a button of ${size}: ${called(target)}`);
            }
        }
        return faults;
        """
    )
    return found


def motion(visit: Visit) -> list[str]:
    """24. Reduced motion: none."""
    with emulated(visit.page, reduced_motion="reduce"):
        found: list[str] = visit.ask(
            """
            const faults = new Set();
            const lasts = (times) => times.split(',').some((time) => parseFloat(time) > 0);
            for (const element of [document.documentElement, ...all('body, body *')]) {
                for (const part of ['', '::before', '::after', '::backdrop']) {
                    if (part === '::backdrop' && element.tagName !== 'DIALOG') continue;
                    const style = getComputedStyle(element, part || null);
                    if (style.animationName !== 'none' && lasts(style.animationDuration)) {
                        faults.add(`an animation: ${called(element)}${part}`);
                    }
                    if (lasts(style.transitionDuration)) {
                        faults.add(`a transition: ${called(element)}${part}`);
                    }
                    if (style.scrollBehavior === 'smooth') {
                        faults.add(`smooth scrolling: ${called(element)}`);
                    }
                }
            }
            if (all('marquee, blink, video[autoplay], img[src$=".gif"], svg animate').length) {
                faults.add('something moves by itself');
            }
            return [...faults].slice(0, 5);
            """
        )
    return found


def print_out(visit: Visit) -> list[str]:
    """25. Print: no chrome, source URLs printed, nothing split, black on white."""
    with emulated(visit.page, media="print"):
        found: list[str] = visit.ask(
            """
            const faults = [];
            const chrome = 'nav, button, input, dialog, [role="search"], [role="navigation"]';
            for (const part of all(`${chrome}, .button`).filter(shown)) {
                faults.push(`chrome is printed: ${called(part)}`);
            }
            for (const link of all('main a[href^="http"]')) {
                if (!shown(link) || link.origin === location.origin) continue;
                const after = getComputedStyle(link, '::after').content;
                // What a browser is to mark in the page says nothing on paper.
                const [address] = link.getAttribute('href').split('#:~:');
                if (![after, link.textContent].some((text) => text.includes(address))) {
                    faults.push(`the address is not printed: ${called(link)}`);
                }
                if (after.includes('#:~:')) faults.push(`a fragment is printed: ${called(link)}`);
            }
            // A dispute that its page is about may go on over pages, each position whole.
            const whole = 'main article:not(.prose, .md-content__inner), main figure, main tr, '
                + 'main .dispute:not(.page-head + .dispute), main .position, .timeline > li, '
                + '.sources > li, .evidence > li, .person';
            for (const part of all(whole).filter(shown)) {
                const kept = (e) => getComputedStyle(e).breakInside.startsWith('avoid');
                if (!kept(part) && !part.parentElement.closest('figure')) {
                    faults.push(`may be split between pages: ${called(part)}`);
                }
            }
            for (const heading of all('h1, h2, h3, h4').filter(shown)) {
                if (!getComputedStyle(heading).breakAfter.startsWith('avoid')) {
                    faults.push(`a heading may end a page: ${called(heading)}`);
                }
            }
            const white = [255, 255, 255, 1];
            for (const part of all('body, body *')) {
                if (part.closest('svg, img, picture') || !shown(part)) continue;
                const style = getComputedStyle(part);
                const ground = channels(style.backgroundColor);
                if (ground[3] > 0.1 && luminance(ground) < 0.9) {
                    faults.push(`not on white: ${called(part)}`);
                }
                const written = [...part.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
                if (written && contrast(channels(style.color), white) < 10) {
                    faults.push(`not black: ${called(part)} ${style.color}`);
                }
            }
            return [...new Set(faults)];
            """
        )
    return found


def forced_colours(visit: Visit) -> list[str]:
    """26. Forced colours: states still readable.

    Each state keeps words and a shape in a colour that stands out; differing words, disputes and
    the page where one is keep a line, because their grounds are gone.
    """
    with emulated(visit.page, forced_colors="active"):
        found: list[str] = visit.ask(
            """
            const faults = [];
            const apart = (element, colour) => contrast(channels(colour), behind(element)) >= 4.5;
            for (const state of all('.state, .proof, .flag').filter(shown)) {
                if (!squeezed(state.textContent)) faults.push(`no words: ${state.outerHTML}`);
                if (!apart(state, getComputedStyle(state).color)) {
                    faults.push(`a state that cannot be read: ${called(state)}`);
                }
                for (const shape of all('svg :is(circle, path, rect)', state)) {
                    const {fill, stroke} = getComputedStyle(shape);
                    if (![fill, stroke].some((c) => c !== 'none' && apart(state, c))) {
                        faults.push(`a shape that cannot be seen: ${called(state)}`);
                    }
                }
            }
            const lined = (e) => ['Top', 'Right', 'Bottom', 'Left'].some((side) => {
                const style = getComputedStyle(e);
                const [wide, kind, colour] = ['Width', 'Style', 'Color'].map(
                    (name) => style[`border${side}${name}`]);
                return parseFloat(wide) >= 1 && kind !== 'none' && apart(e, colour);
            }) || getComputedStyle(e).textDecorationLine !== 'none';
            const marked = 'main mark, .dispute, main [aria-current], .main-nav [aria-current]';
            for (const part of all(marked).filter(shown)) {
                if (!lined(part)) faults.push(`without a line in forced colours: ${called(part)}`);
            }
            for (const other of all('.main-nav a:not([aria-current])').filter(shown)) {
                if (lined(other)) faults.push(`looks like the page where one is: ${called(other)}`);
            }
            return faults;
            """
        )
    return found


def on_a_line_of_its_own(text: Locator) -> bool:
    """Whether a text has the width of what it stands in, without a frame: it is no mark."""
    return bool(
        text.evaluate(
            """element => element.clientWidth === element.parentElement.clientWidth
            && getComputedStyle(element).borderTopWidth === '0px'"""
        )
    )
