"""A sheet for a second reader: one statement in plain words, and its evidence by numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from summitry.checks.claims import claims
from summitry.checks.statements import Statement, settled_by, unstated
from summitry.content import report, routes
from summitry.content.kinds import Entity, Fact, Quote, Source
from summitry.content.kinds.pieces import Evidence, PageSearch
from summitry.content.library import Library
from summitry.content.prose import plain, split_citation
from summitry.content.schema import evidence_of
from summitry.content.strict_yaml import Loc
from summitry.content.values import ProseText, Ref

_NOTHING: tuple[object, ...] = (None, [])


class ReadingSheet(Struct, frozen=True):
    """What a second reader sees of a statement, and where it stands (`line` from 1).

    `evidence` has a mapping for each numbered item: `ref`, and of a source its `publisher`,
    `title` and `standing`, `where` in it, its words as `exact` and what it `says`; of a fact
    or a quotation what that `states`. What is not given is left out.
    """

    id: str
    hash: str
    path: str
    line: int
    statement: str
    evidence: list[dict[str, str]]

    @property
    def text(self) -> str:
        """The sheet as lines of text: id and hash, the statement, the evidence."""
        lines = [f"{self.id} {self.hash}", "", self.statement, ""]
        lines.append("Evidence:" if self.evidence else "Evidence: none")
        for number, ground in enumerate(self.evidence, 1):
            lines += [f"{number}. {_heading(ground)}", *_words(ground)]
        return "\n".join(report.safe(line) for line in "\n".join(lines).split("\n"))

    @property
    def data(self) -> dict[str, Any]:
        """The sheet for programs."""
        return {
            "id": self.id,
            "hash": self.hash,
            "path": self.path,
            "line": self.line,
            "statement": self.statement,
            "evidence": [{"number": n, **ground} for n, ground in enumerate(self.evidence, 1)],
        }


def sheet(library: Library, one: Statement) -> ReadingSheet:
    """The sheet of a statement."""
    writer = _Writer(library, one)
    fields = "\n".join(writer.fields(one.part, (), unstated(one.part))) if one.part else ""
    parts = [fields, *(writer.prose(text) for text in one.texts), *map(_searched, one.searches)]
    said = "\n\n".join(part for part in parts if part)
    return ReadingSheet(one.id, one.hash, one.path, one.mark.line, said, writer.evidence)


class _Writer:
    """Numbers the evidence of a statement, then tells it with these numbers."""

    def __init__(self, library: Library, one: Statement) -> None:
        self._library, self._path = library, one.path
        self.evidence: list[dict[str, str]] = []
        self._numbers: dict[object, int] = {}
        words: dict[Loc, str] = {}
        if isinstance(one.part, Entity):  # a source of a quotation has its words, if no others
            words = {claim.loc: claim.words for claim in claims(one.part)}
        for loc, item in evidence_of(one.part) if one.part else ():
            where = f"paragraph {item.paragraph}" if item.paragraph else ""
            says = plain(item.says) if item.says else ""
            told = {"where": where, "exact": words.get(loc, ""), "says": says}
            self._number(loc, self._source(item.source) | told)
        for ref in settled_by(library, one.path, one.links):
            self._number(ref, {"ref": str(ref), "states": _stated(library, ref)})
        for cited in one.citations:
            ref = Ref("sources", cited.source)
            self._number((ref, cited.locator), self._source(ref) | {"where": cited.locator})

    def _number(self, what: object, ground: dict[str, str]) -> None:
        if what not in self._numbers:
            self.evidence.append({key: value for key, value in ground.items() if value})
            self._numbers[what] = len(self.evidence)

    def _source(self, ref: Ref) -> dict[str, str]:
        item = self._library.items.get(ref)
        if item is None or not isinstance(item.entity, Source):
            return {"ref": str(ref)}
        source = item.entity
        return {
            "ref": str(ref),
            "publisher": source.publisher or "",
            "title": source.title,
            "standing": source.standing,
        }

    def fields(self, part: BaseModel, loc: Loc, without: frozenset[str] = frozenset()) -> list[str]:
        """The fields of a part that have a value, as lines; what is within is indented."""
        lines: list[str] = []
        for name, info in type(part).model_fields.items():
            value, key = getattr(part, name), info.alias or name
            if name not in without and value not in _NOTHING:
                lines += self._field(key, value, (*loc, key))
        return lines

    def _field(self, key: str, value: object, loc: Loc) -> list[str]:
        if isinstance(value, BaseModel):
            return [f"{key}:", *_indented(self.fields(value, loc))]
        if not isinstance(value, list):
            return [f"{key}: {self._value(value)}"]
        if all(isinstance(item, Evidence) for item in value):
            numbers = [str(self._numbers[*loc, i]) for i in range(len(value))]
            return [f"{key}: {', '.join(numbers)}"]
        if not any(isinstance(item, BaseModel) for item in value):
            return [f"{key}: {'; '.join(map(self._value, value))}"]
        lines = [f"{key}:"]
        for i, item in enumerate(value):
            first, *others = self.fields(item, (*loc, i))
            lines += [f"- {first}", *_indented(others)]
        return lines

    def _value(self, value: object) -> str:
        if isinstance(value, Ref):
            item = self._library.items.get(value)
            return f"{item.entity.title} ({value})" if item else str(value)
        if isinstance(value, ProseText):
            return self.prose(value)
        return str(value).removesuffix(".0") if isinstance(value, float) else str(value)

    def prose(self, text: str) -> str:
        """Prose in plain words, with numbers where it cites and links."""
        return plain(text, self._cited, self._linked)

    def _cited(self, inside: str) -> str:
        keys = [(Ref("sources", name), where) for name, where in split_citation(inside)]
        numbers = [str(self._numbers[key]) for key in keys if key in self._numbers]
        return f" [{'; '.join(numbers)}]" if numbers else ""

    def _linked(self, target: str) -> str:
        goal = routes.resolve(target.partition("#")[0], self._path)
        number = self._numbers.get(routes.entity_of(goal, self._library.content_dir))
        return f" [{number}]" if number else ""


def _searched(one: PageSearch) -> str:
    """A search on which words of a paragraph rest, in a line."""
    return f"searched for “{one.words}” on {one.on}, in {one.where}, for: {one.what}"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _stated(library: Library, ref: Ref) -> str:
    """What a fact or a quotation states, in a line."""
    entity = library.items[ref].entity
    if isinstance(entity, Quote):
        speaker = entity.speaker
        item = library.items.get(speaker) if isinstance(speaker, Ref) else None
        who = str(speaker) if isinstance(speaker, Ref) else speaker.shown[0]
        day = f", {entity.said_on}" if entity.said_on else ""
        return f"“{entity.text}” — {item.entity.title if item else who}{day}"
    if isinstance(entity, Fact) and entity.question:
        answers = "; ".join(position.value for position in entity.positions)
        used = f"This site uses: {entity.we_use}." if entity.we_use else "It is not settled."
        return f"{entity.question} Answers: {answers}. {used}"
    return plain(entity.title)


def _heading(ground: dict[str, str]) -> str:
    """The first line of an item of evidence."""
    if "states" in ground:
        return f"{ground['ref']} states: {ground['states']}"
    if "title" not in ground:
        return ground["ref"]
    publisher = f"{ground['publisher']}: " if "publisher" in ground else ""
    where = f", {ground['where']}" if "where" in ground else ""
    return f"{publisher}{ground['title']} ({ground['standing']}){where}"


def _words(ground: dict[str, str]) -> Iterator[str]:
    if "exact" in ground:
        yield f"   “{ground['exact']}”"
    if "says" in ground:
        yield f"   says: {ground['says']}"
