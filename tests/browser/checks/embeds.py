"""Check 37: a page made to stand in another site's page."""

from __future__ import annotations

from playwright.sync_api import Error, Route

from checks.previews import again
from checks.visit import Visit

NARROW = 288  # px: the column of a weblog on a phone
HOST = """<!doctype html><html lang="en"><title>Another site</title>
<body style="background: #14181c; color: #eee"><h1>Another site</h1>
<iframe src="{src}" title="Embedded" width="{width}" height="100" style="border: 0"></iframe>
<script async src="{script}"></script>"""
_FITS = """
async ([patience]) => {
    const frame = document.querySelector('iframe');
    const until = performance.now() + patience;
    const fits = () => {
        const page = frame.contentDocument;
        const high = page?.body && Math.ceil(page.body.getBoundingClientRect().height);
        return high > 0 && Math.abs(frame.clientHeight - high) <= 1
            && page.documentElement.dataset.theme === 'dark';
    };
    while (performance.now() < until && !fits()) await new Promise(requestAnimationFrame);
    const page = frame.contentDocument;
    const lines = [...page.querySelectorAll('body, body *')].filter((part) => {
        const style = getComputedStyle(part);
        return ['Top', 'Right', 'Bottom', 'Left'].every((side) =>
            parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== 'none');
    }).filter((part) => !part.matches('.badge'));
    return {
        wide: page.documentElement.scrollWidth - frame.clientWidth,
        high: Math.ceil(page.body.getBoundingClientRect().height) - frame.clientHeight,
        dark: page.documentElement.dataset.theme === 'dark',
        frames: lines.length,
    };
}
"""


def embeds(visit: Visit) -> list[str]:
    """37. An embed fits 288 px, is as high as its words, and has the colours of the page around it.

    It has one line around it at most: no frame in a frame.
    """
    host = f"{visit.site.address}host-of-this-check.html"
    script = f"{visit.site.address}assets/embed.js"
    html = HOST.format(src=visit.page.url, width=NARROW, script=script)

    def serve(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html")

    with again(visit) as other:
        other.page.route(host, serve)
        other.page.goto(host, wait_until="load")
        try:
            found = other.page.evaluate(_FITS, [min(visit.patience, 4_000)])
        except Error as error:
            return [f"the embed cannot be read: {error}"]
    wrong = {
        f"it is {found['wide']} px wider than {NARROW} px": found["wide"] > 0,
        f"it is {found['high']} px higher than its frame": abs(found["high"]) > 1,
        "it does not follow the dark page around it": not found["dark"],
        f"{found['frames']} lines stand around it": found["frames"] > 1,
    }
    return [what for what, is_so in wrong.items() if is_so]
