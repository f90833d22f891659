"""Proofs: runs of words opened from the paragraphs of a capture.

The proofs of an entity's evidence stand beside it in `<id>.proof.json`. Each opens one run
of words; a quotation with an omission takes two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from summitry.proof import records, word_tree
from summitry.proof.capture import Capture, CapturedParagraph
from summitry.proof.passages import Passage
from summitry.proof.records import RecordError
from summitry.proof.text import IN, OUT, UNKNOWN, Token, positions, read, shown
from summitry.proof.word_tree import Opening, ProofError

_LETTERS = {IN: "i", OUT: "o", UNKNOWN: "u"}
_STATES = {letter: state for state, letter in _LETTERS.items()}
_KEYS = ("source", "capture", "paragraph", "start", "words", "speech", "salts", "siblings")


class Proof(Struct, frozen=True):
    """The words of a paragraph from `start` on, both counted from 1, and what opens them.

    `fragment` is a text fragment in the source's own typography: the words to find, or the
    first and the last of them.
    """

    source: str
    capture: str  # the date of the capture
    paragraph: int
    start: int
    tokens: tuple[Token, ...]
    opening: Opening
    fragment: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The words as a line."""
        return shown(self.tokens)

    @property
    def order(self) -> tuple[str, str, int, int, int]:
        """By what proofs are sorted in their file."""
        return self.source, self.capture, self.paragraph, self.start, len(self.tokens)


def capture_of(proof: Proof, captures: Sequence[Capture]) -> Capture | None:
    """The capture that a proof says it opens."""
    return next((one for one in captures if one.date == proof.capture), None)


def opens_all(proof: Proof, captures: Sequence[Capture]) -> bool:
    """Whether a proof opens its whole paragraph, which is done on purpose."""
    capture = capture_of(proof, captures)
    paragraph = capture.paragraph(proof.paragraph) if capture else None
    return paragraph is not None and paragraph.words == len(proof.tokens)


def check(proof: Proof, captures: Sequence[Capture]) -> tuple[Capture | None, str]:
    """The capture that a proof opens, or None and what is wrong."""
    capture = capture_of(proof, captures)
    if capture is None:
        return None, f"{proof.source} has no capture of {proof.capture}"
    paragraph = capture.paragraph(proof.paragraph)
    if paragraph is None:
        return None, f"the capture of {proof.capture} has no paragraph {proof.paragraph}"
    if paragraph.root is None:
        return None, f"paragraph {proof.paragraph} is too short to be proven"
    try:
        root = _root(proof, paragraph)
    except ProofError as error:
        return None, _other_root(proof, capture, f"its parts do not belong together: {error}")
    if root == paragraph.root:
        return capture, ""
    return None, _other_root(
        proof,
        capture,
        f"its words, place, salts or siblings are not those of paragraph {proof.paragraph} "
        f"of {proof.source}, captured on {proof.capture}",
    )


def _root(proof: Proof, paragraph: CapturedParagraph) -> bytes:
    """The root to which a proof leads in a paragraph. Raises ProofError."""
    start, count = proof.start - 1, paragraph.words
    return word_tree.opened_root(proof.tokens, start, count, proof.opening, paragraph.version)


def _other_root(proof: Proof, capture: Capture, otherwise: str) -> str:
    """Why a proof leads to another root: it may belong to another paragraph."""
    for number, paragraph in enumerate(capture.paragraphs, 1):
        if paragraph.root is None or number == proof.paragraph:
            continue
        try:
            root = _root(proof, paragraph)
        except ProofError:
            continue
        if root == paragraph.root:
            return f"it belongs to paragraph {number}, not {proof.paragraph}"
    return otherwise


def narrowed(proof: Proof, capture: Capture, low: int, high: int) -> Proof:
    """A checked proof that opens only its words from `low` up to `high`, counted from 0."""
    start = proof.start - 1
    count = capture.paragraphs[proof.paragraph - 1].words
    tokens = proof.tokens[low - start : high - start]
    fragment: tuple[str, ...] = ()
    if len(proof.fragment) == 1:  # the words as the source writes them, of which a part is left
        try:
            places = positions(proof.fragment[0], list(proof.tokens))
        except ValueError:  # it writes the words otherwise than the proof, in another case
            places = []
        if places:
            fragment = (proof.fragment[0][places[low - start][0] : places[high - start - 1][1]],)
    opening = word_tree.narrow(proof.tokens, start, count, proof.opening, low, high)
    return replace(proof, start=low + 1, tokens=tokens, opening=opening, fragment=fragment)


def passages(proofs: Iterable[Proof], capture: Capture) -> list[Passage]:
    """What checked proofs of one capture open together: paragraphs with hidden words."""
    opened: dict[int, list[Token | None]] = {}
    for proof in proofs:
        paragraph = capture.paragraphs[proof.paragraph - 1]
        words = opened.setdefault(proof.paragraph, [None] * paragraph.words)
        words[proof.start - 1 : proof.start - 1 + len(proof.tokens)] = proof.tokens
    return [Passage(number, words) for number, words in sorted(opened.items())]


