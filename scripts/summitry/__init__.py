"""Summitry: a static site generator for sourced explainers of a diplomatic summit.

One way that data flows: bytes → `frontmatter` → `model` → `library` → `rules` → a
`CheckedLibrary` → `pages` and `pictures` → `plugin` → MkDocs → `gate` → `publish`.
"""

__version__ = "0.1.0"
