"""What is wrong with the folders that are read and written, before anything is read or written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from summitry import TEMPLATES
from summitry.content import targets
from summitry.content.options import Options
from summitry.content.problems import Problem
from summitry.host import theme
from summitry.host.inputs import root_of
from summitry.host.settings import at_key, place


def is_inside(config: MkDocsConfig) -> bool:
    """Whether the docs folder lies in the project, and is not the project."""
    return root_of(config) in Path(config.docs_dir).resolve().parents


def folder_problems(
    config: MkDocsConfig, options: Options, with_site: bool = True
) -> list[Problem]:
    """What is wrong with the folders that are read and written, before anything is written."""
    file = Path(config.config_file_path)
    docs = Path(config.docs_dir)
    if not is_inside(config):
        message = f"docs_dir: {docs} is not a folder inside the project"
        hint = "name a folder beside mkdocs.yml, such as docs"
        return [Problem(file.name, place(file, "docs_dir"), "option", message, hint)]
    if not config.use_directory_urls:
        message = "use_directory_urls: each page stands in a folder of its own here"
        mark = place(file, "use_directory_urls")
        return [Problem(file.name, mark, "option", message, "delete the line")]
    root = Path(os.path.abspath(file.parent))  # noqa: PTH100  # resolves no link, as MkDocs
    content = root / options.content_dir
    matter = {"content_dir": content, "docs_dir": docs, "the templates": TEMPLATES}
    if config.theme.custom_dir:
        matter["custom_dir"] = Path(config.theme.custom_dir)
    if options.review:
        record = root / options.review
        matter["review"] = record if record.parent == root else record.parent
    folders = targets.Folders(root, Path(config.site_dir), root / options.cache_dir, matter)
    return [
        *_misplaced(config, options),
        *(
            Problem(file.name, place(file, wrong.option), "option", wrong.message, wrong.cure)
            for wrong in targets.wrongs(folders, with_site)
        ),
    ]


def _misplaced(config: MkDocsConfig, options: Options) -> Iterator[Problem]:
    """Folders that are read and lie in one another, or outside of the project."""
    file, root = Path(config.config_file_path), root_of(config)
    docs, content = Path(config.docs_dir).resolve(), (root / options.content_dir).resolve()
    if docs == content or docs in content.parents or content in docs.parents:
        message = f"content_dir: it and docs_dir, {docs.name}, lie in one another"
        yield at_key(file, "content_dir", message, "name two folders beside each other")
    if not theme.is_within(config):
        custom = config.theme.custom_dir
        message = f"theme.custom_dir: {custom} is not a folder inside the project"
        cure = "name a folder beside mkdocs.yml, such as overrides"
        yield at_key(file, "theme.custom_dir", message, cure)
