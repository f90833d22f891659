"""What a reader should know of a source wherever it is named: whose it is, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.checks.checked import CheckedLibrary
from summitry.content.kinds import Source
from summitry.words.catalogue import Words


def badges(words: Words, library: CheckedLibrary, source: Source) -> tuple[str, ...]:
    """The badges of a source: an outlet of a state, whose copy it relays, what a machine made."""
    return tuple(_badges(words, library, source))


def _badges(words: Words, library: CheckedLibrary, source: Source) -> Iterator[str]:
    outlets = library.options.outlets
    if what := outlets.get(source.publisher or ""):
        yield what
    if source.wire and source.wire not in (source.publisher or ""):
        yield words("source.relays", whom=_named(words, source.wire, outlets.get(source.wire)))
    elif (what := outlets.get(source.wire or "")) and what != outlets.get(source.publisher or ""):
        yield what  # its own name is in that of the publisher: `TASS (via …)`
    if source.derived_from:
        behind = library.entities(Source)[source.derived_from.id]
        whom = behind.publisher or behind.name
        if not source.wire or source.wire not in whom:
            yield words("source.relays", whom=_named(words, whom, outlets.get(whom)))
    if source.automatic:
        yield words(f"automatic.{source.automatic}")


def publisher(words: Words, library: CheckedLibrary, source: Source) -> str:
    """The publisher with what it is, where it is an outlet of a state, for texts without badges."""
    name = source.publisher or words("source.no-publisher")
    outlets = library.options.outlets
    return _named(words, name, outlets.get(name) or outlets.get(source.wire or ""))


def _named(words: Words, name: str, what: str | None) -> str:
    return words("source.outlet", name=name, what=what) if what else name
