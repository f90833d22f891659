"""Each code of a problem: a file with the mistake, and the file after its cure was followed.

What was done stands in the cure word for word (`writes`); where it leaves a decision, the value is
the test's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from running import ROOT
from small_site import FILES, PASSAGE, examined, person
from summitry.content.problems import CATALOGUE

Text = str | bytes | None
P, PL, T = "content/people/p.md", "content/places/place-one.md", "content/terms/term-one.md"
E, E2 = "content/events/event-one.md", "content/events/event-two.md"
F, FQ = "content/facts/fact-one.md", "content/facts/question-one.md"
Q, I1 = "content/quotes/quote-one.md", "content/images/map-one.md"
S, S1 = "content/sources/source-three.md", "content/sources/source-one.md"
PAGE, STORY = "docs/p.md", "docs/story.md"
CITED = {"docs/q.md": "# Q\n\nIt was. [@source-three]\n"}
GONE = "withdrawn: {on: 2025-09-01, why: No.}\n"
TAKEN = "evidence: [{{source: source-one, exact: {}}}]\n"
ALIAS = "aliases: [Lavrow]\n"
LONG = " ".join(["word"] * 26)
SOURCE = "---\ntype: article\ntitle: Source Three\npublisher: Paper Three\n"


class Mistake(NamedTuple):
    """A file with a mistake at a line and column, and the files after its cure was followed."""

    path: str
    broken: Text
    at: tuple[int, int]
    mended: Text | dict[str, Text]
    writes: str = ""
    beside: dict[str, Text] = {}  # noqa: RUF012  # other files, in both


def page(text: str) -> str:
    return f"# P\n\n{text}\n"


def but(path: str, old: str, new: str) -> str:
    """A file of the small project with other words in one place."""
    assert FILES[path].count(old) == 1
    return FILES[path].replace(old, new)


MISTAKES: dict[str, Mistake] = {
    # the file as bytes
    "not-utf8": Mistake(P, person().encode().replace(b"Speaks", b"Caf\xe9"), (3, 13),
                        person().replace("Speaks", "Café"), writes="UTF-8"),
    "byte-order-mark": Mistake(P, b"\xef\xbb\xbf" + person().encode(), (1, 1), person(),
                               writes="without a BOM"),
    "too-large": Mistake(PAGE, page("word " * 2500 + "[@source-one]"), (3, 1),
                         page(("word " * 1000 + "[@source-one]\n\n") * 2), writes="shorten"),
    "hidden-character": Mistake(P, person().replace("Speaks", "Spe\u200baks"), (3, 13), person(),
                                writes="Delete it"),
    "mixed-scripts": Mistake(P, person().replace("Speaks", "Sp\u0435aks"), (3, 10), person(),
                             writes="one script"),
    "not-nfc": Mistake(P, person().replace("Speaks", "Cafe\u0301"), (3, 13),
                       person().replace("Speaks", "Café"), writes="NFC"),
    # front matter
    "no-front-matter": Mistake(P, person().removeprefix("---\n"), (1, 1), person(), writes="---"),
    "unclosed-front-matter": Mistake(P, person().removesuffix("---\n"), (1, 1), person(),
                                     writes="---"),
    "not-a-mapping": Mistake(P, "---\n- name\n---\n", (2, 1), person(), writes="`key: value`"),
    "yaml-syntax": Mistake(P, person("aliases: [A, B\n"), (4, 10), person("aliases: [A, B]\n"),
                           writes="[A, B]"),
    "yaml-tab": Mistake(P, person("aliases:\n\t- A\n"), (5, 1), person("aliases:\n  - A\n"),
                        writes="spaces"),
    "yaml-feature": Mistake(P, person("aliases: [&a B]\n"), (4, 11), person("aliases: ['&a B']\n"),
                            writes="&a B"),
    "cut-value": Mistake(P, person().replace("Speaks.", "The #1 of them."), (3, 14),
                         person().replace("Speaks.", '"The #1 of them."'),
                         writes='"The #1 of them."'),
    "duplicate-key": Mistake(P, person("name: Speaker\n"), (4, 1), person(), writes="keep one"),
    "unknown-key": Mistake(P, person("alises: [A]\n"), (4, 1), person("aliases: [A]\n"),
                           writes="aliases"),
    "missing-key": Mistake(E2, but(E2, "start: 2021-06\n", ""), (2, 1), FILES[E2], writes="start:"),
    "bad-value": Mistake(P, person("family: Spaeker\n"), (4, 9), person("family: Speaker\n"),
                         writes="Speaker"),
    "bad-date": Mistake(E2, but(E2, "2021-06", "June 2021"), (3, 8), FILES[E2],
                        writes="write 2021-06"),
    "out-of-range": Mistake(PL, but(PL, "61.2", "612"), (3, 11), but(PL, "61.2", "9"),
                            writes="unit of the field"),
    "markup-in-text": Mistake(P, person("short: '<b>A</b>'\n"), (4, 8), person("short: 'A'\n"),
                              writes="plain words"),
    # across entities
    "unknown-reference": Mistake(Q, but(Q, "event: event-one", "event: event-on"), (6, 8), FILES[Q],
                                 writes="event-one"),
    "wrong-kind": Mistake(F, but(F, "people/speaker-one", "peple/speaker-one"), (3, 9), FILES[F],
                          writes="people"),
    "circular-reference": Mistake(PL, but(PL, "place-two", "place-one"), (5, 15),
                                  but(PL, "contained_in: place-two\n", ""), writes="Take one"),
    "duplicate-id": Mistake("docs/people/index.md", page("It was. [@source-one]"), (1, 1),
                            {"docs/people/index.md": None,
                             "docs/humans.md": page("It was. [@source-one]")}, writes="rename"),
    "no-first-page": Mistake("docs/index.md", None, (1, 1), FILES["docs/index.md"],
                             writes="docs/index.md"),
    "no-title": Mistake(PAGE, "It was. [@source-one]\n", (1, 1),
                        "# The title\n\nIt was. [@source-one]\n", writes="# The title"),
    "withdrawn": Mistake(PAGE, page(f"[It](../{T}) was. [@source-one]"), (3, 1),
                         page("It was. [@source-one]"), writes="Remove the reference",
                         beside={T: but(T, "name:", f"{GONE}name:")}),
    "unknown-choice": Mistake(P, person("side: side-on\n"), (4, 7), person("side: side-one\n"),
                              writes="side-one"),
    "no-evidence": Mistake(P, person("evidence: [{source: source-one}]\n"), (4, 12),
                           person("evidence: [{source: source-one, exact: some words}]\n"),
                           writes="exact:"),
    "unfindable": Mistake(S, "---\ntype: article\ntitle: Source Three\n---\n", (3, 8),
                          "---\ntype: article\ntitle: Source Three\nfound_at: Box 3\n---\n",
                          writes="found_at:", beside=CITED),
    "same-source": Mistake(S, f"{SOURCE}url: https://one.example/page\n---\n", (5, 6),
                           {S: None, "docs/q.md": page("It was. [@source-one]"),
                            S1: but(S1, "type:", "formerly: [source-three]\ntype:")},
                           writes="formerly:", beside=CITED),
    "long-passage": Mistake(P, person(TAKEN.format(LONG)), (4, 40), person(TAKEN.format(LONG[5:])),
                            writes="fewer words"),
    "position": Mistake(FQ, but(FQ, "we_use: Two hours", "we_use: Two hour"), (6, 9), FILES[FQ],
                        writes="Two hours"),
    "time-order": Mistake(E2, but(E2, "2021-06\n", "2021-06\nend: 2020\n"), (4, 6),
                          but(E2, "2021-06\n", "2021-06\nend: 2022\n"), writes="Correct"),
    "impossible-time": Mistake(E, but(E, "place: place-one", "time_zone: UTC"), (3, 8),
                               but(E, "-08:00\nplace: place-one", "+00:00\ntime_zone: UTC"),
                               writes="2025-08-15T11:10+00:00"),
    "picture": Mistake(I1, but(I1, "drawn: locator-map", "file: a.png"), (3, 7), FILES[I1],
                       writes="correct the name"),
    # prose
    "raw-html": Mistake(PAGE, page("A <b>c</b>. [@source-one]"), (3, 3),
                        page("A &lt;b>c&lt;/b>. [@source-one]"), writes="&lt;"),
    "bad-link": Mistake(PAGE, page("[A](stroy.md) b. [@source-one]"), (3, 1),
                        page("[A](story.md) b. [@source-one]"), writes="story.md"),
    "bad-address": Mistake(S, f"{SOURCE}url: https://localhost/a\n---\n", (5, 6),
                           f"{SOURCE}url: https://three.example/a\n---\n", writes="https://",
                           beside=CITED),
    "unclosed-fence": Mistake(PAGE, page("A. [@source-one]\n\n```text\nb"), (5, 1),
                              page("A. [@source-one]\n\n```text\nb\n```"), writes="```"),
    "indented-code": Mistake(
        PAGE, page("A. [@source-one]\n\n    code"), (5, 5),
        page("A. [@source-one]\n\n```\ncode\n```"), writes="lines of backticks"),
    "footnote": Mistake(PAGE, page("A[^1]. [@source-one]\n\n[^1]: B."), (5, 1),
                        page("A. B. [@source-one]"), writes="text"),
    "bad-fence": Mistake(PAGE, page("A. [@source-one]\n\n```timline\n```"), (5, 1),
                         page("A. [@source-one]\n\n```timeline\n```"), writes="timeline"),
    "deep-nesting": Mistake(PAGE, page("> " * 30 + "A. [@source-one]"), (3, 1),
                            page("A. [@source-one]"), writes="Simplify"),
    "unbacked-quotation": Mistake(PAGE, page("He said “other words”. [@source-one]"), (3, 9),
                                  page("He said “some words”. [@source-one]"),
                                  writes="the source's words"),
    "unbalanced-marks": Mistake(PAGE, page("He said “some words. [@source-one]"), (3, 9),
                                page("He said “some words”. [@source-one]"), writes="close it"),
    "uncited": Mistake(PAGE, page("It was."), (3, 1), page("It was. [@source-one]"),
                       writes="[@source-"),
    "unsearched": Mistake(PAGE, page("No page has it. [@source-one]"), (3, 1),
                          "---\nsearched: [{on: 2026-01-02, where: A, for: B, "
                          "words: No page has it}]\n---\n" + page("No page has it. [@source-one]"),
                          writes="searched:"),
    "stray-search": Mistake(PAGE, "---\nsearched: [{on: 2026-01-02, where: A, for: B, "
                            "words: No page has it}]\n---\n" + page("It was. [@source-one]"),
                            (2, 54), page("It was. [@source-one]"), writes="delete"),
    "name-spelling": Mistake(PAGE, page("Lavrow came. [@source-one]"), (3, 1),
                             page("Lavrov came. [@source-one]"), writes="spell it so",
                             beside={P: person(ALIAS).replace("Speaker", "Lavrov")}),
    "time-mismatch": Mistake(PAGE, page("They met at 11:12. [@source-one]"), (3, 1),
                             page("They met at 11:10. [@source-one]"), writes="11:10"),
    "wording-choice": Mistake(Q, but(Q, "chosen: Both have as many words.\n", ""), (3, 7), FILES[Q],
                              writes="chosen:"),
}  # fmt: skip
# What needs more than files of text: proofs, a history, a built site; each file raises its code.
ELSEWHERE = {
    "stray-file": "content/test_files.py", "bad-id": "content/test_files.py",
    "unreadable": "content/test_files.py", "broken-capture": "checks/test_ledger.py",
    "broken-proof": "checks/test_ledger.py", "misquote": "checks/test_ledger.py",
    "unused-proof": "checks/test_ledger.py", "guessable": "checks/test_shown_shares.py",
    "over-budget": "checks/test_shown_shares.py", "near-budget": "checks/test_shown_shares.py",
    "broken-confirmation": "tools/test_confirm.py", "own-confirmation": "tools/test_confirm.py",
    "broken-stamp": "tools/test_stamp.py", "unverified": "tools/test_stamp.py",
    "impossible-day": "checks/test_vouching.py", "other-page": "checks/test_vouching.py",
    "proof-lost": "tools/test_ratchet.py", "proof-replaced": "tools/test_ratchet.py",
    "proof-renewed": "tools/test_ratchet.py", "moved-address": "tools/test_ratchet.py",
    "capture-changed": "tools/test_ratchet.py", "old-capture": "tools/test_revisions.py",
    "no-letterform": "pages/test_illustrations.py", "template": "host/test_theme.py",
    "option": "host/test_settings.py",
    "unset-option": "host/test_settings.py", "interface-words": "host/test_settings.py",
    "no-history": "host/test_settings.py", "dead-link": "build/test_gate.py",
    "forbidden-markup": "build/test_gate.py", "stray-output": "build/test_gate.py",
    "review-record": "tools/test_review.py", "unread": "tools/test_review.py",
    "read-before": "tools/test_review.py", "spare-reading": "tools/test_review.py",
    "old-search": "checks/test_negatives.py", "shared-publisher": "checks/test_sources.py",
    "placeholder": "tools/test_starting.py",
    "unused-source": "checks/test_rules.py", "unproven": "checks/test_ledger.py",
    "negation-beside": "checks/test_told_beside.py", "not-archived": "tools/test_archive.py",
}  # fmt: skip


def test_every_code_is_raised_by_a_test() -> None:
    assert not MISTAKES.keys() & ELSEWHERE.keys()
    assert MISTAKES.keys() | ELSEWHERE.keys() == CATALOGUE.keys()
    for code, file in ELSEWHERE.items():
        assert re.search(rf"\b{code}\b", (ROOT / "tests" / file).read_text("utf-8")), code


@pytest.mark.parametrize("code", MISTAKES)
def test_the_cure_followed_to_the_letter_makes_the_check_pass(code: str) -> None:
    one = MISTAKES[code]
    problems = [p for p in examined({**one.beside, one.path: one.broken}).problems if not p.note]
    assert [(p.path, *p.mark, p.code) for p in problems] == [(one.path, *one.at, code)]
    (problem,) = problems
    assert one.writes.casefold() in f"{problem.cure} {CATALOGUE[code].cure}".casefold()
    assert problem.message
    mended = one.mended if isinstance(one.mended, dict) else {one.path: one.mended}
    assert [p for p in examined({**one.beside, **mended}).problems if not p.note] == []


# One file with fifteen mistakes of different codes: what each is in the file, and what its cure
# says to write instead.
WRONG = """---
name: Place <b>Three</b>
summary: It is a pla\u200bce with a cafe\u0301 and a b\u0430y.
aliases: [A, B]
aliases: [A, B]
latitude: 95
longitude: 12
time_zone: Europe/Kyev
contained_in: people/place-two
same_az: []
names:
  - name: The Third
