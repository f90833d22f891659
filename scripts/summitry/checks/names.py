"""One spelling for a name: in our own words, people are called as their file spells them.

Sources spell names in their own ways, which stay inside quotation marks, passages and titles.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache, partial
from itertools import pairwise

from summitry.checks.spans import outside
from summitry.content.earlier import Earlier
from summitry.content.kinds import Person, Source
from summitry.content.library import Item, Library, Story
from summitry.content.problems import Mark, Problem

NEAR = 0.7  # alike enough to be the same word in another spelling, by difflib
LONG, SHORT = 6, 3  # letters of a name that is known alone, and beside the rest of it
_POSSESSIVE = re.compile(r"[’']s$")
_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")

_Told = tuple[str, Mark, str]  # a text of ours: its file, where it stands there, and its words
_Telling = Callable[[], Iterator[_Told]]


def name_problems(library: Library, earlier: Earlier) -> list[Problem]:
    """Every name in our prose that is spelt otherwise than in the person's file."""
    names = [item.entity for item in library.of_kind("people") if isinstance(item.entity, Person)]
    variants, slips = _variants(names), _Slips(library, names, earlier)
    wrong = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(variants)))})\b")
    beginnings = {_PART.findall(word)[0] for word in variants}
    known = hashlib.sha256(repr((sorted(variants.items()), slips.rests_on)).encode()).digest()

    def of(path: str, file: Item | Story, told: _Telling) -> list[Problem]:
        words = earlier.again("words", path, file, partial(_words, told))
        if beginnings.isdisjoint(words) and slips.are_none(words):
            return []
        found = []
        for _, mark, text in told():
            own = outside(text)
            meant = {word: variants[word] for word in wrong.findall(own)} if variants else {}
            for word, name in {**meant, **slips.within(own)}.items():
                message = f"“{word}” is spelt “{name}” on this site"
                hint = (
                    "spell it so; a source's own spelling stands in quotation marks, and who is "
                    "somebody else has a file in content/people"
                )
                found.append(Problem(path, mark, "name-spelling", message, hint))
        return found

    files: list[tuple[str, Item | Story, _Telling]] = [
        (item.path, item, partial(_of_item, item)) for item in library.items.values()
    ]
    files += [(one.file, one, partial(_of_story, one)) for one in library.stories.values()]
    return [
        problem
        for path, file, told in files
        for problem in earlier.again("spelling", path, (file, known), partial(of, path, file, told))
    ]


def _variants(names: Iterable[Person]) -> dict[str, str]:
    """Other spellings of a word of a name, from people's aliases, each with ours."""
    ours = {word for person in names for word in _WORD.findall(person.name)}
    found = {}
    for person in names:
        for word in {word for alias in person.aliases for word in _WORD.findall(alias)} - ours:
            for mine in _WORD.findall(person.name):
                if _are_near(word, mine):
                    found[word] = mine
    return found


@lru_cache(1 << 14)
def _are_near(word: str, mine: str) -> bool:
    return SequenceMatcher(None, word, mine).ratio() >= NEAR


