"""The command `summitry links`: which addresses outside the site still answer.

Pages vanish, and a reader who follows a source finds nothing. Every address is asked once, those of
one host one after the other with a pause. Archived copies are not asked: an archive refuses who
hurries, and its copies do not move.
"""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click
from msgspec import Struct

from summitry.content.files import read_tree
from summitry.content.library import Library, build
from summitry.content.schema import addresses_of
from summitry.content.values import ArchiveAddress
from summitry.host.configuration import read_site
from summitry.tools import fetch, summary
from summitry.tools.archive import lacking
from summitry.tools.command import config_option, options_of, say
from summitry.tools.evidence_commands import Clean
from summitry.tools.fetch import FetchError
from summitry.tools.workshop import Workshop

AT_ONCE = 8  # hosts
GONE = frozenset({404, 410})
"""Answers that say that a page is gone; others may be meant for programs alone."""


class Missing(Struct, frozen=True):
    """An address that did not answer with a page: where it stands, whether it is gone, and why."""

    url: str
    used: tuple[str, ...]  # path:line
    gone: bool
    why: str


def outside(library: Library) -> dict[str, list[str]]:
    """Every web address in entities and pages but those of archived copies, and where it stands."""
    found: dict[str, list[str]] = {}

    def take(url: str, place: str) -> None:
        if url.startswith(("http://", "https://")):
            found.setdefault(html.unescape(url).partition("#")[0], []).append(place)

    for item in library.items.values():
        for loc, url in addresses_of(item.entity):
            if not isinstance(url, ArchiveAddress):
                take(str(url), f"{item.path}:{item.document.marks.value(loc).line}")
        for link in item.prose.links:
            take(link.target, f"{item.path}:{link.mark.line}")
    for story in library.stories.values():
        for link in story.prose.links:
            take(link.target, f"{story.file}:{link.mark.line}")
    return found


def ask(url: str) -> FetchError | None:
    """What is wrong with an address, or None where something answers there."""
    try:
        fetch.fetch(url)
    except fetch.ToolsMissingError:
        raise
    except FetchError as error:
        return None if 200 <= error.status < 300 else error
    return None


def missing(
    found: Mapping[str, Sequence[str]],
    pause: float = 1.0,
    asked: Callable[[str], FetchError | None] = ask,
    say_so: Callable[[str], None] = lambda _: None,
) -> list[Missing]:
    """The addresses that do not answer, those that are gone first. `pause` is in seconds."""
    hosts: dict[str, list[str]] = {}
    for url in found:
        hosts.setdefault(urlsplit(url).netloc, []).append(url)

    def of_host(urls: list[str]) -> list[Missing]:
        lost = []
        for number, url in enumerate(urls):
            time.sleep(pause if number else 0)
            if error := asked(url):
                places, gone = tuple(found[url]), error.status in GONE
                lost.append(Missing(url, places, gone, str(error)))
            say_so(url)
        return lost

    with ThreadPoolExecutor(AT_ONCE) as pool:
        lost = [one for some in pool.map(of_host, hosts.values()) for one in some]
    return sorted(lost, key=lambda one: (not one.gone, one.url))


def told(lost: Sequence[Missing], bare: Sequence[str], number: int) -> str:
    """An account in Markdown, or "" where nothing is to be done."""
    gone = [one for one in lost if one.gone]
    unsure = [one for one in lost if not one.gone]
    lines: list[str] = []
    if gone:
        lines += [f"## {len(gone)} of {number} addresses are gone", ""]
        lines += [*_listed(gone), "", "Correct `url`, or give the source an `archive_url`.", ""]
    if bare:
        lines += [f"## {len(bare)} captured sources have no archived copy", ""]
        lines += [*(f"- {summary.code(name)}" for name in bare), ""]
        lines += ["`summitry archive` finds or makes copies.", ""]
    if unsure:
        lines += [f"<details><summary>{len(unsure)} did not answer a program</summary>", ""]
        lines += ["A reader may see the page all the same: try these in a browser.", ""]
        lines += [*_listed(unsure), "", "</details>", ""]
    return "\n".join(lines) if gone or bare else ""


def _listed(lost: Sequence[Missing]) -> Iterator[str]:
    for one in lost:
        used = ", ".join(summary.code(place) for place in dict.fromkeys(one.used))
        yield f"- {summary.code(one.url)} in {used}: {summary.plain(one.why)}"


@click.command("links")
@config_option
@click.option(
    "--into",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write an account in Markdown into this file; it is empty if nothing is to be done.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 600),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.pass_context
def links(context: click.Context, config_file: Path, into: Path | None, pause: float) -> None:
    """Ask every address outside the site whether it still answers, and name what has no copy.

    Needs the network. Fails where an address is gone, or a captured source has no archived copy.
    """
    site = read_site(config_file)
    options = options_of(site)
    tree = read_tree(site.root, options.content_dir, site.docs_dir)
    library = build(tree, options.content_dir, site.docs_dir)
    found = outside(library)
    bare = lacking(Workshop(library, site.root, say), ())
    heard = partial(click.echo, ".", err=True, nl=False)
    with Clean():
        lost = missing(found, pause, say_so=lambda _: heard())
    account = told(lost, bare, len(found))
    if into:
        into.write_text(account, "utf-8")
    click.echo(account or f"all {len(found)} addresses outside answer")
    context.exit(1 if account else 0)
