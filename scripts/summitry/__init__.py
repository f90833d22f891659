"""Summitry: a static site generator for sourced explainers of a diplomatic summit.

The folders are the stages, and data flows one way: `content` reads, `proof` proves, `checks`
makes a `CheckedLibrary`, `pages` and `pictures` and `data` show it, `build` publishes, `host` is
MkDocs, `tools` the command line.
"""

from pathlib import Path

__version__ = "0.1.0"
PACKAGE = Path(__file__).parent
"""The folder of the generator's own code."""
_INSTALLED, _BESIDE = PACKAGE / "templates", PACKAGE.parents[1] / "overrides"
TEMPLATES = _BESIDE if _BESIDE.is_dir() and not _INSTALLED.is_dir() else _INSTALLED
"""Its templates and styles: in the wheel within the package, in the repository beside the code."""
GUIDE = PACKAGE / "guide" if _INSTALLED.is_dir() else PACKAGE.parents[1] / "docs" / "contribute"
"""The pages for contributors, as the first site has them."""
