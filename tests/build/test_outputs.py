"""A page is made again if, and only if, something that was asked for it has another answer."""

from __future__ import annotations

import inspect
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import ROOT
from small_site import FILES, OPTIONS, PASSAGE, checked, examined, person, tree
from summitry.build import kept_pages, outputs
from summitry.build.kept_pages import Documents, KeptPage
from summitry.build.outputs import Before, Press
from summitry.build.recovery import Memory, recover
from summitry.checks.asking import Answers, digest
from summitry.checks.checked import CheckedLibrary
from summitry.content.files import Tree
from summitry.content.store import Store, plain_sum
from summitry.data.setting import Setting
from summitry.pages.frame import PageFrame
from summitry.pages.site import Pages, illustrate
from summitry.pictures.cache import _hash

SETTING = Setting("Site One", "https://site.example/x/")
QUOTE, STORY = "content/quotes/quote-one.md", "docs/story.md"
Files = dict[str, str | bytes | None]


def pressed(library: CheckedLibrary, cache: Path) -> Press:
    pictures = illustrate(library, cache, SETTING.name, SETTING.url)
    pages = Pages(library, pictures, [ROOT / "overrides"], SETTING)
    return Press(pages, PageFrame(pages.env, SETTING, OPTIONS), pictures)


class Site:
    """Pages kept from one state of the small project to the next."""

    def __init__(self, cache: Path) -> None:
        self.cache, self.memory = cache, Memory()
        self.kept: dict[str, KeptPage] = {}
        self.known: Answers | None = None
        self.picture = cache / f"picture-{_hash(b'any')}"
        self.picture.write_bytes(b"any")

    def take(self, files: Tree, remembered: bool) -> tuple[dict[str, str], list[str]]:
        """The HTML of every page, and the addresses of those that were made for it."""
        found = recover(files, self.memory, "docs", OPTIONS, Path("/nowhere"))
        press = pressed(found.library, self.cache)
        same = Before(press, self.kept, self.known if remembered else None).all()
        anew = {url: press.page(plan) for url, plan in press.plans.items() if url not in same}
        for url, (page, trace) in anew.items():
            same[url] = press.kept(page, trace, dict.fromkeys(trace.pictures, self.picture))
        self.kept, self.known = same, press.answers
        return {url: same[url].page.html for url in press.plans}, [*anew]


def from_nothing(files: Tree, site: Site) -> dict[str, str]:
    verdict = examined(dict.fromkeys(FILES) | {**files.texts})
    library = verdict.library
    if library is None:  # then what is shown is what stands in for it
        library = recover(files, site.memory, "docs", OPTIONS, Path("/nowhere")).library
    press = pressed(library, site.cache)
    return {url: press.page(plan)[0].html for url, plan in press.plans.items()}


CHANGES: list[Files] = [
    {"content/people/speaker-one.md": FILES["content/people/speaker-one.md"].replace(
        "One of the two", "Another of the two")},
    {QUOTE: FILES[QUOTE].replace("He spoke to", "She wrote to")},
    {QUOTE: FILES[QUOTE].replace("topic: talks\n", "")},
    {QUOTE: FILES[QUOTE].replace("We had many words", "We had other words")},
    {QUOTE: FILES[QUOTE].replace("title: On", "title: [On")},
    {QUOTE: FILES[QUOTE].replace("title: On", "titel: On")},
    {"content/events/event-two.md": FILES["content/events/event-two.md"].replace("2021", "2026")},
    {"content/sources/source-two.md": FILES["content/sources/source-two.md"].replace(
        "wire: Wire", "publisher: Paper One")},
    {"content/sources/source-one.md": FILES["content/sources/source-one.md"].replace(
        "Source One", "Source Uno")},
    {"content/sources/source-one.md": "---\n"},
    {"content/places/place-two.md": FILES["content/places/place-two.md"].replace("55.7", "12.5")},
    {STORY: FILES[STORY] + "\nMore is in [a fact](../content/facts/fact-one.md).\n"},
    {STORY: None},
    {"content/people/third-one.md": person("name: Third One", f"evidence: {PASSAGE}")},
    {"content/quotes/quote-three.md": FILES["content/quotes/quote-two.md"].replace(
        "On a sign", "On a third sign")},
    {"content/people/speaker-two.md": None},
    {"content/people/speaker-deux.md": FILES["content/people/speaker-two.md"].replace(
        "---\nname", "---\nformerly: [speaker-two]\nname", 1),
     "content/people/speaker-two.md": None},
]  # fmt: skip


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(CHANGES), st.booleans(), st.booleans()), max_size=5))
def test_after_any_edits_pages_are_those_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[Files, bool, bool]]
) -> None:
    """Changes, breaks, mends, additions, removals and renames; `mended` takes all back first."""
    site, files = Site(tmp_path_factory.mktemp("cache")), dict[str, str | bytes | None]()
    site.take(tree(files), remembered=False)
    for changes, mended, remembered in edits:
        files = {**({} if mended else files), **changes}
        now = tree(files)
        assert site.take(now, remembered)[0] == from_nothing(now, site)


