"""The structure is what CONTRIBUTING.md says: one way that data flows, and walls that hold."""

import ast
import re
from pathlib import Path

import pytest
from running import ROOT

PACKAGE = ROOT / "scripts" / "summitry"

# Each room may import rooms that stand before it, never one that stands after it.
ORDER = [
    *("problems", "characters"),
    # What counts as found, and what proves it: nothing here knows of a site and its files.
    *("evidence", "evidence.text", "evidence.tree", "evidence.records", "evidence.capture"),
    *(
        "evidence.marks",
        "evidence.punctuation",
        "evidence.match",
        "evidence.verdict",
        "evidence.proofs",
    ),
    *("evidence.fragment", "evidence.budget", "evidence.fetch", "evidence.extract"),
    *("frontmatter", "paragraphs", "prose", "values", "parts", "model", "schema", "options"),
    *("blocks", "routes", "tree", "library", "history"),
    # The library's evidence, by the above.
    *("evidence.status", "evidence.claims", "evidence.choice", "evidence.prover"),
    *("evidence.ledger", "evidence.publication", "evidence.standing"),
    *("pictures", "pictures.look", "pictures.fonts", "pictures.quotemarks", "pictures.metadata"),
    *("pictures.sphere", "pictures.land", "pictures.projection", "pictures.typeset"),
    *("pictures.labels", "pictures.cache", "pictures.shapes", "pictures.sheet", "pictures.cards"),
    *("pictures.atlas", "pictures.outline", "pictures.vector", "pictures.chart"),
    *("pictures.social", "pictures.icons"),
    *("pictures.day_layout", "pictures.day", "pictures.photos"),
    *("spans", "citing", "timing", "naming"),
    *("reading", "reading.statements", "reading.record", "rules", "coverage"),
    *("dates", "vocabulary", "wording", "views", "reference", "markup", "figures", "typeface"),
    *(
        "endings",
        "changes",
        "setting",
        "cardtexts",
        "illustrations",
        "scope",
        "portraits",
        "diagrams",
        "seating",
        "chronicle",
    ),
    # The site for programs.
    *("data", "data.tables", "data.files", "data.bibliography", "data.citations"),
    *("data.linked", "data.feed", "webmanifest", "downloads"),
    *("components", "listings", "contents", "colophon", "templates", "pages"),
    *("recovery", "report", "gate", "publish", "search", "plugin"),
    *("workshop", "revisions", "commands", "reading.sheets", "review", "cli"),
]


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__").replace("__init__", "")] = path
    return found


def imports(path: Path, name: str) -> set[str]:
    """The modules that a file imports, those of the package by their short names."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = f"summitry.{package}".rstrip(".") if node.level else (node.module or "")
            if node.level and node.module:
                base += f".{node.module}"
            known = modules()
            for alias in node.names:
                inner = f"{base}.{alias.name}".removeprefix("summitry.")
                found.add(f"summitry.{inner}" if inner in known else base)
    return found


def inside(path: Path, name: str) -> set[str]:
    return {
        found.removeprefix("summitry.")
        for found in imports(path, name)
        if found.startswith("summitry.")
    }


def test_every_module_has_a_place_in_the_order() -> None:
    assert set(modules()) - {""} == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_no_room_reaches_forward(name: str) -> None:
    before = set(ORDER[: ORDER.index(name)])
    assert inside(modules()[name], name) <= before


def test_mkdocs_is_imported_in_one_module() -> None:
    users = {
        name
        for name, path in modules().items()
        if any(found.split(".")[0] == "mkdocs" for found in imports(path, name))
    }
    assert users == {"plugin"}


def test_pictures_know_nothing_of_the_rest() -> None:
    for name, path in modules().items():
        if name.startswith("pictures"):
            assert all(found.startswith("pictures") for found in inside(path, name)), name


def test_only_rules_make_a_checked_library() -> None:
    makers = {
        name
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "CheckedLibrary"
    }
    assert makers == {"rules"}


def test_the_generator_knows_no_summit() -> None:
    words = re.compile(r"alaska|anchorage|trump|putin|elmendorf|kremlin|magadan", re.IGNORECASE)
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "overrides").rglob("*.*")]
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        if path.is_file()
        for match in words.finditer(path.read_text("utf-8"))
    }
    assert not found


def test_files_and_functions_stay_small() -> None:
    for path in modules().values():
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"


def test_the_contributors_table_names_every_room() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    folders = ("evidence.", "reading.", "data.")
    rooms = {name.split(".")[0] for name in ORDER} - {"pictures", "evidence", "reading", "data"}
    files = {f"{name}.py" for name in rooms}
    files |= {f"{name.replace('.', '/')}.py" for name in ORDER if name.startswith(folders)}
    assert not {name for name in files if f"`{name}`" not in guide}
