"""Nothing is put into anybody's mouth that no source prints.

What is quoted (`quoted_words`) stands, by the rules of a quotation, in a quote or a passage that
the same paragraph links or cites, or that the entity itself holds. One word counts where anything
is linked or cited. A source's title counts where the source is linked or cited. A heading goes
with the paragraphs below it, a block quotation with all its paragraphs and a line that ends in a
colon before it; title and description of a page go with all its paragraphs.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import accumulate, chain

from summitry.checks.backing import Backed, Backing, InField, Passages, Quotations
from summitry.checks.quoted_words import (
    Quoted,
    count,
    in_block,
    in_dialogue,
    in_marks,
    in_plain,
    readable,
    signs,
    with_leads,
)
from summitry.checks.spans import MAX_NESTED, Unpaired
from summitry.content import blocks
from summitry.content.earlier import Earlier
from summitry.content.kinds import Person, Source
from summitry.content.library import Item, Library, Story
from summitry.content.problems import Mark, Problem
from summitry.content.prose import HIDDEN, STRUCK, Fence, Paragraph
from summitry.content.schema import walk
from summitry.content.strict_yaml import Loc, Places

SHOWN = 6  # words of a quotation in a message
MAX_SPANS = 2_000  # quotations in a file
MAX_EXPLAINED = 20  # problems of a file of which it is said which rule is broken
_LONGEST_NAME = 6  # words

# Fields whose words stand in evidence, or are an address or a choice.
_FREE = frozenset({"exact", "same_as", "formerly", "url", "archive_url", "acquire_license_page"})
_FREE |= {"file", "we_use"}  # the answer is looked at in its own place
_FREE_AT_TOP = frozenset({("sources", "title"), ("quotes", "text")})
_META = ("title", "description", "eyebrow")
_CORRECTED = ("was", "now", "why")

_Spot = Callable[[int], Mark]
_Texts = Callable[[], list[Backing]]  # what backs words, found when there are some


def quotations(library: Library, passages: Passages, earlier: Earlier | None = None) -> Quotations:
    """Judge everything that the site quotes outside of its quotations and evidence."""
    found, earlier = Quotations(), earlier or Earlier()
    names = _names(library)
    known = hashlib.sha256("\0".join(sorted(names)).encode()).digest()

    for item in library.items.values():
        of_file = _of_file(item, passages, names, known, earlier)
        found.problems += of_file.problems
        found.remarks |= of_file.remarks
        found.fields |= of_file.fields
    for story in library.stories.values():
        reader = _FileReader(found, passages, names, story.file)
        reader.code = story.meta.layout != "guide"
        reader.story(story)
    return found


def _of_file(
    item: Item, passages: Passages, names: frozenset[str], known: bytes, earlier: Earlier
) -> Quotations:
    """What an entity quotes. What it links to is looked through only where it quotes something."""
    readers: list[_FileReader] = []  # one at most; a cache for each of thousands takes longer

    def read() -> _FileReader:
        if not readers:
            readers.append(_FileReader(Quotations(), passages, names, item.path))
            readers[0].item(item)
        return readers[0]

    of_file = earlier.again(
        "unbacked", item.path, (item, known), lambda: None if read().asked else read().found
    )
    if of_file is not None:
        return of_file
    rests_on = item, known, passages.around(item)
    return earlier.again("quoted", item.path, rests_on, lambda: read().found)


def settings_problems(file: str, texts: Iterable[tuple[str, Mark, str]]) -> Iterator[Problem]:
    """What mkdocs.yml quotes, given as key, place and text: it cannot cite, so nothing backs it."""
    for key, mark, text in texts:
        quoted, unpaired = in_plain(text)
        if unpaired:
            problem = _not_paired(file, mark, unpaired)
            yield Problem(file, mark, problem.code, f"{key}: {problem.message}", problem.hint)
        for one in quoted:
            if count(one.words) > 1:
                message = f"{key}: “{_shown(one.words)}” is quoted, and nothing here can cite"
                hint = "leave out the marks, or say it on a page"
                yield Problem(file, mark, "unbacked-quotation", message, hint)


def _names(library: Library) -> frozenset[str]:
    """Names to which words may be ascribed: of people, and of publishers and authors."""
    found = set[str]()
    for item in library.items.values():
        entity = item.entity
        if isinstance(entity, Person):
            found |= {entity.name, entity.called, *entity.aliases}
            found |= {word for word in entity.name.split() if not word.islower()}  # no `van`
        elif isinstance(entity, Source):
            found |= {name for name in (entity.publisher, entity.written_by, entity.wire) if name}
            found |= set(map(str, entity.author))
    return frozenset(name.casefold() for name in found)


class _FileReader:
    """Judges the texts of one file."""

    def __init__(
        self, found: Quotations, passages: Passages, names: frozenset[str], path: str
    ) -> None:
        self.found, self.passages, self.names, self.path = found, passages, names, path
        self.code = True  # whether code is read
        self.spans = self.explained = 0
        self.asked = False  # whether anything was quoted that has to be backed
        self.counted: tuple[Paragraph | None, list[int]] = None, []  # visible characters

    def item(self, item: Item) -> None:
        """An entity: its fields, its prose, its fences."""
        own = partial(self.passages.own, item)
        for loc, value in walk(item.entity):
            if not isinstance(value, str) or _free(item.ref.kind, loc, value):
                continue
            place = _always(item.document.marks.value(loc))
            for paragraph in item.fields[loc].paragraphs if loc in item.fields else ():
                texts = self._near(own, [paragraph])
                self._paragraph(paragraph, readable(paragraph), place, texts, str(value))
            if loc not in item.fields:
                self.plain(value, place, own, str(loc[0]))
        self._paragraphs(item.prose.paragraphs, own, item.document.body)
        self._fences(item.prose.fences, item.prose.paragraphs, own)

    def story(self, story: Story) -> None:
        """A page: what stands above its text, the text, its fences."""
        paragraphs, marks = story.prose.paragraphs, story.document.marks
        above: list[tuple[Loc, str]] = [
            ((name,), value) for name in _META if (value := getattr(story.meta, name))
        ]
        for i, correction in enumerate(story.meta.corrections):
            above += [(("corrections", i, key), getattr(correction, key)) for key in _CORRECTED]
        for i, search in enumerate(story.meta.searched):
            above += [
                (("searched", i, "where"), search.where),
                (("searched", i, "for"), search.what),
            ]
        near = self._near(list, paragraphs)
        for loc, value in above:
            self.plain(value, _always(marks.value(loc)), near, str(loc[0]))
        self._paragraphs(paragraphs, list, story.document.body)
        if self.code:
            self._fences(story.prose.fences, paragraphs, list)

    def plain(self, text: str, place: _Spot, texts: _Texts, name: str = "") -> None:
        """Words without Markdown, which cannot cite; of a field, if it is named."""
        quoted, unpaired = in_plain(text)
        if unpaired:
            self._unpaired(place, unpaired)
        for one in quoted:
            backed = self._judge(one, place, texts, plain=True)
            if name and backed and backed.remarkable:
                told = InField(name, text, one.end, one.words, backed)
                self.found.fields.setdefault(self.path, []).append(told)

    def _near(self, own: _Texts, paragraphs: list[Paragraph], also: _Texts | None = None) -> _Texts:
        """What an entity holds, what paragraphs link and cite, and more; found once."""

        @cache
        def found() -> list[Backing]:
            near = self.passages.near(self.path, paragraphs)
            groups = [texts for texts in (own(), near, also() if also else []) if texts]
            return groups[0] if len(groups) == 1 else list(dict.fromkeys(chain(*groups)))

        return found

    def _paragraphs(self, paragraphs: list[Paragraph], own: _Texts, text: str) -> None:
        texts: dict[int, _Texts] = {}
        below: _Texts | None = None  # of the section below a heading
        section: list[Paragraph] = []
        for paragraph in reversed(paragraphs):
            if paragraph.kind == "heading":
                if section:
                    below, section = self._near(list, section), []
                texts[id(paragraph)] = self._near(own, [paragraph], below)
            else:
                section.append(paragraph)
        whole = {n: self._near(own, group) for n, group in with_leads(paragraphs).items()}
        for before, paragraph in zip([None, *paragraphs], paragraphs, strict=False):
            seen = readable(paragraph, self.code)
            near = whole.get(paragraph.within) or texts.get(id(paragraph))
            near = near or self._near(own, [paragraph])
            self._paragraph(paragraph, seen, _within(paragraph), near, text, before)

    def _paragraph(
        self,
        paragraph: Paragraph,
        seen: str,
        place: _Spot,
        texts: _Texts,
        text: str,
        before: Paragraph | None = None,
    ) -> None:
        """Everything that a paragraph quotes; `text` is that in which it stands."""
        quoted, unpaired = in_marks(seen)
        if unpaired:
            self._unpaired(place, unpaired)
        behind_block = bool(before and before.within)
        if paragraph.within:
            block = in_block(paragraph, seen, self._named)
            quoted += [block] if block else []
        elif not behind_block or not self._attribution(seen):
            quoted += in_dialogue(paragraph, seen)
        for one in quoted:
            if backed := self._judge(one, place, texts):
                self._remark(paragraph, one, backed, text)
        for link in paragraph.links:
            if link.title:
                said = Quoted(0, 0, link.title, "title")
                self._judge(said, _always(link.mark), texts)

    def _named(self, text: str) -> bool:
        """Whether a text begins with a name that the site knows."""
        words = text.replace(HIDDEN, "").casefold().split()[:_LONGEST_NAME]
        rows = (" ".join(words[: n + 1]) for n in range(len(words)))
        return any(row.strip(",.;:()’'") in self.names for row in rows)

    def _attribution(self, text: str) -> bool:
        """Whether a paragraph behind a block quotation says whose it was."""
        bare = text.lstrip(f"—―–- {HIDDEN}")
        return self._named(bare)

    def _fences(self, fences: list[Fence], paragraphs: list[Paragraph], own: _Texts) -> None:
        """What stands in fenced blocks goes with all that the file links and cites."""
        texts = self._near(own, paragraphs)
        for fence in fences:
            block, _, problems = blocks.read(self.path, fence)
            place = _always(fence.mark)
            if block:
                for _, value in walk(block):
                    if isinstance(value, str):
                        self.plain(value, place, texts)
            elif fence.quoted:
                end = len(fence.content)
                self._judge(Quoted(0, end, fence.content, "block"), place, texts)
            elif not problems:
                for number, line in enumerate(fence.content.split("\n"), 1):
                    mark = Mark(fence.mark.line + number, 1)
                    self.plain(signs(line), _always(mark), texts)

    def _judge(self, one: Quoted, place: _Spot, near: _Texts, plain: bool = False) -> Backed | None:
        """How far quoted words are backed, or a problem."""
        size = count(one.longer or one.words)
        if size == 0 or self.spans > MAX_SPANS:
            return None
        texts, self.asked = near(), True
        if size == 1 and not texts and one.form != "title":
            return None
        self.spans += 1
        mark = place(one.start)
        if self.spans > MAX_SPANS:
            message = f"more than {MAX_SPANS} quotations stand in one file"
            self.found.problems.append(Problem(self.path, mark, "too-large", message))
            return None
        if STRUCK in one.words:
            message = f"words are struck through in “{_shown(one.words)}”"
            hint = "write the source's words, and mark what is left out with […]"
            self.found.problems.append(Problem(self.path, mark, "misquote", message, hint))
            return None
        words = [w.replace(HIDDEN, "") for w in (one.words, one.longer) if w]
        for said in words:
            if backed := self.passages.judged(said, texts):
                self._told(mark, said, backed)
                return backed
        self.found.problems.append(self._unbacked(one, words[-1], mark, texts, plain))
        return None

    def _told(self, mark: Mark, words: str, backed: Backed) -> None:
        """A note where readers are told of a negation beside the words, or that none is proven."""
        if not backed.proven:
            message = f"no proof shows the words “{_shown(words)}” that are quoted here"
            self.found.problems.append(Problem(self.path, mark, "unproven", message, note=True))
        if backed.telling:
            message = f"“{_shown(words)}”: {'; '.join(backed.telling)}"
            hint = f"take it in: {backed.taken_in}" if backed.taken_in else ""
            problem = Problem(self.path, mark, "negation-beside", message, hint, note=True)
            self.found.problems.append(problem)

    def _unbacked(
        self, one: Quoted, words: str, mark: Mark, texts: Sequence[Backing], plain: bool
    ) -> Problem:
        self.explained += 1
        why = self.passages.why(words, texts) if self.explained <= MAX_EXPLAINED else ""
        message = f"nothing that is linked or cited here has the words “{_shown(words)}”"
        if why:
            message = f"the words “{_shown(words)}” differ from what is linked or cited here: {why}"
        return Problem(self.path, mark, "unbacked-quotation", message, _cure(one, plain))

    def _unpaired(self, place: _Spot, unpaired: Unpaired) -> None:
        self.found.problems.append(_not_paired(self.path, place(unpaired.start), unpaired))

    def _remark(self, paragraph: Paragraph, one: Quoted, backed: Backed, text: str) -> None:
        """Keep what readers are told, with the number of visible characters before it."""
        if not backed.remarkable:
            return
        cells = paragraph.lines if paragraph.kind == "row" else paragraph.lines[:1]
        first = cells[max(bisect_right(cells, one.start) - 1, 0)]
        if self.counted[0] is not paragraph:
            self.counted = paragraph, _visible(paragraph)
        seen = self.counted[1][one.end] - self.counted[1][first]
        kept = self.found.remarks.setdefault((self.path, text), {})
        kept.setdefault(paragraph.start + first, {})[seen] = backed


def _visible(paragraph: Paragraph) -> list[int]:
    """How many characters that show stand before each place, without what citations say."""
    chars = list(paragraph.full)
    for low, high in paragraph.places:
        chars[low:high] = " " * (high - low)
    return [0, *accumulate(not char.isspace() and char != HIDDEN for char in chars)]


def _free(kind: str, loc: Loc, value: str) -> bool:
    """Whether the words of a field need nothing that backs them; a title in brackets is ours."""
    keys = [part for part in loc if isinstance(part, str)]
    inner = keys == ["original", "text"]
    printed = (kind, keys[0]) in _FREE_AT_TOP and len(keys) == 1
    ours = kind == "sources" and value.startswith("[")
    return keys[-1] in _FREE or inner or (printed and not ours)


def _cure(one: Quoted, plain: bool) -> str:
    """What to do about words that nothing backs."""
    link = "write the source's words, or link the quote or cite the source that has them here"
    if one.form == "title":
        return "delete the title of the link"
    if one.form == "block":
        return (
            f"{link}; who says it stands behind a dash and begins with a link or a known name; "
            "or take what nobody said out of the block quotation"
        )
    if one.form == "dash":
        return f"{link}, and a dash before what the narrator says; or begin without a dash"
    if plain:
        return f"{link} or in evidence, or leave out the marks if nobody’s words are quoted"
    return f"{link} or in evidence, or write *italics* if nobody’s words are quoted"


def _shown(text: str) -> str:
    """The first words of a quotation."""
    found = text.replace(HIDDEN, "").replace(STRUCK, "").split()
    return " ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")


def _not_paired(path: str, at: Mark, unpaired: Unpaired) -> Problem:
    hint = "close it in the same paragraph, or delete it"
    if not unpaired.mark:
        message = f"more than {MAX_NESTED} quotations stand within one another"
        hint = "quote less"
    elif unpaired.opens:
        message = f"the quotation mark {unpaired.mark} that opens here is never closed"
        if unpaired.mark in "'‘‚":
            hint = f"{hint}; for an apostrophe write ’"
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
