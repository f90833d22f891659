"""Records that vouch for captures: what `summitry confirm` and `summitry stamp` write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from summitry.checks.judging import CAPTURE
from summitry.checks.vouching import CONFIRMATION, STAMP
from summitry.proof import confirmations, stamps
from summitry.proof.capture import Capture, CaptureError
from summitry.proof.confirmations import Confirmation
from summitry.proof.records import RecordError
from summitry.proof.stamps import Stamp
from summitry.tools import prover
from summitry.tools.prover import Taking
from summitry.tools.workshop import Workshop
from summitry.tools.writing import WorkshopError, place_in, write_whole

R = TypeVar("R")


class Vow(Struct, frozen=True):
    """Who confirms, on which day, by what means."""

    by: str
    on: str
    means: str


def captures_of(workshop: Workshop, name: str) -> list[Capture]:
    """The captures of a source, newest first. Raises WorkshopError where there is none."""
    item, _ = workshop.source(name)
    path = item.path.removesuffix(".md") + CAPTURE
    for problem in workshop.ledger.problems:
        if problem.path == path and path in workshop.ledger.unreadable:
            raise WorkshopError(f"{path}: {problem.message}; restore it or remove it first")
    kept = workshop.ledger.captures.get(name)
    if not kept:
        raise WorkshopError(f"{name} was never captured: summitry capture {name} --text FILE")
    return kept


def confirm(
    workshop: Workshop, name: str, text: str, vow: Vow, sign: Callable[[bytes], str] | None
) -> Confirmation:
    """Compare another copy's text with the captures of a source, and record that they agree.

    The newest capture that stands in the copy is confirmed. `sign` makes the signature over the
    record. Raises WorkshopError, and what `sign` raises.
    """
    capture = _standing(workshop, name, text, vow)
    if not confirmations.another(vow.by, capture.by):
        raise WorkshopError(
            f"{vow.by} took the capture of {capture.date}: somebody else has to confirm it, "
            "from a copy of their own"
        )
    if vow.on < capture.date[:10]:
        raise WorkshopError(
            f"the capture is of {capture.date}, and {vow.on} is before it: give --on a day from "
            f"{capture.date[:10]} on"
        )
    made = Confirmation(name, capture.digest, vow.by, vow.on, vow.means)
    path = _path(workshop, name, CONFIRMATION)
    kept = _kept(workshop, path, name, confirmations.load)
    others = [
        one for one in kept if one.capture != made.capture or confirmations.another(one.by, made.by)
    ]
    if sign:
        made = replace(made, signature=sign(made.record))
    _write(workshop, path, confirmations.dump([made, *others]))
    return made


def _standing(workshop: Workshop, name: str, text: str, vow: Vow) -> Capture:
    """The newest capture whose paragraphs all stand in a copy. Raises WorkshopError."""
    kept = captures_of(workshop, name)
    told = Taking(date=vow.on, method="pasted", by=vow.by)
    copies: dict[int, Capture] = {}
    for one in kept:
        if one.version not in copies:
            try:
                copies[one.version] = prover.make_capture(name, text, told, "whole", one.version)
            except CaptureError as error:
                raise WorkshopError(f"{name}: {error}") from None
        if confirmations.stands_in(one, copies[one.version]):
            return one
    newest = kept[0]
    gone = newest.missing_from(copies[newest.version])
    where = f"paragraph {', '.join(map(str, gone))}" if gone else "the order of the paragraphs"
    raise WorkshopError(
        f"{name}: this copy is not what was captured on {newest.date}: {where} differs. Look at "
        f"the page: if it reads otherwise now, summitry capture {name}; if it never read as "
        "captured, say so to the editors"
    )


def keep_stamp(workshop: Workshop, stamp: Stamp) -> None:
    """Write a time stamp beside the capture. Raises WorkshopError."""
    path = _path(workshop, stamp.source, STAMP)
    kept = _kept(workshop, path, stamp.source, stamps.load)
    _write(workshop, path, stamps.dump([stamp, *kept]))


def stamps_kept(workshop: Workshop, name: str) -> list[Stamp]:
    """The time stamps of a source. Raises WorkshopError."""
    return [*_kept(workshop, _path(workshop, name, STAMP), name, stamps.load)]


def _path(workshop: Workshop, name: str, ending: str) -> str:
    return workshop.source(name)[0].path.removesuffix(".md") + ending


def _kept(
    workshop: Workshop, path: str, name: str, load: Callable[[bytes, str], list[R]]
) -> Sequence[R]:
    """What a file has already. One that cannot be read must not be overwritten."""
    raw = workshop.library.tree.texts.get(path)
    if raw is None:
        return []
    try:
        return load(raw, name)
    except RecordError as error:
        raise WorkshopError(f"{path}: {error.message}; restore it or remove it first") from None


def _write(workshop: Workshop, path: str, content: str) -> None:
    raw = content.encode("utf-8")
    write_whole(place_in(workshop.root, path), raw)
    workshop.library.tree.texts[path] = raw
