"""What is wrong with a site's settings that neither MkDocs nor our options look at.

They come from mkdocs.yml and from the environment: a name that no page can show, an address that
no browser opens, a time to date the build by that is none, files that inherit in a circle.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from summitry.content import yaml_errors
from summitry.content.front_matter import hidden_characters
from summitry.content.problems import START, Mark, Problem
from summitry.content.strict_yaml import mark_at

MOST_NAME = 100  # characters of a site's name, which stands in each page's title
MOST_TEXT = 500  # of its description
LATEST = 2**32 - 1  # seconds since 1970, in 2106: what compressed files can be dated by
EPOCH = "SOURCE_DATE_EPOCH"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


def compose(file: Path) -> yaml.Node | None:
    """The YAML of a file with its places; None where it cannot be read."""
    try:
        return _composed(file.read_text("utf-8"))
    except (yaml.YAMLError, OSError, ValueError, RecursionError):
        return None


@lru_cache(8)
def _composed(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=yaml.SafeLoader)


def yaml_problem(file: Path) -> Problem | None:
    """Why a file is no YAML; None if it is, or cannot be read at all."""
    try:
        yaml.compose(file.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        mark = Mark(at.line + 1, at.column + 1) if at else START
        message, hint = yaml_errors.told(error.context or "", error.problem or "")
        return Problem(file.name, mark, "option", message, hint)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        message = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
        return Problem(
            file.name, mark_at(before, len(before)), "option", message, "save it as UTF-8"
        )
    except yaml.reader.ReaderError as error:
        mark = mark_at(file.read_text("utf-8"), error.position)
        message = f"YAML does not allow the character U+{error.character:04X} here"
        return Problem(file.name, mark, "option", message, "delete the character")
    except (yaml.YAMLError, OSError, ValueError, RecursionError):
        return None
    return None


def place(file: Path, option: str) -> Mark:
    """Where `key` or `plugin_option.0.key` stands in mkdocs.yml, or the nearest thing around it."""
    node = compose(file)
    keys = option.split(".")
    for start in (node, _ours(node)):
        if found := _descend(start, keys):
            return found
    return START


def _ours(node: yaml.Node | None) -> yaml.Node | None:
    """The options of our plugin."""
    plugins = value_of(node, "plugins")
    rows = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    return next((found for row in rows if (found := value_of(row, "summitry"))), None)


def value_of(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """What a mapping has under a key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _descend(node: yaml.Node | None, keys: list[str]) -> Mark | None:
    """The place of the last of nested keys that there is; None if the first is not there."""
    found: Mark | None = None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == key), None)
            name, node = pair or (None, None)
        elif isinstance(node, yaml.SequenceNode) and key.isdecimal():
            name = node = node.value[int(key)] if int(key) < len(node.value) else None
        else:
            name = None
        if name is None:
            return found
        found = mark_of(name)
    return found


def named(nav: object, at: str = "nav") -> Iterator[tuple[str, str]]:
    """The files that the navigation of mkdocs.yml names, each with its place."""
    if isinstance(nav, str):
        if nav.endswith(".md"):  # else it leads elsewhere
            yield at, nav
    elif isinstance(nav, list | dict):
        for key, one in nav.items() if isinstance(nav, dict) else enumerate(nav):
            yield from named(one, f"{at}.{key}")


def mark_of(node: yaml.Node) -> Mark:
    """Where a node begins."""
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


def at_key(file: Path, key: str, message: str, hint: str) -> Problem:
    """A problem with a setting, at its line."""
    return Problem(file.name, place(file, key), "option", message, hint)


def setting_problems(file: Path, name: str, about: str, urls: dict[str, str]) -> Iterator[Problem]:
    """What is wrong with the site's name, description and addresses, and with the environment."""
    hidden = list(_texts(file))
    yield from hidden
    for key, text, most in (("site_name", name, MOST_NAME), ("site_description", about, MOST_TEXT)):
        if len(text) > most:
            message = f"{key}: it has {len(text)} characters, limit {most}"
            yield at_key(file, key, message, "shorten it")
        strange = next((c for c in text if unicodedata.category(c)[0] == "C"), "")
        if strange and not hidden:
            message = f"{key}: it holds the character U+{ord(strange):04X}, which cannot be shown"
            yield at_key(file, key, message, "delete the character")
    yield from _twice(file)
    for key, url in urls.items():
        if why := _fault(url) or (_tail(url) if key == "site_url" else ""):
            yield at_key(file, key, f"{key}: {why}", "write https://… as a browser shows it")
    if why := epoch_fault():
        message = f"{EPOCH} in the environment {why}"
        hint = f"unset {EPOCH}, or set it to seconds since 1970, such as 1755259200"
        yield Problem(file.name, START, "option", message, hint)


def _twice(file: Path) -> Iterator[Problem]:
    """Keys that stand twice in a mapping, of which MkDocs would take the last."""
    for node in _nodes(file):
        seen: dict[str, int] = {}
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name and name != "<<" and name in seen:
                message = f"the key {name:.80} stands twice here; first on line {seen[name]}"
                yield Problem(file.name, mark_of(key), "option", message, "keep one of the two")
            seen.setdefault(name, mark_of(key).line)


def _texts(file: Path) -> Iterator[Problem]:
    """A problem for each hidden or misleading character in the values of mkdocs.yml."""
    for node in _scalars(file):
        for found in hidden_characters(file.name, node.value):
            yield replace(found, mark=mark_of(node))


def value_problem(file: Path) -> Problem | None:
    """A value that YAML takes for a date and that is none; MkDocs would end in a traceback."""
    for node in _scalars(file):
        try:
            if node.tag == _TIMESTAMP:
                yaml.constructor.SafeConstructor().construct_object(node)
        except ValueError:
            message = f"“{node.value:.40}” looks like a date, and is none"
            hint = f'write a day that there is, or the words in quotation marks: "{node.value:.40}"'
            return Problem(file.name, mark_of(node), "option", message, hint)
    return None


def _scalars(file: Path) -> Iterator[yaml.ScalarNode]:
    """Every value and key of a YAML file."""
    return (node for node in _nodes(file) if isinstance(node, yaml.ScalarNode))


def _nodes(file: Path) -> Iterator[yaml.Node]:
    """Every node of a YAML file, each once."""
    waiting, seen = [compose(file)], set[int]()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _fault(url: str) -> str:
    """Why an address of the site or its repository cannot be used; "" if it can."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return f"“{url:.80}” is not a web address"
    if "@" in parts.netloc:
        return "it has a user name or password in it, which each page would show"
    strange = re.search(r"[\s<>\"\\\x00-\x20]", url)
    return f"“{url:.80}” is not a web address" if strange else ""


def _tail(url: str) -> str:
    """Why no page could stand behind an address; "" if pages can."""
    parts = urlsplit(url)
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        return "it has a ? or #, behind which no page can stand"
    dots = {".", ".."} & set(parts.path.split("/"))
    return "its path has dots for a folder" if dots else ""


def epoch_fault() -> str:
    """What is wrong with the time to date the build by; "" if nothing, or if it is not set."""
    given = os.environ.get(EPOCH, "")
    if not given:
        return ""
    if not re.fullmatch(r"[0-9]{1,10}", given) or int(given) > LATEST:
        return f"is “{given:.40}”, and not a number of seconds from 0 to {LATEST}"
    return ""
