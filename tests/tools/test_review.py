"""The second reading: the record of who read what, its notes and figures, the command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from running import ROOT, copy_of
from small_site import FILES, OPTIONS, found
from summitry.build.recovery import Memory, recover
from summitry.checks.coverage import measure
from summitry.checks.rules import Examination, examine
from summitry.checks.second_reading import MAX_RECORD, Readings, Row, compare, dump, read
from summitry.checks.statements import statements
from summitry.content.files import read_tree
from summitry.content.library import build
from summitry.content.options import read_options
from summitry.content.problems import Problem
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate
from summitry.tools import review
from summitry.tools.cli import main
from test_statements import FACT, HEAD, PAGE, RECORD, STORY, Changes, library_of, tree_of

KEPT = OPTIONS.model_copy(update={"review": RECORD})
BY = ("--by", "A. Reader")
OLD = "0123456789abcdef"  # the hash of nothing


def verdict_of(
    root: Path, changes: Changes | None = None, record: str | None = HEAD
) -> Examination:
    return examine(tree_of(root, changes, record), "docs", KEPT, root)


def all_read(root: Path, changes: Changes | None = None, day: str = "2025-11-01") -> str:
    """A record in which everything was read on a day."""
    every = statements(library_of(root, changes))
    rows = [Row(one.id, one.hash, "holds", day, "A. Reader") for one in every]
    return dump(sorted(rows, key=lambda row: row.key)).decode()


def compared(root: Path, record: str, changes: Changes | None = None) -> Readings:
    kept = compare(library_of(root, changes, record), RECORD)
    assert kept is not None
    return kept


def noted(problems: list[Problem], code: str) -> list[tuple[str, int, str]]:
    """Path, line and message of the notes of a code."""
    assert all(p.note for p in problems if p.code == code)
    return [(p.path, p.mark.line, p.message) for p in problems if p.code == code]


def test_no_record_no_word(tmp_path: Path) -> None:
    tree = tree_of(tmp_path)
    assert compare(build(tree, "content", "docs"), "") is None
    verdict = examine(read_tree(tmp_path, "content", "docs"), "docs", OPTIONS, tmp_path)
    assert verdict.library is not None
    assert verdict.library.readings is None
    assert not [p for p in verdict.problems if p.code in ("unread", "read-before")]


def test_all_was_read(tmp_path: Path) -> None:
    verdict = verdict_of(tmp_path, record=all_read(tmp_path))
    assert verdict.problems == []
    assert verdict.library is not None
    assert verdict.library.readings is not None
    read_twice, every = verdict.library.readings.counted
    assert read_twice == every == len(statements(verdict.library.raw))


def test_what_was_never_read_is_noted_at_its_place_and_folded(tmp_path: Path) -> None:
    verdict = verdict_of(tmp_path)
    every = statements(library_of(tmp_path))
    said = noted(verdict.problems, "unread")
    assert len(said) == 11
    assert said[0] == ("content/events/event-one.md", 1, "nobody has read this a second time")
    assert said[-1] == (RECORD, 1, f"{len(every) - 10} more statements not read a second time")
    first = next(p for p in verdict.problems if p.code == "unread")
    (named,) = [one for one in every if one.id == "events/event-one"]
    assert first.hint == (
        "read what summitry review events/event-one prints, then summitry review --record FILE "
        f"--by NAME with the line events/event-one,{named.hash},VERDICT"
    )
    assert verdict.library is not None, "notes fail nothing"


def test_ten_are_listed_and_an_eleventh_is_counted(tmp_path: Path) -> None:
    rows = all_read(tmp_path).splitlines(keepends=True)
    for missing, more in ((10, []), (11, ["1 more statement not read a second time"])):
        said = noted(verdict_of(tmp_path, record="".join(rows[:-missing])).problems, "unread")
        assert [message for _, _, message in said[10:]] == more


def test_what_changed_says_when_it_was_read(tmp_path: Path) -> None:
    record = all_read(tmp_path)
    changes: Changes = {FACT: FILES[FACT].replace("one day", "two days")}
    found_now = verdict_of(tmp_path, changes, record).problems
    assert noted(found_now, "read-before") == [
        (FACT, 1, "this changed since it was read a second time on 2025-11-01")
    ]
    assert noted(found_now, "unread") == noted(found_now, "spare-reading") == []


def test_a_paragraph_is_new_or_changed(tmp_path: Path) -> None:
    record = all_read(tmp_path)
    other = FILES[STORY].replace("It *was* so.", "It was not so.")
    said = noted(verdict_of(tmp_path, {STORY: other}, record).problems, "read-before")
    assert said == [
        (STORY, 3, "this is new, or changed since it was read a second time on 2025-11-01")
    ]
    more = FILES[STORY] + "\nAnd more. [@source-one]\n"
    said = noted(verdict_of(tmp_path, {STORY: more}, record).problems, "unread")
    assert said == [(STORY, 11, "nobody has read this a second time")]


def test_the_day_said_is_the_last(tmp_path: Path) -> None:
    pairs = (OLD, "2025-10-01"), (OLD[::-1], "2025-10-02")
    rows = "".join(f"facts/fact-one,{old},holds,{day},A. Reader\n" for old, day in pairs)
    kept = compared(tmp_path, HEAD + rows)
    assert kept.earlier == {"facts/fact-one": ["2025-10-02"]}
    assert kept.spare == [Row("facts/fact-one", OLD, "holds", "2025-10-01", "A. Reader")]


def test_a_row_that_fits_nothing_is_noted_at_its_line(tmp_path: Path) -> None:
    record = all_read(tmp_path)
    gone = FILES[STORY].replace("It *was* so. [@source-two; @source-one, para. 5]\n\n", "")
    said = noted(verdict_of(tmp_path, {STORY: gone}, record).problems, "spare-reading")
    line = record[: record.index(STORY)].count("\n") + 1
    assert [(path, number) for path, number, _ in said] == [(RECORD, line)]
    assert said[0][2].startswith(f"nothing that {STORY} states now has the hash ")


def test_a_row_of_what_was_withdrawn_fits_nothing(tmp_path: Path) -> None:
    path = "content/terms/term-one.md"
    gone = FILES[path].replace("---\nname", "---\nwithdrawn: {on: 2025-09, why: Wrong.}\nname")
    kept = compared(tmp_path, all_read(tmp_path), {path: gone})
    assert [row.id for row in kept.spare] == ["terms/term-one"]


def test_while_a_file_cannot_be_read_its_rows_are_left_alone(tmp_path: Path) -> None:
    broken: Changes = {FACT: "---\nstatement: [\n---\n", STORY: "---\ntitle: [\n---\n"}
    kept = compared(tmp_path, all_read(tmp_path), broken)
    assert (kept.problems, kept.spare) == ([], [])


ROW = f"facts/fact-one,{OLD},holds,2025-11-01,A. Reader\n"
WRONG: dict[str, tuple[str | bytes, list[tuple[int, int, str]], str]] = {
    "a strange column": (
        "id,hash,verdikt,date,by\n", [(1, 9, "“verdikt” is not a column; did you mean verdict?")],
        "make the first line id,hash,verdict,date,by",
    ),
    "two strange columns": (
        "name,hash,verdict,who\n",
        [(1, 1, "“name” is not a column"), (1, 19, "“who” is not a column")], "make the first",
    ),
    "no heads": (ROW, [(1, 1, "“facts/fact-one” is not a column"),
                       (1, 16, f"“{OLD}” is not a column"), (1, 33, "“holds” is not a column"),
                       (1, 39, "“2025-11-01” is not a column"),
                       (1, 50, "“A. Reader” is not a column")], "make the first line"),
    "another order": ("hash,id,verdict,date,by\n", [(1, 1, "the columns are not the five of a "
                      "record in their order")], "make the first line"),
    "nothing": ("", [(1, 1, "the columns are not the five of a record in their order")],
                "make the first line"),
    "too few": (HEAD + "facts/fact-one\n", [(2, 1, "the row has 1 value, not 5")],
                "write id,hash,verdict,date,by"),
    "too many": (HEAD + ROW.strip() + ",x\n", [(2, 1, "the row has 6 values, not 5")], "write id"),
    "a blank line": (HEAD + "\n" + ROW, [(2, 1, "the row has 1 value, not 5")], "write id"),
    "every value": (
        HEAD + ",xyz,hold,2025-02-30,\n",
        [(2, 1, "the id is empty"), (2, 2, "“xyz” is not a hash of 16 digits"),
         (2, 6, "“hold” is not a verdict"), (2, 11, "“2025-02-30” is not a day"),
         (2, 22, "nobody is named as the reader")],
        "write kind/id, or the file of a page",
    ),
    "a hash in capitals": (HEAD + ROW.replace("abc", "ABC"), [
        (2, 16, "“0123456789ABCdef” is not a hash of 16 digits")], "copy it from summitry review"),
    "a day and a time": (HEAD + ROW.replace("11-01", "11-01T10:00"), [
        (2, 39, "“2025-11-01T10:00” is not a day")], "write it as 2025-08-15"),
    "a day without dashes": (HEAD + ROW.replace("2025-11-01", "20251101"), [
        (2, 39, "“20251101” is not a day")], "write it as 2025-08-15"),
    "twice": (HEAD + ROW + ROW.replace("holds", "doubtful"), [
        (3, 1, "this was said on line 2 already")], "keep one of the two"),
    "another order of rows": (
        HEAD + ROW.replace("fact-one", "question-one") + ROW,
        [(3, 1, f"facts/fact-one {OLD} stands behind facts/question-one {OLD}")], "sort the rows",
    ),
    "an open quotation mark": (HEAD + 'facts/fact-one,"' + OLD + "\n", [
        (2, 16, "the quotation marks of the line do not pair from here on")], "write the values"),
    "an unknown id": (HEAD + ROW.replace("fact-one", "fact-on"), [
        (2, 1, "facts/fact-on is not an entity or a page")], "did you mean facts/fact-one?"),
    "nothing near": (HEAD + f"zzz,{OLD},holds,2025-11-01,A. Reader\n", [
        (2, 1, "zzz is not an entity or a page")], "delete the row"),
    "an old id": (HEAD + f"people/speaker-uno,{OLD},holds,2025-11-01,A. Reader\n", [
        (2, 1, "people/speaker-uno is not an entity or a page")],
        "it was renamed to people/speaker-one: write that"),
    "a page by half": (HEAD + f"story.md,{OLD},holds,2025-11-01,A. Reader\n", [
        (2, 1, "story.md is not an entity or a page")], "did you mean docs/story.md?"),
}  # fmt: skip


@pytest.mark.parametrize(("record", "said", "hint"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_record_is_said_at_its_place(
    tmp_path: Path, record: str, said: list[tuple[int, int, str]], hint: str
) -> None:
    verdict = verdict_of(tmp_path, record=record)
    assert verdict.library is None
    ours = [p for p in verdict.problems if p.path == RECORD]
    assert [(*p.mark, p.message) for p in ours] == said
    assert {p.code for p in ours} == {"review-record"}
    assert ours[0].cure.startswith(hint)
    assert not any(p.note for p in ours)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xef\xbb\xbf" + HEAD.encode(), "byte-order-mark"),
        (b"id\xff", "not-utf8"),
        (b"x" * (MAX_RECORD + 1), "too-large"),
        (HEAD.encode() + b"a" * 10_001, "too-large"),
    ],
)
def test_bytes_that_are_no_record(raw: bytes, code: str) -> None:
    rows, problems = read(RECORD, raw)
    assert (rows, [p.code for p in problems]) == ([], [code])


@settings(max_examples=200)
@given(st.binary() | st.text().map(lambda text: (HEAD + text).encode("utf-8", "replace")))
def test_whatever_stands_there_is_read_or_refused(raw: bytes) -> None:
    rows, problems = read(RECORD, raw)
    if not problems:
        assert read(RECORD, dump(rows)) == (rows, [])


NAMES = st.sampled_from(["facts/fact-one", "docs/story.md", "docs/a, b.md", 'docs/a "b".md'])
ROWS = st.builds(
    Row,
    NAMES,
    st.integers(0, 2**64 - 1).map(lambda n: f"{n:016x}"),
    st.sampled_from(["holds", "changed", "doubtful"]),
    st.dates().map(str),
    st.sampled_from(["A. Reader", "language model, first round", 'B "of" C']),
)


@given(st.lists(ROWS, unique_by=lambda row: row.key))
def test_what_is_written_is_read_again(rows: list[Row]) -> None:
    rows.sort(key=lambda row: row.key)
    assert read(RECORD, dump(rows)) == (rows, [])
    assert read(RECORD, dump(rows).replace(b"\n", b"\r\n")) == (rows, [])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_reading_makes_its_statement_read_and_loses_no_other(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    root = tmp_path_factory.getbasetemp() / "readings"
    every = statements(library_of(root, {STORY: PAGE}))
    keys = [one.key for one in every]
    chosen = st.lists(st.sampled_from(keys), unique=True, max_size=8)
    before = [Row(*key, "holds", "2025-10-01", "A. Reader") for key in data.draw(chosen)]
    ids = st.sampled_from(sorted({name for name, _ in keys}))
    for number, name in enumerate(data.draw(st.lists(ids, max_size=6))):
        before.append(Row(name, f"{number:016x}", "holds", f"2025-09-0{number + 1}", "B"))
    record = dump(sorted(before, key=lambda row: row.key)).decode()
    kept = compared(root, record, {STORY: PAGE})
    new = [Row(*key, "changed", "2025-11-01", "B") for key in data.draw(chosen)]
    rows, dropped = kept.with_rows(new)
    assert rows == sorted(rows, key=lambda row: row.key)
    assert set(new) <= set(rows)
    assert {row.key for row in rows} | {row.key for row in dropped} == {
        row.key for row in (*before, *new)
    }
    assert not {row.key for row in dropped} & set(keys), "a current reading is never dropped"
    again = compared(root, dump(rows).decode(), {STORY: PAGE})
    assert (again.rows, again.spare) == (rows, [])
    assert again.with_rows([]) == (rows, [])


# The file of the record


def test_without_its_file_a_record_is_a_problem_that_says_how_to_make_it(tmp_path: Path) -> None:
    verdict = verdict_of(tmp_path, record=None)
    assert verdict.library is None
    assert [(p.path, p.code, p.message, p.cure) for p in verdict.problems] == [
        (RECORD, "review-record", "there is no record of the second reading here",
         "make this file with the one line id,hash,verdict,date,by")
    ]  # fmt: skip


def test_a_link_and_a_folder_are_no_record(tmp_path: Path) -> None:
    tree_of(tmp_path)
    (tmp_path / RECORD).rename(tmp_path / "secret.csv")
    (tmp_path / RECORD).symlink_to(tmp_path / "secret.csv")
    tree = read_tree(tmp_path, "content", "docs", RECORD)
    assert [(p.path, p.code) for p in tree.problems] == [(RECORD, "stray-file")]
    (tmp_path / RECORD).unlink()
    (tmp_path / RECORD).mkdir()
    tree = read_tree(tmp_path, "content", "docs", RECORD)
    assert [(p.path, p.code) for p in tree.problems] == [(RECORD, "stray-file")]
    (tmp_path / "linked").symlink_to(tmp_path)
    tree = read_tree(tmp_path, "content", "docs", "linked/secret.csv")
    assert [(p.path, p.code) for p in tree.problems] == [("linked/secret.csv", "stray-file")]
    assert not [path for path in tree.texts if path.endswith(".csv")]


@pytest.mark.parametrize("path", ["docs/review.csv", "content/facts/review.csv"])
def test_a_record_does_not_lie_where_files_are_published(tmp_path: Path, path: str) -> None:
    tree_of(tmp_path)
    (tmp_path / path).write_text(HEAD)
    tree = read_tree(tmp_path, "content", "docs", path)
    (ours,) = [p for p in tree.problems if p.code == "option"]
    assert ours.message == f"review: {path} lies in a folder whose files are published"


@pytest.mark.parametrize("path", ["/etc/review.csv", "../review.csv", "review.md", "tests"])
def test_a_record_is_a_csv_file_of_the_project(path: str) -> None:
    said = f"{path} is not a .csv file inside the project"
    assert read_options({"review": path}) == (
        None,
        [("review", said, "write one such as review.csv")],
    )


def test_a_path_is_written_in_one_way_only() -> None:
    options, _ = read_options({"review": "./tests//review.csv"})
    assert options is not None
    assert options.review == RECORD


@pytest.mark.parametrize("record", ["broken", None, HEAD + ROW.replace("fact", "fict")])
@pytest.mark.parametrize("broken", [{}, {FACT: "broken"}], ids=["sound", "broken"])
@pytest.mark.parametrize("remembered", [True, False])
def test_serving_goes_on_without_a_record_that_cannot_be_read(
    tmp_path: Path, record: str | None, broken: Changes, remembered: bool
) -> None:
    memory = Memory()
    if remembered:
        recover(tree_of(tmp_path), memory, "docs", KEPT, tmp_path)
    shown = recover(tree_of(tmp_path, broken, record), memory, "docs", KEPT, tmp_path)
    assert RECORD in {p.path for p in shown.problems}
    assert shown.library.readings is None
    assert RECORD not in shown.lost
    assert (FACT in shown.lost) == (bool(broken) and not remembered)
    mended = recover(tree_of(tmp_path), memory, "docs", KEPT, tmp_path)
    assert mended.library.readings is not None


# Figures


def test_the_figures_of_the_check_and_of_the_page(tmp_path: Path) -> None:
    page = "---\nsourcing: none\n---\n# Figures\n\n```figures\n```\n"
    rows = all_read(tmp_path, {"docs/figures.md": page}).splitlines(keepends=True)
    verdict = verdict_of(tmp_path, {"docs/figures.md": page}, "".join(rows[:-3]))
    library = verdict.library
    assert library is not None
    every = len(rows) - 1
    assert measure(library).read == (every - 3, every)
    assert measure(library).lines[-1] == (
        f"{every - 3} of {every} statements read a second time: {every - 3} by A. Reader"
    )
    pictures = illustrate(library, tmp_path / "cache", "Site", "https://site.example/")
    pages = Pages(library, pictures, [ROOT / "overrides"], Setting("Site", "https://site.example/"))
    (spec,) = [spec for spec in pages.every() if spec.url == "figures/"]
    made = spec.make().html
    assert f"Statements read a second time</th><td>{every - 3} of {every}</td>" in made
    assert f"read a second time by: A. Reader</th><td>{every - 3}</td>" in made


def test_without_a_record_there_is_no_figure(tmp_path: Path) -> None:
    tree_of(tmp_path)
    verdict = examine(read_tree(tmp_path, "content", "docs"), "docs", OPTIONS, tmp_path)
    assert found(verdict.problems) == []
    assert verdict.library is not None
    assert measure(verdict.library).read is None
    assert not [line for line in measure(verdict.library).lines if "second time" in line]


# The command


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a site that keeps a record in which nothing is."""
    copied = copy_of("other", tmp_path)
    shutil.rmtree(copied / ".cache", ignore_errors=True)
    config = copied / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("      rights:", f"      review: {RECORD}\n      rights:"))
    (copied / "tests").mkdir()
    (copied / RECORD).write_text(HEAD)
    monkeypatch.chdir(copied)
    monkeypatch.setattr(review, "_today", lambda: "2025-11-02")
    return copied


