"""Addresses in fields are those of public pages, which any reader can open."""

from __future__ import annotations

from collections.abc import Iterator

from summitry.content import webaddress
from summitry.content.kinds import Image
from summitry.content.library import Item, Library
from summitry.content.problems import Problem, listed
from summitry.content.schema import addresses_of
from summitry.content.strict_yaml import Loc
from summitry.content.values import ArchiveAddress

_PUBLIC = "write https://…, as a browser shows it to anybody"
_ARCHIVED = f"write the address at {listed(webaddress.ARCHIVES[:3])}, or use url:"
_LICENSE = "write an SPDX id, such as CC-BY-4.0, or https://…"


def address_problems(library: Library) -> Iterator[Problem]:
    """What is wrong with web addresses in front matter; links are looked at where they are read."""
    for item in library.items.values():
        for loc, address, hint in _addresses(item):
            archived = isinstance(address, ArchiveAddress)
            fault = webaddress.fault_of_archive if archived else webaddress.fault
            if why := fault(address):
                where = ".".join(map(str, loc))
                mark = item.document.marks.value(loc)
                message = f"{where}: the address {why}"
                yield Problem(item.path, mark, "bad-address", message, hint)


def _addresses(item: Item) -> Iterator[tuple[Loc, str, str]]:
    """Each address with its place, and how it is to be written."""
    for loc, value in addresses_of(item.entity):
        yield loc, value, _ARCHIVED if isinstance(value, ArchiveAddress) else _PUBLIC
    if isinstance(item.entity, Image) and ":" in item.entity.license:
        yield ("license",), item.entity.license, _LICENSE
