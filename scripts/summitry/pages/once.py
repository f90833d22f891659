"""What is the same wherever it stands is made once a build."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from summitry.content.values import Ref
from summitry.pages.context import Scope

V = TypeVar("V")


def once(make: Callable[[Scope, Ref], V]) -> Callable[[Scope, Ref], V]:
    """A function of an entity, whose result does not depend on the page that asks.

    Results live as long as the pages of one build (`Scope.made`), not longer.
    """

    @wraps(make)
    def kept(scope: Scope, ref: Ref) -> V:
        found: V = scope.made.get((make, ref), lambda: make(scope, ref))
        return found

    return kept
