"""Entities and pages, read first and resolved in a second pass."""

from __future__ import annotations

import pytest
from small_site import FILES, found, person, tree
from summitry.content.leads import Use
from summitry.content.library import Library, build
from summitry.content.problems import Mark
from summitry.content.values import Ref

P = "content/people/p.md"

NONE = "refer to one that exists, or write it: summitry new {} {}"


def library(**files: str | None) -> Library:
    """The small project with a person p, or a page, that a test writes."""
    paths = {"p": P, "page": "docs/page.md", "index": "docs/people/index.md"}
    return build(tree({paths[name]: text for name, text in files.items()}), "content", "docs")


def problems(made: Library) -> list[tuple[int, int, str, str]]:
    return [(*p.mark, p.code, p.cure) for p in made.problems]


def test_every_file_is_an_entity_or_a_page() -> None:
    made = library()
    assert made.problems == []
    assert len(made.items) + len(made.stories) == len(FILES)
    assert [i.ref.id for i in made.of_kind("people")] == ["speaker-one", "speaker-two"]
    assert list(made.stories) == ["index.md", "story.md"]


def test_every_use_is_known_with_its_place() -> None:
    body = "See [one](speaker-one.md) and [@source-one; @source-two].\n"
    made = library(p=person("image: map-one\n", body))
    assert made.problems == []
    assert made.uses[Ref("people", "p")] == [
        Use(Ref("images", "map-one"), P, Mark(4, 8)),
        Use(Ref("sources", "source-one"), P, Mark(5, 21)),
        Use(Ref("sources", "source-one"), P, Mark(7, 31)),
        Use(Ref("sources", "source-two"), P, Mark(7, 31)),
        Use(Ref("people", "speaker-one"), P, Mark(7, 5)),
    ]


def test_prose_of_front_matter_refers_too() -> None:
    uses = library().uses[Ref("quotes", "quote-one")]
    assert Use(Ref("people", "speaker-two"), "content/quotes/quote-one.md", Mark(9, 10)) in uses


def test_each_piece_of_prose_in_front_matter_is_kept_apart() -> None:
    item = library().items[Ref("quotes", "quote-one")]
    (paragraph,) = item.fields["context",].paragraphs
    assert [link.target for link in paragraph.links] == ["../people/speaker-two.md"]
    assert item.prose.paragraphs == []  # those of the body
    assert list(library().items[Ref("people", "speaker-one")].fields) == []


MISSING = {
    "in front matter": (person("image: map-on\n"), (4, 8, "did you mean map-one?")),
    "in a link": (
        person(body="x\n\na [b](speaker-ones.md)"), (8, 3, "did you mean speaker-one.md?")
    ),
    "in a citation": (person(body="a [@source-on]"), (6, 3, "did you mean source-one?")),
    "in a block": (
        person(body="```timeline\nevents: [event-on]\n```"), (7, 10, "did you mean event-one?")
    ),
    "in evidence": (
        person("evidence: [{source: sauce-one, says: x}]\n"), (4, 21, "did you mean source-one?")
    ),
    "without anything near": (person(body="[@zzz]"), (6, 1, NONE.format("sources", "zzz"))),
    "by an old id": (person(body="[a](speaker-uno.md)"), (6, 1, "it was renamed to speaker-one")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "problem"), MISSING.values(), ids=MISSING)
def test_what_does_not_exist(text: str, problem: tuple[int, int, str]) -> None:
    line, column, cure = problem
    assert problems(library(p=text)) == [(line, column, "unknown-reference", cure)]


def test_a_file_that_cannot_be_read_is_said_once() -> None:
    made = build(tree({"content/sources/source-one.md": "---\ntitle: S\n---\n"}), "content", "docs")
    assert [(p.path, p.code) for p in made.problems] == [
        ("content/sources/source-one.md", "missing-key")
    ]


def test_a_reference_to_no_kind() -> None:
    made = library(p="---\nname: N\nsummary: S\n---\n", page="x")
    assert made.problems == []
    fact = FILES["content/facts/fact-one.md"].replace("people/speaker-one", "peple/speaker-one")
    made = build(tree({"content/facts/fact-one.md": fact}), "content", "docs")
    assert problems(made) == [(3, 9, "wrong-kind", "did you mean people?")]


