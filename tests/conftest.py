"""Fixtures that several test files share, made once for all processes that run tests."""

import gc
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from newcomer import start
from running import PUBLISHED, ROOT, copy_of, once, run
from summitry.checks.checked import CheckedLibrary
from summitry.checks.rules import examine
from summitry.content import library as libraries
from summitry.content.earlier import Earlier
from summitry.content.files import read_tree
from summitry.content.library import Library
from summitry.host.configuration import read_site
from summitry.pages import templates
from summitry.proof import word_tree
from summitry.tools import extract

# Seeds of the newest format are slow on purpose; here they are not, but where that matters.
ROUNDS, word_tree.ROUNDS = word_tree.ROUNDS, 1

# A page is read in a process of its own, which takes half a second to begin; here it is not.
APART, extract.apart = extract.apart, extract.extract

# How long an example takes says how busy the machine is.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nothing looks for garbage in it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates are compiled once, and not again for the cache of each test."""
    shared, compiled = once(tmp_path_factory, "templates", Path.touch), templates.compiled
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(templates, "compiled", lambda _, use: compiled(shared, use))
        yield


@pytest.fixture
def slow_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeds as they are."""
    monkeypatch.setattr(word_tree, "ROUNDS", ROUNDS)


@pytest.fixture
def apart() -> Callable[..., str]:
    """`extract.apart` as it is."""
    return APART


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built with everything set that a published one sets."""

    def build(folder: Path) -> None:
        done = run("mkdocs", "build", "--strict", "-d", f"{folder}/site", env=PUBLISHED)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "built", build) / "site"


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other site with its built pages in `site`: to be copied, not to be changed."""

    def build(folder: Path) -> None:
        done = run("mkdocs", "build", cwd=copy_of("other", folder))
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "built-other", build) / "other"


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site begun in an empty folder by the wheel, built; and what each command said."""
    return once(tmp_path_factory, "started", start)


@pytest.fixture(scope="session")
def _own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, CheckedLibrary]:
    """The repository's own content, read and checked by the first process that wants it."""

    def make(folder: Path) -> None:
        site = read_site(ROOT / "mkdocs.yml")
        tree = read_tree(site.root, site.options.content_dir, site.docs_dir, site.options.review)
        earlier = Earlier()
        verdict = examine(tree, site.docs_dir, site.options, site.root, earlier)
        assert verdict.library is not None, verdict.problems
        read = libraries.build(tree, site.options.content_dir, site.docs_dir, earlier)
        (folder / "both").write_bytes(pickle.dumps((read, verdict.library)))

    kept = once(tmp_path_factory, "own", make) / "both"
    # Made above, by this run.
    found: tuple[Library, CheckedLibrary] = pickle.loads(kept.read_bytes())
    return found


@pytest.fixture(scope="session")
def library(_own: tuple[Library, CheckedLibrary]) -> Library:
    """The repository's own content as its files have it, not checked."""
    return _own[0]


@pytest.fixture(scope="session")
def checked_library(_own: tuple[Library, CheckedLibrary]) -> CheckedLibrary:
    """The repository's own content, checked as its site is."""
    return _own[1]
