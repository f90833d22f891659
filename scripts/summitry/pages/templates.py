"""Our own Jinja environment: the one in which pages and their parts are made."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from summitry import PACKAGE
from summitry.content.store import read_whole, write_whole
from summitry.pages.assembly import WIDE
from summitry.words.catalogue import Words
from summitry.words.sentences import ended


class _Compiled(BytecodeCache):
    """Compiled templates in a folder. Each has a sum: Python would run whatever it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        if (code := read_whole(self._folder / bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        write_whole(self._folder / bucket.key, bucket.bytecode_to_string())


def compiled(cache_dir: Path, use: str) -> BytecodeCache:
    """Where compiled templates are kept; Jinja itself sees when a template has changed.

    How a template is compiled depends on the environment's settings too, which Jinja does
    not look at: hence a folder for each `use`, and for each state of the code.
    """
    names = ("host/project.py", "pages/templates.py")
    code = b"".join((PACKAGE / name).read_bytes() for name in names)
    return _Compiled(cache_dir / f"templates-{use}-{hashlib.sha256(code).hexdigest()[:12]}")


def _coded(text: str) -> Markup:
    """A text of the model, what stands between backticks in it as code."""
    parts = enumerate(text.split("`"))
    return Markup("").join(Markup("<code>{}</code>").format(p) if n % 2 else p for n, p in parts)


def _breakable(name: str) -> Markup:
    """A name that may be broken after an underscore, where a place is narrow."""
    return Markup("_<wbr>").join(name.split("_"))


def environment(overrides: list[Path], cache_dir: Path, words: Words) -> Environment:
    """Our own Jinja environment: everything is escaped, an unknown name is an error.

    Templates say nothing themselves: `words` does.
    """
    env = Environment(
        bytecode_cache=compiled(cache_dir, "pages"),
        loader=FileSystemLoader(overrides),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # each state of a site has an environment of its own
    )
    env.globals["wide"] = WIDE
    env.globals["words"] = words
    env.filters["long_date"] = words.long
    env.filters["language"] = words.language_name
    env.filters["ended"] = ended
    env.filters["coded"] = _coded
    env.filters["breakable"] = _breakable
    return env
