"""The project's files as bytes. Nothing later reads the disk for text.

Paths are relative to the project, with forward slashes. Symbolic links are refused (they may
point anywhere), and so is whatever does not belong in the folders: in docs Markdown alone,
because anything else would be published unread.
"""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from summitry.content.kinds import KINDS
from summitry.content.problems import START, Problem, suggestion
from summitry.content.values import is_id

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_RECORD = re.compile(r"^[a-z0-9-]+\.(capture|proof|confirmation|stamp)\.json$")
_PICTURE = re.compile(r"^[^\W_][\w.-]*$")
# Folders of programs, which nobody takes for a place of pages.
_OF_PROGRAMS = {".git", ".hg", ".svn", ".idea", ".vscode", ".obsidian", ".ipynb_checkpoints"}
_RESERVED = {"index", "404", "con", "nul", "aux", "prn", "by", "on", "embed"}


SETTLED = 2_500_000_000
"""Nanoseconds after a change in which a file may change again and the system tell the same time of
it: some file systems count in steps of two seconds."""


class Reader:
    """Reads files; one that the system knows by the same marks as then is not read again.

    The marks are those by which git knows a file: its size, its times and its number.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, ...], bytes]] = {}

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""
        found = os.lstat(path)
        mark = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev
        known = self._known.get(path)
        if known and known[0] == mark:
            return known[1]
        raw = read_bytes(path)
        if time.time_ns() - max(found.st_mtime_ns, found.st_ctime_ns) > SETTLED:
            self._known[path] = mark, raw
        else:
            self._known.pop(path, None)
        return raw


def read_bytes(path: str) -> bytes:
    """The bytes of a file. Raises OSError."""
    return Path(path).read_bytes()


class Tree(Struct):
    """Markdown files and records by path, every other file by name, and what does not belong."""

    texts: dict[str, bytes] = {}
    others: set[str] = set()
    problems: list[Problem] = []

    def with_texts(self, texts: dict[str, bytes]) -> Tree:
        """The same tree with other bytes in its texts, and no problems of its own."""
        return Tree(dict(sorted(texts.items())), self.others)


def may_be_id(stem: str) -> bool:
    """Whether the name of an entity's file, without its ending, can be its id."""
    return is_id(stem) and stem not in _RESERVED


def read_tree(
    root: Path,
    content_dir: str,
    docs_dir: str,
    review: str = "",
    read: Callable[[str], bytes] = read_bytes,
) -> Tree:
    """Read the content and docs folders below `root`, and the record at `review` if one is kept.

    `read` gives the bytes of a file by its whole path.
    """
    tree = Tree()
    texts = [path for path in _files(root, content_dir, tree) if _is_text(path, content_dir, tree)]
    texts += [path for path in _files(root, docs_dir, tree) if _is_page(path, docs_dir, tree)]
    for path in texts:
        try:
            tree.texts[path] = read(f"{root}/{path}")
        except OSError as error:
            tree.problems.append(_unreadable(path, error))
    if review and review.startswith((f"{content_dir}/", f"{docs_dir}/")):
        message = f"review: {review} lies in a folder whose files are published"
        hint = "keep the record elsewhere, such as in tests/"
        tree.problems.append(Problem("mkdocs.yml", START, "option", message, hint))
    elif review:
        _take_record(root, review, tree)
    _find_twins(tree)
    return tree


def _is_page(path: str, docs_dir: str, tree: Tree) -> bool:
    """Whether a file of docs is one; what else there is becomes a problem."""
    if path.endswith(".md"):
        return True
    picture = path.lower().endswith(PICTURES)
    message = f"{path.rpartition('/')[2]} does not belong in {docs_dir}, which holds Markdown alone"
    hint = "here belong .md files"
    if picture:
        hint = "put the picture into the folder images of the content, with an .md file of its own"
    tree.problems.append(Problem(path, START, "stray-file", message, hint))
    return False


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(path, START, "unreadable", f"this cannot be read: {error.strerror}")