def test_every_change_is_seen_one_by_one(tmp_path: Path) -> None:
    site = Site(tmp_path)
    first, _ = site.take(tree(), remembered=False)
    for changes in CHANGES:
        files = tree(changes)
        assert site.take(files, remembered=True)[0] == from_nothing(files, site), changes
        assert site.take(tree(), remembered=True)[0] == first, changes


# Pages that show a card or a name of the person, and lists of these.
OF_SPEAKER = {
    "", "events/event-one/", "facts/fact-one/", "people/", "people/speaker-one/",
    "people/speaker-two/", "quotes/", "quotes/by/speaker-one/", "quotes/on/talks/",
    "quotes/quote-one/", "quotes/quote-one/embed/", "quotes/state/transcribed/",
    "sources/source-one/", "sources/source-two/",
}  # fmt: skip


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize(
    ("changes", "redone"),
    [
        ({}, set[str]()),
        (CHANGES[0], OF_SPEAKER),
        (
            CHANGES[10],
            {"places/place-two/", "places/place-one/", "places/", "images/map-one/", "images/"},
        ),
    ],
)
def test_an_edit_redoes_the_pages_that_it_touches_and_no_others(
    tmp_path: Path, changes: Files, redone: set[str], remembered: bool
) -> None:
    site = Site(tmp_path)
    _, first = site.take(tree(), remembered)
    html, made = site.take(tree(changes), remembered)
    assert set(first) == set(html), "at first all are made"
    assert set(made) == redone


def test_whatever_a_library_can_be_asked_has_an_answer_with_a_digest(tmp_path: Path) -> None:
    library = examined().library
    assert library
    answers = pressed(library, tmp_path).pages.answering()
    asked = {
        name
        for name, member in inspect.getmembers(CheckedLibrary)
        if hasattr(member.fget if isinstance(member, property) else member, "__wrapped__")
    }
    assert asked <= answers.keys()
    site = Site(tmp_path)
    site.take(tree(), remembered=False)
    questions = {question for kept in site.kept.values() for question in kept.questions}
    assert {name for name, _ in questions} <= answers.keys()
    assert len(questions) > 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["a", "b"], ["ab"]), ([["a"], "b"], ["a", ["b"]]), (1, "1"), (1, True), (None, "None"),
        ({"a": 1}, [["a", 1]]), (b"a", "a"), ([b"a", b"b"], [b"ab"]), ({1, 2}, [1, 2]),
    ],
)  # fmt: skip
def test_different_answers_have_different_digests(one: object, other: object) -> None:
    assert digest(one) != digest(other)
    assert digest(one) == digest(one)


