"""What "How the proof works" says of hidden words, tried against this site's own captures.

The guesser has what everybody has: the repository. It looks in all that is written there for
words that go on as the opened ones do, puts them in the hidden places and asks the root. It
is the same guesser that finds the rest of a paragraph whose words do stand elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

import pytest
import verifier
from running import ROOT
from summitry.proof import capture, proofs, unspaced, word_tree
from summitry.proof.budget import MIN_HIDDEN
from summitry.proof.capture import Capture, CapturedParagraph
from summitry.proof.proofs import Proof
from summitry.proof.text import Token, lines

MOST = 300  # guesses a paragraph: what the page says an informed guesser makes
SHARED = 2  # words beside a hidden run by which the guesser finds a text that goes on alike

Words = Sequence[Token]
Opened = dict[int, Token]  # the words of a paragraph that proofs open, by their place


@pytest.fixture(scope="module")
def kept() -> dict[str, list[Capture]]:
    """Every capture of the site, by source."""
    files = (ROOT / "content" / "sources").glob("*.capture.json")
    names = {path: path.name.removesuffix(".capture.json") for path in files}
    return {name: capture.load(path.read_bytes(), name) for path, name in names.items()}


@pytest.fixture(scope="module")
def published() -> list[Proof]:
    """Every proof of the site."""
    files = sorted((ROOT / "content").rglob("*.proof.json"))
    return [proof for path in files for proof in proofs.load(path.read_bytes())]


@pytest.fixture(scope="module")
def opened(
    kept: Mapping[str, list[Capture]], published: list[Proof]
) -> dict[CapturedParagraph, Opened]:
    """What all proofs together open of each paragraph."""
    found: dict[CapturedParagraph, Opened] = defaultdict(dict)
    for proof in published:
        home = proofs.capture_of(proof, kept[proof.source])
        paragraph = home.paragraph(proof.paragraph) if home else None
        assert paragraph is not None
        found[paragraph].update(enumerate(proof.tokens, proof.start - 1))
    return dict(found)


@pytest.fixture(scope="module")
def written(published: list[Proof]) -> list[Words]:
    """All words that the repository shows: what proofs open, and each line of content and docs."""
    pages = [path for folder in ("content", "docs") for path in (ROOT / folder).rglob("*.md")]
    texts = {line for path in pages for line in lines(path.read_text("utf-8"))}
    return [*(proof.tokens for proof in published), *map(unspaced.tokens, sorted(texts))]


class Guesser:
    """Whoever guesses hidden words by texts in which the words beside them stand too."""

    def __init__(self, texts: Iterable[Words]) -> None:
        self.goes_on: dict[tuple[str, ...], list[tuple[Words, int]]] = defaultdict(list)
        for text in texts:
            for at in range(len(text) - SHARED + 1):
                self.goes_on[tuple(t.key for t in text[at : at + SHARED])].append((text, at))

    def guesses(self, paragraph: CapturedParagraph, opened: Opened) -> Iterator[Words]:
        """All of a paragraph, with words of other texts in the hidden places."""
        hidden = sorted(set(range(paragraph.words)) - opened.keys())
        starts = [at for at in hidden if at - 1 not in hidden]
        ends = [at + 1 for at in hidden if at + 1 not in hidden]
        runs = zip(starts, ends, strict=True)
        fillings = [list(islice(self._filling(run, opened), MOST)) for run in runs]
        for chosen in islice(product(*fillings), MOST):
            guess = opened | {at: token for one in chosen for at, token in one.items()}
            yield [guess[at] for at in range(paragraph.words)]

    def _filling(self, run: tuple[int, int], opened: Opened) -> Iterator[Opened]:
        """Words for a hidden run, as they stand behind the same words, or before them."""
        start, end = run
        for low, first in ((start - SHARED, start), (end, start)):
            beside = [opened.get(at) for at in range(low, low + SHARED)]
            if not all(beside):
                continue
            for text, at in self.goes_on[tuple(token.key for token in beside if token)]:
                begin = at + first - low
                words = text[max(0, begin) : begin + end - start]
                if begin >= 0 and len(words) == end - start:
                    yield dict(enumerate(words, start))
                    for speech in dict.fromkeys(t.speech for t in beside if t):
                        told = [word._replace(speech=speech) for word in words]
                        yield dict(enumerate(told, start))

    def finds(self, paragraph: CapturedParagraph, opened: Opened) -> bool:
        """Whether a guess leads to the root."""
        return any(
            word_tree.root(guess, paragraph.version) == paragraph.root
            for guess in self.guesses(paragraph, opened)
        )


def test_a_short_paragraph_has_no_root(kept: Mapping[str, list[Capture]]) -> None:
    found = [row for some in kept.values() for one in some for row in one.paragraphs]
    assert len(found) > 300
    assert all((row.root is None) == (row.words < 12) for row in found)


def test_no_paragraph_has_one_to_seven_hidden_words(
    opened: Mapping[CapturedParagraph, Opened],
) -> None:
    assert len(opened) > 200
    for paragraph, words in opened.items():
        assert paragraph.words - len(words) not in range(1, MIN_HIDDEN)


def test_all_captures_have_the_version_that_the_page_names(
    kept: Mapping[str, list[Capture]],
) -> None:
    versions = {row.version for some in kept.values() for one in some for row in one.paragraphs}
    page = (ROOT / "docs/about/how-the-proof-works.md").read_text("utf-8")
    assert ("All captures of this site are of version 1 so far" in page) == (versions == {1})


def test_what_the_repository_says_elsewhere_opens_no_paragraph(
    opened: Mapping[CapturedParagraph, Opened], written: list[Words]
) -> None:
    guesser = Guesser(written)
    tried = 0
    for paragraph, words in opened.items():
        if len(words) < paragraph.words:
            tried += sum(1 for _ in guesser.guesses(paragraph, words))
            assert not guesser.finds(paragraph, words), [words[at].word for at in sorted(words)]
    assert tried > 500


def test_the_same_guesser_finds_words_that_stand_elsewhere(
    opened: Mapping[CapturedParagraph, Opened], written: list[Words]
) -> None:
    """Paragraphs that the site opens whole, as if their first words only were open."""
    guesser = Guesser(written)
    whole = [(one, words) for one, words in opened.items() if len(words) == one.words]
    assert len(whole) > 20
    for paragraph, words in whole:
        known = {at: words[at] for at in range(paragraph.words - MIN_HIDDEN)}
        assert guesser.finds(paragraph, known)


def test_a_salt_that_is_published_is_one_of_opened_words(published: list[Proof]) -> None:
    """A node over hidden words would give their salts away, and then each word by itself."""
    for proof in published:
        start, end = proof.start - 1, proof.start - 1 + len(proof.tokens)
        nodes = verifier.cover(start, end)
        places = [at + n for at, levels in nodes for n in range(2**levels)]
        assert places == list(range(start, end))
        assert len(proof.opening.salts) == len(nodes)
