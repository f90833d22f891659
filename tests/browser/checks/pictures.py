"""Checks of maps, figures and photographs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from checks.visit import Visit, sized

NARROW = 390
_MAP = 'svg[role="img"]:has(.land)'
SMALLEST = 12  # pixels of a map's lettering on a phone
# What a map may be drawn of. Anything else might be a border.
DRAWN = frozenset(
    {
        "land",
        "lake",
        "sea",
        "water",
        "graticule",
        "grid",
        "route",
        "way",
        "dotted",
        "dot",
        "place",
        "bar",
    }
    | {"main", "label", "key", "halo", "leader", "sample", "ground", "arrow", "frame", "bar"}
    | {"tight", "roomy"}  # which of its layouts it is: for a narrow place, or for a wide one
)


def maps(visit: Visit) -> list[str]:
    """19. Map named, described, labels inside and not overlapping, ≥ 12 px at 390."""
    drawings: list[dict[str, Any]] = []
    if visit.page.locator(_MAP).count():
        drawings = _measured(visit)
    faults = []
    if visit.path in visit.site.maps and not drawings:
        faults.append(f"no map is drawn in the page: {_MAP}")
    for drawing in drawings:
        faults += _drawing(drawing)
    return faults


def _measured(visit: Visit) -> list[dict[str, Any]]:
    with sized(visit.page, NARROW):
        drawings: list[dict[str, Any]] = visit.ask(
            """
            return all(arg).filter(shown).map((svg) => {
                const points = (name) => squeezed((svg.getAttribute(name) ?? '').split(/\\s+/)
                    .map((id) => document.getElementById(id)?.textContent ?? '').join(' '));
                const frame = svg.getBoundingClientRect();
                const drawn = all('text', svg).filter((e) => e.getClientRects().length);
                const labels = drawn.map((text) => {
                    const box = text.getBoundingClientRect();
                    const size = parseFloat(getComputedStyle(text).fontSize);
                    const scale = text.getScreenCTM();
                    return {words: squeezed(text.textContent), left: box.left, top: box.top,
                        right: box.right, bottom: box.bottom,
                        size: size * Math.hypot(scale.a, scale.b)};
                });
                return {
                    named: squeezed(svg.querySelector(':scope > title')?.textContent ?? ''),
                    described: squeezed(svg.querySelector(':scope > desc')?.textContent ?? ''),
                    label: points('aria-labelledby') || svg.getAttribute('aria-label') || '',
                    frame: {left: frame.left, top: frame.top,
                        right: frame.right, bottom: frame.bottom},
                    labels,
                };
            });
            """,
            _MAP,
        )
    return drawings


def _drawing(drawing: dict[str, Any]) -> list[str]:
    faults = []
    if not drawing["named"] or drawing["named"] not in drawing["label"]:
        faults.append("a map without a name: title and aria-labelledby")
    if not drawing["described"]:
        faults.append("a map without a description: desc")
    labels = [label for label in drawing["labels"] if label["words"]]
    if not labels:
        faults.append("a map without labels")
    for number, label in enumerate(labels):
        name = f"the label “{label['words']}”"
        if _beyond(label, drawing["frame"]):
            faults.append(f"{name} stands outside the map")
        if label["size"] < SMALLEST - 0.05:
            faults.append(f"{name} is {label['size']:.1f} px at {NARROW}")
        faults += [
            f"{name} overlaps “{other['words']}”"
            for other in labels[number + 1 :]
            if _overlap(label, other)
        ]
    return faults


def _beyond(inner: dict[str, float], outer: dict[str, float]) -> bool:
    return (
        inner["left"] < outer["left"] - 1
        or inner["top"] < outer["top"] - 1
        or inner["right"] > outer["right"] + 1
        or inner["bottom"] > outer["bottom"] + 1
    )


def _overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    # A line's box is taller than its letters: a quarter of each may lie in the other's.
    slack = (one["bottom"] - one["top"]) / 4
    wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return bool(wide > 1 and high > slack)


def images(visit: Visit) -> list[str]:
    """20. Every `img` has alt, width, height; every content image caption and credit.

    A diagram of what stands in words beside it has their sources instead of a credit.
    """
    found: list[str] = visit.ask(
        """
        const faults = [];
        for (const image of all('img')) {
            const name = image.getAttribute('src');
            for (const wanted of ['alt', 'width', 'height']) {
                if (!image.hasAttribute(wanted)) faults.push(`no ${wanted}: ${name}`);
            }
            if (image.complete && !image.naturalWidth) faults.push(`does not load: ${name}`);
        }
        for (const image of all('main img:not([alt=""]), main svg[role="img"]')) {
            const figure = image.closest('figure');
            const name = image.getAttribute('src') ?? called(image);
            const caption = figure?.querySelector('figcaption');
            const credit = squeezed(caption?.querySelector('.credit')?.textContent ?? '');
            const words = squeezed(caption?.textContent ?? '').replace(credit, '').trim();
            if (!words) faults.push(`no caption: ${name}`);
            // What is drawn from the words beside it has their sources: markers, in the figure or
            // in what the figure is part of.
            const part = '.dispute, .rooms, main article, main section';
            const beside = figure?.closest(part) ?? figure;
            const marked = image.matches('.plot, .tabletop') && beside?.querySelector('a.cite');
            if (!credit && !marked) faults.push(`no credit: ${name}`);
        }
        return faults;
        """
    )
    return found


def borders(visit: Visit) -> list[str]:
    """31. No page holds country borders.

    A map is an inline drawing whose every shape says what it is, and what it is is land, water,
    the grid, a way, a place, its label or the bar of a scale. A map as a picture cannot be looked
    into: it is refused.
    """
    found: list[str] = visit.ask(
        """
        const faults = [];
        const telling = /border|boundar|countr|nation|frontier|admin|oblast|disputed-area/i;
        for (const map of all('svg').filter((svg) => svg.querySelector('.land'))) {
            for (const shape of all('path, polygon, polyline, line, g, use', map)) {
                const own = shape.closest('[class]:not(svg)') ?? shape;
                const names = [...own.classList];
                if (!names.some((name) => arg.includes(name))) {
                    faults.push(`a map holds a shape that is not land or way: ${called(own)}`);
                }
            }
        }
        for (const part of all('svg, svg *')) {
            const names = `${part.id} ${part.getAttribute('class') ?? ''}`;
            if (telling.test(names)) faults.push(`a map holds borders: ${called(part)}`);
        }
        for (const image of all('img, image, object, embed')) {
            const words = `${image.alt ?? ''} ${image.getAttribute('src') ?? ''}`;
            if (/\\bmaps?\\b/i.test(words)) faults.push(`a map as a picture: ${short(words, 90)}`);
        }
        return faults;
        """,
        sorted(DRAWN),
    )
    return found


def border_data(folder: Path) -> list[str]:
    """31, for data: no JSON file below a folder holds countries or borders."""
    faults = []
    for file in sorted(folder.rglob("*.*json")):
        names = _keys(json.loads(file.read_text("utf-8")))
        wrong = {name for name in names if name.lower() in ("countries", "borders", "boundaries")}
        faults += [f"{file.relative_to(folder)} holds {name}" for name in sorted(wrong)]
    return faults


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        named = {str(value[key]) for key in ("id", "name") if isinstance(value.get(key), str)}
        return set(value) | named | {name for one in value.values() for name in _keys(one)}
    if isinstance(value, list):
        return {name for one in value for name in _keys(one)}
    return set()