def summitry(*words: str, code: int = 0) -> Result:
    """What a command says; it ends with the exit code wanted, and never with a traceback."""
    done = CliRunner().invoke(main, words)
    assert isinstance(done.exception, SystemExit | None), repr(done.exception)
    assert done.exit_code == code, done.output
    return done


def listed(*words: str) -> list[dict[str, Any]]:
    return json.loads(summitry("review", "--format", "json", *words).stdout)


def lines_of(sheets: list[dict[str, Any]], verdict: str = "holds") -> str:
    return "".join(f"{one['id']},{one['hash']},{verdict}\n" for one in sheets)


def test_everything_is_printed_recorded_and_then_read(site: Path, tmp_path: Path) -> None:
    unread = listed()
    assert len({one["id"] for one in unread}) > 10
    given_back = tmp_path / "verdicts.csv"
    given_back.write_text(lines_of(unread))
    done = summitry("review", "--record", str(given_back), *BY)
    count = len(unread)
    assert done.output == f"{count} recorded: {count} of {count} statements read\n"
    raw = (site / RECORD).read_bytes()
    assert raw.splitlines()[0] == b"id,hash,verdict,date,by"
    assert raw.count(b",holds,2025-11-02,A. Reader\n") == count
    assert listed() == []
    said = f"nothing is left to read: {count} of {count} statements were read as they stand\n"
    assert summitry("review").output == said
    assert listed("--all") == unread
    checked = summitry("check").output
    assert checked.endswith(
        f"\n{count} of {count} statements read a second time: {count} by A. Reader\n"
    )
    assert "tests/review.csv" not in checked
    summitry("review", "--record", str(given_back), *BY)
    assert (site / RECORD).read_bytes() == raw


