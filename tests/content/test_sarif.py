"""Problems in SARIF, held to the standard's own schema."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft4Validator
from running import ROOT
from summitry.content.problems import START, Mark, Problem
from summitry.content.sarif import as_sarif

# The schema of SARIF 2.1.0, as Microsoft's package of matchers for tests carries it (MIT).
SCHEMA: dict[str, Any] = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text("utf-8"))
VALID = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)

ONE = Problem("content/people/a.md", Mark(3, 7), "bad-date", "“x” is not a date", "write 2025")
NOTE = Problem("content/sources/ä b.md", START, "unused-source", "nothing cites b", note=True)
BAD = Problem("content/people/\udcff.md", START, "bad-id", "\x1b[2J\ud800\u202e", "rename it")


def test_the_schema_is_one_and_refuses_what_is_not_sarif() -> None:
    Draft4Validator.check_schema(SCHEMA)
    log = json.loads(as_sarif([ONE]))
    del log["runs"][0]["results"][0]["message"]
    assert not VALID.is_valid(log)
    log = json.loads(as_sarif([ONE]))
    log["runs"][0]["results"][0]["level"] = "notice"
    assert not VALID.is_valid(log)


def test_any_problems_are_a_log_that_the_schema_takes() -> None:
    for problems in ([], [ONE], [ONE, NOTE, BAD, ONE]):
        said = as_sarif(problems)
        said.encode("utf-8")
        log = json.loads(said)
        assert [error.message for error in VALID.iter_errors(log)] == []
        assert len(log["runs"][0]["results"]) == len(problems)


def test_a_result_has_its_rule_level_place_and_cure() -> None:
    run = json.loads(as_sarif([ONE, NOTE]))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["bad-date", "unused-source"]
    one, note = run["results"]
    assert rules[note["ruleIndex"]]["id"] == note["ruleId"] == "unused-source"
    assert (one["level"], note["level"]) == ("error", "note")
    assert one["message"]["text"] == "“x” is not a date — fix: write 2025"
    place = one["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert place["artifactLocation"]["uri"] == "content/people/a.md"
    noted = note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert noted == "content/sources/%C3%A4%20b.md"
