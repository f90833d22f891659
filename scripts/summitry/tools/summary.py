"""A change in Markdown, as a code host shows it above a pull request: what to look at first.

Text of strangers is shown and never obeyed: no markup, mention, address or control of theirs stays.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from summitry.content import report
from summitry.content.problems import CATALOGUE, Problem
from summitry.tools.evidence_diff import Attention, Touched

LARGEST = 900_000
"""Bytes of a summary; GitHub takes 1 MiB of a step."""

# What Markdown or a code host takes for markup, a mention, an issue, an emoji or an address.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~@&$]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
_LONGEST = 320  # characters of a value
_HEADS = {
    Attention.LOST: "Got weaker",
    Attention.CHANGED: "What others rest on",
    Attention.UNPROVEN: "New and not proven",
    Attention.RENEWED: "Changed, and shown as before",
    Attention.FINE: "New and proven, or stronger",
}
_ONE = {
    "quotes": ("quotation", "quotations"),
    "people": ("person", "people"),
    "images": ("picture", "pictures"),
}


def plain(text: str) -> str:
    """A stranger's text as text of Markdown: on one line, every mark as a character of its own."""
    line = report.safe(" ".join(text.split()))
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", line)


def code(text: str) -> str:
    """The same as a name in code, in which Markdown would leave the marks as they are."""
    return f"<code>{plain(text)}</code>"


def cut(text: str) -> str:
    """A value that is not longer than can be compared by eye."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def whole(parts: Sequence[str], left: str) -> str:
    """Parts of a summary as far as a code host takes them, and what to read where some are left."""
    kept, size = list[str](), 0
    for part in parts:
        size += len(part.encode()) + 1
        if size > LARGEST:
            return "\n".join([*kept, "", f"*The rest is too long to show: {left}.*", ""])
        kept.append(part)
    return "\n".join(kept)


# Evidence


def evidence(found: Sequence[Touched]) -> list[str]:
    """What a change does to evidence, the weakest points first."""
    if not found:
        return ["## Evidence", "", "This change touches no evidence.", ""]
    lines = ["## Evidence", "", f"{_counted(found)}.", ""]
    for weight, head in _HEADS.items():
        if of_weight := [one for one in found if one.weight is weight]:
            lines += [f"### {head}", "", *(line for one in of_weight for line in _told(one)), ""]
    return lines


def _counted(found: Sequence[Touched]) -> str:
    counts = Counter((one.ref.kind, one.how) for one in found)
    return ", ".join(f"{n} {_named(kind, n)} {how}" for (kind, how), n in sorted(counts.items()))


def _named(kind: str, number: int) -> str:
    one, many = _ONE.get(kind, (kind.removesuffix("s"), kind))
    return one if number == 1 else many


def _told(one: Touched) -> list[str]:
    """An item of the list: what it is, how far it was and is shown, what changed."""
    shown = " → ".join(plain(side.text) if side else "–" for side in (one.before, one.after))
    if one.before and one.after and one.before.text == one.after.text:
        shown = plain(one.after.text)
    kind = _named(one.ref.kind, 1)
    lines = [f"- {kind} {one.how}: {plain(cut(one.title))} ({code(one.path)})", f"  - {shown}"]
    lines += [f"  - **{plain(cut(text))}**" for text in one.bold]
    lines += [f"  - {plain(name)}: {_changed(then, now)}" for name, then, now in one.fields]
    return lines


def _changed(then: str, now: str) -> str:
    """A value before and after, what differs being struck through and in bold."""
    if not then:
        return f"**{plain(cut(now))}**"
    if not now:
        return f"~~{plain(cut(then))}~~"
    old, new = then.split(), now.split()
    runs = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(_middle(old[a:b]))
            continue
        runs += [f"~~{plain(cut(' '.join(old[a:b])))}~~"] * (b > a)
        runs += [f"**{plain(cut(' '.join(new[c:d])))}**"] * (d > c)
    return " ".join(runs)


def _middle(words: list[str]) -> str:
    """Words that are the same, of which those near a difference are enough."""
    kept = words if len(words) <= 24 else [*words[:10], "[…]", *words[-10:]]
    return plain(" ".join(kept))


# Problems and pages


def problems(found: Sequence[Problem], changed: Collection[str]) -> list[str]:
    """Every problem; notes on the files of the change, and those on others, are folded away."""
    errors = [one for one in found if not one.note]
    notes = [one for one in found if one.note and one.path in changed]
    others = [one for one in found if one.note and one.path not in changed]
    head = report.summary(found, "what was checked").removesuffix(" in what was checked")
    lines = ["## Check", "", f"{head[:1].upper()}{head[1:]}.", ""]
    lines += _listed(errors)
    lines += _folded("Notes on files of this change, which stop nothing", notes)
    return lines + _folded("Notes on other files", others)


def _folded(head: str, notes: Sequence[Problem]) -> list[str]:
    if not notes:
        return []
    return [f"<details><summary>{head}</summary>", "", *_listed(notes), "</details>", ""]


def _listed(found: Iterable[Problem]) -> list[str]:
    lines = [
        f"- {code(p.path)} line {p.mark.line}, column {p.mark.column}: {plain(p.message)} "
        f"({p.code}: {plain(CATALOGUE[p.code].title)})\n  - fix: {plain(p.cure)}"
        for p in found
    ]
    return [*lines, ""] if lines else []


def pages(changed: Sequence[tuple[str, str]], pictures: int) -> list[str]:
    """The pages that look otherwise, each with how it changed; of the first there are pictures."""
    if not changed:
        return ["## Pages", "", "No page reads otherwise.", ""]
    number = len(changed)
    said = f"{number} {'page reads' if number == 1 else 'pages read'} otherwise."
    if pictures:
        said += f" Pictures of {pictures} before and after are in `pages.html` of the artifact."
    listed = [f"- {how}: {code(address or 'index.html')}" for address, how in changed]
    return ["## Pages", "", said, "", *listed, ""]
