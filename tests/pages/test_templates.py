"""Compiled templates are kept, and what is kept is run only if it is what was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from summitry.pages.templates import compiled


def _rendered(cache: Path, compile_count: list[str] | None = None) -> str:
    env = Environment(
        loader=DictLoader({"one": "{% set x = {'a': 1, 'b': 2} %}{{ x.a }} of {{ x.b }}"}),
        bytecode_cache=compiled(cache, "test"),
        autoescape=True,
    )
    if compile_count is not None:
        made = env.compile

        def counted(*given: object, **more: object) -> object:
            compile_count.append("one")
            return made(*given, **more)  # type: ignore[call-overload]

        env.compile = counted  # type: ignore[method-assign]
    return env.get_template("one").render()


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    compiling: list[str] = []
    assert [_rendered(tmp_path, compiling) for _ in range(2)] == ["1 of 2"] * 2
    assert len(compiling) == 1


@pytest.mark.parametrize("part", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_a_damaged_one_is_compiled_anew(tmp_path: Path, part: float) -> None:
    """Jinja itself runs what it finds: one wrong byte ended Python."""
    _rendered(tmp_path)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    raw = file.read_bytes()
    at = int(len(raw) * part)
    for harmed in (raw[:at] + b"\xff" * 4 + raw[at + 4 :], raw[:at], b""):
        file.write_bytes(harmed)
        assert _rendered(tmp_path) == "1 of 2"
        assert file.read_bytes() == raw


def test_without_a_place_for_it_templates_are_compiled_each_time(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file in its place", "utf-8")
    assert _rendered(cache) == "1 of 2"
