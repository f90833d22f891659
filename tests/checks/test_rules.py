"""Everything that `summitry check` says: one mistake, one problem, in the right place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from small_site import FILES, OPTIONS, checked, disputed, examined, found, person
from summitry.content.values import Ref

P, Q, F = "content/people/p.md", "content/quotes/quote-one.md", "content/facts/fact-one.md"
E, E2 = "content/events/event-one.md", "content/events/event-two.md"
I1, S = "content/images/map-one.md", "content/sources/s.md"
L = "content/places/place-one.md"


def without(path: str, start: str) -> str:
    """A file of the small project without the one line that starts so."""
    return "".join(line for line in FILES[path].splitlines(True) if not line.startswith(start))


def but(path: str, old: str, new: str) -> str:
    """A file of the small project with other words in one place."""
    assert FILES[path].count(old) == 1
    return FILES[path].replace(old, new)


def test_the_small_project_has_no_problem() -> None:
    verdict = examined()
    assert verdict.problems == []
    assert verdict.library is not None


DATE = "write YYYY-MM-DD, YYYY-MM, YYYY, or YYYY-MM-DDThh:mm±hh:mm with the offset from UTC"
LONG = " ".join(["word"] * 41)
ACCEPTANCE = {
    "misspelt id": (Q, but(Q, "event: event-one", "event: event-on"), 6, 8, "unknown-reference",
                    "events/event-on does not exist", "did you mean event-one?"),
    "unknown key": (P, person("imag: map-one\n"), 4, 1, "unknown-key",
                    "imag is not a key here", "did you mean image?"),
    "missing field": (E2, without(E2, "start"), 2, 1, "missing-key",
                      "the required key start is missing", "add start:"),
    "bad date": (E2, but(E2, "2021-06", "15 August"), 3, 8, "bad-date",
                 "start: “15 August” is not a date", DATE),
    "duplicate key": (P, person("name: Again\n"), 4, 1, "duplicate-key",
                      "the key name stands twice in this mapping; first on line 2",
                      "keep one of the two"),
    "latitude 95": (L, but(L, "61.2", "95"), 3, 11, "out-of-range",
                    "latitude: 95 is outside its range", "degrees north lies between -90 and 90"),
    "quote without evidence": (Q, FILES[Q].split("evidence:")[0] + "---\n", 2, 1, "missing-key",
                               "the required key evidence is missing", "add evidence:"),
    "tab in YAML": (P, person("\tside: x\n"), 4, 1, "yaml-tab",
                    "a tab stands in the indentation, where YAML allows only spaces",
                    "Indent with spaces."),
    "not UTF-8": (P, b"---\nname: Caf\xe9\n---\n", 2, 10, "not-utf8",
                  "byte 0xE9 is not UTF-8", "Save the file as UTF-8."),
    "unclosed front matter": (P, "---\nname: N\n", 1, 1, "unclosed-front-matter",
                              "the front matter that begins here is never closed",
                              "close it with a line ---"),
    "unclosed fence": (P, person(body="x [@source-one]\n\n```text\ny\n"), 8, 1, "unclosed-fence",
                       "the fenced block that begins here with ``` is never closed",
                       "close it with a line ```"),
    "raw HTML": (P, person(body="x <b>y</b> [@source-one]\n"), 6, 3, "raw-html",
                 "raw HTML is not used here: <b>",
                 "write Markdown; for a card put a link alone in its paragraph; for < write &lt;"),
    "not in the site's list": (P, person("side: side-on\n"), 4, 7, "unknown-choice",
                               "“side-on” is not among the sides of mkdocs.yml",
                               "did you mean side-one?"),
    "part not in the list": (E, but(E, "in-the-room", "in-the-rom"), 5, 44, "unknown-choice",
                             "“in-the-rom” is not among the parts of mkdocs.yml",
                             "did you mean in-the-room?"),
    "silent evidence": (P, person("evidence: [{source: source-one}]\n"), 4, 12, "no-evidence",
                        "evidence.0: the evidence does not say what the source says",
                        "add exact: with its words, or says: with our summary"),
    "long passage": (P, person(f"evidence: [{{source: source-one, exact: {LONG}}}]\n"), 4, 40,
                     "long-passage", "evidence.0.exact: the passage has 41 words, limit 25",
                     "Quote fewer words."),
    "long quotation": (Q, but(Q, "We had “some” words", LONG), 3, 7, "long-passage",
                       "text: the quotation has more than 40 words", "Quote fewer words."),
    "a circle": (L, but(L, "place-two", "place-one"), 5, 15, "circular-reference",
                 "contained_in: places/place-one leads back to itself",
                 "Take one of the references out."),
    "no such picture": (I1, but(I1, "drawn: locator-map", "file: a.png"), 3, 7, "picture",
                        "there is no file a.png beside this one",
                        "put the picture there, or correct the name"),
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTANCE.values(), ids=ACCEPTANCE)
def test_one_mistake_is_one_problem_in_its_place(
    case: tuple[str, str | bytes, int, int, str, str, str],
) -> None:
    path, text, line, column, code, message, cure = case
    verdict = examined({path: text})
    said = [(p.path, *p.mark, p.code, p.message, p.cure) for p in verdict.problems if not p.note]
    assert said == [(path, line, column, code, message, cure)]
    assert verdict.library is None


def test_an_image_without_alt_and_credit_is_two_problems() -> None:
    text = FILES[I1].replace("alt: A map.\n", "").replace("credit: Drawn by Summitry\n", "")
    said = [(p.path, *p.mark, p.code, p.cure) for p in examined({I1: text}).problems]
    assert said == [(I1, 2, 1, "missing-key", f"add {key}:") for key in ("alt", "credit")]


def test_what_was_withdrawn_is_not_used() -> None:
    path = "content/terms/term-one.md"
    text = but(path, "name:", "withdrawn: {on: 2025-09-01, why: It was wrong.}\nname:")
    text += "It may still speak of [itself](term-one.md). [@source-one]\n"
    assert examined({path: text}).problems == []
    body = "See [it](../terms/term-one.md). [@source-one]"
    assert found(examined({path: text, P: person(body=body)}).problems) == [(6, 5, "withdrawn")]


def test_every_member_of_a_circle_is_named() -> None:
    places = {f"content/places/{a}.md": f"---\nname: A\ncontained_in: {b}\n---\n"
              for a, b in ("ab", "bc", "ca", "da")}  # fmt: skip
    said = [p.path[-4] for p in examined(places).problems]
    assert said == ["a", "b", "c"]  # d leads into the circle and is not in it


def test_events_that_followed_another_stand_after_it() -> None:
    last = "---\nname: {0}\nstart: 2025-08-15\nafter: {1}\nevidence: {2}\n---\n"
    evidence = "[{source: source-one, exact: x}]"
    changes = {
        "content/events/b.md": last.format("B", "event-one", evidence),
        "content/events/a.md": last.format("A", "b", evidence),
        "content/events/first.md": last.format("F", "x", evidence).replace("after: x\n", ""),
        # Two that followed the same: the one without a time first, whatever their ids.
        "content/events/at-ten.md": last.format("T", "event-one", evidence).replace(
            "2025-08-15", "2025-08-15T10:00+00:00"
        ),
    }
    order = [item.ref.id for item in checked(dict(changes)).items("events")]
    assert order == ["event-two", "first", "event-one", "b", "a", "at-ten"]
    changes["content/events/b.md"] = last.format("B", "a", evidence)
    said = [(p.path, *p.mark, p.code) for p in examined(dict(changes)).problems]
    assert said == [(f"content/events/{x}.md", 4, 8, "circular-reference") for x in "ab"]


def test_a_picture_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "content/images"
    folder.mkdir(parents=True)
    text = but(I1, "drawn: locator-map", "file: a.png")
    Image.new("RGB", (40, 30)).save(folder / "a.png")
    assert examined({I1: text}, tmp_path).problems == []
    (folder / "a.png").write_bytes((folder / "a.png").read_bytes()[:60])
    assert found(examined({I1: text}, tmp_path).problems) == [(3, 7, "picture")]
    above = text.replace("a.png", "../images/a.png")
    assert found(examined({I1: above}, tmp_path).problems) == [(3, 7, "picture")]


def test_a_source_that_nothing_cites_is_a_note_and_fails_nothing() -> None:
    verdict = examined(
        {S: "---\ntype: article\ntitle: Unused\nurl: https://two.example/unused\n---\n"}
    )
    assert [(p.path, p.code, p.note) for p in verdict.problems] == [(S, "unused-source", True)]
    assert verdict.library is not None


def test_the_main_event_exists() -> None:
    options = OPTIONS.model_copy(update={"main_event": "event-oen"})
    (problem,) = examined(options=options).problems
    assert (problem.path, problem.code) == ("mkdocs.yml", "option")
    assert problem.cure == "did you mean event-one?"


def test_all_mistakes_are_said_in_one_run_sorted_by_place() -> None:
    verdict = examined(
        {P: person("side: x\n", "<i> [@zzz]"), F: "", "docs/page.md": "# P\n\n<u> [@source-one]"}
    )
    assert [(p.path, *p.mark) for p in verdict.problems] == [
        (F, 1, 1), (P, 4, 7), (P, 7, 1), (P, 7, 5), ("docs/page.md", 3, 1)
    ]  # fmt: skip


def test_a_checked_library_knows_order_backlinks_and_status() -> None:
    library = checked()
    assert [i.ref.id for i in library.items("events")] == ["event-two", "event-one"]
    assert library.backlinks(Ref("people", "speaker-two")) == [
        Ref("people", "speaker-one"), Ref("quotes", "quote-one")
    ]  # fmt: skip
    assert [i.ref.id for i in disputed(library)] == ["question-one"]
    assert library.main_event is not None


def test_one_mistake_in_the_main_event_is_one_problem() -> None:
    path = "content/events/event-one.md"
    text = FILES[path].replace("2025-08-15T11:10-08:00", "2025-02-30")
    assert [p.code for p in examined({path: text}).problems if not p.note] == ["bad-date"]


def test_no_source_is_called_unused_while_files_cannot_be_read() -> None:
    problems = examined({"content/facts/fact-one.md": "---\nstatement: [\n---\n"}).problems
    assert "unused-source" not in {p.code for p in problems}


def test_a_name_that_no_file_can_have_is_a_problem_of_the_picture(tmp_path: Path) -> None:
    (tmp_path / "content" / "images").mkdir(parents=True)
    text = FILES["content/images/map-one.md"].replace(
        "drawn: locator-map", f"file: {'a' * 300}.png"
    )
    verdict = examined({"content/images/map-one.md": text}, tmp_path)
    assert [p.code for p in verdict.problems if not p.note] == ["picture"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("It was so. [@source-one]\n", 1), ("---\ndescription: It was.\n---\nSo. [@source-one]\n", 4),
     ("---\nsourcing: none\n---\n", 4)],
)  # fmt: skip
def test_a_page_without_a_title_is_not_named_after_its_file(text: str, line: int) -> None:
    (problem,) = examined({"docs/p.md": text}).problems
    assert (problem.path, *problem.mark, problem.code) == ("docs/p.md", line, 1, "no-title")
    mended = text.splitlines(keepends=True)
    mended.insert(line - 1, problem.cure.partition(": ")[2] + "\n\n")
    assert examined({"docs/p.md": "".join(mended)}).problems == []
    assert (
        examined({"docs/p.md": f"---\ntitle: P\n---\n{text.rpartition('---')[2]}"}).problems == []
    )


DRAWN = {
    "a map of no place": (I1, but(I1, "[places/place-one, places/place-two]", "[events/event-one]"),
                          3, 8, "a locator-map depicts places, and here are none",
                          "list some in depicts:, as places/id"),
    "a place that is nowhere": (L, without(L, "l"),
                                9, 11, "places/place-one has no position",
                                "add latitude: and longitude: in content/places/place-one.md"),
    "a day of no event": (I1, but(I1, "locator-map", "day-timeline"),
                          3, 8, "a day-timeline depicts events, and here are none",
                          "list some in depicts:, as events/id"),
    "an event of no time": (
        I1, but(I1, "locator-map", "day-timeline").replace("places/place-one", "events/event-two"),
        9, 11, "events/event-two has no clock time",
        "add the clock time to start:, such as "
        "2021-06-01T10:00-08:00 (the offset of Anchorage), in " + E2),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "line", "column", "what", "cure"), DRAWN.values(), ids=DRAWN
)
def test_what_a_figure_depicts_can_be_drawn(
    path: str, text: str, line: int, column: int, what: str, cure: str
) -> None:
    (problem,) = examined({path: text}).problems
    assert (problem.path, *problem.mark, problem.code) == (I1, line, column, "picture")
    assert (problem.message.rpartition(": ")[2], problem.cure) == (what, cure)


def test_times_are_drawn_in_a_zone() -> None:
    text = but(I1, "locator-map", "day-timeline").replace("places/place-one", "events/event-one")
    bare = OPTIONS.model_copy(update={"time_zones": []})
    cures = [p.cure for p in examined({I1: text}, options=bare).problems if p.code == "picture"]
    assert cures == ["list time_zones: in mkdocs.yml"]


def test_what_a_misspelt_key_holds_is_checked_in_the_same_run() -> None:
    """At its own place, and nothing is said to be missing that stands under the misspelt key."""
    front = (
        "evidnce: [{source: source-on, exact: some words}]\nsid: side-on\nzzz: 1\nevidence: []\n"
    )
    text = person(front, "It was so.\n").replace("evidence: []\n", "")
    said = [(*p.mark, p.code, p.cure) for p in examined({P: text}).problems]
    assert [row for row in said if row[2] != "unknown-key"] == [
        (4, 20, "unknown-reference", "did you mean source-one?"),
        (5, 6, "unknown-choice", "did you mean side-one?"),
        (8, 1, "uncited", "add [@source-id], or link a quote or a fact"),
    ]
    assert [row[:3] for row in said if row[2] == "unknown-key"] == [
        (4, 1, "unknown-key"), (5, 1, "unknown-key"), (6, 1, "unknown-key"),
    ]  # fmt: skip


def test_a_file_of_misspelt_keys_is_no_part_of_the_site() -> None:
    assert examined({P: person("alises: [A]\n")}).library is None
