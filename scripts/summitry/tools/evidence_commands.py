"""The commands that make and check evidence: capture, prove, verify, recapture."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from summitry.checks.sources import page_of
from summitry.content import report
from summitry.content.files import read_tree
from summitry.content.library import Item, build
from summitry.content.routes import entity_of
from summitry.host.configuration import read_site
from summitry.proof.capture import is_date
from summitry.proof.verdict import Verdict
from summitry.tools import extract, fetch
from summitry.tools.command import FILE, config_option, options_of, say
from summitry.tools.fetch import FetchError
from summitry.tools.prover import Article, Taking
from summitry.tools.workshop import Workshop, no_such_file
from summitry.tools.writing import WorkshopError, read_bytes, read_file


def open_site(config_file: Path) -> Workshop:
    """The workshop of a site, whatever is wrong with its content."""
    site = read_site(config_file)
    options = options_of(site)
    tree = read_tree(site.root, options.content_dir, site.docs_dir)
    return Workshop(build(tree, options.content_dir, site.docs_dir), site.root, say)


def today() -> str:
    """The day, in UTC."""
    return datetime.now(UTC).date().isoformat()


class Clean:
    """Turns what cannot be done into a message and exit code 1."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, WorkshopError | FetchError):
            raise click.ClickException(report.safe(str(error))) from None


