"""The structure is what CONTRIBUTING.md says: stages in folders, one way that data flows."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from running import ROOT

PACKAGE = ROOT / "scripts" / "summitry"
# Each stage, and the stages below it that it may use.
STAGES: dict[str, set[str]] = {
    "proof": set(),
    "pictures": set(),
    "content": {"proof"},
    "checks": {"content", "proof", "pictures"},
    "words": {"content"},
    "data": {"checks", "words", "content", "proof", "pictures"},
    "pages": {"data", "checks", "words", "content", "proof", "pictures"},
    "build": {"pages", "data", "checks", "content", "pictures"},
    "host": {"build", "pages", "data", "words", "checks", "content"},
    "tools": {"host", "pages", "data", "words", "checks", "content", "proof"},
}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.parent != PACKAGE
}


@cache
def parts(path: Path) -> list[ast.AST]:
    """Everything in a file of Python; parsed once, as several tests ask."""
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports(name: str) -> Iterator[str]:
    """The modules that a module imports by name; those of the package by their short names."""
    for node in parts(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports by a relative path"
            base = (node.module or "").removeprefix("summitry").removeprefix(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".removeprefix(".")
                yield inner if inner in MODULES else (base or "summitry")


def inside(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    return {found for found in imports(name) if found in MODULES}


def stage(name: str) -> str:
    return name.partition(".")[0]


def test_the_folders_are_the_stages() -> None:
    assert {stage(name) for name in MODULES} == set(STAGES)


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_uses_what_stands_below_it_alone(name: str) -> None:
    above = {
        f"{module} imports {found}"
        for module in MODULES
        if stage(module) == name
        for found in inside(module)
        if stage(found) not in STAGES[name] | {name}
    }
    assert not above


def test_every_arrow_between_stages_is_in_use() -> None:
    used = {(stage(name), stage(found)) for name in MODULES for found in inside(name)}
    stated = {(name, below) for name, found in STAGES.items() for below in found}
    assert stated <= used, "a stage may use less than the table says"


def test_nothing_imports_itself_in_a_circle() -> None:
    """Neither stages nor modules; a package's face imports what lies in it."""
    TopologicalSorter(STAGES).prepare()
    TopologicalSorter({name: inside(name) - {name} for name in MODULES}).prepare()


def test_the_house_has_at_most_nine_floors() -> None:
    floors: dict[str, int] = {}
    for name in TopologicalSorter(STAGES).static_order():
        floors[name] = 1 + max((floors[below] for below in STAGES[name]), default=0)
    assert max(floors.values()) <= 9


def test_mkdocs_is_imported_in_the_host_alone() -> None:
    users = {
        stage(name)
        for name in MODULES
        if any(found.split(".")[0] == "mkdocs" for found in imports(name))
    }
    assert users == {"host"}


def test_only_rules_make_a_checked_library() -> None:
    makers = {
        name
        for name, path in MODULES.items()
        for node in parts(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "CheckedLibrary"
    }
    assert makers == {"checks.rules"}


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


def test_no_two_classes_share_a_name() -> None:
    homes: dict[str, list[str]] = {}
    for name, path in MODULES.items():
        for node in parts(path):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name)
    assert not {name: where for name, where in homes.items() if len(where) > 1}


def test_lines_of_templates_can_be_read() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "overrides").rglob("*.*")
        if path.suffix in {".html", ".css", ".js", ".xml"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 120
    }
    assert not long


def test_files_and_functions_stay_small() -> None:
    for path in MODULES.values():
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, path
        for node in parts(path):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, f"{path}: {node.name}"


def test_the_contributors_guide_names_every_stage() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert not {name for name in STAGES if f"`{name}/`" not in guide}


def test_the_contributors_table_is_short_and_right() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = [line for line in guide.splitlines() if line.startswith("| ")]
    assert len(rows) <= 2 + len(STAGES) + 2 + 30  # heads, the stages, places to change something
    named = set(re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.\w+)?)`", guide))
    wrong = {name for name in named if not ((PACKAGE / name).exists() or (ROOT / name).exists())}
    assert not wrong


def test_no_folder_of_tests_is_passed_over(request: pytest.FixtureRequest) -> None:
    """Pytest leaves out folders by their names: tests/build was never run with the others."""
    left_out = request.config.getini("norecursedirs")
    tests = Path(__file__).parent
    own = [p for p in tests.rglob("test_*.py") if "node_modules" not in p.parts]
    names = {part for path in own for part in path.relative_to(tests).parts[:-1]}
    assert "build" in names
    assert not [name for name in names for pattern in left_out if fnmatch(name, pattern)]
