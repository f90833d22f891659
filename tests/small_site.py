"""A small project in memory, every kind in it and nothing wrong, and a reader of its pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from summitry.checks.checked import CheckedLibrary
from summitry.checks.rules import Examination, check
from summitry.content.earlier import Earlier
from summitry.content.files import Tree
from summitry.content.kinds import Fact
from summitry.content.library import Item, build
from summitry.content.options import Options
from summitry.content.problems import Problem

OPTIONS = Options.model_validate(
    {
        "main_event": "event-one",
        "time_zones": [
            {"name": "America/Anchorage", "label": "Anchorage"},
            {"name": "UTC", "label": "UTC"},
        ],
        "sides": {"side-one": "Side One"},
        "parts": {"in-the-room": "In the room", "present": "Present"},
        "attended": ["in-the-room"],
        "topics": {"talks": "The talks"},
        "contact_email": "desk@example.org",
    }
)
READ = Earlier()
"""What files came to when they were read, which rests on nothing but them: none is read twice."""
PASSAGE = "[{source: source-one, exact: some words}]"

FILES: dict[str, str] = {
    "content/sources/source-one.md": "---\ntype: article\ntitle: Source One\n"
    "publisher: Paper One\nurl: https://one.example/page\nissued: 2025-08-16\n---\n",
    "content/sources/source-two.md": "---\ntype: speech\ntitle: Source Two\nwire: Wire\n"
    "standing: primary\nfound_at: Box 2 of the archive\n---\nIt is cited by "
    "[a page](../../docs/story.md). [@source-two]\n",
    "content/people/speaker-one.md": "---\nname: Speaker One\nsummary: One of the two.\n"
    "side: side-one\naliases: [S. One]\nformerly: [speaker-uno]\nroles:\n"
    f"  - {{title: First Role, from: 2020, to: 2024-12, evidence: {PASSAGE}}}\n"
    f"  - {{title: Second Role, from: 2025-01, evidence: {PASSAGE}}}\nevidence: {PASSAGE}\n---\n"
    "Met [Speaker Two](speaker-two.md). [@source-two, para. 3]\n",
    "content/people/speaker-two.md": "---\nname: Speaker Two\nsummary: The other.\n"
    f"evidence: {PASSAGE}\n---\n",
    "content/places/place-one.md": "---\nname: Place One\nlatitude: 61.2\nlongitude: -149.9\n"
    f"contained_in: place-two\nnames: [{{name: The Place, evidence: {PASSAGE}}}]\n---\n",
    "content/places/place-two.md": "---\nname: Place Two\nlatitude: 55.7\nlongitude: 37.6\n---\n",
    "content/events/event-one.md": "---\nname: Event One\nstart: 2025-08-15T11:10-08:00\n"
    "place: place-one\nparticipants: [{person: speaker-one, part: in-the-room}]\n"
    f"evidence: {PASSAGE}\n---\n",
    "content/events/event-two.md": f"---\nname: Event Two\nstart: 2021-06\nevidence: {PASSAGE}\n"
    "---\n",
    "content/quotes/quote-one.md": "---\ntitle: On the talks\ntext: We had “some” words\n"
    "speaker: speaker-one\nsaid_on: 2025-08-15\nevent: event-one\ntopic: talks\nlanguage: en\n"
    "context: He spoke to [the other](../people/speaker-two.md).\nevidence:\n"
    "  - source: source-one\n  - {source: source-two, exact: We had many words}\n"
    "chosen: Both have as many words.\n---\n",
    "content/quotes/quote-two.md": "---\ntitle: On a sign\ntext: Words of a sign\n"
    "speaker: {sign: the backdrop}\nlanguage: en\nevidence: [{source: source-one}]\n---\n",
    "content/facts/fact-one.md": "---\nstatement: They met on one day.\n"
    "about: [people/speaker-one, events/event-one]\ntopic: talks\nevidence:\n"
    "  - {source: source-one, exact: some words}\n  - {source: source-two, says: So it says.}\n"
    "---\n",
    "content/facts/question-one.md": "---\nquestion: How long did it last?\npositions:\n"
    f"  - {{value: An hour, evidence: {PASSAGE}}}\n"
    "  - {value: Two hours, evidence: [{source: source-two, exact: two hours}, "
    "{source: source-one, exact: two}]}\n"
    f"we_use: Two hours\nbecause: {{text: The record says so., evidence: {PASSAGE}}}\n"
    "about: [places/place-one]\n---\n",
    "content/images/map-one.md": "---\ntitle: Map One\ndrawn: locator-map\nalt: A map.\n"
    "caption: Where [it](../events/event-one.md) was.\ncreator: Summitry\n"
    "credit: Drawn by Summitry\nlicense: CC-BY-4.0\n"
    "depicts: [places/place-one, places/place-two]\n---\n",
    "content/terms/term-one.md": "---\nname: Term One\ndefinition: What *it* means.\n"
    f"evidence: {PASSAGE}\n---\n",
    "docs/index.md": "---\nlayout: home\neyebrow: Above\n---\n# The site\n\nIn short. "
    "[@source-two]\n\n## Quotes\n\n[one](../content/quotes/quote-one.md)\n\n"
    "[two](../content/quotes/quote-two.md)\n",
    "docs/story.md": "# A story\n\nIt *was* so. [@source-two; @source-one, para. 5]\n\n"
    "[the fact](../content/facts/fact-one.md)\n\n```timeline\nfrom: 2025\n```\n",
}


def person(extra: str = "", body: str = "") -> str:
    """A valid person, and what a test adds: `extra` from line 4 on, `body` two lines after it."""
    evidence = "" if "\nevidence:" in f"\n{extra}" else f"evidence: {PASSAGE}\n"
    return f"---\nname: Speaker\nsummary: Speaks.\n{extra}{evidence}---\n{body}"


def tree(changes: dict[str, str | bytes | None] | None = None) -> Tree:
    """The small project with some files other, added, or (None) taken away."""
    files: dict[str, str | bytes | None] = {**FILES, **(changes or {})}
    raw = {p: t.encode() if isinstance(t, str) else t for p, t in files.items() if t is not None}
    return Tree(dict(sorted(raw.items())))


def examined(
    changes: dict[str, str | bytes | None] | None = None,
    root: Path = Path("/nowhere"),
    options: Options = OPTIONS,
) -> Examination:
    """The verdict on the small project with some files changed."""
    read = build(tree(changes), options.content_dir, "docs", READ)
    return check(read, options, root)


def checked(
    changes: dict[str, str | bytes | None] | None = None, root: Path = Path("/nowhere")
) -> CheckedLibrary:
    """The checked library of a project that has no problems."""
    verdict = examined(changes, root)
    assert verdict.library is not None, verdict.problems
    return verdict.library


def found(problems: list[Problem]) -> list[tuple[int, int, str]]:
    """Line, column and code of each problem that counts."""
    return [(*p.mark, p.code) for p in problems if not p.note]


class Read(HTMLParser):
    """The ids, links, headings and text of a page; raises where tags do not match."""

    VOID = frozenset({"img", "br", "wbr", "source", "hr", "path", "circle"})
    FREE = frozenset({"li"})  # whose ends HTML lets one leave out

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        assert [tag for tag in self.open if tag not in self.FREE] == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] in self.FREE and self.open[-1] != tag:
            self.open.pop()
        if tag not in self.FREE or (self.open and self.open[-1] == tag):
            assert self.open, tag
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def disputed(library: CheckedLibrary) -> list[Item]:
    """The facts on which sources disagree."""
    facts = library.items("facts")
    return [item for item in facts if isinstance(item.entity, Fact) and item.entity.question]