def _take_record(root: Path, path: str, tree: Tree) -> None:
    full, within = root / path, Path(path).parents
    try:
        if full.is_symlink() or any((root / folder).is_symlink() for folder in within):
            message, hint = "this is reached by a symbolic link", "copy the file"
            tree.problems.append(Problem(path, START, "stray-file", message, hint))
        elif not full.exists():
            message = "there is no record of the second reading here"
            hint = "make this file with the one line id,hash,verdict,date,by"
            tree.problems.append(Problem(path, START, "review-record", message, hint))
        elif not full.is_file():
            message = "the record of the second reading is not a regular file"
            tree.problems.append(Problem(path, START, "stray-file", message))
        else:
            tree.texts[path] = full.read_bytes()
    except OSError as error:
        message = f"the record of the second reading cannot be read: {error.strerror}"
        tree.problems.append(Problem(path, START, "review-record", message, "make it readable"))


def _files(root: Path, folder: str, tree: Tree) -> Iterator[str]:
    """Every regular file below a folder, sorted; links and specials become problems."""
    try:
        with os.scandir(root / folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except FileNotFoundError:
        return  # an absent folder is an empty one
    except OSError as error:
        tree.problems.append(_unreadable(folder, error))
        return
    below = []
    for entry in entries:
        name, path = entry.name, f"{folder}/{entry.name}"
        folder_too = entry.is_dir(follow_symlinks=False)
        if folder_too and name[0] != ".":
            below.append(path)
        if not _encodable(path):
            shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
            tree.problems.append(Problem(shown, START, "bad-id", "the name is not UTF-8"))
        elif not folder_too and not entry.is_file(follow_symlinks=False):
            message = "this is a symbolic link or not a regular file"
            tree.problems.append(Problem(path, START, "stray-file", message, "copy the file"))
        elif name[0] == "." and _has_pages(root / path, not folder_too):
            message, hint = "what begins with a dot is not published", "rename or delete it"
            tree.problems.append(Problem(path, START, "stray-file", message, hint))
        elif not folder_too and not _ignored(name):
            yield path
    for path in below:
        yield from _files(root, path, tree)


def _has_pages(hidden: Path, is_file: bool) -> bool:
    """Whether something hidden is Markdown or holds some, which its author may miss."""
    if is_file:
        return hidden.suffix.lower() == ".md"
    return hidden.name not in _OF_PROGRAMS and any(hidden.rglob("*.md"))


def _encodable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _ignored(name: str) -> bool:
    """Files of editors and systems, which are never published."""
    return name.startswith(".") or name.endswith(("~", ".swp", ".tmp")) or name == "Thumbs.db"


def _is_text(path: str, content_dir: str, tree: Tree) -> bool:
    """Whether a file of content is to be read; pictures are noted, all else becomes a problem."""
    kind, _, name = path.removeprefix(f"{content_dir}/").rpartition("/")
    stem = name.rpartition(".")[0]
    if kind not in KINDS:
        hint = suggestion(kind, KINDS, f"folders: {', '.join(KINDS)}")
        message = f"“{kind or name}” is not a folder of a kind"
        tree.problems.append(Problem(path, START, "stray-file", message, hint))
    elif name.endswith(".md"):
        if not may_be_id(stem):
            message = f"“{stem}” cannot be an id"
            hint = "lower-case letters, digits and single hyphens, at most 80, no reserved word"
            tree.problems.append(Problem(path, START, "bad-id", message, hint))
        else:
            return True
    elif _RECORD.match(name):
        return True
    elif kind == "images" and name.lower().endswith(PICTURES) and not _can_name_picture(name):
        message = f"“{name}” cannot be the name of a picture"
        hint = "rename it: letters, digits, dots, hyphens and underscores, a letter or digit first"
        tree.problems.append(Problem(path, START, "bad-id", message, hint))
    elif kind == "images" and name.lower().endswith(PICTURES):
        tree.others.add(path)
    else:
        message = f"{name} does not belong in {content_dir}/{kind}"
        hint = (
            "here belong .md files, pictures in images/, and *.capture.json, *.proof.json, "
            "*.confirmation.json, *.stamp.json"
        )
        tree.problems.append(Problem(path, START, "stray-file", message, hint))
    return False


def _can_name_picture(name: str) -> bool:
    return bool(_PICTURE.match(unicodedata.normalize("NFC", name)))


def _find_twins(tree: Tree) -> None:
    """Two names that some file systems cannot tell apart."""
    seen: dict[str, str] = {}
    for path in sorted([*tree.texts, *tree.others]):
        key = unicodedata.normalize("NFC", path).casefold()
        if key in seen:
            message = f"the name differs from {seen[key]} only in case or accents"
            tree.problems.append(Problem(path, START, "stray-file", message, "rename one"))
        seen[key] = path