class _Slips:
    """Words that one slip of the finger makes of a name: `Raegan`, and `Ronald Regan`.

    No word counts that stands in any name on the site. Ends are left alone, as languages inflect
    them; beside the rest of the name, a short name counts too.
    """

    def __init__(self, library: Library, names: Iterable[Person], earlier: Earlier) -> None:
        self._known = frozenset().union(
            *(earlier.again("names", item.path, item, partial(_names_in, item))
              for item in library.items.values())
        )  # fmt: skip
        self._parts = {tuple(_WORD.findall(person.name)) for person in names}
        self._alone = sorted({word for parts in self._parts for word in parts if len(word) >= LONG})
        self._names = {word for parts in self._parts for word in parts if len(word) > SHORT}
        self._meant: dict[str, str | None] = {}
        self._plain = set[str]()  # words that are no such slip wherever they stand

    @property
    def rests_on(self) -> tuple[list[str], list[tuple[str, ...]]]:
        """What decides whether a word is one: all words of names, and the names of people."""
        return sorted(self._known), sorted(self._parts)

    def within(self, text: str) -> dict[str, str]:
        """Each such word of a text, with the name that it means."""
        found, before, end = dict[str, str](), "", -1
        for match in _WORD.finditer(text):
            word = _POSSESSIVE.sub("", match[0])
            if word[0].isupper() and word not in self._known:
                first = before if match.start() == end + 1 else ""
                if name := self._beside(first, word) or self._name(first, word):
                    found[word] = name
            before, end = match[0], match.end()
        return found

    def are_none(self, words: frozenset[str]) -> bool:
        """Whether none of some words can be such a slip."""
        return not [word for word in words - self._plain if not self._is_plain(word)]

    def _is_plain(self, word: str) -> bool:
        """Whether a word is far from every name; then it is remembered, as texts are made of it."""
        bare = _POSSESSIVE.sub("", word)
        may_be = bare[0].isupper() and bare not in self._known
        if may_be and any(_slip(bare, name) for name in self._names):
            return False
        self._plain.add(word)
        return True

    def _name(self, before: str, word: str) -> str | None:
        """The name that a word means by itself; behind another name it may be somebody else's."""
        if word not in self._meant:
            same = (n for n in self._alone if n[-1] == word[-1] and _slip(word, n))
            self._meant[word] = next(same, None)
        name = self._meant[word]
        other = before[:1].isupper() and name and _slip(word, name) != "exchanged"
        return None if other else name

    def _beside(self, before: str, word: str) -> str | None:
        """The name that a word means behind the word that stands before it in a person's name."""
        pairs = (pair for parts in self._parts for pair in pairwise(parts))
        after = (name for first, name in pairs if first == before and len(name) > SHORT)
        return next((n for n in after if not word.startswith(n) and _slip(word, n)), None)


def _slip(word: str, name: str) -> str:
    """How a word differs from a name: by one letter, or by two exchanged; "" if by more."""
    if word[0] != name[0] or abs(len(word) - len(name)) > 1:
        return ""
    start = _same(word, name)
    word, name = word[start:], name[start:]
    end = _same(word[::-1], name[::-1])
    word, name = word[: len(word) - end], name[: len(name) - end]
    if len(word) == 2 and word == name[::-1]:
        return "exchanged"
    return "a letter" if max(len(word), len(name)) == 1 else ""


def _same(a: str, b: str) -> int:
    """How many letters two words share from their beginning."""
    return next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _words(told: _Telling) -> frozenset[str]:
    """Each word of texts outside of quotation marks, and the parts of joined ones."""
    whole = {word for _, _, text in told() for word in _WORD.findall(outside(text))}
    parts = (part for word in whole if not word.isalpha() for part in _PART.findall(word))
    return frozenset(map(sys.intern, whole.union(parts)))


def _names_in(item: Item) -> frozenset[str]:
    """Every word in a name or title that an entity has: of people, places, works and all else."""
    entity = item.entity
    texts = [entity.title, *entity.aliases]
    if isinstance(entity, Source):
        texts += [entity.written_by, entity.publisher or "", entity.wire or ""]
    return frozenset(word for text in texts for word in _WORD.findall(text))


def _of_item(item: Item) -> Iterator[_Told]:
    for loc, prose in item.fields.items():
        at = item.document.marks.value(loc)
        yield from ((item.path, at, paragraph.text) for paragraph in prose.paragraphs)
    if item.entity.summary:
        yield item.path, item.document.marks.value(("summary",)), item.entity.summary
    for paragraph in item.prose.paragraphs:
        yield item.path, paragraph.mark, paragraph.text


def _of_story(story: Story) -> Iterator[_Told]:
    for paragraph in story.prose.paragraphs:
        yield story.file, paragraph.mark, paragraph.text
    for name in ("title", "description", "eyebrow"):
        if text := getattr(story.meta, name):
            yield story.file, story.document.marks.value((name,)), text
