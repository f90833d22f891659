"""The words that a text puts into somebody's mouth, by whatever mark.

Quotation marks of every shape (`spans`), a block quotation, a dash that begins a line of dialogue,
and the title of a link, which stands in marks itself. Code counts as what it shows; marks in it
that do not pair among themselves are signs. What a citation says of a place in its source is a
part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from summitry.checks.quote_marks import MARK
from summitry.checks.spans import Unpaired, marked, spans
from summitry.content.problems import START
from summitry.content.prose import HIDDEN, Paragraph
from summitry.proof.unspaced import UNSPACED

Form = Literal["marks", "block", "dash", "title"]

_CONTAINER = re.compile(r"(?<=\n)[ \t>]+")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ״׳][^\W_]+)*")
_FIGURES = re.compile(r"(?<=\d)[.,  ](?=\d)|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
# A dash that begins a line, before a word; a minus before a number is none.
_DASH = re.compile(rf"[\s{HIDDEN}|]*(?:[—―⸺⸻]|[–‒−](?!\d)|--+|-(?=\s))[\s{HIDDEN}]*(?=[^\s\d|])")
# A dash behind punctuation, before or behind what a narrator says between.
_NARRATOR = re.compile(r"[,.!?…:;،。！？、][»”\"’]?\s*(?:[—―–]|--+)\s")
# What says whose a block quotation is: behind its last dash, or in brackets at its end.
_MOST_DASHES, _LONGEST_NAME = 20, 200  # that are looked at, in characters
_SIGNED = re.compile(rf"(?:[—―–⸺]|--+)[\s{HIDDEN}]*")


class Quoted(NamedTuple):
    """Words, where they begin and end in the text, and by what they are marked.

    `longer` is what is quoted if the closing mark is an apostrophe.
    """

    start: int
    end: int
    words: str
    form: Form
    longer: str = ""


def count(words: str) -> int:
    """How many words these are: also those that hyphens and slashes join.

    Two characters of a script without blanks count as one.
    """
    plain = _FIGURES.sub("", words.replace(HIDDEN, ""))
    characters = len(UNSPACED.findall(plain))
    return len(_WORD.findall(UNSPACED.sub(" ", plain))) + (characters + 1) // 2


def readable(paragraph: Paragraph, code: bool = True) -> str:
    """A paragraph as it is read for what it quotes; without `code` that is blank."""
    text = paragraph.full
    if paragraph.within:
        text = _CONTAINER.sub(lambda match: HIDDEN * len(match[0]), text)
    for start, end in paragraph.code:
        inside = text[start:end] if code else " " * (end - start)
        text = text[:start] + signs(inside) + text[end:]
    return text


def signs(code: str) -> str:
    """Code without the marks that are signs in it, as they do not pair."""
    found, unpaired = spans(code)
    paired = found and not unpaired
    return code if paired else MARK.sub(lambda match: HIDDEN * len(match[0]), code)


def in_marks(text: str) -> tuple[list[Quoted], Unpaired | None]:
    """What stands in quotation marks, wherever hidden characters stand between them."""
    seen = text.replace(HIDDEN, "")
    if not marked(seen):
        return [], None
    places = [at for at, char in enumerate(text) if char != HIDDEN]
    found, unpaired = spans(seen)
    quoted = [
        Quoted(places[s.start], places[s.end - 1] + 1, s.text, "marks", s.longer) for s in found
    ]
    if unpaired:
        unpaired = unpaired._replace(start=places[unpaired.start])
    return quoted, unpaired


def in_block(paragraph: Paragraph, text: str, named: Callable[[str], bool]) -> Quoted | None:
    """The words of a paragraph of a block quotation, without what says whose they are.

    The last dash behind which a link, a citation or a name that is `named` stands parts the two.
    """
    for start, end in paragraph.places:
        text = text[:start] + HIDDEN * (end - start) + text[end:]
    first, end = paragraph.lines[0], len(text)
    for match in list(_SIGNED.finditer(text, first))[: -_MOST_DASHES - 1 : -1]:
        behind = text[match.end() : match.end() + _LONGEST_NAME].lstrip(f"([ {HIDDEN}")
        begins = match.end() - _hidden(match[0])
        linked = paragraph.written.startswith(("[", "*[", "<"), begins)
        if linked or named(behind) or not behind.strip(f" .,;{HIDDEN}"):
            end = match.start()
            break
    words = text[first:end]
    return Quoted(first, end, words, "block") if count(words) else None


def _hidden(dash: str) -> int:
    """How many characters behind a dash are hidden: the bracket of a link is one of them."""
    return len(dash) - len(dash.rstrip(HIDDEN))


def in_dialogue(paragraph: Paragraph, text: str) -> Iterator[Quoted]:
    """What is said in lines that a dash begins, without what a narrator says between dashes."""
    for start, end in zip(paragraph.lines, (*paragraph.lines[1:], len(text)), strict=True):
        opened = _DASH.match(text, start, end)
        if not opened:
            continue
        at, said = opened.end(), True
        for narrator in [*_NARRATOR.finditer(text, at, end), None]:
            stop = narrator.start() + 1 if narrator else end
            words = text[at:stop].rstrip("|\n ")
            if said and count(words) > 1:
                yield Quoted(at, at + len(words), words, "dash")
            at, said = narrator.end() if narrator else end, not said


def in_plain(text: str) -> tuple[list[Quoted], Unpaired | None]:
    """What words without Markdown quote, and the first mark without a pair."""
    quoted, unpaired = in_marks(text)
    paragraph = Paragraph(text, START, "text", (), (), stated=True, full=text)
    return [*quoted, *in_dialogue(paragraph, text)], unpaired


def with_leads(paragraphs: list[Paragraph]) -> dict[int, list[Paragraph]]:
    """The paragraphs of each block quotation, and a line before it that ends in a colon."""
    groups: dict[int, list[Paragraph]] = {}
    for before, paragraph in zip([None, *paragraphs], paragraphs, strict=False):
        if paragraph.within and paragraph.within not in groups:
            leads = before and before.text.rstrip(f" {HIDDEN}").endswith((":", "："))
            groups[paragraph.within] = [before] if before and leads else []
        if paragraph.within:
            groups[paragraph.within].append(paragraph)
    return groups
