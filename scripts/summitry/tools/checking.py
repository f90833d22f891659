"""The command `summitry check`: everything is checked, and what is asked for is told."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from msgspec import Struct, field
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from summitry.checks.checked import CheckedLibrary
from summitry.checks.coverage import measure
from summitry.checks.rules import Examination, examine
from summitry.content import repairs, report
from summitry.content.earlier import Earlier
from summitry.content.files import Tree, read_tree
from summitry.content.front_matter import MAX_FILE
from summitry.content.problems import START, Problem
from summitry.content.sarif import as_sarif
from summitry.content.targets import cache_folder
from summitry.data import history
from summitry.data.setting import Setting
from summitry.host.configuration import Site, placed, read_site
from summitry.host.destinations import astray
from summitry.host.garbage import Garbage, unsearched
from summitry.pages.site import Pages, illustrate
from summitry.tools.command import config_option, say
from summitry.tools.revisions import NoBranchError, changed_evidence, postdated
from summitry.tools.writing import WorkshopError, write_whole

TEXT = "text"
_FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "json": report.as_json,
    "github": report.as_annotations,
    "sarif": as_sarif,
}
_DATA = ("json", "sarif")  # nothing may stand beside it
BEGUN = "checking"
"""What `--watch` says before each check, by which an editor knows that one has begun."""
SETTLING = 0.1  # seconds without another change before a check: editors write in steps


class Outcome(Struct):
    """What a check came to: the verdict, the files that it read, and what it looked at."""

    site: Site
    verdict: Examination
    looked_at: str
    tree: Tree = field(default_factory=Tree)

    @property
    def problems(self) -> list[Problem]:
        """All problems and notes, by place."""
        return self.verdict.problems

    def text_of(self, path: str) -> bytes | None:
        """The bytes of a file in which a problem was found."""
        if path in self.tree.texts:
            return self.tree.texts[path]
        file = self.site.root / path
        try:
            plain = file.is_file() and file.stat().st_size <= MAX_FILE  # no pipe, and no film
            return file.read_bytes() if plain else None
        except (OSError, ValueError):
            return None


@click.command()
@config_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option(
    "--format",
    "style",
    type=click.Choice([TEXT, *_FORMATS]),
    default=TEXT,
    show_default=True,
    help="How to print problems.",
)
@click.option(
    "--base",
    metavar="BRANCH",
    help="Hold evidence to that of this branch or commit: what was proven stays proven.",
)
@click.option("--fix", is_flag=True, help="Mend first what can be mended without a decision.")
@click.option("--watch", is_flag=True, help="Check again after each change, until Ctrl-C.")
@click.option("--settings", is_flag=True, help="Check mkdocs.yml and the environment alone.")
@click.pass_context
def check(
    context: click.Context,
    config_file: Path,
    paths: tuple[Path, ...],
    style: str,
    base: str | None,
    fix: bool,
    watch: bool,
    settings: bool,
) -> None:
    """Check everything in the repository, offline, and list every problem.

    With PATHs everything is checked too, as files depend on each other, and the problems of these
    files and folders are listed.
    """
    if base is not None and not base.strip():  # a variable that is not set: nothing would be held
        raise click.BadParameter("it is empty: name a branch or commit", param_hint="'--base'")
    if settings:
        site = read_site(config_file)
        context.exit(_tell(Outcome(site, Examination(None, site.problems), ""), style, ()))
    asked = tuple(_within(config_file.resolve().parent, path) for path in paths)
    earlier = Earlier()
    if not watch:
        context.exit(_once(config_file, base, asked, style, fix, earlier))
    folders = [config_file.resolve().parent / name for name in _read_from(config_file)]
    garbage = Garbage()
    for _ in changes(folders, config_file):
        click.echo(BEGUN)
        _once(config_file, base, asked, style, fix, earlier)
        garbage.collect()


def _once(
    config_file: Path, base: str | None, asked: tuple[str, ...], style: str, fix: bool, e: Earlier
) -> int:
    """Check, mend if asked, and tell; returns the exit code."""
    try:
        found = look(config_file, base, e)
        wanted = _asked(found.problems, asked) if fix else []
        if mended := repairs.mend(found.site.root, wanted, write_whole):
            for line in mended:
                click.echo(report.safe(line), err=True)
            found = look(config_file, base, e)
    except NoBranchError as error:
        raise click.ClickException(f"--base: {error}") from None
    except WorkshopError as error:
        raise click.ClickException(report.safe(str(error))) from None
    return _tell(found, style, asked)


def _tell(found: Outcome, style: str, asked: tuple[str, ...]) -> int:
    problems = _asked(found.problems, asked)
    if style == TEXT:
        coloured = "NO_COLOR" not in os.environ  # elsewhere than on a terminal click drops them
        printed = report.as_text(problems, found.text_of, coloured)
    else:
        printed = _FORMATS[style](problems)
    if printed:
        click.echo(printed)
    if style not in _DATA and found.looked_at:
        click.echo(report.summary(problems, ", ".join(asked) or found.looked_at))
        elsewhere = sum(not one.note for one in found.problems) - _errors(problems)
        if elsewhere:
            say(f"{elsewhere} elsewhere: summitry check lists all")
        if found.verdict.library and not asked:
            click.echo("\n".join(measure(found.verdict.library).lines))
    return 1 if _errors(problems) else 0


def _errors(problems: Sequence[Problem]) -> int:
    return sum(not problem.note for problem in problems)


def _within(root: Path, path: Path) -> str:
    """A path as problems name it. Raises click.BadParameter."""
    try:
        if not path.exists():
            raise click.BadParameter(f"there is no file or folder {path}")
        found = path.resolve().relative_to(root).as_posix()
    except (ValueError, OSError):
        raise click.BadParameter(f"{path} does not lie in {root}") from None
    return "" if found == "." else found


def _asked(problems: Sequence[Problem], asked: tuple[str, ...]) -> list[Problem]:
    """The problems in the files and folders asked for, records beside a file among them."""
    if not asked or "" in asked:
        return list(problems)
    starts = tuple(path.removesuffix(".md") + "." for path in asked if path.endswith(".md"))
    starts += tuple(f"{path}/" for path in asked)
    return [p for p in problems if p.path in asked or p.path.startswith(starts)]


# Checking


def look(config_file: Path, base: str | None, earlier: Earlier | None = None) -> Outcome:
    """Check a site. Raises NoBranchError where `base` is no branch or commit.

    What `earlier` or the cache has is not worked out again.
    """
    site = read_site(config_file)
    if site.options is None:
        return Outcome(site, Examination(None, site.problems), config_file.name)
    options = site.options
    tree = read_tree(site.root, options.content_dir, site.docs_dir, options.review)
    verdict = _examined(site, tree, earlier or Earlier())
    notes = [*site.notes]
    known = history.read(site.root, [options.content_dir, site.docs_dir])
    if known.why:
        said = "git does not know the whole history here: no page can say when it changed"
        said = f"{said} ({known.why})"
        notes.append(Problem(config_file.name, START, "no-history", said, known.cure, note=True))
    if verdict.library:
        notes += postdated(site.root, options.content_dir, verdict.library.ledger.captures)
    if base:
        notes += changed_evidence(site.root, options.content_dir, site.docs_dir, base, tree.texts)
    found = sorted(placed(config_file, [*verdict.problems, *notes]))
    return Outcome(site, Examination(verdict.library, found), f"{len(tree.texts)} files", tree)


def _examined(site: Site, tree: Tree, earlier: Earlier) -> Examination:
    if site.options is None:
        raise ValueError("a site without options cannot be examined")
    cache = cache_folder(site.root, site.options.cache_dir)
    with unsearched():
        earlier.recall(cache)
        verdict = examine(tree, site.docs_dir, site.options, site.root, earlier)
    if site.problems:  # nothing is written or drawn: the cache may be what is wrong
        return Examination(None, sorted([*verdict.problems, *site.problems]))
    earlier.save(cache, {*tree.texts})
    if not verdict.library:
        return verdict
    drawn = _drawn(verdict.library, cache, site)
    whole = None if any(not one.note for one in drawn) else verdict.library
    return Examination(whole, sorted([*verdict.problems, *drawn]))


def _drawn(library: CheckedLibrary, cache: Path, site: Site) -> list[Problem]:
    """What cannot be drawn, found by drawing, and which options lead to no page."""
    pictures = illustrate(library, cache, site.name, site.url, site.language)
    setting = Setting(site.name, site.url, language=site.language)
    addresses = [plan.url for plan in Pages(library, pictures, [], setting).plans()]
    return [*pictures.everything(), *astray(addresses, library, site.nav)]


# Watching


class _Noticing(FileSystemEventHandler):
    """Notices that something changed; that a file was opened is no change."""

    def __init__(self) -> None:
        self.changed = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "moved", "deleted"):
            self.changed.set()


def _read_from(config_file: Path) -> list[str]:
    site = read_site(config_file)
    return [site.options.content_dir, site.docs_dir] if site.options else []


def changes(folders: Sequence[Path], file: Path) -> Iterator[None]:
    """Once at the beginning and after each change below the folders or of the file."""
    noticing, observer = _Noticing(), Observer()
    for folder in folders:
        if folder.is_dir():
            observer.schedule(noticing, str(folder), recursive=True)
    observer.schedule(noticing, str(file.resolve()))
    observer.start()
    try:
        yield
        while True:
            noticing.changed.wait()
            while noticing.changed.is_set():
                noticing.changed.clear()
                noticing.changed.wait(SETTLING)
            yield
    except KeyboardInterrupt:
        return
    finally:
        observer.stop()
        observer.join()
