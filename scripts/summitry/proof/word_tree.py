"""The word tree of a paragraph: a commitment to its words, from which runs can be opened.

A leaf is the salted hash of one token; the salts come from one seed through a tree of their
own, so that a run of words is opened by a few inner salts and a few sibling hashes. The tree
has the shape of RFC 6962; the salts follow Goldreich, Goldwasser and Micali. Format versions 1 and
2 read words otherwise; 3 makes the seed slowly, so that guessing hidden words costs. All are stated
in full on "How the proof works". Standard library only.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import pbkdf2_hmac, sha256

from msgspec import Struct

from summitry.proof.text import IN, OUT, UNKNOWN, Token

VERSIONS = (1, 2, 3)
SLOW = 3  # the version whose seed costs time
ROUNDS = 300_000  # of PBKDF2 for such a seed: about 0.1 s on one core
SALT_SIZE = 16  # bytes
HASH_SIZE = 32  # bytes
MAX_WORDS = 1 << 20  # in a paragraph; more is nobody's text and would only cost time


class ProofError(ValueError):
    """Parts of a proof that cannot belong together; the message says which."""


class Opening(Struct, frozen=True):
    """What opens the words [start, start + n) of a paragraph: salts and sibling hashes."""

    salts: tuple[bytes, ...]
    siblings: tuple[bytes, ...]


def field(value: str | bytes) -> bytes:
    """A field as bytes: its length in 4 bytes, big-endian, then UTF-8."""
    raw = value.encode("utf-8") if isinstance(value, str) else value
    return len(raw).to_bytes(4, "big") + raw


_SPEECH = {state: field(state) for state in (IN, OUT, UNKNOWN)}
_EMPTY = field("")


def token_bytes(token: Token) -> bytes:
    """A token as bytes: its four fields."""
    before, word, after, speech = token
    raw = word.encode("utf-8")
    return b"".join(
        (
            field(before) if before else _EMPTY,
            len(raw).to_bytes(4, "big"),
            raw,
            field(after) if after else _EMPTY,
            _SPEECH[speech],
        )
    )


def seed(tokens: Sequence[Token], version: int = 1) -> bytes:
    """The seed of a paragraph's salts, 16 bytes, from all its tokens.

    Of version 3 it takes `ROUNDS` of PBKDF2 (RFC 8018): whoever guesses hidden words pays that
    for each guess; whoever verifies a proof never needs a seed.
    """
    label = f"summitry/{version}/seed"
    digest = sha256(field(label))
    for token in tokens:
        digest.update(token_bytes(token))
    if version == SLOW:
        return pbkdf2_hmac("sha256", digest.digest(), label.encode(), ROUNDS, SALT_SIZE)
    return digest.digest()[:SALT_SIZE]


def depth(count: int) -> int:
    """The levels below the root of the salts' tree for `count` words."""
    return max(0, count - 1).bit_length()


def _child(parent: bytes, right: int) -> bytes:
    return hmac.digest(parent, b"\x01" if right else b"\x00", "sha256")[:SALT_SIZE]


def _expand(node: bytes, levels: int) -> list[bytes]:
    """All leaves below a node of the salts' tree."""
    row = [node]
    for _ in range(levels):
        row = [_child(parent, right) for parent in row for right in (0, 1)]
    return row


def _cover(start: int, end: int) -> list[tuple[int, int]]:
    """The largest whole subtrees of the salts' tree within [start, end): (first leaf, levels)."""
    found = []
    while start < end:
        levels = (start & -start).bit_length() - 1 if start else depth(end) + 1
        while start + (1 << levels) > end:
            levels -= 1
        found.append((start, levels))
        start += 1 << levels
    return found


def _salt_node(root: bytes, height: int, first: int, levels: int) -> bytes:
    """The node of the salts' tree whose leaves begin at `first` and are 2**levels."""
    node = root
    for level in range(height - 1, levels - 1, -1):
        node = _child(node, first >> level & 1)
    return node


