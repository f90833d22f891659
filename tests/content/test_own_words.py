"""What a contributor reads is in our words: no library's, of the many ways to break a file."""

from __future__ import annotations

import random
import re

import pytest
from small_site import FILES
from summitry.content.front_matter import read
from summitry.content.kinds import KINDS
from summitry.content.schema import parse
from summitry.content.yaml_errors import told
from summitry.host import mkdocs_words

# How PyYAML, libyaml, pydantic, Python and MkDocs speak.
THEIRS = re.compile(
    r"while (?:parsing|scanning)|expected (?:<|node|key|'|tag|comment|white|alpha)|not allowed in"
    r"|Input should|validation error|Field required|value_error|valid (?:string|dict|list|integer)"
    r"|out of range for|must be in \d|codec can't|Errno|Config value|<class '|Traceback|Error:"
)
SIGNS = "[]{}:,\"'-&*!|>%@`#?\n \\"


def test_no_library_speaks_of_broken_front_matter() -> None:
    rng, seen = random.Random(5), set[str]()
    for kind in KINDS:
        base = next(text for path, text in FILES.items() if path.startswith(f"content/{kind}/"))
        for _ in range(80):
            text = base
            for _ in range(rng.randint(1, 3)):
                at, more = rng.randrange(4, len(text)), rng.choice(SIGNS) * rng.randint(0, 2)
                text = text[:at] + more + text[at + rng.randint(0, 3) :]
            reading = read("x.md", text.encode())
            problems = list(reading.problems)
            if reading.document:
                problems += parse(KINDS[kind], reading.document)[1]
            seen |= {problem.code for problem in problems}
            strange = [p for p in problems if THEIRS.search(f"{p.message} {p.cure}")]
            assert strange == [], text
            assert all(problem.cure for problem in problems)
    assert {"yaml-syntax", "bad-value", "missing-key", "unknown-key"} <= seen


@pytest.mark.parametrize(
    ("context", "problem", "message"),
    [
        ("while parsing a block mapping", "did not find expected key",
         "the line does not belong to the keys above it"),
        ("while parsing a flow sequence", "did not find expected ',' or ']'",
         "what stands in brackets goes on here without a comma, or is not closed"),
        ("while scanning a simple key", "could not find expected ':'",
         "the line has no colon behind its key"),
        ("while scanning a quoted scalar", "found unknown escape character",
         "this is no escape within double quotation marks"),
        ("", "mapping values are not allowed in this context",
         "a colon stands here where no key can end"),
        ("a new context", "a new problem", "YAML cannot read this line"),
    ],
)  # fmt: skip
def test_what_the_parser_says_is_said_in_our_words(
    context: str, problem: str, message: str
) -> None:
    what, cure = told(context, problem)
    assert what == message
    assert cure
    assert not THEIRS.search(f"{what} {cure}")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Config value 'plugins': The \"nosuch\" plugin is not installed",
         ("plugins", "there is no plugin nosuch here", "install its package, or delete the line")),
        ("Config value 'site_name': Required configuration not provided.",
         ("site_name", "it is missing", "add site_name:")),
        ("Config value 'nav': Expected nav item to be a dict of size 1, got dict with keys ('A',)",
         ("nav", "an item of nav has one title and one page",
          "begin each item with a dash of its own")),
        ("Config value 'docs_dir': The path '/a/docs' isn't an existing directory.",
         ("docs_dir", "there is no directory /a/docs", "make it, or correct the path")),
        ("Config value 'theme': Unrecognised theme name: 'x'. The available themes are: y",
         ("theme", "there is no such theme here", "write theme: {name: material}")),
        ("Config value 'dev_addr': Must be a string of format 'IP:PORT'",
         ("dev_addr", "this is no address to serve at", "write 127.0.0.1:8000")),
        ("Config file 'mkdocs.yml' does not exist.",
         ("", "there is no such file",
          "run the command where mkdocs.yml stands, or name it with -f")),
        ("Config value 'extra': Something quite new.",
         ("extra", "MkDocs cannot use this",
          "write it as MkDocs' documentation of its configuration says, or delete the line")),
    ],
)  # fmt: skip
def test_what_mkdocs_says_is_said_in_our_words(theirs: str, ours: tuple[str, str, str]) -> None:
    assert mkdocs_words.told(theirs) == ours
