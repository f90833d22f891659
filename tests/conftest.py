"""Fixtures that several test files share."""

from pathlib import Path

import pytest
from running import PUBLISHED, ROOT, run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, built once, with everything set that a published one sets."""
    site = tmp_path_factory.mktemp("built") / "site"
    done = run("mkdocs", "build", "--strict", "-d", str(site), cwd=ROOT, env=PUBLISHED)
    assert done.returncode == 0, done.stderr
    return site
