"""The one parser of Markdown: markdown-it-py, set to read what GitHub reads.

CommonMark with tables, strikethrough and bare addresses that become links; our own is only
`[@source, para. 5]`. The parser keeps the lines of blocks; noted here besides is where in the
text each block and each inline token stands, so that checks name places and the renderer
shows what they have seen. A text is parsed once, whoever asks.

In the tokens of a `Parsed`, `meta` has offsets in the text: `span` of a block or a row, `at`
and `end` of an inline token. A link's opening token begins at its bracket, its closing token
at the bracket that ends its words; of bare addresses the one begins and the other ends the
whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt, rules_block
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token
from markdown_it.utils import EnvType
from msgspec import Struct

# Counted before what they bound is read: blocks cost the lines, paragraphs their characters.
MAX_LINES = 10_000
MAX_PARAGRAPH = 20_000  # characters
MAX_BRACKETS = 20  # within one another
MAX_CONTAINERS = 8  # quotations and lists within one another
KEPT = 4_000  # texts whose tokens are kept

_CITATION = re.compile(r"\[(@[^\[\]]+)\](?!\()")
_PIPE = re.compile(r"(?<!\\)\|")
# What GitHub makes a link of without being told. Only here may one begin.
_BARE = re.compile(
    r"(?P<web>(?:(?<![A-Za-z])(?i:https?)://|(?<![^\s*_~(])www\.)(?=[^\W_])[^\s<]+)"
    r"|(?<![A-Za-z0-9._+-])(?P<mailto>mailto:)?[A-Za-z0-9._+-]{1,64}"
    r"@[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)++(?<![_-])(?!@)"
)
_HOST = re.compile(r"(?i:https?://)?([\w.-]+)")
_Places = list[tuple[int, int]]  # an offset in a block's content, and the same in the text


class Parsed(Struct, frozen=True):
    """A text as tokens, and what of it was not read: offset, problem code and message."""

    text: str
    tokens: Sequence[Token]
    refused: Sequence[tuple[int, str, str]]


@lru_cache(maxsize=KEPT)
def parse(text: str, line: bool = False) -> Parsed:
    """Read a text; `line` is one paragraph without blocks. The tokens must not be changed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (lines := text.count("\n")) > MAX_LINES:
        return Parsed(text, [], [(0, "too-large", f"{lines} lines of text, limit {MAX_LINES}")])
    env: EnvType = {"refused": []}
    parser = _parser()
    tokens = parser.parseInline(text, env) if line else parser.parse(text, env)
    return Parsed(text, tokens, env["refused"])


def only_link(tokens: Sequence[Token], index: int) -> Token | None:
    """The link that is all that the block opened at an index holds: its opening token."""
    children = tokens[index + 1].children or [] if index + 1 < len(tokens) else []
    links = [child for child in children if child.type in ("link_open", "link_close")]
    alone = len(links) == 2 and links[0] is children[0] and links[1] is children[-1]
    return links[0] if alone else None


@cache
def _parser() -> MarkdownIt:
    options: dict[str, bool | int] = {
        "html": True, "xhtmlOut": False, "maxNesting": 5 * MAX_CONTAINERS,
        "strikethrough_single_tilde": True, "inline_definitions": True, "store_labels": True,
    }  # fmt: skip
    parser = _Parser("commonmark", options).enable("strikethrough")
    parser.block.ruler.before(
        "lheading", "rows", _noting(_table), {"alt": ["paragraph", "reference"]}
    )
    for name, (rule, alternatives) in _LEAVES.items():
        parser.block.ruler.at(name, _noting(rule), {"alt": alternatives})
    inline = parser.inline
    inline.terminator_re = re.compile(f"{inline.terminator_re.pattern}|{_BARE.pattern}")
    inline.ruler.at("emphasis", _emphasis)
    inline.ruler.before("text", "bare", _bare)
    inline.ruler.before("link", "citation", _citation)
    rules = zip(inline.ruler.get_active_rules(), inline.ruler.getRules(""), strict=True)
    for name, inline_rule in rules:
        inline.ruler.at(name, _ended(inline_rule))
    parser.core.ruler.after("block", "places", _place_blocks)
    parser.core.ruler.after("inline", "offsets", _place_tokens)
    return parser.disable("text_join")  # characters that were written otherwise stay apart


