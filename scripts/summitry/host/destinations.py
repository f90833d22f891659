"""Where the options and the navigation of mkdocs.yml lead: to pages that there are.

The links that come of them stand on every page, so a wrong one is told once, at its own line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import unquote

from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.anchors import ids_of, is_of_page
from summitry.content.options import Options
from summitry.content.problems import START, Problem, suggestion
from summitry.data.tables import layout

_PAGES = [name for name in Options.model_fields if name.endswith("_page")]
_LISTS = ("menu", "story", "footer")


def astray(
    addresses: Iterable[str], library: CheckedLibrary, nav: Iterable[tuple[str, str]] = ()
) -> Iterator[Problem]:
    """A problem for each option that leads to no page, and for each file of `nav` that is none.

    `addresses` are those of all pages; `nav` has files, each with its place in mkdocs.yml.
    """
    pages = set(addresses)
    files = {*pages, *(routes.csv_url(table.name) for table in layout()), *routes.PROGRAMS}
    for at, to in _options(library.options):
        address, _, anchor = to.partition("#")
        if address not in files:
            message = f"{at}: no page of this site is at {address or '/'}"
            yield _option(message, _hint(address, files))
        elif anchor and (known := _headings(library, address)) and _lost(anchor, known):
            message = f"{at}: {address or 'the first page'} has no heading with the id {anchor}"
            yield _option(message, suggestion(anchor, known, f"ids: {', '.join(known[:8])}"))
    for at, file in nav:
        if file not in library.stories and file.removesuffix("index.md") not in pages:
            names = [*library.stories, *(f"{address}index.md" for address in pages)]
            hint = suggestion(file, names, "write the file, or delete the line")
            yield _option(f"{at}: {library.docs_dir} has no {file}", hint)


def _lost(anchor: str, known: Collection[str]) -> bool:
    return unquote(anchor) not in known and not is_of_page(anchor)


def _option(message: str, hint: str) -> Problem:
    return Problem("mkdocs.yml", START, "option", message, hint)


def _options(options: Options) -> Iterator[tuple[str, str]]:
    """Each option that leads somewhere, by its place."""
    yield from ((name, to) for name in _PAGES if (to := getattr(options, name)))
    for name in _LISTS:
        yield from ((f"{name}.{i}.to", one.to) for i, one in enumerate(getattr(options, name)))


def _hint(address: str, known: Collection[str]) -> str:
    if f"{address}/" in known:
        return f"write {address}/"
    return suggestion(address, known, "correct the address, or delete the item")


def _headings(library: CheckedLibrary, address: str) -> list[str]:
    """The ids of a narrative page's headings; of other pages they are known when it is built."""
    file = library.story_at(address)
    return ids_of(library.stories[file].document.body) if file else []
