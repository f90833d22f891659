"""The tables as files to download: JSON, CSV and one SQLite file, all with the same content."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Sequence

from msgspec import Struct

from summitry.checks.checked import CheckedLibrary
from summitry.content import licences
from summitry.data.setting import Setting
from summitry.data.tables import VERSION, Column, Table, Value

FORMAT = "summitry-data"


class Imprint(Struct, frozen=True):
    """What a file says of itself: the site, and the commit and day that it was made from; the
    licence of its own words, by address, and in words what may be done with them."""

    site: str
    url: str
    commit: str
    updated: str
    license: str = ""
    rights: str = ""

    @property
    def rows(self) -> dict[str, str | int]:
        """The same as names and values, those that are known."""
        known: dict[str, str | int] = {
            "format": FORMAT,
            "version": VERSION,
            "site": self.site,
            "url": self.url,
        }
        more = {
            "license": self.license,
            "rights": self.rights,
            "commit": self.commit,
            "updated": self.updated,
        }
        return known | {name: value for name, value in more.items() if value}


def imprint(library: CheckedLibrary, setting: Setting) -> Imprint:
    """What the files of a site say of themselves."""
    history, options = setting.history, library.options
    newest = next(iter(history.days), None)
    terms, excluded = options.terms.removesuffix("."), setting.words("data.excluded")
    return Imprint(
        setting.name,
        setting.url,
        history.commit,
        newest.isoformat() if newest else "",
        licences.address(options.license),
        f"{terms}. {excluded}" if terms else "",
    )


def as_json(about: Imprint, tables: Iterable[Table]) -> str:
    """One object: what the file is, and each table as a list of objects; no value, no key."""
    rows = {table.name: [_object(table.columns, row) for row in table.rows] for table in tables}
    return json.dumps(about.rows | {"tables": rows}, ensure_ascii=False, indent=1) + "\n"


def _object(columns: Sequence[Column], row: Sequence[Value]) -> dict[str, object]:
    found: dict[str, object] = {}
    for column, value in zip(columns, row, strict=True):
        if column.listed and isinstance(value, str):
            found[column.name] = json.loads(value)
        elif value is not None:
            found[column.name] = value
    return found


def as_csv(table: Table) -> str:
    """RFC 4180, with a line of names; a cell that a spreadsheet would run is set apart."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_cell(value) for value in row] for row in table.rows])
    return written.getvalue()


def _cell(value: object) -> object:
    """Text of strangers is never a formula: an apostrophe before =, +, - and @ says so."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def as_sqlite(about: Imprint, tables: Sequence[Table]) -> bytes:
    """One database with a table for each, `about`, and `columns`, which describes them all."""
    described = [(t.name, c.name, c.text) for t in tables for c in t.columns]
    names = ("table", "column", "text")
    more = (
        Table("about", "", _texts("name", "value"), list(about.rows.items())),
        Table("columns", "", _texts(*names), list(described)),
    )
    with sqlite3.connect(":memory:") as database:
        for table in (*more, *tables):
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            database.execute(f'CREATE TABLE "{table.name}" ({columns})')
            marks = ", ".join("?" * len(table.columns))
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)
        database.commit()
        raw = database.serialize()
    database.close()
    return raw


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "TEXT", "") for name in names)
