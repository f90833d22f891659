"""The texts of articles that were captured, in `.sources/`: nobody's to publish, so git has none.

The folder says so to git itself, before there is a text in it, whatever the project ignores.
"""

from __future__ import annotations

from pathlib import Path

from summitry.data.history import NoGitError, git
from summitry.tools.writing import WorkshopError, place_in, write_whole

TEXTS = ".sources"
_IGNORED = "# Texts of articles: theirs to publish, and not this repository's.\n*\n"


def path_of(root: Path, name: str) -> Path:
    """Where the text of a source is kept."""
    return root / TEXTS / f"{name}.txt"


def keep(root: Path, name: str, text: str) -> None:
    """Keep the text of a source. Raises WorkshopError where git keeps files of the folder."""
    folder = root / TEXTS
    if tracked := _tracked(root):
        raise WorkshopError(
            f"{TEXTS} is in git, which has {tracked}: texts of articles must not be published. "
            f"Take it out: git rm -r --cached {TEXTS}, and commit that"
        )
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WorkshopError(f"{TEXTS} cannot be made: {error.strerror}") from None
    ignoring = place_in(root, f"{TEXTS}/.gitignore")
    if not ignoring.is_file() or "*" not in ignoring.read_text("utf-8", "replace").split("\n"):
        write_whole(ignoring, _IGNORED.encode())
    write_whole(place_in(root, f"{TEXTS}/{path_of(root, name).name}"), text.encode("utf-8"))


def _tracked(root: Path) -> str:
    """The first file of the folder that git has; "" if it has none."""
    try:
        listed = git(root, "ls-files", "-z", "--", TEXTS)
    except NoGitError:
        return ""
    return listed.split(b"\0")[0].decode("utf-8", "replace")
