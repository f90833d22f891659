"""Serving goes on while a file is broken: what to show in its place.

Only `mkdocs serve` uses this. The last valid bytes of each file stand in for a broken one;
a file that was never valid is left out, together with what cannot stand without it, and
its page says what is wrong. A mended file is simply valid again at the next build.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from summitry.checks.checked import CheckedLibrary
from summitry.checks.rules import examine
from summitry.content.earlier import Earlier
from summitry.content.files import Tree
from summitry.content.options import Options
from summitry.content.page_addresses import FIRST
from summitry.content.problems import Problem


class Memory(Struct):
    """The texts of the last build that had no problem, and what examinations came to."""

    good: dict[str, bytes] = {}
    earlier: Earlier = field(default_factory=Earlier)


class Recovered(Struct, frozen=True):
    """A library to show, every problem, and the files left out with their problems."""

    library: CheckedLibrary
    problems: list[Problem]
    lost: dict[str, list[Problem]]


def recover(tree: Tree, memory: Memory, docs_dir: str, options: Options, root: Path) -> Recovered:
    """Check a tree; where it has problems, fall back file by file until it has none."""
    verdict = examine(tree, docs_dir, options, root, memory.earlier)
    problems = verdict.problems
    if verdict.library:
        memory.good = dict(tree.texts)
        return Recovered(verdict.library, problems, {})
    texts = {**memory.good, **tree.texts}  # a deleted file may be what is missing
    # The record of readings is of the files as they are, not of what stands in for them.
    review = options.review
    texts.pop(review, None)
    options = options.model_copy(update={"review": ""})
    # Nor can a file be mended that is not there.
    tree = Tree(tree.texts, {*tree.others, f"{docs_dir}/{FIRST[0]}"})
    lost: dict[str, list[Problem]] = {}
    found = [problem for problem in problems if problem.path != review]
    if texts.keys() - tree.texts.keys() or all(problem.note for problem in found):
        verdict = examine(tree.with_texts(texts), docs_dir, options, root, memory.earlier)
        found = verdict.problems
    while verdict.library is None:
        broken = _by_path(found)
        every = [problem for of_file in broken.values() for problem in of_file]
        for path in _at_fault(_roots(found) & texts.keys(), texts, memory.good):
            if texts[path] != memory.good.get(path, texts[path]):
                texts[path] = memory.good[path]
            else:
                del texts[path]
                lost[path] = broken.get(path, every)
        if "mkdocs.yml" in broken:
            options = options.model_copy(update={"main_event": "", "outlets": {}})
        verdict = examine(tree.with_texts(texts), docs_dir, options, root, memory.earlier)
        found = verdict.problems
    return Recovered(verdict.library, problems, lost)


def _at_fault(named: set[str], texts: dict[str, bytes], good: dict[str, bytes]) -> set[str]:
    """The files to give up: those with a problem that changed since all was well.

    Where none of these did, a change elsewhere is the cause (too much of a source is quoted now,
    and the problem stands at the source): what changed is given up before what did not.
    """
    changed = {path for path, raw in texts.items() if good.get(path) != raw} if good else set()
    return (named & changed or changed) if changed else named


def _roots(problems: list[Problem]) -> set[str]:
    """The files to take care of first: those with a problem that is not about another file."""
    real = [problem for problem in problems if not problem.note]
    own = {p.path for p in real if p.code not in ("unknown-reference", "bad-link")}
    return own or {problem.path for problem in real}


def _by_path(problems: list[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if not problem.note:
            found.setdefault(problem.path, []).append(problem)
    return found
