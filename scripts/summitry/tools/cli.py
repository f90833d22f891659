"""The command `summitry`. Exit codes: 0 fine, 1 problems, 2 usage, 3 unknown (`verify`)."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from summitry import __version__
from summitry.content import report
from summitry.host.configuration import read_site
from summitry.host.nginx import NotBuiltError, configured, pack
from summitry.tools import (
    checking,
    comparing,
    evidence_commands,
    new_command,
    outside,
    pictures,
    schemas,
    start_command,
    vouch_commands,
)
from summitry.tools.review import review


class _Group(click.Group):
    """Commands whose refusals repeat what they were given, harmless for a log."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """As click does it."""
        with _harmless():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does it; commands read their own arguments within."""
        with _harmless():
            return super().invoke(ctx)


@contextmanager
def _harmless() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:  # the help, which repeats nothing
        raise
    except click.ClickException as error:
        vars(error)["message"] = report.safe(error.message)
        raise
    except OSError as error:
        if error.errno == errno.EPIPE:  # nobody reads on: click ends in silence
            raise
        told = f"it cannot go on: {error}: see that the disk has room and files may be read"
        raise click.ClickException(report.safe(f"{told} and written, and run it again")) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Check the sources, quotations and facts of an explainer, and what refers to them."""
    report.tolerant()


for _command in (
    checking.check,
    comparing.compare,
    outside.links,
    schemas.schemas,
    evidence_commands.capture,
    evidence_commands.prove,
    evidence_commands.verify,
    evidence_commands.recapture,
    vouch_commands.confirm,
    vouch_commands.archive_copies,
    vouch_commands.stamp_captures,
    pictures.picture_group,
    review,
    start_command.init,
    new_command.new,
    new_command.explain,
):
    main.add_command(_command)


@main.command()
@evidence_commands.config_option
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
