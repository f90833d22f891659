"""Everything as tables, and these as JSON, CSV and SQLite."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date

import pytest
from small_site import PASSAGE, checked, person
from summitry.content.kinds import KINDS
from summitry.content.schema import evidence_of
from summitry.data import files
from summitry.data.files import Imprint
from summitry.data.history import UNKNOWN, History
from summitry.data.tables import Table, layout, tables
from summitry.words.catalogue import Words

SITE = "https://site.example/"
ABOUT = Imprint("Site", SITE, "abc", "2025-08-20", "https://l.example/", "Some rights.")
P = "content/people/speaker-two.md"


@pytest.fixture(scope="module")
def made() -> list[Table]:
    return tables(checked(), SITE, UNKNOWN, Words())


def table(found: list[Table], name: str) -> list[dict[str, object]]:
    one = next(t for t in found if t.name == name)
    names = [column.name for column in one.columns]
    return [dict(zip(names, row, strict=True)) for row in one.rows]


def test_each_kind_has_a_table_with_a_row_for_each_entity(made: list[Table]) -> None:
    library = checked()
    for kind in KINDS:
        rows = table(made, kind)
        assert [row["id"] for row in rows] == [item.ref.id for item in library.items(kind)]
        assert all(row["page"] == f"{SITE}{kind}/{row['id']}/" for row in rows)


def test_every_field_of_the_model_has_a_place() -> None:
    known = {t.name: {column.name for column in t.columns} for t in layout()}
    for kind, model in KINDS.items():
        for name, info in model.model_fields.items():
            key = info.alias or name
            beside = {"evidence", "corrections", f"{kind}_{key}"} & known.keys()
            column = any(c == key or c.startswith(f"{key}_") for c in known[kind])
            assert column or beside, (kind, key)


def test_every_column_is_described_and_none_stands_twice() -> None:
    for one in layout():
        names = [column.name for column in one.columns]
        assert len(set(names)) == len(names), one.name
        assert all(column.text and column.type for column in one.columns), one.name
        assert one.text


def test_values_stand_under_their_columns(made: list[Table]) -> None:
    quote, sign = table(made, "quotes")
    assert quote["text"] == "We had “some” words"
    assert (quote["speaker"], quote["speaker_described"]) == ("speaker-one", None)
    assert (sign["speaker"], sign["speaker_described"]) == (None, "Lettering on the backdrop")
    assert quote["state"] == "transcribed"
    assert quote["said_on"] == "2025-08-15"
    place = table(made, "places")[0]
    assert (place["latitude"], place["contained_in"]) == (61.2, "places/place-two")
    person_one = table(made, "people")[0]
    assert json.loads(str(person_one["aliases"])) == ["S. One"]
    assert person_one["role_on_the_day"] == "Second Role"
    roles = table(made, "people_roles")
    assert [(r["entity"], r["number"], r["title"], r["from"]) for r in roles] == [
        ("speaker-one", 1, "First Role", "2020"),
        ("speaker-one", 2, "Second Role", "2025-01"),
    ]
    fact, question = table(made, "facts")
    assert (fact["support"], fact["sources"], fact["origins"]) == ("corroborated", 2, 2)
    assert (question["support"], question["we_use"]) == ("disputed", "Two hours")
    assert question["because_text"] == "The record says so."
    assert [row["value"] for row in table(made, "facts_positions")] == ["An hour", "Two hours"]


def test_all_evidence_is_there_with_its_place(made: list[Table]) -> None:
    library = checked()
    count = sum(len(evidence_of(item.entity)) for item in library.every())
    rows = table(made, "evidence")
    assert len(rows) == count
    second = next(r for r in rows if r["place"] == "positions.2.evidence.1")
    assert (second["entity"], second["source"], second["exact"]) == (
        "question-one",
        "source-two",
        "two hours",
    )
    assert second["proven"] == 0
    assert any(row["says"] == "So it says." and row["proven"] is None for row in rows)


def test_corrections_and_withdrawals_are_there() -> None:
    corrected = "corrections: [{on: 2025-09-01, was: Old, now: New, why: Misread.}]\n"
    story = "---\ncorrections: [{on: 2025-10, was: A, now: B, why: C.}]\n---\n# A\n"
    found = tables(checked({P: person(corrected), "docs/story.md": story}), SITE, UNKNOWN, Words())
    rows = table(found, "corrections")
    assert [(r["kind"], r["entity"], r["on"], r["was"]) for r in rows] == [
        ("people", "speaker-two", "2025-09-01", "Old"),
        ("stories", "story.md", "2025-10", "A"),
    ]
    gone = f"---\nname: T\ndefinition: It.\nevidence: {PASSAGE}\n"
    gone += "withdrawn: {on: 2025, why: Wrong.}\n---\n"
    terms = table(
        tables(checked({"content/terms/term-one.md": gone}), SITE, UNKNOWN, Words()), "terms"
    )
    assert (terms[0]["withdrawn_on"], terms[0]["withdrawn_why"]) == ("2025", "Wrong.")


def test_the_last_change_is_gits() -> None:
    found = tables(checked(), SITE, History({date(2025, 8, 20): {P: True}}), Words())
    assert [row["updated"] for row in table(found, "people")] == [None, "2025-08-20"]


def test_json_says_what_it_is_and_leaves_out_what_is_empty(made: list[Table]) -> None:
    data = json.loads(files.as_json(ABOUT, made))
    assert (data["format"], data["version"], data["commit"]) == ("summitry-data", 1, "abc")
    assert (data["license"], data["rights"]) == ("https://l.example/", "Some rights.")
    first, second = data["tables"]["people"]
    assert first["aliases"] == ["S. One"]
    assert "aliases" not in second
    bare = json.loads(files.as_json(Imprint("S", SITE, "", ""), made))
    assert not {"commit", "license", "rights"} & bare.keys()


def test_csv_is_what_the_tables_are(made: list[Table]) -> None:
    for one in made:
        rows = list(csv.reader(io.StringIO(files.as_csv(one), newline="")))
        assert rows[0] == [column.name for column in one.columns]
        wanted = [["" if value is None else str(value) for value in row] for row in one.rows]
        assert rows[1:] == wanted


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(text: str) -> None:
    one = Table("t", "", layout()[0].columns[:1], [(text,), (f"a {text}",)])
    assert files.as_csv(one).split("\r\n")[1:3] == [f"'{text}", f"a {text}"]


def opened(raw: bytes) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(raw)
    return database


def test_sqlite_has_every_row_and_says_what_columns_mean(made: list[Table]) -> None:
    database = opened(files.as_sqlite(ABOUT, made))
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert names == {one.name for one in made} | {"about", "columns"}
    for one in made:
        assert database.execute(f'SELECT * FROM "{one.name}"').fetchall() == one.rows
        described = database.execute('SELECT "column" FROM columns WHERE "table" = ?', (one.name,))
        assert described.fetchall() == [(column.name,) for column in one.columns]
    assert dict(database.execute("SELECT * FROM about"))["updated"] == "2025-08-20"
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_the_same_tables_give_the_same_bytes(made: list[Table]) -> None:
    again = tables(checked(), SITE, UNKNOWN, Words())
    assert files.as_sqlite(ABOUT, made) == files.as_sqlite(ABOUT, again)
    assert files.as_json(ABOUT, made) == files.as_json(ABOUT, again)
