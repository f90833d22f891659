"""A quotation with all that proves it, in one go: source, quotation, capture and proof.

Nothing is written unless the words stand in the text; where the proof fails, what was written is
taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from summitry.checks.judging import CAPTURE, PROOF
from summitry.content.library import Library
from summitry.content.problems import suggestion
from summitry.content.scalars import quoted
from summitry.content.values import Ref, is_id
from summitry.proof.capture import CaptureError
from summitry.proof.verdict import judge
from summitry.tools.prover import Taking, passages_of
from summitry.tools.workshop import Workshop
from summitry.tools.writing import WorkshopError, place_in, write_whole

_SOURCE = """\
---
# How it came out: article-newspaper, broadcast, report, speech, webpage …
type: webpage
# As printed; as long as it stands in brackets it is yours.
title: {title}
{url}language: {language}
---
"""
_QUOTE = """\
---
# What it is about, which is its heading.
title: {title}
text: {words}
# A person's id, or {{unnamed: …}}, {{sign: …}}, {{nickname: …}} or {{document: …}}.
speaker: {speaker}
language: {language}
evidence:
  - source: {source}
---
"""


_FOUND_AT = "Example: the page of a paper, or a shelf mark"


class Quoting(Struct, frozen=True):
    """The words to quote, as they were told: by whom, from which source, about what."""

    id: str
    text: str
    speaker: str
    source: str
    title: str
    language: str


def written(
    told: Quoting, text: str, taking: Taking, open_again: Callable[[], Workshop]
) -> list[str]:
    """Write source, quotation, capture and proof; returns the files. Raises WorkshopError."""
    workshop = open_again()
    known = Ref("sources", told.source) in workshop.library.items
    _refuse_stranger(told, workshop.library)
    _refuse(told, text)
    root, content = workshop.root, workshop.library.content_dir
    made = {f"{content}/quotes/{told.id}.md": _quote(told)}
    if not known:
        made = {f"{content}/sources/{told.source}.md": _source(told, taking.url), **made}
    for name in made:
        if (root / name).exists():
            raise WorkshopError(f"{name} is there already: choose another id, or edit that file")
    before = _records(root / content)
    try:
        for name, words in made.items():
            path = place_in(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, words.encode())
        _prove(open_again(), told, text, taking)
    except BaseException:
        for name in made:
            (root / name).unlink(missing_ok=True)
        _restore(root / content, before)
        raise
    new = sorted(_records(root / content).keys() - before.keys())
    return [*made, *(path.relative_to(root).as_posix() for path in new)]


def _refuse_stranger(told: Quoting, library: Library) -> None:
    """A speaker who is no person of the site. Raises WorkshopError."""
    speaker = told.speaker.removeprefix("people/")
    known = {item.ref.id for item in library.of_kind("people")}
    if not is_id(speaker) or speaker in known:
        return
    otherwise = f"first: summitry new people {speaker}; somebody unnamed has words: 'a delegate'"
    near = suggestion(speaker, known, otherwise)
    raise WorkshopError(f"people/{speaker} does not exist: {near}")


def _refuse(told: Quoting, text: str) -> None:
    """Words that do not stand in the text. Raises WorkshopError."""
    try:
        verdict = judge(told.text, passages_of(text), True, told.language)
    except CaptureError as error:
        raise WorkshopError(str(error)) from None
    if not verdict.kind.stands:
        near = f"; closest: “{verdict.closest.words}”" if verdict.closest else ""
        raise WorkshopError(f"the text does not have these words ({verdict.reason}{near})")


def _prove(workshop: Workshop, told: Quoting, text: str, taking: Taking) -> None:
    workshop.capture(told.source, text, taking)
    item = workshop.library.items.get(Ref("quotes", told.id))
    if item is None:
        wrong = [one.message for one in workshop.library.problems if told.id in one.path]
        raise WorkshopError("; ".join(wrong) or f"{told.id} cannot be read")
    article = workshop.text_of(told.source)
    found = workshop.prove([item], {told.source: article} if article else {}, only=told.source)
    if found.problems or not found.made:
        raise WorkshopError("; ".join(f"{one.message}: {one.cure}" for one in found.problems))


def _records(folder: Path) -> dict[Path, bytes]:
    """The captures and proofs below a folder."""
    files = [path for end in (CAPTURE, PROOF) for path in folder.rglob(f"*{end}")]
    return {path: path.read_bytes() for path in files if path.is_file()}


def _restore(folder: Path, before: dict[Path, bytes]) -> None:
    """Put captures and proofs back as they were."""
    for path, raw in _records(folder).items():
        if path not in before:
            path.unlink(missing_ok=True)
        elif raw != before[path]:
            write_whole(path, before[path])


def _source(told: Quoting, url: str) -> str:
    line = f"url: {url}\n" if url else f"found_at: {quoted(_FOUND_AT)}\n"
    title = quoted("[Example: the title of the page]")
    return _SOURCE.format(title=title, url=line, language=told.language)


def _quote(told: Quoting) -> str:
    person = told.speaker.removeprefix("people/")
    speaker = person if is_id(person) else f"{{unnamed: {quoted(told.speaker)}}}"
    return _QUOTE.format(
        title=quoted(told.title),
        words=quoted(told.text),
        speaker=speaker,
        language=told.language,
        source=told.source,
    )