RELATIVE = "write a path relative to this file, such as ../content/people/….md"
LINKS = {
    "another scheme": ("javascript:alert(1)", "Correct the address."),
    "a scheme in capitals": ("JavaScript:alert(1)", "Correct the address."),
    "a file on disk": ("file:///etc/passwd", "Correct the address."),
    "from the root": ("/people/", RELATIVE),
    "another host": ("//evil.example", RELATIVE),
    "nothing": ("", RELATIVE),
    "a page that is not there": ("../../docs/stori.md", "did you mean ../../docs/story.md?"),
    "outside the project": ("../../../x.md", "correct the path"),
    "code": ("../../scripts/x.py", "correct the path"),
}  # fmt: skip


@pytest.mark.parametrize(("target", "cure"), LINKS.values(), ids=LINKS)
def test_links_that_lead_nowhere(target: str, cure: str) -> None:
    assert problems(library(p=person(body=f"a [b]({target})"))) == [(6, 3, "bad-link", cure)]


@pytest.mark.parametrize(
    "target",
    ["https://x.example", "mailto:a@b.example", "#here", "speaker-one.md#roles",
     "../../docs/story.md", "../../docs/people/index.md", "../../docs/timeline/index.md",
     "../../docs/index.md#a"],
)  # fmt: skip
def test_links_that_are_fine(target: str) -> None:
    assert problems(library(p=person(body=f"a [b]({target})"))) == []


def test_a_picture_is_linked_by_its_entity_and_not_by_its_file() -> None:
    files = tree({P: person(body="[a](../images/a.png) [b](../../docs/b.css)")})
    files.others.update({"content/images/a.png", "docs/b.css"})
    assert found(build(files, "content", "docs").problems) == [(6, 1, "bad-link")]


def test_an_old_id_must_be_free() -> None:
    made = library(p=person("formerly: [older, speaker-one]\n"))
    assert found(made.problems) == [(4, 19, "duplicate-id")]


def test_a_page_cannot_take_the_place_of_an_index() -> None:
    assert found(library(index="# People").problems) == [(1, 1, "duplicate-id")]


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("template: redirect.html", (2, 1, "unknown-key")),
        ("tilte: T", (2, 1, "unknown-key")),
        ("title: <b>T</b>", (2, 8, "markup-in-text")),
        ("layout: wide", (2, 9, "unknown-choice")),
        ("sourcing: some", (2, 11, "unknown-choice")),
        ("figure: map-on", (2, 9, "unknown-reference")),
    ],
)
def test_front_matter_of_pages_has_a_list_of_its_own(
    front: str, problem: tuple[int, int, str]
) -> None:
    assert found(library(page=f"---\n{front}\n---\ntext").problems) == [problem]


def test_the_link_that_is_meant_is_given_as_it_must_be_written() -> None:
    told = {("docs/p.md", "../content/people/speaker-on.md"): "../content/people/speaker-one.md",
            ("docs/deep/p.md", "../stori.md"): "../story.md",
            ("content/people/p.md", "speaker-tow.md"): "speaker-two.md"}  # fmt: skip
    for (path, target), right in told.items():
        body = f"a [b]({target}) [@source-one]\n"
        text = person(body=body) if path.startswith("content") else body
        (problem,) = build(tree({path: text}), "content", "docs").problems
        assert problem.hint == f"did you mean {right}?"
        mended = tree({path: text.replace(target, right)})
        assert build(mended, "content", "docs").problems == []


def test_nothing_is_taken_for_itself_or_for_what_was_withdrawn() -> None:
    place = "content/places/place-on.md"
    text = "---\nname: P\ncontained_in: place-onn\n---\n"
    changes = {"content/places/place-one.md": None, "content/places/place-two.md": None}
    found = build(tree({**changes, place: text}), "content", "docs").problems
    assert [p.hint for p in found if p.path == place] == [NONE.format("places", "place-onn")]
    story = {"docs/stori.md": "a [b](../docs/storie.md) [@source-one]\n", "docs/story.md": None}
    found = build(tree(story), "content", "docs").problems
    assert [p.hint for p in found if p.path == "docs/stori.md"] == ["correct the path"]
    term = "content/terms/term-one.md"
    gone = FILES[term].replace("---\n", "---\nwithdrawn: {on: 2025, why: So.}\n", 1)
    body = person(body="a [b](../terms/term-on.md) [@source-one]\n")
    (problem,) = build(tree({term: gone, P: body}), "content", "docs").problems
    assert problem.hint == NONE.format("terms", "term-on")
