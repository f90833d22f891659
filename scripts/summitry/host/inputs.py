"""What a build is made from: what mkdocs.yml names for it, and a hash of it all.

Little is imported here, as a build of which nothing has changed needs no more than this.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from summitry import PACKAGE
from summitry.build.published import fingerprint
from summitry.content.options import Options
from summitry.data import history
from summitry.host import theme
from summitry.words.catalogue import ENGLISH

NO_URL = "http://127.0.0.1:8000/"
"""The address of a site that has none: where `mkdocs serve` shows it."""

# What no page rests on, and what is taken in by its parts.
_APART = ("plugins", "theme", "site_dir", "dev_addr", "watch", "strict")


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


def inputs_of(config: MkDocsConfig, options: Options) -> str:
    """A hash of all that a build is made from; "" where other plugins may read other things.

    What a page says may depend on the day, and its dates on git's last commit.
    """
    if set(config.plugins) - {"summitry"} or config.hooks:
        return ""
    root = root_of(config)
    names = [options.content_dir, docs_folder(config), options.review or "mkdocs.yml"]
    values = [
        world_of(config, options),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
        history.head(root),
        date.today().isoformat(),
    ]
    return fingerprint([*(root / name for name in names), Path(config.config_file_path)], values)


def world_of(config: MkDocsConfig, options: Options) -> str:
    """A hash of all that pages are made from besides content: code, templates, configuration."""
    folders = [PACKAGE, *theme.own_folders(config)]
    settings = {k: str(v) for k, v in config.items() if k not in _APART}
    settings |= {f"theme.{key}": str(config.theme[key]) for key in config.theme}
    settings["theme"] = f"{config.theme.name} {config.theme.dirs}"
    installed = sorted({one.name for where in sys.path for one in Path(where).glob("*.dist-info")})
    values = [
        json.dumps(settings, sort_keys=True),
        options.model_dump_json(),
        *installed,
        sys.version,
    ]
    return fingerprint(folders, values)
