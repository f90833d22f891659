"""What an earlier examination came to, while serving: what rests on the same is not done again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")


class Earlier:
    """Results by what they are and of which file, each with what it rested on."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[object, Any]] = {}

    def again(self, what: str, of: str, rests_on: object, make: Callable[[], V]) -> V:
        """The result of before if it rested on what is equal to this, else what `make` makes."""
        known = self._kept.get((what, of))
        if known is None or known[0] != rests_on:
            known = self._kept[what, of] = rests_on, make()
        found: V = known[1]
        return found
