"""The state of proof of a quotation: where its displayed words were found, and how.

A quotation is proven only by evidence that prints the words displayed (or, where the
translation is ours, the original's). A proven wording is proven itself and counts for nothing
else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from msgspec import Struct

from summitry.checks.claims import Of
from summitry.checks.judging import Finding
from summitry.content.kinds import Quote, Source
from summitry.content.values import Ref
from summitry.proof.text import IN, OUT
from summitry.proof.verdict import Kind


class State(Enum):
    """How far the words are proven, each with the name of its shape."""

    TRANSCRIPT = "tick"
    REPORTS = "full"
    REPORT = "half"
    TRANSCRIBED = "open"

    @property
    def slug(self) -> str:
        """The state's name in addresses and data."""
        return self.name.lower()


class Standing(Struct, frozen=True):
    """A quotation's state, and the findings that prove the words displayed."""

    state: State
    origins: int
    found: tuple[Finding, ...]

    @property
    def proven(self) -> bool:
        """Whether a proof of the displayed words verifies."""
        return self.state is not State.TRANSCRIBED

    @property
    def original(self) -> bool:
        """Whether the words of the original were found, and not those of their translation."""
        return {finding.claim.of for finding in self.found} == {Of.ORIGINAL}

    @property
    def changed(self) -> str:
        """`abridged`, `edited` or "": what an editor's marks did to the words."""
        kinds = {finding.verdict.kind for finding in self.found}
        if Kind.VERBATIM in kinds or not kinds:
            return ""
        return "edited" if Kind.EDITED in kinds else "abridged"

    @property
    def telling(self) -> list[str]:
        """What has to be told of the words wherever they go, such as a negation beside them."""
        return list(dict.fromkeys(note for f in self.found for note in f.verdict.telling))

    @property
    def reporters(self) -> bool:
        """Whether the words stand nowhere in speech marks, but in the reporter's own text."""
        speech = {finding.verdict.speech for finding in self.found}
        return OUT in speech and IN not in speech


def standing(
    quote: Quote,
    findings: Sequence[Finding],
    sources: Mapping[str, Source],
    groups: Mapping[str, str],
) -> Standing:
    """The state of a quotation, from the findings on all its evidence."""
    ours = quote.translation is not None and quote.translation.kind == "ours"
    wanted = Of.ORIGINAL if ours else Of.TEXT
    found = tuple(f for f in findings if f.proven and f.claim.of is wanted)
    origins = len({groups[f.claim.source] for f in found})
    if not found:
        return Standing(State.TRANSCRIBED, 0, ())
    if any(_official(sources[f.claim.source]) for f in found):
        return Standing(State.TRANSCRIPT, origins, found)
    return Standing(State.REPORTS if origins > 1 else State.REPORT, origins, found)


def _official(source: Source) -> bool:
    return source.form == "transcript" and source.standing == "primary"


def speaks(quote: Quote, sources: Mapping[str, Source], of: Standing) -> bool:
    """Whether it is worth saying that the words are the reporter's and not the speaker's.

    Not for what no one speaks (signs, documents, nicknames), nor where a transcript has them.
    """
    spoken = isinstance(quote.speaker, Ref) or quote.speaker.unnamed is not None
    transcript = any(sources[f.claim.source].form == "transcript" for f in of.found)
    return spoken and of.reporters and not transcript
