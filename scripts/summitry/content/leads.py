"""What a file refers to, as it stands in the file: whether it is there, the library knows.

References of front matter, citations, links and what fenced blocks name are found once, when the
file is read. Where all of it is there, nothing of it is looked at again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from summitry.content import blocks, routes, webaddress
from summitry.content.blocks import Block
from summitry.content.problems import Mark, Problem
from summitry.content.prose import Link, Prose
from summitry.content.values import Ref

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile(r"^https?:", re.IGNORECASE)
_ALLOWED = re.compile(r"^(https?|mailto):", re.IGNORECASE)


class Use(NamedTuple):
    """A reference from a file to an entity, and where it stands."""

    target: Ref
    path: str
    mark: Mark


class Leads(Struct, frozen=True):
    """The references of a file to entities, in their order; of `drawn`, each with its block.

    `files` are links to other files, by the path within the project to which each leads.
    """

    uses: list[Use]
    drawn: list[tuple[Block | None, Use]]
    files: list[tuple[str, Link]]
    targets: frozenset[Ref]


def leads_of(
    path: str, content_dir: str, named: Iterable[tuple[Ref, Mark]], prose: Prose
) -> tuple[Leads, list[Problem]]:
    """What a file refers to, and what is wrong with that wherever it leads.

    `named` are the references of its front matter.
    """
    uses = [Use(ref, path, mark) for ref, mark in named]
    uses += [Use(Ref("sources", cited.source), path, cited.mark) for cited in prose.citations]
    files: list[tuple[str, Link]] = []
    problems: list[Problem] = []
    for link in prose.links:
        if wrong := list(_wrong(path, link)):
            problems += wrong
        elif not _SCHEME.match(link.target) and not link.target.startswith("#"):
            goal = routes.resolve(link.target.partition("#")[0], path)
            if ref := routes.entity_of(goal, content_dir):
                uses.append(Use(ref, path, link.mark))
            else:
                files.append((goal, link))
    drawn: list[tuple[Block | None, Use]] = []
    for fence in prose.fences:
        block, inside, of_block = blocks.read(path, fence)
        drawn += [(block, Use(ref, path, mark)) for ref, mark in inside]
        problems += of_block
    uses += [use for _, use in drawn]
    return Leads(uses, drawn, files, frozenset(use.target for use in uses)), problems


def _wrong(path: str, link: Link) -> Iterator[Problem]:
    """What is wrong with a link itself."""
    target, mark = link.target, link.mark
    if _SCHEME.match(target):
        if not _ALLOWED.match(target):
            message = f"links may use http, https and mailto, not “{target.partition(':')[0]}:”"
            yield Problem(path, mark, "bad-link", message)
        elif _WEB.match(target):
            yield from address_problems(path, mark, target)
    elif not target or target.startswith("/"):
        message = "the link is empty" if not target else f"“{target}” begins with a slash"
        hint = "write a path relative to this file, such as ../content/people/….md"
        yield Problem(path, mark, "bad-link", message, hint)


def address_problems(path: str, mark: Mark, target: str) -> Iterator[Problem]:
    """What is wrong with an address on the web."""
    if why := webaddress.fault(html.unescape(target)):
        hint = "write https://…, as a browser shows it to anybody"
        yield Problem(path, mark, "bad-address", f"the address of the link {why}", hint)
