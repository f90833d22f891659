"""Who vouches for captures besides whoever took them: confirmations and time stamps.

Their records are read and verified here, and what no capture can be is refused: one of a day to
come, one of another page than the source's, a confirmation of a day before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from summitry.checks.judging import CAPTURE
from summitry.checks.sources import page_of
from summitry.content.commands import more_tools
from summitry.content.kinds import Source
from summitry.content.library import Item, Library
from summitry.content.options import Options
from summitry.content.problems import START, Mark, Problem, listed
from summitry.content.routes import entity_of
from summitry.content.values import Ref
from summitry.proof import characters, confirmations, records, signatures, stamps
from summitry.proof.capture import Capture
from summitry.proof.confirmations import Confirmation
from summitry.proof.records import RecordError
from summitry.proof.signatures import Signed
from summitry.proof.stamps import Clock, Stamp, StampError, StampToolsMissingError

CONFIRMATION, STAMP = ".confirmation.json", ".stamp.json"
SHOWN = 5  # ids that a note on many lists


class Confirmed(Struct, frozen=True):
    """A confirmation, and what its signature is worth."""

    told: Confirmation
    signed: Signed


class Stamped(Struct, frozen=True):
    """A time stamp, and whether this check could verify it."""

    told: Stamp
    clock: Clock

    @property
    def verified(self) -> bool:
        """Whether one of the authorities that the site trusts signed it."""
        return self.clock is Clock.VERIFIED


class Vouching(Struct):
    """The confirmations that count and the time stamps, by the digest of the capture."""

    confirmed: dict[bytes, list[Confirmed]] = {}
    stamped: dict[bytes, list[Stamped]] = {}
    problems: list[Problem] = []

    def of(self, capture: Capture) -> list[Confirmed]:
        """Who else found a capture's paragraphs in a copy of their own, the latest first."""
        return self.confirmed.get(capture.digest, []) if self.confirmed else []

    def stamps_of(self, capture: Capture) -> list[Stamped]:
        """The time stamps of a capture, the latest first."""
        return self.stamped.get(capture.digest, []) if self.stamped else []


def vouching(
    library: Library,
    captures: Mapping[str, list[Capture]],
    options: Options,
    root: Path,
    today: date,
) -> Vouching:
    """Read and verify what vouches for captures."""
    found = Vouching()
    found.problems += _impossible(library, captures, today)
    found.problems += _unarchived(library, captures)
    reader = _Notary(library, captures, options, root, found, today.isoformat())
    for path in sorted(library.tree.texts):
        for ending in (CONFIRMATION, STAMP):
            if path.endswith(ending):
                reader.take(path, ending)
    found.problems += reader.notes()
    return found


_MOST_CERTIFICATES = 1_000_000  # bytes


