"""What the commands share: the options that several have, and how they speak."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

import click

from summitry.content import report
from summitry.content.options import Options
from summitry.host.configuration import Site

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
config_option = click.option(
    "-f",
    "--config-file",
    type=FILE,
    default="mkdocs.yml",
    show_default=True,
    help="The site's mkdocs.yml.",
)


def say(line: str) -> None:
    """A line of what was done, harmless for a terminal."""
    click.echo(report.safe(line))


class SettingsError(click.ClickException):
    """A site whose settings cannot be read: each problem with its place, as the check tells it."""

    def __init__(self, site: Site) -> None:
        super().__init__("the settings cannot be read")
        self._problems = site.problems

    def show(self, file: IO[Any] | None = None) -> None:
        """Tell the problems."""
        click.echo(report.as_text(self._problems), file, nl=False, err=file is None)


def options_of(site: Site) -> Options:
    """The options of a site. Raises SettingsError if there are none."""
    if site.options is None:
        raise SettingsError(site)
    return site.options
