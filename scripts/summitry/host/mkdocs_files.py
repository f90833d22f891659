"""Which of MkDocs' files are published: ours in place of its own, and none that nobody read."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


def drop_parts(files: Files) -> None:
    """Styles and scripts beside templates become parts of others; MkDocs would publish each."""
    for file in list(files):
        if file.src_uri.endswith((".css", ".js")) and not file.src_uri.startswith("assets/"):
            files.remove(file)


def add(files: Files, file: File) -> None:
    """Add a file, in place of one with the same name."""
    if (present := files.get_file_from_path(file.src_uri)) is not None:
        files.remove(present)
    files.append(file)


def drop_unread(files: Files, config: MkDocsConfig, stories: set[str]) -> None:
    """Leave out what MkDocs found in the docs folder and nobody has read."""
    for file in list(files):
        if file.src_dir == config.docs_dir and file.src_uri not in stories:
            files.remove(file)
