"""Nothing stands in quotation marks that no source prints, and no paragraph without a source.

**Quotations.** What stands in double quotation marks, if it is two words or more, stands in a
row in a quote or a passage that the same paragraph links or cites, or that the entity itself
holds. A source's title as printed is free. A heading cannot cite and goes with the paragraph
below it; title and description of a page go with all its paragraphs.

**Sources.** A paragraph cites a source, or links a quote or a fact. A paragraph whose words all
stand inside links to this site is a card or shows the way to a page: it states nothing and
needs no source. So a way to another page is written as a link, with all its words in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from summitry.checks.spans import MAX_NESTED, Unpaired, marked, spans
from summitry.content import routes
from summitry.content.kinds import Image, Person, Place, Quote, Source
from summitry.content.library import Item, Library, Story
from summitry.content.problems import Mark, Problem
from summitry.content.prose import HIDDEN, Link, Paragraph
from summitry.content.schema import evidence_of, walk
from summitry.content.strict_yaml import Loc, Places
from summitry.content.values import Ref
from summitry.proof.text import words

SHOWN = 6  # words of a quotation in a message
SETTLING = frozenset({"quotes", "facts"})  # a link to one of these is as good as a citation

# Where words are left out: the words before and after do not stand in a row.
_GAP = re.compile(r"\[\s*(?:…|\.{3}|\. \. \.)\s*\]|…|\.{3,}|\. \. \.")
# Fields whose words are a source's, a name or an address; what stood here and was wrong; and
# what repeats an answer that is looked at in its own place.
_FREE = frozenset(
    {"exact", "aliases", "abbreviation", "same_as", "formerly", "url", "archive_url",
     "acquire_license_page", "author", "publisher", "wire", "creator", "credit", "license",
     "file", "by", "was", "we_use"}
)  # fmt: skip
_FREE_AT_TOP = frozenset(
    {("people", "name"), ("places", "name"), ("terms", "name"), ("sources", "title"),
     ("quotes", "text")}
)  # fmt: skip
_META = ("title", "description", "eyebrow")

_Spot = Callable[[int], Mark]


def prose_problems(library: Library) -> list[Problem]:
    """Every quotation that nothing backs, and every statement that no source is given for."""
    passages = Passages(library)
    found: list[Problem] = []
    for item in library.items.values():
        found += _quoted_in_fields(passages, item)
        found += _quoted_in_body(passages, item)
        found += _unsourced(library, item)
        found += _uncited(library, item.path, item.prose.paragraphs)
    for story in library.stories.values():
        found += _quoted_in_story(passages, story)
        if story.meta.sourcing != "none":
            found += _uncited(library, story.file, story.prose.paragraphs)
    return found


def coverage(library: Library) -> tuple[int, int]:
    """How many paragraphs of narrative pages cite, and how many there are that should."""
    told = [
        _cites(library, story.file, paragraph)
        for story in library.stories.values()
        if story.meta.sourcing != "none"
        for paragraph in stating(story.prose.paragraphs)
    ]
    return sum(told), len(told)


class Passages:
    """The words that may be quoted, found by what is linked or cited, and prepared once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._prepared: dict[str, str] = {}
        self._own: dict[Ref, list[str]] = {}

    def own(self, item: Item) -> list[str]:
        """What an entity holds; of a source, what others took from it too."""
        if item.ref not in self._own:
            self._own[item.ref] = self._find_own(item)
        return self._own[item.ref]

    def _find_own(self, item: Item) -> list[str]:
        entity = item.entity
        found = [e.exact for _, e in evidence_of(entity) if e.exact]
        if isinstance(entity, Quote):
            found += _words_of(entity)
        if isinstance(entity, Source):
            found += self._taken.get(item.ref.id, [])
        return found

    def near(self, path: str, paragraphs: Iterable[Paragraph]) -> list[str]:
        """What some paragraphs of a file link or cite."""
        found: list[str] = []
        for paragraph in paragraphs:
            for ref in linked(self._library, path, paragraph.links):
                if ref in self._library.items:
                    found += self.own(self._library.items[ref])
            for cited in paragraph.citations:
                found += self._taken.get(cited.source, [])
        return found

    @cached_property
    def _taken(self) -> dict[str, list[str]]:
        """By source, the passages that any entity takes from it."""
        found: dict[str, list[str]] = {}
        for item in self._library.items.values():
            for _, evidence in evidence_of(item.entity):
                taken = found.setdefault(evidence.source.id, [])
                if evidence.exact:
                    taken.append(evidence.exact)
                elif isinstance(item.entity, Quote):
                    taken += _words_of(item.entity)
        return found

    @cached_property
    def _titles(self) -> frozenset[str]:
        titles = [item.entity.title for item in self._library.of_kind("sources")]
        return frozenset(_prepare(title) for title in titles if not title.startswith("["))

    def back(self, quoted: str, texts: list[str]) -> bool:
        """Whether words stand in a row in one of the texts, where they do not leave some out."""
        rows = [row for part in _GAP.split(quoted) if (row := words(part))]
        if sum(len(row) for row in rows) < 2:
            return True
        wanted = [f" {' '.join(row)} " for row in rows]
        if any(_in_order(wanted, self._prepare_once(text)) for text in texts):
            return True
        return _prepare(quoted) in self._titles

    def _prepare_once(self, text: str) -> str:
        if text not in self._prepared:
            self._prepared[text] = _prepare(text)
        return self._prepared[text]


