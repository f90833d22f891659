"""The commands by which others vouch for captures: confirm, archive, stamp."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from summitry.checks.second_reading import is_day
from summitry.proof import characters, signatures
from summitry.proof.confirmations import is_name
from summitry.proof.signatures import SignatureError
from summitry.tools import evidence_commands, notary
from summitry.tools.evidence_commands import FILE, Clean, config_option, open_site, say, taken
from summitry.tools.notary import Vow
from summitry.tools.workshop import WorkshopError


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
