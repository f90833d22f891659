"""What mkdocs.yml says, read as MkDocs reads it, and what is wrong with it and where."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from summitry.content import targets
from summitry.content.options import Options
from summitry.content.problems import START, Mark, Problem
from summitry.words.catalogue import ENGLISH, words_of

NO_URL = "http://127.0.0.1:8000/"
"""The address of a site that has none: where `mkdocs serve` shows it."""

# How MkDocs begins a message on a key, and on an option of ours.
_NAMED = re.compile(r"(?:Config value|Plugin 'summitry' option) '([\w.]+)'")


@dataclass(frozen=True, slots=True)
class Site:
    """What mkdocs.yml says: the project's root, its folders and our options, and what is wrong.

    Without options, nothing else of the project can be read.
    """

    root: Path
    docs_dir: str = ""
    name: str = ""
    url: str = NO_URL
    options: Options | None = None
    problems: list[Problem] = field(default_factory=list)
    language: str = "en"
    notes: list[Problem] = field(default_factory=list)


class _Collect(logging.Handler):
    """Keeps what MkDocs logs about a configuration, so that `check` can list it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def read_site(config_file: Path) -> Site:
    """Read mkdocs.yml as MkDocs does, environment and inheritance included."""
    root = config_file.resolve().parent
    collected, logger = _Collect(), logging.getLogger("mkdocs")
    logger.addHandler(collected)
    logger.propagate = False
    try:
        config = load_config(str(config_file))
    except MkDocsException as error:
        said = collected.said or [str(error)]
        return Site(root, problems=[_said(config_file, message) for message in said])
    finally:
        logger.removeHandler(collected)
        logger.propagate = True
    plugin = config.plugins.get("summitry")
    options = getattr(plugin, "options", None)
    if not isinstance(options, Options):
        return Site(root, problems=[_said(config_file, "summitry is not among the plugins")])
    wrong = folder_problems(config, options)
    if not _inside(config):
        return Site(root, problems=wrong)
    unset = {
        "site_url": (config.site_url, f"pages, feed and citations say {NO_URL}"),
        "repo_url": (config.repo_url, "no page can offer Suggest a change"),
        "contact_email": (options.contact_email, "no page can offer Report an error"),
    }
    notes = [
        Problem(config_file.name, START, "unset-option", f"{name} is empty: {effect}", note=True)
        for name, (value, effect) in unset.items()
        if not value
    ]
    place = _place(config_file, "theme")
    notes += [
        Problem(config_file.name, place, "interface-words", message, note=True)
        for message in words_of(language_of(config)).notes
    ]
    return Site(
        root,
        docs_folder(config),
        config.site_name,
        url_of(config),
        options,
        wrong,
        language_of(config),
        notes,
    )


def url_of(config: MkDocsConfig) -> str:
    """The site's address with one slash at its end."""
    return (config.site_url or NO_URL).rstrip("/") + "/"


def language_of(config: MkDocsConfig) -> str:
    """The language of the site, as a BCP 47 tag: the theme's."""
    return str(config.theme.get("language") or ENGLISH)


def root_of(config: MkDocsConfig) -> Path:
    """The project's folder, in which mkdocs.yml stands."""
    return Path(config.config_file_path).resolve().parent


def docs_folder(config: MkDocsConfig) -> str:
    """The docs folder, relative to the project."""
    return Path(config.docs_dir).resolve().relative_to(root_of(config)).as_posix()


def _inside(config: MkDocsConfig) -> bool:
    """Whether the docs folder lies in the project, and is not the project."""
    return root_of(config) in Path(config.docs_dir).resolve().parents


def folder_problems(
    config: MkDocsConfig, options: Options, with_site: bool = True
) -> list[Problem]:
    """What is wrong with the folders that are read and written, before anything is written."""
    file = Path(config.config_file_path)
    docs = Path(config.docs_dir)
    if not _inside(config):
        message = f"docs_dir: {docs} is not a folder inside the project"
        hint = "name a folder beside mkdocs.yml, such as docs"
        return [Problem(file.name, _place(file, "docs_dir"), "option", message, hint)]
    if not config.use_directory_urls:
        message = "use_directory_urls: each page stands in a folder of its own here"
        place = _place(file, "use_directory_urls")
        return [Problem(file.name, place, "option", message, "delete the line")]
    root = Path(os.path.abspath(file.parent))  # noqa: PTH100  # resolves no link, as MkDocs
    matter = {"content_dir": root / options.content_dir, "docs_dir": docs}
    if config.theme.custom_dir:
        matter["custom_dir"] = Path(config.theme.custom_dir)
    if options.review:
        record = root / options.review
        matter["review"] = record if record.parent == root else record.parent
    folders = targets.Folders(root, Path(config.site_dir), root / options.cache_dir, matter)
    return [
        Problem(file.name, _place(file, wrong.option), "option", wrong.message, wrong.cure)
        for wrong in targets.wrongs(folders, with_site)
    ]


def _said(file: Path, message: str) -> Problem:
    """What MkDocs says of a configuration, at the line of the key that it names."""
    named = _NAMED.search(message)
    place = _place(file, named[1]) if named else START
    hint = targets.SITE_CURE if named and named[1] == "site_dir" else ""
    return Problem(file.name, place, "option", message, hint)


def _place(file: Path, option: str) -> Mark:
    """Where a key of mkdocs.yml or an option of ours stands; its beginning if it does not."""
    try:
        node = yaml.compose(file.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, OSError, UnicodeDecodeError):
        return START
    return _find(node, option.split(".")[0]) or START


def _find(node: yaml.Node | None, option: str) -> Mark | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    for key, value in node.value:
        if key.value == option:
            return Mark(key.start_mark.line + 1, key.start_mark.column + 1)
        if key.value == "plugins" and isinstance(value, yaml.SequenceNode | yaml.MappingNode):
            plugins = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for plugin in plugins:
                for name, own in plugin.value if isinstance(plugin, yaml.MappingNode) else []:
                    if name.value == "summitry" and (found := _find(own, option)):
                        return found
    return None
