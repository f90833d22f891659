"""Where templates come from: this package, and before it the site's own folder, if it has one.

MkDocs' theme stays Material, in whose layout contributors' pages stand. The plugin puts the
package's templates between `custom_dir` and Material's, so a site has nothing to point at them and
a file of the site's own wins. A theme of ours in MkDocs' sense (`name: summitry`, which extends
Material) would do the same in a second place, and MkDocs then looks for Material's own plugins
under another name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from traceback import walk_tb
from typing import Any, cast

from jinja2 import (
    Environment,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from mkdocs.config.defaults import MkDocsConfig

from summitry import TEMPLATES
from summitry.content.problems import START, Mark, Problem
from summitry.host.settings import place
from summitry.words.catalogue import ENGLISH

LAYOUT = "material"
"""The theme whose layout contributors' pages have."""


def own_folders(config: MkDocsConfig) -> list[Path]:
    """The folders of templates that are not the theme's, the first one first."""
    custom = config.theme.custom_dir
    return [Path(custom), TEMPLATES] if custom else [TEMPLATES]


def join(config: MkDocsConfig) -> None:
    """Put our templates behind the site's own and before the theme's. Nothing comes from afar."""
    dirs, ours = config.theme.dirs, str(TEMPLATES)
    if ours not in dirs:
        dirs.insert(1 if config.theme.custom_dir else 0, ours)
        cast("Any", config.theme).get_env = partial(_environment, config.theme.get_env)
    config.theme["font"] = False  # the theme's would be loaded from another host
    config.theme["layout_language"] = _layout_language(config)


class _Visible(FileSystemLoader):
    """Lists no hidden folder. Material has 14,000 icons in one, which MkDocs leaves out each."""

    def list_templates(self) -> list[str]:
        """The names of all other templates."""
        found: set[str] = set()
        for top in map(str, self.searchpath):
            for base, folders, names in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = Path(base).relative_to(top)
                found.update((inside / name).as_posix() for name in names)
        return sorted(found)


def _environment(make: Callable[[], Environment]) -> Environment:
    env = make()
    env.loader = _Visible(cast("FileSystemLoader", env.loader).searchpath)
    return env


def _layout_language(config: MkDocsConfig) -> str:
    """The language of the theme's own words: the site's, as far as the theme has it."""
    tag = str(config.theme.get("language") or ENGLISH)
    for name in (tag, tag.partition("-")[0]):
        file = f"partials/languages/{name}.html"
        if any((Path(folder) / file).is_file() for folder in config.theme.dirs):
            return name
    return ENGLISH


def is_within(config: MkDocsConfig) -> bool:
    """Whether the site's own templates, if it has some, lie in a folder of the project."""
    root = Path(config.config_file_path).resolve().parent
    custom = config.theme.custom_dir
    return not custom or root in Path(custom).resolve().parents


def problems(config: MkDocsConfig) -> list[Problem]:
    """What is wrong with the theme, and with the package's templates."""
    file = Path(config.config_file_path)
    if not (TEMPLATES / "main.html").is_file():
        message = f"theme: the templates of summitry are not in {TEMPLATES}"
        cure = "install it again: pip install --force-reinstall summitry"
        return [Problem(file.name, place(file, "theme"), "option", message, cure)]
    if config.theme.name == LAYOUT:
        return []
    message = f"theme: contributors' pages stand in {LAYOUT}'s layout, not in {config.theme.name}'s"
    return [
        Problem(
            file.name, place(file, "theme"), "option", message, f"write theme: {{name: {LAYOUT}}}"
        )
    ]


def own_problems(config: MkDocsConfig) -> Iterator[Problem]:
    """What a build would end in of the site's own templates: no template, or one that is not there.

    What a template asks for that it is not given shows only when it is rendered.
    """
    folders = [*own_folders(config), *map(Path, config.theme.dirs)]
    own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    env = config.theme.get_env()
    files = sorted(own.rglob("*.html")) if own and is_within(config) else []
    for path in filter(Path.is_file, files):
        text = path.read_text("utf-8", "replace")
        try:
            asked = meta.find_referenced_templates(env.parse(text, path.name, str(path)))
            away = [name for name in asked if name and not _is_there(folders, name)]
        except TemplateSyntaxError as error:
            yield fault(error, config)
            continue
        for name in away:
            found = fault(TemplateNotFound(name), config)
            at = Mark(text[: text.find(name)].count("\n") + 1, 1)
            yield replace(found, path=_shown(str(path), config), mark=at)


def _is_there(folders: Iterable[Path], name: str) -> bool:
    return any((folder / name).is_file() for folder in folders)


def fault(error: TemplateError, config: MkDocsConfig) -> Problem:
    """What is wrong with a template, and where."""
    where, line = _place(error, config)
    if isinstance(error, TemplateNotFound):
        what, cure = f"there is no template {error.name}", "correct its name, or write the file"
    else:
        what, cure = (error.message or type(error).__name__).rstrip("."), "mend the template"
    cure = f"{cure}; without a file of that name in custom_dir ours is used"
    at = Mark(line, 1) if where else START
    return Problem(where or Path(config.config_file_path).name, at, "template", what, cure)


def _place(error: TemplateError, config: MkDocsConfig) -> tuple[str, int]:
    """The template that was at work, relative to the project where it lies there, and its line."""
    if isinstance(error, TemplateSyntaxError):
        return _shown(error.filename or error.name or "", config), error.lineno
    folders = [Path(folder) for folder in config.theme.dirs]
    for frame, line in reversed(list(walk_tb(error.__traceback__))):
        path = Path(frame.f_code.co_filename)
        if any(folder in path.parents for folder in folders) and path.suffix != ".py":
            return _shown(str(path), config), line
    return "", 0


def _shown(path: str, config: MkDocsConfig) -> str:
    root = Path(config.config_file_path).parent
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path
