"""Problems in SARIF 2.1.0, which code hosts and editors read from every checker alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from summitry import __version__
from summitry.content.problems import CATALOGUE, Problem
from summitry.content.report import safe

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def as_sarif(problems: Sequence[Problem]) -> str:
    """A log with one run: a rule for each code that was met, a result for each problem.

    Paths are relative to the project, columns count characters.
    """
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "summitry", "version": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    return json.dumps(
        {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2
    )


def _rule(code: str) -> dict[str, Any]:
    told = CATALOGUE[code]
    return {
        "id": code,
        "shortDescription": {"text": told.title},
        "fullDescription": {"text": told.reason},
        "help": {"text": told.cure},
    }


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    line, column = problem.mark
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": "note" if problem.note else "error",
        "message": {"text": safe(f"{problem.message} — fix: {problem.cure}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(problem.path, errors="replace")},
                    "region": {"startLine": line, "startColumn": column},
                }
            }
        ],
    }