corrections: [{on: 13 January 2025, was: A, now: B, why: C.}]
evidence: [{source: source-one, exact: some words}]
---
It is <i>there</i>. [@source-one]

    It is there. [@source-one]

It is there.[^1] [@source-one]

[^1]: So it is.

```text
There.
"""
MENDS: dict[str, tuple[str, str, str]] = {
    "markup-in-text": ("<b>Three</b>", "Three", "write plain words"),
    "hidden-character": ("\u200b", "", "Delete it"),
    "not-nfc": ("e\u0301", "é", "NFC"),
    "mixed-scripts": ("b\u0430y", "bay", "in one script"),
    "duplicate-key": ("aliases: [A, B]\naliases: [A, B]", "aliases: [A, B]", "keep one of the two"),
    "out-of-range": ("95", "90", "degrees north lies between -90 and 90"),
    "bad-value": ("Europe/Kyev", "Europe/Kyiv", "did you mean Europe/Kyiv?"),
    "wrong-kind": ("people/place-two", "place-two", "write an id of places"),
    "unknown-key": ("same_az", "same_as", "did you mean same_as?"),
    "missing-key": ("name: The Third\n", f"name: The Third\n    evidence: {PASSAGE}\n",
                    "add evidence:"),
    "bad-date": ("13 January 2025", "2025-01-13", "write 2025-01-13"),
    "raw-html": ("<i>there</i>", "&lt;i>there&lt;/i>", "for < write &lt;"),
    "indented-code": ("    It", "It", "remove them"),
    "footnote": ("[^1] [@source-one]\n\n[^1]: So it is.", " So it is. [@source-one]",
                 "in the text"),
    "unclosed-fence": ("There.\n", "There.\n```\n", "close it with a line ```"),
}  # fmt: skip


def test_fifteen_mistakes_in_a_file_are_fifteen_messages_and_as_many_cures() -> None:
    path = "content/places/place-three.md"
    problems = examined({path: WRONG}).problems
    assert sorted(p.code for p in problems) == sorted(MENDS)
    assert problems == sorted(problems)
    lines = WRONG.split("\n")
    mended = WRONG
    for problem in problems:
        old, new, says = MENDS[problem.code]
        assert problem.path == path
        assert says in problem.cure, problem
        assert lines[problem.mark.line - 1][problem.mark.column - 1 :].strip(), problem
        assert mended.count(old) == 1, problem
        mended = mended.replace(old, new)
    assert examined({path: mended}).problems == []