def disclosed(
    proofs: Iterable[Proof], captures: Mapping[str, Sequence[Capture]]
) -> dict[bytes, set[int]]:
    """For each root, the words (from 0) that checked proofs open, all taken together.

    By root and not by place, because one paragraph may stand in several captures.
    """
    opened: dict[bytes, set[int]] = {}
    for proof in proofs:
        capture = capture_of(proof, captures[proof.source])
        paragraph = capture.paragraph(proof.paragraph) if capture else None
        if paragraph and (root := paragraph.root):
            span = range(proof.start - 1, proof.start - 1 + len(proof.tokens))
            opened.setdefault(root, set()).update(span)
    return opened


MAX_PROOFS = 500  # in a file; an entity has a few


def load(raw: bytes) -> list[Proof]:
    """The proofs in a file. Raises RecordError with the line of the first that is wrong."""
    data = records.keys(records.load(raw), ("version", "proofs"))
    found = []
    rows = records.items(data, "proofs")
    if len(rows) > MAX_PROOFS:
        raise RecordError(f"there are {len(rows)} proofs in it, limit {MAX_PROOFS}")
    for i, item in enumerate(rows):
        try:
            found.append(_read(item))
        except ValueError as error:
            places = records.lines_of_items(raw)
            line = places[i] if i < len(places) else 1
            message = error.message if isinstance(error, RecordError) else str(error)
            raise RecordError(f"proof {i + 1}: {message}", line) from None
    if not found:
        raise RecordError("there is no proof in it")
    return found


def _read(item: Any) -> Proof:
    data = records.keys(item, _KEYS, ("fragment",))
    states = records.text(data, "speech")
    if set(states) - set(_STATES):
        raise RecordError("speech is written with the letters i, o and u")
    tokens = tuple(read(records.text(data, "words"), [_STATES[s] for s in states]))
    return Proof(
        source=records.text(data, "source"),
        capture=records.text(data, "capture"),
        paragraph=records.number(data["paragraph"], "paragraph"),
        start=records.number(data["start"], "start"),
        tokens=tokens,
        opening=Opening(
            tuple(records.decode(s, word_tree.SALT_SIZE) for s in records.texts(data, "salts")),
            tuple(records.decode(s, word_tree.HASH_SIZE) for s in records.texts(data, "siblings")),
        ),
        fragment=_fragment(data, tokens),
    )


def _fragment(data: dict[str, Any], tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """The parts of a fragment; a number stands for that many of the words as they are."""
    parts = records.items(data, "fragment")
    if len(parts) > 2:
        raise RecordError("a fragment has one or two parts")
    found = []
    for i, part in enumerate(parts):
        if isinstance(part, int):
            count = records.number(part, "a part of the fragment")
            if not 0 < count <= len(tokens):
                raise RecordError(f"the fragment is of {count} words, the proof of {len(tokens)}")
            part = _as_written(tokens[-count:] if i else tokens[:count])
        found.append(records.text({"fragment": part}, "fragment"))
    return tuple(found)


def _as_written(tokens: Sequence[Token]) -> str:
    """Words as `shown` writes them, without the punctuation at their ends."""
    line = shown(tokens)
    return line[len(tokens[0].before) : len(line) - len(tokens[-1].after)]


def _shortened(fragment: Sequence[str], tokens: Sequence[Token]) -> list[str | int]:
    """A fragment in which a part that writes the words as they are is their number."""
    found: list[str | int] = []
    for i, part in enumerate(fragment):
        count = len(part.split(" "))
        same = _as_written(tokens[-count:] if i else tokens[:count])
        found.append(count if part == same and count <= len(tokens) else part)
    return found


def as_data(proof: Proof) -> dict[str, Any]:
    """A proof as it stands in its file."""
    data: dict[str, Any] = {
        "source": proof.source,
        "capture": proof.capture,
        "paragraph": proof.paragraph,
        "start": proof.start,
        "words": proof.words,
        "speech": "".join(_LETTERS[token.speech] for token in proof.tokens),
        "salts": [records.encode(salt) for salt in proof.opening.salts],
        "siblings": [records.encode(sibling) for sibling in proof.opening.siblings],
    }
    if proof.fragment:
        data["fragment"] = _shortened(proof.fragment, proof.tokens)
    return data


def dump(proofs: Iterable[Proof]) -> str:
    """Proofs as the text of their file, in a stable order, each once."""
    rows = [as_data(proof) for proof in sorted(set(proofs), key=lambda p: p.order)]
    return records.dump({"version": 1, "proofs": rows}, "proofs")
