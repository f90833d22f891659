"""A small part of what `make fuzz` does at length: damaged files, always the same."""

from __future__ import annotations

import pytest
from reliability import fuzz


@pytest.mark.parametrize("kind", fuzz.KINDS[6:], ids=lambda kind: kind.__name__)
def test_damaged_files_are_refused_or_right(kind: fuzz.Case) -> None:
    failed = [said for number in range(15) if (said := fuzz.run(number, kind))]
    assert not failed, "\n".join(failed)


def test_a_failure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(fuzz, "examine", broken)
    assert "KeyError: 'a bug'" in fuzz.run(1, fuzz.text)


def test_what_came_of_cases_is_one_table() -> None:
    found = [fuzz.Outcome(1, "text", 0.4, ""), fuzz.Outcome(2, "record", 2.5, "record 2: 2.5 s")]
    rows = fuzz.table(found).splitlines()
    assert rows[2:5] == [
        "| every kind | 2 | 1 | 2.50 |",
        "| text | 1 | 0 | 0.40 |",
        "| record | 1 | 1 | 2.50 |",
    ]
    assert rows[5:] == ["| picture | 0 | 0 | 0.00 |", "| settings | 0 | 0 | 0.00 |"]