def _prepare(text: str) -> str:
    """The words of a text between blanks, with what no word holds where some are left out."""
    return " … ".join(f" {' '.join(words(part))} " for part in _GAP.split(text))


def _in_order(wanted: list[str], text: str) -> bool:
    at = 0
    for row in wanted:
        at = text.find(row, at)
        if at < 0:
            return False
        at += len(row) - 1  # the blank behind one is the blank before the next
    return True


def _words_of(quote: Quote) -> list[str]:
    return [quote.text, *([quote.original.text] if quote.original else [])]


def linked(library: Library, path: str, links: Iterable[Link]) -> Iterator[Ref]:
    """The entities to which links of a file lead."""
    for link in links:
        goal = routes.resolve(link.target.partition("#")[0], path)
        if ref := routes.entity_of(goal, library.content_dir):
            yield ref


def _quoted_in_fields(passages: Passages, item: Item) -> Iterator[Problem]:
    for loc, value in walk(item.entity):
        if not isinstance(value, str) or _free(item.ref.kind, loc):
            continue
        at = item.document.marks.value(loc)
        for paragraph in item.fields[loc].paragraphs if loc in item.fields else ():
            if marked(paragraph.text):
                texts = passages.own(item) + passages.near(item.path, [paragraph])
                yield from _quoted(passages, item.path, paragraph.text, _always(at), texts)
        if loc not in item.fields and marked(value):
            own = passages.own(item)
            yield from _quoted(passages, item.path, value, _always(at), own, plain=True)


def _free(kind: str, loc: Loc) -> bool:
    """Whether the words of a field need nothing that backs them."""
    keys = [part for part in loc if isinstance(part, str)]
    inner = keys in (["original", "text"], ["names", "name"])
    return keys[-1] in _FREE or inner or (len(keys) == 1 and (kind, keys[0]) in _FREE_AT_TOP)


def _quoted_in_body(passages: Passages, item: Item) -> Iterator[Problem]:
    if any(marked(paragraph.text) for paragraph in item.prose.paragraphs):
        own = passages.own(item)
        yield from _quoted_in_paragraphs(passages, item.path, item.prose.paragraphs, own)


def _quoted_in_story(passages: Passages, story: Story) -> Iterator[Problem]:
    paragraphs = story.prose.paragraphs
    yield from _quoted_in_paragraphs(passages, story.file, paragraphs, [])
    for name in _META:
        value = getattr(story.meta, name)
        if value and marked(value):
            place = _always(story.document.marks.value((name,)))
            texts = passages.near(story.file, paragraphs)
            yield from _quoted(passages, story.file, value, place, texts, plain=True)
    for i, correction in enumerate(story.meta.corrections):
        for name in ("now", "why"):  # what was wrong may stand there as it stood
            value = getattr(correction, name)
            if marked(value):
                place = _always(story.document.marks.value(("corrections", i, name)))
                texts = passages.near(story.file, paragraphs)
                yield from _quoted(passages, story.file, value, place, texts, plain=True)


