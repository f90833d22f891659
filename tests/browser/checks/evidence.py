"""Checks of quotations, facts, disputes and timelines: what readers are to believe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from checks.visit import Interface, Visit, Words


def _proof(say: Interface) -> re.Pattern[str]:
    """The states of proof as pages word them."""
    texts = (text for name, text in say.sections("state").items() if ".in-" not in name)
    forms = (list(text.values()) if isinstance(text, Mapping) else [text] for text in texts)
    words = (re.sub(r"\\{\w+\\}", r"\\w+", re.escape(one)) for form in forms for one in form)
    return re.compile("|".join(words))


_QUOTES = """
return all('article.quote').map((quote) => {
    const words = (part) => part && all('p', part).map((p) => p.textContent).join('\\n\\n');
    const [text, original] = all('blockquote', quote);
    const heading = quote.querySelector('[id^="quote-"]');
    return {
        id: heading ? heading.id.replace('quote-', '') : '',
        labelled: quote.getAttribute('aria-labelledby') === heading?.id,
        text: words(text) ?? null,
        original: words(original) ?? '',
        languages: all('blockquote', quote).map((one) => one.getAttribute('lang')),
        speaker: Boolean(quote.querySelector('.speaker a[href]')),
        named: squeezed(quote.querySelector('.speaker')?.textContent ?? ''),
        dates: all('time[datetime]', quote).map((one) => one.getAttribute('datetime')),
        source: Boolean(quote.querySelector('cite a[href]')),
        states: all('.state', quote).filter(shown).map((one) => squeezed(one.textContent)),
    };
});
"""


def quotes(visit: Visit) -> list[str]:
    """14. Each quote: `lang`, speaker link, `time[datetime]`, source link, one state of proof."""
    faults = []
    proof = _proof(visit.site.say)
    for quote in visit.ask(_QUOTES):
        words = visit.site.quotes.get(quote["id"], Words(""))
        proofs = [state for state in quote["states"] if proof.match(state)]
        wrong = {
            "no label": not quote["labelled"],
            "words without lang": not quote["languages"] or not all(quote["languages"]),
            "no link to the speaker": words.person and not quote["speaker"],
            "nobody is named as the speaker": not quote["named"],
            "no time[datetime]": words.dated and not quote["dates"],
            "a time that is none": not all(map(_is_date, quote["dates"])),
            "no link to the source": not quote["source"],
            f"{len(proofs)} states of proof instead of one": len(proofs) != 1,
        }
        faults += [f"quote {quote['id']}: {what}" for what, is_so in wrong.items() if is_so]
    return faults


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?)?)?", text))


def verbatim(visit: Visit) -> list[str]:
    """15. Blockquote text equals the front matter character for character."""
    faults = []
    for quote in visit.ask(_QUOTES):
        words = visit.site.quotes.get(quote["id"])
        if words is None:
            faults.append(f"quote {quote['id']} has no file")
            continue
        for what, shown, filed in (
            ("words", quote["text"], words.text),
            ("original", quote["original"], words.original),
        ):
            if shown != filed:
                faults.append(f"quote {quote['id']}: the {what} differ: “{shown}”, not “{filed}”")
        if quote["languages"][:1] != [words.language]:
            faults.append(f"quote {quote['id']}: lang is {quote['languages'][:1]}")
    return faults


def markers(visit: Visit) -> list[str]:
    """16. Each fact has a marker; each marker resolves; each listed source is used."""
    found: list[str] = visit.ask(
        """
        const listed = all('ol.sources > li');
        const markers = all('a.cite[href]').map((a) => a.getAttribute('href'));
        const faults = [];
        for (const fact of all('.fact, .dispute, .glance > div, .timeline > li')) {
            // One that a list only names leads to the page that has its evidence.
            const leads = fact.matches('.brief') && all('a[href]', fact).some(
                (a) => /\\/facts\\/[^/]+\\/$/.test(a.pathname));
            if (!fact.querySelector('a.cite') && !leads) faults.push(`no marker: ${called(fact)}`);
        }
        for (const marker of new Set(markers)) {
            if (!/^#./.test(marker) || !listed.includes(document.getElementById(marker.slice(1)))) {
                faults.push(`the marker ${marker} leads to no source of this page`);
            }
        }
        for (const source of listed) {
            if (!markers.includes(`#${source.id}`)) {
                faults.push(`a listed source is not used: ${called(source)}`);
            }
        }
        return faults;
        """
    )
    return found


def answer_first(visit: Visit) -> list[str]:
    """32. A question's own page answers it, or says that nothing does, on the first screen."""
    below: int | None = visit.ask(
        """
        const panel = all('.dispute').find((one) => !one.querySelector('h1, h2, h3, h4, h5, h6'));
        const verdict = panel?.querySelector('.we-use strong');
        if (!panel || !verdict) return null;
        return Math.round(verdict.getBoundingClientRect().bottom + scrollY - innerHeight);
        """
    )
    return [f"the answer is {below} px below the first screen"] if below and below > 0 else []


