"""While serving, one sees how far the pages are that nobody has asked for yet."""

from __future__ import annotations

import io
import logging

import pytest
from summitry.host.progress import MANY, Progress


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_there_is_a_bar_that_ends_with_its_line() -> None:
    to = Terminal()
    progress = Progress(to)
    progress.begin(MANY)
    for _ in range(MANY):
        progress.step()
    assert f"{MANY}/{MANY}" in to.getvalue()
    assert to.getvalue().endswith("\n")
    ended = to.getvalue()
    progress.step()  # a page that was made although it was not counted
    assert to.getvalue() == ended


def test_a_terminal_gets_its_cursor_back_wherever_it_ends() -> None:
    to = Terminal()
    progress = Progress(to)
    progress.begin(MANY)
    progress.end()
    progress.end()
    assert to.getvalue().endswith("\x1b[?25h\n")


def test_a_change_that_comes_in_between_begins_anew() -> None:
    to = Terminal()
    progress = Progress(to)
    progress.begin(MANY)
    progress.step()
    progress.begin(2 * MANY)
    assert f"0/{2 * MANY}" in to.getvalue().splitlines()[-1]


def test_elsewhere_there_are_four_lines(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    progress = Progress(io.StringIO())
    progress.begin(201)
    for _ in range(201):
        progress.step()
    said = ["51 of 201", "101 of 201", "151 of 201", "201 of 201"]
    assert [record.getMessage() for record in caplog.records] == [
        f"{one} pages are made" for one in said
    ]


def test_of_a_few_pages_nothing_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    to = Terminal()
    for progress in (Progress(to), Progress(io.StringIO())):
        progress.begin(MANY - 1)
        for _ in range(MANY):
            progress.step()
    assert not to.getvalue() and not caplog.records
