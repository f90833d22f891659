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
