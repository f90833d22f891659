"""A tree of files becomes a library: entities and pages, their references resolved.

Everything is read first and resolved in a second pass, so files may refer to one another
in any order. Backlinks are the same references the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import Generic, Literal

from msgspec import Struct
from pydantic import Field

from summitry.content import blocks, front_matter, page_addresses, routes
from summitry.content.cores import shared
from summitry.content.earlier import Earlier
from summitry.content.files import Tree
from summitry.content.front_matter import Document, Places
from summitry.content.kinds import KINDS, Entity
from summitry.content.kinds.pieces import Correction, ImageRef, PageSearch, Part, PlaceInEntity
from summitry.content.leads import Leads, Use, address_problems, leads_of
from summitry.content.problems import Mark, Problem, nearest, suggestion
from summitry.content.prose import Link, Prose, scan, scan_line
from summitry.content.schema import P, evidence_of, parse, prose_of, references
from summitry.content.strict_yaml import Loc
from summitry.content.values import Line, Ref, is_id

STORIES = "stories"  # the kind of a reference to a narrative page; its id is the path in docs
GENERATED = {f"{kind}/index.md" for kind in KINDS} | {"timeline/index.md"}

_OF_CHARACTERS = ("hidden-character", "mixed-scripts", "not-nfc")
_BARE = re.compile(r"<(https?:[^<>\n]*)>", re.IGNORECASE)


class StoryMeta(Part):
    """What the front matter of a narrative page may hold."""

    title: Line | None = Field(None, description="Title in the browser, search and lists.")
    description: Line | None = Field(None, description="One sentence for search and sharing.")
    layout: Literal["article", "home", "guide"] = Field("article", description="The layout.")
    sourcing: Literal["none"] | None = Field(None, description="`none` where nothing is cited.")
    eyebrow: Line | None = Field(None, description="A line above the heading.")
    asked_as: list[Line] = Field(
        default=[], description="Questions and words with which readers look for this, for search."
    )
    figure: ImageRef | None = Field(None, description="The picture of the page.")
    searched: list[PageSearch] = Field(default=[], description="Searches behind negatives.")
    corrections: list[Correction] = Field(default=[], description="What was wrong here.")


class Item(Struct, frozen=True):
    """An entity with the file that it came from and what its prose holds.

    `prose` has the links and citations of body and front matter and the paragraphs of the
    body; `fields` has each piece of prose in front matter by its location.
    """

    ref: Ref
    path: str
    entity: Entity
    document: Document
    prose: Prose
    fields: dict[Loc, Prose]


class Story(Struct, frozen=True):
    """A narrative page: `path` within docs, `file` within the project."""

    path: str
    file: str
    meta: StoryMeta
    document: Document
    prose: Prose

    @property
    def heading(self) -> str:
        """The first heading as written, or ""."""
        return self.prose.heading

    @property
    def title(self) -> str:
        """The title given, else the first heading, else the path."""
        return self.meta.title or self.heading or self.path

    @property
    def ref(self) -> Ref:
        """The page as something that can refer to entities."""
        return Ref(STORIES, self.path)


class Library(Struct):
    """Entities by reference, narrative pages by path, and who refers to whom."""

    content_dir: str
    docs_dir: str
    tree: Tree
    items: dict[Ref, Item] = {}
    stories: dict[str, Story] = {}
    uses: dict[Ref, list[Use]] = {}
    problems: list[Problem] = []
    is_new: bool = False  # whether many of its files were read anew

    def of_kind(self, kind: str) -> Iterator[Item]:
        """The items of a kind, by id."""
        return (item for ref, item in self.items.items() if ref.kind == kind)


_Asked = tuple[str, bytes, Ref | None, str, str]
"""A file that is to be read: its path, its bytes, which entity it is, the folders of the site."""
_MANY = 150
"""So many files are read sooner on one core than others are begun and what they read is sent."""


class FileRead(Struct, frozen=True):
    """What a file came to: its entity or page, if it can be read, and what is wrong with it."""

    found: Item | Story | None
    problems: list[Problem]
    leads: Leads | None = None


def build(tree: Tree, content_dir: str, docs_dir: str, earlier: Earlier | None = None) -> Library:
    """Read every file of the tree, then resolve every reference."""
    earlier = earlier or Earlier()
    library = Library(content_dir, docs_dir, tree, problems=list(tree.problems))
    displaced = page_addresses.conflicts(tree, content_dir, docs_dir)
    library.problems += [*displaced.values(), *page_addresses.no_first_page(tree, docs_dir)]
    asked: list[_Asked] = []
    for path, raw in sorted(tree.texts.items()):
        ref = routes.entity_of(path, content_dir)
        page = path.startswith(f"{docs_dir}/") and path.endswith(".md") and path not in displaced
        if ref or page:
            asked.append((path, raw, ref, content_dir, docs_dir))
    new = [one for one in asked if not earlier.has("file", one[0], one[1:])]
    library.is_new = len(new) > _MANY
    files = [_take(library, read) for read in _all_read(asked, new, earlier)]
    _check_old_ids(library)
    for file in files:
        if file.found and file.leads:
            library.uses[file.found.ref] = _uses(library, file.found, file.leads)
    return library


def _all_read(asked: list[_Asked], new: list[_Asked], earlier: Earlier) -> Iterator[FileRead]:
    """What files come to; where many are new, they are read on every core."""
    read = dict(chain.from_iterable(shared(_some_read, new))) if len(new) > _MANY else {}
    for one in asked:
        yield earlier.again("file", one[0], one[1:], partial(_once_read, read, one))


def _once_read(read: dict[str, FileRead], one: _Asked) -> FileRead:
    return read.get(one[0]) or _read(*one)


def _some_read(asked: Sequence[_Asked]) -> list[tuple[str, FileRead]]:
    return [(one[0], _read(*one)) for one in asked]


def _read(path: str, raw: bytes, ref: Ref | None, content_dir: str, docs_dir: str) -> FileRead:
    return _read_item(ref, path, raw) if ref else _read_story(content_dir, docs_dir, path, raw)


def _take(library: Library, read: FileRead) -> FileRead:
    library.problems += read.problems
    if isinstance(read.found, Item):
        library.items[read.found.ref] = read.found
    elif read.found:
        library.stories[read.found.path] = read.found
    return read


def _read_item(ref: Ref, path: str, raw: bytes) -> FileRead:
    parts, problems = _read_parts(KINDS[ref.kind], path, raw)
    if parts is None:
        return FileRead(None, problems)
    for loc, evidence in evidence_of(parts.meta):
        evidence.stands(PlaceInEntity(ref, loc))
    item = Item(ref, path, parts.meta, parts.document, parts.prose, parts.fields)
    named = [(to, item.document.marks.value(loc)) for loc, to in references(item.entity)]
    content_dir = path.removesuffix(f"/{ref.kind}/{ref.id}.md")
    leads, wrong = leads_of(path, content_dir, named, item.prose)
    return FileRead(item, [*problems, *wrong], leads)


def _read_story(content_dir: str, docs_dir: str, file: str, raw: bytes) -> FileRead:
    parts, problems = _read_parts(StoryMeta, file, raw, required=False)
    if parts is None:
        return FileRead(None, problems)
    path = file.removeprefix(f"{docs_dir}/")
    story = Story(path, file, parts.meta, parts.document, parts.prose)
    figure = story.meta.figure
    named = [(figure, story.document.marks.value(("figure",)))] if figure else []
    leads, wrong = leads_of(file, content_dir, named, story.prose)
    return FileRead(story, [*problems, *wrong], leads)


class _Parts(Struct, Generic[P], frozen=True):
    """What every file has: its front matter by a model, its text, and the prose of both."""

    meta: P
    document: Document
    prose: Prose
    fields: dict[Loc, Prose]


def _read_parts(
    model: type[P], path: str, raw: bytes, required: bool = True
) -> tuple[_Parts[P] | None, list[Problem]]:
    """Read a file, or say all that is wrong with it. Front matter may be missing if allowed."""
    reading = front_matter.read(path, raw, required=required)
    document = reading.document
    if document is None:
        return None, list(reading.problems)
    meta, problems = parse(model, document)
    prose = scan(path, document.body, document.body_line)
    bare = _bare_addresses(path, document.body, Places(document.body, document.body_line))
    problems = [*reading.problems, *problems, *prose.problems, *bare]
    if meta is None:
        return None, problems
    fields = _read_fields(path, meta, document, prose, problems)
    return _Parts(meta, document, prose, fields), problems


def _read_fields(
    path: str, part: Part, document: Document, prose: Prose, problems: list[Problem]
) -> dict[Loc, Prose]:
    """The prose in front matter by its place; its links and citations are those of the file."""
    fields: dict[Loc, Prose] = {}
    for loc, text in prose_of(part):
        text.file = path
        mark = document.marks.value(loc)
        found = fields[loc] = scan_line(path, text, mark)
        # Characters have their own places, which whoever read the front matter told.
        found_there = [one for one in found.problems if one.code not in _OF_CHARACTERS]
        problems += [*found_there, *_bare_addresses(path, text, mark)]
        prose.links += found.links
        prose.citations += found.citations
    return fields


def _check_old_ids(library: Library) -> None:
    """An old id is that of one thing, and its address that of no other page."""
    claimed = {routes.story_url(story.path): story.file for story in library.stories.values()}
    for item in library.items.values():
        for i, old in enumerate(item.entity.formerly):
            ref = Ref(item.ref.kind, old)
            message = f"{ref} is listed as an old id and exists"
            if ref not in library.items:
                other = claimed.setdefault(routes.url(ref), item.path)
                again = other == item.path and old not in item.entity.formerly[:i]
                message = "" if again else f"{other} claims the address of {ref} too"
            if message:
                mark = item.document.marks.value(("formerly", i))
                hint = "delete it here, or rename the other"
                library.problems.append(Problem(item.path, mark, "duplicate-id", message, hint))


def _uses(library: Library, of: Item | Story, leads: Leads) -> list[Use]:
    """The references of a file to what is there; a problem for each of the others."""
    for block, use in leads.drawn:
        if (item := library.items.get(use.target)) and (
            lacks := blocks.lacking(block, item.entity)
        ):
            message = f"{use.target} {lacks}"
            library.problems.append(Problem(use.path, use.mark, "bad-fence", message))
    for goal, link in leads.files:
        if not _exists(library, goal):
            library.problems.append(_lost(library, of, goal, link))
    if leads.targets <= library.items.keys():
        return leads.uses
    links = {link.mark for link in of.prose.links}
    for use in leads.uses:
        if use.target not in library.items:
            library.problems += _missing(library, use, use.mark in links)
    return [use for use in leads.uses if use.target in library.items]


def _missing(library: Library, use: Use, as_link: bool) -> Iterator[Problem]:
    """A problem with the nearest id, or with the path to it for a link."""
    ref, path, mark = use
    file = f"{library.content_dir}/{ref.kind}/{ref.id}.md"
    if ref.kind not in KINDS:
        hint = suggestion(ref.kind, KINDS, f"kinds: {', '.join(KINDS)}")
        yield Problem(path, mark, "wrong-kind", f"“{ref.kind}” is not a kind", hint)
        return
    same = [
        other.id
        for other, item in library.items.items()
        if other.kind == ref.kind and item.path != path and not item.entity.withdrawn
    ]
    if file in library.tree.texts:
        return  # that file has a problem of its own, which is said there
    message, swap = f"{ref} does not exist", None
    if renamed := _renamed(library, ref):
        hint = f"it was renamed to {renamed.id}"
        swap = (f"{ref.id}.md", f"{renamed.id}.md") if as_link else (ref.id, renamed.id)
    elif near := nearest(ref.id, same):
        found = library.items[Ref(ref.kind, near)].path
        hint = f"did you mean {routes.between(path, found) if as_link else near}?"
    else:
        new = f", or write it: summitry new {ref.kind} {ref.id}" if is_id(ref.id) else ""
        hint = f"refer to one that exists{new}"
    yield Problem(path, mark, "unknown-reference", message, hint, swap=swap)


def _lost(library: Library, of: Item | Story, goal: str, link: Link) -> Problem:
    """A link to a file that does not exist."""
    path = of.path if isinstance(of, Item) else of.file
    others = [file for file in library.tree.texts if file != path and file.endswith(".md")]
    near = _nearest_file(goal, others)
    message = f"“{link.target}” leads to {goal}, which does not exist"
    hint = f"did you mean {routes.between(path, near)}?" if near else "correct the path"
    return Problem(path, link.mark, "bad-link", message, hint)


def _nearest_file(goal: str, files: list[str]) -> str | None:
    """The file that a link may mean: one of nearly the same name, wherever it is."""
    stems = {file: PurePosixPath(file).stem for file in files}
    near = nearest(PurePosixPath(goal).stem, set(stems.values()))
    alike = sorted(file for file, stem in stems.items() if stem == near)
    return min(alike, key=lambda file: len(routes.between(goal, file)), default=None)


def _renamed(library: Library, ref: Ref) -> Ref | None:
    found = (i.ref for i in library.of_kind(ref.kind) if ref.id in i.entity.formerly)
    return next(found, None)


def _bare_addresses(path: str, text: str, at: Places | Mark) -> Iterator[Problem]:
    """What is wrong with addresses in pointed brackets, which are links without words."""
    for match in _BARE.finditer(text):
        mark = at if isinstance(at, Mark) else at.mark(match.start())
        yield from address_problems(path, mark, match[1])


def _exists(library: Library, goal: str) -> bool:
    inside = goal.removeprefix(f"{library.docs_dir}/")
    known = goal in library.tree.texts or goal in library.tree.others
    made = inside in GENERATED or routes.is_made(inside)
    return goal.startswith(f"{library.docs_dir}/") and (known or made)
