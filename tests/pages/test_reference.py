"""The contributor's reference comes out of the code and leaves nothing out."""

from __future__ import annotations

import pytest
from summitry.content.blocks import LISTED
from summitry.content.kinds import KINDS
from summitry.content.options import Options
from summitry.content.problems import CATALOGUE
from summitry.pages.reference import FieldRow, reference_rows

EVERY = LISTED  # what a page can ask for


def rows(of: str) -> dict[str, FieldRow]:
    return {row.name: row for row in reference_rows(of)}


@pytest.mark.parametrize("of", EVERY)
def test_every_row_says_something_and_stands_once(of: str) -> None:
    found = reference_rows(of)
    assert found
    assert len({row.name for row in found}) == len(found)
    assert all(row.text.rstrip().endswith((".", "ok")) for row in found), found


def test_every_kind_can_be_asked_for() -> None:
    assert set(EVERY) == {*KINDS, "problems", "options", "blocks", "pages"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_stands_under_the_name_that_contributors_write(kind: str) -> None:
    names = {info.alias or name for name, info in KINDS[kind].model_fields.items()}
    assert names == {name for name in rows(kind) if "." not in name}


def test_parts_have_dotted_names_and_required_keys_are_marked() -> None:
    people = rows("people")
    assert people["name"].needed == "yes"
    assert people["side"].needed == ""
    assert people["roles.evidence"].needed == "yes"
    assert people["roles.from"].needed == ""
    assert "roles.start" not in people


def test_choices_are_listed() -> None:
    assert rows("events")["precision"].text.endswith("One of: exact, about, reported-at, between.")


def test_problems_options_and_blocks() -> None:
    assert list(rows("problems")) == sorted(CATALOGUE)
    assert set(Options.model_fields) <= set(rows("options"))
    assert {"timeline: events", "list: of", "list: as", "reference: to"} <= set(rows("blocks"))