class _State(StateInline):
    """Notes where the parser stands when it makes a token."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token


class _LinesOfInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _Parser(MarkdownIt):
    """Keeps addresses as they are meant: what is wrong with one is for the checks to say."""

    def __init__(self, config: str, options: dict[str, bool | int]) -> None:
        super().__init__("zero")
        self.inline = _LinesOfInline()
        self.configure(config, options)

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, unless what looks like its second line underlines a heading."""
    below = slice(state.bMarks[start + 1] + state.tShift[start + 1], state.eMarks[start + 1])
    underline = not state.src[below].strip(" \t-")
    return not underline and rules_block.table(state, start, end, silent)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The address of a link; a citation that begins a paragraph is none."""
    begins = state.bMarks[start] + state.tShift[start]
    cites = state.src.startswith("[@", begins)
    return not cites and rules_block.reference(state, start, end, silent)


# The blocks that hold text, each with what it interrupts, as in markdown-it.
_LEAVES: dict[str, tuple[RuleFuncBlockType, list[str]]] = {
    "code": (rules_block.code, []),
    "fence": (rules_block.fence, ["paragraph", "reference", "blockquote", "list"]),
    "reference": (_reference, []),
    "html_block": (rules_block.html_block, ["paragraph", "reference", "blockquote"]),
    "heading": (rules_block.heading, ["paragraph", "reference", "blockquote"]),
    "lheading": (rules_block.lheading, []),
    "paragraph": (rules_block.paragraph, []),
}


def _noting(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """A rule that notes where its lines begin behind the marks of quotations and lists."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        count = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        for token in state.tokens[count:]:
            if token.map:
                lines = [
                    (state.bMarks[n] + state.tShift[n], state.eMarks[n]) for n in range(*token.map)
                ]
                while len(lines) > 1 and not state.src[slice(*lines[0])].strip():
                    del lines[0]  # blanks that are no blanks to Markdown
                token.meta["span"] = lines[0][0], lines[-1][1]
                if token.type == "inline":
                    token.meta["begins"] = [begin for begin, _ in lines]
        return True

    return run


def _place_blocks(state: StateCore) -> None:
    """Say where the characters of each paragraph, heading and cell stand; look at the bounds."""
    depth, cells, text = 0, iter(list[_Places]()), state.src
    for before, token in pairwise([Token("", "", 0), *state.tokens]):
        if token.type in ("blockquote_open", "list_item_open"):
            depth += 1
            if depth == MAX_CONTAINERS + 1 and token.map:
                message = f"more than {MAX_CONTAINERS} quotations or lists within one another"
                offset = sum(len(line) + 1 for line in text.split("\n")[: token.map[0]])
                state.env["refused"].append((offset, "deep-nesting", message))
        elif token.type in ("blockquote_close", "list_item_close"):
            depth -= 1
        elif token.type == "tr_open":
            cells = _cells(text, *token.meta["span"])
        elif token.type == "inline":
            if before.type in ("th_open", "td_open"):
                token.meta["places"] = next(cells, [(0, 0)])
            else:
                _place_lines(text, before, token)
            _bound(state, token)


def _place_lines(text: str, before: Token, token: Token) -> None:
    places: _Places = []
    at = 0
    begins = token.meta.get("begins", [0])
    if before.markup.startswith("#"):
        begins = [begins[0] + len(before.markup)]
    for line, begin in zip(token.content.split("\n"), begins, strict=False):
        ink = line.lstrip()
        places.append((at + len(line) - len(ink), text.find(ink, begin)))
        at += len(line) + 1
    token.meta["places"] = places
    if before.type == "heading_open":
        token.meta["span"] = places[0][1], place(token, len(token.content))


def _cells(text: str, start: int, end: int) -> Iterator[_Places]:
    """Where the characters of each cell of a row stand; `\\|` is one of them."""
    row = text[start:end]
    start, end = start + len(row) - len(row.lstrip()), start + len(row.rstrip())
    pipes = [start - 1, *(m.start() for m in _PIPE.finditer(text, start, end)), end]
    for before, after in pairwise(pipes):
        if before + 1 == after and (after in (start, end)):
            continue  # outside of the table
        cell = text[before + 1 : after]
        begin = before + 1 + len(cell) - len(cell.lstrip())
        escaped = [match.start() for match in re.finditer(r"\\\|", cell.strip())]
        yield [(0, begin), *((at - n, begin + at + 1) for n, at in enumerate(escaped))]


