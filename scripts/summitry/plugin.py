"""The MkDocs plugin; the only module that imports mkdocs."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config import base, load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin

from summitry.options import Options, read_options


@dataclass(frozen=True, slots=True)
class Site:
    """What mkdocs.yml says: the project's root, its folders and our options, or what is wrong."""

    root: Path
    docs_dir: str = ""
    options: Options | None = None
    errors: list[str] = field(default_factory=list)


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
    collected, log = _Collect(), logging.getLogger("mkdocs")
    log.addHandler(collected)
    log.propagate = False
    try:
        config = load_config(str(config_file))
    except MkDocsException as error:
        return Site(root, errors=collected.said or [str(error)])
    finally:
        log.removeHandler(collected)
        log.propagate = True
    plugin = config.plugins.get("summitry")
    if not isinstance(plugin, SummitryPlugin):
        return Site(root, errors=["the plugin summitry is not among the plugins"])
    docs_dir = Path(config.docs_dir).relative_to(root).as_posix()
    return Site(root, docs_dir, plugin.options)


class _NoOptions(base.Config):
    """MkDocs' own idea of options: none, because `summitry.options` checks them."""


class SummitryPlugin(BasePlugin[_NoOptions]):
    """Renders entities and narrative pages into MkDocs' site."""

    options: Options

    def load_config(
        self, options: dict[str, object], config_file_path: str | None = None
    ) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Check the options by our own model, which refuses unknown ones."""
        del config_file_path
        self.config = _NoOptions()
        found, errors = read_options(dict(options))
        if found is None:
            return [(where, base.ValidationError(message)) for where, message in errors], []
        self.options = found
        return [], []
