"""What the site says of each kind of entity: one file a kind, behind one protocol.

A kind of `content.kinds` is found here by its name; its file makes a `PAGE`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from summitry.content.kinds import KINDS
from summitry.pages.kinds.protocol import KindPage


def kind_pages() -> Mapping[str, KindPage[Any]]:
    """The pages of every kind by its name, in the order of the kinds."""
    return {kind: import_module(f"{__name__}.{kind}").PAGE for kind in KINDS}