def _bound(state: StateCore, token: Token) -> None:
    """Leave unread what would cost time beyond measure."""
    depth, size = 0, len(token.content)
    refused: tuple[int, str, str] | None = None
    if size > MAX_PARAGRAPH:
        message = f"the paragraph has {size} characters, limit {MAX_PARAGRAPH}"
        refused = 0, "too-large", message
    for match in re.finditer(r"[][]", token.content):
        depth = depth + 1 if match[0] == "[" else max(0, depth - 1)
        if depth > MAX_BRACKETS and not refused:
            message = f"more than {MAX_BRACKETS} brackets within one another"
            refused = match.start(), "deep-nesting", message
    if refused:
        offset, code, message = refused
        state.env["refused"].append((place(token, offset), code, message))
        token.content = ""


def _place_tokens(state: StateCore) -> None:
    """Turn offsets in the content of a block into offsets in the text; say what GitHub makes."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrs["align"] = str(style).removeprefix("text-align:")
        for child in token.children or []:
            if child.type in ("s_open", "s_close"):
                child.tag = "del"
            if child.type == "link_open" and child.info != "auto":
                child.meta["at"] -= 1
            if "at" in child.meta:
                child.meta["at"] = place(token, child.meta["at"])
            if "end" in child.meta:
                child.meta["end"] = place(token, child.meta["end"] - 1) + 1


def place(token: Token, offset: int) -> int:
    """Where in the text a character of a paragraph's, heading's or cell's content stands."""
    places: _Places = token.meta["places"]
    start, text = places[max(0, bisect_right(places, offset, key=lambda pair: pair[0]) - 1)]
    return text + offset - start


def _ended(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """A rule that notes where the last token that it makes ends."""

    def run(state: StateInline, silent: bool) -> bool:
        count = len(state.tokens)
        done = rule(state, silent)
        if done and len(state.tokens) > count:
            state.tokens[-1].meta.setdefault("end", state.pos)
        return done

    return run


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Each sign of a run is a token, of which some become emphasis."""
    start, done = state.pos, emphasis.tokenize(state, silent)
    for back in range(start - state.pos, 0):
        state.tokens[back].meta = {"at": state.pos + back, "end": state.pos + back + 1}
    return done


def _citation(state: StateInline, silent: bool) -> bool:
    """`[@a; @b]`, which takes the blank before it; never part of what a link is called."""
    match = None if silent else _CITATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if state.pending.endswith((" ", "\u00a0")):
        state.pending = state.pending[:-1]
    state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _bare(state: StateInline, silent: bool) -> bool:
    """An address that stands in the text is a link to it; one in brackets may be part of one."""
    match = _BARE.match(state.src, state.pos, state.posMax)
    if silent or state.linkLevel or not match:
        return False
    bracket, closed = (state.src.rfind(sign, 0, state.pos) for sign in "[]")
    address = _trimmed(match["web"]) if match["web"] else match[0]
    if bracket > closed or not address:
        return False
    told = match["mailto"] or "://" in address[:8]
    href = address if told else ("http://" if match["web"] else "mailto:") + address
    state.push("link_open", "a", 1).attrs = {"href": href}
    state.tokens[-1].info = "auto"
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1).info = "auto"
    state.pos += len(address)
    return True


def _trimmed(found: str) -> str:
    """What of a bare web address belongs to it by GitHub's rules; "" if it is none."""
    host = _HOST.match(found)
    if not host or "_" in "".join(host[1].split(".")[-2:]):
        return ""
    end, closing = len(found), found.count(")") - found.count("(")
    while end:
        last = found[end - 1]
        if last == ";":  # an entity goes as a whole
            name = found.rfind("&", max(0, end - 34), end)
            end = name if name >= 0 and found[name + 1 : end - 1].isalnum() else end - 1
        elif last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and closing > 0:
            end, closing = end - 1, closing - 1
        else:
            break
    return found[:end]
