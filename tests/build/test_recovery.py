"""While a file is broken, serving goes on with what was valid last."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_site import FILES, OPTIONS, person, tree
from summitry.build.recovery import Memory, Recovered, recover
from summitry.content.options import Options
from summitry.content.values import Ref

ONE, TWO = "content/people/speaker-one.md", "content/people/speaker-two.md"
SOURCE, STORY = "content/sources/source-one.md", "docs/story.md"


def shown(
    memory: Memory, changes: dict[str, str | bytes | None], options: Options = OPTIONS
) -> Recovered:
    return recover(tree(changes), memory, "docs", options, Path("/nowhere"))


@pytest.fixture
def memory() -> Memory:
    """What is remembered of a build without problems."""
    made = Memory()
    assert shown(made, {}).problems == []
    return made


def test_a_broken_file_shows_its_last_valid_text(memory: Memory) -> None:
    found = shown(memory, {TWO: "---\nname: [\n---\n"})
    assert [p.path for p in found.problems] == [TWO]
    assert found.lost == {}
    assert found.library.texts[TWO] == FILES[TWO].encode()


def test_the_other_changes_of_the_same_moment_are_shown(memory: Memory) -> None:
    new = FILES[STORY].replace("A story", "Another story")
    found = shown(memory, {TWO: "", STORY: new})
    assert found.library.texts[STORY] == new.encode()


def test_a_mend_recovers_by_itself(memory: Memory) -> None:
    shown(memory, {TWO: ""})
    mended = FILES[TWO].replace("Speaker Two", "Speaker Too")
    found = shown(memory, {TWO: mended})
    assert (found.problems, found.lost) == ([], {})
    assert memory.good[TWO] == mended.encode()


def test_a_broken_file_is_not_remembered(memory: Memory) -> None:
    shown(memory, {TWO: "broken"})
    assert memory.good[TWO] == FILES[TWO].encode()


def test_a_new_file_that_was_never_valid_is_left_out_and_named(memory: Memory) -> None:
    path = "content/people/p.md"
    found = shown(memory, {path: person("side: nowhere\n")})
    assert [p.code for p in found.lost[path]] == ["unknown-choice"]
    assert list(found.lost) == [path]
    assert Ref("people", "p") not in found.library


def test_a_deleted_file_that_is_still_needed_stays(memory: Memory) -> None:
    found = shown(memory, {TWO: None})
    assert {(p.path, p.code) for p in found.problems} == {
        (ONE, "unknown-reference"), ("content/quotes/quote-one.md", "unknown-reference")
    }  # fmt: skip
    assert Ref("people", "speaker-two") in found.library
    assert found.lost == {}


def test_a_page_that_fits_a_broken_file_no_more_is_not_lost(memory: Memory) -> None:
    """What is said of a page that did not change goes when what changed is as it was."""
    page = (
        "# A story\n\nIt was so. [@source-one]\n\n```accounts\npoint: The talks\n"
        "sides: [side-one, side-two]\nquotes: [quote-one]\n"
        "searched: [{side: side-two, on: 2025-09-01, where: an archive, for: words}]\n```\n"
    )
    options = OPTIONS.model_copy(
        update={"sides": {**OPTIONS.sides, "side-two": "Side Two"}, "searched_for_days": 10**6}
    )
    assert shown(memory, {STORY: page}, options).lost == {}
    found = shown(
        memory, {STORY: page, ONE: FILES[ONE].replace("name: Speaker One", "name: ''")}, options
    )
    assert {p.path for p in found.problems if not p.note} == {ONE, STORY}
    assert found.lost == {}
    assert found.library.texts[ONE] == FILES[ONE].encode()


def test_at_the_first_build_only_what_cannot_stand_is_lost() -> None:
    found = shown(Memory(), {"content/quotes/quote-one.md": ""})
    assert {path: [p.code for p in problems] for path, problems in found.lost.items()} == {
        "content/quotes/quote-one.md": ["no-front-matter"],
        "docs/index.md": ["unknown-reference"],  # it shows the lost one
    }
    assert Ref("people", "speaker-one") in found.library


def test_at_the_first_build_even_the_main_event_may_be_lost() -> None:
    found = shown(Memory(), {"content/events/event-one.md": ""})
    assert found.library.main_event is None
    assert "content/events/event-one.md" in found.lost


def test_a_wrong_option_does_not_end_serving(memory: Memory) -> None:
    found = shown(memory, {}, OPTIONS.model_copy(update={"main_event": "no-such-event"}))
    assert [p.path for p in found.problems] == ["mkdocs.yml"]
    assert len(found.library.every()) + len(found.library.stories) == len(FILES)


BROKEN = st.sampled_from(
    [None, b"", b"\xff", b"---\n---\n", b"---\nname: N\n---\n<b>", b"---\ntitle: [\n---\n",
     b"---\nname: N\nsummary: S\nimage: gone\n---\n[@gone] [x](../people/speaker-one.md)"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FILES)), BROKEN, max_size=6), st.booleans())
def test_whatever_breaks_there_is_a_library_to_show(
    changes: dict[str, bytes | None], remembered: bool
) -> None:
    memory = Memory()
    if remembered:
        shown(memory, {})
    found = shown(memory, dict(changes))
    known = {item.path for item in found.library.every()}
    assert known.isdisjoint(found.lost)
    if remembered:
        assert {path for path, text in FILES.items() if path not in changes} <= {
            *known, *(story.file for story in found.library.stories.values())
        }  # fmt: skip


def test_an_outlet_that_no_source_names_is_told_and_the_site_is_shown(memory: Memory) -> None:
    options = OPTIONS.model_copy(update={"outlets": {"Nobody": "no outlet"}})
    found = shown(memory, {}, options)
    assert [p.path for p in found.problems] == ["mkdocs.yml"]
    assert found.lost == {}
    assert Ref("people", "speaker-one") in found.library