def test_the_order_in_which_lines_come_back_does_not_matter(site: Path, tmp_path: Path) -> None:
    sheets, given_back = listed(), tmp_path / "verdicts.csv"
    given_back.write_text("id,hash,verdict\n" + lines_of(sheets[::-1]) + "\n")
    summitry("review", "--record", str(given_back), *BY, "--on", "2025-10-30")
    rows, problems = read(RECORD, (site / RECORD).read_bytes())
    assert problems == []
    assert len(rows) == len(sheets)
    assert {(row.date, row.by) for row in rows} == {("2025-10-30", "A. Reader")}


def test_parts_recorded_one_after_another(site: Path, tmp_path: Path) -> None:
    sheets, given_back = listed(), tmp_path / "verdicts.csv"
    for part in (sheets[:4], sheets[4:]):
        given_back.write_text(lines_of(part, "doubtful"))
        summitry("review", "--record", str(given_back), *BY)
    assert listed() == []
    del site


def test_text_is_for_a_reader_who_sees_only_that(site: Path) -> None:
    (one,) = listed("facts/length")
    text = summitry("review", "facts/length").output
    assert text.startswith(f"facts/length {one['hash']}\n\nquestion: How many days did they meet?")
    assert "\n   says: Counts two days.\n" in text
    assert text == summitry("review", "content/facts/length.md").output
    both = summitry("review", "facts/length", "docs/index.md").output
    assert both.startswith(text + "\n---\n\ndocs/index.md ")
    assert summitry("review").output == summitry("review", "--all").output
    del site