# What is kept between builds


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of a first build."""
    library, cache = examined().library, tmp_path_factory.mktemp("first")
    assert library
    press = pressed(library, cache)
    done = outputs.every(press, "world")
    assert len(done.made) == len(done.pages) == len(press.plans)
    assert not done.problems
    return cache


@pytest.fixture
def built(first: Path, tmp_path: Path) -> tuple[Press, Path]:
    cache = Path(shutil.copytree(first, tmp_path / "cache"))
    library = examined().library
    assert library
    return pressed(library, cache), cache


def again(cache: Path, world: str = "world") -> outputs.Outputs:
    library = examined().library
    assert library
    return outputs.every(pressed(library, cache), world)


def test_a_second_build_makes_nothing_and_shows_the_same(built: tuple[Press, Path]) -> None:
    press, cache = built
    done = again(cache)
    assert done.made == []
    assert {p.url: p.html for p in done.pages} == {
        url: press.page(plan)[0].html for url, plan in press.plans.items()
    }


def test_in_another_world_everything_is_made(built: tuple[Press, Path]) -> None:
    press, cache = built
    assert len(again(cache, "another").made) == len(press.plans)


@pytest.mark.parametrize("cut", [False, True])
def test_a_picture_that_is_missing_or_not_whole_is_made_again(
    built: tuple[Press, Path], cut: bool
) -> None:
    _, cache = built
    kept = kept_pages.read(cache, "world")["people/speaker-one/"]
    (name,) = kept.pictures.values()
    if cut:
        (cache / name).write_bytes((cache / name).read_bytes()[:500])
    else:
        (cache / name).unlink()
    assert again(cache).made == ["people/speaker-one/"]
    assert (cache / name).is_file()


@pytest.mark.parametrize("name", [kept_pages.NAME, kept_pages.DOCUMENTS])
@pytest.mark.parametrize("harm", ["text", "type", "null", "foreign", "truncated", "none", "folder"])
def test_a_spoilt_cache_changes_nothing(built: tuple[Press, Path], harm: str, name: str) -> None:
    press, cache = built
    file = cache / name
    values = {
        "text": "said = CAST(replace(CAST(said AS TEXT), 'Speaker', 'Spieler') AS BLOB)",
        "type": "said = 5",
        "null": "sum = NULL",
    }
    if harm in values:
        with closing(sqlite3.connect(file)) as db, db:
            db.execute(f"UPDATE rows SET {values[harm]}")
    elif harm == "foreign":
        file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    elif harm == "truncated":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    else:
        file.unlink()
    if harm == "folder":
        file.mkdir()
    done = again(cache)
    wanted = {url: press.page(plan)[0].html for url, plan in press.plans.items()}
    assert {page.url: page.html for page in done.pages} == wanted
    served = kept_pages.read_whole(cache, "world")
    assert {url: kept.page.html for url, kept in served.items()}.items() <= wanted.items()


def test_documents_beyond_what_is_held_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "_ROOM", 20_000)
    held: list[int] = []
    get = Documents.get

    def counting(documents: Documents, digest: str) -> bytes | None:
        held.append(sum(map(len, documents._held.values())))
        return get(documents, digest)

    monkeypatch.setattr(Documents, "get", counting)
    done = again(tmp_path)
    press = pressed(checked(), tmp_path)
    wanted = {url: press.page(plan)[0].html for url, plan in press.plans.items()}
    assert {page.url: page.html for page in done.pages} == wanted
    assert 0 < max(held) <= 20_000 < sum(map(len, wanted.values()))


def test_without_a_place_to_keep_them_all_documents_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "_ROOM", 0)
    (tmp_path / kept_pages.DOCUMENTS).mkdir()
    done = again(tmp_path)
    monkeypatch.setattr(Press, "page", lambda *_: pytest.fail("it is made a second time"))
    assert all(page.html for page in done.pages)


def test_documents_that_no_page_has_any_more_are_forgotten(built: tuple[Press, Path]) -> None:
    _, cache = built
    files = {"content/people/speaker-one.md": FILES["content/people/speaker-one.md"].replace(
        "One of the two", "Another of the two")}  # fmt: skip
    done = outputs.every(pressed(checked(files), cache), "world")
    assert done.made
    documents = Store(cache / kept_pages.DOCUMENTS, plain_sum)
    assert documents.names() == {page.digest for page in done.pages}
