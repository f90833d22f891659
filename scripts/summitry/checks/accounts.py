"""Accounts side by side: each side in its own words, or a search that found none.

A quotation goes to the side of whoever spoke it, so nobody is filed under another's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from summitry.checks.negatives import dated
from summitry.content import blocks
from summitry.content.blocks import Accounts
from summitry.content.kinds import Person, Quote
from summitry.content.library import Item, Library
from summitry.content.options import Options
from summitry.content.problems import Problem, suggestion
from summitry.content.values import Ref

_WAY_OUT = "quote it, or add it to searched: with on:, where: and for:"


def account_problems(library: Library, options: Options, today: date) -> Iterator[Problem]:
    """What is wrong with the blocks of accounts of every file."""
    files = [(item.path, item.prose.fences) for item in library.items.values()]
    files += [(story.file, story.prose.fences) for story in library.stories.values()]
    for path, fences in files:
        for fence in fences:
            block = blocks.read(path, fence)[0] if fence.name == "accounts" else None
            if isinstance(block, Accounts):
                for side in block.sides:
                    if side not in options.sides:
                        hint = f"one of {', '.join(options.sides) or 'none so far'}"
                        hint = suggestion(side, options.sides, hint)
                        said = f"“{side}” is not among the sides of mkdocs.yml"
                        yield Problem(path, fence.mark, "unknown-choice", said, hint)
                for said, hint in _wrong(library, block):
                    yield Problem(path, fence.mark, "bad-fence", said, hint)
                for search in block.searched:
                    yield from dated(options, path, fence.mark, search, today)


def side_of(find: Callable[[Ref], Item | None], ref: Ref) -> str | None:
    """The side of whoever spoke a quotation; None where no person of a side did."""
    item = find(ref)
    if item is None or not isinstance(item.entity, Quote):
        return None
    speaker = find(item.entity.speaker) if isinstance(item.entity.speaker, Ref) else None
    return speaker.entity.side if speaker and isinstance(speaker.entity, Person) else None


def _wrong(library: Library, block: Accounts) -> Iterator[tuple[str, str]]:
    """What is wrong with one block, and how to mend it."""
    if len(set(block.sides)) < len(block.sides):
        yield "a side stands twice", "keep one of the two"
    known = [ref for ref in block.quotes if ref in library.items]
    for ref in known:
        spoken_by, quote = side_of(library.items.get, ref), library.items[ref].entity
        if spoken_by not in block.sides:
            yield f"{ref} is by nobody of these sides", "add its side to sides:, or leave it out"
        if isinstance(quote, Quote) and quote.said_on is None:
            yield f"{ref} does not say on which day it was said", "add said_on: to it"
    if len(known) == len(block.quotes):  # else it is said elsewhere what is wrong
        yield from _silent(block, {side_of(library.items.get, ref) for ref in known})


def _silent(block: Accounts, speaking: Iterable[str | None]) -> Iterator[tuple[str, str]]:
    """Sides that neither speak nor were searched for, and those of which both is said."""
    searched, heard = [search.side for search in block.searched], set(speaking)
    for side in block.sides:
        if side not in heard and side not in searched:
            yield f"nothing of {side} stands here, and no search for it", _WAY_OUT
    for name in searched:
        if name in heard or name not in block.sides:
            reason = "is quoted" if name in heard else "is none of these sides"
            yield f"searched: names {name}, which {reason}", "delete that search"
