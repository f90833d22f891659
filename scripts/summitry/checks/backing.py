"""What backs quoted words: the passages that are linked or cited beside them, and how far.

Words are judged by the rules of a quotation (`proof.verdict`) against what the site holds of a
source: the words of its quotations, the passages in evidence, and its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from summitry.checks.citing import SETTLING, linked
from summitry.checks.claims import Of, claims, same
from summitry.checks.judging import Finding
from summitry.checks.ledger import Ledger
from summitry.content.kinds import Quote, Source
from summitry.content.library import Item, Library
from summitry.content.problems import Problem
from summitry.content.prose import Paragraph
from summitry.content.schema import evidence_of, references
from summitry.content.values import Ref
from summitry.proof.marks import Word, pieces, unreadable
from summitry.proof.passages import Passage
from summitry.proof.text import lines, tokens
from summitry.proof.verdict import Kind, Verdict, judge, stands

# Where words are left out; all are one mark, as a quotation may itself be abridged.
_GAP = re.compile(r"[\[(]\s*(?:…|\.{3,}|\. \. \.)\s*[\])]|…|\.{3,}|\. \. \.")
_MOST_COMPARED = 20  # passages, for a message on words that stand in none


class Backing(Struct, frozen=True):
    """Words that may be quoted: in which language, whether proven, what is told wherever they go.

    A title is quoted as a whole or not at all.
    """

    text: str
    language: str = ""
    proven: bool = True
    telling: tuple[str, ...] = ()
    taken_in: str = ""  # the words with a negation that stands right beside them
    title: bool = False


class Backed(NamedTuple):
    """How far words are backed: by a proof, and what has to be told of them."""

    proven: bool
    telling: tuple[str, ...] = ()
    taken_in: str = ""

    @property
    def remarkable(self) -> bool:
        """Whether readers have to be told."""
        return not self.proven or bool(self.telling)


class InField(NamedTuple):
    """Quoted words that end at a character of a field's text, of which readers have to be told."""

    field: str
    text: str
    end: int
    words: str
    backed: Backed


TextAt = tuple[str, str]
"""A text and the file in which it stands."""


class Quotations(Struct):
    """What is wrong with quoted words, and how far the others are backed that readers are told
    of.

    A remark stands behind so many visible characters of the paragraph or cell that begins at an
    offset of a text. `fields` has what stands in fields without Markdown, by their file.
    """

    problems: list[Problem] = []
    remarks: dict[TextAt, dict[int, dict[int, Backed]]] = {}
    fields: dict[str, list[InField]] = {}


class _Prepared(NamedTuple):
    passage: Passage
    keys: frozenset[str]


