"""The answers of a library to what was asked of it before, in a form that can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from summitry.checks.asking import digest
from summitry.checks.checked import CheckedLibrary
from summitry.checks.ledger import CAPTURE, PROOF
from summitry.content.schema import evidence_of
from summitry.content.values import Ref, ref_of

_ALL = ("raw", "ledger", "vouching", "readings", "texts")


class LibraryAnswers:
    """Answers what `CheckedLibrary` can be asked, by the bytes that an answer comes from where
    these are fewer than the answer."""

    def __init__(self, library: CheckedLibrary) -> None:
        self._library = library
        self._texts = library.texts

    def answering(self) -> dict[str, Callable[[str], object]]:
        """What gives the answer to each question, by its name."""
        library = self._library
        of_refs = (
            "title",
            "backlinks",
            "disputes",
            "contradictions",
            "depictions",
            "mates",
            "zone_at",
        )
        return {
            **dict.fromkeys(_ALL, lambda _: self._everything),
            **{name: self._of_ref(name) for name in of_refs},
            "today": lambda _: library.today,
            "every": lambda _: self._files(item.path for item in library.every()),
            "items": lambda kind: self._files(item.path for item in library.items(kind)),
            "stories": lambda _: self._files(one.file for one in library.stories.values()),
            "item": lambda ref: self._texts[library.item(ref_of(ref)).path],
            "story": lambda path: self._texts[library.stories[path].file],
            "has": lambda ref: ref_of(ref) in library,
            "refs": library.refs,
            "positions": lambda _: library.positions(),
            "story_at": library.story_at,
            "promise": library.promise,
            "group": lambda name: library.groups[name],
            "groups": lambda _: dict(library.groups),
            "findings": lambda ref: self._rests_on(ref_of(ref)),
            "standing": lambda ref: self._standing(ref_of(ref)),
            "remarks": library.remarks,
            "told_fields": library.told_fields,
            "captures": self._captures,
            "share": library.share,
            "vouched": self._vouched,
            "file": library.file,
        }

    def _of_ref(self, name: str) -> Callable[[str], object]:
        """What answers a question of an entity, without noting that it was asked."""
        ask, library = getattr(CheckedLibrary, name).__wrapped__, self._library
        return lambda ref: ask(library, ref_of(ref))

    @cached_property
    def _everything(self) -> bytes:
        kept = self._library.readings
        read = (kept.counted, sorted(kept.readers.items())) if kept else None
        return digest([sorted(self._texts.items()), self._library.today, read])

    def _files(self, paths: Iterable[str]) -> list[tuple[str, bytes]]:
        return [(path, self._texts[path]) for path in paths]

    def _captures(self, source: str) -> bytes:
        return self._texts.get(f"{self._library.content_dir}/sources/{source}{CAPTURE}", b"")

    def _rests_on(self, ref: Ref) -> list[object]:
        """What the findings on an entity's evidence come from."""
        item, languages = self._library.item(ref), self._library.ledger.languages
        names = sorted({evidence.source.id for _, evidence in evidence_of(item.entity)})
        sources = [(self._captures(name), languages.get(name)) for name in names]
        proofs = self._texts.get(item.path.removesuffix(".md") + PROOF, b"")
        return [self._texts[item.path], proofs, sources]

    def _standing(self, ref: Ref) -> list[object]:
        found = self._library.standing(ref)
        return [found.state, found.origins, *self._rests_on(ref)]

    def _vouched(self, source: str) -> list[object]:
        library = self._library
        return [(library.confirmed(one), library.stamped(one)) for one in library.captures(source)]
