"""MkDocs finds the same files of the theme, and need not look at its icons for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from summitry.host import theme

CONFIG = "site_name: A\ntheme: {name: material, custom_dir: own}\nplugins: []\n"


def test_the_files_of_the_theme_are_those_that_mkdocs_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    for name in ("own/a.css", "own/.hidden/b.css", "own/in/.c.css", "own/in/d.js", "docs/index.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    stock, ours = Files([]), Files([])
    theme.join(config)
    stock.add_files_from_theme(type(config.theme).get_env(config.theme), config)
    env = config.theme.get_env()
    ours.add_files_from_theme(env, config)
    assert [file.src_uri for file in ours] == [file.src_uri for file in stock]
    assert {"a.css", "in/d.js"} <= {file.src_uri for file in ours}
    icon = ".icons/material/magnify.svg"
    assert icon not in env.list_templates()
    assert "<svg" in env.get_template(icon).render()
