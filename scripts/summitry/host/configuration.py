"""What mkdocs.yml says, read as MkDocs reads it, and what is wrong with it and where."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load
from msgspec import Struct

from summitry.checks.quoting import settings_problems
from summitry.content import targets
from summitry.content.options import Options, WrongOption
from summitry.content.problems import START, Problem
from summitry.host import mkdocs_words, theme
from summitry.host.fitting import unfit
from summitry.host.folders import folder_problems, is_inside
from summitry.host.inheriting import inheritance_problem
from summitry.host.inputs import NO_URL, docs_folder, language_of, url_of
from summitry.host.settings import (
    named,
    place,
    setting_problems,
    value_problem,
    yaml_problem,
)
from summitry.words.catalogue import words_of

# How a message on a key begins.
_KEY = re.compile(r"([^:]+?)(?:: | is empty)")


class Site(Struct, frozen=True):
    """What mkdocs.yml says: the project's root, its folders and our options, and what is wrong.

    Without options, nothing else of the project can be read.
    """

    root: Path
    docs_dir: str = ""
    name: str = ""
    url: str = NO_URL
    options: Options | None = None
    problems: list[Problem] = []
    language: str = "en"
    notes: list[Problem] = []
    nav: tuple[tuple[str, str], ...] = ()


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
        if circle := inheritance_problem(config_file.resolve()):
            return Site(root, problems=[circle])
        config = load_config(str(config_file))
    except MkDocsException as error:
        said = collected.said or [str(error)]
        return Site(root, problems=[_said(config_file, message) for message in said])
    except Exception as error:  # MkDocs ends in whatever a strange value leads it to
        return Site(root, problems=[_unreadable(config_file, error)])
    finally:
        logger.removeHandler(collected)
        logger.propagate = True
    plugin = config.plugins.get("summitry")
    if wrong_options := getattr(plugin, "wrong", None):
        return Site(root, problems=option_problems(config, wrong_options))
    options = getattr(plugin, "options", None)
    if not isinstance(options, Options):
        message, cure = "summitry is not among the plugins", "add it: - summitry below plugins:"
        at = place(config_file, "plugins")
        return Site(root, problems=[Problem(config_file.name, at, "option", message, cure)])
    wrong = [*problems_of(config, options), *theme.own_problems(config)]
    if not is_inside(config):
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
    language = place(config_file, "theme")
    notes += [
        Problem(config_file.name, language, "interface-words", message, note=True)
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
        tuple(named(config.nav)),
    )


def option_problems(config: MkDocsConfig, wrong: Iterable[WrongOption]) -> list[Problem]:
    """What is wrong with our options, each at its line."""
    file = Path(config.config_file_path)
    return sorted(
        Problem(file.name, place(file, one.at), "option", f"{one.at}: {one.message}", one.hint)
        for one in wrong
    )


def _unreadable(file: Path, error: Exception) -> Problem:
    """What MkDocs could not take: a value or an address that is none, or else what it ended in."""
    if wrong := value_problem(file):
        return wrong
    try:
        with file.open("rb") as opened:
            written = yaml_load(opened)  # with what the environment gives
    except Exception:  # the first error is the one to tell
        written = {}
    for key in ("site_url", "repo_url"):
        try:
            urlsplit(str(written.get(key, "")))
        except ValueError:
            message = f"{key}: this is not a web address"
            return Problem(file.name, place(file, key), "option", message, "write https://…")
    message = f"MkDocs ends in an error of the kind {type(error).__name__} when it reads this"
    hint = "take out what was changed last, or a plugin or extension, and try again"
    return Problem(file.name, START, "option", message, hint)


def problems_of(config: MkDocsConfig, options: Options, with_site: bool = True) -> list[Problem]:
    """What is wrong with what mkdocs.yml and the environment say, before anything is written."""
    urls = {"site_url": config.site_url or "", "repo_url": config.repo_url or ""}
    about = config.site_description or ""
    file = Path(config.config_file_path)
    found = list(setting_problems(file, config.site_name, about, urls))
    texts = [(key, place(file, key), text) for key, text in _texts(config, options)]
    found += settings_problems(file.name, texts)
    found += unfit(config, _texts(config, options))
    return [*found, *theme.problems(config), *folder_problems(config, options, with_site)]


def _texts(config: MkDocsConfig, options: Options) -> Iterator[tuple[str, str]]:
    """What mkdocs.yml puts on pages, each text with its key."""
    waiting: list[tuple[str, object]] = [
        ("site_name", config.site_name),
        ("site_description", config.site_description),
        ("copyright", config.copyright),
        ("nav", config.nav),
        *options.model_dump().items(),
    ]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, list):
            waiting += [(f"{key}.{i}", one) for i, one in enumerate(value)]
        elif isinstance(value, dict):
            waiting += [(f"{key}.{name}", one) for name, one in value.items()]
            if key.startswith("nav"):
                waiting += [(key, name) for name in value]


def _said(file: Path, message: str) -> Problem:
    """What MkDocs says of a configuration, at the line of the key that it names."""
    if wrong := yaml_problem(file):
        return wrong
    key, what, cure = mkdocs_words.told(message)
    cure = targets.SITE_CURE if key == "site_dir" else cure
    mark = place(file, key) if key else START
    return Problem(file.name, mark, "option", f"{key}: {what}" if key else what, cure)


def placed(file: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Problems with options, which checks know by name alone, at their lines of mkdocs.yml."""
    found = []
    for problem in problems:
        named = _KEY.match(problem.message)
        of_options = problem.code in ("option", "unset-option") and problem.path == "mkdocs.yml"
        if of_options and problem.mark == START and named:
            problem = replace(problem, path=file.name, mark=place(file, named[1]))
        found.append(problem)
    return found
