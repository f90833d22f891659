"""Where the paragraphs of a Markdown text stand: items, rows and headings among them.

A line is enough to tell what it begins, except for the head of a table, which the line below
it makes, so one pass by lines finds them all. Indented code is no part of our Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "item", "row", "heading"]
_What = Literal["text", "item", "row", "heading", "head", "more", "underline", "nothing"]

_QUOTED = re.compile(r"(?: {0,3}>[ \t]?)*")
_HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_ITEM = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$))+")
_INTERRUPTS = re.compile(r"[ \t]*(?:[-*+]|1[.)])[ \t]+\S")  # an item right below a text
_DELIMITER = re.compile(r"[ \t]*[|:-][|: \t-]*$")  # the line below the head of a table
_REFERENCE = re.compile(
    r" {0,3}\[[^\]@][^\]]*\]:[ \t]*\S+(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)


@dataclass(slots=True)
class Block:
    """A paragraph from offset `start` to `end`; `depth` is how many quotations it stands in."""

    start: int
    end: int
    kind: Kind
    depth: int


def blocks(text: str) -> list[Block]:
    """The paragraphs of a text whose fenced blocks are blanked out, in order.

    Each item and each row is one of its own. Rules, the addresses of links and the line below
    the head of a table are none.
    """
    found: list[Block] = []
    going: Block | None = None  # the paragraph that the next line may go on with
    offset, table = 0, False
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        quoted = _QUOTED.match(line)
        skip = quoted.end() if quoted else 0
        rest, depth = line[skip:], line[:skip].count(">")
        start, end = offset + skip, offset + len(line.rstrip())
        offset += len(line) + 1
        if going and depth > going.depth:
            going = None
        table = table and bool(rest.strip())
        what, indent = _begins(rest, following[skip:], going.kind if going else None, table)
        if going and what == "more":
            going.end = end
            continue
        if going and what == "underline" and "\n" not in text[going.start : going.end]:
            going.kind = "heading"  # the line below two lines of text is a rule
        going = None
        if what in ("text", "item", "row", "heading", "head"):
            kind: Kind = "heading" if what == "head" else what
            found.append(Block(min(start + indent, end), end, kind, depth))
            going = found[-1] if what in ("text", "item") else None
        table = table or what == "head"
    return found


def _begins(rest: str, following: str, going: Kind | None, table: bool) -> tuple[_What, int]:
    """What a line begins, and how many of its characters stand before the text.

    Besides the kinds of paragraph that is the `head` of a table, `more` of the paragraph that
    is `going` on, the `underline` that makes a heading of it, or nothing.
    """
    indent = len(rest) - len(rest.lstrip())
    if not rest.strip() or _REFERENCE.match(rest):
        return "nothing", 0
    if table:
        return ("nothing" if _DELIMITER.match(rest) else "row"), indent
    if going == "text" and _UNDERLINE.match(rest):
        return "underline", 0
    if _RULE.match(rest):
        return "nothing", 0
    if heading := _HEADING.match(rest):
        return "heading", heading.end()
    if not going and "|" in rest and "|" in following and _DELIMITER.match(following):
        return "head", indent
    item = _ITEM.match(rest)
    if item and (going != "text" or _INTERRUPTS.match(rest)):
        return "item", item.end()
    return ("more" if going else "text"), indent
