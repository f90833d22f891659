"""The command `summitry schemas`: the schemas of front matter as files, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from summitry.content import json_schema
from summitry.tools.command import say


@click.command()
@click.argument(
    "folder", type=click.Path(file_okay=False, path_type=Path), default=json_schema.FOLDER
)
def schemas(folder: Path) -> None:
    """Write the JSON Schema of each kind's front matter, and of a page's, into FOLDER.

    Without FOLDER, where the package keeps its own. docs/contribute/editors.md says how editors
    find them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in json_schema.MODELS:
        (folder / f"{name}.json").write_text(json_schema.as_file(name), "utf-8")
    say(f"{len(json_schema.MODELS)} schemas are in {folder}")
