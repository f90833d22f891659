"""The command `summitry compare`: a change as a reviewer needs it, with or without a code host."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import click

from summitry.content import report, routes
from summitry.content.files import PICTURES
from summitry.content.sarif import as_sarif
from summitry.content.targets import cache_folder
from summitry.tools import before_after, evidence_diff, summary
from summitry.tools.before_after import NotShownError
from summitry.tools.checking import Outcome, look
from summitry.tools.command import config_option
from summitry.tools.evidence_diff import Touched
from summitry.tools.evidence_states import Version
from summitry.tools.revisions import NoBranchError, blobs_at, changed_since, files_at, forked_at

SUMMARY, SARIF, SITE = "summary.md", "problems.sarif", "site"


@click.command()
@config_option
@click.argument("base", metavar="BRANCH")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write summary.md, problems.sarif and what else is asked for into this folder.",
)
@click.option("--site", "sited", is_flag=True, help="Build the site before and after as well.")
@click.option(
    "--pictures",
    type=click.IntRange(0),
    default=before_after.MOST,
    show_default=True,
    metavar="NUMBER",
    help="Of how many changed pages to take pictures, with --site.",
)
@click.option("--annotate", is_flag=True, help="Print problems as GitHub's annotations.")
@click.pass_context
def compare(
    context: click.Context,
    config_file: Path,
    base: str,
    into: Path | None,
    sited: bool,
    pictures: int,
    annotate: bool,
) -> None:
    """Say what this change does to evidence since it left BRANCH, in Markdown.

    All problems, then quotations, facts, sources and pictures with their state before and after,
    the weakest points first, then the pages that read otherwise. Fails where `summitry check
    --base BRANCH` fails.
    """
    if sited and not into:
        raise click.UsageError("--site needs --into FOLDER")
    try:
        found = look(config_file, base)
        diff = touched(found, base)
        changed = changed_since(found.site.root, forked_at(found.site.root, base))
        changed |= {one.path for one in diff}
        parts = ["# What this change does", "", *summary.problems(found.problems, changed)]
        parts += summary.evidence(diff)
        if sited and into:
            first = [routes.url(one.ref) for one in diff]
            parts += _sites(found, config_file, base, into, pictures, first)
    except (NoBranchError, NotShownError) as error:
        raise click.ClickException(report.safe(str(error))) from None
    made = summary.whole(parts, f"{SARIF} has every problem")
    if annotate:
        told = [one for one in found.problems if not one.note or one.path in changed]
        click.echo(report.as_annotations(told))
    if into:
        into.mkdir(parents=True, exist_ok=True)
        (into / SUMMARY).write_text(made, "utf-8")
        (into / SARIF).write_text(as_sarif(found.problems), "utf-8")
    if not annotate:
        click.echo(made)
    context.exit(0 if all(problem.note for problem in found.problems) else 1)


def touched(found: Outcome, base: str) -> list[Touched]:
    """What the change touches of evidence. Raises NoBranchError."""
    options, root = found.site.options, found.site.root
    if options is None:
        return []
    content, docs = options.content_dir, found.site.docs_dir
    start = forked_at(root, base)
    before = {
        path: name
        for path, name in blobs_at(root, content, start).items()
        if path.lower().endswith(PICTURES)
    }
    now = {path: raw for path, raw in found.tree.texts.items() if path.startswith(f"{content}/")}
    then = Version.read(files_at(root, content, start), before, content, docs)
    after = {path: _blob(root / path) for path in found.tree.others}
    return evidence_diff.compare(then, Version.read(now, after, content, docs))


def _blob(file: Path) -> str:
    """The name that git has for the bytes of a file."""
    raw = file.read_bytes()
    return hashlib.sha1(b"blob %d\0%b" % (len(raw), raw), usedforsecurity=False).hexdigest()


def _sites(
    found: Outcome, config_file: Path, base: str, into: Path, pictures: int, first: list[str]
) -> list[str]:
    """Build both sites, and take pictures of changed pages, the ones at `first` first."""
    if found.verdict.library is None or found.site.options is None:
        return ["## Pages", "", "There is no site while there are problems in files.", ""]
    root, site = found.site.root, (into / SITE).resolve()
    before_after.build(config_file.resolve(), site)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        cache = cache_folder(root, found.site.options.cache_dir)
        try:
            with before_after.checked_out(root, forked_at(root, base), folder) as tree:
                kept = cache_folder(tree, found.site.options.cache_dir)
                if cache.is_dir() and not kept.exists():  # most pictures are the same
                    shutil.copytree(cache, kept)
                before_after.build(tree / config_file.name, folder / SITE)
        except NotShownError as error:
            said = summary.plain(str(error))
            return ["## Pages", "", f"The base is not built, so nothing is compared: {said}", ""]
        changed = before_after.changed_pages(folder / SITE, site)
        order = {address: number for number, address in enumerate(first)}
        changed.sort(key=lambda page: order.get(page[0], len(order)))
        shown = changed[:pictures]
        try:
            if shown:
                before_after.picture(folder / SITE, site, shown, into)
        except NotShownError as error:
            return [
                *summary.pages(changed, 0),
                f"There are no pictures: {summary.plain(str(error))}",
            ]
    return summary.pages(changed, len(shown))