def _leaf(salt: bytes, index: int, token: Token) -> bytes:
    return sha256(b"\x00" + salt + index.to_bytes(4, "big") + token_bytes(token)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _root(count: int, top: bytes, version: int) -> bytes:
    return sha256(b"\x02" + field(str(version)) + count.to_bytes(4, "big") + top).digest()


def _tops(leaves: Sequence[bytes], low: int, high: int) -> bytes:
    """The hash above the leaves [low, high)."""
    if high - low == 1:
        return leaves[low]
    middle = low + _split(high - low)
    return _node(_tops(leaves, low, middle), _tops(leaves, middle, high))


def _leaves(tokens: Sequence[Token], version: int) -> list[bytes]:
    salts = _expand(seed(tokens, version), depth(len(tokens)))
    return [_leaf(salts[i], i, token) for i, token in enumerate(tokens)]


def root(tokens: Sequence[Token], version: int = 1) -> bytes:
    """The root of a paragraph's tree, 32 bytes. It has at least one word."""
    leaves = _leaves(tokens, version)
    return _root(len(leaves), _tops(leaves, 0, len(leaves)), version)


def open_words(tokens: Sequence[Token], start: int, end: int, version: int = 1) -> Opening:
    """What opens the words [start, end), counted from 0."""
    if not 0 <= start < end <= len(tokens):
        raise ProofError(f"there are no words {start + 1} to {end} among {len(tokens)}")
    top, height, leaves = seed(tokens, version), depth(len(tokens)), _leaves(tokens, version)
    salts = tuple(_salt_node(top, height, *node) for node in _cover(start, end))
    siblings: list[bytes] = []

    def gather(low: int, high: int) -> None:
        if high <= start or low >= end:
            siblings.append(_tops(leaves, low, high))
        elif high - low > 1 and not start <= low < high <= end:
            middle = low + _split(high - low)
            gather(low, middle)
            gather(middle, high)

    gather(0, len(leaves))
    return Opening(salts, tuple(siblings))


def _opened_leaves(
    tokens: Sequence[Token], start: int, count: int, opening: Opening
) -> list[bytes]:
    """The leaves of the words that an opening opens."""
    end = start + len(tokens)
    if not 0 <= start < end <= count <= MAX_WORDS:
        raise ProofError(f"there are no words {start + 1} to {end} in a paragraph of {count}")
    cover = _cover(start, end)
    if len(opening.salts) != len(cover) or any(len(s) != SALT_SIZE for s in opening.salts):
        raise ProofError(f"{len(opening.salts)} salts, where {len(cover)} belong")
    salts: list[bytes] = []
    for node, (_, levels) in zip(opening.salts, cover, strict=True):
        salts += _expand(node, levels)
    return [_leaf(s, start + i, t) for i, (s, t) in enumerate(zip(salts, tokens, strict=True))]


def opened_root(
    tokens: Sequence[Token], start: int, count: int, opening: Opening, version: int = 1
) -> bytes:
    """The root that an opening leads to: of `count` words, `tokens` standing from `start`.

    Words are counted from 0. Raises ProofError where the parts do not fit one another; a
    wrong token, salt, sibling or index leads to another root.
    """
    leaves = _opened_leaves(tokens, start, count, opening)
    end, rest = start + len(tokens), iter(opening.siblings)

    def above(low: int, high: int) -> bytes:
        if high <= start or low >= end:
            return next(rest)
        if high - low == 1:
            return leaves[low - start]
        middle = low + _split(high - low)
        return _node(above(low, middle), above(middle, high))

    try:
        top = above(0, count)
    except StopIteration:
        raise ProofError("a sibling is missing") from None
    if next(rest, None) is not None:
        raise ProofError("there are more siblings than belong")
    if any(len(sibling) != HASH_SIZE for sibling in opening.siblings):
        raise ProofError("a sibling has the wrong size")
    return _root(count, top, version)


def narrow(
    tokens: Sequence[Token], start: int, count: int, opening: Opening, low: int, high: int
) -> Opening:
    """The opening of [low, high) within an opening of more, without the hidden words.

    Whoever shortens a quotation need not have the article. Words are counted from 0.
    """
    leaves, end = _opened_leaves(tokens, start, count, opening), start + len(tokens)
    if not start <= low < high <= end:
        raise ProofError(f"words {low + 1} to {high} are not among those opened")
    nodes = list(zip(_cover(start, end), opening.salts, strict=True))
    salts = []
    for first, levels in _cover(low, high):
        (begin, height), node = next(
            n for n in nodes if n[0][0] <= first < n[0][0] + (1 << n[0][1])
        )
        salts.append(_salt_node(node, height, first - begin, levels))
    rest, siblings = iter(opening.siblings), list[bytes]()

    def above(at: int, to: int) -> bytes:
        """The hash above [at, to), every outermost one outside the new span being kept."""
        kept = len(siblings)
        if to <= start or at >= end:
            found = next(rest)
        elif to - at == 1:
            found = leaves[at - start]
        else:
            middle = at + _split(to - at)
            found = _node(above(at, middle), above(middle, to))
        if to <= low or at >= high:
            siblings[kept:] = [found]
        return found

    above(0, count)
    return Opening(tuple(salts), tuple(siblings))
