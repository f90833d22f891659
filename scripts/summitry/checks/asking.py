"""What a piece of work asked, so that a later build knows whether it would come out the same.

While something is made, each question that it puts to the library is noted (`recording`). Kept with
what was made, the questions are a trace: if a later library gives every one of them the same
answer, the work need not be done again ("verifying traces", Mokhov, Mitchell and Peyton Jones,
"Build systems à la carte", 2018). Answers are compared by their digests. Where an answer is worked
out from much and comes out the same, whatever rests on it stays as it is ("early cut-off").
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import wraps
from typing import Any, Generic, TypeVar, cast

from msgspec import Struct

Question = tuple[str, str]
"""What is asked, and of what: `("item", "quotes/no-deal")`."""

M = TypeVar("M", bound=Callable[..., Any])
V = TypeVar("V")


class Trace(Struct):
    """What was asked, and the addresses of the pictures that were wanted."""

    questions: set[Question] = set()
    pictures: set[str] = set()

    def add(self, other: Trace) -> None:
        """Take over what a part asked."""
        self.questions |= other.questions
        self.pictures |= other.pictures


_under_way: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def recording() -> Iterator[Trace]:
    """Note what is asked from here on. What is noted inside is noted outside too, at its end."""
    outer, inner = _under_way.get(), Trace()
    token = _under_way.set(inner)
    try:
        yield inner
    finally:
        _under_way.reset(token)
        if outer is not None:
            outer.add(inner)


def note(name: str, of: object = "") -> None:
    """Note a question."""
    if (trace := _under_way.get()) is not None:
        trace.questions.add((name, str(of)))


def wants(picture: str) -> None:
    """Note that a picture is wanted at an address."""
    if (trace := _under_way.get()) is not None:
        trace.pictures.add(picture)


@contextmanager
def apart() -> Iterator[None]:
    """Note nothing: what is worked out here is itself the answer to a question."""
    token = _under_way.set(None)
    try:
        yield
    finally:
        _under_way.reset(token)


def asked(method: M) -> M:
    """A method that answers a question: of nothing or of one thing, which has a name as text."""

    @wraps(method)
    def ask(self: object, *args: object) -> object:
        if (trace := _under_way.get()) is not None:
            trace.questions.add((method.__name__, str(args[0]) if args else ""))
        return method(self, *args)

    return cast("M", ask)


class Kept(Generic[V]):
    """What was made once and is used often, each with its trace, which every user takes over."""

    def __init__(self) -> None:
        self._made: dict[object, tuple[V, Trace]] = {}

    def get(self, key: object, make: Callable[[], V]) -> V:
        """What is kept under a key, or else what `make` makes."""
        if key not in self._made:
            with recording() as trace:
                self._made[key] = make(), trace
            return self._made[key][0]
        value, known = self._made[key]
        if (outer := _under_way.get()) is not None:
            outer.add(known)
        return value


class Asked(Mapping[str, V]):
    """A mapping whose entries are asked for one by one, or all at once."""

    def __init__(self, known: Mapping[str, V], one: str, every: str, before: str = "") -> None:
        """`one` and `every` name the questions; `before` stands before a key in the first."""
        self._known, self._one, self._every, self._before = known, one, every, before

    def __getitem__(self, key: str) -> V:
        note(self._one, self._before + key)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        note(self._every, self._before.rstrip("/"))
        return iter(self._known)

    def __len__(self) -> int:
        note(self._every, self._before.rstrip("/"))
        return len(self._known)


class Answers:
    """The answers to questions, each worked out once, and as digests where these are kept."""

    def __init__(self, *answering: Mapping[str, Callable[[str], object]]) -> None:
        """Each mapping gives, by a question's name, what answers it."""
        self._by_name = {name: how for one in answering for name, how in one.items()}
        self._given: dict[Question, object] = {}
        self._known: dict[Question, bytes] = {}

    def is_as(self, question: Question, before: Answers) -> bool:
        """Whether a question has the answer that it had before."""
        try:
            if self._give(question) != before._give(question):
                return False
        except (KeyError, ValueError, OSError):  # what was asked of is not there now
            return False
        if question in before._known:
            self._known[question] = before._known[question]
        return True

    def same(self, questions: Iterable[Question], digest: str) -> bool:
        """Whether questions have the answers that they had then."""
        try:
            return self.digest(questions) == digest
        except (KeyError, ValueError, OSError):
            return False

    def digest(self, questions: Iterable[Question]) -> str:
        """One digest of the answers to some questions. Raises KeyError where one has none."""
        total = hashlib.sha256()
        for question in sorted(questions):
            total.update(self._answer(question))
        return total.hexdigest()

    def _give(self, question: Question) -> object:
        if question not in self._given:
            name, of = question
            self._given[question] = self._by_name[name](of)
        return self._given[question]

    def _answer(self, question: Question) -> bytes:
        if question not in self._known:
            self._known[question] = digest(self._give(question))
        return self._known[question]


def digest(value: object) -> bytes:
    """A digest of a value made of plain parts. Raises TypeError on what has no fixed form."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).digest()
    parts: list[bytes] = []
    _feed(parts.append, value)
    return hashlib.sha256(b"".join(parts)).digest()


def _feed(feed: Callable[[bytes], Any], value: object) -> None:
    if isinstance(value, str) and type(value) is str:  # most of all, hence first
        raw = value.encode("utf-8", "surrogatepass")
        feed(b"str %d:%b" % (len(raw), raw))
    elif isinstance(value, bytes):
        feed(b"bytes %d:" % len(value))
        feed(value)
    elif value is None or isinstance(value, bool | int | float | str | date):
        raw = repr(value).encode()
        feed(b"%s %d:" % (type(value).__name__.encode(), len(raw)) + raw)
    elif isinstance(value, Enum):
        _feed(feed, (type(value).__name__, value.name))
    elif isinstance(value, tuple | list):
        feed(b"[%d:" % len(value))
        for one in value:
            _feed(feed, one)
    elif isinstance(value, Mapping):
        feed(b"{%d:" % len(value))
        for key, one in value.items():
            _feed(feed, key)
            _feed(feed, one)
    elif isinstance(value, set | frozenset):
        feed(b"<%d:" % len(value))
        for part in sorted(digest(one) for one in value):
            feed(part)
    elif isinstance(value, Struct):
        _feed_parts(feed, value, value.__struct_fields__)
    elif is_dataclass(value):
        _feed_parts(feed, value, [one.name for one in fields(value)])
    else:
        raise TypeError(f"{type(value).__name__} has no digest")


def _feed_parts(feed: Callable[[bytes], Any], value: object, names: Iterable[str]) -> None:
    feed(b"(" + type(value).__name__.encode())
    for name in names:
        _feed(feed, getattr(value, name))
