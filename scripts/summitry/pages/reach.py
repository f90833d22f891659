"""How far a page's evidence reaches, and what was searched for what it denies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from summitry.checks.checked import CheckedLibrary
from summitry.checks.negatives import age
from summitry.content.kinds import Source
from summitry.content.kinds.pieces import PageSearch, Searched
from summitry.content.values import When, when
from summitry.words.catalogue import Words


class SearchView(Struct, frozen=True):
    """A search: the claim of the page that rests on it, if it says which; when, where, for what.

    `old` is how long ago it was, in words, where that is longer than the site allows.
    """

    claim: str
    datetime: str
    day: str
    where: str
    what: str
    old: str = ""


def searches(words: Words, library: CheckedLibrary, made: Iterable[Searched]) -> list[SearchView]:
    """Searches as a page shows them."""
    return [search(words, library, one) for one in made]


def search(words: Words, library: CheckedLibrary, made: Searched) -> SearchView:
    """A search as a page shows it."""
    days = age(made, library.today)
    return SearchView(
        claim=made.words if isinstance(made, PageSearch) else "",
        datetime=str(made.on),
        day=words.long(made.on),
        where=made.where,
        what=made.what,
        old=words.count("search.days", days) if days > library.options.searched_for_days else "",
    )


def reach(words: Words, library: CheckedLibrary, sources: Sequence[str]) -> str:
    """The newest day of publication among sources, and how many have none; "" without sources.

    The day on which a page was read says nothing of how far it reaches, so it counts only where
    no source has another.
    """
    every = library.entities(Source)
    shown = [(name, every[name]) for name in sources]
    issued = [source.issued for _, source in shown if source.issued]
    if issued:
        undated = len(shown) - len(issued)
        date = words.long(_newest(issued))
        if undated:
            return words.count("foot.reach-undated", undated, date=date)
        return words("foot.reach", date=date)
    read = [day for name, source in shown if (day := _read(library, name, source))]
    return words("foot.reach-read", date=words.long(_newest(read))) if read else ""


def _newest(days: Iterable[When]) -> When:
    return max(days, key=lambda day: day.first)


def _read(library: CheckedLibrary, name: str, source: Source) -> When | None:
    """The day of the newest copy that was captured, else the day stated."""
    captures = library.captures(name)
    return when(captures[0].date[:10]) if captures else source.accessed
