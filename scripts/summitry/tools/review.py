"""The command `review`: what a second reader reads, and the record of what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from summitry.checks.second_reading import Readings, Row, compare, dump, is_day, read_findings
from summitry.checks.statements import Statement
from summitry.content import report
from summitry.content.files import read_tree
from summitry.content.library import Library, build
from summitry.content.problems import Mark, Problem, suggestion
from summitry.content.routes import entity_of
from summitry.host.configuration import read_site
from summitry.tools.command import FILE, config_option, options_of
from summitry.tools.sheets import ReadingSheet, sheet
from summitry.tools.writing import WorkshopError, write_whole


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    del context, parameter
    if value is not None and not is_day(value):
        raise click.BadParameter("write it as 2025-08-16")
    if value is not None and value > _today():
        raise click.BadParameter("the day has not come yet")
    return value


def _reader(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    del context, parameter
    if value is not None and not value.strip():
        raise click.BadParameter("say who read, in a few words")
    return " ".join(value.split()) if value else None


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Print what was read already, too.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print statements.",
)
@click.option("--record", "file", type=FILE, help="Record the lines id,hash,verdict of this file.")
@click.option("--by", "reader", callback=_reader, help="Who read: kept with each reading.")
@click.option("--on", "day", callback=_day, help="The day of these readings; today if left out.")
@config_option
def review(
    ids: tuple[str, ...],
    everything: bool,
    style: str,
    file: Path | None,
    reader: str | None,
    day: str | None,
    config_file: Path,
) -> None:
    """Print what nobody has read a second time, or the statements of IDS; or record readings."""
    if ids and everything:
        raise click.UsageError("give IDS or --all")
    if file and (ids or everything or style != "text"):
        raise click.UsageError("--record takes no IDS, --all or --format")
    if (day or reader) and not file:
        raise click.UsageError("--on and --by belong with --record")
    if file and not reader:
        raise click.UsageError("--record needs --by: who read?")
    library, found, path = _open(config_file)
    if file and reader:
        _record(library, found, path, file, (day or _today(), reader))
        return
    asked = _asked(library, found, ids, everything)
    _print([sheet(library, one) for one in asked], style)
    if style == "text" and not asked:
        click.echo(f"nothing is left to read: {_counted(found)}")
    if not ids:
        for row in found.spare:
            message = f"{found.path}:{row.line}:1: this fits nothing: {row.id} {row.hash}"
            click.echo(report.safe(message), err=True)


def _open(config_file: Path) -> tuple[Library, Readings, Path]:
    """The library, whatever is wrong with it, the record beside it, and the record's file."""
    site = read_site(config_file)
    options = options_of(site)
    kept = options.review
    if not kept:
        message = "no record is kept: set the option review: to the path of a .csv file"
        raise click.ClickException(f"{message} in {config_file.name}")
    tree = read_tree(site.root, options.content_dir, site.docs_dir, kept)
    library = build(tree, options.content_dir, site.docs_dir)
    found = compare(library, kept)
    problems = [p for p in found.problems if not p.note] if found else tree.problems
    if found is None or problems:
        _refuse(problems)
    return library, found, site.root / kept


def _refuse(problems: list[Problem]) -> NoReturn:
    click.echo(report.as_text(sorted(problems)))
    raise SystemExit(1)


def _asked(
    library: Library, found: Readings, ids: tuple[str, ...], everything: bool
) -> list[Statement]:
    """The statements to print: those named, or all, or those that are left to read."""
    if not ids:
        return found.statements if everything else found.unread
    known: dict[str, list[Statement]] = {}
    for one in found.statements:
        known.setdefault(one.id, []).append(one)
    asked: list[Statement] = []
    for given in dict.fromkeys(ids):
        ref = entity_of(given, library.content_dir)
        name = str(ref) if ref else given
        if name not in known:
            hint = suggestion(name, known, "write kind/id, or the file of a page that cites")
            raise click.ClickException(report.safe(f"{given} states nothing to read: {hint}"))
        asked += known[name]
    return asked


def _print(sheets: list[ReadingSheet], style: str) -> None:
    if style == "json":
        click.echo(json.dumps([one.data for one in sheets], ensure_ascii=False, indent=2))
    elif sheets:
        click.echo("\n\n---\n\n".join(one.text for one in sheets))


def _record(
    library: Library, found: Readings, path: Path, file: Path, when_by: tuple[str, str]
) -> None:
    """Write what a reader gives back into the record, with the day and the reader, or nothing."""
    if library.problems:
        message = "files of the site cannot be read whole: mend what summitry check lists first"
        raise click.ClickException(message)
    rows, problems = read_findings(str(file), file.read_bytes(), *when_by)
    problems += _not_current(found, str(file), rows)
    if problems:
        _refuse(problems)
    kept, dropped = found.with_rows(rows)
    try:
        write_whole(path, dump(kept))
    except WorkshopError as error:
        raise click.ClickException(report.safe(str(error))) from None
    old = f", {len(dropped)} older row{'s' * (len(dropped) != 1)} dropped" if dropped else ""
    read = {row.key for row in kept} & {one.key for one in found.statements}
    click.echo(f"{len(rows)} recorded{old}: {len(read)} of {len(found.statements)} statements read")


def _not_current(found: Readings, name: str, rows: list[Row]) -> Iterator[Problem]:
    """A problem for each reading of something that the site does not state now."""
    hashes: dict[str, list[str]] = {}
    for one in found.statements:
        hashes.setdefault(one.id, []).append(one.hash)
    for row in rows:
        if row.id not in hashes:
            message = f"{row.id} states nothing to read"
            hint = suggestion(row.id, hashes, "delete the line")
        elif row.hash not in hashes[row.id]:
            message = f"{row.id} has changed since it was read: {row.hash} is not its hash now"
            hint = f"read it again: summitry review {row.id}"
        else:
            continue
        yield Problem(name, Mark(row.line, 1), "review-record", message, hint)


def _counted(found: Readings) -> str:
    read, every = found.counted
    return f"{read} of {every} statements were read as they stand"