class _Notary:
    """Reads the records of a library that vouch for its captures."""

    def __init__(
        self,
        library: Library,
        captures: Mapping[str, list[Capture]],
        options: Options,
        root: Path,
        found: Vouching,
        today: str,
    ) -> None:
        self.library, self.captures, self.found, self.today = library, captures, found, today
        self.root = root
        self.signers = root / options.allowed_signers if options.allowed_signers else None
        self.authorities = self._authorities(root, options.stamp_authorities)
        self.unsigned: list[str] = []  # sources with signatures that were not verified
        self.unstamped: list[str] = []  # sources with time stamps that were not verified
        if self.signers and not self.signers.is_file():
            self._option("allowed_signers", options.allowed_signers, "there is no such file")

    def _option(self, name: str, path: str, why: str) -> None:
        hint = f"write the file, or correct {name}: in mkdocs.yml"
        problem = Problem("mkdocs.yml", START, "option", f"{name}: {path}: {why}", hint)
        self.found.problems.append(problem)

    def _authorities(self, root: Path, path: str) -> bytes:
        """The certificates of the authorities that are trusted, in PEM; b"" where none are."""
        if not path:
            return b""
        if not (file := root / path).is_file():  # a pipe or a device has no end
            self._option("stamp_authorities", path, "there is no such file")
            return b""
        try:
            with file.open("rb") as opened:
                raw = opened.read(_MOST_CERTIFICATES)
            stamps.certificates(raw)
        except OSError as error:
            self._option("stamp_authorities", path, f"it cannot be read ({error.strerror})")
            return b""
        except StampError as error:
            self._option("stamp_authorities", path, str(error))
            return b""
        except StampToolsMissingError:
            return b""
        return raw

    def _say(self, path: str, line: int, code: str, message: str, hint: str = "") -> None:
        self.found.problems.append(Problem(path, Mark(line, 1), code, message, hint))

    def take(self, path: str, ending: str) -> None:
        """The confirmations or time stamps of one source."""
        beside = path.removesuffix(ending) + ".md"
        owner = entity_of(beside, self.library.content_dir)
        code = "broken-confirmation" if ending == CONFIRMATION else "broken-stamp"
        if owner is None or owner.kind != "sources":
            self._say(path, 1, code, "captures belong to sources", "remove this file")
            return
        if beside not in self.library.tree.texts:
            message = "there is no source beside this record"
            self._say(path, 1, "stray-file", message, f"add {beside}, or remove the record")
            return
        if owner not in self.library.items:
            return  # the source's own file cannot be read, which is said there
        raw = self.library.tree.texts[path]
        try:
            if ending == CONFIRMATION:
                self._confirmations(path, raw, owner.id)
            else:
                self._stamps(path, raw, owner.id)
        except RecordError as error:
            again = "confirm" if ending == CONFIRMATION else "stamp"
            hint = f"restore it, or remove it and make it again: summitry {again} {owner.id}"
            self._say(path, error.line, code, error.message, hint)

    def _confirmations(self, path: str, raw: bytes, name: str) -> None:
        kept = confirmations.load(raw, name)
        lines = _lines(raw, "capture", len(kept))
        known = {one.digest: one for one in self.captures.get(name, [])}
        for one, line in zip(kept, lines, strict=True):
            capture = known.get(one.capture)
            if capture is None:
                if name in self.captures or f"{path.removesuffix(CONFIRMATION)}{CAPTURE}" not in (
                    self.library.tree.texts
                ):
                    self._no_capture(path, line, name, "broken-confirmation", "confirm")
                continue
            if self._counts(path, line, one, capture):
                self._signed(path, line, one)

    def _no_capture(self, path: str, line: int, name: str, code: str, command: str) -> None:
        message = f"no capture of {name} has this digest: it was changed since, or is another's"
        hint = f"restore the capture, or take this line out and run: summitry {command} {name}"
        self._say(path, line, code, message, hint)

    def _counts(self, path: str, line: int, one: Confirmation, capture: Capture) -> bool:
        """Whether a confirmation can be one of this capture, by another person."""
        for _, code, message in characters.findings(one.by):
            self._say(path, line, code, f"by: {message}", "confirm it again: summitry confirm")
            return False
        if one.on < capture.date[:10]:
            message = f"confirmed on {one.on}, before the capture of {capture.date}"
            self._say(path, line, "impossible-day", message, "take this line out, confirm it again")
            return False
        if one.on > self.today:
            message = f"confirmed on {one.on}, which has not come yet"
            self._say(path, line, "impossible-day", message, "take this line out, confirm it again")
            return False
        if not confirmations.another(one.by, capture.by):
            message = f"{one.by} took the capture of {capture.date}, and so cannot confirm it"
            problem = Problem(path, Mark(line, 1), "own-confirmation", message, note=True)
            self.found.problems.append(problem)
            return False
        return True

    def _signed(self, path: str, line: int, one: Confirmation) -> None:
        signed = signatures.verify(one.record, one.signature, one.by, one.on, self.signers)
        if signed is Signed.BROKEN:
            message = f"the signature is none of {one.by}’s over this confirmation"
            hint = f"confirm it again: summitry confirm {one.source} --sign KEY"
            self._say(path, line, "broken-confirmation", message, hint)
            return
        if signed is Signed.FOREIGN:
            message = f"no key that may sign for {one.by} made the signature"
            hint = "add the line of that key to the file named in allowed_signers:, or confirm it"
            self._say(
                path, line, "broken-confirmation", message, f"{hint} again with the right key"
            )
            return
        if signed is Signed.UNVERIFIED:
            self.unsigned.append(one.source)
        self.found.confirmed.setdefault(one.capture, []).append(Confirmed(one, signed))

    def _stamps(self, path: str, raw: bytes, name: str) -> None:
        kept = stamps.load(raw, name)
        lines = _lines(raw, "capture", len(kept))
        known = {one.digest: one for one in self.captures.get(name, [])}
        for one, line in zip(kept, lines, strict=True):
            if one.capture not in known:
                if name in self.captures or f"{path.removesuffix(STAMP)}{CAPTURE}" not in (
                    self.library.tree.texts
                ):
                    self._no_capture(path, line, name, "broken-stamp", "stamp")
                continue
            if one.at[:10] > self.today or one.at[:10] < known[one.capture].date[:10]:
                why = "which has not come yet" if one.at[:10] > self.today else "before the capture"
                message = f"stamped on {one.at[:10]}, {why}"
                hint = f"take this line out and run: summitry stamp {name}"
                self._say(path, line, "impossible-day", message, hint)
                continue
            self._stamp(path, line, one)

    def _stamp(self, path: str, line: int, one: Stamp) -> None:
        clock = stamps.verify(one, self.authorities)
        hint = f"take this line out and run: summitry stamp {one.source}"
        if clock is Clock.BROKEN:
            message = "the answer is no time stamp of this capture, of this moment and clock"
            self._say(path, line, "broken-stamp", message, hint)
            return
        if clock is Clock.FOREIGN:
            message = f"no authority that is trusted here signed it, though it names {one.clock}"
            hint = f"add its certificates to the file named in stamp_authorities:, or {hint}"
            self._say(path, line, "broken-stamp", message, hint)
            return
        if clock is Clock.UNVERIFIED:
            self.unstamped.append(one.source)
        self.found.stamped.setdefault(one.capture, []).append(Stamped(one, clock))

    def notes(self) -> Iterator[Problem]:
        """A note on all that could not be verified here."""
        if self.unsigned:
            said = f"signature not verified: {_few(self.unsigned)}"
            hint = "name the file of the signers' keys in allowed_signers:, and install OpenSSH"
            yield Problem("mkdocs.yml", START, "unverified", said, hint, note=True)
        if self.unstamped:
            said = f"time stamp not verified here: {_few(self.unstamped)}"
            hint = f"name the certificates in stamp_authorities:, and {more_tools(self.root)}"
            yield Problem("mkdocs.yml", START, "unverified", said, hint, note=True)


