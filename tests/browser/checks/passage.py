"""Checks of the story as one: each page in its place, with the ways on and its own contents."""

from __future__ import annotations

from typing import Any

from checks.visit import Visit

WIDE = 1280


def passage(visit: Visit) -> list[str]:
    """33. A page of the story says its place and leads on; its contents stand beside its text.

    Beside it on the first screen where that is wide, above it elsewhere; each of its sections once.
    """
    if visit.path not in visit.site.story:
        return []
    story, at = visit.site.story, visit.site.story.index(visit.path)
    found: dict[str, Any] = visit.ask(
        """
        const box = (e) => { const b = e.getBoundingClientRect();
            return {left: b.left, right: b.right, top: b.top + scrollY}; };
        const list = document.querySelector('main .contents');
        const text = document.querySelector('main article.prose > p:not(.kicker, .lede)');
        const titles = all('main article.prose > h2[id]');
        return {
            ways: Object.fromEntries(['prev', 'next'].map(
                (rel) => [rel, all(`main nav a[rel="${rel}"]`).filter(shown).map((a) => a.href)])),
            words: squeezed(document.querySelector('main').innerText),
            sections: titles.map((e) => e.id),
            listed: list && shown(list)
                ? all('a[href^="#"]', list).map((a) => a.getAttribute('href').slice(1)) : null,
            list: list && box(list),
            text: box(text ?? document.body),
            height: innerHeight,
        };
        """
    )
    faults = []
    for rel, to in (("prev", at - 1), ("next", at + 1)):
        wanted = [story[to]] if 0 <= to < len(story) else []
        goals = [visit.site.path(url) for url in found["ways"][rel]]
        if goals != wanted:
            faults.append(f"{rel} leads to {goals}, not to {wanted}")
    if f"{at + 1} of {len(story)}" not in found["words"]:
        faults.append("its place in the story is not said")
    return faults + _contents(visit, found)


def _contents(visit: Visit, found: dict[str, Any]) -> list[str]:
    if len(found["sections"]) < 3:
        return []
    if found["listed"] is None:
        return ["its contents are not listed"]
    if found["listed"] != found["sections"]:
        return [f"its contents are {found['listed']}, its sections {found['sections']}"]
    faults, shown, text = [], found["list"], found["text"]
    if shown["top"] > found["height"]:
        faults.append("its contents stand below the first screen")
    size = visit.page.viewport_size
    if size and size["width"] >= WIDE and shown["right"] > text["left"]:
        faults.append("its contents do not stand beside the text")
    return faults
