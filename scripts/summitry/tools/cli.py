"""The command `summitry`. Exit codes: 0 fine, 1 problems, 2 usage, 3 unknown (`verify`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from summitry import __version__
from summitry.checks.checked import CheckedLibrary
from summitry.checks.coverage import measure
from summitry.checks.rules import Examination, examine
from summitry.content import report
from summitry.content.earlier import Earlier
from summitry.content.files import read_tree
from summitry.content.problems import START, Problem
from summitry.data import history
from summitry.data.setting import Setting
from summitry.host.configuration import Site, placed, read_site
from summitry.host.destinations import astray
from summitry.host.nginx import NotBuiltError, configured, pack
from summitry.pages.site import Pages, illustrate
from summitry.tools import evidence_commands, new_command, pictures, start_command, vouch_commands
from summitry.tools.review import review
from summitry.tools.revisions import NoBranchError, changed_evidence, postdated

_FORMATS = {
    "text": report.as_text,
    "json": report.as_json,
    "github": report.as_annotations,
}


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
    except click.ClickException as error:
        vars(error)["message"] = report.safe(error.message)
        raise


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Check the sources, quotations and facts of an explainer, and what refers to them."""


for _command in (
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
@click.option(
    "--format",
    "style",
    type=click.Choice(list(_FORMATS)),
    default="text",
    show_default=True,
    help="How to print problems.",
)
@click.option(
    "--base",
    metavar="BRANCH",
    help="Hold evidence to that of this branch or commit: what was proven stays proven.",
)
@click.option("--settings", is_flag=True, help="Check mkdocs.yml and the environment alone.")
@click.pass_context
def check(
    context: click.Context, config_file: Path, style: str, base: str | None, settings: bool
) -> None:
    """Check everything in the repository, offline, and list every problem."""
    if settings:
        found = read_site(config_file).problems
        click.echo(_FORMATS[style](found), nl=bool(found))
        context.exit(1 if found else 0)
    verdict, counted = _examine(config_file, base)
    printed = _FORMATS[style](verdict.problems)
    if printed:
        click.echo(printed)
    if style != "json":
        click.echo(report.summary(verdict.problems, counted))
        if verdict.library:
            click.echo("\n".join(measure(verdict.library).lines))
    context.exit(0 if all(problem.note for problem in verdict.problems) else 1)


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


def _drawn(library: CheckedLibrary, cache: Path, site: Site) -> list[Problem]:
    """What cannot be drawn, and which options lead to no page."""
    pictures = illustrate(library, cache, site.name, site.url, site.language)
    setting = Setting(site.name, site.url, language=site.language)
    addresses = [plan.url for plan in Pages(library, pictures, [], setting).plans()]
    return [*pictures.everything(), *astray(addresses, library, site.nav)]


def _examine(config_file: Path, base: str | None) -> tuple[Examination, str]:
    site = read_site(config_file)
    if site.options is None:
        return Examination(None, site.problems), config_file.name
    options = site.options
    tree = read_tree(site.root, options.content_dir, site.docs_dir, options.review)
    cache = site.root / site.options.cache_dir
    earlier = Earlier.load(cache)
    verdict = examine(tree, site.docs_dir, site.options, site.root, earlier)
    if not site.problems:  # the cache may be what is wrong
        earlier.save(cache, {*tree.texts})
    if site.problems:  # nothing is drawn: the cache may be what is wrong
        verdict = Examination(None, sorted([*verdict.problems, *site.problems]))
    if verdict.library:  # what cannot be drawn is found by drawing; the cache makes it quick
        drawn = _drawn(verdict.library, cache, site)
        whole = None if any(not one.note for one in drawn) else verdict.library
        verdict = Examination(whole, sorted([*verdict.problems, *drawn]))
    notes = [*site.notes]
    known = history.read(site.root, [options.content_dir, site.docs_dir])
    if known.why:
        said = "git does not know the whole history here: no page can say when it changed"
        said = f"{said} ({known.why})"
        notes.append(Problem(config_file.name, START, "no-history", said, known.cure, note=True))
    if verdict.library:
        notes += postdated(site.root, options.content_dir, verdict.library.ledger.captures)
    if base:
        try:
            notes += changed_evidence(
                site.root, options.content_dir, site.docs_dir, base, tree.texts
            )
        except NoBranchError as error:
            raise click.ClickException(f"--base: {error}") from None
    found = placed(config_file, [*verdict.problems, *notes])
    return Examination(verdict.library, found), f"{len(tree.texts)} files"
