"""The command `summitry`. Exit codes: 0 fine, 1 problems, 2 usage, 3 unknown (`verify`)."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from summitry import __version__
from summitry.content import report
from summitry.host.garbage import unsearched

_COMMANDS = {
    "archive": "vouch_commands:archive_copies",
    "capture": "evidence_commands:capture",
    "check": "checking:check",
    "compare": "comparing:compare",
    "confirm": "vouch_commands:confirm",
    "explain": "new_command:explain",
    "init": "start_command:init",
    "links": "outside:links",
    "new": "new_command:new",
    "nginx": "nginx_command:nginx",
    "picture": "pictures:picture_group",
    "prove": "evidence_commands:prove",
    "recapture": "evidence_commands:recapture",
    "review": "review:review",
    "schemas": "schemas:schemas",
    "stamp": "vouch_commands:stamp_captures",
    "verify": "evidence_commands:verify",
}
"""The module of each command and its name there: imported when it is asked for, which takes long.
"""


class _Group(click.Group):
    """Commands whose refusals repeat what they were given, harmless for a log."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them."""
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        with unsearched():
            found: click.Command = getattr(import_module(f"summitry.tools.{module}"), name)
        return found

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