def _date(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    del context, parameter
    if value is None:
        return today()
    if is_date(value):
        if value[:10] > datetime.now(UTC).date().isoformat():
            raise click.BadParameter("the day has not come yet")
        return value
    raise click.BadParameter("write 2025-08-16, or 2025-08-16T09:30:00Z")


def printable(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A name of letters that can be printed. Raises click.BadParameter."""
    del context, parameter
    if not value.isprintable():
        raise click.BadParameter("write it in letters that can be printed")
    return value


def taken(
    source_url: str, text: Path | None, html: Path | None, url: str | None
) -> tuple[str, dict[str, str]]:
    """The text that was asked for, and how it was taken."""
    if text:
        return read_file(text), {"method": "pasted", "url": source_url}
    if html:
        raw = read_bytes(html)
        extractor = extract.extractor()
        return extract.apart(raw), {"method": "html", "extractor": extractor, "url": source_url}
    return _fetched(url or "")


def _fetched(url: str) -> tuple[str, dict[str, str]]:
    page = fetch.fetch(url, progress=lambda line: click.echo(report.safe(f"  {line}"), err=True))
    text = extract.apart(page.html, page.charset)
    return text, {"method": "url", "extractor": extract.extractor(), "url": page.url}


@click.command()
@click.argument("source")
@click.option("--text", type=FILE, help="The article's text, one paragraph a line.")
@click.option("--html", type=FILE, help="The saved page, from which the text is extracted.")
@click.option("--url", help="The page's address, which is fetched.")
@click.option("--excerpt", is_flag=True, help="The text is a part of the article.")
@click.option(
    "--renew", is_flag=True, help="Make the roots of the last capture by the newest format."
)
@click.option("--date", callback=_date, help="When the text was taken; today if left out.")
@click.option(
    "--by",
    default="not stated",
    callback=printable,
    help="Who took it; published with the capture.",
)
@config_option
def capture(
    source: str,
    text: Path | None,
    html: Path | None,
    url: str | None,
    excerpt: bool,
    renew: bool,
    date: str,
    by: str,
    config_file: Path,
) -> None:
    """Write or renew the capture of SOURCE, from its text, its saved page or its address."""
    if sum(given is not None for given in (text, html, url)) != 1:
        raise click.UsageError("give one of --text, --html and --url")
    with Clean():
        workshop = open_site(config_file)
        _, entity = workshop.source(source)
        words, how = taken(entity.url or "", text, html, url)
        if renew:
            workshop.renew(source, words)
            return
        own = [address for address in (entity.url, entity.archive_url) if address]
        if page_of(how["url"]) not in {page_of(address) for address in own} and how["url"]:
            say(f"{source}: its url: is not {how['url']}: write that, or the check refuses it")
        workshop.capture(source, words, Taking(date=date, by=by, **how), excerpt)


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--text", type=FILE, help="The article's text, one paragraph a line.")
@click.option("--source", help="The source of that text, where it is not clear.")
@click.option("--excerpt", is_flag=True, help="The text is a part of the article.")
@click.option("--whole", is_flag=True, help="Open the whole paragraph.")
@click.option("--prune", is_flag=True, help="Hide words that no evidence uses.")
@config_option
def prove(
    paths: tuple[str, ...],
    text: Path | None,
    source: str | None,
    excerpt: bool,
    whole: bool,
    prune: bool,
    config_file: Path,
) -> None:
    """Prove the evidence in PATHS (or all) from an article's text."""
    with Clean():
        workshop = open_site(config_file)
        items = _items(workshop, paths)
        known = set(workshop.ledger.captures)
        texts = _texts(workshop, items, text, source, excerpt)
        if whole and (not paths or text is None):
            raise click.UsageError("--whole needs PATHS and --text: it opens whole paragraphs")
        found = workshop.prove(items, texts, whole, next(iter(texts)) if text else "")
        for name in set(workshop.ledger.captures) - known if not found.made else ():
            workshop.forget(name)
        removed = workshop.prune(items) if prune else 0
    problems = found.problems if paths or text else []
    if problems:
        click.echo(report.as_text(problems))
    extra = f", {removed} removed or narrowed" if prune else ""
    waiting = f", {len(found.problems)} not proven" if found.problems else ""
    click.echo(f"{found.made} proven, {found.known} were proven already{waiting}{extra}")
    raise SystemExit(1 if problems else 0)


def _items(workshop: Workshop, paths: tuple[str, ...]) -> list[Item]:
    """The entities whose files were named, or all."""
    library = workshop.library
    if not paths:
        return list(library.items.values())
    found = []
    for given in paths:
        try:
            path = Path(given).resolve().relative_to(workshop.root.resolve()).as_posix()
        except ValueError:
            path = given
        ref = entity_of(path, library.content_dir)
        if ref is None or ref not in library.items:
            problems = [p for p in library.problems if p.path == path] or [no_such_file(given)]
            click.echo(report.as_text(problems))
            raise SystemExit(1)
        found.append(library.items[ref])
    return found


def _texts(
    workshop: Workshop, items: list[Item], path: Path | None, source: str | None, excerpt: bool
) -> dict[str, Article]:
    """The texts to prove from: the one given, or those that were kept."""
    if path is None:
        if source or excerpt:
            raise click.UsageError("--source and --excerpt belong with --text")
        names = workshop.ledger.captures
        return {name: kept for name in names if (kept := workshop.text_of(name))}
    name = source or workshop.guess_source(items, path)
    _, entity = workshop.source(name)
    if name not in workshop.ledger.captures:
        told = Taking(date=today(), method="pasted", by="not stated", url=entity.url or "")
        workshop.capture(name, read_file(path), told, excerpt)
    return {name: workshop.read(name, path)}


@click.command()
@click.argument("source")
@click.argument("words")
@click.option("--text", type=FILE, help="Check against this text, not against the proofs.")
@click.option("--same-speaker", is_flag=True, help="Omissions join words of one person.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text")
@config_option
def verify(
    source: str, words: str, text: Path | None, same_speaker: bool, style: str, config_file: Path
) -> None:
    """Say whether WORDS stand in SOURCE. Exit code 0 if so, 1 if not, 3 if it is unknown."""
    with Clean():
        given = read_file(text) if text else None
        verdict = open_site(config_file).verify(source, words, given, same_speaker)
    if style == "json":
        click.echo(json.dumps(verdict.as_data(), ensure_ascii=False, indent=2))
    else:
        _tell(verdict)
    raise SystemExit(verdict.exit_code)


def _tell(verdict: Verdict) -> None:
    where = [f"paragraph {s.paragraph}, word {s.start}" for s in verdict.segments]
    said = f": {'; '.join(where)}" if where else ""
    say(f"{verdict.kind}{said}")
    for line in ([verdict.reason] if verdict.reason else []) + list(verdict.notes):
        say(f"  {line}")
    for edit in verdict.edits:
        if edit.beside:
            say(f"  [{edit.inserted}] stands beside or for “{edit.beside}”")
            continue
        say(f"  [{edit.inserted}] stands for “{edit.replaced}”" if edit.replaced
             else f"  [{edit.inserted}] was put in")  # fmt: skip
    for count in verdict.gaps:
        say(f"  {count} word{'s' * (count != 1)} left out")
    if verdict.taken_in:
        say(f"  take it in: “{verdict.taken_in}”")
    if verdict.closest:
        say(f"  closest, in paragraph {verdict.closest.paragraph}: “{verdict.closest.words}”")


@click.command()
@click.argument("sources", nargs=-1)
@config_option
def recapture(sources: tuple[str, ...], config_file: Path) -> None:
    """Fetch captured SOURCES (or all) again and record what still stands there."""
    failed = 0
    with Clean():
        workshop = open_site(config_file)
        names = sources or tuple(sorted(workshop.ledger.captures))
        for name in names:
            failed += not _again(workshop, name, lambda address: _fetched(address))
    raise SystemExit(1 if failed else 0)


def _again(workshop: Workshop, name: str, get: Callable[[str], tuple[str, dict[str, Any]]]) -> bool:
    """Fetch one source again; False where that could not be done or paragraphs changed."""
    _, entity = workshop.source(name)
    if name not in workshop.ledger.captures:
        say(f"{name}: it was never captured: summitry capture {name} --url ADDRESS")
        return False
    if not entity.url:
        say(f"{name}: it has no url to fetch")
        return False
    try:
        text, how = get(entity.url)
        changed = workshop.confirm(name, text, Taking(date=today(), by="not stated", **how))
    except (FetchError, WorkshopError) as error:
        say(f"{name}: {error}")
        return False
    if changed:
        listed = ", ".join(map(str, changed))
        say(f"{name}: changed or gone: paragraph {listed}. Renew: summitry capture {name} --url …")
        return False
    say(f"{name}: every paragraph stands as it was captured")
    return True
