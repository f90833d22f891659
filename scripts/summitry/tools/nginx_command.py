"""The command `summitry nginx`."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.content import report
from summitry.host.configuration import read_site
from summitry.host.nginx import NotBuiltError, configured, pack
from summitry.tools.command import config_option


@click.command()
@config_option
@click.argument("folder", type=click.Path(path_type=Path), default="site")
@click.option(
    "--pack", "packed", is_flag=True, help="Write a .gz beside each file that packs well."
)
@click.pass_context
def nginx(context: click.Context, config_file: Path, folder: Path, packed: bool) -> None:
    """Print nginx's configuration for the site built in FOLDER: compression, caching, headers."""
    site = read_site(config_file)
    if site.problems:
        click.echo(report.as_text(site.problems), nl=False)
        context.exit(1)
    try:
        click.echo(configured(site, folder), nl=False)
        if packed:
            click.echo(f"{pack(folder)} files are packed", err=True)
    except NotBuiltError as error:
        raise click.ClickException(str(error)) from None
