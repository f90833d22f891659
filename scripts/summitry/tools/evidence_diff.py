"""What a change does to evidence: each thing that it touches, how far it was and is shown.

Two versions of the content are compared whole, so that what changes by something else does too:
a fact whose second source is gone, a quotation whose capture is another. What got weaker comes
first.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from msgspec import Struct

from summitry.checks.claims import Claim, Of
from summitry.checks.judging import CAPTURE, PROOF, Finding
from summitry.checks.vouching import CONFIRMATION, STAMP
from summitry.content.kinds import Image
from summitry.content.library import Item
from summitry.content.values import Ref
from summitry.proof.text import words as words_of
from summitry.tools.evidence_states import Footing, Version
from summitry.tools.revisions import difference

_RECORDS = {CONFIRMATION: "confirmations", STAMP: "time stamps"}


class Attention(IntEnum):
    """How closely a change is to be looked at, the closest first."""

    LOST = 0  # what was shown is not any more
    CHANGED = 1  # what others rest on is another
    UNPROVEN = 2  # new, and resting on nobody's proof
    RENEWED = 3  # words or records changed, and are shown as before
    FINE = 4


class Touched(Struct):
    """One thing that a change touches. `bold` are changes of proofs and captures."""

    ref: Ref
    path: str
    title: str
    how: str  # added, changed, renamed, removed, or affected by something else
    before: Footing | None
    after: Footing | None
    weight: Attention = Attention.FINE
    bold: list[str] = []
    fields: list[tuple[str, str, str]] = []  # field, before, after

    def told(self, weight: Attention, text: str) -> None:
        """Say something of a proof or capture, which weighs so much."""
        self.bold.append(text)
        self.weight = min(self.weight, weight)

    @property
    def order(self) -> tuple[Attention, int, str]:
        """By what changes are sorted: the weakest points first."""
        return self.weight, self.after.rank if self.after else 0, self.path


def compare(before: Version, after: Version) -> list[Touched]:
    """Everything that a change touches or affects, the weakest points first."""
    found, known = [], dict(before.library.items)
    for item in after.library.items.values():
        old = _old(item, before)
        if old:
            known.pop(old.ref, None)
        if one := _compared(before, after, old, item):
            found.append(one)
    found += [one for item in known.values() if (one := _gone(before, after, item))]
    return sorted(found, key=lambda one: one.order)


def _old(item: Item, before: Version) -> Item | None:
    """The same entity before the change, under whatever id."""
    names = [item.ref, *(Ref(item.ref.kind, old) for old in item.entity.formerly)]
    return next((before.library.items[ref] for ref in names if ref in before.library.items), None)


def _gone(before: Version, after: Version, item: Item) -> Touched | None:
    """An entity that is removed; or one whose file cannot be read now, which the check says."""
    unreadable = item.path in after.files
    how = "cannot be read now" if unreadable else "removed"
    one = Touched(item.ref, item.path, item.entity.title, how, before.standing(item), None)
    one.weight = Attention.LOST
    if lost := sum(finding.proven for finding in before.findings(item)):
        one.told(Attention.LOST, f"{lost} proven {'passage' if lost == 1 else 'passages'} gone")
    return one


def _compared(before: Version, after: Version, old: Item | None, item: Item) -> Touched | None:
    was = before.standing(old) if old else None
    one = Touched(item.ref, item.path, item.entity.title, "added", was, after.standing(item))
    if old:
        one.fields = list(_fields(old, item))
        one.how = "renamed" if old.ref != item.ref else "changed"
    _withdrawn(one, old, item)
    _captures(one, before, after, old, item)
    _proofs(one, before, after, old, item)
    _pictures(one, before, after, item)
    _ranked(one)
    if old and old.ref == item.ref and not one.fields:
        if not one.bold and one.before == one.after:
            return None
        one.how = "changed" if _own_records(before, after, item) else "affected"
    return one


def _withdrawn(one: Touched, old: Item | None, item: Item) -> None:
    if item.entity.withdrawn and not (old and old.entity.withdrawn):
        one.told(Attention.CHANGED, "withdrawn")


def _own_records(before: Version, after: Version, item: Item) -> bool:
    stem = item.path.removesuffix(".md")
    endings = (CAPTURE, PROOF, CONFIRMATION, STAMP)
    return any(before.files.get(stem + e) != after.files.get(stem + e) for e in endings)


def _ranked(one: Touched) -> None:
    """Weigh what fell, and what is new and rests on no proof."""
    if one.after is None:
        return
    if one.before and one.after.rank < one.before.rank:
        one.told(Attention.LOST, "weaker than before")
    elif not one.before and not one.after.shown:
        one.weight = min(one.weight, Attention.UNPROVEN)
    elif one.before and one.fields:
        one.weight = min(one.weight, Attention.RENEWED)


# Records


def _captures(one: Touched, before: Version, after: Version, old: Item | None, item: Item) -> None:
    """What changed in the captures of a source, and in what stands beside them."""
    if item.ref.kind != "sources":
        return
    stem, was = item.path.removesuffix(".md"), (old or item).path.removesuffix(".md")
    known, now = before.files.get(was + CAPTURE, b""), after.files.get(stem + CAPTURE, b"")
    if known != now:
        said, weaker = difference(item.ref.id, known, now)
        one.told(Attention.CHANGED if weaker or not known else Attention.RENEWED, said)
    for ending, name in _RECORDS.items():
        then, new = before.files.get(was + ending), after.files.get(stem + ending)
        if then and not new:
            one.told(Attention.LOST, f"its {name} are gone")
        elif then != new:
            one.told(Attention.RENEWED, f"its {name} {'changed' if then else 'are new'}")


def _proofs(one: Touched, before: Version, after: Version, old: Item | None, item: Item) -> None:
    """What became of the words that were proven, and which are so now."""
    known = {_key(f.claim): f for f in before.findings(old)} if old else {}
    found = {_key(f.claim): f for f in after.findings(item)}
    for key, finding in found.items():
        then, words = known.get(key), _short(finding)
        if then and then.proven and not finding.proven:
            one.told(Attention.LOST, f"proof lost: {words}")
        elif not finding.proven and not then and finding.claim.of is not Of.WORDING:
            one.told(Attention.UNPROVEN, f"not proven: {words}")
        elif finding.proven and not (then and then.proven):
            one.told(Attention.RENEWED if old else Attention.FINE, f"proof new: {words}")
        elif finding.proven and then and _opened(finding) != _opened(then):
            one.told(Attention.RENEWED, f"proof made again: {words}")
    for key, then in known.items():
        if then.proven and key not in found:
            one.told(Attention.CHANGED, f"proven words gone: {_short(then)}")


def _key(claim: Claim) -> tuple[str, tuple[str, ...]]:
    return claim.source, tuple(words_of(claim.words))


def _opened(finding: Finding) -> tuple[Any, ...]:
    """What a proof stands on: the capture, and the words of it that are opened."""
    digest = finding.capture.digest if finding.capture else b""
    return digest, tuple((proof.paragraph, low, high) for proof, low, high in finding.uses)


def _short(finding: Finding) -> str:
    words = finding.claim.words.split()
    shown = " ".join(words[:12]) + (" …" if len(words) > 12 else "")
    return f"“{shown}” ({finding.claim.source})"


# Files and fields


def _pictures(one: Touched, before: Version, after: Version, item: Item) -> None:
    """Whether the file of a picture is another."""
    if isinstance(item.entity, Image) and item.entity.file:
        path = f"{item.path.rpartition('/')[0]}/{item.entity.file}"
        then, now = before.pictures.get(path), after.pictures.get(path)
        if then and now and then != now:
            one.told(Attention.CHANGED, f"{item.entity.file} is another picture")


def _fields(old: Item, new: Item) -> Iterator[tuple[str, str, str]]:
    """Each value of front matter that changed, and the text below, before and after."""
    then, now = dict(_values(old.document.data)), dict(_values(new.document.data))
    for name in dict.fromkeys([*now, *then]):
        if then.get(name) != now.get(name):
            yield name, then.get(name, ""), now.get(name, "")
    if old.document.body.strip() != new.document.body.strip():
        yield "text", old.document.body.strip(), new.document.body.strip()


def _values(data: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The single values in front matter, each with the keys and numbers that lead to it."""
    if isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else enumerate(data, 1)
        for key, value in pairs:
            yield from _values(value, f"{name}.{key}" if name else str(key))
    else:
        yield name, str(data)
