"""What mkdocs.yml may say and no page can have: told before a page is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig

from summitry.content import languages
from summitry.content.problems import Problem
from summitry.host.settings import at_key
from summitry.words.catalogue import ENGLISH

_TAG = re.compile(r"<[A-Za-z/!?]")
_ELSEWHERE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_A_FILE_OF_THE_SITE = "assets/summitry.js"


def unfit(config: MkDocsConfig, texts: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """What is wrong with settings that MkDocs takes as they are; `texts` are shown on pages."""
    file = Path(config.config_file_path)
    if file.is_symlink():  # the project would be where it leads, and be written to
        message = f"{file.name} is a link, and the project is where it stands"
        yield at_key(file, "site_name", message, "put the file itself here")
    for key, message, cure in (
        *_languages(config),
        *_marked((key, text) for key, text in texts if key != "copyright"),
        *_added(config),
        *_plugins(config),
    ):
        yield at_key(file, key, f"{key}: {message}", cure)


def _languages(config: MkDocsConfig) -> Iterator[tuple[str, str, str]]:
    tag = config.theme.get("language") or ENGLISH
    message, cure = languages.fault(tag) if isinstance(tag, str) else ("this is no text", "")
    if message:
        yield "theme.language", message, cure or "write en, ru, uk, pt-BR, …"


def _marked(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for key, text in texts:
        if _TAG.search(text):
            yield key, "markup stands in text that pages show as it is", "write plain words"


def _added(config: MkDocsConfig) -> Iterator[tuple[str, str, str]]:
    """Addresses and files that pages would lead to or load."""
    if config.repo_url and config.edit_uri:
        address = urljoin(config.repo_url.rstrip("/") + "/", f"{config.edit_uri}index.md")
        if not address.startswith(("http:", "https:")):
            yield (
                "edit_uri",
                "pages would lead to no web address",
                "write one such as edit/main/docs/",
            )
    for sheet in config.extra_css:
        if _ELSEWHERE.match(sheet):
            yield "extra_css", f"{sheet:.80} would be loaded from another host", "delete it"
    if config.extra.get("analytics"):
        yield "extra.analytics", "a page loads no script from another host", "delete it"
    for key, value in (*_values("extra", config.extra), *_values("theme", _said_of(config))):
        scheme = _SCHEME.match(value)
        if scheme and scheme[1].lower() in ("javascript", "data", "vbscript"):
            yield (
                key,
                f"no page leads to an address that begins with {scheme[1]}:",
                "write https://…",
            )
        elif _TAG.search(value):
            yield key, "markup stands in text that pages show as it is", "write plain words"
    if config.exclude_docs and config.exclude_docs.match_file(_A_FILE_OF_THE_SITE):
        message = f"it leaves out files of the site, such as {_A_FILE_OF_THE_SITE}"
        yield "exclude_docs", message, "name the files of docs that are meant, such as /drafts/"


def _said_of(config: MkDocsConfig) -> dict[str, object]:
    return {key: config.theme[key] for key in config.theme}


def _values(at: str, value: object) -> Iterator[tuple[str, str]]:
    """Every text within a setting, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _values(f"{at}.{key}", one)
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from _values(f"{at}.{number}", one)


def _plugins(config: MkDocsConfig) -> Iterator[tuple[str, str, str]]:
    if any(name.startswith("summitry #") for name in config.plugins):
        yield "plugins", "summitry stands here twice", "keep one of the two"