def test_a_changed_statement_is_listed_and_its_old_row_replaced(site: Path, tmp_path: Path) -> None:
    given_back = tmp_path / "verdicts.csv"
    given_back.write_text(lines_of(listed()))
    summitry("review", "--record", str(given_back), *BY, "--on", "2025-10-01")
    fact = site / "content/facts/length.md"
    fact.write_text(fact.read_text().replace("How many days", "For how many days"))
    changed_now = listed()
    # The home page shows the question as a card, and its description rests on all that it shows.
    assert [one["id"] for one in changed_now] == ["facts/length", "docs/index.md"]
    said = summitry("check").output
    assert f"{fact.relative_to(site)}:1:1: note: this changed since it was read" in said
    assert " a second time on 2025-10-01 [read-before]\n" in said
    given_back.write_text(lines_of(changed_now[:1], "changed"))
    done = summitry("review", "--record", str(given_back), *BY)
    assert done.output.startswith("1 recorded, 1 older row dropped: ")
    rows, _ = read(RECORD, (site / RECORD).read_bytes())
    assert [row.verdict for row in rows if row.id == "facts/length"] == ["changed"]
    assert [one["id"] for one in listed()] == ["docs/index.md"]


def test_rows_that_fit_nothing_are_listed_and_dropped(site: Path, tmp_path: Path) -> None:
    given_back = tmp_path / "verdicts.csv"
    given_back.write_text(lines_of(listed()))
    summitry("review", "--record", str(given_back), *BY)
    rows = (site / RECORD).read_text().splitlines(keepends=True)
    spare = f"docs/index.md,{OLD},holds,2025-01-01,B\n"
    (site / RECORD).write_text("".join([rows[0], *sorted([*rows[1:], spare])]))
    done = summitry("review")
    assert f": this fits nothing: docs/index.md {OLD}\n" in done.stderr
    assert OLD not in done.stdout
    given_back.write_text("")
    done = summitry("review", "--record", str(given_back), *BY)
    assert done.output.startswith("0 recorded, 1 older row dropped: ")
    assert (site / RECORD).read_text() == "".join(rows)


