"""Another language: the browser's module and a verifier in Node read and verify as Python does."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from running import ROOT
from summitry.proof import records, text, unspaced, word_tree
from summitry.proof.passages import Passage
from summitry.proof.verdict import Kind, Verdict, judge
from test_vectors import VECTORS
from test_verdicts import VECTORS as VERDICTS
from wordings import Wordings

pytestmark = pytest.mark.standards

# What is read in ways of its own: marks, dashes, stops, blanks, signs, and beyond 16 bits.
SIGNS = (
    "“”„\"'’«»‹›`′″ -–—―−‐⸺…... \t\u00a0\u200b\u00ad\u2028"
    "()[]{}.,;:?!%‰&@#$€<>=~|_+*/\\^ aBcéßẞёЖי״׳١٢3½²Ⅳא船他の「」『』，。กไม่า\u0301\u0308\u20e3"
    "\U0001f600\U0001f468\u200d\U00020000\U0001d7d8ǅﬀ"
)


def node(*arguments: str, given: str | None = None) -> str:
    found = shutil.which("node")
    assert found, "node is missing: install Node.js (20 or newer)"
    command = [found, *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT / "tests" / "node",
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_worked_example_holds_in_node() -> None:
    said = node("vectors.mjs")
    counted = sum(len(VECTORS[name]) for name in ("lines", "texts", "paragraphs", "covers"))
    assert int(said.split()[0]) > counted + len(VECTORS["proofs"]["valid"])


def lines() -> list[str]:
    chance = random.Random(1986)
    words = " ".join(example["line"] for example in VECTORS["lines"])
    made = ["".join(chance.choices(SIGNS, k=chance.randrange(60))) for _ in range(3000)]
    # Parts of the examples, in other company.
    return made + [
        "".join(
            chance.choice([chance.choice(SIGNS), words[at : at + 9]])
            for at in chance.choices(range(len(words)), k=12)
        )
        for _ in range(1000)
    ]


def test_browsers_read_every_line_as_python_does() -> None:
    given = lines()
    told: list[Any] = json.loads(node("read.mjs", given=json.dumps(given)))
    readers = (text.tokens, unspaced.tokens)
    for line, (normal, *found) in zip(given, told, strict=True):
        assert normal == text.normal_form(line)
        for version, (read, (words, root)) in enumerate(zip(readers, found, strict=True), 1):
            mine = read(line)
            assert [tuple(token) for token in words] == [tuple(token) for token in mine], line
            if mine:
                assert root == records.encode(word_tree.root(mine, version))


Case = tuple[str, list[Passage], str, bool, bool]


def judged_in_node(cases: list[Case]) -> list[dict[str, Any]]:
    def told(passage: Passage) -> list[Any]:
        return [passage.paragraph, passage.tokens]

    given = [[words, [*map(told, found)], *rest] for words, found, *rest in cases]
    found: list[dict[str, Any]] = json.loads(node("judge.mjs", given=json.dumps(given)))
    return found


def as_node_says(verdict: Verdict) -> dict[str, Any]:
    """What has to be the same: the kind, what is left out and put in, negations beside it."""
    edits = [[e.inserted, e.replaced, *([e.beside] if e.beside else [])] for e in verdict.edits]
    beside = sorted(note for note in verdict.notes if note.startswith("a negation"))
    return {"kind": verdict.kind, "gaps": [*verdict.gaps], "edits": edits, "told": beside}


def cases(seed: int, count: int) -> list[Case]:
    """Wordings with their texts; of every other text a part is hidden, as a proof hides it."""
    chance = random.Random(seed)
    texts = [(one["language"], one["lines"]) for one in VERDICTS["texts"].values()]
    texts += [("", lines) for lines in VECTORS["verdicts"]["texts"].values() if lines]
    found: list[Case] = []
    for words, written, language, stated in Wordings(texts, seed)(count):
        paragraphs: list[list[Any]] = [*unspaced.paragraphs("\n".join(written))]
        whole = chance.random() < 0.5
        for tokens in () if whole else paragraphs:
            low = chance.randrange(len(tokens))
            hidden = range(low, min(len(tokens), low + chance.randrange(1, 20)))
            tokens[low : hidden.stop] = [None] * len(hidden)
        passages = [Passage(n, tokens) for n, tokens in enumerate(paragraphs, 1)]
        found.append((words, passages, language, stated, whole))
    return found


def test_every_wording_is_judged_in_node_as_in_python() -> None:
    given = cases(1986, 2500)
    kinds = set()
    for case, theirs in zip(given, judged_in_node(given), strict=True):
        words, passages, language, stated, whole = case
        mine = judge(words, passages, whole, language, stated)
        beside = sorted(note for note in theirs["told"] if note.startswith("a negation"))
        assert as_node_says(mine) == {**theirs, "told": beside}, (words, mine.reason)
        kinds.add(mine.kind)
    assert kinds == set(Kind)


@pytest.mark.build
def test_what_the_site_publishes_is_verified_in_node(built: Path, tmp_path: Path) -> None:
    published, tables = built / "evidence.json", built / "data" / "explainer.json"
    said = node("evidence.mjs", str(published), str(tables)).strip()
    assert said.endswith(" 0 not")
    listed = json.loads(tables.read_text("utf-8"))
    proven = [row for row in listed["tables"]["evidence"] if row.get("proven")]
    assert int(said.split()[0]) > 300 + len(proven)
    # A site that calls other words proven is found out.
    proven[0]["exact"] = f"not {proven[0]['exact']}"
    (tmp_path / "explainer.json").write_text(json.dumps(listed), "utf-8")
    with pytest.raises(AssertionError, match="1 not"):
        node("evidence.mjs", str(published), str(tmp_path / "explainer.json"))
    altered = json.loads(published.read_text("utf-8"))
    proof = next(iter(altered["proofs"].values()))[0]
    proof["words"] = proof["words"].swapcase()
    (tmp_path / "evidence.json").write_text(json.dumps(altered), "utf-8")
    with pytest.raises(AssertionError, match="the root is another"):
        node("evidence.mjs", str(tmp_path / "evidence.json"))
