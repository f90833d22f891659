"""What templates show: plain values, worked out from the library for one page.

Templates decide nothing about content; they only lay out what stands here. Text that may
hold markup is `Markup`, everything else is escaped by the templates.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct

from summitry.content.values import when
from summitry.data.embedding import frame, script
from summitry.pictures.vector import Form
from summitry.proof.capture import Capture
from summitry.words.catalogue import Words
from summitry.words.comparing import Run
from summitry.words.quotations import Told

NOTHING = Markup("")


Text = Markup


def host(url: str) -> str:
    """The host of an address, as readers know it."""
    return urlsplit(url).netloc.removeprefix("www.")


class LinkView(Struct, frozen=True):
    """A link with a word on what it leads to."""

    href: str
    name: str
    what: str = ""


class SourceView(Struct, frozen=True):
    """A source in a list or beside a passage.

    `number` is a mark (see `assembly`): the page gives the numbers, in the order in which a
    reader meets its sources.
    """

    number: str
    back: str  # a mark too, for the links back to its markers
    href: str
    title: str
    language: str
    publisher: str
    about: str
    url: str
    host: str
    archive: str = ""
    archived: str = ""  # the day of the archived copy, as 2025-08-16, where its address says so
    archived_on: str = ""  # the same, as readers read it
    version: str = ""  # the day of the copy that was read, as 2026-11-22
    badges: tuple[str, ...] = ()  # whose outlet it is, whom it relays, what a machine made
    named: str = ""  # the publisher with what it is, for texts without badges

    @property
    def bracketed(self) -> bool:
        """Whether the title is a description of this site's."""
        return self.title.startswith("[")


class ProofView(Struct, frozen=True):
    """What the build found of a passage: in words and shape, with what is to be noted."""

    proven: bool
    text: str
    notes: list[str] = []

    @property
    def shape(self) -> str:
        """The name of its shape."""
        return "tick" if self.proven else "open"


class EvidenceView(Struct, frozen=True):
    """A passage: the source's words, our summary, where it stands, whether it is proven.

    `read` is the source's own address, opening at the words.
    """

    source: SourceView
    exact: str = ""
    says: Text = NOTHING
    where: str = ""
    contradicts: str = ""
    proof: ProofView | None = None
    read: str = ""


class WordingView(Struct, frozen=True):
    """Another wording of a quotation, in runs of same and different words."""

    runs: list[Run]
    language: str
    source: SourceView
    note: Text = NOTHING
    proof: ProofView | None = None
    read: str = ""


class StateView(Struct, frozen=True):
    """A state in words, with the name of its shape and whether it counts as proven."""

    shape: str
    text: str
    note: str = ""
    proven: bool = False


class QuoteView(Struct, frozen=True):
    """A quotation as a card or as the head of its own page."""

    id: str
    title: str
    text: str
    language: str
    original: str
    original_language: str
    name: str
    speaker: str
    role: str
    setting: str
    datetime: str
    date: str
    told: Told
    source: SourceView
    href: str
    permalink: str
    picture: str
    state: StateView
    read: str = ""
    embed: str = ""  # the absolute address of the site, for other sites to embed
    site: str = ""
    citation: str = ""  # with its speaker, date, source and address, for the clipboard
    shared: str = ""  # the words as they are handed to another program, which adds their address

    @property
    def fitting(self) -> str:
        """The address of the script that fits it to the page around it."""
        return script(self.embed)

    @property
    def embedding(self) -> str:
        """The element that embeds the quotation in another page."""
        letters = len(self.text) + len(self.original)
        return frame(f"{self.permalink}embed/", f"{self.name}: {self.title}", letters)


class PositionView(Struct, frozen=True):
    """One answer to a disputed question; `note` counts its sources and their origins.

    `shown` is the value with what is told of words that it quotes.
    """

    value: str
    evidence: list[EvidenceView]
    note: str
    shown: Markup


class FactView(Struct, frozen=True):
    """A fact or a disputed question."""

    id: str
    href: str
    permalink: str
    label: str
    heading: Text
    plain: str
    disputed: bool
    state: StateView
    minor: str = ""  # that it weighs little, in words
    evidence: list[EvidenceView] = []
    positions: list[PositionView] = []
    we_use: str = ""
    because: Text = NOTHING
    because_evidence: list[EvidenceView] = []
    who_could_settle: Text = NOTHING
    read_up_to: str = ""  # the day up to which an open question's evidence was read
    unresolved: Text = NOTHING
    unresolved_evidence: list[EvidenceView] = []
    answer: str = ""  # the short one, for `at a glance`
    citation: str = ""  # with its address, for the clipboard


class MomentView(Struct, frozen=True):
    """An event in a timeline. `told` is where its day is told in full."""

    id: str
    permalink: str
    key: bool
    datetime: str
    date: str
    zones: str
    name: str
    href: str
    what: str
    sources: list[SourceView]
    disputes: list[LinkView] = []
    status: str = ""  # in words, where it is not known to have taken place
    told: LinkView | None = None


class PersonView(Struct, frozen=True):
    """A person in a roster."""

    name: str
    href: str
    role: str
    line: str
    inside: bool
    initials: str


class DrawnView(Struct, frozen=True):
    """A figure drawn in the page. `id` begins every id in it and stands on the page once.

    `description` says what it shows, unless `moments` (machine form, time, name) do.
    """

    id: str
    kind: str
    title: str
    description: str
    forms: tuple[Form, ...]
    moments: list[tuple[str, str, str]]


class FigureView(Struct, frozen=True):
    """A picture with its caption and credit: a photograph, or `drawn` in the page.

    `src` is the photograph, or the file that holds the same drawing.
    """

    src: str
    width: int
    height: int
    alt: str
    caption: Text
    credit: str
    license: LinkView
    href: str
    srcset: str = ""
    small: bool = False  # as a portrait is
    drawn: DrawnView | None = None


class CaptureView(Struct, frozen=True):
    """A capture of a source, on its page."""

    date: str
    day: str
    whole: bool
    what: str  # how much it holds, and how that was taken
    by: str
    confirmed: list[str]
    changed: list[str]
    vouched: list[str]  # who else confirmed it, and whose clock knows it, in sentences

    @classmethod
    def of(cls, words: Words, one: Capture, vouched: list[str]) -> CaptureView:
        """The view of a capture."""
        how = words(f"taken.{one.method}")
        if one.extractor:
            how = words("source.extracted-with", how=how, program=one.extractor)
        held = (
            words.count("source.paragraphs", len(one.paragraphs)),
            words.count("source.words", one.words),
            how,
        )
        return cls(
            date=one.date,
            day=day_of(words, one.date),
            whole=one.whole,
            what=words.row(held),
            by=one.by,
            confirmed=[day_of(words, date) for date in one.confirmed_on],
            changed=[day_of(words, date) for date in one.changed_on],
            vouched=vouched,
        )


def day_of(words: Words, date: str) -> str:
    """The day of a date or moment, as readers read it."""
    return words.long(when(date[:10]))


def initials(name: str, family: str = "") -> str:
    """The first letters of a name's first and last words, or of what stands beside the family
    name and of that, in the order of the name."""
    if not family:
        words = [w for w in name.split() if w[0].isupper()]
        return words[0][0] + words[-1][0] * (len(words) > 1) if words else name[:1].upper()
    before, _, after = name.partition(family)
    parts = [part.strip() for part in (before, family, after) if part.strip()]
    return "".join(next((c for c in part if c.isupper()), part[0].upper()) for part in parts[:2])