def test_one_bad_line_and_nothing_is_recorded(site: Path, tmp_path: Path) -> None:
    (first, second, *_) = listed()
    given_back = tmp_path / "verdicts.csv"
    given_back.write_text(
        lines_of([first])
        + f"{second['id']},{OLD},holds\nfacts/lengt,{OLD},holds\n{first['id']},{first['hash']}\n"
        + f"{first['id']},{first['hash']},maybe\n{first['id']},{first['hash']},doubtful\n"
    )
    said = summitry("review", "--record", str(given_back), *BY, code=1).output
    for line, message, cure in [
        (2, f"{second['id']} has changed since it was read: {OLD} is not its hash now",
         f"read it again: summitry review {second['id']}"),
        (3, "facts/lengt states nothing to read", "did you mean facts/length?"),
        (4, "the row has 2 values, not 3", "write id,hash,verdict"),
        (6, "this was said on line 1 already", "keep one of the two"),
    ]:  # fmt: skip
        assert f"{given_back}:{line}:1: {message} [review-record]\n  fix: {cure}\n" in said
    assert ":5:" in said
    assert (
        "“maybe” is not a verdict [review-record]\n  fix: one of holds, changed, doubtful\n" in said
    )
    assert (site / RECORD).read_text() == HEAD


def test_nothing_is_recorded_while_files_cannot_be_read(site: Path, tmp_path: Path) -> None:
    given_back = tmp_path / "verdicts.csv"
    given_back.write_text(lines_of(listed()))
    (site / "content/facts/length.md").write_text("broken")
    said = summitry("review", "--record", str(given_back), *BY, code=1).output
    assert said.startswith("Error: files of the site cannot be read whole: mend what summitry")
    assert (site / RECORD).read_text() == HEAD
    assert "facts/length" not in {one["id"] for one in listed()}


