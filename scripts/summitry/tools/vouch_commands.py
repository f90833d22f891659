"""The commands by which others vouch for captures: confirm, archive, stamp."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import click

from summitry.checks.second_reading import is_day
from summitry.proof import characters, signatures
from summitry.proof.capture import Capture
from summitry.proof.confirmations import is_name
from summitry.proof.signatures import SignatureError
from summitry.tools import archive, evidence_commands, notary, stamping
from summitry.tools.archive import Archive
from summitry.tools.command import FILE, config_option, say
from summitry.tools.evidence_commands import Clean, open_site, taken
from summitry.tools.fetch import FetchError, ToolsMissingError
from summitry.tools.notary import Vow
from summitry.tools.workshop import Workshop
from summitry.tools.writing import WorkshopError

MOST_FAILURES = 3  # in a row, of who is asked over the network


def _name(context: click.Context, parameter: click.Parameter, value: str) -> str:
    del context, parameter
    name = " ".join(value.split())
    if not is_name(name) or any(characters.findings(name)):
        raise click.BadParameter("say who confirms: a name, in letters that can be printed")
    return name


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    del context, parameter
    today = evidence_commands.today()
    if value is not None and not is_day(value):
        raise click.BadParameter("write it as 2025-08-16")
    if value is not None and value > today:
        raise click.BadParameter("the day has not come yet")
    return value or today


@click.command()
@click.argument("source")
@click.option("--text", type=FILE, help="Your own copy of the text, one paragraph a line.")
@click.option("--html", type=FILE, help="The page as you saved it.")
@click.option("--url", "fetched", is_flag=True, help="Fetch the source's page.")
@click.option("--by", required=True, callback=_name, help="Who confirms; published with it.")
@click.option("--on", "day", callback=_day, help="The day of your copy; today if left out.")
@click.option("--sign", "key", type=FILE, help="An SSH key to sign the confirmation with.")
@config_option
def confirm(
    source: str,
    text: Path | None,
    html: Path | None,
    fetched: bool,
    by: str,
    day: str,
    key: Path | None,
    config_file: Path,
) -> None:
    """Confirm, from a copy of your own, what somebody else captured of SOURCE."""
    if (text is not None) + (html is not None) + fetched != 1:
        raise click.UsageError("give one of --text, --html and --url")
    with Clean():
        workshop = open_site(config_file)
        _, entity = workshop.source(source)
        if fetched and not entity.url:
            raise WorkshopError(f"{source} has no url to fetch: give --text or --html")
        notary.captures_of(workshop, source)
        means = "text" if text else "html" if html else "url"
        words, _ = taken(entity.url or "", text, html, entity.url)
        sign = partial(_signed, key) if key else None
        made = notary.confirm(workshop, source, words, Vow(by, day, means), sign)
    also = ", and signed" if made.signature else ""
    say(
        f"{source}: every paragraph stands in this copy as it was captured: confirmed by {by}{also}"
    )


def _signed(key: Path, record: bytes) -> str:
    try:
        return signatures.sign(record, key)
    except SignatureError as error:
        raise WorkshopError(str(error)) from None


def _base(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    del context, parameter
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.query or parts.fragment or parts.username:
        raise click.BadParameter("write it as https://host, or http://127.0.0.1:8000")
    return value.rstrip("/")


def _at(variable: str, told: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option that names who is asked."""
    return click.option("--at", "base", envvar=variable, callback=_base, help=told)


def _paused(why: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option for the seconds between two requests."""
    allowed = click.FloatRange(0, 600)
    return click.option("--pause", type=allowed, default=5.0, show_default=True, help=why)


@click.command("archive")
@click.argument("sources", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Look for copies; make none and write nothing.")
@click.option("--no-save", is_flag=True, help="Write copies that there are; make none.")
@_at("SUMMITRY_ARCHIVE", "The address of another archive that answers as the Wayback Machine does.")
@_paused("Seconds between two sources: the archive refuses who hurries.")
@config_option
def archive_copies(
    sources: tuple[str, ...],
    dry_run: bool,
    no_save: bool,
    base: str,
    pause: float,
    config_file: Path,
) -> None:
    """Find or make archived copies of SOURCES (or of all captured), and write archive_url."""
    with Clean():
        workshop = open_site(config_file)
        names = archive.lacking(workshop, sources)
        for name in names:
            workshop.source(name)
        failed = _each(names, pause, lambda name: _archived(
            Archive(base), workshop, name, (not dry_run and not no_save, not dry_run)
        ))  # fmt: skip
    done = "found, nothing written" if dry_run else "written"
    say(f"{len(names) - failed} of {len(names)} {done}")
    raise SystemExit(1 if failed else 0)


def _archived(where: Archive, workshop: Workshop, name: str, may: tuple[bool, bool]) -> None:
    may_make, may_write = may
    copy = archive.copy_of(where, workshop, name, may_make)
    if may_write:
        archive.write(workshop, name, copy)
    say(f"{name}: {copy}")


def _each(names: list[str], pause: float, do: Callable[[str], None]) -> int:
    """Do something for each, with pauses; how many failed. Stops where nothing answers."""
    failed = in_a_row = 0
    for number, name in enumerate(names):
        if number:
            sleep(pause)
        try:
            do(name)
            in_a_row = 0
        except (FetchError, WorkshopError) as error:
            if isinstance(error, ToolsMissingError):
                raise
            say(f"{name}: {error}")
            failed += 1
            in_a_row = in_a_row + 1 if isinstance(error, FetchError) else 0
        if in_a_row == MOST_FAILURES:
            left = len(names) - number - 1
            if left:
                say(f"{MOST_FAILURES} in a row failed: {left} not asked; try again later")
            return failed + left
    return failed


@click.command("stamp")
@click.argument("sources", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Say what would be stamped, and ask nobody.")
@_at("SUMMITRY_TSA", f"A time stamp authority (RFC 3161); {stamping.AUTHORITY} if left out.")
@_paused("Seconds between two requests.")
@config_option
def stamp_captures(
    sources: tuple[str, ...], dry_run: bool, base: str, pause: float, config_file: Path
) -> None:
    """Have the captures of SOURCES (or all) stamped by the clock of an authority."""
    with Clean():
        workshop = open_site(config_file)
        bare = _unstamped(workshop, sources)
        if dry_run:
            for name, capture in bare.items():
                say(f"{name}: the capture of {capture.date} has no time stamp")
            return
        names = list(bare)
        failed = _each(names, pause, lambda name: _stamped(workshop, bare[name], base))
    say(f"{len(names) - failed} of {len(names)} stamped")
    raise SystemExit(1 if failed else 0)


def _unstamped(workshop: Workshop, sources: tuple[str, ...]) -> dict[str, Capture]:
    """The newest captures without a time stamp, by source."""
    bare = {}
    for name in dict.fromkeys(sources or sorted(workshop.ledger.captures)):
        newest = notary.captures_of(workshop, name)[0]
        if all(one.capture != newest.digest for one in notary.stamps_kept(workshop, name)):
            bare[name] = newest
        elif sources:
            say(f"{name}: the capture of {newest.date} has a time stamp already")
    return bare


def _stamped(workshop: Workshop, capture: Capture, base: str) -> None:
    made = stamping.stamp(capture, base or stamping.AUTHORITY, private=bool(base))
    if made.at[:10] < capture.date[:10]:
        raise WorkshopError(
            f"{made.clock} says it is {made.at}, before the capture of {capture.date}: one of the "
            "two is wrong"
        )
    notary.keep_stamp(workshop, made)
    say(f"{capture.source}: the capture of {capture.date} existed at {made.at}, by {made.clock}")
