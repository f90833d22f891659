"""Where paragraphs, items, rows and headings of a Markdown text stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summitry.content.paragraphs import blocks


def parts(text: str) -> list[tuple[str, str]]:
    """Kind and text of each paragraph."""
    return [(block.kind, text[block.start : block.end]) for block in blocks(text)]


TEXTS = {
    "paragraphs": ("a\nb\n\n  c \n \nd\n", [("text", "a\nb"), ("text", "c"), ("text", "d")]),
    "headings": ("# a\nb\n## c ##\n#\n", [("heading", "a"), ("text", "b"), ("heading", "c ##"),
                                          ("heading", "")]),
    "no heading": ("#a\n", [("text", "#a")]),
    "an underlined heading": ("a\n===\nb\n---\nc", [("heading", "a"), ("heading", "b"),
                                                    ("text", "c")]),
    "rules": ("a\n\n---\n***\n_ _ _\n\nb", [("text", "a"), ("text", "b")]),
    "a rule below a text": ("a\n***\nb", [("text", "a"), ("text", "b")]),
    "items": ("- a\n- b\n  more\n* c\n+ d", [("item", "a"), ("item", "b\n  more"), ("item", "c"),
                                            ("item", "d")]),
    "numbered items": ("1. a\n2) b\n3. c", [("item", "a"), ("item", "b"), ("item", "c")]),
    "items within items": ("- a\n  - b\n- - c", [("item", "a"), ("item", "b"), ("item", "c")]),
    "a paragraph of an item": ("- a\n\n  b", [("item", "a"), ("text", "b")]),
    "an item without text": ("-\n  a\n- \n", [("item", "\n  a"), ("item", "")]),
    "items right below a text": ("a\n- b\n1. c", [("text", "a"), ("item", "b"), ("item", "c")]),
    "a number that begins a line": ("It was\n2025. Then\n12) so", [
        ("text", "It was\n2025. Then\n12) so")]),
    "a dash that begins no item": ("a\n-b", [("text", "a\n-b")]),
    "quotations": ("> a\n> b\n\n> c\nd\n", [("text", "a\n> b"), ("text", "c\nd")]),
    "a quotation right below a text": ("a\n> b\n> > c", [("text", "a"), ("text", "b"),
                                                        ("text", "c")]),
    "items in a quotation": ("> - a\n> - b", [("item", "a"), ("item", "b")]),
    "a table": ("| a | b |\n| --- | :-: |\n| c | d |\ne | f\n\ng", [
        ("heading", "| a | b |"), ("row", "| c | d |"), ("row", "e | f"), ("text", "g")]),
    "a table without marks at its sides": ("a | b\n--|--\nc | d", [("heading", "a | b"),
                                                                  ("row", "c | d")]),
    "a table in a quotation": ("> a | b\n> --|--\n> c | d", [("heading", "a | b"),
                                                             ("row", "c | d")]),
    "no table": ("a | b\nc | d", [("text", "a | b\nc | d")]),
    "the addresses of links": ("a\n\n[x]: b.md\n[y]: <c.md> \"d e\"\n", [("text", "a")]),
    "what looks like an address": ("[x]: b.md and more\n", [("text", "[x]: b.md and more")]),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_what_a_text_consists_of(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


@given(st.text(alphabet="ab |-#>*=1.)[]:\n\t", max_size=120))
def test_paragraphs_follow_one_another_and_leave_no_word_out(text: str) -> None:
    found = blocks(text)
    edges = [edge for block in found for edge in (block.start, block.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_long_texts_are_read_in_one_pass() -> None:
    began = time.process_time()
    line = "- " * 4_000
    for text in (
        f"{line}\n" * 50, "a\n" * 50_000, "> " * 50_000, "a | b\n--|--\n" * 9_000,
        '[x]: "a' * 1_200, "[x]: " + "a" * 9_000 + " " * 900 + "b", "|" * 9_000 + "x",
    ):  # fmt: skip
        blocks(text)
    assert time.process_time() - began < 2
