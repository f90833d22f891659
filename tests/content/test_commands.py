"""What a message says to run, with this project's Makefile and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ROOT
from summitry.content.commands import more_tools, serve_at


def test_make_is_named_only_where_it_can_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert serve_at("127.0.0.1", 8001) == "make serve PORT=8001"
    assert serve_at("::1", 8001) == "mkdocs serve -a [::1]:8001"
    monkeypatch.chdir(tmp_path)
    assert serve_at("127.0.0.1", 8001) == "mkdocs serve -a 127.0.0.1:8001"
    assert more_tools(ROOT) == "run: make capture-tools"
    for text in (b"all:\n\techo hello\n", b"\xff"):  # somebody's own, and no text
        (tmp_path / "Makefile").write_bytes(text)
        assert more_tools() == "run: pip install 'summitry[capture]'"