class Passages:
    """The words that may be quoted, found by what is linked or cited, and prepared once."""

    def __init__(self, library: Library, ledger: Ledger) -> None:
        self._library, self._ledger = library, ledger
        self._prepared: dict[str, _Prepared] = {}
        self._own: dict[Ref, list[Backing]] = {}
        self._judged: dict[tuple[str, str, str], Verdict | None] = {}

    def own(self, item: Item) -> list[Backing]:
        """What an entity holds, and the quotes and facts that its fields name.

        Of a source, what others took from it too.
        """
        if item.ref not in self._own:
            self._own[item.ref] = list(dict.fromkeys(self._find_own(item)))
        return self._own[item.ref]

    def _find_own(self, item: Item) -> list[Backing]:
        found = self._held[item.ref]
        if isinstance(item.entity, Source):
            return [*found, *self._taken.get(item.ref.id, []), *self._title(item.ref.id)]
        named = [ref for _, ref in references(item.entity) if ref.kind in SETTLING]
        there = [one for ref in named for one in self._held.get(ref, [])]
        sources = dict.fromkeys(e.source.id for _, e in evidence_of(item.entity))
        titles = [title for source in sources for title in self._title(source)]
        return [*found, *there, *titles]

    def around(self, item: Item) -> list[list[Backing]]:
        """All that words of an entity may be backed by: what it holds, what each text links."""
        proses = [*item.fields.values(), item.prose]
        paragraphs = [one for prose in proses for one in prose.paragraphs]
        leading = [one for one in paragraphs if one.links or one.citations]
        return [self.own(item), *(self.near(item.path, [one]) for one in leading)]

    def near(self, path: str, paragraphs: Iterable[Paragraph]) -> list[Backing]:
        """What some paragraphs of a file link or cite."""
        found: dict[Backing, None] = {}
        for paragraph in paragraphs:
            for ref in linked(self._library, path, paragraph.links):
                if ref in self._library.items:
                    found |= dict.fromkeys(self.own(self._library.items[ref]))
            for cited in paragraph.citations:
                found |= dict.fromkeys(self._taken.get(cited.source, []))
                found |= dict.fromkeys(self._title(cited.source))
        return list(found)

    def _title(self, source: str) -> list[Backing]:
        """A source's title as it prints it; one in brackets is ours."""
        item = self._library.items.get(Ref("sources", source))
        title = item.entity.title if item else "["
        return [] if title.startswith("[") else [Backing(title, title=True)]

    @cached_property
    def _held(self) -> dict[Ref, list[Backing]]:
        """What each entity holds itself: its passages, and the words of a quotation."""
        found: dict[Ref, list[Backing]] = {}
        for ref, item in self._library.items.items():
            entity, own = item.entity, list[Backing]()
            findings = [self._ledger.findings.get(claim.place) for claim in claims(entity)]
            known = [finding for finding in findings if finding]
            for finding in known:
                if finding.claim.of in (Of.WORDING, Of.PASSAGE):
                    own.append(self._of(finding))
            if isinstance(entity, Quote):
                ours = entity.translation is not None and entity.translation.kind == "ours"
                of = Of.ORIGINAL if ours and entity.original else Of.TEXT
                own.append(_of_quote(entity.text, entity.language, of, known))
                if entity.original:
                    original = entity.original
                    own.append(_of_quote(original.text, original.language, Of.ORIGINAL, known))
            found[ref] = own
        return found

    def _of(self, finding: Finding) -> Backing:
        claim = finding.claim
        language = self._ledger.languages.get(claim.source, "")
        verdict = finding.verdict
        return Backing(claim.words, language, finding.proven, verdict.telling, verdict.taken_in)

    @cached_property
    def _taken(self) -> dict[str, list[Backing]]:
        """By source, the words that any entity takes from it."""
        found: dict[str, list[Backing]] = {}
        for ref, item in self._library.items.items():
            for claim in claims(item.entity):
                finding = self._ledger.findings.get(claim.place)
                taken = found.setdefault(claim.source, [])
                if finding and claim.of in (Of.WORDING, Of.PASSAGE):
                    taken.append(self._of(finding))
                elif claim.evidence.exact is None:
                    taken += [one for one in self._held[ref] if _words_of(item, one)]
                elif finding:
                    taken.append(self._of(finding))
        return found

    def judged(self, words: str, among: Sequence[Backing]) -> Backed | None:
        """How far words are backed, best of all; None where they stand in none of the texts."""
        written = _GAP.sub(" … ", words)
        mine = [piece.keys for piece in pieces(written) if isinstance(piece, Word)]
        if not mine or unreadable(written):
            return None
        best: Backed | None = None
        for backing in among:
            found = self._against(words, written, mine, backing)
            if found and (best is None or _rank(found) < _rank(best)):
                best = found
                if _rank(best) == (False, False):
                    break
        return best

    def _against(
        self, words: str, written: str, mine: list[frozenset[str]], backing: Backing
    ) -> Backed | None:
        kept = self._prepare(backing.text)
        if any(keys.isdisjoint(kept.keys) for keys in mine):
            return None
        if backing.title:
            return Backed(True) if same(words, backing.text) else None
        key = (written, backing.text, backing.language)
        if key not in self._judged:
            self._judged[key] = stands(written, [kept.passage], backing.language)
        verdict = self._judged[key]
        if verdict is None or verdict.match is None:
            return None
        telling, taken_in = list(verdict.telling), verdict.taken_in
        parts = verdict.match.parts
        if parts[0][1] == 0 or parts[-1][2] == len(kept.passage.units):
            telling += backing.telling
            taken_in = taken_in or backing.taken_in
        return Backed(backing.proven, tuple(dict.fromkeys(telling)), taken_in)

    def why(self, words: str, among: Sequence[Backing]) -> str:
        """Which rule words break, or how they differ from what is most like them; "" if nothing."""
        written = _GAP.sub(" … ", words)
        if reason := unreadable(written):
            return reason
        texts = [one for one in among if not one.title]
        mine = {key for piece in pieces(written) if isinstance(piece, Word) for key in piece.keys}
        likely = sorted(texts, key=lambda one: -len(mine & self._prepare(one.text).keys))
        for one in likely[:_MOST_COMPARED]:
            verdict = judge(written, [self._prepare(one.text).passage], True, one.language)
            if verdict.kind is Kind.ALTERED:
                return verdict.reason
        return ""

    def _prepare(self, text: str) -> _Prepared:
        if text not in self._prepared:
            row = _GAP.sub(" … ", " ".join(lines(text)))
            passage = Passage(1, tokens(row))
            keys = frozenset(token.key for token in passage.units if token)
            self._prepared[text] = _Prepared(passage, keys)
        return self._prepared[text]


def _rank(found: Backed) -> tuple[bool, bool]:
    return (not found.proven, bool(found.telling))


def _of_quote(text: str, language: str, of: Of, findings: Sequence[Finding]) -> Backing:
    """The words of a quotation, proven by evidence that prints them."""
    proving = [finding for finding in findings if finding.claim.of is of and finding.proven]
    telling = dict.fromkeys(note for one in proving for note in one.verdict.telling)
    taken_in = next((f.verdict.taken_in for f in proving if f.verdict.taken_in), "")
    return Backing(text, language, bool(proving), tuple(telling), taken_in)


def _words_of(item: Item, backing: Backing) -> bool:
    """Whether a text is the words that a quotation displays, or those of its original."""
    quote = item.entity
    if not isinstance(quote, Quote):
        return False
    return backing.text in (quote.text, quote.original.text if quote.original else quote.text)
