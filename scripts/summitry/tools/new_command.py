"""The commands `summitry new` and `summitry explain`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from summitry.content.files import may_be_id, read_tree
from summitry.content.kinds import KINDS
from summitry.content.library import build
from summitry.content.problems import CATALOGUE, suggestion
from summitry.content.report import safe
from summitry.content.values import is_id
from summitry.host.configuration import read_site
from summitry.tools import first_proof, starting
from summitry.tools.blanks import Blank
from summitry.tools.command import FILE, config_option, options_of, say
from summitry.tools.evidence_commands import Clean, open_site, printable, taken, today
from summitry.tools.first_proof import Quoting
from summitry.tools.prover import Taking
from summitry.tools.writing import place_in

_TAKEN = "choose another id, or edit that file"


def _completed(
    choices: Iterable[str],
) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What a shell may complete an argument with."""
    return lambda context, parameter, begun: [one for one in choices if one.startswith(begun)]


def _kind(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A kind by its folder or its name: `quotes` or `quote`. Raises click.BadParameter."""
    del context, parameter
    names = {model.__name__.lower(): kind for kind, model in KINDS.items()}
    found = names.get(value.lower(), value.lower())
    if found in KINDS:
        return found
    raise click.BadParameter(suggestion(value, [*KINDS, *names], f"one of {', '.join(KINDS)}"))


def _id(context: click.Context, parameter: click.Parameter, value: str) -> str:
    del context, parameter
    if may_be_id(value):
        return value
    hint = starting.slug(value, "my-id")
    if is_id(value):
        raise click.BadParameter(f"{value} is a name that pages or systems keep for themselves")
    raise click.BadParameter(f"an id has the letters a to z, digits and hyphens, such as {hint}")


def _source_id(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    return _id(context, parameter, value) if value else None


@click.command()
@click.argument("kind", callback=_kind, shell_complete=_completed(KINDS))
@click.argument("name", metavar="ID", callback=_id)
@click.option("--text", type=FILE, help="A quotation's article, one paragraph a line.")
@click.option("--url", help="The address of that text, which is written down and not fetched.")
@click.option("--from-url", help="Instead of --text: an address, which is fetched.")
@click.option("--words", help="The words to quote, as the article has them.")
@click.option("--speaker", help="Who said them: a person's id, or words such as 'a delegate'.")
@click.option("--source", callback=_source_id, help="The source's id; else made from ID.")
@click.option("--title", help="What the quotation is about.")
@click.option("--language", help="Of the words, such as en; else the site's.")
@click.option("--by", default="not stated", callback=printable, help="Who took the text.")
@config_option
def new(kind: str, name: str, config_file: Path, **given: Any) -> None:
    """Write a file of KIND to fill in: what is required first, and what each field is.

    Of a quotation, with --text or --from-url, its source, capture and proof as well.
    """
    site = read_site(config_file)
    options = options_of(site)
    if given["text"] or given["from_url"]:
        _proven(kind, name, config_file, site.language, given)
        return
    tree = read_tree(site.root, options.content_dir, site.docs_dir)
    library = build(tree, options.content_dir, site.docs_dir)
    path = site.root / options.content_dir / kind / f"{name}.md"
    if path.exists():
        shown = path.relative_to(site.root)
        raise click.ClickException(safe(f"{shown} is there already: {_TAKEN}"))
    with Clean():
        place_in(site.root, f"{options.content_dir}/{kind}/{name}.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(Blank(library, options, kind, name).text, "utf-8", newline="\n")
    say(f"{path.relative_to(site.root)} is written: fill it in, then: summitry check")


def _proven(kind: str, name: str, config_file: Path, language: str, given: dict[str, Any]) -> None:
    """A quotation with its source, capture and proof."""
    if kind != "quotes":
        raise click.UsageError("--text and --from-url belong with new quotes")
    if given["from_url"] and (given["text"] or given["url"]):
        raise click.UsageError("--from-url stands alone, without --text and --url")
    if not given["words"] or not given["speaker"]:
        raise click.UsageError("say with --words what is quoted, and with --speaker who said it")
    told = Quoting(
        id=name,
        text=given["words"],
        speaker=given["speaker"],
        source=given["source"] or f"{name}-source",
        title=given["title"] or "Example: what the words are about",
        language=given["language"] or language,
    )
    with Clean():
        text, how = taken(given["url"] or "", given["text"], None, given["from_url"])
        taking = Taking(date=today(), by=given["by"], **how)
        made = first_proof.written(told, text, taking, lambda: open_site(config_file))
    for path in made:
        say(f"{path} is written")
    say("The words are proven. Complete both .md files, then: summitry check")


@click.command()
@click.argument("code", shell_complete=_completed(CATALOGUE))
def explain(code: str) -> None:
    """Say what a CODE of `summitry check` means, why it matters, and how to mend it."""
    found = CATALOGUE.get(code)
    if found is None:
        near = suggestion(code, CATALOGUE, "summitry check prints codes with --format json")
        raise click.ClickException(safe(f"there is no code {code}: {near}"))
    say(f"{code}: {found.title}.")
    say(f"  Why: {found.reason}")
    say(f"  To mend it: {found.cure}")