def _quoted_in_paragraphs(
    passages: Passages, path: str, paragraphs: list[Paragraph], own: list[str]
) -> Iterator[Problem]:
    below: list[Paragraph] = []  # the nearest paragraph further down
    for paragraph in reversed(paragraphs):
        heading = paragraph.kind == "heading"
        if marked(paragraph.text):
            texts = own + passages.near(path, [paragraph, *(below if heading else ())])
            yield from _quoted(passages, path, paragraph.text, _within(paragraph), texts)
        below = below if heading else [paragraph]


def _quoted(
    passages: Passages, path: str, text: str, place: _Spot, texts: list[str], plain: bool = False
) -> Iterator[Problem]:
    """What is wrong with the quotations of one text; `plain` is one without Markdown."""
    found, unpaired = spans(text)
    if unpaired:
        yield _not_paired(path, place(unpaired.start), unpaired)
    for span in found:
        if not passages.back(span.text, texts):
            message = f"nothing that is linked or cited here has the words “{_shown(span.text)}”"
            way_out = "leave out the marks" if plain else "write *italics*"
            hint = (
                "link the quote, cite the source whose passage it is, add it to evidence as "
                f"exact:, or {way_out} if nobody’s words are quoted"
            )
            yield Problem(path, place(span.start), "unbacked-quotation", message, hint)


def _shown(text: str) -> str:
    """The first words of a quotation."""
    found = text.replace(HIDDEN, "").split()
    return " ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")


def _not_paired(path: str, at: Mark, unpaired: Unpaired) -> Problem:
    hint = "close it in the same paragraph, or delete it"
    if not unpaired.mark:
        message = f"more than {MAX_NESTED} quotations stand within one another"
        hint = "quote less"
    elif unpaired.opens:
        message = f"the quotation mark {unpaired.mark} that opens here is never closed"
    else:
        message = f"the quotation mark {unpaired.mark} closes nothing"
        hint = "open the quotation in the same paragraph, or delete the mark"
    return Problem(path, at, "unbalanced-marks", message, hint)


def _always(mark: Mark) -> _Spot:
    """The place of all that stands in a field."""
    return lambda offset: mark


def _within(paragraph: Paragraph) -> _Spot:
    """The places of a paragraph's offsets."""
    first, column = paragraph.mark
    places = Places(paragraph.text, first)

    def place(offset: int) -> Mark:
        mark = places.mark(offset)
        return Mark(first, mark.column + column - 1) if mark.line == first else mark

    return place


def _uncited(library: Library, path: str, paragraphs: list[Paragraph]) -> Iterator[Problem]:
    for paragraph in stating(paragraphs):
        if not _cites(library, path, paragraph):
            what = {"item": "item", "row": "row of the table"}.get(paragraph.kind, "paragraph")
            message = f"the {what} names no source"
            hint = "add [@source-id], or link a quote or a fact"
            yield Problem(path, paragraph.mark, "uncited", message, hint)


def stating(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs, items and rows that state something and so have to cite."""
    return [found for found in paragraphs if found.stated and found.kind != "heading"]


def _cites(
    library: Library, path: str, paragraph: Paragraph, settling: frozenset[str] = SETTLING
) -> bool:
    refs = linked(library, path, paragraph.links)
    return bool(paragraph.citations) or any(ref.kind in settling for ref in refs)


def _unsourced(library: Library, item: Item) -> Iterator[Problem]:
    """What front matter states without a source.

    Events, quotes, facts and terms have evidence by their form; a source speaks of itself.
    """
    entity = item.entity
    if isinstance(entity, Person | Place) and entity.summary and not entity.evidence:
        message = "nothing says what the summary rests on"
        at = item.document.marks.value(("summary",))
        yield Problem(item.path, at, "uncited", message, "add evidence: with a source")
    if isinstance(entity, Image) and not entity.journeys:
        told, settling = item.fields[("caption",)].paragraphs, SETTLING | {"events"}
        if not any(_cites(library, item.path, paragraph, settling) for paragraph in told):
            at = item.document.marks.value(("caption",))
            hint = "add [@source-id], or link a quote, a fact or an event"
            yield Problem(item.path, at, "uncited", "the caption names no source", hint)