def test_a_record_that_is_wrong_is_left_alone(site: Path, tmp_path: Path) -> None:
    given_back = tmp_path / "verdicts.csv"
    given_back.write_text("")
    wrong = HEAD + "facts/length,x,holds,2025-11-01,A. Reader\n"
    (site / RECORD).write_text(wrong)
    for words in ([], ["--record", str(given_back), *BY], ["--format", "json"]):
        said = summitry("review", *words, code=1).output
        assert said.startswith(
            f"{RECORD}:2:14: “x” is not a hash of 16 digits [review-record]\n  fix: "
        )
    assert (site / RECORD).read_text() == wrong
    (site / RECORD).unlink()
    said = summitry("review", code=1).output
    assert said.startswith(
        f"{RECORD}:1:1: there is no record of the second reading here [review-record]\n  fix: "
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["facts/lengt"], "facts/lengt states nothing to read: did you mean facts/length?"),
        (["docs/contribute/index.md"], "docs/contribute/index.md states nothing to read: "),
        (["zzz\x1b"], "zzz<U+001B> states nothing to read: write kind/id, or the file of a page"),
    ],
)
def test_an_id_without_a_statement(site: Path, words: list[str], said: str) -> None:
    assert f"Error: {said}" in summitry("review", *words, code=1).output
    del site


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["facts/length", "--all"], "give IDS or --all"),
        (["facts/length", "--record", "mkdocs.yml"], "--record takes no IDS, --all or --format"),
        (["--all", "--record", "mkdocs.yml"], "--record takes no IDS, --all or --format"),
        (["--on", "2025-11-01"], "--on and --by belong with --record"),
        (["--by", "A. Reader"], "--on and --by belong with --record"),
        (["--record", "mkdocs.yml"], "--record needs --by: who read?"),
        (["--record", "mkdocs.yml", "--by", " "], "say who read, in a few words"),
        (["--on", "2025-11-03", "--record", "mkdocs.yml"], "the day has not come yet"),
        (["--on", "1 May", "--record", "mkdocs.yml"], "write it as 2025-08-16"),
        (["--record", "no-such-file"], "does not exist"),
    ],
)
def test_wrong_usage(site: Path, words: list[str], said: str) -> None:
    assert said in summitry("review", *words, code=2).output
    assert (site / RECORD).read_text() == HEAD


def test_a_site_without_a_record_says_how_to_keep_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_of("other", tmp_path))
    said = summitry("review", code=1).output
    way = "set the option review: to the path of a .csv file in mkdocs.yml"
    assert said == f"Error: no record is kept: {way}\n"
    assert "second time" not in summitry("check").output


def test_the_plugin_watches_the_record(site: Path) -> None:
    config = load_config(str(site / "mkdocs.yml"))
    plugin: Any = config.plugins["summitry"]
    plugin.on_startup(command="serve", dirty=False)
    assert str(site / RECORD) in plugin.on_config(config).watch