def disputes(visit: Visit) -> list[str]:
    """17. Each disputed panel: a question as heading, at least two sourced positions.

    And "We use" with its reason, or "Not settled" with who could settle it.
    """
    panels: list[dict[str, Any]] = visit.ask(
        """
        return all('.dispute').map((panel) => {
            const own = panel.querySelector('h1, h2, h3, h4, h5, h6');
            const heading = own ?? document.querySelector('h1');
            const verdict = panel.querySelector('.we-use');
            const bold = squeezed(verdict?.querySelector('strong')?.textContent ?? '');
            // A marker is no reason.
            const copy = verdict?.cloneNode(true);
            if (copy) all('.cite, strong', copy).forEach((one) => one.remove());
            return {
                heading: squeezed(heading?.textContent ?? ''),
                positions: all('.position', panel).map((one) => ({
                    value: squeezed(one.querySelector('.position-value')?.textContent ?? ''),
                    markers: all('a.cite', one).length,
                })),
                bold,
                because: squeezed(copy?.textContent ?? ''),
            };
        });
        """
    )
    use = visit.site.say("fact.we-use", answer="").rstrip(": ")
    unsettled = visit.site.say("fact.open")
    who = visit.site.say("fact.settle", who="{who}").partition("{who}")[0].strip()
    faults = []
    for panel in panels:
        name = panel["heading"]
        wrong = {
            "the heading is no question": not name.endswith("?"),
            "fewer than two positions": len(panel["positions"]) < 2,
            "a position without a source": not all(one["markers"] for one in panel["positions"]),
            "a position without a value": not all(one["value"] for one in panel["positions"]),
        }
        if panel["bold"].startswith(use):
            wrong[f"“{use}” gives no reason"] = len(panel["because"].split()) < 3
        elif panel["bold"].startswith(unsettled):
            settle = re.search(rf"{re.escape(who)} *(\S+.*)", panel["because"])
            wrong[f"“{unsettled}” without who could settle it"] = settle is None
        else:
            wrong[f"neither “{use}” nor “{unsettled}”"] = True
        faults += [f"“{name}”: {what}" for what, is_so in wrong.items() if is_so]
    return faults


def timeline(visit: Visit) -> list[str]:
    """18. Timeline ascending; each timed entry has offset and UTC."""
    lists: list[list[dict[str, str]]] = visit.ask(
        """return all('.timeline').map((list) => all(':scope > li', list).map((li) => ({
            name: squeezed(li.querySelector('h2, h3, h4')?.textContent ?? ''),
            at: li.querySelector('time[datetime]')?.getAttribute('datetime') ?? '',
            when: squeezed(li.querySelector('.when')?.textContent ?? ''),
        })));"""
    )
    # The page that is a timeline has one in parts; elsewhere each list stands for itself.
    whole = [entry for entries in lists for entry in entries]
    runs = [whole] if visit.path == "timeline/" else lists
    faults = [
        f"“{after['name']}” ({after['at']}) stands after “{before['name']}” ({before['at']})"
        for entries in runs
        for before, after in pairwise(entries)
        if not _in_order(before["at"], after["at"])
    ]
    return faults + [f"“{entry['name']}”: {what}" for entry in whole for what in _clock(entry)]


def _in_order(before: str, after: str) -> bool:
    """Whether one can have come before the other, as far as both are known."""
    if "T" in before and "T" in after:
        return _instant(before) <= _instant(after)
    one, other = before.partition("T")[0], after.partition("T")[0]
    known = min(len(one), len(other))
    return one[:known] <= other[:known]


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clock(entry: dict[str, str]) -> list[str]:
    at, when = entry["at"], entry["when"]
    if not _is_date(at):
        return ["no time[datetime] with an offset" if "T" in at else "no time[datetime]"]
    if "T" not in at:
        return []
    universal = _instant(at).astimezone(UTC)
    # The day is said where it is another one there.
    other = universal.date() != _instant(at).date()
    day = f" on {universal.day} {universal:%B %Y}"
    said = re.search(rf"{universal:%H:%M}(?:–\d\d:\d\d)?({day})?(?:–\d\d:\d\d{day})? \(?UTC", when)
    if said is None or (other and not said[1]):
        return [f"UTC is not {universal:%H:%M}{day if other else ''} or not shown: “{when}”"]
    return []