def _few(names: list[str]) -> str:
    """Names once each, the first of them."""
    kept = list(dict.fromkeys(names))
    more = len(kept) - SHOWN
    return listed(kept) if more <= 0 else f"{', '.join(kept[:SHOWN])} and {more} more"


def _lines(raw: bytes, key: str, count: int) -> list[int]:
    """The line of each of so many rows; the first where a row's cannot be told."""
    found = records.lines_of_items(raw, key)
    return found if len(found) == count else [1] * count


# What no capture can be


def _impossible(
    library: Library, captures: Mapping[str, list[Capture]], today: date
) -> Iterator[Problem]:
    """Captures of days to come and of other pages, and what `recaptured` cannot say."""
    for name, kept in captures.items():
        item = library.items[Ref("sources", name)]
        path = item.path.removesuffix(".md") + CAPTURE
        if not isinstance(item.entity, Source):
            continue
        lines: list[int] = []
        anew = item.entity.recaptured.on.text if item.entity.recaptured else ""
        for at, one in enumerate(kept):
            hint = "correct the clock, remove the capture and make it again"
            wrong = [
                ("impossible-day", f"{day} has not come yet", hint)
                for day in (one.date, *one.confirmed_on, *one.changed_on)
                if day[:10] > today.isoformat()
            ]
            earlier = at > 0 and one.date[:10] <= anew  # before the source was captured anew
            if not earlier and (said := _elsewhere(item.entity, one)):
                wrong.append(("other-page", *said))
            for code, message, cure in wrong:
                lines = lines or _lines(library.tree.texts[path], "digest", len(kept))
                yield Problem(path, Mark(lines[at], 1), code, message, cure)
    for item in library.of_kind("sources"):
        if isinstance(item.entity, Source) and item.entity.recaptured:
            yield from _anew(item, item.entity.recaptured.on.text, captures, today)


def _anew(
    item: Item, day: str, captures: Mapping[str, list[Capture]], today: date
) -> Iterator[Problem]:
    """`recaptured` names the day of a capture that is there."""
    mark = item.document.marks.value(("recaptured", "on"))
    if day > today.isoformat():
        message = f"recaptured.on: {day} has not come yet"
        yield Problem(item.path, mark, "impossible-day", message, "write the day of the capture")
    elif all(one.date[:10] != day for one in captures.get(item.ref.id, [])):
        message = f"recaptured.on: there is no capture of {day}"
        hint = f"write the day of a capture, or make it: summitry capture {item.ref.id} --url …"
        yield Problem(item.path, mark, "impossible-day", message, hint)


def _elsewhere(source: Source, capture: Capture) -> tuple[str, str] | None:
    """What is wrong with the address of a capture, and how to mend it."""
    own = [address for address in (source.url, source.archive_url) if address]
    if not capture.url or page_of(capture.url) in {page_of(address) for address in own}:
        return None  # pasted, or fetched before the source had an address: it names no other
    message = (
        f"the capture of {capture.date} is of {capture.url}, which is not the source's address"
    )
    hint = (
        "write the address of the page in url:, or remove the capture and make it of the "
        f"source's: summitry capture {capture.source} --url {own[0] if own else '…'}"
    )
    return message, hint


def _unarchived(library: Library, captures: Mapping[str, list[Capture]]) -> Iterator[Problem]:
    """One note on all captured sources of which no archived copy is recorded."""
    bare = [
        item.ref.id
        for item in library.of_kind("sources")
        if isinstance(item.entity, Source)
        and item.ref.id in captures
        and item.entity.url
        and not item.entity.archive_url
        and not item.entity.withdrawn
    ]
    if bare and not library.problems:
        number = f"{len(bare)} captured source{'s' * (len(bare) != 1)}"
        message = f"{number} without an archived copy: {', '.join(bare)}"
        path = f"{library.content_dir}/sources/{bare[0]}.md"
        hint = "find or make them: summitry archive"
        yield Problem(path, START, "not-archived", message, hint, note=True)
