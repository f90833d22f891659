"""No two files, and no file and the build itself, make a page at one address."""

from __future__ import annotations

import re

from summitry.content import routes
from summitry.content.files import Tree
from summitry.content.kinds import KINDS
from summitry.content.problems import START, Problem

FIRST = ("index.md", "README.md")  # either is the page of its folder
# Below these the build makes pages and files of its own.
_TAKEN = (
    "quotes/by/",
    "quotes/on/",
    "quotes/state/",
    "facts/on/",
    "facts/state/",
    "timeline/on/",
    "assets/",
    "pagefind/",
)
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def claims(tree: Tree, content_dir: str) -> dict[str, str]:
    """The addresses of pages that are made of content, by what makes each; "" is the build."""
    found = {routes.index_url(kind): "" for kind in KINDS} | {routes.TIMELINE: ""}
    for path in tree.texts:
        if ref := routes.entity_of(path, content_dir):
            found[routes.url(ref)] = path
            if ref.kind == "quotes":
                found[routes.embed_url(ref.id)] = path
    return found


def conflicts(tree: Tree, content_dir: str, docs_dir: str) -> dict[str, Problem]:
    """The pages of docs that cannot stand at their address, by their files, and why."""
    # Where letters are not told apart by case, two pages are one.
    known = {url.casefold(): file for url, file in claims(tree, content_dir).items()}
    found = {}
    for path in sorted(tree.texts, key=lambda path: (path.endswith("README.md"), path)):
        if not path.startswith(f"{docs_dir}/") or not path.endswith(".md"):
            continue
        inside = path.removeprefix(f"{docs_dir}/")
        address = routes.story_url(inside)
        if problem := _named_wrongly(path, inside) or _claimed(path, address, known):
            found[path] = problem
        else:
            known[address.casefold()] = path
    return found


def no_first_page(tree: Tree, docs_dir: str) -> list[Problem]:
    """A problem if the site has no first page."""
    names = [f"{docs_dir}/{name}" for name in FIRST]
    if any(name in tree.texts or name in tree.others for name in names):
        return []
    message, hint = "the site has no first page", f"write {names[0]}"
    return [Problem(names[0], START, "no-first-page", message, hint)]


def _named_wrongly(path: str, inside: str) -> Problem | None:
    parts = inside.removesuffix(".md").split("/")
    wrong = next((part for part in parts if not _PART.fullmatch(part)), None)
    if wrong is None:
        return None
    message = f"“{wrong}” cannot stand in the address of a page"
    hint = "rename it: letters a to z, digits, hyphens and underscores"
    return Problem(path, START, "bad-id", message, hint)


def _claimed(path: str, address: str, known: dict[str, str]) -> Problem | None:
    below = next((folder for folder in _TAKEN if address.casefold().startswith(folder)), "")
    if not below and address.casefold() not in known:
        return None
    other = known.get(address.casefold(), "")
    message = "a page that the build makes itself has this address"
    if below and not other:
        message = f"the build makes its own pages and files below {below}"
    elif other:
        message = f"{other} makes the page at this address, /{address}, too"
    return Problem(
        path,
        START,
        "duplicate-id",
        message,
        "rename one of the two" if other else "rename the file",
    )
